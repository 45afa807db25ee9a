"""What waits, and beginning to write a case."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.openness.access import ANSWERS, RELEASE, SEE, TELL, WRITE
from omsorg.openness.actions.writing import begin_case
from omsorg.openness.forms.writing import BeginForm
from omsorg.openness.pages.form_letters import form_letters_waiting
from omsorg.openness.pages.words import REASONS, STANDINGS, day, language_now, place_name
from omsorg.openness.queries.desk import DeskCase, desk_cases, reply_rows, telling_rows
from omsorg.openness.queries.incidents import WaitingIncident, waiting_incidents
from omsorg.openness.rules.deciding import Standing

PUBLISHED_SHOWN = 20


def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person: to decide, to write, to release, to look at again, to tell, to answer."""
    acting = acting_of(request)
    if not acting.may_anywhere(SEE):
        raise NothingHere("openness desk")
    cases = desk_cases(language_now())
    titles = {each.publication.pk: each.summary or each.publication.code for each in cases}
    by_standing = {standing: [each for each in cases if each.standing is standing] for standing in Standing}
    done = [*by_standing[Standing.PUBLISHED], *by_standing[Standing.WITHDRAWN]]
    writes = acting.may_anywhere(WRITE)
    agrees = acting.may_anywhere(TELL) or acting.may_anywhere(RELEASE)
    replies = reply_rows(acting) if acting.may_anywhere(TELL) else []
    return render(
        request,
        "openness/desk.html",
        {
            "writes": writes,
            "tells": acting.may_anywhere(TELL),
            "releases": acting.may_anywhere(RELEASE),
            "form_letters": form_letters_waiting(acting.person_id, example=acting.is_example) if agrees else [],
            "waiting": [waiting_line(each, acting.day) for each in waiting_incidents(acting)] if writes else [],
            "groups": [
                {"title": title, "rows": [_row(each, acting) for each in rows]}
                for title, rows in (
                    (__("To look at again"), [e for e in by_standing[Standing.HELD] if e.is_due(acting.day)]),
                    (__("To release"), by_standing[Standing.HANDED_IN]),
                    (__("Being written"), by_standing[Standing.WRITTEN]),
                    (__("Held back"), [e for e in by_standing[Standing.HELD] if not e.is_due(acting.day)]),
                    (__("Published"), done[:PUBLISHED_SHOWN]),
                )
                if rows
            ],
            "telling": [
                {
                    "url": reverse("openness:telling", args=[row.publication.code]),
                    "title": titles[row.publication.pk],
                    "waiting": row.waiting,
                    "returned": row.returned,
                    "doubtful": row.doubtful,
                }
                for row in (telling_rows(acting) if acting.may_anywhere(TELL) else [])
            ],
            "replies": len(replies),
            "overdue": sum(row.is_overdue(acting.day) for row in replies),
        },
    )


def waiting_line(each: WaitingIncident, today: date) -> dict[str, object]:
    """A closed incident that waits to be written up, as the desk shows it; late once its day is past."""
    closed = __("%(place)s, closed on %(day)s") % {"place": place_name(each.country, ""), "day": day(each.closed_on)}
    due = __("to be written up by %(day)s") % {"day": day(each.due_on)} if each.due_on else ""
    return {
        "title": each.number,
        "text": " · ".join(part for part in (closed, due) if part),
        "is_late": each.due_on is not None and each.due_on < today,
        "url": f"{reverse('openness:begin')}?incident={each.code}",
    }


def _row(each: DeskCase, acting: Acting) -> dict[str, object]:
    about = [str(STANDINGS[each.standing]), day(each.since)]
    if each.step is not None and each.step.review_on is not None:
        about += [
            str(REASONS.get(each.step.reason_class, "")),
            __("to look at again on %(day)s") % {"day": day(each.step.review_on)},
        ]
    if each.has_public_text and each.standing is not Standing.PUBLISHED:
        about.append(__("a text of it is public"))
    may_write = acting.answers_for(WRITE, each.publication.organisation_id)
    return {
        "title": each.summary or each.publication.code,
        "text": f"{each.publication.organisation.name} · " + " · ".join(part for part in about if part),
        "url": reverse("openness:draft" if may_write else "openness:telling", args=[each.publication.code]),
        "is_late": each.is_due(acting.day),
        "is_example": each.publication.is_example,
    }


def begin(request: HttpRequest) -> HttpResponse:
    """Begin to write a case: of an incident that was decided to be published, or by hand."""
    acting = acting_of(request)
    if not acting.may_anywhere(WRITE):
        raise NothingHere("begin a case")
    mine = Organisation.objects.filter(pk__in=acting.units_answered_for(WRITE)).order_by("name")
    asked = request.GET.get("incident", "")
    incident = next((each for each in waiting_incidents(acting) if each.code == asked), None)
    if asked and incident is None:
        raise NothingHere(asked)
    initial = {"organisation": incident.organisation, "programmes": [incident.programme]} if incident else {}
    form = BeginForm(
        request.POST or None,
        organisations=mine.filter(kind__in=ANSWERS, exists_until=None),
        programmes=mine.filter(kind=Organisation.Kind.PROGRAMME),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_case(
                organisation=mine.get(code=form.cleaned_data["organisation"]),
                programmes=list(mine.filter(code__in=form.cleaned_data["programmes"])),
                incident=incident.id if incident else None,
                once=form.cleaned_data["once"],
                by=acting,
                at=clock.now(),
            )
            messages.success(request, __("The case is begun. Write it now."))
            return redirect("openness:write", made.code)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request,
        "openness/form.html",
        {
            "heading": __("Write up a closed case"),
            "lead": incident.number if incident else __("A case that is entered by hand."),
            "crumbs": desk_crumbs(),
            "form": form,
            "send": __("Begin"),
            "back": reverse("openness:desk"),
        },
    )


def desk_crumbs(code: str = "") -> list[dict[str, str]]:
    """The way back: to the desk, and to the case."""
    crumbs = [{"label": __("Openness: work"), "url": reverse("openness:desk")}]
    if code:
        crumbs.append({"label": code, "url": reverse("openness:draft", args=[code])})
    return crumbs
