"""Figures read as tallies: as they had been handed in by an instant, summed over the organisations that were asked.

Only totals (key 0) are read here; a breakdown is read where it is shown. Everything is one statement, whatever the
number of organisations.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.rules.measures import Definition, State
from omsorg.plans.rules.tally import Tally, extreme_of

HANDED_IN = """
SELECT s.organisation_id, s.period_start, s.period_months, s.at FROM plans_submissionstep s
WHERE s.plan_id = %(plan)s AND s.step = 'submitted' AND s.at <= %(known_at)s AND NOT EXISTS (
    SELECT 1 FROM plans_submissionstep again
    WHERE again.plan_id = s.plan_id AND again.organisation_id = s.organisation_id
      AND again.period_start = s.period_start AND again.period_months = s.period_months
      AND again.step = 'submitted' AND again.at <= %(known_at)s AND (again.at, again.number) > (s.at, s.number))
"""
"""When each answer was handed in last, as known at an instant. What was entered later is not part of it yet."""
OF_ANSWER = f"""({HANDED_IN}) h ON h.organisation_id = f.organisation_id AND h.period_start = f.period_start
    AND h.period_months = f.period_months AND f.at <= h.at AND NOT EXISTS
    (SELECT 1 FROM plans_figure later
     WHERE later.supersedes_id IS NOT NULL AND later.supersedes_id = f.id AND later.at <= h.at)"""  # noqa: S608
"""Joined to figures: those that stood in the answer when it was handed in last, and none of any other answer."""
PAIR = "array_agg(ARRAY[f.numerator, f.denominator] ORDER BY {order}) FILTER (WHERE {there})"
LOWEST_AND_HIGHEST = ", ".join(
    "("
    + PAIR.format(
        order="CASE WHEN f.denominator IS NULL THEN f.numerator"
        f" ELSE f.numerator::numeric(105, 75) / nullif(f.denominator, 0) END {way},"
        " coalesce(f.denominator, f.numerator) DESC",
        there="f.indicator_id = ANY(%(worst)s) AND f.numerator IS NOT NULL AND f.denominator IS DISTINCT FROM 0",
    )
    + ")[1:1]"
    for way in ("ASC", "DESC")
)
"""The figures with the lowest and the highest value, as they were reported; of equal ones that of more people.

Division only puts them in order.
Two shares that differ do so before the 61st digit of their quotient; 75 are worked out.
"""


NAME_THEN = """SELECT n.name FROM federation_organisationname n
    WHERE n.organisation_id = v.by_organisation_id AND (n.from_on IS NULL OR n.from_on <= %(as_at)s)
    ORDER BY n.from_on DESC NULLS LAST, n.id DESC LIMIT 1"""
"""What the verifier of a figure was called on a day (`name_on`)."""


COUNTED_AS = {State.MEASURED: "reported"} | {state: state.name.lower() for state in State if state > State.MEASURED}
"""The count of a tally that a figure in each state belongs to; an estimated one is reported as well."""


class OrganisationFigure(NamedTuple):
    """One organisation's standing figure for one indicator and period, and what a verifier said of it."""

    indicator_id: int
    organisation_id: int
    figure_id: int
    state: int
    numerator: Decimal | None
    denominator: Decimal | None
    text: str
    revision: int
    verdict: str
    verified_by: str


def asked_organisations(owner_id: int, kind: str, days: Sequence[date]) -> dict[date, frozenset[int]]:
    """Which organisations of `kind` stood below the plan's owner on each day: those who are expected to answer."""
    found: defaultdict[date, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.day, l.descendant_id FROM unnest(%s::date[]) AS d(day)"
            " JOIN federation_lineage l ON l.ancestor_id = %s AND l.valid_from <= d.day"
            "  AND (l.valid_until IS NULL OR l.valid_until > d.day)"
            " JOIN federation_organisation o ON o.id = l.descendant_id AND o.kind = %s",
            [list(days), owner_id, kind],
        )
        for day, organisation_id in cursor.fetchall():
            found[day].add(organisation_id)
    return {day: frozenset(found[day]) for day in days}


def tallies_over_time(
    *,
    plan_id: int,
    revision_from: Mapping[int, int],
    organisations: Iterable[int],
    until: date,
    known_at: datetime,
    worst: Mapping[int, Definition],
) -> dict[int, dict[Period, Tally]]:
    """The tally of each indicator for each period that ended by `until`, over `organisations`: what they handed in.

    `revision_from` gives for each indicator the first definition whose figures count: what was measured before a
    redefinition is not compared with what came after. `worst` are those whose least good figure is looked for. The
    expected answers are not counted here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT f.indicator_id, f.period_start, f.period_months, f.revision, f.state, f.meets, f.denominator = 0,
                count(*), sum(f.numerator), sum(f.denominator),
                {LOWEST_AND_HIGHEST if worst else "NULL, NULL"}
            FROM plans_figure f
            JOIN {OF_ANSWER}
            WHERE f.key_id = 0 AND f.indicator_id = ANY(%(indicators)s) AND f.organisation_id = ANY(%(organisations)s)
              AND f.period_start < %(until)s
            GROUP BY 1, 2, 3, 4, 5, 6, 7
            """,  # noqa: S608
            {
                "plan": plan_id,
                "indicators": list(revision_from),
                "organisations": list(organisations),
                "until": until,
                "known_at": known_at,
                "worst": list(worst),
            },
        )
        rows = [_Told(*row) for row in cursor.fetchall()]
    found: defaultdict[int, dict[Period, Tally]] = defaultdict(dict)
    for row in rows:
        period = Period(row.period_start, row.period_months)
        if period.until <= until and row.revision >= revision_from[row.indicator_id]:
            tallies = found[row.indicator_id]
            tallies[period] = tallies.get(period, Tally()) + _tally(row, worst.get(row.indicator_id))
    return dict(found)


class _Told(NamedTuple):
    """How many figures say the same kind of thing of one indicator and period, and what they amount to."""

    indicator_id: int
    period_start: date
    period_months: int
    revision: int
    state: int
    meets: bool | None
    is_empty: bool | None
    figures: int
    numerator: Decimal | None
    denominator: Decimal | None
    lowest: list[list[Decimal | None]] | None
    highest: list[list[Decimal | None]] | None


def _tally(row: _Told, definition: Definition | None) -> Tally:
    counts: dict[str, Any] = {COUNTED_AS[State(row.state)]: row.figures}
    if row.state == State.ESTIMATED:
        counts["reported"] = row.figures
    if row.meets:
        counts["meeting"] = row.figures
    if row.is_empty:
        counts["no_cases"] = row.figures
    return Tally(
        numerator=row.numerator or Decimal(0),
        denominator=row.denominator or Decimal(0),
        lowest=extreme_of(definition, *row.lowest[0]) if definition and row.lowest else None,
        highest=extreme_of(definition, *row.highest[0]) if definition and row.highest else None,
        **counts,
    )


def figures_of_period(
    *, plan_id: int, indicators: Iterable[int], period: Period, known_at: datetime, as_at: date
) -> dict[int, list[OrganisationFigure]]:
    """Every organisation's figure of one period as it was handed in, by indicator, with the newest verdict on it.

    Who gave the verdict is called as on `as_at`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT f.indicator_id, f.organisation_id, f.id, f.state, f.numerator, f.denominator, f.text, f.revision,
                   coalesce(v.verdict, ''), coalesce(({NAME_THEN}), '')
            FROM plans_figure f
            JOIN {OF_ANSWER}
            LEFT JOIN LATERAL (
                SELECT verdict, by_organisation_id FROM plans_verification
                WHERE figure_id = f.id AND at <= %(known_at)s ORDER BY at DESC, id DESC LIMIT 1
            ) v ON true
            WHERE f.indicator_id = ANY(%(indicators)s) AND f.key_id = 0
              AND f.period_start = %(start)s AND f.period_months = %(months)s
            ORDER BY f.indicator_id, f.organisation_id
            """,  # noqa: S608
            {
                "plan": plan_id,
                "indicators": list(indicators),
                "start": period.start,
                "months": period.months,
                "known_at": known_at,
                "as_at": as_at,
            },
        )
        rows = [OrganisationFigure(*row) for row in cursor.fetchall()]
    found: defaultdict[int, list[OrganisationFigure]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row)
    return dict(found)


def reached_over_time(
    *,
    plan_id: int,
    organisations: Mapping[int, Iterable[int]],
    revision_from: Mapping[int, int],
    until: date,
    known_at: datetime,
) -> dict[int, dict[Period, frozenset[int]]]:
    """Which of the `organisations` of each indicator handed in, for each period by `until`, that it is reached.

    `revision_from` as in `tallies_over_time`: the same figures are looked at. Nothing is asked where there is none.
    """
    found: defaultdict[int, defaultdict[Period, set[int]]] = defaultdict(lambda: defaultdict(set))
    if not revision_from:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT f.indicator_id, f.organisation_id, f.period_start, f.period_months, f.revision
            FROM plans_figure f
            JOIN {OF_ANSWER}
            WHERE f.key_id = 0 AND f.indicator_id = ANY(%(indicators)s) AND f.state IN (1, 2)
              AND coalesce(f.meets, f.numerator >= 1) AND f.period_start < %(until)s
            """,  # noqa: S608
            {"plan": plan_id, "indicators": list(revision_from), "until": until, "known_at": known_at},
        )
        for indicator, organisation, start, months, revision in cursor.fetchall():
            if revision >= revision_from[indicator] and organisation in organisations[indicator]:
                found[indicator][Period(start, months)].add(organisation)
    return {
        indicator: {period: frozenset(those) for period, those in periods.items()}
        for indicator, periods in found.items()
    }


def answers_handed_in(
    *, plan_id: int, organisations: Iterable[int], known_at: datetime
) -> dict[tuple[int, Period], datetime]:
    """When each answer of `organisations` was handed in last, by organisation and period, as known at `known_at`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{HANDED_IN} AND s.organisation_id = ANY(%(organisations)s)",
            {"plan": plan_id, "organisations": list(organisations), "known_at": known_at},
        )
        return {(organisation, Period(start, months)): at for organisation, start, months, at in cursor.fetchall()}
