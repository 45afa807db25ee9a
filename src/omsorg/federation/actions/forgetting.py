"""The name of somebody who left is taken out of the house; what they did stays, told by number."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from omsorg.federation.access import Acting, require
from omsorg.federation.actions.roles import KEEP, person_to_change
from omsorg.federation.actions.sessions import end_all_sessions
from omsorg.federation.models import Account, Mandate, Person, Token
from omsorg.federation.refusals import HasNotLeft, StillHoldsRoles
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house

NAMELESS = "A person who left (%s)"
NOWHERE = "left-%s@nobody.invalid"
"""No letter ever arrives there: the ending is kept free of names for good (RFC 2606)."""


@transaction.atomic
def forget_name(*, person: Person, by: Acting, at: datetime) -> None:
    """Put "a person who left" and a number in the place of a name and an address, for good.

    Every figure, judgement and trace stays as it was: they tell of people by number. The account is shut, without
    password, address, second factor or key. One trace is left, which tells neither name nor address. Refused before
    the person's time here has ended, and while a role of theirs goes on anywhere. A second time it changes nothing.
    """
    require(by, KEEP, person.organisation_id)
    kept = person_to_change(person)
    if kept.left_on is None or kept.left_on > at.date():
        raise HasNotLeft(name=kept.name)
    with as_house(day=at.date()):  # roles elsewhere are not seen by whoever asks
        goes_on = Mandate.objects.filter(Q(valid_until=None) | Q(valid_until__gt=at.date()), person=kept).exists()
    if goes_on:
        raise StillHoldsRoles(name=kept.name)
    name = NAMELESS % kept.pk
    if kept.name == name:
        return
    kept.name, kept.email = name, ""
    kept.save(update_fields=["name", "email"])
    person.name, person.email = kept.name, kept.email
    Token.objects.filter(person=kept, revoked_at=None).update(revoked_at=at)
    for account in Account.objects.select_for_update().filter(person=kept):
        end_all_sessions(account.pk)
        Authenticator.objects.filter(user_id=account.pk).delete()
        EmailAddress.objects.filter(user_id=account.pk).delete()
        account.email, account.is_active = NOWHERE % kept.pk, False
        account.set_unusable_password()
        account.save(update_fields=["email", "is_active", "password"])
    leave_trace(
        "forget_name", f"person:{kept.pk}", by=by.person_id, at=at, organisation=kept.organisation_id, details={}
    )
