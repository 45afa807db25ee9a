"""The public register over the HTTP API: cases, their editions, the published quarters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from ninja import Query, Router

from omsorg.kernel.api.given import READING, Page, Paging, page_of
from omsorg.kernel.api.types import Code
from omsorg.openness.access import edition_of
from omsorg.openness.models import Edition, QuarterShown
from omsorg.openness.queries.quarters import corrections, editions_in_force, shown_of
from omsorg.openness.queries.register import PublicCase, case_of, cases, editions_of
from omsorg.openness.rules.figures import ALL, Measure, Shown

router = Router(tags=["Openness"])


@dataclass(frozen=True, slots=True)
class RepaidTold:
    """Money repaid, in minor units of its currency, and to which organisation."""

    minor: int
    currency: str
    to_whom: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something left out of the text; its number stands in the text between ⟦ and ⟧."""

    number: int
    why: str
    words: str


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """One case in public. `kind` is release, correction or withdrawal; a withdrawn text is empty.

    `closed_in` is a month: no day of a case is ever told. `texts` is by heading and language.
    """

    code: str
    edition: int
    kind: str
    published_at: datetime
    edition_at: datetime
    closed_in: str
    country: str
    region: str
    organisation: str
    subject: str
    closed_as: str
    original: str
    texts: Mapping[str, Mapping[str, str]]
    repaid: list[RepaidTold]
    left_out: list[LeftOut]
    is_example: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class EditionTold:
    """One thing that was done to a public text: what and why, by language; `because` is the class of a withdrawal.
    `is_readable`: its text may be read."""

    number: int
    kind: str
    at: datetime
    what: Mapping[str, str]
    why: Mapping[str, str]
    because: str
    hides_earlier: bool
    is_readable: bool


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """Received, closed and open in one country, or in all (empty code); what is not shown is null."""

    country: str
    received: int | None
    closed: int | None
    open: int | None


@dataclass(frozen=True, slots=True)
class QuarterBefore:
    """Figures of a quarter that stood before a correction, which was made at `corrected_at`; `because` says why."""

    number: int
    published_at: datetime
    corrected_at: datetime
    because: str
    figures: list[QuarterFigures]


@dataclass(frozen=True, slots=True)
class PublishedQuarter:
    """One quarter as it was published. `few`: countries with too few cases to be told apart. `held`: what is not
    public, by class of reason; "held" is all that is held back, "past" how much of it is past its day, "" all.
    `number` counts up with each correction; `before` is what stood before, the newest first.
    """

    quarter: str
    number: int
    figures: list[QuarterFigures]
    few: list[str]
    held: Mapping[str, int]
    before: list[QuarterBefore]


@router.get("/openness/cases", response={200: Page[PublishedCase], **READING}, auth=None)
def list_published_cases(request: HttpRequest, paging: Query[Paging]) -> Page[PublishedCase]:
    """Every published case, the newest closing first."""
    return page_of([told(each) for each in cases()], paging)


@router.get("/openness/cases/{code}", response={200: PublishedCase, **READING}, auth=None)
def read_published_case(request: HttpRequest, code: Code) -> PublishedCase:
    """One published case, as it stands now."""
    newest = edition_of(code)
    return told(case_of(newest, editions_of(code)[-1].at))


@router.get("/openness/cases/{code}/editions", response={200: Page[EditionTold], **READING}, auth=None)
def list_editions(request: HttpRequest, code: Code, paging: Query[Paging]) -> Page[EditionTold]:
    """What was done to a public text, the newest first. What harmed somebody is not in it; why it went is."""
    edition_of(code)
    return page_of([_edition(each) for each in editions_of(code)], paging)


@router.get("/openness/quarters", response={200: Page[PublishedQuarter], **READING}, auth=None)
def list_published_quarters(request: HttpRequest, paging: Query[Paging]) -> Page[PublishedQuarter]:
    """The head figures of every published quarter, the oldest first, with what stood before a correction."""
    before: dict[date, list[QuarterBefore]] = {}
    for after, was in corrections():
        told_before = QuarterBefore(
            was.number, was.published_at, after.published_at, after.because, _figures(shown_of(was))
        )
        before.setdefault(was.start, []).append(told_before)
    return page_of([_quarter(each, before.get(each.start, [])) for each in editions_in_force()], paging)


def told(case: PublicCase) -> PublishedCase:
    """A case as it is given out."""
    return PublishedCase(
        code=case.code,
        edition=case.number,
        kind=case.kind,
        published_at=case.first_at,
        edition_at=case.at,
        closed_in=f"{case.closed_in:%Y-%m}",
        country=case.country,
        region=case.region,
        organisation=case.organisation,
        subject=case.subject,
        closed_as=case.closed_as,
        original=case.original,
        texts=case.texts,
        repaid=[RepaidTold(**each) for each in case.repaid],
        left_out=[LeftOut(**each) for each in case.left_out],
        is_example=case.is_example,
        fingerprint=case.fingerprint,
    )


def _edition(each: Edition) -> EditionTold:
    return EditionTold(
        each.number,
        each.kind,
        each.at,
        each.what,
        each.why,
        because=each.reason_class,
        hides_earlier=each.hides_earlier,
        is_readable=bool(each.document),
    )


def _quarter(row: QuarterShown, before: list[QuarterBefore]) -> PublishedQuarter:
    each = shown_of(row)
    return PublishedQuarter(
        quarter=each.quarter.code,
        number=row.number,
        figures=_figures(each),
        few=list(each.few),
        held=each.held,
        before=before,
    )


def _figures(each: Shown) -> list[QuarterFigures]:
    return [
        QuarterFigures(country, *(each.get(measure, country) for measure in Measure))
        for country in (ALL, *each.countries)
    ]
