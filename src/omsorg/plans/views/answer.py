"""The answer of one organisation: figures, own ratings, handing in."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.federation.access import Acting
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.plans.access import Answer
from omsorg.plans.actions.assessments import assess
from omsorg.plans.actions.figures import record_figures
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.forms.figures import Typed, entries_typed, typed_cells
from omsorg.plans.forms.ratings import ratings_wanted, typed_ratings
from omsorg.plans.pages.entry import form_of, ledger_of
from omsorg.plans.pages.own_ratings import ratings_view
from omsorg.plans.pages.words import language_now, plain
from omsorg.plans.queries.figures import Cell, KeptFigure, figures_called
from omsorg.plans.queries.grid import Grid, GridRow, grid_of, ratings_called
from omsorg.plans.rules.answers import AlreadyHandedIn
from omsorg.plans.rules.reach import reach_of
from omsorg.plans.views.answer_frame import answer_at, answer_frame
from omsorg.plans.views.frame import Link


def answer(request: HttpRequest, plan: str, organisation: str, period: str) -> HttpResponse:
    """The figures of one answer, to be read or entered."""
    acting, found = answer_at(request, plan, organisation, period)
    if request.method == "POST":
        return _save(request, acting, found)
    frame = answer_frame(acting, found, "figures")
    ledger = form_of(frame.grid) if frame.may_edit else ledger_of(frame.grid)
    return render(request, "plans/answer.html", {"frame": frame, "ledger": ledger})


def _save(request: HttpRequest, acting: Acting, found: Answer) -> HttpResponse:
    """Keep what is sound; show the rest again as it was typed, with what is wrong beside it."""
    grid = grid_of(found, on=acting.day)
    typed = typed_cells(request.POST.dict(), grid)
    entries, unread = entries_typed(typed, grid, _seen(grid, typed), language_now())
    try:
        done = record_figures(
            plan=found.plan,
            organisation=found.organisation,
            period=found.period,
            entries=entries,
            by=acting,
            at=clock.now(),
            source="grid",
            whole=False,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:answer", found.plan.code, found.organisation.code, found.period.code)
    number = len(done.kept)
    said = ngettext("%(number)s figure has been saved.", "%(number)s figures have been saved.", number)
    if done.is_whole and not unread:
        messages.success(request, said % {"number": number} if number else __("Nothing was changed."))
        return redirect("plans:answer", found.plan.code, found.organisation.code, found.period.code)
    frame = answer_frame(acting, found, "figures")
    ledger = form_of(frame.grid, typed=typed, troubles=[*unread, *done.troubles], conflicts=done.conflicts)
    kept = said % {"number": number} if number else ""
    return render(request, "plans/answer.html", {"frame": frame, "ledger": ledger, "kept": kept})


def _seen(grid: Grid, typed: Mapping[Cell, Typed]) -> dict[Cell, KeptFigure | None]:
    """The figure that the page showed in each cell: where somebody else has written meanwhile, the one before."""
    standing = {kept.id: kept for row in grid.rows for cell in row.cells if (kept := cell.standing) is not None}
    wanted = {said.expected for said in typed.values() if said.expected is not None}
    known = standing | figures_called(wanted - standing.keys())
    return {cell: known.get(said.expected) if said.expected is not None else None for cell, said in typed.items()}


def ratings(request: HttpRequest, plan: str, organisation: str, period: str) -> HttpResponse:
    """How the organisation rates itself, indicator by indicator."""
    acting, found = answer_at(request, plan, organisation, period)
    frame = answer_frame(acting, found, "ratings")
    if request.method != "POST":
        return render(request, "plans/answer_ratings.html", {"frame": frame, "view": ratings_view(frame.grid)})
    typed = typed_ratings(request.POST.dict(), frame.grid)
    standing = {row.rated.id: row.rated for row in frame.grid.rows if row.rated}
    seen = {said.expected_id for said in typed.values() if said.expected_id is not None}
    known = standing | ratings_called(seen - standing.keys())
    wanted, unread = ratings_wanted(
        typed,
        {i: known.get(said.expected_id) if said.expected_id else None for i, said in typed.items()},
        reach=reach_of(found.plan.adopted_on, found.plan.runs_until),
    )
    try:
        done = assess(
            plan=found.plan,
            organisation=found.organisation,
            period=found.period,
            ratings=wanted,
            by=acting,
            at=clock.now(),
            whole=False,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("plans:answer-ratings", *frame.args)
    troubles = {**unread, **done.troubles}
    number = len(done.kept)
    said = ngettext("%(number)s rating has been saved.", "%(number)s ratings have been saved.", number)
    if not troubles:
        messages.success(request, said % {"number": number} if number else __("Nothing was changed."))
        return redirect("plans:answer-ratings", *frame.args)
    frame = answer_frame(acting, found, "ratings")
    view = ratings_view(frame.grid, typed=typed, troubles=troubles)
    kept = said % {"number": number} if number else ""
    return render(request, "plans/answer_ratings.html", {"frame": frame, "view": view, "kept": kept})


def hand_in(request: HttpRequest, plan: str, organisation: str, period: str) -> HttpResponse:
    """What is still missing, and handing in what is complete."""
    acting, found = answer_at(request, plan, organisation, period)
    if request.method == "POST":
        try:
            submit_answer(
                plan=found.plan, organisation=found.organisation, period=found.period, by=acting, at=clock.now()
            )
        except AlreadyHandedIn:
            # A second click: the page says by whom and when.
            return redirect("plans:answer", plan, organisation, period)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("plans:answer-hand-in", plan, organisation, period)
        messages.success(request, __("Your answer has been handed in. Thank you. It now lies with the reviewer."))
        return redirect("plans:answer", plan, organisation, period)
    frame = answer_frame(acting, found, "hand-in")
    grid, args = frame.grid, frame.args
    documents = reverse("plans:answer-documents", args=args)
    return render(
        request,
        "plans/answer_hand_in.html",
        {
            "frame": frame,
            "is_over": found.period.until <= acting.day,
            "is_complete": not grid.missing and not grid.unproven,
            "missing": _links(grid.missing, reverse("plans:answer", args=args) + "#i-{}"),
            "unproven": _links(grid.unproven, documents + "?indicator={}"),
            "unrated": _links(grid.unrated, reverse("plans:answer-ratings", args=args) + "#r-{}"),
        },
    )


def _links(rows: Sequence[GridRow], where: str) -> list[Link]:
    """Each indicator with the way to the place where it is filled in."""
    return [
        Link(f"{row.defined.code} {plain(row.defined.title)}", where.format(quote(row.defined.code))) for row in rows
    ]
