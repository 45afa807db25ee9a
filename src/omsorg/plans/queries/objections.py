"""What speaks against an answer: a verifier's word, or the wish of those who gave it to correct it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.access import Answer
from omsorg.plans.models import Plan


@dataclass(frozen=True, slots=True)
class ContestedAnswer:
    """An answer in which something stands contested: neither corrected since, nor confirmed by a later word."""

    organisation_id: int
    organisation_code: str
    organisation: str
    period: Period
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WishToOpen:
    """A locked answer that those who report ask for. Answered by its next step."""

    organisation_code: str
    organisation: str
    period: Period
    reason: str


CONTESTED = """
WITH contested AS (
    SELECT v.figure_id, v.assessment_id FROM plans_verification v
    WHERE v.verdict = 'contested' AND v.organisation_id = ANY(%(units)s::bigint[]) AND NOT EXISTS (
        SELECT FROM plans_verification n
        WHERE n.id > v.id AND (n.figure_id = v.figure_id OR n.assessment_id = v.assessment_id))
), reported AS (
    SELECT f.organisation_id, f.indicator_id, f.period_start FROM contested c JOIN plans_figure f ON f.id = c.figure_id
    WHERE f.period_months = %(months)s AND NOT EXISTS (SELECT FROM plans_figure n WHERE n.supersedes_id = f.id)
    UNION
    SELECT a.organisation_id, a.indicator_id, a.period_start
    FROM contested c JOIN plans_assessment a ON a.id = c.assessment_id
    WHERE a.period_months = %(months)s AND a.voice = 'self' AND NOT a.as_published
        AND NOT EXISTS (SELECT FROM plans_assessment n WHERE n.supersedes_id = a.id)
)
SELECT o.id, o.code, o.name, r.period_start, array_agg(i.code ORDER BY i.id)
FROM reported r JOIN plans_indicator i ON i.id = r.indicator_id AND i.plan_id = %(plan)s
JOIN federation_organisation o ON o.id = r.organisation_id
GROUP BY 1, 2, 3, 4 ORDER BY r.period_start DESC, o.name, o.id
"""
WISHES = """
SELECT o.code, o.name, w.period_start, w.reason
FROM plans_openingasked w JOIN federation_organisation o ON o.id = w.organisation_id
WHERE w.plan_id = %(plan)s AND w.period_months = %(months)s AND w.organisation_id = ANY(%(units)s::bigint[])
    AND NOT EXISTS (
        SELECT FROM plans_submissionstep s
        WHERE s.plan_id = w.plan_id AND s.organisation_id = w.organisation_id AND s.period_start = w.period_start
            AND s.period_months = w.period_months AND s.number > w.number)
ORDER BY w.at, w.id
"""


def contested_answers(plan: Plan, units: Collection[int]) -> tuple[ContestedAnswer, ...]:
    """The answers of these organisations in which something stands contested, the newest period first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CONTESTED, {"plan": plan.pk, "months": plan.frequency_months, "units": list(units)})
        return tuple(
            ContestedAnswer(number, code, name, Period(start, plan.frequency_months), tuple(codes))
            for number, code, name, start, codes in cursor.fetchall()
        )


def wishes_to_open(plan: Plan, units: Collection[int]) -> tuple[WishToOpen, ...]:
    """The locked answers of these organisations that are asked for, the oldest wish first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(WISHES, {"plan": plan.pk, "months": plan.frequency_months, "units": list(units)})
        return tuple(
            WishToOpen(code, name, Period(start, plan.frequency_months), reason)
            for code, name, start, reason in cursor.fetchall()
        )


def wish_for(answer: Answer) -> WishToOpen | None:
    """The wish that stands for this answer now."""
    found = wishes_to_open(answer.plan, [answer.organisation.pk])
    return next((wish for wish in found if wish.period == answer.period), None)
