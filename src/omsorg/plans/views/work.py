"""My work: what is due for this person, in words, with the way to it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from omsorg.federation.access import NothingHere, acting_of
from omsorg.plans.pages.work import work_view
from omsorg.plans.queries.work import work_of


def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for the person who asks. To somebody without a role here there is no such page."""
    acting = acting_of(request)
    if not acting.may_anywhere("plans.see"):
        raise NothingHere("my work")
    work = work_of(acting, on=acting.day, grace_days=settings.ENVIRONMENT.grace_days)
    return render(request, "plans/my_work.html", {"name": acting.name, "plans": work_view(work, acting)})
