"""Figures read as tallies: known on a day, summed over the organisations that were asked.

Only totals (key 0) are read here; a breakdown is read where it is shown. Everything is one statement, whatever the
number of organisations.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.rules.tally import Tally

KNOWN = (
    "f.at <= %(known_at)s AND NOT EXISTS"
    " (SELECT 1 FROM plans_figure later WHERE later.supersedes_id = f.id AND later.at <= %(known_at)s)"
)


@dataclass(frozen=True, slots=True)
class OrganisationFigure:
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
    revision_from: Mapping[int, int],
    organisations: Iterable[int],
    until: date,
    known_at: datetime,
) -> dict[int, dict[Period, Tally]]:
    """The tally of each indicator for each period that ended by `until`, over `organisations`, as known at `known_at`.

    `revision_from` gives for each indicator the first definition whose figures count: what was measured before a
    redefinition is not compared with what came after. The expected answers are not counted here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT f.indicator_id, f.period_start, f.period_months,
                coalesce(sum(f.numerator), 0), coalesce(sum(f.denominator), 0),
                count(*) FILTER (WHERE f.state IN (1, 2)), count(*) FILTER (WHERE f.state = 2),
                count(*) FILTER (WHERE f.meets), count(*) FILTER (WHERE f.state IN (1, 2) AND f.denominator = 0),
                count(*) FILTER (WHERE f.state = 3), count(*) FILTER (WHERE f.state = 4),
                count(*) FILTER (WHERE f.state = 5), count(*) FILTER (WHERE f.state = 6),
                count(*) FILTER (WHERE f.state = 7),
                min(CASE WHEN f.denominator IS NULL THEN f.numerator
                         WHEN f.denominator <> 0 THEN f.numerator / f.denominator END),
                max(CASE WHEN f.denominator IS NULL THEN f.numerator
                         WHEN f.denominator <> 0 THEN f.numerator / f.denominator END)
            FROM plans_figure f
            JOIN unnest(%(indicators)s::bigint[], %(revisions)s::smallint[]) AS asked(indicator_id, first)
                ON asked.indicator_id = f.indicator_id AND f.revision >= asked.first
            WHERE f.key_id = 0 AND f.organisation_id = ANY(%(organisations)s)
              AND f.period_start + make_interval(months => f.period_months) <= %(until)s AND {KNOWN}
            GROUP BY 1, 2, 3
            """,  # noqa: S608
            {
                "indicators": list(revision_from),
                "revisions": list(revision_from.values()),
                "organisations": list(organisations),
                "until": until,
                "known_at": known_at,
            },
        )
        rows = cursor.fetchall()
    found: defaultdict[int, dict[Period, Tally]] = defaultdict(dict)
    for indicator_id, start, months, n, d, reported, estimated, meeting, no_cases, *states, low, high in rows:
        not_collected, not_applicable, suppressed, refused, unreadable = states
        found[indicator_id][Period(start, months)] = Tally(
            numerator=n,
            denominator=d,
            reported=reported,
            estimated=estimated,
            meeting=meeting,
            no_cases=no_cases,
            not_collected=not_collected,
            not_applicable=not_applicable,
            suppressed=suppressed,
            refused=refused,
            unreadable=unreadable,
            lowest=None if low is None else Fraction(low),
            highest=None if high is None else Fraction(high),
        )
    return dict(found)


def figures_of_period(
    *, indicators: Iterable[int], period: Period, known_at: datetime
) -> dict[int, list[OrganisationFigure]]:
    """Every organisation's standing figure of one period, by indicator, with the newest verdict on it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT f.indicator_id, f.organisation_id, f.id, f.state, f.numerator, f.denominator, f.text, f.revision,
                   coalesce(v.verdict, ''), coalesce(o.name, '')
            FROM plans_figure f
            LEFT JOIN LATERAL (
                SELECT verdict, by_organisation_id FROM plans_verification
                WHERE figure_id = f.id AND at <= %(known_at)s ORDER BY at DESC, id DESC LIMIT 1
            ) v ON true
            LEFT JOIN federation_organisation o ON o.id = v.by_organisation_id
            WHERE f.indicator_id = ANY(%(indicators)s) AND f.key_id = 0
              AND f.period_start = %(start)s AND f.period_months = %(months)s AND {KNOWN}
            ORDER BY f.indicator_id, f.organisation_id
            """,  # noqa: S608
            {
                "indicators": list(indicators),
                "start": period.start,
                "months": period.months,
                "known_at": known_at,
            },
        )
        rows = [OrganisationFigure(*row) for row in cursor.fetchall()]
    found: defaultdict[int, list[OrganisationFigure]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(row)
    return dict(found)
