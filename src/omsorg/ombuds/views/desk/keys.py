"""One's own key ring: made, locked, given another passphrase, found again; and the rings of colleagues."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from omsorg.federation.access import Acting, NothingHere
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import RECOVER, at_the_desk
from omsorg.ombuds.actions.recovery import ask_for_recovery, open_first_half, open_second_half, take_ring_back
from omsorg.ombuds.actions.rings import change_passphrase, lock_ring, make_ring, retire_ring, vouch_for
from omsorg.ombuds.checks import what_does_not_hold
from omsorg.ombuds.forms.keys import ChangePassphraseForm, NewPassphraseForm, SureForm, TakeBackForm
from omsorg.ombuds.models import Ring
from omsorg.ombuds.pages.words import LEVELS, day
from omsorg.ombuds.queries.rings import IDLE, LONGEST, highest_level, recoveries, ring_of, rings_in_use, seats_given
from omsorg.ombuds.queries.ways_back import WayBack, ways_back
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.refusals import NoRing
from omsorg.ombuds.views.desk.frame import Desk, crumbs, drop_half, ombuds_page, with_open_ring


def _ring(acting: Acting) -> Ring | None:
    try:
        return ring_of(acting.person_id)
    except NoRing:
        return None


@ombuds_page
def keys(request: HttpRequest, acting: Acting) -> HttpResponse:
    """How it stands with one's own ring; who has none makes it here."""
    with at_the_desk(acting.person_id):
        ring = _ring(acting)
        way = ways_back([ring], acting.day)[ring.pk] if ring and ring.counts else WayBack.OPEN
        asked = next((row for row in recoveries(acting.person_id) if row.person == acting.person_id), None)
        given = seats_given(acting.person_id, acting.day)
        level = max((Level(seat.level) for seat in given), key=lambda level: level.rank, default=None)
    form = NewPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_ring(passphrase=form.cleaned_data["passphrase"], by=acting, at=clock.now())
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            if made.counts:
                messages.success(request, __("Your key ring is made, and the office is founded."))
            else:
                messages.success(request, __("Your key ring is made. A colleague must vouch for it now."))
            return redirect("ombuds:keys")
    return render(
        request,
        "ombuds/keys.html",
        {
            "crumbs": crumbs(),
            "ring": ring,
            "counts": ring.counts if ring else False,
            "is_of_earlier_board": way is WayBack.OF_AN_EARLIER_BOARD,
            "is_nobody_to_open": way is WayBack.NOBODY_TO_OPEN,
            "made_on": day(ring.made_on) if ring else "",
            "level": LEVELS[level] if level else "",
            "asked": asked,
            "idle": int(IDLE.total_seconds() // 60),
            "longest": int(LONGEST.total_seconds() // 3600),
            "form": form,
        },
    )


@require_POST
@ombuds_page
def lock(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Lock the ring now, everywhere it was opened."""
    lock_ring(by=acting, at=clock.now())
    messages.success(request, __("Your key ring is locked, here and everywhere else."))
    response = redirect("ombuds:keys")
    drop_half(response)
    return response


@ombuds_page
@sensitive_variables()
def passphrase(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Another passphrase for one's ring."""
    form = ChangePassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_passphrase(old=given["old"], new=given["passphrase"], by=acting, at=clock.now())
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, __("From now on your key ring opens with the new passphrase."))
            return redirect("ombuds:keys")
    return _form(
        request,
        form,
        heading=__("Another passphrase"),
        lead=__("No case is touched. Wherever your ring stands open, it is locked."),
        send=__("Change it"),
    )


@ombuds_page
@sensitive_variables()
def lost(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The passphrase is lost: ask the board, and take the ring back once two of its members have opened the way."""
    with at_the_desk(acting.person_id):
        asked = next((row for row in recoveries(acting.person_id) if row.person == acting.person_id), None)
    form = TakeBackForm(request.POST or None) if asked else NewPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["passphrase"]
        try:
            if asked:
                take_ring_back(passphrase=chosen, by=acting, at=clock.now())
                messages.success(request, __("Your key ring opens with the new passphrase."))
            else:
                ask_for_recovery(passphrase=chosen, by=acting, at=clock.now())
                messages.success(request, __("The board has been asked. Meet two of its members, or let them see you."))
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("ombuds:keys" if asked else "ombuds:key-lost")
    lead = __(
        "Two members of the board open the way back together; neither of them ever holds your ring."
        " Choose the new passphrase now. Only you know it."
    )
    if asked:
        lead = (
            __("Two members of the board have opened it. Give the passphrase you chose.")
            if asked.is_for_owner
            else __("The board has been asked. Two of its members have to open it before you can go on.")
        )
    return _form(
        request,
        form,
        heading=__("My passphrase is lost"),
        lead=lead,
        send=__("Take my ring back") if asked else __("Ask the board"),
    )


def _form(
    request: HttpRequest, form: object, *, heading: str, lead: str, send: str, back: str = "", danger: bool = False
) -> HttpResponse:
    way = crumbs((__("Key rings"), reverse("ombuds:keys")))
    return render(
        request,
        "ombuds/form.html",
        {
            "heading": heading,
            "lead": lead,
            "crumbs": way,
            "form": form,
            "send": send,
            "danger": danger,
            "back": back or reverse("ombuds:keys"),
            "childs_words": (),
        },
    )


# ---- colleagues ------------------------------------------------------------------------------------------------


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
    act: Callable[[], str],
    *,
    heading: str,
    lead: str,
    send: str,
    sure: str,
    danger: bool = False,
) -> HttpResponse:
    """A page with one tick, and what is done when it is ticked: `act` returns what to say."""
    form = SureForm(request.POST or None, sure=sure)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act())
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("ombuds:colleagues")
    back = reverse("ombuds:colleagues")
    return _form(request, form, heading=heading, lead=lead, send=send, back=back, danger=danger)


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

    def act() -> str:
        vouch_for(person=number, **desk.hands)
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
    )


@with_open_ring
def retire(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    """Retire the ring of somebody who leaves, oneself included."""
    with at_the_desk(desk.acting.person_id):
        ring = _owner(desk, number)

    def act() -> str:
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

    def act() -> str:
        if row.first_by:
            open_second_half(recovery=number, **desk.hands)
            return __("The way is open. %(name)s takes the ring back with the new passphrase.") % {"name": row.name}
        open_first_half(recovery=number, **desk.hands)
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
    )
