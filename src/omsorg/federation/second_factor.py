"""Who must sign in with a second factor: whoever holds one of the roles that the operator names.

A person holds a second factor with an authenticator app or a passkey; recovery codes alone are none. Whoever lacks one
is led to set it up before any other page (`door`), and can make no key to the HTTP API until then.
"""

from django.conf import settings

from omsorg.federation.access import Acting
from omsorg.federation.models import Account
from omsorg.federation.roles import Role, UnknownRole, role_called

SECOND_FACTORS = ("totp", "webauthn")


def roles_with_second_factor() -> frozenset[str]:
    """The codes of the roles whose holders must have one (OMSORG_SECOND_FACTOR_ROLES)."""
    return frozenset(code.strip() for code in settings.ENVIRONMENT.second_factor_roles.split(",") if code.strip())


def roles_that_ask(acting: Acting) -> list[Role]:
    """The roles held today that ask for a second factor, each once, in the order held; none for excused examples.

    The invented people of the example federation are excused on a site that shows the example, unless the operator
    says otherwise (OMSORG_EXAMPLE_SKIPS_SECOND_FACTOR). Nobody else is, whatever is set.
    """
    return [] if is_excused(acting) else roles_for_which_it_is_needed(acting)


def is_excused(acting: Acting) -> bool:
    """Whether this is an invented person of the example, on a site that lets these in with a password alone."""
    environment = settings.ENVIRONMENT
    return acting.is_example and environment.example and environment.example_skips_second_factor


def roles_for_which_it_is_needed(acting: Acting) -> list[Role]:
    """The roles held today that ask for a second factor, whether this person is excused or not."""
    asking = roles_with_second_factor()
    found: dict[str, Role] = {}
    for held in acting.mandates:
        if held.role in asking:
            try:
                found[held.role] = role_called(held.role)
            except UnknownRole:  # the system of this role is off, so it opens nothing
                continue
    return list(found.values())


def has_second_factor(account_id: int) -> bool:
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.filter(user_id=account_id, type__in=SECOND_FACTORS).exists()


def lacks_second_factor(acting: Acting) -> bool:
    """Whether a role held today asks for a second factor and this person has none."""
    if not roles_that_ask(acting):
        return False
    account = Account.objects.filter(person_id=acting.person_id).only("pk").first()
    return account is None or not has_second_factor(account.pk)
