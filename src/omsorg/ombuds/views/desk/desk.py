"""The desk: the cases that wait, what is promised first."""

import re

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.pages.desk import CHOICES, counts_of, line_of, narrowed
from omsorg.ombuds.pages.words import day
from omsorg.ombuds.queries.advising import advice_waiting
from omsorg.ombuds.queries.desk import my_cases
from omsorg.ombuds.queries.rings import ring_of
from omsorg.ombuds.views.desk.frame import Desk, with_open_ring

ON_A_PAGE = 40
_SIGNS = re.compile(r"[^0-9a-f]")


@with_open_ring
def desk(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The cases whose keys one holds; narrowed by what waits, or found by the first signs of the code."""
    today = desk.at.date()
    show = request.GET.get("show", "")
    show = show if show in {choice.code for choice in CHOICES} else "open"
    sought = _SIGNS.sub("", request.GET.get("case", "").lower())[:16]
    with at_the_desk(desk.acting.person_id):
        rows = my_cases(desk.acting.person_id, today=today)
        advice = advice_waiting(today)
        counts = ring_of(desk.acting.person_id).counts
    page = Paginator(narrowed(rows, show, sought, today), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "ombuds/desk.html",
        {
            "counts": counts,
            "choices": counts_of(rows, today, "" if sought else show),
            "sought": sought,
            "page_of_cases": page,
            "query": f"&case={sought}" if sought else f"&show={show}",
            "rows": [line_of(row, today) for row in page],
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
