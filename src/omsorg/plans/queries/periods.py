"""The periods of a plan that a report could be about: what each has, and what it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.models import Plan


@dataclass(frozen=True, slots=True)
class PeriodToReport:
    """One period that is over. `received` of `expected` answers were handed in; `rated` indicators have a rating."""

    period: Period
    expected: int
    received: int
    rated: int

    @property
    def missing(self) -> int:
        return self.expected - self.received

    @property
    def has_something(self) -> bool:
        """Whether anything was said for it: an answer, or a rating (as a file of earlier reports brings them)."""
        return bool(self.received or self.rated)


ANSWERED = """
SELECT p.start, count(o.id), count(s.organisation_id)
FROM unnest(%(starts)s::date[], %(days)s::date[]) AS p(start, day)
JOIN federation_lineage l ON l.ancestor_id = %(owner)s
    AND l.valid_from <= p.day AND (l.valid_until IS NULL OR l.valid_until > p.day)
JOIN federation_organisation o ON o.id = l.descendant_id AND o.kind = %(kind)s
LEFT JOIN (
    SELECT DISTINCT organisation_id, period_start FROM plans_submissionstep
    WHERE plan_id = %(plan)s AND period_months = %(months)s AND step = 'submitted'
) s ON s.organisation_id = o.id AND s.period_start = p.start
GROUP BY p.start
"""
RATED = """
SELECT a.period_start, count(DISTINCT a.indicator_id)
FROM plans_assessment a JOIN plans_indicator i ON i.id = a.indicator_id
WHERE i.plan_id = %(plan)s AND a.period_months = %(months)s AND a.organisation_id = %(owner)s
    AND a.rating <> 'not_rated' AND NOT EXISTS (SELECT 1 FROM plans_assessment n WHERE n.supersedes_id = a.id)
GROUP BY a.period_start
"""


def periods_to_report(plan: Plan, periods: Sequence[Period], *, on: date) -> tuple[PeriodToReport, ...]:
    """These periods, the newest first. Two queries.

    Who stood below the owner in a period may stand elsewhere today: the house counts, for whoever may publish.
    """
    wanted: dict[str, Any] = {
        "plan": plan.pk,
        "owner": plan.owner_id,
        "kind": plan.reporting_kind,
        "months": plan.frequency_months,
        "starts": [period.start for period in periods],
        "days": [period.until - timedelta(days=1) for period in periods],
    }
    with as_house(day=on), connection.cursor() as cursor:
        cursor.execute(ANSWERED, wanted)
        answered = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
        cursor.execute(RATED, wanted)
        rated = dict(cursor.fetchall())
    found = []
    for period in sorted(periods, reverse=True, key=lambda period: period.start):
        expected, received = answered.get(period.start, (0, 0))
        found.append(PeriodToReport(period, expected, received, rated.get(period.start, 0)))
    return tuple(found)
