"""Whose key opens the house: the sign-in package's way of asking, with our rule for accounts that are closed."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from omsorg.federation.models import Account
from omsorg.federation.second_factor import SECOND_FACTORS
from omsorg.kernel import clock


class SignIn(AuthenticationBackend):
    """Signs in whoever has the password, or a passkey, of an account that is open today."""

    def user_can_authenticate(self, user: Any) -> bool:
        return user.opens_on(clock.today())

    def get_user(self, user_id: int) -> Account | None:
        """Whose session this is, asked at every page; in the same query, whether there is a second factor."""
        factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=SECOND_FACTORS)
        account = Account.objects.annotate(factor_held=Exists(factors)).filter(pk=user_id).first()
        if account is None or not self.user_can_authenticate(account):
            return None
        account.has_second_factor = account.factor_held
        return account
