"""What a system says about an import of its own, and what comes of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.imports.grounds import fingerprint_of
from omsorg.kernel.numbers.said import as_kept, from_kept
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.sheets import Habits, Limits

Plain = dict[str, Any]


def import_limits() -> Limits:
    """How large a file may be, and how many rows it may have in this house."""
    return Limits(rows=settings.ENVIRONMENT.import_max_rows)


@dataclass(frozen=True, slots=True)
class Handed:
    """What a person has handed in: a file, or text pasted from a spreadsheet, and how numbers and days are written."""

    name: str
    content: bytes
    habits: Habits = field(default_factory=Habits)

    @property
    def is_pasted(self) -> bool:
        return not self.name

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True, slots=True)
class ImportFault:
    """What is wrong (or strange) in one cell. `row` 0 is the whole sheet, `sheet` empty the whole file.

    `value` is what stands there as it was published.
    """

    sentence: Sentence
    sheet: str = ""
    row: int = 0
    column: str = ""
    heading: str = ""
    value: str = ""

    @property
    def cell(self) -> str:
        return f"{self.column}{self.row}" if self.row else ""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a file, or would become of it.

    Where there is a fault, nothing is taken in. `counts` say in a few sentences what is new, changed, there already;
    `lines` what happens row by row, the first of many; `rows` how many rows there are; `landing` the address of the
    page where the result is seen.

    `rests_on` is the fingerprint (`fingerprint_of`) of what the file was read as and of what stood there in its place;
    `one_sheet` reckons it by itself. `asks_again`: at confirmation it was no longer what had been told, so nothing was
    taken in, and this is what would happen now.
    """

    faults: Sequence[ImportFault] = ()
    more_faults: int = 0
    warnings: Sequence[ImportFault] = ()
    counts: Sequence[Sentence] = ()
    lines: Sequence[Sentence] = ()
    more_lines: int = 0
    rows: int = 0
    landing: str = ""
    rests_on: str = ""
    asks_again: bool = False

    @property
    def fingerprint(self) -> str:
        """The same as long as the same is told, and rests on the same."""
        of_no_account = ("landing", "asks_again")
        return fingerprint_of({name: held for name, held in as_plain(self).items() if name not in of_no_account})


TakeIn = Callable[[Handed, Mapping[str, Any], int, datetime], Told]
Template = Callable[[str, Mapping[str, Any]], bytes]


EMPTY = _("An empty form to fill in")


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One kind of import.

    `take_in(handed, context, person, at)` writes everything that the file asks for, in the name of the person (asking
    access itself), and tells what it did and what that rests on. It is called for the dry run as well: everything is
    taken back then. It must not do anything that cannot be taken back by the database. `template(ending, context)`
    gives the form to fill in; `form_holds` says what stands in it.
    """

    code: str
    title: str | Promise
    sentence: str | Promise
    take_in: TakeIn
    template: Template
    templates: tuple[str, ...] = ("xlsx", "csv")
    kinds_of_file: str | Promise = ".xlsx, .csv"
    may_be_pasted: bool = True
    form_holds: str | Promise = EMPTY


class UnknownImport(LookupError):
    """No system that is on knows this kind of import."""


_entered: dict[str, ImportKind] = {}


def enter(*kinds: ImportKind) -> None:
    """Make kinds of import known."""
    for kind in kinds:
        if _entered.setdefault(kind.code, kind) != kind:
            raise ValueError(f"Two imports are called {kind.code!r}")


def kind_called(code: str) -> ImportKind:
    """The kind of this code. Kinds are entered where their pages are bound, which the worker never asks for."""
    if code not in _entered:
        import_module(settings.ROOT_URLCONF)
    try:
        return _entered[code]
    except KeyError:
        raise UnknownImport(code) from None


# ---- kept as plain values --------------------------------------------------------------------------------------


def _sentence_as_plain(sentence: Sentence) -> Plain:
    return {"text": sentence.text, "params": {name: as_kept(value) for name, value in sentence.params.items()}}


def _sentence_from_plain(plain: Plain) -> Sentence:
    return Sentence(plain["text"], {name: from_kept(value) for name, value in plain["params"].items()})


def _fault_as_plain(fault: ImportFault) -> Plain:
    return {
        "sentence": _sentence_as_plain(fault.sentence),
        "place": [fault.sheet, fault.row, fault.column, fault.heading, fault.value],
    }


def as_plain(told: Told) -> Plain:
    """What was told, to be kept beside the draft and said again in the reader's language."""
    return {
        "faults": [_fault_as_plain(fault) for fault in told.faults],
        "more_faults": told.more_faults,
        "warnings": [_fault_as_plain(fault) for fault in told.warnings],
        "counts": [_sentence_as_plain(sentence) for sentence in told.counts],
        "lines": [_sentence_as_plain(sentence) for sentence in told.lines],
        "more_lines": told.more_lines,
        "rows": told.rows,
        "landing": told.landing,
        "rests_on": told.rests_on,
        "asks_again": told.asks_again,
    }


def _fault_from_plain(plain: Plain) -> ImportFault:
    sheet, row, column, heading, value = plain["place"]
    return ImportFault(_sentence_from_plain(plain["sentence"]), sheet, row, column, heading, value)


def from_plain(plain: Plain) -> Told:
    return Told(
        faults=[_fault_from_plain(fault) for fault in plain["faults"]],
        more_faults=plain["more_faults"],
        warnings=[_fault_from_plain(fault) for fault in plain["warnings"]],
        counts=[_sentence_from_plain(sentence) for sentence in plain["counts"]],
        lines=[_sentence_from_plain(sentence) for sentence in plain["lines"]],
        more_lines=plain["more_lines"],
        rows=plain["rows"],
        landing=plain["landing"],
        rests_on=plain["rests_on"],
        asks_again=plain["asks_again"],
    )
