"""The desk: the cases that wait, what is promised first."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.forms.desk import NarrowForm
from omsorg.ombuds.pages.desk import CHOICES, counts_of, line_of, narrowed
from omsorg.ombuds.pages.words import day
from omsorg.ombuds.queries.advising import advice_waiting
from omsorg.ombuds.queries.desk import my_cases
from omsorg.ombuds.queries.rings import ring_of
from omsorg.ombuds.views.desk.frame import Desk, with_open_ring

ON_A_PAGE = 25


@with_open_ring
def desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The cases whose keys one holds; narrowed by what waits and by what they are, or found by one's own word."""
    today = desk.at.date()
    show = request.GET.get("show", "")
    show = show if show in {choice.code for choice in CHOICES} else "open"
    with at_the_desk(desk.acting.person_id):
        rows = my_cases(desk.acting.person_id, at=desk.at, ring=desk.ring)
        advice = advice_waiting(today)
        counts = ring_of(desk.acting.person_id).counts
    form = NarrowForm(request.GET, rows=rows)
    asked = form.narrowed(rows)
    page = Paginator(asked if form.sought else narrowed(asked, show), ON_A_PAGE).get_page(request.GET.get("page"))
    which = {"case": form.sought} if form.sought else {"show": show}
    return render(
        request,
        "ombuds/desk.html",
        {
            "counts": counts,
            "choices": counts_of(asked, "" if form.sought else show, form.kept),
            "form": form,
            "is_narrowed": bool(form.sought or form.kept),
            "page_of_cases": page,
            "query": f"&{urlencode(which | form.kept)}",
            "rows": [line_of(row) for row in page],
            "has_any": bool(rows),
            "advice": [
                {
                    "code": each.code,
                    "organisation": each.organisation,
                    "due": day(each.answer_due_on),
                    "is_late": each.answer_due_on < today,
                }
                for each in advice
            ],
        },
    )
