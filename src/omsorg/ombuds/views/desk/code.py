"""A return code as the ombudsperson sees it, once: large, to be read aloud, copied by hand, or printed."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from omsorg.ombuds.pages.words import day, language_now, short
from omsorg.ombuds.rules.return_code import ReturnCode
from omsorg.ombuds.rules.spoken_code import say_code
from omsorg.ombuds.rules.things import LANGUAGES
from omsorg.ombuds.views.child.frame import shown
from omsorg.ombuds.views.desk.frame import crumbs


def code_page(
    request: HttpRequest,
    given: ReturnCode,
    language: str,
    promise_on: date | None,
    *,
    code: str,
    heading: str,
    form_number: str = "",
) -> HttpResponse:
    """The page with a child's code. It stands in the answer itself, never in an address, and is never shown again.

    `code`: the case it opens, where its reader holds the key. `form_number` tells a device that what it kept is here.
    """
    signs = [(sign.thing, sign.number) for sign in given]
    childs = language if language in LANGUAGES else language_now()
    said = [(childs, say_code(signs, childs))]
    if childs != language_now():
        said.append((language_now(), say_code(signs, language_now())))
    return render(
        request,
        "ombuds/code.html",
        {
            "heading": heading,
            "crumbs": crumbs(),
            "signs": [shown(thing, childs, number) for thing, number in signs],
            "language": childs,
            "said": said,
            "promised": day(promise_on),
            "code": code,
            "short": short(code),
            "form_number": form_number,
        },
    )
