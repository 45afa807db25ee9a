"""One at a time: everything that changes an answer first takes hold of it, and sees where it stands."""

from datetime import datetime

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.rules.answers import Stand, Step


def hold_answer(plan_id: int, organisation_id: int, period: Period) -> Stand:
    """Wait until nobody else changes this answer, keep it until the transaction ends, and say where it stands."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"plans_answer {plan_id} {organisation_id} {period.code}"],
        )
        cursor.execute(
            "SELECT step, by_id, number FROM plans_submissionstep WHERE plan_id = %s AND organisation_id = %s"
            " AND period_start = %s AND period_months = %s ORDER BY number DESC LIMIT 1",
            [plan_id, organisation_id, period.start, period.months],
        )
        row = cursor.fetchone()
    return Stand(Step(row[0]), row[1], row[2]) if row else Stand()


def hold_releases(plan_id: int) -> None:
    """Wait until nobody else releases a report of this plan or changes it, and keep others waiting until the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"plans_release {plan_id}"])


def hold_off_releases(plan_id: int) -> None:
    """See to it that no report of this plan is released until the transaction ends; others may change it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [f"plans_release {plan_id}"])


def after_reports(plan_id: int, at: datetime) -> datetime:
    """See to it that no report is frozen until the transaction ends; `at`, or just after a report frozen meanwhile.

    A report is read again as it was known when it was frozen: what it could not see is never dated before it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_written_after(%s, %s)", [plan_id, at])
        moment: datetime = cursor.fetchone()[0]
    return moment
