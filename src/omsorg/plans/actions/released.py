"""What a released report has told stays told: no change of the plan takes force on a day that a report speaks of."""

from datetime import date

from omsorg.plans.actions.locks import hold_off_releases
from omsorg.plans.models import Report
from omsorg.plans.rules.promises import check_after_report


def keep_to_reports(plan_id: int, in_force_on: date) -> None:
    """Pass, or refuse a change of the plan that takes force no later than the newest released report's day.

    Until the transaction ends no report of the plan is released, so that the two cannot cross.
    """
    hold_off_releases(plan_id)
    newest = Report.objects.filter(plan=plan_id, release__isnull=False).order_by("-as_at", "-pk").first()
    if newest is not None:
        check_after_report(in_force_on, report=newest.code, as_at=newest.as_at)
