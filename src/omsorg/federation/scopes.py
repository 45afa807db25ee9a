"""Scopes: what a personal key to the HTTP API may be used for. A key never opens more than its person's roles do.

Every system that is on enters its scopes here when it starts, beside its roles.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Scope:
    """One thing a key may be used for. `sentence` says it to its maker; `may` are the verbs that it lets through."""

    code: str
    sentence: str | Promise
    may: frozenset[str]


_entered: dict[str, Scope] = {}


def enter(*scopes: Scope) -> None:
    """Make scopes known. Entering the same again changes nothing; another under a known code is refused."""
    for scope in scopes:
        if _entered.setdefault(scope.code, scope) != scope:
            raise ValueError(f"Two scopes are called {scope.code!r}")


def all_scopes() -> tuple[Scope, ...]:
    return tuple(_entered.values())


def verbs_of(codes: Iterable[str]) -> frozenset[str]:
    """The verbs that a key with these scopes lets through; a scope of a system that is off lets nothing through."""
    return frozenset[str]().union(*(_entered[code].may for code in codes if code in _entered))


def scopes_within(verbs: frozenset[str]) -> tuple[Scope, ...]:
    """The scopes that let nothing through but these verbs: what a person with them can hand to a program."""
    return tuple(scope for scope in _entered.values() if scope.may <= verbs)
