"""What stands in public: released by a second person, corrected with what and why, never silently deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.kernel.later import do_later
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.openness.access import RELEASE
from omsorg.openness.actions.locks import hold
from omsorg.openness.actions.traces import trace_case
from omsorg.openness.actions.writing import NotWrittenYet
from omsorg.openness.models import Edition, Publication, Redaction, Revision
from omsorg.openness.queries.drafts import checked, draft_of, newest_edition, newest_revision, ready_for
from omsorg.openness.rules.cases import Draft, Tell, canonical, fingerprint
from omsorg.openness.rules.deciding import NotReady, check_what_and_why, what_blocks
from omsorg.openness.rules.redactions import marks_in

RULES = "1"


class NothingPublished(Refusal):
    sentence = _("Nothing of this case stands in public.")


class WithdrawnAlready(Refusal):
    sentence = _("The text of this case is withdrawn already.")


class NothingNew(Refusal):
    sentence = _("This very text stands in public already.")


def document_of(publication: Publication, revision: Revision) -> dict[str, Any]:
    """Everything that the public reads of a case, and nothing else.

    The association is named where the country is: where a region stands in its place it would give the country away.
    """
    draft = draft_of(revision)
    organisation = publication.organisation
    return {
        "rules": RULES,
        "code": publication.code,
        "texts": draft.texts,
        "original": draft.original,
        "country": draft.country,
        "region": draft.region,
        "organisation": organisation.name if draft.country else "",
        "closed_in": draft.closed_in.strftime("%Y-%m"),
        "closed_as": str(draft.closed_as),
        "subject": str(draft.subject),
        "repaid": [
            {"minor": each.money.minor, "currency": each.money.currency, "to_whom": each.to_whom}
            for each in draft.repaid
        ],
        "left_out": _left_out(publication, draft),
        "is_example": publication.is_example,
    }


def _left_out(publication: Publication, draft: Draft) -> list[dict[str, Any]]:
    shown = marks_in(draft.texts)
    rows = Redaction.objects.filter(publication=publication, number__in=shown).order_by("number")
    return [{"number": row.number, "why": row.why, "words": row.words} for row in rows]


@transaction.atomic
def release_case(
    *,
    publication: Publication,
    what: Mapping[str, str],
    why: Mapping[str, str],
    hides_earlier: bool,
    by: Acting,
    at: datetime,
) -> Edition:
    """Release the newest text of a case to everybody, or correct what stands there.

    Refused with everything that stands in the way (`NotReady`). A correction says what and why in the language of the
    case; `hides_earlier` takes back the text before because it harmed somebody: that it was there stays to be read.
    Where givers are told together with the page, the e-mails to them are asked for in this same transaction.
    """
    require(by, RELEASE, publication.organisation_id)
    hold("case", publication.pk)
    revision, before = newest_revision(publication), newest_edition(publication)
    if revision is None:
        raise NotWrittenYet
    if before is not None:
        if before.revision_id == revision.pk:
            raise NothingNew
        check_what_and_why(what, why, [revision.original])
    found = checked(publication, draft_of(revision), smallest_shown=settings.ENVIRONMENT.small_cell)
    blocks = what_blocks(ready_for(publication, revision, found), releaser=by.person_id)
    if blocks:
        raise NotReady(blocks)
    text = canonical(document_of(publication, revision))
    edition = Edition.objects.create(
        publication=publication,
        code=publication.code,
        number=before.number + 1 if before else 1,
        kind=Edition.Kind.CORRECTION if before else Edition.Kind.RELEASE,
        revision=revision,
        document=text,
        fingerprint=fingerprint(text),
        what=dict(what) if before else {},
        why=dict(why) if before else {},
        hides_earlier=hides_earlier and before is not None,
        closed_in=revision.closed_in,
        by_id=by.person_id,
        at=at,
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
def withdraw_text(
    *, publication: Publication, what: Mapping[str, str], why: Mapping[str, str], by: Acting, at: datetime
) -> Edition:
    """Take a text that harms somebody out of public, at once and by one person: what and why stand in its place.

    It is the one thing in public that needs no second person, because a child cannot wait for one. The page, its link
    and the reason stay; the text can come back as a correction, by two.
    """
    require(by, RELEASE, publication.organisation_id)
    hold("case", publication.pk)
    before = newest_edition(publication)
    if before is None:
        raise NothingPublished
    if before.kind == Edition.Kind.WITHDRAWAL:
        raise WithdrawnAlready
    original = before.revision.original if before.revision else "en"
    check_what_and_why(what, why, [original])
    edition = Edition.objects.create(
        publication=publication,
        code=publication.code,
        number=before.number + 1,
        kind=Edition.Kind.WITHDRAWAL,
        what=dict(what),
        why=dict(why),
        hides_earlier=True,
        closed_in=before.closed_in,
        by_id=by.person_id,
        at=at,
    )
    _trace("withdraw_text", edition, publication, by, at, {})
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
