"""What links two promises is dated like them: it holds from a day on, or no longer, and what was said before stays."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from omsorg.plans.actions.released import keep_to_reports
from omsorg.plans.models import ActionRecommendation, IndicatorAction
from omsorg.plans.rules.promises import check_days
from omsorg.plans.rules.revisions import NothingChanged, RevisionWithoutReason

Link = TypeVar("Link", ActionRecommendation, IndicatorAction)


def keep_link(link: Link, *, said: QuerySet[Link], stand_from: Callable[[], date], plan_id: int) -> Link:
    """Keep what is newly said of a link, after all that was `said` of it; the caller holds one end meanwhile.

    `stand_from`: the first day on which both ends are there. Refused without a reason, where it is said already, and
    with force on a day that a released report has told of.
    """
    if not link.reason.strip():
        raise RevisionWithoutReason
    last = said.order_by("-number").first()
    if link.holds == (last is not None and last.holds):
        raise NothingChanged
    check_days(link.in_force_on, last_in_force_on=last.in_force_on if last else stand_from(), today=link.at.date())
    keep_to_reports(plan_id, link.in_force_on)
    link.number = (last.number if last else 0) + 1
    link.reason = link.reason.strip()
    link.save(force_insert=True)
    return link
