"""Taking down what was said elsewhere: at the desk, or on the way without a network and sent later."""

import hashlib
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import Acting, NothingHere
from omsorg.kernel import clock
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import at_the_desk, case_for
from omsorg.ombuds.actions.cases import take_down_words
from omsorg.ombuds.actions.submissions import submit
from omsorg.ombuds.forms.take_down import ExcludedForm, SaidElsewhereForm
from omsorg.ombuds.pages.words import OWN_NAMES, language_now, short
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.queries.desk import my_cases
from omsorg.ombuds.queries.reachable import hearers
from omsorg.ombuds.rules.refusals import NoSuchCase
from omsorg.ombuds.views.child.frame import countries
from omsorg.ombuds.views.child.writing import new_token, not_for, token_bytes
from omsorg.ombuds.views.desk.code import code_page
from omsorg.ombuds.views.desk.frame import Desk, crumbs, ombuds_page, with_open_ring

FEWEST_SIGNS = 4


def _form(data: Any = None) -> SaidElsewhereForm:
    return SaidElsewhereForm(
        data,
        languages=list(OWN_NAMES.items()),
        countries=countries(language_now(), settings.ENVIRONMENT.ombuds_emergency_numbers),
        initial={"form": new_token, "on": clock.today, "language": language_now},
    )


@with_open_ring
def take_down(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One form for what came by phone, message, paper or face to face; the answer carries the child's code.

    What was kept on the way fills this form as well, with its own number: sent twice, it is kept once.
    """
    me, today = desk.acting.person_id, desk.at.date()
    sent = request.POST.copy() if request.method == "POST" else None
    is_ours = sent is None or token_bytes(sent.get("form", "")) is not None
    if sent is not None and not is_ours:
        sent["form"] = new_token()
    with at_the_desk(me):
        people = {hearer.ring: hearer.shown_name for hearer in hearers(today, example=desk.acting.is_example)}
        mine = {row.country for row in my_cases(me, at=desk.at)} if sent is None else set()
    form = _form(sent)
    if len(mine) == 1:
        form.initial["country"] = next(iter(mine))
        form.initial["on"] = day_at(form.initial["country"], desk.at)
    shut_out = ExcludedForm(sent, people=sorted(people.items(), key=lambda pair: pair[1]))
    if not is_ours:
        form.add_error(None, __("This form is none of ours. Nothing is kept yet: read it over, and send it again."))
    if sent is not None and form.is_valid() and shut_out.is_valid():
        try:
            return _kept(request, desk, form.cleaned_data, shut_out.cleaned_data["excluded"])
        except Refusal as refused:
            form.add_error(None, str(refused))
    return render(
        request, "ombuds/take_down.html", {"crumbs": crumbs(), "form": form, "shut_out": shut_out, "on_the_way": False}
    )


def _kept(request: HttpRequest, desk: Desk, given: dict[str, Any], excluded: list[int]) -> HttpResponse:
    token = token_bytes(given["form"]) or b""
    wants = "\n".join(filter(None, (given["wants"].strip(), str(not_for(given["names"].strip())))))
    number = hashlib.sha256(given["form"].encode()).hexdigest()[:16]
    if given["case"].strip():
        code = _case_called(desk, given["case"])
        record = int.from_bytes(hashlib.sha256(token + code.encode()).digest()[:7]) + 1
        take_down_words(
            case=code,
            message=given["message"],
            language=given["language"],
            record=record,
            on=given["on"],
            wants=wants,
            excluded=excluded,
            unit=given["unit"],
            channel=given["channel"],
            **desk.hands,
        )
        return render(
            request,
            "ombuds/kept.html",
            {"crumbs": crumbs(), "code": code, "short": short(code), "form_number": number},
        )
    done = submit(
        token=token,
        message=given["message"],
        language=given["language"],
        country=given["country"],
        channel=given["channel"],
        excluded=excluded,
        wants=wants,
        unit=given["unit"],
        by=desk.acting,
        said_on=given["on"],
        at=desk.at,
    )
    heading = (
        __("We have this already. Here is the code again.") if done.already else __("Kept. This is the child's code.")
    )
    code = done.case_id if _holds(desk, done.case_id) else ""
    return code_page(
        request, done.code, given["language"], done.promise_on, code=code, heading=heading, form_number=number
    )


def _case_called(desk: Desk, sought: str) -> str:
    """The one case on the desk whose code begins so."""
    signs = sought.strip().lower()
    with at_the_desk(desk.acting.person_id):
        rows = my_cases(desk.acting.person_id, at=desk.at)
    found = [row.code for row in rows if row.code.startswith(signs)]
    if len(signs) < FEWEST_SIGNS or len(found) != 1:
        raise NoSuchCase
    return found[0]


def _holds(desk: Desk, code: str) -> bool:
    try:
        with at_the_desk(desk.acting.person_id):
            case_for(desk.acting, desk.ring, code)
    except NothingHere:
        return False
    return True


@ombuds_page
def travelling(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The same form, for where there is no network: it stays in the browser, locked with a word of its own.

    Nothing is sent from here and nothing of a case stands in it, so it needs no open ring.
    """
    return render(
        request,
        "ombuds/travelling.html",
        {"form": _form(), "send_url": reverse("ombuds:take-down"), "on_the_way": True},
    )


@ombuds_page
def worker(request: HttpRequest, acting: Acting) -> HttpResponse:
    """The script by which a browser opens the page for the way without a network. It says nothing of anybody."""
    return render(request, "ombuds/worker.js", content_type="text/javascript")
