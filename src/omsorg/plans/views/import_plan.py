"""The pages on which a whole plan comes in from a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import NotAllowed, acting_as, acting_of, member
from omsorg.kernel.imports import Handed, ImportFault, ImportKind, Told, import_limits
from omsorg.kernel.imports.pages import ImportDoor, ImportPages
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.refusals import written as said
from omsorg.plans.actions.import_plan import Outcome, What, import_plan
from omsorg.plans.imports.reading import Book, Fault, read_book
from omsorg.plans.imports.sheets import BY_NAME, SHEETS
from omsorg.plans.imports.template import field_helps, plan_template
from omsorg.plans.models import Plan

MOST_LINES = 200
NEW = said("%(sheet)s: %(count)s new")
THERE = said("%(sheet)s: %(count)s there already, as they are in the file")
NOTHING_NEW = said("Everything in the file is there already. Nothing would change.")
REPORTS = said("Reports named in the file: %(codes)s. Each is frozen by one person and released by another.")
NOT_READ = said("This sheet is not one of a plan, and was not read.")
NOT_KNOWN = said("This column is not known, and was not read.")


class PlanQuestions(forms.Form):
    """What a file alone cannot say."""

    reason = forms.CharField(
        label=_("Reason for what changes in a plan that is there already"),
        help_text=_("Stands in public beside each change."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _fault(book: Book, fault: Fault) -> ImportFault:
    """A fault with its sheet as the file calls it."""
    sheet = book.name_of(fault.sheet) if fault.sheet else ""
    return ImportFault(fault.sentence, sheet, fault.row, fault.column, fault.heading, fault.value)


def _not_looked_at(book: Book, outcome: Outcome) -> list[ImportFault]:
    """What the look did not reach, for want of the sheet `plan`."""
    return [ImportFault(outcome.not_looked_at, book.name_of("plan"))] if outcome.not_looked_at else []


def _warnings(book: Book) -> list[ImportFault]:
    """What was passed over: sheets and columns that nobody asked for."""
    sheets = [ImportFault(Sentence(NOT_READ), sheet=name) for name in book.unread_sheets]
    columns = [
        ImportFault(Sentence(NOT_KNOWN), sheet=book.name_of(sheet), heading=heading)
        for sheet, headings in book.unknown_headings.items()
        for heading in headings
    ]
    return sheets + columns


def _left_out(book: Book, outcome: Outcome) -> list[ImportFault]:
    """Rows that were understood and are not taken in, each with its reason."""
    left_out = (done for done in outcome.done if done.what is What.LEFT_OUT)
    return [ImportFault(done.sentence, book.name_of(done.sheet), done.row) for done in left_out]


def _counts(outcome: Outcome) -> list[Sentence]:
    """What is new and what is there, sheet by sheet, in the order of the sheets."""
    counts = [
        Sentence(text, {"sheet": form.title, "count": counted[name]})
        for name, form in BY_NAME.items()
        for text, counted in ((NEW, outcome.new), (THERE, outcome.there))
        if counted[name]
    ]
    if not outcome.changes_anything:
        counts.append(Sentence(NOTHING_NEW))
    if outcome.reports:
        counts.append(Sentence(REPORTS, {"codes": ", ".join(report.code for report in outcome.reports)}))
    return counts


def take_in_plan(handed: Handed, context: Mapping[str, Any], person: int, at: datetime) -> Told:
    """Read the file and hand it to the action, which asks access and rules."""
    book = read_book([(handed.name, handed.content)], habits=handed.habits, limits=import_limits())
    acting = acting_as(person, day=at.date())
    is_named = book.all_of("plan") or "plan" in book.unreadable
    plan = None if is_named else _only_plan(acting.units_for("plans.revise"))
    outcome = import_plan(book=book, plan=plan, reason=context["reason"], by=acting, at=at)
    landing = reverse("plans:public-plan-on", args=[outcome.plan.code]) if outcome.plan else ""
    lines = [done.sentence for done in outcome.done if done.what is not What.LEFT_OUT]
    return Told(
        faults=[_fault(book, fault) for fault in outcome.faults],
        more_faults=outcome.more_faults,
        warnings=[*_not_looked_at(book, outcome), *_warnings(book), *_left_out(book, outcome)],
        counts=_counts(outcome),
        lines=lines[:MOST_LINES],
        more_lines=max(len(lines) - MOST_LINES, 0),
        rows=sum(len(rows) for rows in book.rows.values()),
        landing=landing,
        rests_on=outcome.rests_on,
    )


def _only_plan(owners: frozenset[int]) -> Plan | None:
    """The plan that a file without the sheet `plan` is of, where there can be only one."""
    found = list(Plan.objects.filter(owner_id__in=owners)[:2])
    return found[0] if len(found) == 1 else None


KIND = ImportKind(
    code="plans.whole-plan",
    title=_("A whole plan from a file"),
    sentence=_("A new plan, or what has changed in one that is there. All of it is taken in, or nothing."),
    take_in=take_in_plan,
    template=lambda ending, context: plan_template(ending),
    templates=("xlsx", "zip"),
    kinds_of_file=_("A workbook (.xlsx), or one CSV file for each sheet, packed into one archive (.zip)."),
    may_be_pasted=False,
)


def door(request: HttpRequest) -> ImportDoor:
    """Whoever may revise plans somewhere comes in; for which plan, the action asks."""
    acting = member(acting_of(request))
    if not acting.may_anywhere("plans.revise"):
        raise NotAllowed("plans.revise")
    lead = format_html(
        '{} <a href="{}">{}</a>', str(KIND.sentence), reverse("plans:plan-columns"), __("What each column is for")
    )
    crumbs = [{"label": __("Promises"), "url": reverse("plans:promises")}]
    return ImportDoor(acting.person_id, crumbs=crumbs, lead=lead)


def columns(request: HttpRequest) -> HttpResponse:
    """Every sheet and column, with what may stand in it and an example."""
    door(request)
    sheets = [
        {"name": form.name, "title": form.title, "help": form.help, "columns": field_helps(form)} for form in SHEETS
    ]
    crumbs = [{"label": KIND.title, "url": reverse("plans:plan-import")}]
    return render(request, "plans/import_columns.html", {"sheets": sheets, "crumbs": crumbs})


pages = ImportPages(KIND, name="plans:plan-import", door=door, questions=PlanQuestions)
