"""Deciding on a case over the HTTP API: handed in and back, held, taken up again, released, withdrawn."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import StringConstraints

from omsorg.federation.access import NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, WRITING
from omsorg.kernel.api.types import Code, Day, HandedIn, Small, Text, Texts, Yes
from omsorg.openness.access import RELEASE, WRITE, edition_of, publication_for
from omsorg.openness.actions.deciding import hand_back, hand_in, hold_case, take_up_again
from omsorg.openness.actions.editions import release_case, withdraw_text
from omsorg.openness.api.register import PublishedCase, told
from omsorg.openness.api.writing import WorkedCase, worked
from omsorg.openness.queries.drafts import newest_revision
from omsorg.openness.queries.proposals import proposal_of
from omsorg.openness.queries.register import case_of, editions_of
from omsorg.openness.rules.deciding import ReasonClass
from omsorg.openness.rules.redactions import Why

router = Router(tags=["Openness"])


class ReasonInWords(HandedIn):
    """Why, in a sentence."""

    reason: Text


class Holding(HandedIn):
    """Why a case is not public for now, and on which day it is looked at again."""

    reason_class: Literal["child", "inquiry", "wish", "law", "other"]
    reason: Text
    review_on: Day


class WhatAndWhy(HandedIn):
    """What is corrected, and why, by language; needed where a text is public already."""

    what: Texts = {}
    why: Texts = {}


class Releasing(HandedIn):
    """Exactly what was read: the number of the text and the fingerprint of the proposal. The rest is refused."""

    expected: Small
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    hides_earlier: Yes = False


class Withdrawing(HandedIn):
    """Why a text goes, by its class: the public reads the class, and nobody's own words."""

    because: Literal["child", "person", "law", "inquiry", "other"]


@dataclass(frozen=True, slots=True)
class ProposalTold:
    """What a release would show to the public: the document, what and why of a correction, and their fingerprint."""

    expected: int
    fingerprint: str
    document: dict[str, Any]
    what: dict[str, str]
    why: dict[str, str]


@router.post("/openness/work/cases/{code}/hand-in", response={200: WorkedCase, **WRITING}, auth=Key(WRITE))
def hand_one_case_in(request: HttpRequest, code: Code, given: WhatAndWhy | None = None) -> WorkedCase:
    """Hand a case in for release; a correction with what and why."""
    by, said = acting_of(request), given or WhatAndWhy()
    publication = publication_for(by, code)
    hand_in(publication=publication, what=said.what, why=said.why, by=by, at=clock.now())
    return worked(publication)


@router.post("/openness/work/cases/{code}/hand-back", response={200: WorkedCase, **WRITING}, auth=Key(RELEASE))
def hand_one_case_back(request: HttpRequest, code: Code, given: ReasonInWords) -> WorkedCase:
    """Hand a case back to its writers."""
    by = acting_of(request)
    publication = publication_for(by, code, RELEASE)
    hand_back(publication=publication, reason=given.reason, by=by, at=clock.now())
    return worked(publication)


@router.post("/openness/work/cases/{code}/hold", response={200: WorkedCase, **WRITING}, auth=Key(RELEASE))
def hold_one_case(request: HttpRequest, code: Code, given: Holding) -> WorkedCase:
    """Decide that a case is not public for now. It is counted in public by the class of its reason."""
    by = acting_of(request)
    publication = publication_for(by, code, RELEASE)
    hold_case(
        publication=publication,
        reason_class=ReasonClass(given.reason_class),
        reason=given.reason,
        review_on=given.review_on,
        by=by,
        at=clock.now(),
    )
    return worked(publication)


@router.post("/openness/work/cases/{code}/take-up", response={200: WorkedCase, **WRITING}, auth=Key(RELEASE))
def take_one_case_up(request: HttpRequest, code: Code, given: ReasonInWords) -> WorkedCase:
    """End a hold."""
    by = acting_of(request)
    publication = publication_for(by, code, RELEASE)
    take_up_again(publication=publication, reason=given.reason, by=by, at=clock.now())
    return worked(publication)


@router.get("/openness/work/cases/{code}/proposal", response={200: ProposalTold, **KEYED}, auth=Key(WRITE))
def read_the_proposal(request: HttpRequest, code: Code) -> ProposalTold:
    """What a release would show to the public now; a release names its number and fingerprint."""
    publication = publication_for(acting_of(request), code)
    revision = newest_revision(publication)
    if revision is None:
        raise NothingHere(code)
    found = proposal_of(publication, revision)
    return ProposalTold(
        found.revision, found.fingerprint, dict(found.document), what=dict(found.what), why=dict(found.why)
    )


@router.post("/openness/work/cases/{code}/release", response={200: PublishedCase, **WRITING}, auth=Key(RELEASE))
def release_one_case(request: HttpRequest, code: Code, given: Releasing) -> PublishedCase:
    """Release exactly what was read, or correct with it what stands in public. Refused to whoever wrote on it."""
    by = acting_of(request)
    release_case(
        publication=publication_for(by, code, RELEASE),
        expected=given.expected,
        read=given.fingerprint,
        hides_earlier=given.hides_earlier,
        by=by,
        at=clock.now(),
    )
    return _public(code)


@router.post("/openness/work/cases/{code}/withdraw", response={200: PublishedCase, **WRITING}, auth=Key(RELEASE))
def withdraw_one_text(request: HttpRequest, code: Code, given: Withdrawing) -> PublishedCase:
    """Take a text that harms somebody out of public, at once; the class of the reason stands in its place."""
    by = acting_of(request)
    publication = publication_for(by, code, RELEASE)
    withdraw_text(publication=publication, because=Why(given.because), by=by, at=clock.now())
    return _public(code)


def _public(code: str) -> PublishedCase:
    return told(case_of(edition_of(code), editions_of(code)[-1].at))
