"""The lists of sponsors and donors, their import, and the form letters."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.kernel import clock
from omsorg.kernel.imports.pages import ImportDoor, ImportPages
from omsorg.kernel.refusals import Refusal
from omsorg.openness.access import RELEASE, TELL
from omsorg.openness.actions.audience import look_through
from omsorg.openness.actions.form_letters import agree_to_template, write_template
from omsorg.openness.forms.telling import TemplateForm
from omsorg.openness.imports import audience as audience_import
from omsorg.openness.models import NoticeTemplate
from omsorg.openness.pages.form_letters import label_of
from omsorg.openness.pages.reading import ease_facts
from omsorg.openness.pages.words import day
from omsorg.openness.queries.form_letters import Forms, form_for, newest_templates, waiting_template, waiting_templates
from omsorg.openness.queries.telling import ProgrammeList, programme_lists
from omsorg.openness.rules.notice_words import easy_suggestion
from omsorg.openness.rules.telling import Channel, Reading
from omsorg.openness.views.desk import desk_crumbs


class WholeList(forms.Form):
    """Whether the file is the whole list of the programmes in it."""

    is_whole = forms.BooleanField(
        label=_("This is the whole list: whoever is not in it does not give any more"), required=False
    )


def _teller(request: HttpRequest) -> Acting:
    acting = acting_of(request)
    if not acting.may_anywhere(TELL):
        raise NothingHere("audience")
    return acting


def audience(request: HttpRequest) -> HttpResponse:
    """Each programme with the length and the age of its list, and the form letters. Names are in the files alone."""
    acting = _teller(request)
    programmes = programme_lists(acting)
    if request.method == "POST":
        _look_through(request, programmes, acting)
        return redirect("openness:audience")
    example = acting.is_example
    forms_by, waiting = newest_templates(example=example), waiting_templates(example=example)
    return render(
        request,
        "openness/audience.html",
        {
            "crumbs": desk_crumbs(),
            "programmes": [_list(each, acting) for each in programmes],
            "columns": [
                {"label": __("Programme")},
                {"label": __("Sponsors"), "figures": True},
                {"label": __("Donors"), "figures": True},
                {"label": __("Ask for easy words"), "figures": True},
                {"label": __("Looked through")},
            ],
            "templates": [
                _form_letter(forms_by, waiting, channel, language, reading)
                for channel in Channel
                for language, _name in settings.LANGUAGES
                for reading in Reading
            ],
        },
    )


def _look_through(request: HttpRequest, programmes: list[ProgrammeList], acting: Acting) -> None:
    named = request.POST.get("programme", "")
    found = next((each.organisation for each in programmes if each.organisation.code == named), None)
    if found is None:
        raise NothingHere(named)
    look_through(programme=found, by=acting, at=clock.now())
    messages.success(request, __("Kept: this list is right as it stands today."))


def _list(each: ProgrammeList, acting: Acting) -> dict[str, Any]:
    days = settings.ENVIRONMENT.openness_list_days
    looked = each.looked_through_on
    return {
        "organisation": each.organisation,
        "sponsors": each.sponsors,
        "donors": each.donors,
        "easy": each.easy,
        "looked": day(looked) if looked else "",
        "is_old": bool(each.sponsors or each.donors) and (looked is None or (acting.day - looked).days > days),
        "has_lines": bool(each.sponsors or each.donors),
    }


def import_door(request: HttpRequest) -> ImportDoor:
    """For whoever tells sponsors and donors anywhere; which programmes may stand in the file is asked line by line."""
    acting = _teller(request)
    crumbs = [*desk_crumbs(), {"label": __("Sponsors and donors"), "url": reverse("openness:audience")}]
    return ImportDoor(person=acting.person_id, crumbs=crumbs)


AUDIENCE_PAGES = ImportPages(
    audience_import.KIND, name="openness:audience-import", door=import_door, questions=WholeList
)


def notice_template(request: HttpRequest, channel: str, language: str, reading: str) -> HttpResponse:
    """Write a form letter anew; the one before stays with whoever was told with it. Easy words are measured first.

    What somebody else wrote is agreed to here, by whoever tells or releases.
    """
    acting = acting_of(request)
    if not (acting.may_anywhere(TELL) or acting.may_anywhere(RELEASE)):
        raise NothingHere("words")
    if channel not in list(Channel) or language not in dict(settings.LANGUAGES) or reading not in list(Reading):
        raise NothingHere(channel)
    example = acting.is_example
    waiting = waiting_template(Channel(channel), language, Reading(reading), example=example)
    if request.method == "POST" and request.POST.get("decision") == "agree":
        return _agree(request, Channel(channel), language, Reading(reading), acting)
    if request.method == "POST":
        _teller(request)
    stands = form_for(newest_templates(example=example), Channel(channel), language, Reading(reading))
    is_suggested = stands.reading != reading
    subject, body = easy_suggestion(Channel(channel), language) if is_suggested else (stands.subject, stands.body)
    if waiting:
        is_suggested, subject, body = False, waiting.subject, waiting.body
    form = TemplateForm(request.POST or None, initial={"subject": subject, "body": body})
    if channel == Channel.SMS:
        del form.fields["subject"]
    if request.method == "POST" and form.is_valid():
        subject, body = form.cleaned_data.get("subject", ""), form.cleaned_data["body"].replace("\r\n", "\n")
        if request.POST.get("decision") != "look":
            try:
                write_template(
                    channel=Channel(channel),
                    language=language,
                    reading=Reading(reading),
                    subject=subject,
                    body=body,
                    by=acting,
                    at=clock.now(),
                )
                messages.success(
                    request, __("Kept. Once somebody else has agreed, the next list is told with these words.")
                )
                return redirect("openness:audience")
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    crumbs = [*desk_crumbs(), {"label": __("Sponsors and donors"), "url": reverse("openness:audience")}]
    is_easy = reading == Reading.EASY
    return render(
        request,
        "openness/form_letter.html",
        {
            "heading": capfirst(label_of(Channel(channel), language, Reading(reading))),
            "crumbs": crumbs,
            "form": form,
            "is_suggested": is_suggested,
            "waiting": waiting and _waiting(waiting, acting),
            "writes": acting.may_anywhere(TELL),
            "ease": ease_facts(f"{subject}\n{body}", language) if is_easy else None,
        },
    )


def _agree(request: HttpRequest, channel: Channel, language: str, reading: Reading, acting: Acting) -> HttpResponse:
    number = request.POST.get("number", "")
    if not number.isdecimal():
        raise NothingHere(number)
    stamp: dict[str, Any] = {"by": acting, "at": clock.now()}
    try:
        agree_to_template(channel=channel, language=language, reading=reading, number=int(number), **stamp)
        messages.success(request, __("Agreed. The next list is told with these words."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("openness:audience" if acting.may_anywhere(TELL) else "openness:desk")


def _waiting(template: NoticeTemplate, acting: Acting) -> dict[str, Any]:
    return {
        "number": template.number,
        "subject": template.subject,
        "body": template.body,
        "who": str(template.by or __("somebody elsewhere")),
        "day": day(template.at.date()),
        "is_mine": template.by_id == acting.person_id,
    }


def _form_letter(forms_by: Forms, waiting: Forms, channel: Channel, language: str, reading: Reading) -> dict[str, Any]:
    stands = form_for(forms_by, channel, language, reading)
    return {
        "label": label_of(channel, language, reading),
        "number": stands.number,
        "is_missing": stands.reading is not reading,
        "is_waiting": (channel, language, reading) in waiting,
        "url": reverse("openness:notice-template", args=[channel, language, reading]),
    }
