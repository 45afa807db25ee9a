"""Changing what concerns people: invite, correct, move, give and end roles, end the time here."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from omsorg.federation.access import NothingHere, acting_of, person_for
from omsorg.federation.actions.forgetting import forget_name
from omsorg.federation.actions.people import (
    clear_second_factor,
    correct_person,
    end_time,
    invite_again,
    invite_person,
    move_person,
    take_back_end,
)
from omsorg.federation.actions.roles import KEEP, end_role, give_role
from omsorg.federation.forms import InviteForm, MovePersonForm, PersonForm, RoleForm, WhenForm
from omsorg.federation.models import Mandate, Person
from omsorg.federation.queries.organisations import where_kept
from omsorg.federation.second_factor import roles_with_second_factor
from omsorg.federation.views.frame import asked, taken
from omsorg.federation.views.keeping_organisations import read_or_send
from omsorg.federation.views.people import crumbs, keeper
from omsorg.federation.words import days_of_mandate, role_title
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal


def _back(shown: Person) -> HttpResponse:
    return redirect("federation:person", shown.code)


@read_or_send
def person_invite(request: HttpRequest) -> HttpResponse:
    acting = keeper(request)
    first = {"organisation": request.GET.get("organisation"), "language": acting.language}
    form = InviteForm(request.POST or None, initial=first, offered=where_kept(acting.units_for(KEEP)))
    if request.method == "POST" and form.is_valid():
        made: list[Person] = []
        told = form.cleaned_data
        if taken(form, lambda: made.append(invite_person(by=acting, at=clock.now(), **told))):
            messages.success(request, __("%(name)s is invited. Now give a role.") % {"name": made[0].name})
            return _back(made[0])
    return asked(
        request,
        form,
        heading=_("Invite a person"),
        lead=_("A letter goes out with a link to choose a password. Until then nobody can sign in."),
        button=_("Invite"),
        crumbs=crumbs(),
    )


@read_or_send
def person_correct(request: HttpRequest, code: str) -> HttpResponse:
    acting = acting_of(request)
    shown = person_for(acting, code)
    now = {"name": shown.name, "email": shown.email, "language": shown.language}
    form = PersonForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if taken(form, lambda: correct_person(person=shown, by=acting, at=clock.now(), **told)):
            messages.success(request, _("It is kept."))
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("Correct %(name)s") % {"name": shown.name},
        button=_("Keep this"),
        crumbs=crumbs(shown),
    )


@read_or_send
def person_move(request: HttpRequest, code: str) -> HttpResponse:
    acting = acting_of(request)
    shown = person_for(acting, code)
    offered = where_kept(acting.units_for(KEEP), but=shown.organisation)
    form = MovePersonForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        if taken(form, lambda: move_person(person=shown, to=to, by=acting, at=clock.now())):
            messages.success(request, _("It is kept. Roles stay as they are: look whether they still fit."))
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("%(name)s belongs elsewhere") % {"name": shown.name},
        lead=__("Belongs to %(organisation)s now.") % {"organisation": shown.organisation.name},
        notice=_("Whoever verifies figures belongs to another organisation than the one verified: this decides it."),
        button=_("Keep this"),
        crumbs=crumbs(shown),
    )


@read_or_send
def person_end(request: HttpRequest, code: str) -> HttpResponse:
    acting = acting_of(request)
    shown = person_for(acting, code)
    form = WhenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.first_day_without(acting.day)
        if taken(form, lambda: end_time(person=shown, on=on, by=acting, at=clock.now())):
            messages.success(request, __("The time of %(name)s ends. This can be taken back.") % {"name": shown.name})
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("End the time of %(name)s") % {"name": shown.name},
        lead=_("Every role ends, the account closes, keys and sessions die. What the person has done stays."),
        button=_("End it"),
        crumbs=crumbs(shown),
        is_grave=True,
    )


@read_or_send
def person_forget(request: HttpRequest, code: str) -> HttpResponse:
    acting = acting_of(request)
    shown = person_for(acting, code)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and taken(form, lambda: forget_name(person=shown, by=acting, at=clock.now())):
        messages.success(request, _("The name and the address are taken out of the house."))
        return _back(shown)
    return asked(
        request,
        form,
        heading=__("Take the name of %(name)s out of the house") % {"name": shown.name},
        lead=_("A number stands in the place of the name, and no address. What the person did stays. For good."),
        button=_("Take the name out"),
        crumbs=crumbs(shown),
        is_grave=True,
    )


@read_or_send
def role_give(request: HttpRequest, code: str) -> HttpResponse:
    acting = acting_of(request)
    shown = person_for(acting, code)
    first = {"from_on": acting.day, "organisation": shown.organisation.code}
    form = RoleForm(request.POST or None, initial=first, offered=where_kept(acting.units_for(KEEP)))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        words: dict[str, Any] = {"role": told["role"], "organisation": told["organisation"], "from_on": told["from_on"]}
        if taken(form, lambda: give_role(person=shown, until=form.until(), by=acting, at=clock.now(), **words)):
            messages.success(request, _("The role is given."))
            if told["role"] in roles_with_second_factor():
                messages.info(request, _("This role asks for a second factor; it is set up at the next sign-in."))
            return _back(shown)
    return asked(
        request,
        form,
        heading=__("Give %(name)s a role") % {"name": shown.name},
        lead=_("What each role lets a person do stands on the page “Roles”."),
        button=_("Give it"),
        crumbs=crumbs(shown),
    )


@read_or_send
def role_end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    acting = acting_of(request)
    shown = person_for(acting, code)
    mandate = Mandate.objects.select_related("organisation").filter(pk=number, person=shown).first()
    if mandate is None or not acting.may(KEEP, mandate.organisation_id):
        raise NothingHere(f"mandate {number}")
    form = WhenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.first_day_without(acting.day)
        if taken(form, lambda: end_role(mandate=mandate, on=on, by=acting, at=clock.now())):
            messages.success(request, _("The role ends. Given by mistake to end? Give it again."))
            return _back(shown)
    told = {"role": role_title(mandate.role), "where": mandate.organisation.name}
    return asked(
        request,
        form,
        heading=__("End a role of %(name)s") % {"name": shown.name},
        lead=__("%(role)s at %(where)s") % told + f" ({days_of_mandate(mandate, acting.day)}).",
        button=_("End it"),
        crumbs=crumbs(shown),
        is_grave=True,
    )


def _done(request: HttpRequest, code: str, act: Any, said: Any) -> HttpResponse:
    """One step on a person that asks nothing: done, or refused in words on the person's page."""
    acting = acting_of(request)
    shown = person_for(acting, code)
    try:
        act(person=shown, by=acting, at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return _back(shown)


@require_POST
def person_invite_again(request: HttpRequest, code: str) -> HttpResponse:
    return _done(request, code, invite_again, _("The invitation is on its way once more."))


@require_POST
def person_take_back_end(request: HttpRequest, code: str) -> HttpResponse:
    return _done(request, code, take_back_end, _("The account opens again. Give the roles anew."))


@require_POST
def person_clear_second_factor(request: HttpRequest, code: str) -> HttpResponse:
    return _done(request, code, clear_second_factor, _("The second factor is taken away, and the person is told."))
