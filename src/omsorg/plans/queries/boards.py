"""All associations beside each other: what each reported for each indicator, year by year.

Where programmes answer, an association's figure is the sum kept above them; where associations answer themselves, it
is their own. One statement over all of them, whatever lies below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from omsorg.plans.models import Plan

OWN = """
    SELECT f.organisation_id AS node_id, f.indicator_id, f.period_start, f.numerator, f.denominator,
           (f.state IN (1, 2))::int AS reported
    FROM plans_figure f JOIN federation_organisation o ON o.id = f.organisation_id
    WHERE f.key_id = 0 AND o.kind = %(kind)s AND f.indicator_id = ANY(%(indicators)s)
      AND NOT EXISTS (SELECT 1 FROM plans_figure later WHERE later.supersedes_id = f.id)
"""
KEPT = """
    SELECT s.node_id, s.indicator_id, s.period_start, s.numerator, s.denominator, s.reported
    FROM plans_summary s JOIN federation_organisation o ON o.id = s.node_id
    WHERE s.key_id = 0 AND o.kind = %(kind)s AND s.indicator_id = ANY(%(indicators)s)
"""


@dataclass(frozen=True, slots=True)
class YearFigure:
    """One organisation's figures of one indicator in one year.

    `total` adds the year's periods (for what flows), `last` is the year's last period with a figure (for what
    stands); which of the two holds is told by the indicator's time rule. None where nothing was reported.
    """

    node_id: int
    indicator_id: int
    year: int
    total: Decimal | None
    total_of: Decimal | None
    last: Decimal | None
    last_of: Decimal | None
    reported: int


def by_year(plan: Plan, indicators: Sequence[int], *, kind: str = "national_association") -> list[YearFigure]:
    """Every organisation of `kind` x indicator x year with a figure, ordered by all three."""
    rows = OWN if plan.reporting_kind == kind else KEPT
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT node_id, indicator_id, extract(year FROM period_start)::int,
                   sum(numerator) FILTER (WHERE reported > 0), sum(denominator) FILTER (WHERE reported > 0),
                   (array_agg(numerator ORDER BY period_start DESC) FILTER (WHERE reported > 0))[1],
                   (array_agg(denominator ORDER BY period_start DESC) FILTER (WHERE reported > 0))[1],
                   sum(reported)::int
            FROM ({rows}) AS told GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """,  # noqa: S608 - two fixed texts
            {"kind": kind, "indicators": list(indicators)},
        )
        return [YearFigure(*row) for row in cursor.fetchall()]
