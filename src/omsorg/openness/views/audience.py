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
from omsorg.openness.access import TELL
from omsorg.openness.actions.telling import write_template
from omsorg.openness.forms.telling import TemplateForm
from omsorg.openness.imports import audience as audience_import
from omsorg.openness.pages.reading import ease_facts
from omsorg.openness.pages.words import CHANNELS, READINGS, language_name
from omsorg.openness.queries.form_letters import Forms, form_for, newest_templates
from omsorg.openness.queries.telling import programme_lists
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
    """Each programme with the length of its list, and the form letters. Names are in the files alone."""
    acting = _teller(request)
    forms_by = newest_templates()
    return render(
        request,
        "openness/audience.html",
        {
            "crumbs": desk_crumbs(),
            "programmes": programme_lists(acting),
            "columns": [
                {"label": __("Programme")},
                {"label": __("Sponsors"), "figures": True},
                {"label": __("Donors"), "figures": True},
                {"label": __("Ask for easy words"), "figures": True},
            ],
            "templates": [
                _form_letter(forms_by, channel, language, reading)
                for channel in Channel
                for language, _name in settings.LANGUAGES
                for reading in Reading
            ],
        },
    )


def import_door(request: HttpRequest) -> ImportDoor:
    """For whoever tells sponsors and donors anywhere; which programmes may stand in the file is asked line by line."""
    acting = _teller(request)
    crumbs = [*desk_crumbs(), {"label": __("Sponsors and donors"), "url": reverse("openness:audience")}]
    return ImportDoor(person=acting.person_id, crumbs=crumbs)


AUDIENCE_PAGES = ImportPages(
    audience_import.KIND, name="openness:audience-import", door=import_door, questions=WholeList
)


def notice_template(request: HttpRequest, channel: str, language: str, reading: str) -> HttpResponse:
    """Write a form letter anew; the one before stays with whoever was told with it. Easy words are measured first."""
    acting = _teller(request)
    if channel not in list(Channel) or language not in dict(settings.LANGUAGES) or reading not in list(Reading):
        raise NothingHere(channel)
    stands = form_for(newest_templates(), Channel(channel), language, Reading(reading))
    is_suggested = stands.reading != reading
    subject, body = easy_suggestion(Channel(channel), language) if is_suggested else (stands.subject, stands.body)
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
                messages.success(request, __("Kept. The next list is told with these words."))
                return redirect("openness:audience")
            except Refusal as refusal:
                form.add_error(None, str(refusal))
    crumbs = [*desk_crumbs(), {"label": __("Sponsors and donors"), "url": reverse("openness:audience")}]
    is_easy = reading == Reading.EASY
    return render(
        request,
        "openness/form_letter.html",
        {
            "heading": capfirst(_label(Channel(channel), language, Reading(reading))),
            "crumbs": crumbs,
            "form": form,
            "is_suggested": is_suggested,
            "ease": ease_facts(f"{subject}\n{body}", language) if is_easy else None,
        },
    )


def _label(channel: Channel, language: str, reading: Reading) -> str:
    said = f"{CHANNELS[channel]}, {language_name(language)}"
    return f"{said}, {READINGS[reading]}" if reading is Reading.EASY else said


def _form_letter(forms_by: Forms, channel: Channel, language: str, reading: Reading) -> dict[str, Any]:
    stands = form_for(forms_by, channel, language, reading)
    return {
        "label": _label(channel, language, reading),
        "number": stands.number,
        "is_missing": stands.reading is not reading,
        "url": reverse("openness:notice-template", args=[channel, language, reading]),
    }
