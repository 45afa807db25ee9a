"""The rings of colleagues: vouched for, retired, and found again by two members of the board."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.federation.access import NothingHere
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import RECOVER, at_the_desk
from omsorg.ombuds.actions.recovery import open_first_half, open_second_half
from omsorg.ombuds.actions.rings import retire_ring, vouch_for
from omsorg.ombuds.checks import what_does_not_hold
from omsorg.ombuds.forms.keys import PicturesForm, SureForm
from omsorg.ombuds.models import Ring
from omsorg.ombuds.pages.words import LEVELS, day
from omsorg.ombuds.queries.rings import highest_level, recoveries, ring_of, rings_in_use
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.marks import Typed
from omsorg.ombuds.rules.refusals import NoRing
from omsorg.ombuds.views.desk.frame import Desk, crumbs, with_open_ring
from omsorg.ombuds.views.desk.keys import ring_form


@with_open_ring
def colleagues(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every ring in use: which wait for somebody to vouch, which are to be retired, and lost ones to open."""
    me = desk.acting.person_id
    with at_the_desk(me):
        rows = rings_in_use(desk.acting.day)
        lost_ones = recoveries(me) if desk.acting.may_anywhere(RECOVER) else []
        is_board = highest_level(me, desk.acting.day) == Level.BOARD
    return render(
        request,
        "ombuds/colleagues.html",
        {
            "crumbs": crumbs((__("Key rings"), reverse("ombuds:keys"))),
            "faults": what_does_not_hold() if is_board else [],
            "rows": [
                {
                    "person": row.person,
                    "name": row.name,
                    "unit": row.unit,
                    "levels": ", ".join(str(LEVELS[level]) for level in row.levels),
                    "made": day(row.made_on),
                    "waits": row.waits,
                    "proposed": ", ".join(str(LEVELS[level]) for level in row.proposed),
                    "is_mine": row.person == me,
                    "cases": row.cases,
                }
                for row in rows
            ],
            "lost": [
                {
                    "number": row.number,
                    "name": row.name,
                    "asked": day(row.asked_on),
                    "first_by": row.first_by,
                    "waits_for_me": row.person != me and not row.i_opened and not row.is_for_owner,
                    "is_opened": row.is_for_owner,
                }
                for row in lost_ones
            ],
        },
    )


def _sure(
    request: HttpRequest,
    act: Callable[[Typed], str],
    *,
    heading: str,
    lead: str,
    send: str,
    sure: str,
    danger: bool = False,
    with_pictures: bool = False,
) -> HttpResponse:
    """A page with one tick, and what is done when it is ticked: `act` returns what to say. `with_pictures`: those that
    somebody reads out are typed as well, and handed to `act`."""
    form = (PicturesForm if with_pictures else SureForm)(request.POST or None, sure=sure)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data.get("pictures", ())))
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("ombuds:colleagues")
    back = reverse("ombuds:colleagues")
    return ring_form(request, form, heading=heading, lead=lead, send=send, back=back, danger=danger)


def _owner(desk: Desk, person: int) -> Ring:
    try:
        return ring_of(person)
    except NoRing:
        raise NothingHere(str(person)) from None


@with_open_ring
def vouch(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Vouch for a colleague's new ring."""
    with at_the_desk(desk.acting.person_id):
        ring = _owner(desk, number)

    def act(mark: Typed) -> str:
        vouch_for(person=number, mark=mark, **desk.hands)
        return __("You have vouched for %(name)s, who hears from now on.") % {"name": ring.shown_name}

    return _sure(
        request,
        act,
        heading=__("Vouch for %(name)s") % {"name": ring.shown_name},
        lead=__(
            "You say that this ring was made by %(name)s and by nobody else. Ask face to face, or on a phone whose"
            " voice you know. Whoever made it reads what children tell. You confirm as well"
            " at which level, and for which countries, she or he hears: the office decides on that, not the house."
        )
        % {"name": ring.shown_name},
        send=__("I vouch for it"),
        sure=__("I have asked %(name)s in person") % {"name": ring.shown_name},
        with_pictures=ring.vouched_on is None,
    )


@with_open_ring
def retire(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Retire the ring of somebody who leaves, oneself included."""
    with at_the_desk(desk.acting.person_id):
        ring = _owner(desk, number)

    def act(_mark: Typed) -> str:
        count = retire_ring(person=number, **desk.hands)
        said = ngettext("%(count)s key was taken from it.", "%(count)s keys were taken from it.", count)
        return f"{__('The ring is retired.')} {said % {'count': count}}"

    return _sure(
        request,
        act,
        heading=__("Retire the ring of %(name)s") % {"name": ring.shown_name},
        lead=__(
            "The keys of all cases are taken from it. Cases that nobody else works go up a level."
            " What somebody has read cannot be taken back, and a retired ring stays retired."
        ),
        send=__("Retire it"),
        sure=__("%(name)s hears no longer") % {"name": ring.shown_name},
        danger=True,
    )


@with_open_ring
def open_half(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """One half of the way back to a lost ring, opened by a member of the board."""
    with at_the_desk(desk.acting.person_id):
        row = next((row for row in recoveries(desk.acting.person_id) if row.number == number), None)
    if row is None or not desk.acting.may_anywhere(RECOVER):
        raise NothingHere(str(number))

    def act(mark: Typed) -> str:
        if row.first_by:
            open_second_half(recovery=number, mark=mark, **desk.hands)
            return __("The way is open. %(name)s takes the ring back with the new passphrase.") % {"name": row.name}
        open_first_half(recovery=number, mark=mark, **desk.hands)
        return __("The first half is open. Another member of the board opens the second.")

    return _sure(
        request,
        act,
        heading=__("Open the way back for %(name)s") % {"name": row.name},
        lead=__(
            "Make sure, face to face, that it is %(name)s who asks. Two members of the board do this, each by"
            " themselves; it is on record for good."
        )
        % {"name": row.name},
        send=__("Open my half"),
        sure=__("I have seen %(name)s") % {"name": row.name},
        with_pictures=True,
    )
