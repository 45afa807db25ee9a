"""The promises as they stood on any day: open to everybody, since every revision is public."""

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.kernel import clock
from omsorg.plans.access import public_plan
from omsorg.plans.pages.plan_on import plan_on_view
from omsorg.plans.pages.words import day as written_day
from omsorg.plans.pages.words import plain, told
from omsorg.plans.queries.promises import plan_in_public
from omsorg.plans.queries.published import newest_revisions
from omsorg.plans.views.frame import Link

CHANGES_ON_ONE_PAGE = 30


class DayForm(forms.Form):
    """Which day the reader asks for."""

    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def plan_on(request: HttpRequest, plan: str) -> HttpResponse:
    """Every action and indicator with the wording, dates and activity of one day, and what is different today.

    Of a day on which there was no plan yet, or that has not come yet, the page says so and shows the nearest.
    """
    found = public_plan(plan)
    today = clock.today()
    form = DayForm(request.GET or None, initial={"day": today})
    asked = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    day = min(max(asked or today, found.adopted_on), today)
    address = reverse("plans:public-plan-on", args=[found.code])
    few = settings.ENVIRONMENT.small_cell
    then = plan_in_public(found, day, smallest_shown=few)
    now = then if day == today else plan_in_public(found, today, smallest_shown=few)
    listed = Paginator(newest_revisions(found), CHANGES_ON_ONE_PAGE).get_page(request.GET.get("page"))
    view = plan_on_view(then, now, list(listed), address)
    return render(
        request,
        "plans/plan_on.html",
        {
            "plan": found,
            "title": told(then.terms.title),
            "day": written_day(day),
            "is_today": day == today,
            "asked": written_day(asked) if asked and asked != day else "",
            "is_too_early": asked is not None and asked < found.adopted_on,
            "adopted": written_day(found.adopted_on),
            "adopted_url": f"{address}?day={found.adopted_on.isoformat()}",
            "today_url": address,
            "form": form,
            "view": view,
            "listed": listed,
            "query": f"&day={day.isoformat()}#every-change" if day != today else "#every-change",
            "history_url": reverse("plans:public-history", args=[found.code, "plan", found.code]),
            "crumbs": (
                Link(__("Promises"), reverse("plans:promises")),
                Link(plain(found.title), reverse("plans:public-plan", args=[found.code])),
            ),
        },
    )
