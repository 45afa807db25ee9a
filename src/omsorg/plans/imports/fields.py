"""What the form of a sheet is made of: fields with their columns, names in four languages, and how a cell is read.

A text that may stand in several languages has a column for each (`title_en`, `title_da`, ...) and one without a
language, which is read in the language of the plan.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from omsorg.kernel.money import check_ever_used
from omsorg.kernel.numbers import FIRST_DAY, LAST_DAY
from omsorg.kernel.periods import NoSuchPeriod, Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as said
from omsorg.kernel.sheets import Column, Habits, columns
from omsorg.kernel.sheets.columns import Reader
from omsorg.kernel.sheets.table import Cell
from omsorg.plans.imports import words
from omsorg.plans.imports.words import OFFERED
from omsorg.plans.rules.budgets import FINEST, MOST_DIGITS
from omsorg.plans.rules.entries import DECIMALS, DIGITS, check_kept
from omsorg.plans.rules.promises import LONGEST_REASON, LONGEST_TEXT

UNDERSTOOD = (*OFFERED, "no", "de", "fr", "es")
"""Languages that texts may come in; `no` is taken as `nb`."""


class NotAPeriod(Refusal):
    sentence = said("“%(text)s” is not a period: write 2024, 2024-H1, 2024-Q3 or 2024-05.")


class PeriodBeyondSense(Refusal):
    sentence = said("“%(text)s” cannot be right: give a period of a year from %(first)s to %(last)s.")


class NotAFrequency(Refusal):
    sentence = said("Answers are given every 1, 3, 6 or 12 months, not every %(text)s.")


class NotACode(Refusal):
    sentence = said("“%(text)s” cannot be a code: at most 40 letters, figures, points, dashes and underscores.")


@dataclass(frozen=True, slots=True)
class Field:
    """A column with its help for people and one example of what may stand in it.

    `texts`: one for each language; with `first` the one without a language is what the others are beside.
    """

    column: Column
    help: str | Promise
    example: str = ""
    choices: words.Options = field(default_factory=dict)
    texts: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class SheetForm:
    """One sheet: its names, its fields, and the columns that no two rows may agree in."""

    name: str
    labels: Mapping[str, str]
    title: str | Promise
    help: str | Promise
    fields: Sequence[Field]
    key: Sequence[str] = ()

    @property
    def columns(self) -> list[Column]:
        """Every column that is understood, a text once for each language."""
        found: list[Column] = []
        for entry in self.fields:
            if entry.texts:
                plain, *spoken = _in_every_language(entry.column)
                found += [entry.column if entry.first else plain, *spoken]
            else:
                found.append(entry.column)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.labels.values())


def text_name(name: str, language: str) -> str:
    """The name of the column of a text in one language."""
    return f"{name}_{language}"


def _in_every_language(column: Column) -> list[Column]:
    stems = {column.name, *column.labels.values(), *column.aliases}
    plain = Column(column.name, column.labels, column.reader, required=False, aliases=tuple(stems))
    spoken = [
        Column(
            text_name(column.name, language),
            {each: f"{label}_{language}" for each, label in column.labels.items()},
            column.reader,
            required=False,
            aliases=[form for stem in stems for form in (f"{stem}_{language}", f"{stem} ({language})")],
        )
        for language in UNDERSTOOD
    ]
    return [plain, *spoken]


# ---- how cells are read ----------------------------------------------------------------------------------------

_CODE = re.compile(r"[\w.\-]{1,40}")


def a_code(cell: Cell, habits: Habits) -> str:
    found: str = columns.text()(cell, habits)
    if not _CODE.fullmatch(found):
        raise NotACode(text=found[:60])
    return found


def some_codes(cell: Cell, habits: Habits) -> tuple[str, ...]:
    found: str = columns.text()(cell, habits)
    codes = tuple(dict.fromkeys(part for part in re.split(r"[,;\s]+", found) if part))
    for code in codes:
        a_code(code, habits)
    return codes


def a_currency(cell: Cell, habits: Habits) -> str:
    found: str = columns.text()(cell, habits).upper()
    check_ever_used(found)
    return found


def a_number(*, least: int | None = None, digits: int = DIGITS, decimals: int = DECIMALS) -> Reader:
    """A number that can be kept as it is written: in `digits` figures, `decimals` of them after the mark."""
    exact = columns.number(least=least)

    def read(cell: Cell, habits: Habits) -> Decimal:
        found: Decimal = exact(cell, habits)
        check_kept(found, digits, decimals)
        return found

    return read


def a_sum(*, least: int | None = None) -> Reader:
    """A sum of money, no larger and no finer than in any currency; in its own it is looked at with its row."""
    return a_number(least=least, digits=MOST_DIGITS, decimals=FINEST)


def a_period(cell: Cell, habits: Habits) -> Period:
    found: str = columns.text()(cell, habits)
    plain = re.sub(r"\s+", "", found.upper())
    turned = re.sub(r"^([HQ]\d)-?(\d{4})$", r"\2-\1", plain)
    joined = re.sub(r"^(\d{4})([HQ]\d)$", r"\1-\2", turned)
    try:
        period = Period.parse(joined)
    except NoSuchPeriod:
        raise NotAPeriod(text=found[:60]) from None
    if not FIRST_DAY.year <= period.start.year <= LAST_DAY.year:
        raise PeriodBeyondSense(text=found[:60], first=FIRST_DAY.year, last=LAST_DAY.year)
    return period


def a_frequency(cell: Cell, habits: Habits) -> int:
    """How many months lie between answers."""
    months: int = columns.whole_number()(cell, habits)
    if months not in (1, 3, 6, 12):
        raise NotAFrequency(text=months)
    return months


def _yes(cell: Cell, habits: Habits) -> bool:
    if isinstance(cell, bool):
        return cell
    return columns.choice(words.YES_NO)(cell, habits) == "yes"


# ---- building blocks -------------------------------------------------------------------------------------------


def names(en: str, da: str = "", nb: str = "", sv: str = "") -> dict[str, str]:
    return {"en": en, "da": da or en, "nb": nb or da or en, "sv": sv or da or en}


def field_of(
    name: str,
    labels: dict[str, str],
    help: str | Promise,
    example: str = "",
    *,
    reader: Any = None,
    required: bool = False,
    aliases: Sequence[str] = (),
) -> Field:
    return Field(
        Column(name, labels, reader or columns.text(), required=required, aliases=(name, *aliases)), help, example
    )


def texts_of(
    name: str, labels: dict[str, str], help: str | Promise, example: str = "", *, most: int = LONGEST_TEXT
) -> Field:
    return Field(Column(name, labels, columns.text(most=most), required=False), help, example, texts=True)


def reason_of(help: str | Promise, example: str = "", *, required: bool = False) -> Field:
    """Why, in the language of the file; and the same reason in others, where it is given in them."""
    labels = names("reason", "begrundelse", "begrunnelse", "skäl")
    column = Column("reason", labels, columns.text(most=LONGEST_REASON), required=required, aliases=("reason",))
    return Field(column, help, example, texts=True, first=True)


def choice_of(
    name: str,
    labels: dict[str, str],
    options: words.Options,
    help: str | Promise,
    example: str = "",
    *,
    required: bool = False,
    aliases: Sequence[str] = (),
) -> Field:
    column = Column(name, labels, columns.choice(options), required=required, aliases=(name, *aliases))
    return Field(column, help, example, choices=options)


def flag_of(name: str, labels: dict[str, str], help: str | Promise, example: str = "") -> Field:
    return Field(Column(name, labels, _yes, required=False, aliases=(name,)), help, example, choices=words.YES_NO)
