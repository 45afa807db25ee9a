"""All associations beside each other: what each reported for each indicator, year by year.

Where programmes answer, an association's figure is the sum kept above them; where associations answer themselves, it
is their own. One statement over all of them, whatever lies below.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.queries.asked import Defined
from omsorg.plans.rules.measures import TimeRule

OWN = """
    SELECT f.organisation_id AS node_id, f.indicator_id, f.period_start, f.numerator, f.denominator, 1 AS reported
    FROM plans_figure f JOIN federation_organisation o ON o.id = f.organisation_id
    JOIN asked a ON a.indicator_id = f.indicator_id AND f.revision >= a.comparable_from
    WHERE f.key_id = 0 AND o.kind = %(kind)s AND f.state IN (1, 2) AND f.indicator_id = ANY(%(indicators)s)
      AND f.period_months = %(months)s
      AND NOT EXISTS (
        SELECT 1 FROM plans_figure later WHERE later.supersedes_id IS NOT NULL AND later.supersedes_id = f.id)
"""
KEPT = """
    SELECT s.node_id, s.indicator_id, s.period_start, s.numerator, s.denominator, s.reported
    FROM plans_summary s JOIN federation_organisation o ON o.id = s.node_id
    JOIN asked a ON a.indicator_id = s.indicator_id
        AND s.period_start + make_interval(months => s.period_months) > a.comparable_since
    WHERE o.kind = %(kind)s AND s.reported > 0 AND s.indicator_id = ANY(%(indicators)s)
      AND s.period_months = %(months)s
"""


class YearFigure(NamedTuple):
    """One organisation's figure of one indicator for one year, exact, and how many answers stand behind it.

    What flows is added over the year; what stands is the year's last figure, and no older one in its stead: without
    it the numerator is None. `answered` tells in how many periods of the year there is a figure. A year without any
    is not there.
    """

    node_id: int
    indicator_id: int
    year: int
    numerator: Decimal | None
    denominator: Decimal | None
    reported: int
    answered: int


def by_year(
    plan: Plan, asked: Iterable[Defined], periods: Sequence[Period], *, kind: str = "national_association"
) -> list[YearFigure]:
    """Every organisation of `kind` x indicator x year with a figure for one of `periods`, ordered by all three.

    Only what was measured by a definition that can be compared with the one in `asked`. Means and distinct counts are
    not made out of periods here: such indicators are left out.
    """
    chosen = [each for each in asked if each.definition.time_rule in (TimeRule.SUM, TimeRule.LAST)]
    last = {period.start.year: period.start for period in sorted(periods, key=lambda period: period.start)}
    rows = OWN if plan.reporting_kind == kind else KEPT
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH asked AS MATERIALIZED (
                SELECT a.indicator_id, a.comparable_from, a.is_flow, r.in_force_on AS comparable_since
                FROM unnest(%(indicators)s::bigint[], %(comparable_from)s::smallint[], %(flows)s::boolean[])
                    AS a(indicator_id, comparable_from, is_flow)
                JOIN plans_indicatorrevision r ON r.indicator_id = a.indicator_id AND r.number = a.comparable_from
            ), of_year AS MATERIALIZED (
                SELECT p.period_start, extract(year FROM p.period_start)::int AS year,
                       p.period_start = ANY(%(last)s) AS is_last
                FROM unnest(%(starts)s::date[]) AS p(period_start)
            )
            SELECT told.node_id, told.indicator_id, y.year,
                   sum(told.numerator) FILTER (WHERE a.is_flow OR y.is_last),
                   sum(told.denominator) FILTER (WHERE a.is_flow OR y.is_last),
                   sum(told.reported)::int, count(*)::int
            FROM ({rows}) AS told JOIN of_year y USING (period_start) JOIN asked a USING (indicator_id)
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """,  # noqa: S608 - two fixed texts
            {
                "kind": kind,
                "months": plan.frequency_months,
                "indicators": [each.id for each in chosen],
                "comparable_from": [each.comparable_from for each in chosen],
                "flows": [each.definition.time_rule is TimeRule.SUM for each in chosen],
                "starts": [period.start for period in periods],
                "last": list(last.values()),
            },
        )
        return list(map(YearFigure._make, cursor.fetchall()))


def periods_by_year(periods: Iterable[Period]) -> dict[int, int]:
    """How many of the periods each year has."""
    return dict(sorted(Counter(period.start.year for period in periods).items()))


class Association(NamedTuple):
    """One association of the board, with the organisation right above it."""

    id: int
    code: str
    name: str
    above: str
    above_code: str


def associations_of(
    plan: Plan, units: Collection[int], day: date, *, kind: str = "national_association"
) -> list[Association]:
    """The associations below the plan's owner on `day` that are among `units`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, o.code, o.name, coalesce(up.name, ''), coalesce(up.code, '') FROM federation_lineage l"
            " JOIN federation_organisation o ON o.id = l.descendant_id AND o.kind = %(kind)s"
            " LEFT JOIN federation_position p ON p.organisation_id = o.id"
            "  AND p.valid_from <= %(day)s AND (p.valid_until IS NULL OR p.valid_until > %(day)s)"
            " LEFT JOIN federation_organisation up ON up.id = p.parent_id"
            " WHERE l.ancestor_id = %(owner)s AND l.valid_from <= %(day)s"
            "  AND (l.valid_until IS NULL OR l.valid_until > %(day)s) AND o.id = ANY(%(units)s)",
            {"kind": kind, "owner": plan.owner_id, "day": day, "units": list(units)},
        )
        return list(map(Association._make, cursor.fetchall()))
