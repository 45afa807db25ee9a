"""Documents behind an answer: attached, opened at the door only, withdrawn with a reason."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.kernel import clock
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.uploads import ALLOWED
from omsorg.plans.access import Answer, evidence_for, file_of, plan_for
from omsorg.plans.actions.evidence import attach_evidence, withdraw_evidence
from omsorg.plans.models import Evidence, Indicator
from omsorg.plans.pages.documents import documents_view
from omsorg.plans.pages.words import plain
from omsorg.plans.queries.grid import Grid
from omsorg.plans.views.answer_frame import answer_at, answer_frame, columns

MEGABYTE = 1_000_000


class AttachForm(forms.Form):
    """Which indicator, which file, and a word about it."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    file = forms.FileField(label=_("File"))
    note = forms.CharField(label=_("What it shows"), required=False, max_length=500)

    def __init__(self, *args: object, grid: Grid, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            ("", __("Choose the indicator that it shows")),
            *((row.defined.code, f"{row.defined.code} {plain(row.defined.title)}") for row in grid.rows),
        ]
        self.fields["file"].help_text = __("%(kinds)s, at most %(limit)s MB") % {
            "kinds": ", ".join(ALLOWED),
            "limit": settings.ENVIRONMENT.evidence_max_mb,
        }


class WithdrawForm(forms.Form):
    """Why a document is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The file is deleted for good. That it was there and why it went stays to be seen."),
    )


def documents(request: HttpRequest, plan: str, organisation: str, period: str) -> HttpResponse:
    """What is attached to an answer, and attaching more."""
    acting, found = answer_at(request, plan, organisation, period)
    frame = answer_frame(acting, found, "documents")
    form = AttachForm(
        request.POST or None,
        request.FILES or None,
        grid=frame.grid,
        initial={"indicator": request.GET.get("indicator", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _attach(form, acting, found)
            messages.success(request, __("The document has been attached."))
            return redirect("plans:answer-documents", *frame.args)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return render(
        request,
        "plans/answer_documents.html",
        {
            "frame": frame,
            "form": form,
            "view": documents_view(frame.grid),
            "columns": columns(__("Indicator"), __("Document"), __("What it shows"), __("Attached by"), __("Withdraw")),
        },
    )


def _attach(form: AttachForm, acting: Acting, found: Answer) -> None:
    file = form.cleaned_data["file"]
    attach_evidence(
        indicator=Indicator.objects.select_related("plan").get(plan=found.plan, code=form.cleaned_data["indicator"]),
        organisation=found.organisation,
        period=found.period,
        name=file.name,
        content=file,
        note=form.cleaned_data["note"],
        limit=settings.ENVIRONMENT.evidence_max_mb * MEGABYTE,
        by=acting,
        at=clock.now(),
    )


def document(request: HttpRequest, plan: str, code: str) -> FileResponse:
    """Hand a document out, to be saved; a withdrawn one is not there any more."""
    return file_of(_evidence(request, plan, code)[1])


def withdraw(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Take a document back, with a reason."""
    acting, evidence = _evidence(request, plan, code)
    period = Period(evidence.period_start, evidence.period_months)
    back = reverse("plans:answer-documents", args=[plan, evidence.organisation.code, period.code])
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_evidence(evidence=evidence, reason=form.cleaned_data["reason"], by=acting, at=clock.now())
            messages.success(request, __("The document has been withdrawn."))
            return redirect(back)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "plans/withdraw_document.html", {"evidence": evidence, "form": form, "back": back})


def _evidence(request: HttpRequest, plan: str, code: str) -> tuple[Acting, Evidence]:
    acting = acting_of(request)
    evidence = evidence_for(acting, code)
    if evidence.plan_id != plan_for(acting, plan).pk:
        raise NothingHere(code)
    return acting, evidence
