"""A case: all of it on one page, one page for each act on it, its files, and a new code for the child."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import CaseInHand, at_the_desk, case_for
from omsorg.ombuds.actions.colleagues import is_shut_out
from omsorg.ombuds.actions.handing_over import clocks_of_handovers
from omsorg.ombuds.actions.levels import promised_by
from omsorg.ombuds.actions.new_codes import give_new_code
from omsorg.ombuds.forms.cases import Around, NewCodeForm
from omsorg.ombuds.neighbours import Clock
from omsorg.ombuds.pages.case import case_view, disclosure_view, offered
from omsorg.ombuds.pages.words import short
from omsorg.ombuds.queries.attached import content_of
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.queries.desk import CaseFile, case_file, own_label
from omsorg.ombuds.queries.rings import names_by_person, rings_in_use
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.refusals import NoDeskThere, WrittenMeanwhile
from omsorg.ombuds.views.desk.acts import ACTS
from omsorg.ombuds.views.desk.code import code_page
from omsorg.ombuds.views.desk.frame import Desk, crumbs, with_open_ring


def _clocks(hand: CaseInHand, file: CaseFile) -> dict[str, tuple[Clock, ...]]:
    if not file.copies:
        return {}
    try:
        return clocks_of_handovers(hand)
    except NoDeskThere:
        return {}


@with_open_ring
def case(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """All that lies in a case, for whoever holds its key."""
    with at_the_desk(desk.acting.person_id):
        hand = case_for(desk.acting, desk.ring, code)
        file = case_file(hand)
        clocks, names, label = _clocks(hand, file), names_by_person(), own_label(hand, desk.ring)
    view = case_view(
        file, names, clocks, label=label, me=desk.acting.person_id, today=day_at(file.case.country, desk.at)
    )
    return render(request, "ombuds/case.html", {"crumbs": crumbs(), **view})


def _around(desk: Desk, code: str) -> Around:
    me = desk.acting.person_id
    with at_the_desk(me):
        hand = case_for(desk.acting, desk.ring, code)
        file, label = case_file(hand), own_label(hand, desk.ring)
        able = [row for row in rings_in_use(desk.at.date()) if row.counts and row.person != me]
        colleagues = tuple((row.person, row.name) for row in able if not is_shut_out(hand, row.person))
    today = day_at(hand.case.country, desk.at)
    promise_on = promised_by(Level(hand.case.level), hand.case.country, desk.at)
    return Around(file, me, today, promise_on, colleagues, label)


@with_open_ring
def act(request: HttpRequest, desk: Desk, code: str, verb: str) -> HttpResponse:
    """One act on a case: asked on a page of its own, done, and back to the case."""
    chosen = ACTS.get(verb)
    around = _around(desk, code)
    if chosen is None or verb not in offered(around.file, desk.acting.person_id, around.today):
        raise NothingHere(verb)
    form = chosen.form(request.POST if request.method == "POST" else None, around=around)
    if request.method == "POST" and form.is_valid():
        try:
            said = chosen.do(code, form.cleaned_data, desk.hands)
        except WrittenMeanwhile as refused:
            around = _around(desk, code)
            form.show_anew(around)
            form.add_error(None, str(refused))
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said if isinstance(said, str) else str(chosen.said))
            return redirect(_next(desk, code, chosen.then))
    mine = [message.text for message in around.file.told.messages if message.is_mine and not message.is_misplaced]
    return render(
        request,
        "ombuds/form.html",
        {
            "heading": chosen.heading,
            "lead": chosen.lead,
            "crumbs": crumbs((short(code), reverse("ombuds:case", args=[code]))),
            "form": form,
            "send": chosen.send,
            "danger": chosen.danger,
            "back": reverse("ombuds:case", args=[code]),
            "childs_words": mine if chosen.shows else mine[-1:] if chosen.shows_childs_words else (),
            "proposed": _proposed(desk, around, chosen.shows),
        },
    )


def _proposed(desk: Desk, around: Around, standing: str) -> list[dict[str, object]]:
    """The proposals of one standing, as the case shows them."""
    if not standing:
        return []
    with at_the_desk(desk.acting.person_id):
        names = names_by_person()
    return [disclosure_view(one, names) for one in around.file.disclosures if one.standing == standing]


def _next(desk: Desk, code: str, verb: str) -> str:
    """To the act that is to be done now, or back."""
    if verb:
        around = _around(desk, code)
        waits = any(one.is_not_with_the_desk for one in around.file.disclosures)
        if waits and verb in offered(around.file, desk.acting.person_id, around.today):
            return reverse("ombuds:act", args=[code, verb])
    return _back(desk, code)


def _back(desk: Desk, code: str) -> str:
    """To the case, or to the desk where its key is gone now."""
    try:
        with at_the_desk(desk.acting.person_id):
            case_for(desk.acting, desk.ring, code)
    except NothingHere:
        return reverse("ombuds:desk")
    return reverse("ombuds:case", args=[code])


@with_open_ring
def new_code(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """A new code for a child that lost it, shown once."""
    around = _around(desk, code)
    form = NewCodeForm(request.POST if request.method == "POST" else None, around=around)
    way = crumbs((short(code), reverse("ombuds:case", args=[code])))
    if request.method == "POST" and form.is_valid():
        try:
            given = give_new_code(case=code, how_known=form.cleaned_data["how_known"], **desk.hands)
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            case = around.file.case
            return code_page(request, given, case.language, case.promise_on, code=code, heading=__("The new code"))
    return render(
        request,
        "ombuds/form.html",
        {
            "heading": __("Give the child a new code"),
            "lead": __(
                "Face to face only. The old code opens nothing from then on, and says that it was changed. The new one"
                " is shown once; what comes with it is marked until the child confirms it."
            ),
            "crumbs": way,
            "form": form,
            "send": __("Make the new code"),
            "danger": False,
            "back": reverse("ombuds:case", args=[code]),
            "childs_words": (),
            "proposed": (),
        },
    )


@with_open_ring
def file(request: HttpRequest, desk: Desk, code: str, number: int) -> HttpResponse:
    """A file of a case: handed out to be kept, never shown by us."""
    with at_the_desk(desk.acting.person_id):
        hand = case_for(desk.acting, desk.ring, code)
        named = next((one for one in case_file(hand).files if one.number == number), None)
        content = content_of(hand, number) if named else None
    if named is None or content is None:
        raise NothingHere(str(number))
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{short(code)}-{named.name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
