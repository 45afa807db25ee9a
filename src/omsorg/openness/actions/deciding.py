"""Deciding on a case: handed in for release, handed back, held back with a day of review, taken up again."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from omsorg.federation.access import Acting, require_answering
from omsorg.kernel.later import do_later
from omsorg.openness.access import RELEASE, WRITE
from omsorg.openness.actions.locks import hold
from omsorg.openness.actions.stopping import stop_mail
from omsorg.openness.actions.traces import trace_case
from omsorg.openness.actions.writing import NotWrittenYet
from omsorg.openness.models import Publication, Step
from omsorg.openness.queries.drafts import draft_of, newest_edition, newest_revision, next_instant, step_now
from omsorg.openness.queries.mail import round_of_public_text
from omsorg.openness.rules import deciding
from omsorg.openness.rules.cases import check_whole
from omsorg.openness.rules.deciding import (
    NotHandedIn,
    NotHeld,
    ReasonClass,
    ReasonMissing,
    check_hold,
    check_what_and_why,
)

NO_WORDS: Mapping[str, str] = {}


@transaction.atomic
def hand_in(
    *,
    publication: Publication,
    what: Mapping[str, str] = NO_WORDS,
    why: Mapping[str, str] = NO_WORDS,
    by: Acting,
    at: datetime,
) -> Step:
    """Hand a case in for release: from now on nobody writes on it until it is handed back or released.

    Refused for what is not written to its end in its own language. A correction says what is corrected and why: the
    public will read that too, so it is checked with the text and released by somebody else.
    """
    require_answering(by, WRITE, publication.organisation_id)
    hold("case", publication.pk)
    deciding.may_be_written(step_now(publication))
    revision = newest_revision(publication)
    if revision is None:
        raise NotWrittenYet
    check_whole(draft_of(revision))
    if newest_edition(publication) is None:
        return _step(publication, deciding.Step.HANDED_IN, by, at)
    what, why = ({code: text.strip() for code, text in said.items() if text.strip()} for said in (what, why))
    check_what_and_why(what, why, [revision.original])
    return _step(publication, deciding.Step.HANDED_IN, by, at, what=what, why=why)


@transaction.atomic
def hand_back(*, publication: Publication, reason: str, by: Acting, at: datetime) -> Step:
    """Hand a case back to its writers, with the reason. Whoever may release it does: it lies still while it is read."""
    require_answering(by, RELEASE, publication.organisation_id)
    hold("case", publication.pk)
    if step_now(publication) is not deciding.Step.HANDED_IN:
        raise NotHandedIn
    if not reason.strip():
        raise ReasonMissing
    stop_mail(publication, at=at, revision=newest_revision(publication))
    return _step(publication, deciding.Step.RETURNED, by, at, reason=reason.strip())


@transaction.atomic
def hold_case(
    *, publication: Publication, reason_class: ReasonClass, reason: str, review_on: date, by: Acting, at: datetime
) -> Step:
    """Decide that a case is not public for now: why, and when it is looked at again. Counted in public by its class.

    A case that is held already is held on, with its own reason and its own day. What is public stays public.
    """
    require_answering(by, RELEASE, publication.organisation_id)
    hold("case", publication.pk)
    check_hold(reason=reason, review_on=review_on, on=at.date())
    stop_mail(publication, at=at)
    return _step(
        publication,
        deciding.Step.HELD,
        by,
        at,
        reason_class=reason_class,
        reason=reason.strip(),
        review_on=review_on,
    )


@transaction.atomic
def take_up_again(*, publication: Publication, reason: str, by: Acting, at: datetime) -> Step:
    """End a hold: the case is written on. Where its text stood in public all the while, the e-mails of that text which
    the hold has stopped are asked for again; whoever was told already is not told twice."""
    require_answering(by, RELEASE, publication.organisation_id)
    hold("case", publication.pk)
    if step_now(publication) is not deciding.Step.HELD:
        raise NotHeld
    if not reason.strip():
        raise ReasonMissing
    made = round_of_public_text(publication)
    if made is not None:
        do_later("openness.send_mail", round=made.pk)
    return _step(publication, deciding.Step.TAKEN_UP, by, at, reason=reason.strip())


def _step(
    publication: Publication,
    step: deciding.Step,
    by: Acting,
    at: datetime,
    *,
    reason_class: str = "",
    reason: str = "",
    review_on: date | None = None,
    **words: Any,
) -> Step:
    made = Step.objects.create(
        publication=publication,
        number=publication.steps.count() + 1,
        step=step,
        reason_class=reason_class,
        reason=reason,
        review_on=review_on,
        **words,
        by_id=by.person_id,
        at=next_instant(publication, at),
    )
    trace_case(
        f"case_{step}",
        publication,
        by=by,
        at=at,
        details={"class": str(reason_class), "review_on": review_on.isoformat()} if review_on else {},
    )
    return made
