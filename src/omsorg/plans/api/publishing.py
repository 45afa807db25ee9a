"""Freezing and releasing over the HTTP API: two acts of two people, each with their own key."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, WRITING, Page, Paging, page_of
from omsorg.kernel.api.types import Code, Day, HandedIn, PeriodCode, Slug
from omsorg.kernel.periods import Period
from omsorg.plans.access import plan_for, report_for
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.models import Plan, Report
from omsorg.plans.queries.agreed import agreed_limits
from omsorg.plans.queries.published import OVERVIEW, frozen_text, reports_of
from omsorg.plans.rules.snapshot import ReportDocument

router = Router(tags=["Publishing"])


class Freezing(HandedIn):
    """What to freeze: the figures of which period, the plan as at which day, under which name (it stays for ever)."""

    code: Slug
    period: PeriodCode
    as_at: Day


@dataclass(frozen=True, slots=True)
class FrozenReport:
    """A frozen report. `frozen_by_me`: somebody else must release it."""

    code: str
    plan: str
    period: str
    as_at: date
    fingerprint: str
    frozen_at: datetime
    frozen_by_me: bool
    released_at: datetime | None


@router.get("/plans/{plan}/frozen-reports", response={200: Page[FrozenReport], **KEYED}, auth=Key("plans.publish"))
def list_frozen_reports(request: HttpRequest, plan: Code, paging: Query[Paging]) -> Page[FrozenReport]:
    """Every frozen report of a plan, released or not, the newest first."""
    by, found = _publishing(request, plan)
    return page_of([_told(report, found, by) for report in reports_of(found)], paging)


@router.get(
    "/plans/{plan}/frozen-reports/{report}/document",
    response={200: ReportDocument, **KEYED},
    auth=Key("plans.publish"),
)
def read_frozen_report(request: HttpRequest, plan: Code, report: Code) -> HttpResponse:
    """A frozen report before its release, character for character but for words withdrawn since."""
    by, found = _publishing(request, plan)
    part = frozen_text(report_for(by, found, report), OVERVIEW)
    return HttpResponse(part.text, content_type="application/json")


@router.post("/plans/{plan}/frozen-reports", response={200: FrozenReport, **WRITING}, auth=Key("plans.publish"))
def freeze_one_report(request: HttpRequest, plan: Code, given: Freezing) -> FrozenReport:
    """Freeze the state of the plan as at a day for a period. Nobody but a second person can release it."""
    by = acting_of(request)
    found = plan_for(by, plan)
    report = freeze_report(
        plan=found,
        period=Period.parse(given.period),
        as_at=given.as_at,
        code=given.code,
        by=by,
        at=clock.now(),
        limits=agreed_limits(),
    )
    return _told(report, found, by)


@router.post(
    "/plans/{plan}/frozen-reports/{report}/release", response={200: FrozenReport, **WRITING}, auth=Key("plans.publish")
)
def release_one_report(request: HttpRequest, plan: Code, report: Code) -> FrozenReport:
    """Release a frozen report to everybody. Refused to the person who froze it."""
    by, found = _publishing(request, plan)
    this = report_for(by, found, report)
    release_report(report=this, by=by, at=clock.now())
    return _told(report_for(by, found, report), found, by)


def _publishing(request: HttpRequest, code: str) -> tuple[Acting, Plan]:
    by = acting_of(request)
    plan = plan_for(by, code)
    if not by.may("plans.publish", plan.owner_id):
        raise NothingHere(code)
    return by, plan


def _told(report: Report, plan: Plan, by: Acting) -> FrozenReport:
    released = getattr(report, "release", None)
    return FrozenReport(
        code=report.code,
        plan=plan.code,
        period=Period(report.period_start, report.period_months).code,
        as_at=report.as_at,
        fingerprint=report.fingerprint,
        frozen_at=report.frozen_at,
        frozen_by_me=report.frozen_by_id == by.person_id,
        released_at=released.at if released else None,
    )
