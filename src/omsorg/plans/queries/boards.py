"""All associations beside each other: what each reported for each indicator, year by year.

Where programmes answer, an association's figure is the sum kept above them; where associations answer themselves, it
is their own. One statement over all of them, whatever lies below.
"""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import connection

from omsorg.plans.models import Plan
from omsorg.plans.rules.measures import TimeRule

OWN = """
    SELECT f.organisation_id AS node_id, f.indicator_id, f.period_start, f.numerator, f.denominator, 1 AS reported
    FROM plans_figure f JOIN federation_organisation o ON o.id = f.organisation_id
    WHERE f.key_id = 0 AND o.kind = %(kind)s AND f.state IN (1, 2) AND f.indicator_id = ANY(%({indicators})s)
      AND NOT EXISTS (
        SELECT 1 FROM plans_figure later WHERE later.supersedes_id IS NOT NULL AND later.supersedes_id = f.id)
"""
KEPT = """
    SELECT s.node_id, s.indicator_id, s.period_start, s.numerator, s.denominator, s.reported
    FROM plans_summary s JOIN federation_organisation o ON o.id = s.node_id
    WHERE s.key_id = 0 AND o.kind = %(kind)s AND s.reported > 0 AND s.indicator_id = ANY(%({indicators})s)
"""


class YearFigure(NamedTuple):
    """One organisation's figure of one indicator for one year, exact, and how many answers stand behind it.

    What flows is added over the year; what stands is the year's last figure. A year without any is not there.
    """

    node_id: int
    indicator_id: int
    year: int
    numerator: Decimal
    denominator: Decimal | None
    reported: int


def by_year(plan: Plan, rules: Mapping[int, TimeRule], *, kind: str = "national_association") -> list[YearFigure]:
    """Every organisation of `kind` x indicator x year with a figure, ordered by all three.

    `rules` gives the time rule of each indicator asked for. Means and distinct counts are not made out of periods
    here: they are refused by leaving the indicator out.
    """
    flows = [indicator for indicator, rule in rules.items() if rule is TimeRule.SUM]
    stands = [indicator for indicator, rule in rules.items() if rule is TimeRule.LAST]
    rows = OWN if plan.reporting_kind == kind else KEPT
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT node_id, indicator_id, extract(year FROM period_start)::int AS year,
                   sum(numerator), sum(denominator), sum(reported)::int
            FROM ({rows.format(indicators="flows")}) AS flowing GROUP BY 1, 2, 3
            UNION ALL
            SELECT node_id, indicator_id, year, sum(numerator), sum(denominator), sum(reported)::int
            FROM (
                SELECT told.*, extract(year FROM period_start)::int AS year,
                       lead(period_start) OVER (PARTITION BY node_id, indicator_id ORDER BY period_start) AS next
                FROM ({rows.format(indicators="stands")}) AS told
            ) AS dated
            WHERE next IS NULL OR extract(year FROM next)::int > year GROUP BY 1, 2, 3
            ORDER BY 1, 2, 3
            """,  # noqa: S608 - two fixed texts
            {"kind": kind, "flows": flows, "stands": stands},
        )
        return list(map(YearFigure._make, cursor.fetchall()))


def associations_of(
    plan: Plan, units: Collection[int], day: date, *, kind: str = "national_association"
) -> dict[int, tuple[str, str]]:
    """The associations below the plan's owner on `day` that are among `units`: id -> code, name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, o.code, o.name FROM federation_lineage l"
            " JOIN federation_organisation o ON o.id = l.descendant_id AND o.kind = %s"
            " WHERE l.ancestor_id = %s AND l.valid_from <= %s AND (l.valid_until IS NULL OR l.valid_until > %s)"
            " AND o.id = ANY(%s)",
            [kind, plan.owner_id, day, day, list(units)],
        )
        return {pk: (code, name) for pk, code, name in cursor.fetchall()}
