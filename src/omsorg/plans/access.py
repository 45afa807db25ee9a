"""Doors of the plan tracker: each thing has one, and to whom it is not opened there is nothing behind it."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.http import FileResponse

from omsorg.federation.access import Acting, NothingHere
from omsorg.federation.models import Lineage, Organisation
from omsorg.kernel.files import FileGone, file_response
from omsorg.kernel.periods import NoSuchPeriod, Period
from omsorg.plans.models import Action, Evidence, Indicator, Plan, Recommendation, Report
from omsorg.plans.queries.hidden import with_hidden


@dataclass(frozen=True, slots=True)
class Answer:
    """What one organisation answers to one plan for one period. It is there as soon as it may be asked for."""

    plan: Plan
    organisation: Organisation
    period: Period


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


def action_called(plan: Plan, code: str) -> Action:
    """One action of the plan: public, as the plan is."""
    found = Action.objects.select_related("plan__owner").filter(plan=plan, code=code).first()
    if found is None:
        raise NothingHere(code)
    return found


def indicator_called(plan: Plan, code: str) -> Indicator:
    """One indicator of the plan: public, as the plan is."""
    found = Indicator.objects.select_related("plan__owner").filter(plan=plan, code=code).first()
    if found is None:
        raise NothingHere(code)
    return found


def recommendation_called(plan: Plan, source: str, code: str) -> Recommendation:
    """One recommendation that the plan answers: public, as the plan is. `source` is the one it stands in."""
    found = (
        Recommendation.objects.select_related("source__plan__owner")
        .filter(source__plan=plan, source__code=source, code=code)
        .first()
    )
    if found is None:
        raise NothingHere(code)
    return found


def published_report(plan: Plan, code: str) -> Report:
    """A released report of the plan; a frozen one that is not released is not there."""
    released = Report.objects.filter(plan=plan, code=code, release__isnull=False).select_related("release")
    report = with_hidden(released).first()
    if report is None:
        raise NothingHere(code)
    return report


def report_for(acting: Acting, plan: Plan, code: str) -> Report:
    """A frozen report, released or not, for those who publish the plan."""
    report = Report.objects.filter(plan=plan, code=code).select_related("plan").first()
    if report is None or not acting.may("plans.publish", plan.owner_id):
        raise NothingHere(code)
    return report


def plans_visible_to(acting: Acting) -> tuple[Plan, ...]:
    """The plans in whose tree this person has something to see, the newest first."""
    units = acting.units_for("plans.see")
    if not units:
        return ()
    found = Plan.objects.filter(owner__in=Lineage.objects.filter(descendant__in=units).values("ancestor"))
    return tuple(found.select_related("owner").order_by("-adopted_on", "code"))


def periods_of(plan: Plan) -> tuple[Period, ...]:
    """The periods that the plan is answered for, the first to the last, whether they have begun or not."""
    period = Period.holding(plan.runs_from, plan.frequency_months)
    found: list[Period] = []
    while period.start < plan.runs_until:
        found.append(period)
        period = period.next()
    return tuple(found)


def answers_to(plan: Plan, organisation: Organisation, period: Period) -> bool:
    """Whether `organisation` is asked for `period`: of the plan's kind and below its owner on the period's last day.

    So are the plan's owner and the owners of its actions: they answer for these.
    """
    if organisation.pk == plan.owner_id:
        return True
    last = period.until - timedelta(days=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %(is_asked)s AND EXISTS (SELECT 1 FROM federation_lineage WHERE ancestor_id = %(owner)s"
            " AND descendant_id = %(organisation)s AND valid_from <= %(last)s"
            " AND (valid_until IS NULL OR valid_until > %(last)s))"
            " OR EXISTS (SELECT 1 FROM plans_actionrevision r JOIN plans_action a ON a.id = r.action_id"
            " WHERE a.plan_id = %(plan)s AND r.owner_id = %(organisation)s AND r.in_force_on <= %(last)s)",
            {
                "is_asked": organisation.kind == plan.reporting_kind,
                "owner": plan.owner_id,
                "organisation": organisation.pk,
                "plan": plan.pk,
                "last": last,
            },
        )
        found: tuple[bool] = cursor.fetchone()
    return found[0]


def answer_for(acting: Acting, plan: Plan, organisation_code: str, period_code: str) -> Answer:
    """The one door to an organisation's answer: of a period that has begun, asked of that organisation."""
    organisation = Organisation.objects.filter(code=organisation_code).first()
    if organisation is None or not acting.may("plans.see", organisation.pk):
        raise NothingHere(organisation_code)
    try:
        period = Period.parse(period_code)
    except NoSuchPeriod:
        raise NothingHere(period_code) from None
    if period.start > acting.day or period not in periods_of(plan) or not answers_to(plan, organisation, period):
        raise NothingHere(period_code)
    return Answer(plan, organisation, period)


def evidence_for(acting: Acting, code: str) -> Evidence:
    """The one door to a file that was handed in as evidence, withdrawn or not."""
    found = Evidence.objects.select_related("plan", "organisation", "indicator").filter(code=code).first()
    if found is None or not acting.may("plans.see", found.organisation_id):
        raise NothingHere(code)
    return found


def file_of(evidence: Evidence) -> FileResponse:
    """The file itself, to be saved; nothing is there where it was withdrawn or is gone."""
    if evidence.withdrawn_at is not None:
        raise NothingHere(evidence.code)
    try:
        return file_response(
            evidence.stored_as,
            fingerprint=evidence.fingerprint,
            filename=evidence.filename,
            media_type=evidence.media_type,
        )
    except FileGone:
        raise NothingHere(evidence.code) from None
