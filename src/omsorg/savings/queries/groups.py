"""Groups as those who accompany them look at them: which there are, when each was heard of, what needs a look."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from omsorg.federation.access import Acting
from omsorg.savings.access import ACCOMPANY, FIGURES
from omsorg.savings.models import Balance, Group, LaterOutcome, Meeting, Received
from omsorg.savings.models.received import Outcome
from omsorg.savings.queries.ledger import chain_of
from omsorg.savings.rules.chain import first_break

FUNDS = ("loan", "social", "project")


def groups_visible_to(acting: Acting) -> QuerySet[Group]:
    """Groups of the units this person accompanies; where only figures are read, those that agreed.

    Each with `held_on` of its last posted meeting, `received_at` of the last that came in whole, and `needs_look`.
    """
    seen = Q(unit_id__in=acting.units_for(ACCOMPANY)) | Q(unit_id__in=acting.units_for(FIGURES), figures_opened=True)
    last = Meeting.objects.filter(group=OuterRef("pk"), seq=OuterRef("state__seq"))
    came = Received.objects.filter(group=OuterRef("pk"), genuine=True).order_by().values("group")
    return (
        Group.objects.filter(seen)
        .select_related("unit", "state")
        .annotate(
            held_on=Subquery(last.values("held_on")[:1]),
            received_at=Subquery(came.annotate(newest=Max("at")).values("newest")),
            needs_look=Exists(not_posted(Received.objects.filter(group=OuterRef("pk")), OuterRef("state__seq"))),
        )
    )


def not_posted(found: QuerySet[Received], seq: object) -> QuerySet[Any]:
    """What waits, or bears a number that another bears, or broke a rule and was not sealed anew since."""
    later = LaterOutcome.objects.filter(received=OuterRef("pk")).order_by("-pk")
    return (
        found.filter(genuine=True)
        .exclude(outcome=Outcome.POSTED)
        .annotate(
            today=Coalesce(Subquery(later.values("outcome")[:1]), F("outcome")),
        )
        .filter(Q(today__in=(Outcome.WAITING, Outcome.FORKED)) | Q(today=Outcome.BROKEN, seq__gt=seq))
    )


@dataclass(frozen=True, slots=True)
class Open:
    """A document that is not in the ledger today, and the rule that stands in its way; `facts` is JSON text."""

    seq: int | None
    outcome: str
    rule: str
    line: int | None
    facts: str
    at: datetime
    mark: str


def open_documents(group: Group, seq: int) -> list[Open]:
    """What needs a look, in the order of the meetings; `seq` is where the group stands."""
    found = list(not_posted(Received.objects.filter(group=group), seq).order_by("seq", "pk"))
    later = {each.received_id: each for each in LaterOutcome.objects.filter(received__in=found).order_by("pk")}
    return [_open_of(each, later.get(each.pk, each)) for each in found]


def _open_of(kept: Received, said: Received | LaterOutcome) -> Open:
    return Open(kept.seq, said.outcome, said.rule, said.line, said.facts, kept.at, kept.mark)


def broken_at(group: Group) -> int | None:
    """The number of the meeting at which the chain of this group breaks, None where it is whole."""
    return first_break(chain_of(group))


@dataclass(frozen=True, slots=True)
class Funds:
    """What a group has and owes, in minor units: cash and bank of each fund, and what is lent and borrowed."""

    cash: dict[str, int]
    bank: dict[str, int]
    lent: int
    saved: int
    project_asset: int
    borrowed: int


def funds_of(group: Group) -> Funds:
    """From the balances that are kept beside the postings. Liabilities and equity are given as positive amounts."""
    return funds_from((each.account, int(each.amount)) for each in Balance.objects.filter(group=group))


def funds_from(balances: Iterable[tuple[str, int]]) -> Funds:
    """Of (account, amount), debit positive."""
    sums: dict[str, int] = {}
    for account, amount in balances:
        head, _colon, rest = account.partition(":")
        name = account if head in ("cash", "bank") and rest in FUNDS else head
        sums[name] = sums.get(name, 0) + amount
    return Funds(
        cash={fund: sums.get(f"cash:{fund}", 0) for fund in FUNDS},
        bank={fund: sums.get(f"bank:{fund}", 0) for fund in FUNDS},
        lent=sums.get("loan", 0),
        saved=-sums.get("share", 0),
        project_asset=sums.get("project-asset", 0),
        borrowed=-sums.get("external-loan", 0),
    )


def meetings_of(group: Group) -> QuerySet[Meeting]:
    """The posted meetings, the newest first, with the document each was received as."""
    return Meeting.objects.filter(group=group).select_related("received").order_by("-seq")
