"""What people wrote back: the queue, one reply, taking one in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.letters import Decision
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.openness.access import TELL, number_of_reply, publication_for, reply_for
from omsorg.openness.actions.doubtful_mail import decide_on_answer
from omsorg.openness.actions.replies import ANSWERED, answer_reply, assign_reply, take_in_reply
from omsorg.openness.forms.telling import AnswerForm, AssignForm, ReplyForm
from omsorg.openness.models import Reply
from omsorg.openness.pages.words import CHANNELS, day
from omsorg.openness.queries.desk import reply_rows
from omsorg.openness.queries.mail import mail_in_trouble, name_of_answer
from omsorg.openness.queries.telling import tellers_of
from omsorg.openness.rules.telling import Channel
from omsorg.openness.views.desk import desk_crumbs

ON_A_PAGE = 50


def replies(request: HttpRequest) -> HttpResponse:
    """What is not answered yet, the most urgent first."""
    acting = acting_of(request)
    if not acting.may_anywhere(TELL):
        raise NothingHere("replies")
    everything = request.GET.get("show") == "all"
    page = Paginator(reply_rows(acting, everything=everything), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "url": reverse("openness:reply", args=[row.reply.publication.code, row.number]),
            "title": row.reply.name or row.reply.reference or __("without a name"),
            "text": " · ".join(
                part
                for part in (
                    __("answered") if row.is_answered else __("answer due on %(day)s") % {"day": day(row.reply.due_on)},
                    row.assigned_to,
                    row.reply.publication.code,
                )
                if part
            ),
            "is_late": row.is_overdue(acting.day),
        }
        for row in page.object_list
    ]
    return render(
        request,
        "openness/replies.html",
        {
            "crumbs": desk_crumbs(),
            "rows": rows,
            "page_of_list": page,
            "query": "&show=all" if everything else "",
            "tabs": [
                {"label": __("Not answered"), "url": reverse("openness:replies"), "current": not everything},
                {"label": __("All"), "url": reverse("openness:replies") + "?show=all", "current": everything},
            ],
        },
    )


def reply(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One reply: who answers it, and the answer."""
    acting = acting_of(request)
    found = reply_for(acting, code, number)
    people = tellers_of(found, acting)
    if request.POST.get("decision") == "doubt":
        return _decide_doubt(request, found, acting, back=(code, number))
    is_answer = request.POST.get("decision") == "answer"
    assign = AssignForm(request.POST if request.method == "POST" and not is_answer else None, people=people)
    answer = AnswerForm(request.POST if request.method == "POST" and is_answer else None)
    asked: forms.Form = answer if is_answer else assign
    if request.method == "POST" and asked.is_valid():
        try:
            if is_answer:
                answer_reply(reply=found, text=answer.cleaned_data["text"], by=acting, at=clock.now())
            else:
                to = next(each for each in people if each.code == assign.cleaned_data["to"])
                assign_reply(reply=found, to=to, by=acting, at=clock.now())
            messages.success(request, __("Kept."))
            return redirect("openness:reply", code, number)
        except Refusal as refusal:
            asked.add_error(None, str(refusal))
    steps = list(found.steps.select_related("by", "to").order_by("-number"))
    return render(
        request,
        "openness/reply.html",
        {
            "crumbs": [*desk_crumbs(), {"label": __("Replies"), "url": reverse("openness:replies")}],
            "title": found.name or found.reference or __("without a name"),
            "reply": found,
            "facts": _facts(found),
            "assign": assign,
            "answer": answer,
            "doubtful": mail_in_trouble([name_of_answer(found.pk)]).get(name_of_answer(found.pk)),
            "is_answered": any(step.step == ANSWERED for step in steps),
            "history": [
                {
                    "on": day(step.at.date()),
                    "machine_on": step.at.date().isoformat(),
                    "title": __("Answered")
                    if step.step == ANSWERED
                    else __("Given to %(who)s") % {"who": step.to.name if step.to else "–"},
                    "reason": step.text,
                    "by": step.by.name if step.by else "",
                    "url": "",
                }
                for step in steps
            ],
        },
    )


def _decide_doubt(request: HttpRequest, found: Reply, acting: Acting, *, back: tuple[str, int]) -> HttpResponse:
    said = request.POST.get("answer", "")
    if said not in list(Decision):
        raise NothingHere(said)
    try:
        decide_on_answer(reply=found, decision=Decision(said), by=acting, at=clock.now())
        messages.success(request, __("Your decision is kept."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("openness:reply", *back)


def _facts(found: Reply) -> list[dict[str, Any]]:
    code = found.publication.code
    return [
        {"word": __("Case"), "value": code, "url": reverse("openness:telling", args=[code])},
        {"word": __("Reference"), "value": found.reference or "–"},
        {"word": __("By"), "value": CHANNELS[found.channel]},
        {"word": __("Received on"), "value": day(found.received_on)},
        {"word": __("Answer due on"), "value": day(found.due_on)},
    ]


def take_in(request: HttpRequest, code: str) -> HttpResponse:
    """Take in what somebody wrote back."""
    acting = acting_of(request)
    publication = publication_for(acting, code, TELL)
    form = ReplyForm(request.POST or None, initial={"received_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = take_in_reply(
                publication=publication,
                reference=given["reference"],
                name=given["name"],
                channel=Channel(given["channel"]),
                text=given["text"],
                received_on=given["received_on"],
                by=acting,
                at=clock.now(),
            )
            messages.success(request, __("Taken in."))
            return redirect("openness:reply", code, number_of_reply(made))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    back = reverse("openness:telling", args=[code])
    return render(
        request,
        "openness/form.html",
        {
            "heading": __("Take in a reply"),
            "lead": __("What somebody wrote about this case. It waits here until it is answered."),
            "crumbs": [*desk_crumbs(), {"label": __("Who is told"), "url": back}],
            "form": form,
            "send": __("Take it in"),
            "back": back,
        },
    )
