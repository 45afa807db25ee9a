"""A verifier's desk over the HTTP API: what there is to look at, and the word that is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from omsorg.federation.access import NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, WRITING, Page, Paging
from omsorg.kernel.api.types import Code, HandedIn, PeriodCode, RowId, Text, such_as
from omsorg.plans.access import periods_of, plan_for
from omsorg.plans.actions.verifications import verify
from omsorg.plans.api.cells import VerdictShown
from omsorg.plans.queries.asked import Texts
from omsorg.plans.queries.verifying import ToVerify, Verified, Word, queue_of
from omsorg.plans.rules.measures import Cause, Rating

router = Router(tags=["Judgements"])


class Verdict(StrEnum):
    """What a verifier says."""

    CONFIRMED = "confirmed"
    CONTESTED = "contested"


class VerdictIn(HandedIn):
    """Figures and own ratings, by their ids, and what is said of all of them."""

    model_config = such_as(verdict="contested", figures=[1], reason="The list says 11.")
    verdict: Verdict
    figures: list[RowId] = Field(default_factory=list, max_length=500)
    ratings: list[RowId] = Field(default_factory=list, max_length=500)
    rating: Rating | None = Field(None, description="How you would rate what you contest.")
    reason: Text = ""


@dataclass(frozen=True, slots=True)
class VerdictKept:
    """A verifier's word that was kept."""

    id: int
    figure: int | None
    rating: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """A figure that is to be verified. `id` is what a verifier hands in."""

    id: int
    state: str
    numerator: Decimal | None
    denominator: Decimal | None
    text: str
    reason: str
    word: VerdictShown | None


@dataclass(frozen=True, slots=True)
class ReportedRating:
    """An own rating that is to be verified. `id` is what a verifier hands in.

    `reason` is as it was written, in `reason_language` where that is known, and `reason_in` gives it in others.
    """

    id: int
    rating: Rating
    cause: Cause | None
    new_date: date | None
    reason: str
    reason_language: str
    reason_in: Texts
    word: VerdictShown | None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One indicator of one organisation: its figure and its own rating. `entered_by_me`: not for you to verify."""

    organisation: str
    name: str
    indicator: str
    standing: Verified
    entered_by_me: bool
    figure: ReportedFigure | None
    rating: ReportedRating | None
    documents: Sequence[str]


class WhichToVerify(Paging):
    """What is asked for."""

    period: PeriodCode = Field(description="The period, for instance 2024-H1.")
    standing: Verified | None = Field(None, description="Only what stands like this.")
    organisation: Code | None = Field(None, description="Only of this organisation.")


@router.get("/plans/{plan}/to-verify", response={200: Page[QueueRow], **KEYED}, auth=Key("plans.verify"))
def list_to_verify(request: HttpRequest, plan: Code, which: Query[WhichToVerify]) -> Page[QueueRow]:
    """What the key's person may verify of one period: what was handed in by other houses."""
    by = acting_of(request)
    found = plan_for(by, plan, "plans.verify")
    period = next((each for each in periods_of(found) if each.code == which.period), None)
    if period is None:
        raise NothingHere(which.period)
    queue = queue_of(
        found,
        period,
        by=by,
        on=by.day,
        standing=which.standing,
        organisation=which.organisation or "",
        offset=which.offset,
        limit=which.limit,
    )
    return Page(queue.found, which.limit, which.offset, [_queued(row) for row in queue.rows])


@router.post("/verifications", response={200: list[VerdictKept], **WRITING}, auth=Key("plans.verify"))
def give_verdict(request: HttpRequest, given: VerdictIn) -> list[VerdictKept]:
    """Confirm or contest figures and own ratings, all of them or none. Nobody verifies their own."""
    words = verify(
        figures=given.figures,
        assessments=given.ratings,
        is_contested=given.verdict is Verdict.CONTESTED,
        rating=given.rating,
        reason=given.reason,
        by=acting_of(request),
        at=clock.now(),
    )
    return [VerdictKept(word.pk, word.figure_id, word.assessment_id, Verdict(word.verdict)) for word in words]


def _queued(row: ToVerify) -> QueueRow:
    figure, rating = None, None
    if row.figure is not None and row.figure_id is not None:
        figure = ReportedFigure(
            id=row.figure_id,
            state=row.figure.state.name.lower(),
            numerator=row.figure.numerator,
            denominator=row.figure.denominator,
            text=row.figure.text,
            reason=row.figure_reason,
            word=_word(row.figure_word),
        )
    if row.rating is not None and row.assessment_id is not None:
        rating = ReportedRating(
            id=row.assessment_id,
            rating=row.rating,
            cause=row.cause,
            new_date=row.new_date,
            reason=row.rating_why.text,
            reason_language=row.rating_why.language,
            reason_in=row.rating_why.elsewhere,
            word=_word(row.rating_word),
        )
    return QueueRow(
        organisation=row.organisation_code,
        name=row.organisation,
        indicator=row.defined.code,
        standing=row.standing,
        entered_by_me=row.entered_by_me,
        figure=figure,
        rating=rating,
        documents=[proof.code for proof in row.evidence],
    )


def _word(word: Word | None) -> VerdictShown | None:
    return VerdictShown(word.verdict, word.rating, word.reason, word.by_organisation, word.at) if word else None
