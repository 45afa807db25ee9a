"""Who has answered: for each organisation that is asked and each period, where the answer stands and how late it is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
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
class AnswerStand:
    """Where one organisation's answer for one period stands.

    `days_late` counts to the day it was first handed in, or to today; where nothing is asked, nothing is late.
    `reminded_on` and `reminders`: the last letter, and how many days of reminding have been used. `reason` is what it
    was returned or reopened for. `step_at`: when the last step was taken, as the database writes it.
    """

    house: House
    period: Period
    standing: Standing
    step_at: str | None
    reason: str
    first_submitted_on: date | None
    asked: int
    due_on: date
    days_late: int
    reminders: int
    reminded_on: date | None
    told_above: bool

    @property
    def since(self) -> datetime | None:
        """When the last step was taken; made of its text only where it is shown, since a list has a thousand."""
        return datetime.fromisoformat(self.step_at) if self.step_at else None

    @property
    def is_waiting_for_review(self) -> bool:
        return self.standing is Standing.SUBMITTED

    @property
    def is_open(self) -> bool:
        """Whether the organisation itself has something to do."""
        return self.standing not in (Standing.SUBMITTED, Standing.APPROVED)


@dataclass(frozen=True, slots=True)
class AnswerRow(AnswerStand):
    """One organisation's answer for one period, with how far it has come.

    `reported` of `asked` indicators have an answer (their totals; "not collected" is an answer).
    """

    reported: int


HOUSES = """
SELECT d.day, o.id, o.code, o.name, o.language, coalesce(up.name, ''), coalesce(up.code, '')
FROM unnest(%(days)s::date[]) AS d(day)
JOIN federation_lineage l ON l.ancestor_id = %(owner)s
    AND l.valid_from <= d.day AND (l.valid_until IS NULL OR l.valid_until > d.day)
JOIN federation_organisation o ON o.id = l.descendant_id
LEFT JOIN federation_position p ON p.organisation_id = o.id
    AND p.valid_from <= d.day AND (p.valid_until IS NULL OR p.valid_until > d.day)
LEFT JOIN federation_organisation up ON up.id = p.parent_id
WHERE o.kind = %(kind)s AND (%(units)s::bigint[] IS NULL OR o.id = ANY(%(units)s::bigint[]))
ORDER BY o.name, o.id
"""
STEPS = """
SELECT organisation_id, period_start,
    (array_agg(step ORDER BY number DESC))[1], (array_agg(at ORDER BY number DESC))[1]::text,
    (array_agg(reason ORDER BY number DESC))[1], (min(at) FILTER (WHERE step = 'submitted') AT TIME ZONE 'UTC')::date
FROM plans_submissionstep
WHERE plan_id = %(plan)s AND period_months = %(months)s AND period_start = ANY(%(starts)s)
    AND organisation_id = ANY(%(organisations)s::bigint[])
GROUP BY 1, 2
"""
BEGUN = """
SELECT o.id, p.start
FROM unnest(%(organisations)s::bigint[]) AS o(id) CROSS JOIN unnest(%(starts)s::date[]) AS p(start)
CROSS JOIN LATERAL (
    SELECT FROM plans_figure f
    WHERE f.indicator_id = ANY(ARRAY(SELECT id FROM plans_indicator WHERE plan_id = %(plan)s))
        AND f.period_start = p.start AND f.organisation_id = o.id AND f.key_id = 0 AND f.period_months = %(months)s
    LIMIT 1
) x
"""
REPORTED = """
SELECT o.id, p.start, x.reported
FROM unnest(%(organisations)s::bigint[]) AS o(id) CROSS JOIN unnest(%(starts)s::date[]) AS p(start)
CROSS JOIN LATERAL (
    SELECT count(DISTINCT f.indicator_id) AS reported FROM plans_figure f
    WHERE f.indicator_id = ANY(ARRAY(SELECT id FROM plans_indicator WHERE plan_id = %(plan)s))
        AND f.period_start = p.start AND f.organisation_id = o.id AND f.key_id = 0 AND f.period_months = %(months)s
) x
"""
REMINDERS = """
SELECT organisation_id, period_start, count(*), (max(at) AT TIME ZONE 'UTC')::date, bool_or(told_above)
FROM plans_reminder
WHERE plan_id = %(plan)s AND period_months = %(months)s AND period_start = ANY(%(starts)s)
    AND organisation_id = ANY(%(organisations)s::bigint[])
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


def houses_asked(
    plan: Plan, periods: Collection[Period], *, units: Collection[int] | None = None
) -> list[tuple[Period, tuple[House, ...]]]:
    """The organisations that are asked for each period, by name: of the plan's kind, below its owner on the last day.

    `units` narrows to what somebody may see; None is all of them. One query, however many periods.
    """
    last = {period: period.until - timedelta(days=1) for period in periods}
    with connection.cursor() as cursor:
        cursor.execute(
            HOUSES,
            {
                "owner": plan.owner_id,
                "days": list(last.values()),
                "kind": plan.reporting_kind,
                "units": None if units is None else _ids(units),
            },
        )
        found: dict[date, list[House]] = {}
        for day, *house in cursor.fetchall():
            found.setdefault(day, []).append(House(*house))
    return [(period, tuple(found.get(day, ()))) for period, day in last.items()]


def stands_of(
    plan: Plan, asked: Sequence[tuple[Period, Sequence[House]]], *, on: date, grace_days: int
) -> tuple[AnswerStand, ...]:
    """Where each of these answers stands. Four queries at most, however many there are."""
    wanted: dict[str, Any] = {
        "plan": plan.pk,
        "months": plan.frequency_months,
        "starts": [period.start for period, _houses in asked],
        "days": [min(period.until - timedelta(days=1), on) for period, _houses in asked],
        "organisations": _ids(house.id for _period, houses in asked for house in houses),
    }
    with connection.cursor() as cursor:
        cursor.execute(STEPS, wanted)
        steps = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
        silent = [house.id for period, houses in asked for house in houses if (house.id, period.start) not in steps]
        begun: set[tuple[int, date]] = set()
        if silent:
            cursor.execute(BEGUN, {**wanted, "organisations": _ids(silent)})
            begun = set(cursor.fetchall())
        cursor.execute(REMINDERS, wanted)
        reminders = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
        cursor.execute(ASKED, wanted)
        indicators = dict(cursor.fetchall())
    found: list[AnswerStand] = []
    for period, houses in asked:
        due = due_on(period, grace_days=grace_days)
        in_all = indicators.get(period.start, 0)
        for house in houses:
            cell = (house.id, period.start)
            step, step_at, reason, submitted_on = steps.get(cell, (None, None, "", None))
            number, reminded_on, told_above = reminders.get(cell, (0, None, False))
            found.append(
                AnswerStand(
                    house=house,
                    period=period,
                    standing=Standing(step) if step else Standing.BEGUN if cell in begun else Standing.NOT_BEGUN,
                    step_at=step_at,
                    reason=reason if step in (Step.RETURNED, Step.REOPENED) else "",
                    first_submitted_on=submitted_on,
                    asked=in_all,
                    due_on=due,
                    days_late=days_late(due, on=on, submitted_on=submitted_on) if in_all else 0,
                    reminders=number,
                    reminded_on=reminded_on,
                    told_above=told_above,
                )
            )
    return tuple(found)


def counted(plan: Plan, stands: Sequence[AnswerStand]) -> tuple[AnswerRow, ...]:
    """The same answers with how many of their indicators have an answer. One query."""
    wanted: dict[str, Any] = {
        "plan": plan.pk,
        "months": plan.frequency_months,
        "starts": list({stand.period.start for stand in stands}),
        "organisations": _ids(stand.house.id for stand in stands),
    }
    with connection.cursor() as cursor:
        cursor.execute(REPORTED, wanted)
        reported = {(house, start): number for house, start, number in cursor.fetchall()}
    names = [entry.name for entry in fields(AnswerStand)]
    return tuple(
        AnswerRow(
            **{name: getattr(stand, name) for name in names},
            reported=reported[stand.house.id, stand.period.start],
        )
        for stand in stands
    )


def stands_for_period(
    plan: Plan, period: Period, *, units: Collection[int] | None, on: date, grace_days: int
) -> tuple[AnswerStand, ...]:
    """Everybody who is asked for one period, by name."""
    return stands_of(plan, houses_asked(plan, [period], units=units), on=on, grace_days=grace_days)


def _ids(found: Iterable[int]) -> str:
    """Many ids as the database writes a list of them: one text is sent faster than a thousand numbers."""
    return f"{{{','.join(map(str, set(found)))}}}"
