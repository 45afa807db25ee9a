"""What the federation's pages share: a page that asks, and the way a refusal comes back to the one who asked."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language

from omsorg.federation.words import Link
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.sheets import write_csv_in


def taken(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do what the form asks for. A refusal is said above the form, which keeps what was typed."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def asked(
    request: HttpRequest,
    form: forms.Form,
    *,
    heading: str | Promise,
    button: str | Promise,
    crumbs: Sequence[Link],
    lead: str | Promise = "",
    notice: str | Promise = "",
    is_grave: bool = False,
    **more: Any,
) -> HttpResponse:
    """A page with one form on it. `is_grave`: the button warns."""
    told = {"heading": heading, "button": button, "crumbs": crumbs, "lead": lead, "notice": notice}
    context = {"form": form, "is_grave": is_grave, "back": crumbs[-1].url, **told, **more}
    return render(request, "federation/asked.html", context)


def csv_file(name: str, headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table to keep and open in a spreadsheet."""
    response = HttpResponse(
        write_csv_in(get_language() or "en", list(headings), lines), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
