"""What a released report has told stays told, and what it hides stays hidden, whatever is changed in the plan."""

from datetime import date

from omsorg.kernel import clock
from omsorg.plans.actions.locks import hold_off_releases
from omsorg.plans.models import Report
from omsorg.plans.rules.promises import IndicatorTerms, check_after_report, check_stays_about_children


def keep_to_reports(plan_id: int, in_force_on: date) -> None:
    """Pass, or refuse a change of the plan that takes force no later than the newest released report's day.

    Until the transaction ends no report of the plan is released, so that the two cannot cross.
    """
    hold_off_releases(plan_id)
    told_already(plan_id, in_force_on)


def told_already(plan_id: int, in_force_on: date) -> None:
    """The same question, asked to look and not to write: nothing is held off meanwhile."""
    newest = Report.objects.filter(plan=plan_id, release__isnull=False).order_by("-as_at", "-pk").first()
    if newest is not None:
        check_after_report(in_force_on, report=newest.code, as_at=newest.as_at, today=clock.today())


def keep_what_is_hidden(plan_id: int, before: IndicatorTerms, after: IndicatorTerms) -> None:
    """Pass, or refuse to take back that an indicator is about children once a report of the plan is released."""
    hold_off_releases(plan_id)
    if Report.objects.filter(plan=plan_id, release__isnull=False).exists():
        check_stays_about_children(before, after)
