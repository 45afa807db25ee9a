"""What comes of an import: what is new, what is changed, what is there already, and what stands in the way."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.db import transaction

from omsorg.federation.access import NotAllowed
from omsorg.federation.roles import said_of
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.kernel.sheets.rows import MOST_ERRORS
from omsorg.plans.imports.drafting import column_of
from omsorg.plans.imports.reading import Book, Fault, Row
from omsorg.plans.imports.sound import subject_of
from omsorg.plans.models import Plan

Result = TypeVar("Result")


class MayNot(Refusal):
    sentence = _("None of your roles allows this row: it needs somebody who there may %(what)s.")


class What(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    THERE = "there"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one row or of several alike, in a sentence."""

    what: What
    sheet: str
    sentence: Sentence
    row: int = 0


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report named in the file: to be frozen by one person and released by another."""

    code: str
    period: Period
    as_at: date


@dataclass(slots=True)
class Outcome:
    """The whole of it. `plan` is None where nothing could be taken in.

    `not_looked_at`: where something is wrong with the sheet `plan`, what could not be held against it.
    `rests_on` is the fingerprint of what became of the rows and of what stood there that they replace.
    """

    plan: Plan | None = None
    done: list[Done] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0
    not_looked_at: Sentence | None = None
    there: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    reports: tuple[ReportDue, ...] = ()
    rests_on: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def changes_anything(self) -> bool:
        return bool(self.new) or any(done.what in (What.NEW, What.CHANGED) for done in self.done)

    def tell_within_measure(self, in_order: Callable[[Fault], tuple[int, int, int]]) -> None:
        """Put the faults in their order, and of the many of one sheet name the first; the others are counted."""
        count: Counter[str] = Counter()
        named = []
        for fault in sorted(self.faults, key=in_order):
            count[fault.sheet] += 1
            if count[fault.sheet] <= MOST_ERRORS:
                named.append(fault)
        self.more_faults += len(self.faults) - len(named)
        self.faults = named


class Ledger:
    """Takes rows in one after the other; a refusal becomes a fault of its row and leaves the others to be tried.

    `is_through` once every sheet was come to: where it is not, there may be more that is wrong.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.outcome = Outcome()
        self.grounds: list[tuple[object, ...]] = []
        self.is_through = False

    def rests_on(self, row: Row, *what: object) -> None:
        """Say what stands there that this row replaces: where it is another later, the row is not taken in unseen."""
        self.grounds.append((row.sheet, row.number, *what))

    def fault(self, row: Row, column: str, sentence: Sentence) -> None:
        self.outcome.faults.append(self.book.fault(row, column, sentence))

    def attempt(self, row: Row, act: Callable[[], Result]) -> Result | None:
        """Do it, or note in which column of the row the reason stands for which it is not done."""
        try:
            with transaction.atomic():
                return act()
        except Refusal as refusal:
            self.fault(row, column_of(refusal, row), refusal.said)
        except NotAllowed as refusal:
            self.fault(row, subject_of(row.sheet), MayNot(what=said_of(refusal.verb)).said)
        return None

    def note(self, what: What, row: Row, sentence: Sentence) -> None:
        self.outcome.done.append(Done(what, row.sheet, sentence, row.number))
        self.rests_on(row, what, {name: str(value) for name, value in sentence.params.items()})

    def is_new(self, row: Row) -> None:
        self.outcome.new[row.sheet] += 1
        self.rests_on(row, What.NEW)

    def is_there(self, row: Row) -> None:
        self.outcome.there[row.sheet] += 1
        self.rests_on(row, What.THERE)
