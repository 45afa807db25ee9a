"""One's own key ring: made, locked, given another passphrase, found again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as __
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from omsorg.federation.access import Acting
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions.recovery import (
    ask_for_recovery,
    mark_of_recovery,
    take_ring_back,
)
from omsorg.ombuds.actions.rings import (
    change_passphrase,
    lock_ring,
    make_ring,
    mark_of_own_ring,
    mark_of_ring,
)
from omsorg.ombuds.forms.keys import (
    ChangePassphraseForm,
    NewPassphraseForm,
    PassphraseForm,
    TakeBackForm,
)
from omsorg.ombuds.models import Ring
from omsorg.ombuds.pages.words import LEVELS, day
from omsorg.ombuds.queries.rings import IDLE, LONGEST, recoveries, ring_of, seats_given
from omsorg.ombuds.queries.ways_back import WayBack, ways_back
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.refusals import NoRing
from omsorg.ombuds.rules.return_code import ReturnCode
from omsorg.ombuds.rules.spoken_code import say_code
from omsorg.ombuds.views.child.frame import shown
from omsorg.ombuds.views.desk.frame import crumbs, drop_half, ombuds_page


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
            if not made.counts:
                return _pictures(
                    request,
                    mark_of_ring(made),
                    heading=__("Your key ring is made. A colleague must vouch for it now."),
                    lead=__("Read these pictures to the colleague who vouches, face to face or on the phone."),
                )
            messages.success(request, __("Your key ring is made, and the office is founded."))
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
    return ring_form(
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
    if "again" in request.GET:
        asked = None
    form = TakeBackForm(request.POST or None) if asked else NewPassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["passphrase"]
        try:
            if asked:
                take_ring_back(passphrase=chosen, by=acting, at=clock.now())
                messages.success(request, __("Your key ring opens with the new passphrase."))
                return redirect("ombuds:keys")
            made = ask_for_recovery(passphrase=chosen, by=acting, at=clock.now())
            return _pictures(
                request,
                mark_of_recovery(made),
                heading=__("The board has been asked. Meet two of its members, or let them see you."),
                lead=__("Read these pictures to each of the two before they open anything. They are shown this once."),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
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
    again = (__("Ask again: the pictures or the new passphrase are lost"), f"{reverse('ombuds:key-lost')}?again")
    return ring_form(
        request,
        form,
        heading=__("My passphrase is lost"),
        lead=lead,
        beside=again if asked else None,
        send=__("Take my ring back") if asked else __("Ask the board"),
    )


@ombuds_page
@sensitive_variables()
def pictures(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The pictures of one's own ring, from the private key itself: what the database says of it is not shown."""
    form = PassphraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mark = mark_of_own_ring(passphrase=form.cleaned_data["passphrase"], by=acting, at=clock.now())
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            lead = __("Read these pictures to the colleague who vouches, face to face or on the phone.")
            return _pictures(request, mark, heading=__("The pictures of my key ring"), lead=lead)
    return ring_form(
        request,
        form,
        heading=__("The pictures of my key ring"),
        lead=__("They follow from your keys alone. A colleague who vouches for you types what you read out."),
        send=__("Show them"),
    )


def _pictures(request: HttpRequest, mark: ReturnCode, *, heading: str, lead: str) -> HttpResponse:
    language = get_language() or "en"
    return render(
        request,
        "ombuds/pictures.html",
        {
            "crumbs": crumbs((__("Key rings"), reverse("ombuds:keys"))),
            "heading": heading,
            "lead": lead,
            "signs": [shown(sign.thing, language, sign.number) for sign in mark],
            "said": say_code([(sign.thing, sign.number) for sign in mark], language),
        },
    )


def ring_form(
    request: HttpRequest,
    form: object,
    *,
    heading: str,
    lead: str,
    send: str,
    back: str = "",
    danger: bool = False,
    beside: tuple[str, str] | None = None,
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
            "beside": beside,
            "back": back or reverse("ombuds:keys"),
            "childs_words": (),
        },
    )
