"""Those who must be told of what stands in public and have not been reached: whoever tells them is reminded."""

from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.following import people_near
from omsorg.openness.letters import AGAIN_AFTER, write_nobody_tells, write_untold
from omsorg.openness.models import Notice, Proof, Round
from omsorg.openness.queries.drafts import newest_edition, newest_step
from omsorg.openness.queries.mail import may_leave
from omsorg.openness.rules import telling

TELLER = "openness_teller"
ELSE = ("openness_releaser", "housekeeper")


def remind_of_untold(*, days: int, at: datetime) -> int:
    """Write about each public text of which somebody on its list has no proof, or came back: `days` after it stood in
    public, or after its hold was ended, and every week after. Says how many letters were written.

    Whoever tells nearest to the case is written to first; each week one level more above. Where nobody tells, those who
    release are asked to see to it, level by level as well; where nobody does that either, those who give out roles.
    """
    written = 0
    with transaction.atomic(), as_house(day=at.date()):
        last = Proof.objects.filter(notice=OuterRef("pk")).order_by("-pk").values("proof")[:1]
        unreached = Notice.objects.annotate(last=Subquery(last)).filter(Q(last=None) | Q(last=telling.Proof.RETURNED))
        rounds = Round.objects.filter(pk__in=unreached.values("round")).order_by("pk")
        for made in rounds.select_related("publication__organisation", "revision"):
            edition = newest_edition(made.publication)
            if edition is None or edition.revision_id != made.revision_id or not may_leave(made):
                continue
            step = newest_step(made.publication)
            since = max(edition.at, step.at) if step is not None else edition.at
            late = (at.date() - since.date()).days - days
            if late < 0:
                continue
            weeks = late // AGAIN_AFTER
            number = step.number if step is not None else 0
            role, near = _whom_to_remind(made, at)
            write = write_untold if role == TELLER else write_nobody_tells
            written += sum(
                write(made, person, number=number, week=weeks, at=at) for level in near[: 1 + weeks] for person in level
            )
    return written


def _whom_to_remind(made: Round, at: datetime) -> tuple[str, list[list[Person]]]:
    for role in (TELLER, *ELSE):
        near = people_near(made.publication, role, at=at)
        if near:
            return role, near
    return TELLER, []
