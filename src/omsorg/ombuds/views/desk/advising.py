"""What the office recommends, where the answers stand, and whom it has been to see."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.federation.models import Organisation
from omsorg.kernel.refusals import InLanguages, Refusal
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions.advising import (
    confirm_answer,
    confirm_done,
    enter_answer,
    enter_visit,
    keep_advice,
    mark_of_answer,
    publish_advice,
    recommend,
    withdraw_advice,
)
from omsorg.ombuds.forms.advising import AnswerEnteredForm, RecommendForm, VisitForm, WithdrawForm
from omsorg.ombuds.neighbours import where_it_is_read
from omsorg.ombuds.pages.words import ANSWERS, VISITS, WITHDRAWALS, country_name, day, language_now, short
from omsorg.ombuds.queries.advising import (
    AdviceRow,
    advice_called,
    all_advice,
    found_in_reasons,
    found_in_text,
    organisations,
)
from omsorg.ombuds.queries.advising import visits as all_visits
from omsorg.ombuds.queries.desk import CaseRow, my_cases
from omsorg.ombuds.views.child.frame import countries
from omsorg.ombuds.views.desk.awareness import units_for
from omsorg.ombuds.views.desk.frame import Desk, crumbs, with_open_ring


def case_in_words(row: CaseRow) -> str:
    """A case as it is chosen from a list: one's own word, where it came from and when, its sign."""
    return " · ".join(
        part for part in (row.label, country_name(row.country), day(row.opened_on), short(row.code)) if part
    )


def _line(row: AdviceRow, desk: Desk) -> dict[str, Any]:
    me = desk.acting.person_id
    return {
        "code": row.code,
        "organisation": row.organisation,
        "text": str(InLanguages(row.text)),
        "made": day(row.made_on),
        "due": day(row.answer_due_on),
        "is_late": row.is_late(desk.at.date()),
        "answer": ANSWERS[row.answer],
        "answered": day(row.answered_on),
        "reasons": row.reasons,
        "done": day(row.done_on),
        "published": day(row.published_on),
        "public_url": where_it_is_read(row.code, row.organisation_code, desk.at.date()) if row.published_on else "",
        "public_from": day(row.published_on + timedelta(days=1)) if row.published_on else "",
        "is_answered": bool(row.answer),
        "is_mine": row.made_by == me,
        "awaits_another": bool(row.answer) and row.answer_confirmed_on is None,
        "is_my_answer": row.answer_by == me,
        "read": mark_of_answer(row.answer, row.reasons),
        "withdrawal_code": row.withdrawal,
        "withdrawal": WITHDRAWALS.get(row.withdrawal, ""),
        "is_my_withdrawal": row.withdrawal_by == me,
        "asked": day(row.withdrawal_asked_on),
        "is_hidden": row.withdrawal == "recognised" and row.withdrawn_on is None,
        "withdrawn": day(row.withdrawn_on),
        "can_be_done": row.done_on is None
        and row.withdrawn_on is None
        and row.answer_confirmed_on is not None
        and row.answer in ("accepted", "partly"),
    }


@with_open_ring
def advice_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every recommendation and where its answer stands."""
    with at_the_desk(desk.acting.person_id):
        rows = all_advice()
    return render(request, "ombuds/advice_list.html", {"crumbs": crumbs(), "rows": [_line(row, desk) for row in rows]})


@with_open_ring
def advice(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """One recommendation: published, answered, done."""
    with at_the_desk(desk.acting.person_id):
        row = advice_called(code)
    if row is None:
        raise NothingHere(code)
    form = AnswerEnteredForm(request.POST if "answered" in request.POST else None)
    waits = not row.published_on and row.made_by != desk.acting.person_id
    waits_answer = row.answer and not row.answer_confirmed_on and row.answer_by != desk.acting.person_id
    if request.method == "POST":
        try:
            if _done(request, desk, code, form):
                return redirect("ombuds:advice", code)
        except Refusal as refused:
            if form.is_bound:
                form.add_error(None, str(refused))
            else:
                messages.error(request, str(refused))
                return redirect("ombuds:advice", code)
    return render(
        request,
        "ombuds/advice.html",
        {
            "crumbs": crumbs((__("Recommendations"), reverse("ombuds:advice-list"))),
            "row": _line(row, desk),
            "texts": list(row.text.items()),
            "form": form,
            "withdraw_form": WithdrawForm(),
            "found": found_in_text(row.text) if waits else (),
            "found_in_answer": found_in_reasons(row.reasons) if waits_answer else (),
        },
    )


def _done(request: HttpRequest, desk: Desk, code: str, form: AnswerEnteredForm) -> bool:
    """Do what was pressed; says whether anything was."""
    if "publish" in request.POST:
        publish_advice(code=code, accepted=request.POST.getlist("accepted"), **desk.hands)
        messages.success(request, __("Published. From the next night on everybody reads it."))
    elif "confirm" in request.POST:
        read, accepted = request.POST.get("read", ""), request.POST.getlist("accepted")
        confirm_answer(code=code, read=read, accepted=accepted, **desk.hands)
        messages.success(request, __("Confirmed. This is the answer that everybody reads."))
    elif "withdraw" in request.POST:
        if withdraw_advice(code=code, reason=request.POST.get("reason", ""), **desk.hands):
            messages.success(request, __("Withdrawn. In a moment everybody reads that it was, when and why."))
        elif request.POST.get("reason") == "recognised":
            messages.success(
                request, __("Nobody outside the office reads its words now. A colleague decides the rest.")
            )
        else:
            messages.success(request, __("Asked for. It stays public until another ombudsperson agrees."))
    elif "keep" in request.POST:
        keep_advice(code=code, **desk.hands)
        messages.success(request, __("It is public: nobody asks to withdraw it any more."))
    elif "done" in request.POST:
        confirm_done(code=code, **desk.hands)
        messages.success(request, __("Kept: it is done."))
    elif "answered" in request.POST and form.is_valid():
        enter_answer(code=code, **form.cleaned_data, **desk.hands)
        messages.success(request, __("The answer is kept. Another ombudsperson reads and confirms it."))
    else:
        return not form.is_bound
    return True


@with_open_ring
def recommend_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Recommend something to an organisation."""
    with at_the_desk(desk.acting.person_id):
        mine = my_cases(desk.acting.person_id, at=desk.at, ring=desk.ring)
    mine.sort(key=lambda row: row.opened_on, reverse=True)
    form = RecommendForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations(),
        cases=[(row.code, case_in_words(row)) for row in mine],
    )

    def act() -> str:
        given = form.cleaned_data
        with as_house():
            organisation = Organisation.objects.get(code=given["organisation"])
        made = recommend(
            organisation=organisation,
            text=form.words,
            answer_due_on=given["answer_due_on"],
            cases=tuple(given["cases"]),
            **desk.hands,
        )
        messages.success(
            request, __("Recommended. Nobody outside the office sees it before another ombudsperson publishes it.")
        )
        return reverse("ombuds:advice", args=[made.code])

    return _asked(
        request,
        form,
        act,
        heading=__("Recommend something"),
        lead=__("To whom, and by when an answer is owed. It tells of no child and of no case."),
        send=__("Recommend it"),
        back="ombuds:advice-list",
    )


def _asked(
    request: HttpRequest, form: Any, act: Callable[[], str], *, heading: str, lead: str, send: str, back: str
) -> HttpResponse:
    """A form on a page of its own; `act` does it and says where to go."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(act())
        except Refusal as refused:
            form.add_error(None, str(refused))
    return render(
        request,
        "ombuds/form.html",
        {
            "heading": heading,
            "lead": lead,
            "crumbs": crumbs((__("Recommendations"), reverse("ombuds:advice-list"))),
            "form": form,
            "send": send,
            "danger": False,
            "back": reverse(back),
            "childs_words": (),
        },
    )


@with_open_ring
def visits(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The register of visits, talks and panels: which children know their ombudsperson."""
    with at_the_desk(desk.acting.person_id):
        units = units_for(desk)
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        initial={name: request.GET.get(name, "")[:120] for name in ("unit", "place", "country")},
        countries=countries(language_now(), settings.ENVIRONMENT.ombuds_emergency_numbers),
        units=units,
    )
    if request.method == "POST" and form.is_valid():
        try:
            enter_visit(**form.cleaned_data, **desk.hands)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, __("Kept in the register."))
            return redirect("ombuds:visits")
    with at_the_desk(desk.acting.person_id):
        rows = all_visits()
    return render(
        request,
        "ombuds/visits.html",
        {
            "crumbs": crumbs(),
            "form": form,
            "rows": [
                {
                    "on": day(row.on),
                    "kind": VISITS[row.kind],
                    "place": row.place,
                    "country": country_name(row.country),
                    "children": row.children,
                    "know": "" if row.know_their_ombudsperson is None else row.know_their_ombudsperson,
                }
                for row in rows
            ],
        },
    )
