"""One document of a group as it was received, what stands of it today, and what it posted."""

import json
from dataclasses import dataclass
from typing import Any

from omsorg.savings.models import Group, LaterOutcome, Posting, Received, Transaction
from omsorg.savings.models.received import Outcome

MOST_NOT_GENUINE = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a received document, the newest word of it; `facts` is JSON text."""

    outcome: str
    rule: str
    line: int | None
    facts: str


def received_of(group: Group, mark: str) -> Received | None:
    """The envelope of this mark; None where the group has none such."""
    return Received.objects.select_related("by").filter(group=group, mark=mark).first()


def standing_of(kept: Received) -> Standing:
    said = LaterOutcome.objects.filter(received=kept).order_by("-pk").first() or kept
    return Standing(said.outcome, said.rule, said.line, said.facts)


def lines_of(kept: Received) -> list[dict[str, Any]]:
    """The lines of a genuine document that can be read as lines: what its members signed may break every rule."""
    return lines_in(kept.document) if kept.genuine else []


def lines_in(document: str) -> list[dict[str, Any]]:
    """The same of the text of a genuine document."""
    lines = json.loads(document).get("lines")
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []


def posted_by(kept: Received) -> list[tuple[int, str, str, int]]:
    """(line, kind, account, amount) of each posting, in their order; none where nothing is posted."""
    of = {each.number: each for each in Transaction.objects.filter(meeting_id=kept.pk)}
    postings = Posting.objects.filter(meeting_id=kept.pk).order_by("place")
    return [(of[each.number].line, of[each.number].kind, each.account, int(each.amount)) for each in postings]


def not_genuine(group: Group) -> list[Received]:
    """The newest of what came in the group's name and was not vouched for by three of its keys."""
    found = Received.objects.filter(group=group, outcome=Outcome.REFUSED, genuine=False)
    return list(found.order_by("-pk")[:MOST_NOT_GENUINE])
