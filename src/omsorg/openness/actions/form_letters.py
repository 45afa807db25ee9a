"""The organisation's own words for telling sponsors and donors: written by one, used once another has agreed."""

from datetime import datetime

from django.db import transaction

from omsorg.federation.access import Acting, NotAllowed, require
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.openness.access import RELEASE, TELL
from omsorg.openness.actions.locks import hold
from omsorg.openness.models import NoticeTemplate, TemplateAgreed
from omsorg.openness.queries.form_letters import waiting_template
from omsorg.openness.rules import telling
from omsorg.openness.rules.deciding import ReasonMissing
from omsorg.openness.rules.telling import Channel, Reading


class AnotherAgrees(Refusal):
    sentence = _("Whoever wrote these words does not agree to them: another who tells or releases does.")


class NothingToAgreeTo(Refusal):
    sentence = _("These words do not wait for anybody any more: they were agreed to, or written anew.")


@transaction.atomic
def write_template(
    *, channel: Channel, language: str, reading: Reading, subject: str, body: str, by: Acting, at: datetime
) -> NoticeTemplate:
    """Write a form letter anew. It is used once another person has agreed to it; until then the one before is.

    Those before stay, so that it can be read what somebody was told with. Invented people write for invented givers.
    """
    for unit in by.seats_for(TELL):
        require(by, TELL, unit)
    if not by.may_anywhere(TELL):
        require(by, TELL, by.organisation_id)
    hold("template", f"{channel} {language} {reading}")
    telling.check_template(body, channel, reading)
    if channel is not Channel.SMS and not subject.strip():
        raise ReasonMissing
    number = NoticeTemplate.objects.filter(channel=channel, language=language, reading=reading).count() + 1
    found = NoticeTemplate.objects.create(
        channel=channel,
        language=language,
        reading=reading,
        number=number,
        subject=subject.strip(),
        body=body,
        by_id=by.person_id,
        at=at,
        is_example=by.is_example,
    )
    _trace("write_template", found, by, at)
    return found


@transaction.atomic
def agree_to_template(
    *, channel: Channel, language: str, reading: Reading, number: int, by: Acting, at: datetime
) -> None:
    """Agree to the newest words of a form letter: from now on they are used. `number`: those that were read.

    Refused to whoever wrote them, and where they do not wait any more.
    """
    if not (by.may_anywhere(TELL) or by.may_anywhere(RELEASE)):
        raise NotAllowed(TELL)
    hold("template", f"{channel} {language} {reading}")
    waiting = waiting_template(channel, language, reading, example=by.is_example)
    if waiting is None or waiting.number != number:
        raise NothingToAgreeTo
    if waiting.by_id == by.person_id:
        raise AnotherAgrees
    TemplateAgreed.objects.create(template=waiting, by_id=by.person_id, at=at)
    _trace("agree_to_template", waiting, by, at)


def _trace(verb: str, template: NoticeTemplate, by: Acting, at: datetime) -> None:
    subject = f"template:{template.channel}-{template.language}-{template.reading}"
    leave_trace(verb, subject, by=by.person_id, at=at, details={"number": template.number})
