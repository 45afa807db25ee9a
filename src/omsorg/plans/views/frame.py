"""What every page of one report stands in: the plan, the report, its neighbours, its tabs and files."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.plans.models import Plan, Report
from omsorg.plans.pages.editions import Edition, edition_of
from omsorg.plans.pages.overview import period_text
from omsorg.plans.pages.words import day, plain, told
from omsorg.plans.queries.published import reports_released_of
from omsorg.plans.rules.snapshot import ReportDocument


@dataclass(frozen=True, slots=True)
class Link:
    """A word and where it leads; `count` and `current` for tabs, `kind` for files."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One report with the tab that is open."""

    plan: Plan
    report: Report
    document: ReportDocument
    edition: Edition
    title: str
    as_at: str
    period: str
    released: str
    newer: Report | None
    reports: tuple[Report, ...]
    editions: tuple[Link, ...]
    tabs: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    files: tuple[Link, ...]

    @property
    def earlier(self) -> Report | None:
        """The report before this one."""
        before = [each for each in self.reports if (each.as_at, each.pk) < (self.report.as_at, self.report.pk)]
        return before[0] if before else None

    @property
    def changes_url(self) -> str:
        """What changed since the report before this one; empty for the first."""
        if self.earlier is None:
            return ""
        address = reverse("plans:public-changes", args=[self.plan.code])
        return f"{address}?from={self.earlier.code}&to={self.report.code}"


def open_frame(plan: str, report: str, tab: str) -> Frame:
    """The frame of a released report; to anybody asking for another there is nothing here."""
    reports = reports_released_of(plan)
    found = next((each for each in reports if each.code == report), None)
    if found is None:
        raise NothingHere(report)
    return frame_of(found, reports, tab)


def frame_of(report: Report, reports: tuple[Report, ...], tab: str) -> Frame:
    """The frame of one of the released `reports` of a plan, with the tab that is open."""
    plan = report.plan
    edition = edition_of(report)
    document = edition.document
    args = [plan.code, report.code]
    tabs = (
        ("overview", __("Overview"), "plans:report", None),
        ("actions", __("Actions"), "plans:report-actions", len(document.actions)),
        ("indicators", __("Indicators"), "plans:report-indicators", len(document.indicators)),
        ("recommendations", __("Recommendations"), "plans:report-recommendations", len(document.recommendations)),
    )
    files = (
        ("PDF", "plans:report-pdf", "application/pdf"),
        (__("Actions (CSV)"), "plans:actions-csv", "text/csv"),
        (__("Indicators (CSV)"), "plans:indicators-csv", "text/csv"),
        (__("Recommendations (CSV)"), "plans:recommendations-csv", "text/csv"),
        (__("Everything (JSON)"), "plans:report-json", "application/json"),
    )
    links = [Link(label, reverse(name, args=args), current=key == tab, count=count) for key, label, name, count in tabs]
    if len(reports) > 1:
        links.append(
            Link(__("What changed"), reverse("plans:public-changes", args=[plan.code]), current=tab == "changes")
        )
    return Frame(
        plan=plan,
        report=report,
        document=document,
        edition=edition,
        title=told(document.plan.title),
        as_at=day(report.as_at),
        period=period_text(document.period),
        released=day(report.release.at.date()),
        newer=reports[0] if reports[0].pk != report.pk else None,
        reports=reports,
        editions=tuple(
            Link(day(each.as_at), reverse("plans:report", args=[plan.code, each.code]), current=each.pk == report.pk)
            for each in reports
        ),
        tabs=tuple(links),
        crumbs=(
            Link(__("Promises"), reverse("plans:promises")),
            Link(plain(document.plan.title), reverse("plans:public-plan", args=[plan.code])),
        ),
        files=(
            *(Link(label, reverse(name, args=args), kind=kind) for label, name, kind in files),
            Link(__("Feed (Atom)"), reverse("plans:feed"), kind="application/atom+xml"),
        ),
    )
