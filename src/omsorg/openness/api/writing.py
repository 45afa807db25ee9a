"""Writing a case over the HTTP API: begun, written, looked at by the check, justified, accepted."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field, StringConstraints

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.api_door import Key
from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, WRITING, Page, Paging, page_of
from omsorg.kernel.api.types import Code, Currency, HandedIn, Line, Minor, Small, Texts
from omsorg.kernel.money import Money
from omsorg.openness.access import WRITE, publication_for
from omsorg.openness.actions.writing import (
    accept_justification,
    add_programmes,
    begin_case,
    justify_finding,
    write_case,
)
from omsorg.openness.models import Publication
from omsorg.openness.queries.checking import checked
from omsorg.openness.queries.desk import DeskCase, desk_cases
from omsorg.openness.queries.drafts import draft_of, newest_revision
from omsorg.openness.queries.incidents import waiting_incidents
from omsorg.openness.rules.cases import ClosedAs, Draft, Repaid, Subject, Tell

router = Router(tags=["Openness"])
MonthCode = Annotated[str, StringConstraints(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$")]
KeyOfFinding = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]
LanguageOf = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]


class Beginning(HandedIn):
    """Which organisation answers for a case, and which programmes it concerns. `incident` is the code of one
    that waits."""

    organisation: Code
    programmes: Annotated[list[Code], Field(max_length=50)]
    incident: Code | None = None


class FurtherProgrammes(HandedIn):
    """Programmes that a case concerns too."""

    programmes: Annotated[list[Code], Field(min_length=1, max_length=50)]


class RepaidGiven(HandedIn):
    """Money that was repaid, and to which organisation."""

    minor: Minor
    currency: Currency
    to_whom: Line


class WrittenCase(HandedIn):
    """A case as it would stand in public. `expected` is the number of the text that it follows on (0: none)."""

    summary: Texts
    happened: Texts
    did: Texts
    learned: Texts
    original: LanguageOf
    closed_in: MonthCode
    closed_as: Literal["not_documented", "repaid", "partly_repaid", "other_reaction"]
    subject: Literal["children", "conduct", "money", "other"]
    country: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")] = ""
    region: Annotated[str, StringConstraints(pattern=r"^[\w.\-]{0,40}$")] = ""
    tell: Literal["before", "together"] = "before"
    repaid: Annotated[list[RepaidGiven], Field(max_length=20)] = []
    expected: Small = 0


class Justifying(HandedIn):
    """Why a finding may stand all the same."""

    words: Line


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A case that is worked on: where it stands, since when, and the number of its newest text."""

    code: str
    organisation: str
    standing: str
    since: date
    summary: str
    revision: int


@dataclass(frozen=True, slots=True)
class FoundTold:
    """Something that the check found. `key` names it while its sentence stands."""

    key: str
    kind: str
    language: str
    heading: str
    text: str
    why: str
    justification: str
    is_accepted: bool


@router.get("/openness/work/cases", response={200: Page[WorkedCase], **KEYED}, auth=Key("openness.see"))
def list_worked_cases(request: HttpRequest, paging: Query[Paging]) -> Page[WorkedCase]:
    """Every case that you may see, with where it stands, the newest first."""
    acting_of(request)
    return page_of([_row(each) for each in desk_cases("en")], paging)


@router.post("/openness/work/cases", response={200: WorkedCase, **WRITING}, auth=Key(WRITE))
def begin_one_case(request: HttpRequest, given: Beginning) -> WorkedCase:
    """Begin to write up a closed case: of an incident that waits, or by hand."""
    by = acting_of(request)
    waiting = {each.code: each.id for each in waiting_incidents(by)} if given.incident else {}
    if given.incident is not None and given.incident not in waiting:
        raise NothingHere(given.incident)
    made = begin_case(
        organisation=_organisation(by, given.organisation),
        programmes=[_organisation(by, code) for code in dict.fromkeys(given.programmes)],
        incident=waiting[given.incident] if given.incident else None,
        by=by,
        at=clock.now(),
    )
    return worked(made)


def _organisation(by: Acting, code: str) -> Organisation:
    found = Organisation.objects.filter(code=code).first()
    if found is None or not by.answers_for(WRITE, found.pk):
        raise NothingHere(code)
    return found


@router.post("/openness/work/cases/{code}/programmes", response={200: WorkedCase, **WRITING}, auth=Key(WRITE))
def add_some_programmes(request: HttpRequest, code: Code, given: FurtherProgrammes) -> WorkedCase:
    """Say that a case concerns further programmes: their givers are told too, and the list is made anew."""
    by = acting_of(request)
    publication = publication_for(by, code)
    chosen = [_organisation(by, each) for each in dict.fromkeys(given.programmes)]
    add_programmes(publication=publication, programmes=chosen, by=by, at=clock.now())
    return worked(publication)


@router.put("/openness/work/cases/{code}/text", response={200: WorkedCase, **WRITING}, auth=Key(WRITE))
def write_one_case(request: HttpRequest, code: Code, given: WrittenCase) -> WorkedCase:
    """Keep a further text of a case. The same text again changes nothing."""
    by = acting_of(request)
    publication = publication_for(by, code)
    write_case(publication=publication, draft=_draft(given), expected=given.expected, by=by, at=clock.now())
    return worked(publication)


def _draft(given: WrittenCase) -> Draft:
    return Draft(
        texts={name: getattr(given, name) for name in ("summary", "happened", "did", "learned")},
        original=given.original,
        closed_in=date.fromisoformat(f"{given.closed_in}-01"),
        closed_as=ClosedAs(given.closed_as),
        subject=Subject(given.subject),
        country=given.country,
        region=given.region,
        tell=Tell(given.tell),
        repaid=tuple(Repaid(Money(each.minor, each.currency), each.to_whom.strip()) for each in given.repaid),
    )


@router.get("/openness/work/cases/{code}/findings", response={200: Page[FoundTold], **KEYED}, auth=Key(WRITE))
def list_findings(request: HttpRequest, code: Code, paging: Query[Paging]) -> Page[FoundTold]:
    """What the check finds in the newest text of a case, each with what was said of it."""
    return page_of(_findings(publication_for(acting_of(request), code)), paging)


def _findings(publication: Publication) -> list[FoundTold]:
    revision = newest_revision(publication)
    if revision is None:
        return []
    found = checked(publication, draft_of(revision), smallest_shown=settings.ENVIRONMENT.small_cell)
    return [
        FoundTold(
            key=each.finding.key,
            kind=each.finding.kind,
            language=each.finding.language,
            heading=each.finding.heading,
            text=each.finding.text,
            why=str(each.finding.why),
            justification=each.justification.words if each.justification else "",
            is_accepted=each.is_accepted,
        )
        for each in found
    ]


@router.post(
    "/openness/work/cases/{code}/findings/{key}/justification",
    response={200: list[FoundTold], **WRITING},
    auth=Key(WRITE),
)
def justify_one_finding(request: HttpRequest, code: Code, key: KeyOfFinding, given: Justifying) -> list[FoundTold]:
    """Say why a finding may stand all the same. Whoever releases the case must accept it."""
    by = acting_of(request)
    publication = publication_for(by, code)
    justify_finding(publication=publication, key=key, words=given.words, by=by, at=clock.now())
    return _findings(publication)


@router.post(
    "/openness/work/cases/{code}/findings/{key}/acceptance",
    response={200: list[FoundTold], **WRITING},
    auth=Key("openness.release"),
)
def accept_one_justification(request: HttpRequest, code: Code, key: KeyOfFinding) -> list[FoundTold]:
    """Accept a justification. Refused to the person who wrote it."""
    by = acting_of(request)
    publication = publication_for(by, code)
    accept_justification(publication=publication, key=key, by=by, at=clock.now())
    return _findings(publication)


def worked(publication: Publication) -> WorkedCase:
    """A case with where it stands now."""
    return next(_row(each) for each in desk_cases("en") if each.publication.pk == publication.pk)


def _row(each: DeskCase) -> WorkedCase:
    revision = newest_revision(each.publication)
    return WorkedCase(
        code=each.publication.code,
        organisation=each.publication.organisation.code,
        standing=each.standing,
        since=each.since,
        summary=each.summary,
        revision=revision.number if revision else 0,
    )
