"""Late answers and those who must hear of them: the officers of the organisation, and whoever approves above it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection

from omsorg.federation.roles import codes_that_may
from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person who is written to, and in which language."""

    id: int
    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Above:
    """The nearest organisation above at which somebody approves answers, and those who do."""

    organisation: str
    people: tuple[Addressee, ...]


HOLDERS = """
SELECT m.organisation_id, p.id, p.name, p.email, p.language
FROM federation_mandate m JOIN federation_person p ON p.id = m.person_id
WHERE m.role = ANY(%(roles)s) AND m.organisation_id = ANY(%(organisations)s) AND p.email <> '' AND p.left_on IS NULL
    AND m.valid_from <= %(day)s AND (m.valid_until IS NULL OR m.valid_until > %(day)s)
GROUP BY 1, 2, 3, 4, 5 ORDER BY p.id
"""
LINE = """
SELECT l.descendant_id, l.ancestor_id, o.name
FROM federation_lineage l JOIN federation_organisation o ON o.id = l.ancestor_id
WHERE l.descendant_id = ANY(%(organisations)s) AND l.depth > 0
    AND l.valid_from <= %(day)s AND (l.valid_until IS NULL OR l.valid_until > %(day)s)
ORDER BY l.descendant_id, l.depth
"""
SENT = """
SELECT organisation_id, day FROM plans_reminder
WHERE plan_id = %s AND period_start = %s AND period_months = %s
"""
STILL_THERE = """
SELECT descendant_id FROM federation_lineage
WHERE ancestor_id = %s AND valid_from <= %s AND (valid_until IS NULL OR valid_until > %s)
"""


def officers_of(organisations: Collection[int], *, on: date) -> dict[int, tuple[Addressee, ...]]:
    """Who reports for each organisation: those who hold such a role at it, not above it."""
    return _holders("plans.report", organisations, on)


def reviewers_above(organisations: Collection[int], *, on: date) -> dict[int, Above]:
    """For each organisation the nearest one above it at which anybody approves; missing where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(LINE, {"organisations": list(organisations), "day": on})
        lines = cursor.fetchall()
    holders = _holders("plans.approve", {ancestor for _organisation, ancestor, _name in lines}, on)
    found: dict[int, Above] = {}
    for organisation, ancestor, name in lines:
        if organisation not in found and ancestor in holders:
            found[organisation] = Above(name, holders[ancestor])
    return found


def _holders(verb: str, organisations: Collection[int], on: date) -> dict[int, tuple[Addressee, ...]]:
    found: dict[int, list[Addressee]] = {}
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, {"roles": codes_that_may(verb), "organisations": list(organisations), "day": on})
        for organisation, *person in cursor.fetchall():
            found.setdefault(organisation, []).append(Addressee(*person))
    return {organisation: tuple(people) for organisation, people in found.items()}


def days_reminded(plan: Plan, period: Period) -> Mapping[int, frozenset[int]]:
    """The days of reminding that have been used, by organisation."""
    found: dict[int, set[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SENT, [plan.pk, period.start, period.months])
        for organisation, day in cursor.fetchall():
            found.setdefault(organisation, set()).add(day)
    return {organisation: frozenset(days) for organisation, days in found.items()}


def still_below(plan: Plan, *, on: date) -> frozenset[int]:
    """The organisations that stand below the plan's owner today: one that has closed is not reminded."""
    with connection.cursor() as cursor:
        cursor.execute(STILL_THERE, [plan.owner_id, on, on])
        return frozenset(row[0] for row in cursor.fetchall())
