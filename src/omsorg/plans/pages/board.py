"""All associations beside each other for one indicator: a row each, a column a year, what is missing counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as __

from omsorg.kernel.pictures import sparkline
from omsorg.plans.pages.words import exact_value, value_text, value_told
from omsorg.plans.queries.boards import YearFigure
from omsorg.plans.rules.measures import Definition, TimeRule
from omsorg.plans.rules.snapshot import NumberPart


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One year of one association: its value in words (empty: none), exact, and the periods it answered of those asked.

    `note` says how many of the periods asked were answered, where it was not all of them; `plain`: without markup.
    """

    value: str
    numerator: Decimal | None
    denominator: Decimal | None
    answered: int
    asked: int
    note: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One association: each year, drawn, and how many years it answered."""

    code: str
    name: str
    cells: tuple[BoardCell, ...]
    line: SafeString
    answered: int


def board_rows(
    houses: Mapping[int, tuple[str, str]],
    figures: Sequence[YearFigure],
    years: Mapping[int, int],
    definition: Definition,
) -> tuple[BoardRow, ...]:
    """A row for each of `houses` (id -> code, name), by name; the silent ones too. `years`: year -> periods asked."""
    told: dict[int, dict[int, YearFigure]] = {}
    for figure in figures:
        told.setdefault(figure.node_id, {})[figure.year] = figure
    return tuple(
        _row(code, name, told.get(pk, {}), years, definition)
        for pk, (code, name) in sorted(houses.items(), key=lambda pair: pair[1][1].casefold())
    )


def _row(
    code: str, name: str, by_year: Mapping[int, YearFigure], years: Mapping[int, int], definition: Definition
) -> BoardRow:
    cells = tuple(_cell(by_year.get(year), asked, definition) for year, asked in years.items())
    said = ", ".join(
        f"{year}: {cell.plain or __('nothing reported')}" + (f" ({cell.note})" if cell.note else "")
        for year, cell in zip(years, cells, strict=True)
    )
    return BoardRow(
        code=code,
        name=name,
        cells=cells,
        line=sparkline(f"line-{code}", [_drawn(cell, definition) for cell in cells], title=name, desc=said),
        answered=len(by_year),
    )


def _cell(figure: YearFigure | None, asked: int, definition: Definition) -> BoardCell:
    if figure is None:
        return BoardCell("", None, None, 0, asked, "")
    value, plain, note = "", "", ""
    if figure.numerator is not None:
        number = NumberPart(figure.numerator, figure.denominator)
        value, plain = (
            said(definition.kind, number, unit=definition.unit, per=definition.per, with_base=False)
            for said in (value_told, value_text)
        )
    if figure.answered < asked:
        note = __("%(answered)s of %(asked)s periods") % {"answered": figure.answered, "asked": asked}
    return BoardCell(value, figure.numerator, figure.denominator, figure.answered, asked, note, plain)


def _drawn(cell: BoardCell, definition: Definition) -> Fraction | None:
    """The point in the line. A sum that lacks a period would look like a fall: it is left open."""
    if cell.numerator is None or (definition.time_rule is TimeRule.SUM and cell.note):
        return None
    return exact_value(definition.kind, cell.numerator, cell.denominator, definition.per)
