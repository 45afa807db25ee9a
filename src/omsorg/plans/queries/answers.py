"""Who has answered: for each organisation that is asked and each period, where the answer stands and how late it is."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.rules.answers import Step
from omsorg.plans.rules.lateness import days_late, due_on


class Standing(StrEnum):
    """Where an answer stands, in the order of its way."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    RETURNED = "returned"
    REOPENED = "reopened"
    SUBMITTED = "submitted"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class House:
    """An organisation that is asked, with the organisation right above it."""

    id: int
    code: str
    name: str
    language: str
    above: str
    above_code: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One organisation's answer for one period.

    `reported` of `asked` indicators have an answer (their totals; "not collected" is an answer). `days_late` counts to
    the day it was first handed in, or to today; where nothing is asked, nothing is late. `reminded_on` and `reminders`:
    the last letter, and how many days of reminding have been used. `reason` is what it was returned or reopened for.
    """

    house: House
    period: Period
    standing: Standing
    since: datetime | None
    reason: str
    first_submitted_on: date | None
    reported: int
    asked: int
    due_on: date
    days_late: int
    reminders: int
    reminded_on: date | None
    told_above: bool

    @property
    def is_waiting_for_review(self) -> bool:
        return self.standing is Standing.SUBMITTED

    @property
    def is_open(self) -> bool:
        """Whether the organisation itself has something to do."""
        return self.standing not in (Standing.SUBMITTED, Standing.APPROVED)


HOUSES = """
SELECT o.id, o.code, o.name, o.language, coalesce(up.name, ''), coalesce(up.code, '')
FROM federation_organisation o
JOIN federation_lineage l ON l.descendant_id = o.id AND l.ancestor_id = %(owner)s
    AND l.valid_from <= %(day)s AND (l.valid_until IS NULL OR l.valid_until > %(day)s)
LEFT JOIN federation_position p ON p.organisation_id = o.id
    AND p.valid_from <= %(day)s AND (p.valid_until IS NULL OR p.valid_until > %(day)s)
LEFT JOIN federation_organisation up ON up.id = p.parent_id
WHERE o.kind = %(kind)s AND (%(units)s::bigint[] IS NULL OR o.id = ANY(%(units)s))
ORDER BY o.name, o.id
"""
STEPS = """
SELECT organisation_id, period_start,
    (array_agg(step ORDER BY number DESC))[1], (array_agg(at ORDER BY number DESC))[1],
    (array_agg(reason ORDER BY number DESC))[1], min(at) FILTER (WHERE step = 'submitted')
FROM plans_submissionstep
WHERE plan_id = %(plan)s AND period_months = %(months)s AND period_start = ANY(%(starts)s)
    AND organisation_id = ANY(%(organisations)s)
GROUP BY 1, 2
"""
REPORTED = """
SELECT f.organisation_id, f.period_start, count(*)
FROM plans_current_figure f JOIN plans_indicator i ON i.id = f.indicator_id
WHERE i.plan_id = %(plan)s AND f.key_id = 0 AND f.period_months = %(months)s AND f.period_start = ANY(%(starts)s)
    AND f.organisation_id = ANY(%(organisations)s)
GROUP BY 1, 2
"""
REMINDERS = """
SELECT organisation_id, period_start, count(*), max(at), bool_or(told_above)
FROM plans_reminder
WHERE plan_id = %(plan)s AND period_months = %(months)s AND period_start = ANY(%(starts)s)
    AND organisation_id = ANY(%(organisations)s)
GROUP BY 1, 2
"""
ASKED = """
SELECT d.start, count(*) FROM unnest(%(starts)s::date[], %(days)s::date[]) AS d(start, day)
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (i.id) r.asked_of_associations, r.activity
    FROM plans_indicator i JOIN plans_indicatorrevision r ON r.indicator_id = i.id
    WHERE i.plan_id = %(plan)s AND r.in_force_on <= d.day ORDER BY i.id, r.in_force_on DESC, r.number DESC
) x WHERE x.asked_of_associations AND x.activity = 'active' GROUP BY 1
"""


def houses_asked(plan: Plan, period: Period, *, units: Collection[int] | None = None) -> tuple[House, ...]:
    """The organisations that are asked for `period`, by name: of the plan's kind, below its owner on the last day.

    `units` narrows to what somebody may see; None is all of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            HOUSES,
            {
                "owner": plan.owner_id,
                "day": period.until - timedelta(days=1),
                "kind": plan.reporting_kind,
                "units": None if units is None else list(units),
            },
        )
        return tuple(House(*row) for row in cursor.fetchall())


def answers_of(
    plan: Plan, asked: Sequence[tuple[Period, Sequence[House]]], *, on: date, grace_days: int
) -> tuple[AnswerRow, ...]:
    """Where each of these answers stands. Four queries, however many there are."""
    wanted: dict[str, Any] = {
        "plan": plan.pk,
        "months": plan.frequency_months,
        "starts": [period.start for period, _houses in asked],
        "days": [min(period.until - timedelta(days=1), on) for period, _houses in asked],
        "organisations": list({house.id for _period, houses in asked for house in houses}),
    }
    with connection.cursor() as cursor:
        cursor.execute(STEPS, wanted)
        steps = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
        cursor.execute(REPORTED, wanted)
        reported = {(row[0], row[1]): row[2] for row in cursor.fetchall()}
        cursor.execute(REMINDERS, wanted)
        reminders = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
        cursor.execute(ASKED, wanted)
        indicators = dict(cursor.fetchall())
    found: list[AnswerRow] = []
    for period, houses in asked:
        due = due_on(period, grace_days=grace_days)
        for house in houses:
            cell = (house.id, period.start)
            step, since, reason, first = steps.get(cell, (None, None, "", None))
            number, reminded_at, told_above = reminders.get(cell, (0, None, False))
            submitted_on = first.date() if first else None
            in_all = indicators.get(period.start, 0)
            standing = Standing(step) if step else Standing.BEGUN if reported.get(cell) else Standing.NOT_BEGUN
            found.append(
                AnswerRow(
                    house=house,
                    period=period,
                    standing=standing,
                    since=since,
                    reason=reason if step in (Step.RETURNED, Step.REOPENED) else "",
                    first_submitted_on=submitted_on,
                    reported=reported.get(cell, 0),
                    asked=in_all,
                    due_on=due,
                    days_late=days_late(due, on=on, submitted_on=submitted_on) if in_all else 0,
                    reminders=number,
                    reminded_on=reminded_at.date() if reminded_at else None,
                    told_above=told_above,
                )
            )
    return tuple(found)


def answers_for_period(
    plan: Plan, period: Period, *, units: Collection[int] | None, on: date, grace_days: int
) -> tuple[AnswerRow, ...]:
    """Everybody who is asked for one period, by name."""
    return answers_of(plan, [(period, houses_asked(plan, period, units=units))], on=on, grace_days=grace_days)
