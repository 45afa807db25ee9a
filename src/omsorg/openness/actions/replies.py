"""What people write back: taken in, given to somebody, answered in time."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from omsorg.federation.access import Acting, require_answering
from omsorg.federation.models import Person
from omsorg.kernel.letters import write_letter
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.zones import latest_day
from omsorg.openness.access import TELL
from omsorg.openness.actions.locks import hold
from omsorg.openness.actions.traces import trace_case
from omsorg.openness.models import Notice, Publication, Reply, ReplyStep
from omsorg.openness.queries.drafts import may_be_told
from omsorg.openness.queries.mail import name_of_answer
from omsorg.openness.rules.deciding import ReasonMissing
from omsorg.openness.rules.telling import Channel, ProofFromTheFuture, answer_due

ASSIGNED, ANSWERED = "assigned", "answered"
TELLER = "openness_teller"


class CannotAnswer(Refusal):
    sentence = _("This cannot be given to %(name)s.")


class AnsweredAlready(Refusal):
    sentence = _("This is answered already.")


@transaction.atomic
def take_in_reply(
    *,
    publication: Publication,
    reference: str,
    name: str,
    channel: Channel,
    text: str,
    received_on: date,
    by: Acting,
    at: datetime,
) -> Reply:
    """Take in what somebody wrote about a case. A known reference ties it to what they were told.

    The same words from the same person on the same day are one reply, however often they are taken in.
    """
    require_answering(by, TELL, publication.organisation_id)
    if not text.strip():
        raise ReasonMissing
    if received_on > latest_day(at):
        raise ProofFromTheFuture
    hold("replies", publication.pk)
    notice = (
        Notice.objects.filter(round__publication=publication, reference=reference).order_by("-id").first()
        if reference
        else None
    )
    said = {
        "publication": publication,
        "reference": reference.strip(),
        "name": name.strip() or (notice.name if notice else ""),
        "channel": channel,
        "text": text.strip(),
        "received_on": received_on,
    }
    known = Reply.objects.filter(**said).first()
    if known is not None:
        return known
    reply = Reply.objects.create(
        **said,
        organisation_id=publication.organisation_id,
        notice=notice,
        due_on=answer_due(received_on, days=settings.ENVIRONMENT.openness_reply_days),
        by_id=by.person_id,
        at=at,
    )
    _trace("take_in_reply", reply, by, at)
    return reply


@transaction.atomic
def assign_reply(*, reply: Reply, to: Person, by: Acting, at: datetime) -> ReplyStep:
    """Give a reply to somebody to answer, who tells in that branch and may find the case."""
    require_answering(by, TELL, reply.organisation_id)
    if not may_be_told(reply.publication_id, to.pk, TELLER):
        raise CannotAnswer(name=to.name)
    return _step(reply, ASSIGNED, by, at, to=to)


@transaction.atomic
def answer_reply(*, reply: Reply, text: str, by: Acting, at: datetime) -> ReplyStep:
    """Answer a reply: once. Whoever was told by e-mail gets the answer by e-mail; else it is sent as they wrote."""
    require_answering(by, TELL, reply.organisation_id)
    if not text.strip():
        raise ReasonMissing
    step = _step(reply, ANSWERED, by, at, text=text.strip())
    notice = reply.notice
    if notice is not None and notice.channel == Channel.EMAIL and reply.channel == Channel.EMAIL:
        write_letter(
            once=name_of_answer(reply.pk),
            to_address=notice.address,
            to_person=None,
            language=notice.language,
            subject=notice.subject,
            body=text.strip(),
            at=at,
        )
    return step


def _step(reply: Reply, step: str, by: Acting, at: datetime, *, to: Person | None = None, text: str = "") -> ReplyStep:
    hold("reply", reply.pk)
    if reply.steps.filter(step=ANSWERED).exists():
        raise AnsweredAlready
    made = ReplyStep.objects.create(
        reply=reply, number=reply.steps.count() + 1, step=step, to=to, text=text, by_id=by.person_id, at=at
    )
    _trace(f"reply_{step}", reply, by, at)
    return made


def _trace(verb: str, reply: Reply, by: Acting, at: datetime) -> None:
    trace_case(verb, reply.publication, by=by, at=at, subject=f"reply:{reply.pk}")
