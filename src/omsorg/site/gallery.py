"""The gallery `/ui/`: every component of templates/ui in its states, with made-up data marked as example.

An exhibit is a file of templates/ui, its own words about itself, and a page of samples of the same
name in site/gallery/. A component without samples is shown as an empty frame, and a test says so.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.paginator import Page, Paginator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from omsorg.site.environment import ROOT
from omsorg.site.gallery_pictures import sample_pictures

_HEAD = re.compile(r"\A\{% comment %\}\n(?P<words>.*?)\nCSS: (?P<sheets>.*?)\n\{% endcomment %\}", re.DOTALL)


@dataclass(frozen=True)
class Exhibit:
    """A component as the gallery shows it: its promise, its slots as written at its head, its samples."""

    name: str
    promise: str
    slots: str
    sheets: str

    @property
    def title(self) -> str:
        return self.name.replace("_", " ").capitalize()

    @property
    def samples(self) -> str:
        return f"site/gallery/{self.name}.html"


class WithoutHead(Exception):
    """A component that does not say at its head what it is for, what it takes, and which sheet dresses it."""


def component_files() -> list[Path]:
    return sorted((ROOT / "templates" / "ui").glob("*.html"))


def exhibits() -> list[Exhibit]:
    """Every component, by name. Refuses one whose head says nothing."""
    return [_exhibit(file) for file in component_files()]


def _exhibit(file: Path) -> Exhibit:
    head = _HEAD.match(file.read_text(encoding="utf-8"))
    if head is None:
        raise WithoutHead(file.name)
    words = head["words"].splitlines()
    slots_begin = next((n for n, line in enumerate(words) if line.startswith("  ")), len(words))
    return Exhibit(
        name=file.stem,
        promise=" ".join(words[:slots_begin]),
        slots="\n".join(words[slots_begin:]),
        sheets=head["sheets"],
    )


class SampleForm(forms.Form):
    """One of each kind of question."""

    title = forms.CharField(label=_("What the action is called"), help_text=_("As it stands in the plan."))
    due_on = forms.DateField(label=_("Due on"), widget=forms.DateInput(attrs={"type": "date"}))
    spent = forms.IntegerField(label=_("Spent so far"), required=False)
    area = forms.ChoiceField(
        label=_("Area"), choices=[("", _("Choose")), ("1", _("Care")), ("2", _("Leadership")), ("3", _("Oversight"))]
    )
    reason = forms.CharField(
        label=_("Why it is late"), widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text=_("Two lines.")
    )
    cause = forms.ChoiceField(
        label=_("Cause of the delay"),
        widget=forms.RadioSelect,
        choices=[("time", _("time")), ("resources", _("resources")), ("scope", _("scope")), ("outside", _("outside"))],
    )
    told = forms.BooleanField(label=_("The organisation has been told"))
    fixed = forms.CharField(label=_("Set by the plan"), disabled=True, required=False, initial="2024-H1")


class SampleUpload(forms.Form):
    """The question for a file."""

    sheet = forms.FileField(label=_("Your figures"))


def _an_empty_file() -> MultiValueDict[str, UploadedFile]:
    return MultiValueDict({"d-sheet": [SimpleUploadedFile("empty.xlsx", b"")]})


def sample_page() -> Page:
    return Paginator(range(1, 138), 25).page(3)


def samples() -> dict[str, object]:
    """What the samples are filled with. Everything is made up."""
    return {
        "empty_form": SampleForm(prefix="a"),
        "wrong_form": SampleForm({"b-title": "", "b-due_on": "31/31/2024", "b-spent": "some"}, prefix="b"),
        "wrong_again": SampleForm({"g-spent": "some"}, prefix="g"),
        "delay_form": SampleForm(prefix="e"),
        "filter_form": SampleForm(prefix="f"),
        "upload": SampleUpload(prefix="c"),
        "wrong_upload": SampleUpload({}, _an_empty_file(), prefix="d"),
        "pictures": sample_pictures(),
        "picture_note": "Made up, as of 31 March 2024.",
        "page_of_list": sample_page(),
        "ratings": ["completed", "on_track", "at_risk", "off_track", "not_started", "not_due", "not_rated", "no_data"],
        "activities": ["active", "on_hold", "superseded", "dropped"],
        "adopted": {"good": 25, "base": 35, "share": "71.4 %"},
        "active": {"good": 25, "base": 32, "share": "78.1 %"},
        "sentence": "25 of 35 indicators in the plan as adopted (71.4 %), 25 of 32 now active (78.1 %), 1 not rated.",
        "columns": [
            {"label": "Action", "url": "?sort=action"},
            {"label": "Owner"},
            {"label": "Due", "url": "?sort=-due", "sort": "ascending"},
            {"label": "Slip in days", "figures": True, "url": "?sort=slip"},
            {"label": "Rating"},
        ],
        "rows": [
            {
                "title": "Support for those who experienced abuse",
                "owner": "Global office",
                "due": "31 Dec 2023",
                "slip": "0",
                "code": "completed",
            },
            {
                "title": "Ombudsperson system",
                "owner": "Global office",
                "due": "30 Jun 2024",
                "slip": "+365",
                "code": "off_track",
            },
            {
                "title": "One incident management system",
                "owner": "Region North",
                "due": "31 Dec 2024",
                "slip": "+92",
                "code": "on_track",
            },
            {
                "title": "Protective behaviours for young people",
                "owner": "Region East",
                "due": "31 Mar 2025",
                "slip": "–",
                "code": "not_rated",
            },
        ],
        "crumbs": [
            {"label": "Promises", "url": "#"},
            {"label": "Report of March 2024", "url": "#"},
            {"label": "Ombudsperson system", "url": "#"},
        ],
        "tabs": [
            {"label": "Overview", "url": "#", "current": True},
            {"label": "Actions", "url": "#", "count": 24},
            {"label": "Indicators", "url": "#", "count": 35},
            {"label": "Recommendations", "url": "#", "count": 46},
            {"label": "What changed", "url": "#"},
        ],
        "facts": [
            {"word": "Owner", "value": "Global office"},
            {"word": "Adopted on", "value": "25 June 2021"},
            {"word": "Answers", "several": ["Recommendation 1.4", "Recommendation 3.2"]},
            {"word": "Report", "value": "March 2024", "url": "#"},
        ],
        "entries": [
            {
                "on": "17 April 2024",
                "machine_on": "2024-04-17",
                "title": "Target moved to 30 June 2025",
                "url": "#",
                "by": "Marit Holm, plan owner",
                "reason": "The expert committee needed a year more.",
            },
            {
                "on": "16 March 2023",
                "machine_on": "2023-03-16",
                "title": "Budget raised",
                "by": "Marit Holm, plan owner",
                "reason": "The need was underestimated.",
            },
            {"on": "25 June 2021", "machine_on": "2021-06-25", "title": "Adopted"},
        ],
        "steps": [
            {"label": "Choose a file", "state": "done", "url": "#"},
            {"label": "Look through the rows", "state": "current"},
            {"label": "Confirm", "state": "waiting"},
            {"label": "Done", "state": "waiting"},
        ],
        "own_rating": {
            "title": "Own rating",
            "code": "on_track",
            "by": "Asha Mrema, Tanzania, 4 March 2024",
            "note": "Two of three trainers are in place.",
        },
        "verified_rating": {
            "title": "Verified rating",
            "code": "off_track",
            "by": "Per Lind, Sweden, 21 March 2024",
            "note": "The third trainer is needed before the target date.",
        },
        "silent_rating": {"title": "Verified rating", "code": ""},
        "files": [
            {"label": "CSV", "url": "#", "kind": "text/csv"},
            {"label": "JSON", "url": "#", "kind": "application/json"},
            {"label": "Atom feed", "url": "#", "kind": "application/atom+xml"},
        ],
        "languages": [
            {"code": "en", "name": "English", "url": "#", "current": True},
            {"code": "da", "name": "Dansk", "url": "#", "current": False},
            {"code": "nb", "name": "Norsk bokmål", "url": "#", "current": False},
            {"code": "sv", "name": "Svenska", "url": "#", "current": False},
        ],
        "grid_columns": [
            {"label": "Girls"},
            {"label": "Boys"},
            {"label": "Not stated"},
            {"label": "All", "hint": "last half-year"},
        ],
        "grid_rows": [
            {
                "label": "Children who know their contact person",
                "hint": "count",
                "cells": [{"value": "212"}, {"value": "198"}, {"value": "0"}, {"value": "395", "readonly": True}],
            },
            {
                "label": "Carers trained this half-year",
                "hint": "count",
                "cells": [
                    {"value": "41"},
                    {"value": "4o", "error": "This is not a number."},
                    {"value": None},
                    {"value": "77", "readonly": True},
                ],
            },
            {
                "label": "Visits by the contact person",
                "hint": "count",
                "cells": [{"value": None}, {"value": None}, {"value": None}, {"value": "12", "readonly": True}],
            },
        ],
        "errors": [
            {"text": "Row 7, column C: “4o” is not a number.", "url": "#"},
            {"text": "The file has no sheet called “Figures”."},
        ],
    }
