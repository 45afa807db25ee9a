"""The pages of an import, bound by the system that owns it: hand in, see what would happen, confirm, see what happened.

    import_pages = ImportPages(KIND, name="plans:figures-import", door=door_to_figures)
    urlpatterns += import_pages.urls("plans/<slug:plan>/upload/")

The door asks access and says what the import is about; everything else is the same for every import.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from omsorg.kernel import clock
from omsorg.kernel.imports import drafts
from omsorg.kernel.imports.kinds import Handed, ImportKind, enter
from omsorg.kernel.imports.progress import Reached, Run, reached, run_of
from omsorg.kernel.models import ImportDraft
from omsorg.kernel.numbers import format_number
from omsorg.kernel.sheets import Habits, Limits

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
}
FAULT_COLUMNS = [
    {"label": _("Where")},
    {"label": _("Column")},
    {"label": _("What stands there")},
    {"label": _("What is wrong")},
]
WARNING_COLUMNS = [*FAULT_COLUMNS[:3], {"label": _("What is strange")}]


SECONDS_UNTIL_LOOK = 3


@dataclass(frozen=True, slots=True)
class ImportDoor:
    """Who comes in, and what the import is about. `context` is plain values, handed to the kind again and again.

    `crumbs` are {label, url}; `lead` is a sentence of this very import, in the place of the kind's own.
    """

    person: int
    context: Mapping[str, Any] = field(default_factory=dict)
    crumbs: list[dict[str, Any]] = field(default_factory=list)
    lead: str | Promise = ""


class HandIn(forms.Form):
    """A file, or cells pasted from a spreadsheet, and how they are written."""

    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)
    pasted = forms.CharField(
        label=_("Or paste the cells here, with their headings"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    numbers = forms.ChoiceField(
        label=_("How numbers are written"),
        required=False,
        choices=[("", _("ask me where it is not clear")), ("comma", "1.234,5"), ("point", "1,234.5")],
    )
    days = forms.ChoiceField(
        label=_("How days are written"),
        required=False,
        choices=[("", _("ask me where it is not clear")), ("day", "31/12/2024"), ("month", "12/31/2024")],
    )

    def __init__(self, kind: ImportKind, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not kind.may_be_pasted:
            del self.fields["pasted"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file: UploadedFile | None = given.get("file")
        pasted = (given.get("pasted") or "").strip("\r\n")
        if bool(file) == bool(pasted):
            raise forms.ValidationError(_("Choose a file or paste cells: one of the two."))
        if file is not None and (file.size or 0) > Limits().size:
            self.add_error("file", _("The file is larger than %(limit)s MB.") % {"limit": Limits().size // 1_000_000})
        return given

    @property
    def handed(self) -> Handed:
        given = self.cleaned_data
        comma = {"comma": True, "point": False}.get(given["numbers"])
        day_first = {"day": True, "month": False}.get(given["days"])
        habits = Habits(decimal_comma=comma, day_first=day_first)
        file = given.get("file")
        if file is None:
            return Handed("", given["pasted"].strip("\r\n").encode(), habits)
        return Handed(file.name, file.read(), habits)


class ImportPages:
    """The pages of one kind of import. `name` is the URL name of the first, with its namespace.

    `questions` is a form of what else must be asked with the file; its answers, plain values, are part of the context.
    """

    def __init__(
        self,
        kind: ImportKind,
        *,
        name: str,
        door: Callable[..., ImportDoor],
        questions: type[forms.Form] = forms.Form,
    ) -> None:
        enter(kind)
        self.kind, self.name, self.door, self.questions = kind, name, door, questions

    def urls(self, route: str) -> list[URLPattern]:
        """Three addresses under `route`; what stands in angle brackets there is handed to the door."""
        bare = self.name.rpartition(":")[2]
        return [
            path(route, require_http_methods(["GET", "POST"])(self.hand_in), name=bare),
            path(f"{route}template.<slug:ending>", require_GET(self.template), name=f"{bare}-template"),
            path(f"{route}<slug:draft>/", require_http_methods(["GET", "POST"])(self.draft), name=f"{bare}-draft"),
        ]

    def address(self, of: Mapping[str, Any], suffix: str = "", **more: Any) -> str:
        return reverse(f"{self.name}{suffix}", kwargs={**of, **more})

    def hand_in(self, request: HttpRequest, **of: Any) -> HttpResponse:
        door = self.door(request, **of)
        given = (request.POST, request.FILES) if request.method == "POST" else ()
        form, questions = HandIn(self.kind, *given), self.questions(*given)
        if form.is_valid() and questions.is_valid():
            context = {**door.context, **questions.cleaned_data}
            draft = drafts.hand_in(self.kind, form.handed, context=context, person=door.person, at=clock.now())
            return redirect(self.address(of, "-draft", draft=draft.code))
        waiting = ImportDraft.objects.filter(
            kind=self.kind.code, person=door.person, done_at=None, context__of__contains=dict(door.context)
        ).order_by("-made_at")
        found = {
            "form": form,
            "questions": questions,
            "templates": [
                {
                    "label": f".{ending}",
                    "url": self.address(of, "-template", ending=ending),
                    "kind": MEDIA_TYPES[ending],
                }
                for ending in self.kind.templates
            ],
            "waiting": [{"draft": draft, "url": self.address(of, "-draft", draft=draft.code)} for draft in waiting[:5]],
        }
        return self._page(request, "kernel/import_hand_in.html", door, found)

    def template(self, request: HttpRequest, *, ending: str, **of: Any) -> HttpResponse:
        door = self.door(request, **of)
        if ending not in self.kind.templates:
            raise Http404
        response = HttpResponse(self.kind.template(ending, door.context), content_type=MEDIA_TYPES[ending])
        response["Content-Disposition"] = f'attachment; filename="{self.kind.code.replace(".", "-")}.{ending}"'
        return response

    def draft(self, request: HttpRequest, *, draft: str, **of: Any) -> HttpResponse:
        door = self.door(request, **of)
        first = self.address(of)
        try:
            if request.method == "POST":
                return self._decide(request, door, draft, of)
            found = drafts.draft_of(door.person, draft)
        except drafts.DraftGone as refusal:
            messages.error(request, str(refusal))
            return redirect(first)
        told = drafts.told_of(found)
        standing = "done" if found.done_at else "begun" if found.confirmed_at else "wrong" if told.faults else "ready"
        how_far = reached(found.code) if standing == "begun" else None
        run = Run.GOING if how_far else run_of(found.code) if standing == "begun" else None
        if run is Run.GIVEN_UP:
            standing = "ready"
        shown = {
            "how_far": how_far,
            "how_far_said": _how_far_said(how_far),
            "run": run,
            "look_again": SECONDS_UNTIL_LOOK,
            "draft": found,
            "told": told,
            "shown": told.fingerprint,
            "standing": standing,
            "first_url": first,
            "fault_columns": FAULT_COLUMNS,
            "warning_columns": WARNING_COLUMNS,
            "landing": told.landing or first,
        }
        return self._page(request, "kernel/import_draft.html", door, shown)

    def _decide(self, request: HttpRequest, door: ImportDoor, code: str, of: Mapping[str, Any]) -> HttpResponse:
        if request.POST.get("decision") == "give-up":
            drafts.give_up(code, person=door.person)
            messages.success(request, _("The file is forgotten. Nothing was changed."))
            return redirect(self.address(of))
        try:
            drafts.confirm(code, person=door.person, at=clock.now(), shown=request.POST.get("shown"))
        except drafts.HasFaults as refusal:
            messages.error(request, str(refusal))
        return redirect(self.address(of, "-draft", draft=code))

    def _page(self, request: HttpRequest, page: str, door: ImportDoor, found: dict[str, Any]) -> HttpResponse:
        lead = door.lead or self.kind.sentence
        return render(request, page, {"kind": self.kind, "crumbs": door.crumbs, "lead": lead, **found})


def _how_far_said(how_far: Reached | None) -> str:
    """ "Row 1,200 of 5,000", in the reader's language; empty where nobody is at it."""
    if how_far is None:
        return ""
    language = get_language() or settings.LANGUAGE_CODE
    numbers = {"done": format_number(how_far.done, language), "rows": format_number(how_far.rows, language)}
    return gettext("Row %(done)s of %(rows)s") % numbers
