"""The alarms of groups: two statements for however many groups are on a page."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from omsorg.savings.models import Group, Posting, Received
from omsorg.savings.models.received import Outcome
from omsorg.savings.queries.groups import not_posted
from omsorg.savings.rules.alarms import LOOKED_BACK, Alarm, Found, Kind, Rhythm, alarms
from omsorg.savings.rules.loans import is_late
from omsorg.savings.rules.state import Loan

OPEN = {Outcome.FORKED: Kind.FORK, Outcome.BROKEN: Kind.BROKEN, Outcome.WAITING: Kind.WAITING}


def alarms_of(groups: Sequence[Group], today: date) -> dict[int, tuple[Alarm, ...]]:
    """By the id of each group, with its `state` at hand; a document with a number that two bear counts once."""
    seen: dict[int, dict[Kind, dict[int | None, date]]] = defaultdict(lambda: defaultdict(dict))
    ids = [group.pk for group in groups]
    open_documents = not_posted(Received.objects.filter(group__in=ids), F("group__state__seq"))
    for group, seq, outcome, at in open_documents.order_by("-at").values_list("group", "seq", "today", "at"):
        seen[group][OPEN[outcome]][seq] = at.date()
    differing = Posting.objects.filter(
        account="difference", group__in=ids, meeting__seq__gt=F("meeting__group__state__seq") - LOOKED_BACK
    )
    for group, seq, held_on in differing.values_list("group", "meeting__seq", "meeting__held_on"):
        seen[group][Kind.DIFFERENCE][seq] = held_on
    return {group.pk: _alarms(group, seen[group.pk], today) for group in groups}


def _alarms(group: Group, seen: Mapping[Kind, Mapping[int | None, date]], today: date) -> tuple[Alarm, ...]:
    found = {kind: Found(len(days), min(days.values())) for kind, days in seen.items()}
    state = json.loads(group.state.state) if group.state.state else {}
    if not state:
        law = json.loads(group.constitution)
        return alarms(found, Rhythm(law["meetings_per_month"], group.at.date(), closed=False), today)
    last = date.fromisoformat(state["held_on"])
    found[Kind.LATE_LOANS] = Found(_late(state["loans"].values(), state["seq"], max(today, last)), last)
    rhythm = Rhythm(state["constitution"]["meetings_per_month"], last, state["closed"])
    return alarms(found, rhythm, today)


def _late(loans: Iterable[Mapping[str, Any]], seq: int, today: date) -> int:
    """How many loans are late: by the meetings that came in, or by the calendar, as the terms of each say."""
    owed = (Loan(**{**each, "amount": 0, "principal": 0, "charge": 0}) for each in loans if each["standing"] == "open")
    return sum(is_late(each, seq, today.isoformat()) for each in owed)
