"""What stands in public: released by a second person, corrected with what and why, never silently deleted."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from omsorg.federation.access import Acting, require_answering
from omsorg.kernel.later import do_later
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.openness.access import RELEASE
from omsorg.openness.actions.locks import hold
from omsorg.openness.actions.stopping import stop_mail
from omsorg.openness.actions.traces import trace_case
from omsorg.openness.actions.writing import NotWrittenYet
from omsorg.openness.models import Edition, Publication
from omsorg.openness.queries.checking import checked, ready_for
from omsorg.openness.queries.drafts import draft_of, newest_edition, newest_revision, next_instant
from omsorg.openness.queries.proposals import proposal_of
from omsorg.openness.rules.cases import Tell, canonical, fingerprint
from omsorg.openness.rules.deciding import NotReady, NotWhatWasRead, check_what_and_why, what_blocks
from omsorg.openness.rules.redactions import Why


class NothingPublished(Refusal):
    sentence = _("Nothing of this case stands in public.")


class WithdrawnAlready(Refusal):
    sentence = _("The text of this case is withdrawn already.")


class NothingNew(Refusal):
    sentence = _("This very text stands in public already.")


@transaction.atomic
def release_case(
    *, publication: Publication, expected: int, read: str, hides_earlier: bool, by: Acting, at: datetime
) -> Edition:
    """Release to everybody exactly what the releaser has read, or correct with it what stands there.

    `expected` is the number of the text and `read` the fingerprint of the proposal that they had before them: where
    either has moved on it is refused. So is it with everything that stands in the way (`NotReady`). `hides_earlier`
    takes back the text before because it harmed somebody: that it was there stays to be read. Where givers are told
    together with the page, the e-mails to them are asked for in this same transaction.
    """
    require_answering(by, RELEASE, publication.organisation_id)
    hold("case", publication.pk)
    revision, before = newest_revision(publication), newest_edition(publication)
    if revision is None:
        raise NotWrittenYet
    if before is not None and before.revision_id == revision.pk:
        raise NothingNew
    proposal = proposal_of(publication, revision)
    if (proposal.revision, proposal.fingerprint) != (expected, read):
        raise NotWhatWasRead
    found = checked(publication, draft_of(revision), smallest_shown=settings.ENVIRONMENT.small_cell)
    blocks = what_blocks(ready_for(publication, revision, found), releaser=by.person_id)
    if blocks:
        raise NotReady(blocks)
    if before is not None:
        check_what_and_why(proposal.what, proposal.why, [revision.original])
        stop_mail(publication, at=at)
    text = canonical(proposal.document)
    edition = Edition.objects.create(
        publication=publication,
        code=publication.code,
        number=before.number + 1 if before else 1,
        kind=Edition.Kind.CORRECTION if before else Edition.Kind.RELEASE,
        revision=revision,
        document=text,
        fingerprint=fingerprint(text),
        what=dict(proposal.what) if before else {},
        why=dict(proposal.why) if before else {},
        hides_earlier=hides_earlier and before is not None,
        closed_in=revision.closed_in,
        by_id=by.person_id,
        at=next_instant(publication, at),
    )
    if revision.tell == Tell.TOGETHER:
        newest = publication.rounds.order_by("-number").first()
        if newest is not None:
            do_later("openness.send_mail", round=newest.pk)
    _trace(
        "release_case" if before is None else "correct_case",
        edition,
        publication,
        by,
        at,
        {"accepted": [each.finding.key for each in found]},
    )
    return edition


@transaction.atomic
def withdraw_text(*, publication: Publication, because: Why, by: Acting, at: datetime) -> Edition:
    """Take a text that harms somebody out of public, at once and by one person: the class of the reason stands there.

    It is the one thing in public that needs no second person, because a child cannot wait for one; therefore it takes
    no words of theirs. The page, its link and the reason stay; the text can come back as a correction, by two, and
    whatever more there is to say is said with it.
    """
    require_answering(by, RELEASE, publication.organisation_id)
    hold("case", publication.pk)
    before = newest_edition(publication)
    if before is None:
        raise NothingPublished
    if before.kind == Edition.Kind.WITHDRAWAL:
        raise WithdrawnAlready
    edition = Edition.objects.create(
        publication=publication,
        code=publication.code,
        number=before.number + 1,
        kind=Edition.Kind.WITHDRAWAL,
        reason_class=because,
        hides_earlier=True,
        closed_in=before.closed_in,
        by_id=by.person_id,
        at=next_instant(publication, at),
    )
    stopped = stop_mail(publication, at=at)
    _trace("withdraw_text", edition, publication, by, at, {"class": str(because), "mail_stopped": stopped})
    return edition


def _trace(
    verb: str, edition: Edition, publication: Publication, by: Acting, at: datetime, details: dict[str, Any]
) -> None:
    trace_case(
        verb,
        publication,
        by=by,
        at=at,
        details={"edition": edition.number, "fingerprint": edition.fingerprint, **details},
    )
