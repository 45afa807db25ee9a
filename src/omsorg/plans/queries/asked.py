"""What is asked of an organisation: the definitions in force on a day, and the parts of every breakdown."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection

from omsorg.federation.models import Organisation
from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.rules.measures import Activity, Comparison, Definition, Direction, Kind, RollUp, TimeRule

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Defined:
    """One indicator with the revision of its definition that is in force: `id` and `revision` (number) name it.

    Figures entered under a revision before `comparable_from` measured something else. `owners` are the organisations
    that own an action which it measures.
    """

    id: int
    code: str
    revision: int
    title: Texts
    definition: Definition
    numerator: Texts
    denominator: Texts
    dimensions: tuple[str, ...]
    asked_of_associations: bool
    evidence_needed: bool
    activity: Activity
    redefined: bool
    due_on: date | None
    in_force_on: date
    comparable_from: int
    owners: frozenset[int]


@dataclass(frozen=True, slots=True)
class Key:
    """One part of a breakdown; id 0 is the total."""

    id: int
    dimension: str
    code: str
    label: Texts
    is_unknown: bool


DEFINITIONS = """
WITH revision AS MATERIALIZED (
    SELECT r.*, max(r.number) FILTER (WHERE r.redefined) OVER (PARTITION BY r.indicator_id ORDER BY r.number) AS since
    FROM plans_indicatorrevision r JOIN plans_indicator i ON i.id = r.indicator_id WHERE i.plan_id = %(plan)s
), linked AS MATERIALIZED (
    SELECT DISTINCT ON (m.indicator_id, m.action_id) m.indicator_id, m.action_id, m.holds
    FROM plans_indicatoraction m JOIN plans_indicator i ON i.id = m.indicator_id
    WHERE i.plan_id = %(plan)s AND m.in_force_on <= %(day)s ORDER BY m.indicator_id, m.action_id, m.number DESC
), owned AS (
    SELECT DISTINCT ON (a.action_id) a.action_id, a.owner_id FROM plans_actionrevision a
    WHERE a.action_id IN (SELECT action_id FROM linked) AND a.in_force_on <= %(day)s
    ORDER BY a.action_id, a.in_force_on DESC, a.number DESC
), owners AS (
    SELECT indicator_id, array_agg(DISTINCT owner_id) AS ids FROM linked JOIN owned USING (action_id)
    WHERE linked.holds GROUP BY indicator_id
)
SELECT DISTINCT ON (i.id) i.id, i.code, r.number, r.title::text, r.kind, r.direction, r.time_rule, r.roll_up,
    r.unit::text, r.band_low, r.band_high, r.threshold, r.comparison, r.tolerance, r.at_risk_band, r.per, r.lowest,
    r.highest,
    r.accumulates, r.numerator::text, r.denominator::text, r.dimensions::text, r.asked_of_associations,
    r.evidence_needed, r.activity, r.redefined, r.due_on, r.in_force_on, coalesce(r.since, 1), coalesce(o.ids, '{}')
FROM plans_indicator i JOIN revision r ON r.indicator_id = i.id LEFT JOIN owners o ON o.indicator_id = i.id
WHERE r.in_force_on <= %(day)s
ORDER BY i.id, r.in_force_on DESC, r.number DESC
"""


def definitions_on(plan_id: int, day: date, *, frequency_months: int) -> tuple[Defined, ...]:
    """Every indicator that the plan has on `day`, with the definition in force then, in the order of their codes."""
    with connection.cursor() as cursor:
        cursor.execute(DEFINITIONS, {"plan": plan_id, "day": day})
        found = [_defined(row, frequency_months) for row in cursor.fetchall()]
    return tuple(sorted(found, key=lambda defined: in_order(defined.code)))


def day_of_definition(period: Period, *, on: date) -> date:
    """The day whose definitions count for a period: its last, or today while it lasts."""
    return min(period.until - timedelta(days=1), on)


def asked_of(definitions: Sequence[Defined], plan: Plan, organisation: Organisation) -> tuple[Defined, ...]:
    """The indicators for which `organisation` gives figures: of those that are still worked on, what is asked of all
    associations, and what measures an action of its own (of the plan's owner, where nobody owns the action).
    """
    return tuple(
        defined
        for defined in definitions
        if defined.activity is Activity.ACTIVE
        and (
            organisation.kind == plan.reporting_kind
            if defined.asked_of_associations
            else is_responsible(defined, plan, organisation)
        )
    )


def rated_by(definitions: Sequence[Defined], plan: Plan, organisation: Organisation) -> tuple[Defined, ...]:
    """The indicators that `organisation` rates: those it gives figures for, and those of its own actions."""
    asked = {defined.id for defined in asked_of(definitions, plan, organisation)}
    return tuple(
        defined
        for defined in definitions
        if defined.id in asked or (defined.activity is Activity.ACTIVE and is_responsible(defined, plan, organisation))
    )


def is_responsible(defined: Defined, plan: Plan, organisation: Organisation) -> bool:
    """Whether the actions that the indicator measures are this organisation's own."""
    return organisation.pk in (defined.owners or {plan.owner_id})


def all_keys() -> dict[int, Key]:
    """Every part of every breakdown by id, the total (0) first; within a dimension the unknown part comes last."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, dimension, code, label::text, is_unknown FROM plans_disaggregationkey"
            " ORDER BY dimension, is_unknown, id"
        )
        return {row[0]: Key(row[0], row[1], row[2], _texts(row[3]), row[4]) for row in cursor.fetchall()}


def in_order(code: str) -> tuple[Any, ...]:
    """To sort codes as people count: I2 before I10."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", code) if part)


@lru_cache(maxsize=4096)
def _texts(text: str) -> Any:
    """What a text column holds; nobody writes into it, so that equal ones are read once."""
    return json.loads(text)


def _defined(row: tuple[Any, ...], frequency_months: int) -> Defined:
    (
        indicator, code, number, title, kind, direction, time_rule, roll_up, unit,
        band_low, band_high, threshold, comparison, tolerance, at_risk, per, lowest, highest,
        accumulates, numerator, denominator, dimensions, asked, evidence, activity, redefined, due_on, in_force_on,
        comparable_from, owners,
    ) = row  # fmt: skip
    return Defined(
        id=indicator,
        code=code,
        revision=number,
        title=_texts(title),
        definition=Definition(
            code=code,
            kind=Kind(kind),
            direction=Direction(direction) if direction else None,
            time_rule=TimeRule(time_rule),
            roll_up=RollUp(roll_up),
            unit=_texts(unit),
            band_low=band_low,
            band_high=band_high,
            threshold=threshold,
            comparison=Comparison(comparison) if comparison else None,
            tolerance=Decimal(tolerance),
            at_risk=Decimal(at_risk),
            frequency_months=frequency_months,
            per=per,
            lowest=lowest,
            highest=highest,
            accumulates=accumulates,
        ),
        numerator=_texts(numerator),
        denominator=_texts(denominator),
        dimensions=tuple(_texts(dimensions)),
        asked_of_associations=asked,
        evidence_needed=evidence,
        activity=Activity(activity),
        redefined=redefined,
        due_on=due_on,
        in_force_on=in_force_on,
        comparable_from=comparable_from,
        owners=frozenset(owners),
    )
