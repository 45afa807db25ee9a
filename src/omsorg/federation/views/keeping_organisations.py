"""Changing organisations: found one below another, correct, rename, move, close, open again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from omsorg.federation.access import Acting, NotAllowed, acting_of, organisation_known_to
from omsorg.federation.actions.organisations import (
    KEEP,
    close_organisation,
    correct_organisation,
    found_organisation,
    move_organisation,
    rename_organisation,
    reopen_organisation,
    take_back_move,
)
from omsorg.federation.forms import CloseForm, FoundForm, MoveForm, OrganisationForm, ReasonForm, RenameForm
from omsorg.federation.models import Organisation
from omsorg.federation.queries.organisations import newest_position, position_on, where_kept
from omsorg.federation.views.frame import asked, taken
from omsorg.federation.views.organisations import crumbs
from omsorg.federation.words import day
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _kept(request: HttpRequest, code: str) -> tuple[Acting, Organisation]:
    """An organisation that this person keeps. Whoever may only read it is told which role it takes."""
    acting = acting_of(request)
    shown = organisation_known_to(acting, code)
    if not acting.may(KEEP, shown.pk):
        raise NotAllowed(KEEP)
    return acting, shown


def _back(shown: Organisation) -> HttpResponse:
    return redirect("federation:organisation", shown.code)


@read_or_send
def organisation_found(request: HttpRequest, code: str) -> HttpResponse:
    acting, above = _kept(request, code)
    first: dict[str, Any] = {"exists_from": acting.day, "language": above.language, "place": above.place_id}
    form = FoundForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        made: list[Organisation] = []
        told = form.cleaned_data
        if taken(form, lambda: made.append(found_organisation(under=above, by=acting, at=clock.now(), **told))):
            messages.success(request, __("%(name)s is entered.") % {"name": made[0].name})
            return _back(made[0])
    return asked(
        request,
        form,
        heading=__("An organisation below %(name)s") % {"name": above.name},
        button=_("Enter it"),
        crumbs=crumbs(above),
    )


@read_or_send
def organisation_correct(request: HttpRequest, code: str) -> HttpResponse:
    acting, shown = _kept(request, code)
    now = {"name": shown.name, "kind": shown.kind, "place": shown.place_id, "language": shown.language}
    form = OrganisationForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if taken(form, lambda: correct_organisation(organisation=shown, by=acting, at=clock.now(), **told)):
            messages.success(request, _("It is kept."))
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("Correct %(name)s") % {"name": shown.name},
        lead=_(
            "Here a mistake is put right: a name corrected here is shown for earlier days, too, as if it had always"
            " been so; reports that are frozen stay as they are. If it is called something else from now on, give it a"
            " new name instead."
        ),
        button=_("Keep this"),
        crumbs=crumbs(shown),
    )


@read_or_send
def organisation_rename(request: HttpRequest, code: str) -> HttpResponse:
    acting, shown = _kept(request, code)
    form = RenameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if taken(form, lambda: rename_organisation(organisation=shown, by=acting, at=clock.now(), **told)):
            messages.success(request, __("From today on it is called %(name)s.") % {"name": shown.name})
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("A new name for %(name)s") % {"name": shown.name},
        lead=_(
            "The new name holds from today on. Earlier days of a plan, its history, and reports as at an earlier day"
            " keep the name of then. If the name was only written wrongly, correct it instead."
        ),
        button=_("Give it this name"),
        crumbs=crumbs(shown),
    )


@read_or_send
def organisation_move(request: HttpRequest, code: str) -> HttpResponse:
    acting, shown = _kept(request, code)
    offered = where_kept(acting.units_for(KEEP), but=shown)
    form = MoveForm(request.POST or None, initial={"from_on": acting.day}, offered=offered, moved=shown)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if taken(form, lambda: move_organisation(organisation=shown, by=acting, at=clock.now(), **told)):
            messages.success(request, _("The move is kept. It can be taken back until the day it takes effect."))
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("Move %(name)s") % {"name": shown.name},
        lead=_where_it_stands(acting, shown),
        notice=_(
            "From that day, whoever holds a role above the new place can see and do there what the role opens,"
            " and whoever held one above the old place no longer can. What was counted before stays where it was."
        ),
        button=_("Move it"),
        crumbs=crumbs(shown),
    )


def _where_it_stands(acting: Acting, shown: Organisation) -> str:
    """Under which organisation today, and under which one from a later day on."""
    today, newest = position_on(shown, acting.day), newest_position(shown)
    said = [__("It stands under %(name)s now.") % {"name": today.parent.name}] if today else []
    if newest and newest.valid_from > acting.day:
        later = {"name": newest.parent.name, "day": day(newest.valid_from)}
        said.append(__("From %(day)s on it stands under %(name)s.") % later)
    return " ".join(said)


@require_POST
def organisation_move_take_back(request: HttpRequest, code: str) -> HttpResponse:
    acting, shown = _kept(request, code)
    try:
        take_back_move(organisation=shown, by=acting, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The move is taken back."))
    return _back(shown)


@read_or_send
def organisation_close(request: HttpRequest, code: str) -> HttpResponse:
    acting, shown = _kept(request, code)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until: date = form.first_day_without(acting.day)
        why = form.cleaned_data["reason"]
        if taken(
            form, lambda: close_organisation(organisation=shown, until=until, reason=why, by=acting, at=clock.now())
        ):
            messages.success(request, __("%(name)s is closed. It can be opened again.") % {"name": shown.name})
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("Close %(name)s") % {"name": shown.name},
        lead=_("Roles held there end with it. Everything that happened stays where it is."),
        button=_("Close it"),
        crumbs=crumbs(shown),
        is_grave=True,
    )


@read_or_send
def organisation_reopen(request: HttpRequest, code: str) -> HttpResponse:
    acting = acting_of(request)
    shown = organisation_known_to(acting, code)
    position = newest_position(shown)
    if position is None or not acting.may(KEEP, position.parent_id):
        raise NotAllowed(KEEP)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        if taken(form, lambda: reopen_organisation(organisation=shown, reason=why, by=acting, at=clock.now())):
            messages.success(request, _("It is open again. Roles there are given anew."))
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("Open %(name)s again") % {"name": shown.name},
        button=_("Open it again"),
        crumbs=crumbs(shown),
    )
