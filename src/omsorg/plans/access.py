"""Doors of the plan tracker: each thing has one, and to whom it is not opened there is nothing behind it."""

from omsorg.federation.access import Acting, NothingHere
from omsorg.plans.models import Plan, Report


def plan_for(acting: Acting, code: str, verb: str = "plans.see") -> Plan:
    """A plan for somebody who works with it: who may `verb` at the owner, or at an organisation that answers."""
    plan = Plan.objects.select_related("owner").filter(code=code).first()
    if plan is None or not acting.may_anywhere(verb):
        raise NothingHere(code)
    return plan


def public_plan(code: str) -> Plan:
    """A plan as everybody may read it."""
    plan = Plan.objects.select_related("owner").filter(code=code).first()
    if plan is None:
        raise NothingHere(code)
    return plan


def published_report(plan: Plan, code: str) -> Report:
    """A released report of the plan; a frozen one that is not released is not there."""
    report = Report.objects.filter(plan=plan, code=code, release__isnull=False).select_related("release").first()
    if report is None:
        raise NothingHere(code)
    return report


def report_for(acting: Acting, plan: Plan, code: str) -> Report:
    """A frozen report, released or not, for those who publish the plan."""
    report = Report.objects.filter(plan=plan, code=code).select_related("plan").first()
    if report is None or not acting.may("plans.publish", plan.owner_id):
        raise NothingHere(code)
    return report
