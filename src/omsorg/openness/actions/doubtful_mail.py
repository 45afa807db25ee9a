"""E-mail of which nobody knows whether it arrived: whoever tells those people decides, never the house by itself."""

from datetime import datetime

from django.db import transaction

from omsorg.federation.access import Acting, require_answering
from omsorg.federation.letters import Decision
from omsorg.kernel import letters
from omsorg.kernel.letters import LetterMovedOn
from omsorg.openness.access import TELL
from omsorg.openness.actions.telling import TextMayNotLeave
from omsorg.openness.models import Notice, Proof, Reply
from omsorg.openness.queries.mail import mail_in_trouble, may_leave, name_of_answer, name_of_notice
from omsorg.openness.rules import telling


@transaction.atomic
def decide_on_notice(*, notice: Notice, decision: Decision, by: Acting, at: datetime) -> None:
    """Send an e-mail in doubt again, or say that it arrived: then that is its proof, by this person, on this day.

    Refused with LetterMovedOn where somebody else has decided already; what may not leave is not sent again.
    """
    require_answering(by, TELL, notice.round.publication.organisation_id)
    if decision is Decision.SEND_AGAIN and not may_leave(notice.round):
        raise TextMayNotLeave
    _decide(name_of_notice(notice.pk), decision, by, at)
    if decision is Decision.IT_ARRIVED:
        Proof.objects.create(notice=notice, proof=telling.Proof.SENT, on=at.date(), by_id=by.person_id, at=at)


@transaction.atomic
def decide_on_answer(*, reply: Reply, decision: Decision, by: Acting, at: datetime) -> None:
    """The same for the answer to what somebody wrote back."""
    require_answering(by, TELL, reply.organisation_id)
    _decide(name_of_answer(reply.pk), decision, by, at)


def _decide(name: str, decision: Decision, by: Acting, at: datetime) -> None:
    letter = mail_in_trouble([name]).get(name)
    if letter is None:
        raise LetterMovedOn
    decide = letters.send_again if decision is Decision.SEND_AGAIN else letters.it_arrived
    decide(letter.pk, by=by.person_id, at=at)
