"""What a table is asked for: its columns, under their names in every language, and how a cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from ..numbers import NotADate, NotANumber, NumberSaid, read_date, read_number
from ..refusals import InLanguages, Refusal
from ..refusals import written as _
from .table import Cell


class NotWhole(Refusal):
    sentence = _("“%(text)s” is not a whole number.")


class TooSmall(Refusal):
    sentence = _("%(text)s is less than %(least)s.")


class TooLong(Refusal):
    sentence = _("This text has %(length)s characters; at most %(most)s have room.")


class NotAmongChoices(Refusal):
    sentence = _("“%(text)s” is not one of: %(choices)s.")


class TurnedIntoDate(Refusal):
    sentence = _(
        "The spreadsheet has turned this into the date %(text)s. Format the column as text and write it again."
    )


class DigitsLost(Refusal):
    sentence = _(
        "%(text)s has more figures than a spreadsheet keeps, so the last are lost. "
        "Format the column as text and write it again."
    )


class NotText(Refusal):
    sentence = _("“%(text)s” is not text.")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the file writes numbers and days, as declared by the person who sends it; None is not known."""

    decimal_comma: bool | None = None
    day_first: bool | None = None


Reader = Callable[[Cell, Habits], Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values to choose from: its name per language, and what people also write."""

    labels: Mapping[str, str]
    aliases: Sequence[str] = ()

    @property
    def label(self) -> InLanguages:
        """The name in the language of the reader."""
        return InLanguages(self.labels)


def _text(cell: Cell) -> str:
    """A cell as text; a whole number that the spreadsheet keeps as 12.0 is "12"."""
    if cell is None or isinstance(cell, bool | time | timedelta):
        raise NotText(text=cell)
    if isinstance(cell, date):
        raise TurnedIntoDate(text=cell.date() if isinstance(cell, datetime) else cell)
    if isinstance(cell, str):
        return cell.strip()
    return format(_kept(cell).normalize(), "f")


def _kept(cell: int | float) -> Decimal:
    """A number as the spreadsheet keeps it; beyond fifteen figures it keeps noughts in their place."""
    found = read_number(cell)
    if abs(found) >= 10**15:
        raise DigitsLost(text=format(found, "f"))
    return found


def text(*, most: int = 10_000) -> Reader:
    """Text as it was written, without blanks around it."""

    def read(cell: Cell, habits: Habits) -> str:
        found = _text(cell)
        if len(found) > most:
            raise TooLong(length=NumberSaid(len(found)), most=NumberSaid(most))
        return found

    return read


def number(*, least: Decimal | int | None = None) -> Reader:
    """An exact number; a percentage is refused, since percentages are computed here."""

    def read(cell: Cell, habits: Habits) -> Decimal:
        if not isinstance(cell, str | int | float):
            raise NotANumber(text=cell)
        if isinstance(cell, str):
            found = read_number(cell, decimal_comma=habits.decimal_comma)
        else:
            found = _kept(cell)
        if least is not None and found < least:
            raise TooSmall(text=NumberSaid(found), least=NumberSaid(least))
        return found

    return read


def whole_number(*, least: int | None = None) -> Reader:
    """A whole number."""
    exact = number(least=least)

    def read(cell: Cell, habits: Habits) -> int:
        found = exact(cell, habits)
        if found != found.to_integral_value():
            raise NotWhole(text=NumberSaid(found))
        return int(found)

    return read


def day() -> Reader:
    """A day, or the date that a spreadsheet keeps."""

    def read(cell: Cell, habits: Habits) -> date:
        if not isinstance(cell, str | date):
            raise NotADate(text=cell)
        return read_date(cell, day_first=habits.day_first)

    return read


def choice(options: Mapping[str, Option]) -> Reader:
    """One of the given codes, by the code itself or by one of its names in any language.

    Names are asked for when the first cell is read: they may come out of catalogues that are not there before.
    """

    @cache
    def by_name() -> dict[str, str]:
        return {
            same(name): code
            for code, option in options.items()
            for name in (code, *option.labels.values(), *option.aliases)
        }

    def read(cell: Cell, habits: Habits) -> str:
        found = _text(cell)
        try:
            return by_name()[same(found)]
        except KeyError:
            shown = ", ".join(str(option.label) for option in options.values())
            raise NotAmongChoices(text=found, choices=shown) from None

    return read


@lru_cache(maxsize=4096)
def same(heading: str) -> str:
    """A heading or a choice without case, spaces, hyphens, a star or a colon: what must agree."""
    return re.sub(r"[\s_\-*:.]+", " ", heading).strip().casefold()


@dataclass(frozen=True, eq=False)
class Column:
    """A column that a table may have.

    `name` is what the code calls it, `labels` its heading per language, `aliases` what people also write. A
    required column must be there and filled in every row; any other may be missing or empty (None).
    """

    name: str
    labels: Mapping[str, str]
    reader: Reader = field(default_factory=text)
    required: bool = True
    aliases: Sequence[str] = ()

    @property
    def label(self) -> InLanguages:
        """The heading in the language of the reader."""
        return InLanguages(self.labels)

    def goes_by(self, heading: str) -> bool:
        return same(heading) in {same(name) for name in (self.name, *self.labels.values(), *self.aliases)}
