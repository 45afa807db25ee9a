"""Freezing a report, reading the draft, and releasing it: the publisher's desk."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.kernel import clock
from omsorg.kernel.addresses import absolute
from omsorg.kernel.numbers import LANGUAGES
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.plans.access import periods_of, plan_for, report_for
from omsorg.plans.actions.reports import check_name, draft_report, freeze_report, release_report
from omsorg.plans.exports.document import report_pdf
from omsorg.plans.models import Plan, Report
from omsorg.plans.pages import overview
from omsorg.plans.pages.twice import last_day_for, look_twice
from omsorg.plans.pages.words import day, language_now, told
from omsorg.plans.queries.agreed import agreed_limits
from omsorg.plans.queries.periods import PeriodToReport, periods_to_report
from omsorg.plans.queries.published import document_of, plans_to_publish, reports_of
from omsorg.plans.rules.sentences import overview as overview_sentences
from omsorg.plans.rules.snapshot import ReportDocument
from omsorg.plans.views.frame import Link


@dataclass(frozen=True, slots=True)
class InLanguage:
    """The sentences of a report in one language, for whoever checks them before everybody reads them."""

    code: str
    name: str
    sentences: tuple[str, ...]


class FreezeForm(forms.Form):
    """What to freeze: which period, as at which day, under which name."""

    period = forms.ChoiceField(
        label=_("Period"),
        help_text=_("The figures of this period are in the report. H1 and H2 are halves of a year, Q1 to Q4 quarters."),
    )
    as_at = forms.DateField(
        label=_("As at"),
        required=False,
        help_text=_(
            "The plan is shown as it stands on this day. Empty: the last day rated by the figures of the period."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    code = forms.SlugField(
        label=_("Name in the address"),
        max_length=40,
        help_text=_("For instance march-2024. It stands in the permanent link and can never be changed."),
        error_messages={"invalid": _("Write only a to z, 0 to 9, hyphens and underscores.")},
    )

    def __init__(self, *args: object, plan: Plan, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        over = [period for period in periods_of(plan) if period.until <= today]
        found = periods_to_report(plan, over, on=today)
        groups = (
            (__("Something was reported"), [each for each in found if each.has_something]),
            (__("Nothing was reported"), [each for each in found if not each.has_something]),
        )
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            (name, [(each.period.code, _with_what_is_missing(each)) for each in rows]) for name, rows in groups if rows
        ]
        self.plan, self.today = plan, today

    def clean_code(self) -> str:
        """A name that is taken is refused when the report is looked at, not only when it is frozen."""
        code: str = self.cleaned_data["code"]
        try:
            check_name(self.plan, code)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return code

    def clean(self) -> dict[str, Any]:
        """A day that was left open is the last one on which the report is rated by the figures of the period."""
        told = super().clean() or {}
        if told.get("period") and "as_at" in told and told["as_at"] is None:
            chosen = min(self.today, last_day_for(Period.parse(told["period"])))
            told["as_at"] = chosen
            self.data = {name: self.data.get(name, "") for name in self.fields} | {"as_at": chosen.isoformat()}
        return told


def _with_what_is_missing(found: PeriodToReport) -> str:
    """A period as it is chosen on a phone: its code, what a report about it would lack, how much is rated."""
    if not found.expected:
        lacks = __("nobody was asked")
    elif not found.received:
        lacks = __("no answers")
    elif found.missing:
        lacks = __("%(missing)s of %(expected)s missing") % {"missing": found.missing, "expected": found.expected}
    else:
        lacks = __("all answers are in")
    rated = __("%(count)s rated") % {"count": found.rated}
    return " · ".join((found.period.code, lacks, *([rated] if found.rated else [])))


def reports(request: HttpRequest) -> HttpResponse:
    """Every frozen report of the plans that this person publishes: drafts first, then what is released."""
    acting = acting_of(request)
    if not acting.may_anywhere("plans.publish"):
        raise NothingHere("reports")
    desk = []
    for plan in plans_to_publish(acting.units_for("plans.publish")):
        rows = [
            {
                "code": report.code,
                "as_at": day(report.as_at),
                "period": overview.period_text(_period(report).code),
                "frozen": day(report.frozen_at.date()),
                "released": day(report.release.at.date()) if hasattr(report, "release") else "",
                "mine": report.frozen_by_id == acting.person_id,
                "url": reverse("plans:frozen-report", args=[plan.code, report.code]),
                "public_url": reverse("plans:report", args=[plan.code, report.code]),
            }
            for report in reports_of(plan)
        ]
        desk.append(
            {"title": told(plan.title), "rows": rows, "freeze_url": reverse("plans:freeze-report", args=[plan.code])}
        )
    return render(request, "plans/reports.html", {"desk": desk})


def _publishing(request: HttpRequest, code: str) -> tuple[Acting, Plan]:
    acting = acting_of(request)
    plan = plan_for(acting, code, "plans.publish")
    if not acting.may("plans.publish", plan.owner_id):
        raise NothingHere(code)
    return acting, plan


def freeze(request: HttpRequest, plan: str) -> HttpResponse:
    """Choose what to freeze, see what the report would say, and freeze it."""
    acting, found = _publishing(request, plan)
    today = clock.today()
    asked = request.POST if request.method == "POST" else request.GET
    form = FreezeForm(asked if "period" in asked else None, plan=found, today=today)
    document = None
    if form.is_bound and form.is_valid():
        chosen = {
            "plan": found,
            "period": Period.parse(form.cleaned_data["period"]),
            "as_at": form.cleaned_data["as_at"],
            "by": acting,
            "at": clock.now(),
            "limits": agreed_limits(),
        }
        try:
            if request.method == "POST":
                report = freeze_report(code=form.cleaned_data["code"], **chosen)
                messages.success(request, __("The report is frozen. Somebody else must release it."))
                return redirect("plans:frozen-report", found.code, report.code)
            document = draft_report(**chosen).document
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "plans/freeze_report.html",
        {"plan": found, "title": told(found.title), "form": form, "crumbs": _crumbs(), **_what_it_says(document)},
    )


def frozen(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """A frozen report before its release: what it says in every language, and who may release it."""
    acting, found = _publishing(request, plan)
    this = report_for(acting, found, report)
    released = getattr(this, "release", None)
    return render(
        request,
        "plans/frozen_report.html",
        {
            "crumbs": _crumbs(),
            "plan": found,
            "report": this,
            "title": told(found.title),
            "as_at": day(this.as_at),
            "period": overview.period_text(_period(this).code),
            "released": day(released.at.date()) if released else "",
            "may_release": released is None and this.frozen_by_id != acting.person_id,
            **_what_it_says(document_of(this)),
        },
    )


def frozen_pdf(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """The draft as it will be printed."""
    acting, found = _publishing(request, plan)
    this = report_for(acting, found, report)
    before = [
        each for each in reports_of(found) if hasattr(each, "release") and (each.as_at, each.pk) < (this.as_at, this.pk)
    ]
    pdf = report_pdf(
        document_of(this),
        document_of(before[0]) if before else None,
        fingerprint=this.fingerprint,
        language=language_now(),
        address=absolute(reverse("plans:report", args=[plan, report])),
        is_example=found.is_example,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="draft-{report}.pdf"'
    return response


def release(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """Release a frozen report to everybody."""
    acting, found = _publishing(request, plan)
    this = report_for(acting, found, report)
    if request.method == "POST":
        try:
            release_report(report=this, by=acting, at=clock.now())
            messages.success(request, __("The report is released: everybody can read it now."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("plans:frozen-report", found.code, this.code)


def _period(report: Report) -> Period:
    return Period(report.period_start, report.period_months)


def _what_it_says(document: ReportDocument | None) -> dict[str, object]:
    """The same sentences in every language, the bases, and what a publisher should look at twice."""
    if document is None:
        return {"document": None}
    return {
        "document": document,
        "languages": [_said(document, code, name) for code, name in settings.LANGUAGES if code in LANGUAGES],
        "adopted": overview.base_view(document.bases.adopted),
        "active": overview.base_view(document.bases.active),
        "twice": look_twice(document),
    }


def _said(document: ReportDocument, code: str, name: str) -> InLanguage:
    said = overview_sentences(document, code)
    lines = (said.headline, said.rating_counts, said.actions, said.coverage, said.verification, *said.budget)
    return InLanguage(code, name, tuple(line for line in lines if line))


def _crumbs() -> tuple[Link, ...]:
    return (Link(__("Reports"), reverse("plans:reports")),)
