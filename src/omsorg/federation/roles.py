"""Roles: small words for what a person may do at an organisation and below it, each with a sentence for humans.

Every system that is on enters its roles here when it starts; nobody else invents one. A role says what it may
(`may`, verbs of the form "system.verb") and at which kinds of organisation it can be held.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.models import Organisation

EVERY_KIND = frozenset(Organisation.Kind.values)


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `title` is what it is called, `sentence` what it lets a person do, in plain words. `manages`: whether
    it gives a hand in how the house is run; what everybody may do who works there gives none."""

    code: str
    title: str | Promise
    sentence: str | Promise
    may: frozenset[str]
    held_at: frozenset[str] = field(default=EVERY_KIND)
    manages: bool = True


class UnknownRole(LookupError):
    """No system that is on knows this role."""


_entered: dict[str, Role] = {}
_verbs: dict[str, str | Promise] = {}


def enter(*roles: Role) -> None:
    """Make roles known. Entering the same role again changes nothing; another role under a known code is refused."""
    for role in roles:
        if _entered.setdefault(role.code, role) != role:
            raise ValueError(f"Two roles are called {role.code!r}")


def explain(verbs: Mapping[str, str | Promise]) -> None:
    """Say in words what each verb of a system lets a person do."""
    _verbs.update(verbs)


def what_it_may(role: Role) -> list[str | Promise]:
    """What the role lets a person do, in words; a verb that nobody has explained goes by its code."""
    return [said_of(verb) for verb in sorted(role.may)]


def all_roles() -> tuple[Role, ...]:
    return tuple(_entered.values())


def role_called(code: str) -> Role:
    """The role of this code; refuses a code that no system knows."""
    try:
        return _entered[code]
    except KeyError:
        raise UnknownRole(code) from None


def said_of(verb: str) -> str | Promise:
    """What a verb lets a person do, in words; a verb that nobody has explained goes by its code."""
    return _verbs.get(verb, verb)


def codes_that_may(verb: str) -> list[str]:
    return [role.code for role in _entered.values() if verb in role.may]


HOUSEKEEPER = Role(
    code="housekeeper",
    title=_("Housekeeper"),
    sentence=_("Looks after organisations, people and their roles, here and below. Enters no figures."),
    may=frozenset({"organisations.keep", "people.keep", "letters.see"}),
)
ROLES = (HOUSEKEEPER,)
VERBS: dict[str, str | Promise] = {
    "organisations.keep": _("enter, correct, move and close organisations"),
    "people.keep": _("invite people, give and end their roles"),
    "letters.see": _("see which letters did not reach their readers, and decide about them"),
}
