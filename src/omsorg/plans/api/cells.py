"""The cells of an answer as the HTTP API shows them: figures, own ratings, documents, and the words of verifiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from omsorg.plans.queries.asked import Texts
from omsorg.plans.queries.figures import KeptFigure
from omsorg.plans.queries.grid import Aim, Attached, GridCell, GridRow, Rated, Verdict
from omsorg.plans.rules.measures import Cause, Kind, Rating


@dataclass(frozen=True, slots=True)
class FigureShown:
    """One figure as it stands. `id` is what a writer hands in as `expected`; `by` is empty where it may not be seen."""

    id: int
    state: str
    numerator: Decimal | None
    denominator: Decimal | None
    text: str
    published: str
    reason: str
    revision: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """The newest word of a verifier."""

    verdict: str
    rating: Rating | None
    reason: str
    by_organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CellShown:
    """One cell: the total (no dimension, no key), or one part of a breakdown.

    `previous` is the newest value measured before, under a definition that can be compared, and `previous_period` when.
    """

    dimension: str
    key: str
    standing: FigureShown | None
    previous: FigureShown | None
    previous_period: str | None
    verdict: VerdictShown | None


@dataclass(frozen=True, slots=True)
class AimShown:
    """The next target. `is_own`: the organisation's own, not the whole plan's."""

    due_on: date
    number: Decimal
    denominator: Decimal | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class RatingShown:
    """The newest rating that the organisation has given itself. `id` is what a writer hands in as `expected`.

    `reason` is as it was written, in `reason_language` where that is known, and `reason_in` gives it in others.
    """

    id: int
    rating: Rating
    cause: Cause | None
    new_date: date | None
    reason: str
    reason_language: str
    reason_in: Texts
    slower_but_as_wished: bool
    at: datetime
    verdict: VerdictShown | None


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """One document that was attached; given out under `/evidence/{code}`."""

    code: str
    filename: str
    media_type: str
    size: int
    note: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class AskedIndicator:
    """One indicator that is asked for, with its cells, the organisation's own rating and the documents behind it."""

    code: str
    title: Texts
    kind: Kind
    unit: Texts
    revision: int
    dimensions: Sequence[str]
    cells: Sequence[CellShown]
    aim: AimShown | None
    rating: RatingShown | None
    documents: Sequence[DocumentShown]


def figure_shown(kept: KeptFigure | None) -> FigureShown | None:
    """A figure as the API shows it."""
    if kept is None:
        return None
    return FigureShown(
        id=kept.id,
        state=kept.state.name.lower(),
        numerator=kept.numerator,
        denominator=kept.denominator,
        text=kept.text,
        published=kept.published,
        reason=kept.reason,
        revision=kept.revision,
        at=kept.at,
        by=kept.by_name,
    )


def asked_shown(row: GridRow) -> AskedIndicator:
    """One indicator that is asked for, as the API shows it."""
    defined = row.defined
    return AskedIndicator(
        code=defined.code,
        title=defined.title,
        kind=defined.definition.kind,
        unit=defined.definition.unit,
        revision=defined.revision,
        dimensions=defined.dimensions,
        cells=[_cell(cell) for cell in row.cells],
        aim=_aim(row.aim),
        rating=rating_shown(row.rated),
        documents=[_document(file) for file in row.evidence],
    )


def _cell(cell: GridCell) -> CellShown:
    return CellShown(
        dimension=cell.key.dimension if cell.key.id else "",
        key=cell.key.code if cell.key.id else "",
        standing=figure_shown(cell.standing),
        previous=figure_shown(cell.previous),
        previous_period=cell.previous.period.code if cell.previous else None,
        verdict=_verdict(cell.verdict),
    )


def _verdict(verdict: Verdict | None) -> VerdictShown | None:
    if verdict is None:
        return None
    return VerdictShown(verdict.verdict, verdict.rating, verdict.reason, verdict.by_organisation, verdict.at)


def _aim(aim: Aim | None) -> AimShown | None:
    return AimShown(aim.due_on, aim.number, aim.denominator, aim.is_own) if aim else None


def rating_shown(rated: Rated | None) -> RatingShown | None:
    """A rating as the API shows it."""
    if rated is None:
        return None
    return RatingShown(
        id=rated.id,
        rating=rated.rating,
        cause=rated.cause,
        new_date=rated.new_date,
        reason=rated.why.text,
        reason_language=rated.why.language,
        reason_in=rated.why.elsewhere,
        slower_but_as_wished=rated.slower_but_as_wished,
        at=rated.at,
        verdict=_verdict(rated.verdict),
    )


def _document(file: Attached) -> DocumentShown:
    return DocumentShown(
        code=file.code,
        filename=file.filename,
        media_type=file.media_type,
        size=file.size,
        note=file.note,
        at=file.at,
        withdrawn_at=file.withdrawn_at,
        withdrawn_reason=file.withdrawn_reason,
    )
