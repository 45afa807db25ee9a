"""Where the voices differ: how an organisation rates itself, what a verifier says, what the figures say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.queries.asked import Defined, day_of_definition, definitions_on
from omsorg.plans.queries.freezing import Moment, read_report
from omsorg.plans.rules.limits import ReportLimits
from omsorg.plans.rules.measures import Figure, Kind, Rating, Series, State, Status
from omsorg.plans.rules.paths import Point, TargetFigure, target_paths
from omsorg.plans.rules.ratings import plan_rating
from omsorg.plans.rules.status import PeriodFigure, indicator_status


@dataclass(frozen=True, slots=True)
class Voices:
    """What the three say of one indicator of one organisation. None: that voice says nothing."""

    organisation_code: str
    organisation: str
    defined: Defined
    own: Rating
    verified: Rating | None
    is_contested: bool
    verifier: str
    verifier_reason: str
    computed: Status | None

    @property
    def disagree(self) -> bool:
        """Whether one of the others says something else than the organisation itself."""
        if self.is_contested or (self.verified is not None and self.verified is not self.own):
            return True
        return self.computed is not None and plan_rating(self.computed) is not self.own


RATED = """
SELECT DISTINCT ON (a.organisation_id, a.indicator_id) a.organisation_id, o.code, o.name, o.kind, a.indicator_id,
    a.rating, v.verdict, v.rating, v.reason, vo.name
FROM plans_assessment a JOIN federation_organisation o ON o.id = a.organisation_id
LEFT JOIN LATERAL (
    SELECT verdict, rating, reason, by_organisation_id FROM plans_verification
    WHERE assessment_id = a.id ORDER BY id DESC LIMIT 1) v ON true
LEFT JOIN federation_organisation vo ON vo.id = v.by_organisation_id
WHERE a.indicator_id = ANY(%(indicators)s) AND a.period_start = %(start)s AND a.period_months = %(months)s
    AND a.voice = 'self' AND a.organisation_id = ANY(%(units)s)
ORDER BY a.organisation_id, a.indicator_id, a.id DESC
"""
FIGURES = """
SELECT f.organisation_id, f.indicator_id, f.period_start, f.state, f.numerator, f.denominator, f.revision,
    coalesce((SELECT step = 'approved' FROM plans_submissionstep s
              WHERE s.plan_id = %(plan)s AND s.organisation_id = f.organisation_id
                AND s.period_start = f.period_start AND s.period_months = f.period_months
              ORDER BY s.number DESC LIMIT 1), false),
    EXISTS (SELECT 1 FROM plans_evidence e
            WHERE e.organisation_id = f.organisation_id AND e.indicator_id = f.indicator_id
              AND e.period_start = f.period_start AND e.withdrawn_at IS NULL)
FROM plans_current_figure f
WHERE f.indicator_id = ANY(%(indicators)s) AND f.organisation_id = ANY(%(organisations)s) AND f.key_id = 0
    AND f.period_months = %(months)s AND f.period_start <= %(start)s
"""
TARGETS = """
SELECT t.organisation_id, t.indicator_id, t.series, t.due_on, t.number, t.denominator, t.in_force_on
FROM plans_target t
WHERE t.indicator_id = ANY(%(indicators)s) AND t.organisation_id = ANY(%(whose)s) AND t.in_force_on <= %(on)s
ORDER BY t.in_force_on, t.id
"""
OF_EVERYBODY = (Kind.RATIO, Kind.RATE, Kind.SCORE, Kind.ORDINAL, Kind.MILESTONE)
"""Kinds whose target for the whole plan also holds for each organisation; a count's is shared out by nobody."""


def voices_of(
    plan: Plan, period: Period, *, units: Collection[int], known_at: datetime, limits: ReportLimits
) -> tuple[Voices, ...]:
    """Every own rating of a period with what the two others say. Four statements.

    Where somebody rates for the whole plan what all associations report, the sum over them is what is computed; then
    the report of that day is drawn up, so that this list and a report never say two things.
    """
    on = known_at.date()
    day = day_of_definition(period, on=on)
    definitions = {d.id: d for d in definitions_on(plan.pk, day, frequency_months=plan.frequency_months)}
    wanted: dict[str, Any] = {
        "plan": plan.pk,
        "indicators": list(definitions),
        "start": period.start,
        "months": period.months,
        "units": list(units),
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(RATED, wanted)
        rated = cursor.fetchall()
        wanted["organisations"] = list({row[0] for row in rated})
        wanted["whose"] = [*wanted["organisations"], plan.owner_id]
        cursor.execute(FIGURES, wanted)
        figures = _by_cell(cursor.fetchall())
        cursor.execute(TARGETS, wanted)
        targets = _by_cell(cursor.fetchall())
    whole: Mapping[str, Status | None] | None = None
    found: list[Voices] = []
    for organisation, code, name, kind, indicator, rating, verdict, verified, reason, verifier in rated:
        defined = definitions[indicator]
        own_targets = targets.get((organisation, indicator), [])
        if not own_targets and defined.definition.kind in OF_EVERYBODY:
            own_targets = targets.get((plan.owner_id, indicator), [])
        if defined.asked_of_associations and kind != plan.reporting_kind:
            if whole is None:
                whole = _of_the_whole(Moment(plan, period, on, known_at, limits))
            computed = whole.get(defined.code)
        else:
            computed = _computed(
                defined, figures.get((organisation, indicator), []), own_targets, period, on, limits.grace_days
            )
        found.append(
            Voices(
                organisation_code=code,
                organisation=name,
                defined=defined,
                own=Rating(rating),
                verified=_verified(verdict, verified, rating),
                is_contested=verdict == "contested",
                verifier=verifier or "",
                verifier_reason=reason or "",
                computed=computed,
            )
        )
    place = {indicator: number for number, indicator in enumerate(definitions)}
    return tuple(sorted(found, key=lambda voices: (voices.organisation.casefold(), place[voices.defined.id])))


def _of_the_whole(moment: Moment) -> dict[str, Status | None]:
    """What is computed for the whole plan, by the code of the indicator; None where no rule can judge."""
    document = read_report(moment, previous=(), trail_head="").document
    return {part.code: None if part.computed is Status.NOT_RATED else part.computed for part in document.indicators}


def _by_cell(rows: list[tuple[Any, ...]]) -> dict[tuple[int, int], list[tuple[Any, ...]]]:
    found: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
    for organisation, indicator, *rest in rows:
        found.setdefault((organisation, indicator), []).append(tuple(rest))
    return found


def _verified(verdict: str | None, stated: str | None, own: str) -> Rating | None:
    """How the verifier rates it: as the organisation did where confirmed, as stated where contested."""
    if verdict == "confirmed":
        return Rating(own)
    return Rating(stated) if stated else None


def _computed(
    defined: Defined,
    figures: list[tuple[Any, ...]],
    targets: list[tuple[Any, ...]],
    period: Period,
    on: date,
    grace_days: int,
) -> Status | None:
    """What the rule makes of the organisation's own figures; None where it cannot judge."""
    definition = defined.definition
    goals: list[TargetFigure] = []
    baseline: Point | None = None
    for series, due_on, number, denominator, stated_on in targets:
        value = definition.value_of(number, denominator)
        if series == Series.BASELINE:
            baseline = Point(due_on, value)
        elif value is not None:
            goals.append(TargetFigure(due_on, Fraction(value), stated_on))
    standing = indicator_status(
        definition=definition,
        figures=[
            PeriodFigure(
                Period(start, period.months),
                Figure(
                    State(state), numerator, denominator, evidence=proven or not defined.evidence_needed, is_final=final
                ),
            )
            for start, state, numerator, denominator, revision, final, proven in figures
            if revision >= defined.comparable_from
        ],
        paths=target_paths(goals),
        baseline=baseline,
        on=on,
        grace_days=grace_days,
    )
    return None if standing.status is Status.NOT_RATED else standing.status
