"""The reviewer's page: the whole answer at one glance, to be decided on; and asking the reviewer to open it again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import require
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.plans.actions.submissions import approve_answer, ask_to_open, reopen_answer, return_answer
from omsorg.plans.pages.entry import ledger_of
from omsorg.plans.pages.own_ratings import ratings_view
from omsorg.plans.pages.review import history_view
from omsorg.plans.rules.answers import Step
from omsorg.plans.views.answer_frame import answer_at, answer_frame, columns

DECISIONS: dict[str, Callable[..., Any]] = {
    "approve": approve_answer,
    "return": return_answer,
    "reopen": reopen_answer,
}


class DecisionForm(forms.Form):
    """What the reviewer decides. A reason is needed to return and to open again."""

    decision = forms.ChoiceField(choices=[(name, name) for name in DECISIONS], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who handed in will read it."),
    )


def review(request: HttpRequest, plan: str, organisation: str, period: str) -> HttpResponse:
    """Look at an answer and decide."""
    acting, found = answer_at(request, plan, organisation, period)
    require(acting, "plans.approve", found.organisation.pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decision = form.cleaned_data["decision"]
        reason = {} if decision == "approve" else {"reason": form.cleaned_data["reason"]}
        try:
            DECISIONS[decision](
                plan=found.plan,
                organisation=found.organisation,
                period=found.period,
                by=acting,
                at=clock.now(),
                **reason,
            )
            messages.success(request, _done(decision))
            return redirect("plans:answer-review", plan, organisation, period)
        except Refusal as refusal:
            form.add_error("reason", str(refusal))
    frame = answer_frame(acting, found, "review")
    step = frame.grid.stand.step
    return render(
        request,
        "plans/answer_review.html",
        {
            "frame": frame,
            "form": form,
            "columns": columns(__("Indicator"), __("Last period"), __("This period"), __("Target"), __("Remarks")),
            "rating_columns": columns(__("Indicator"), __("Own rating"), __("Because"), __("Verifier")),
            "ledger": ledger_of(frame.grid),
            "ratings": ratings_view(frame.grid),
            "history": history_view(frame.grid),
            "may_decide": step is Step.SUBMITTED and frame.grid.stand.by != acting.person_id,
            "may_return": step is Step.SUBMITTED,
            "may_reopen": step is Step.APPROVED,
        },
    )


class AskForm(forms.Form):
    """Why an answer that is locked is to be opened again."""

    reason = forms.CharField(
        label=_("What is wrong, and what would be right?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reviewer will read it. Name no persons."),
    )


def ask(request: HttpRequest, plan: str, organisation: str, period: str) -> HttpResponse:
    """Those who report ask the reviewer for an answer that is locked."""
    acting, found = answer_at(request, plan, organisation, period)
    require(acting, "plans.report", found.organisation.pk)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_open(
                plan=found.plan,
                organisation=found.organisation,
                period=found.period,
                reason=form.cleaned_data["reason"],
                by=acting,
                at=clock.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, __("The reviewer has been asked, and is written to."))
        return redirect("plans:answer", plan, organisation, period)
    return render(
        request, "plans/answer_ask_to_open.html", {"frame": answer_frame(acting, found, "figures"), "form": form}
    )


def _done(decision: str) -> str:
    return {
        "approve": __("The answer has been approved."),
        "return": __("The answer has been returned with your reason."),
        "reopen": __("The answer is open again."),
    }[decision]
