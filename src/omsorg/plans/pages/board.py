"""All associations beside each other for one indicator: a row each, a column a year, what is missing counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as __

from omsorg.kernel.pictures import sparkline
from omsorg.plans.pages.words import exact_value, language_now, value_text, value_told
from omsorg.plans.queries.boards import Association, YearFigure
from omsorg.plans.rules.measures import Definition, TimeRule
from omsorg.plans.rules.snapshot import NumberPart

Years = Mapping[int, int]
"""How many periods were asked for in each year."""
Told = Mapping[int, Mapping[int, YearFigure]]
"""The figures of the board, by association and year."""


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One year of one association: its value in words (empty: none).

    `note` says how many of the periods asked were answered, where it was not all of them; `plain`: without markup.
    """

    value: str = ""
    plain: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One association: each year, and all of them drawn."""

    name: str
    cells: tuple[BoardCell, ...]
    line: SafeString


def figures_told(figures: Iterable[YearFigure]) -> Told:
    """The figures by association and year."""
    told: dict[int, dict[int, YearFigure]] = {}
    for figure in figures:
        told.setdefault(figure.node_id, {})[figure.year] = figure
    return told


def board_rows(houses: Iterable[Association], told: Told, years: Years, definition: Definition) -> tuple[BoardRow, ...]:
    """A row for each of `houses`, the silent ones too."""
    words = _Words()
    return tuple(_row(house, told.get(house.id, {}), years, definition, words) for house in houses)


class _Words:
    """The words of the board in the reader's language, looked up once for all cells."""

    def __init__(self) -> None:
        self.language = language_now()
        self.silent = __("nothing reported")
        self.answered = __("%(answered)s of %(asked)s periods")


def _row(
    house: Association, by_year: Mapping[int, YearFigure], years: Years, definition: Definition, words: _Words
) -> BoardRow:
    figures = [by_year.get(year) for year in years]
    cells = tuple(
        _cell(figure, asked, definition, words) for figure, asked in zip(figures, years.values(), strict=True)
    )
    said = ", ".join(
        f"{year}: {cell.plain or words.silent}" + (f" ({cell.note})" if cell.note else "")
        for year, cell in zip(years, cells, strict=True)
    )
    drawn = [_drawn(figure, cell, definition) for figure, cell in zip(figures, cells, strict=True)]
    return BoardRow(house.name, cells, sparkline(f"line-{house.code}", drawn, title=house.name, desc=said))


def _cell(figure: YearFigure | None, asked: int, definition: Definition, words: _Words) -> BoardCell:
    if figure is None:
        return BoardCell()
    value, plain, note = "", "", ""
    if figure.numerator is not None:
        number = NumberPart(figure.numerator, figure.denominator)
        value, plain = (
            said(
                definition.kind,
                number,
                unit=definition.unit,
                per=definition.per,
                with_base=False,
                language=words.language,
            )
            for said in (value_told, value_text)
        )
    if figure.answered < asked:
        note = words.answered % {"answered": figure.answered, "asked": asked}
    return BoardCell(value, plain, note)


def _drawn(figure: YearFigure | None, cell: BoardCell, definition: Definition) -> Fraction | None:
    """The point in the line. A sum that lacks a period would look like a fall: it is left open."""
    if figure is None or figure.numerator is None or (definition.time_rule is TimeRule.SUM and cell.note):
        return None
    return exact_value(definition.kind, figure.numerator, figure.denominator, definition.per)
