"""A plan out of files, over the HTTP API: rehearsed, which changes nothing, then taken in whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from omsorg.federation.access import Acting, NotAllowed, acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, HandedIn, Line, Prose
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.sheets import Limits
from omsorg.kernel.uploads import TooLarge
from omsorg.plans.access import plan_for
from omsorg.plans.actions.import_plan import What, import_plan
from omsorg.plans.imports.reading import Fault, TooManyFiles, read_book

router = Router(tags=["Imports"])

MOST_FILES = 20


class NotRehearsed(Refusal):
    sentence = _("These are not the files that were rehearsed. Rehearse them first, and look at what would be done.")


class RowsFaulty(Refusal):
    """Nothing was taken in; `faults` says why, row by row."""

    sentence = _("Nothing was taken in: some rows are faulty. Beside each stands why.")

    def __init__(self, faults: Sequence["FaultShown"], more_faults: int) -> None:
        super().__init__()
        self.faults = faults
        self.more_faults = more_faults


class Rehearsal(HandedIn):
    """Into which plan the files are to be taken; without one, the file names its own."""

    plan: Code | None = None
    reason: Prose = ""


class TakingIn(Rehearsal):
    """The same, and the fingerprint that the rehearsal told."""

    rehearsed: Line


@dataclass(frozen=True, slots=True)
class FaultShown:
    """What is wrong, and where: sheet, cell, the heading of its column, and what stands there."""

    sentence: str
    sheet: str
    row: int
    cell: str
    heading: str
    value: str


@dataclass(frozen=True, slots=True)
class DoneShown:
    """What becomes of a row, in a sentence."""

    what: What
    sheet: str
    row: int
    sentence: str


@dataclass(frozen=True, slots=True)
class OutcomeShown:
    """What comes of the files. `new` and `there` count rows by sheet; `fingerprint` is what taking them in asks for.

    `not_looked_at` says what could not be tried, where something is wrong with the sheet `plan`; else it is empty.
    """

    fingerprint: str
    is_sound: bool
    plan: str | None
    new: dict[str, int]
    there: dict[str, int]
    done: Sequence[DoneShown]
    faults: Sequence[FaultShown]
    more_faults: int
    not_looked_at: str
    unread_sheets: Sequence[str]
    unknown_headings: dict[str, Sequence[str]]


@router.post("/imports/rehearsal", response={200: OutcomeShown, **WRITING}, auth=Key("plans.revise"))
def rehearse_import(request: HttpRequest, about: Form[Rehearsal], files: File[list[UploadedFile]]) -> OutcomeShown:
    """Say what taking in these files would do, to the last row. Nothing is changed."""
    return _run(acting_of(request), about, files, rehearsed=None)


@router.post("/imports", response={200: OutcomeShown, **WRITING}, auth=Key("plans.revise"))
def take_in_import(request: HttpRequest, about: Form[TakingIn], files: File[list[UploadedFile]]) -> OutcomeShown:
    """Take in files that were rehearsed: all of them or nothing. The same files again change nothing.

    Where something else would be done by now than what the rehearsal told, nothing is: rehearse again, and look.
    """
    outcome = _run(acting_of(request), about, files, rehearsed=about.rehearsed)
    if outcome.faults:
        raise RowsFaulty(outcome.faults, outcome.more_faults)
    return outcome


def _run(by: Acting, about: Rehearsal, files: Sequence[UploadedFile], *, rehearsed: str | None) -> OutcomeShown:
    """Read the files and take them in; without `rehearsed` everything is taken back again."""
    if not by.may_anywhere("plans.revise"):
        raise NotAllowed("plans.revise")
    plan = plan_for(by, about.plan) if about.plan else None
    limits = Limits(rows=settings.ENVIRONMENT.import_max_rows)
    handed = _read(files, limits)
    of_files = sha256(b"\n".join(sha256(content).digest() for _name, content in handed)).hexdigest()
    if rehearsed is not None and rehearsed[: len(of_files)] != of_files:
        raise NotRehearsed
    book = read_book(handed, limits=limits)
    outcome = import_plan(
        book=book,
        plan=plan,
        reason=about.reason,
        rehearse=rehearsed is None,
        as_rehearsed=None if rehearsed is None else rehearsed[len(of_files) :],
        by=by,
        at=clock.now(),
    )
    return OutcomeShown(
        fingerprint=of_files + outcome.rests_on,
        is_sound=outcome.is_sound,
        plan=outcome.plan.code if outcome.plan else None,
        new=dict(outcome.new),
        there=dict(outcome.there),
        done=[DoneShown(each.what, each.sheet, each.row, str(each.sentence)) for each in outcome.done],
        faults=[_fault(each) for each in outcome.faults],
        more_faults=outcome.more_faults,
        not_looked_at=str(outcome.not_looked_at or ""),
        unread_sheets=book.unread_sheets,
        unknown_headings=dict(book.unknown_headings),
    )


def _read(files: Sequence[UploadedFile], limits: Limits) -> list[tuple[str, bytes]]:
    if len(files) > MOST_FILES:
        raise TooManyFiles(name="files", limit=MOST_FILES)
    for file in files:
        if (file.size or 0) > limits.size:
            raise TooLarge(name=file.name or "", limit=limits.size // 1_000_000)
    return [(file.name or "", file.read()) for file in files]


def _fault(fault: Fault) -> FaultShown:
    return FaultShown(str(fault.sentence), fault.sheet, fault.row, fault.cell, fault.heading, fault.value)
