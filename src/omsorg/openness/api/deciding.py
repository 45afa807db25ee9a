"""Deciding on a case over the HTTP API: handed in and back, held, taken up again, released, withdrawn."""

from typing import Literal

from django.http import HttpRequest
from ninja import Router

from omsorg.federation.access import acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, Day, HandedIn, Text, Texts, Yes
from omsorg.openness.access import RELEASE, WRITE, edition_of, publication_for
from omsorg.openness.actions.deciding import hand_back, hand_in, hold_case, take_up_again
from omsorg.openness.actions.editions import release_case, withdraw_text
from omsorg.openness.api.register import PublishedCase, told
from omsorg.openness.api.writing import WorkedCase, worked
from omsorg.openness.queries.register import case_of, editions_of
from omsorg.openness.rules.deciding import ReasonClass

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
    """What is corrected or withdrawn, and why, by language. Empty for a first release."""

    what: Texts = {}
    why: Texts = {}
    hides_earlier: Yes = False


@router.post("/openness/work/cases/{code}/hand-in", response={200: WorkedCase, **WRITING}, auth=Key(WRITE))
def hand_one_case_in(request: HttpRequest, code: Code) -> WorkedCase:
    """Hand a case in for release."""
    by = acting_of(request)
    publication = publication_for(by, code)
    hand_in(publication=publication, by=by, at=clock.now())
    return worked(publication)


@router.post("/openness/work/cases/{code}/hand-back", response={200: WorkedCase, **WRITING}, auth=Key(WRITE))
def hand_one_case_back(request: HttpRequest, code: Code, given: ReasonInWords) -> WorkedCase:
    """Hand a case back to its writers."""
    by = acting_of(request)
    publication = publication_for(by, code)
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


@router.post("/openness/work/cases/{code}/release", response={200: PublishedCase, **WRITING}, auth=Key(RELEASE))
def release_one_case(request: HttpRequest, code: Code, given: WhatAndWhy) -> PublishedCase:
    """Release the newest text of a case, or correct what stands in public. Refused to whoever wrote on it."""
    by = acting_of(request)
    publication = publication_for(by, code, RELEASE)
    release_case(
        publication=publication,
        what=given.what,
        why=given.why,
        hides_earlier=given.hides_earlier,
        by=by,
        at=clock.now(),
    )
    return _public(code)


@router.post("/openness/work/cases/{code}/withdraw", response={200: PublishedCase, **WRITING}, auth=Key(RELEASE))
def withdraw_one_text(request: HttpRequest, code: Code, given: WhatAndWhy) -> PublishedCase:
    """Take a text that harms somebody out of public, at once; what and why stand in its place."""
    by = acting_of(request)
    publication = publication_for(by, code, RELEASE)
    withdraw_text(publication=publication, what=given.what, why=given.why, by=by, at=clock.now())
    return _public(code)


def _public(code: str) -> PublishedCase:
    return told(case_of(edition_of(code), editions_of(code)[-1].at))
