"""Help that is to be looked at again: which, on which day, and its clock. It lives on after closing."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import OuterRef, Subquery

from omsorg.safeguarding.models import FollowUp, Incident, Support
from omsorg.safeguarding.rules.clocks import LAST, Running
from omsorg.safeguarding.rules.codes import Clock


def open_follow_ups(incident_ids: object) -> list[tuple[Support, date]]:
    """Help that is to be looked at again, with the day that was said last. `support.last` is the newest look at it, by
    its key; none before the first."""
    last = FollowUp.objects.filter(support=OuterRef("pk")).order_by("-pk")
    rows = Support.objects.filter(incident__in=incident_ids).select_related("incident")  # type: ignore[misc]
    rows = rows.annotate(last=Subquery(last.values("pk")[:1]), next=Subquery(last.values("next_on")[:1]))
    found = [(each, each.next if each.last else each.follow_up_on) for each in rows.order_by("pk")]
    return [(each, on) for each, on in found if on is not None]


def follow_up_clocks(incidents: Iterable[Incident]) -> dict[int, list[Running]]:
    """The clock of each look at help that is owed: until the end of its day. Each look is written about anew,
    so `of` is another one after each: even numbers are first looks, odd ones follow a look."""
    found: dict[int, list[Running]] = {}
    for support, on in open_follow_ups([each.pk for each in incidents]):
        ends = datetime.combine(min(on, LAST.date()) + timedelta(days=1), time(), UTC)
        last: int | None = getattr(support, "last", None)
        of = 2 * support.pk if last is None else 2 * last + 1
        found.setdefault(support.incident_id, []).append(Running(Clock.FOLLOW_UP, support.at, ends, of=of))
    return found
