"""All associations beside each other for one indicator: a row each, a column a year, what is missing counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as __

from omsorg.kernel.pictures import sparkline
from omsorg.plans.pages.words import exact_value, value_text
from omsorg.plans.queries.boards import YearFigure
from omsorg.plans.rules.measures import Definition
from omsorg.plans.rules.snapshot import NumberPart


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One association: its value each year (empty: nothing reported), drawn, and how many years it answered."""

    code: str
    name: str
    values: tuple[str, ...]
    numbers: tuple[tuple[Decimal, Decimal | None] | None, ...]
    line: SafeString
    answered: int


def board_rows(
    houses: Mapping[int, tuple[str, str]], figures: Sequence[YearFigure], years: Sequence[int], definition: Definition
) -> tuple[BoardRow, ...]:
    """A row for each of `houses` (id -> code, name), by name; the silent ones too."""
    told: dict[int, dict[int, YearFigure]] = {}
    for figure in figures:
        told.setdefault(figure.node_id, {})[figure.year] = figure
    return tuple(
        _row(code, name, told.get(pk, {}), years, definition)
        for pk, (code, name) in sorted(houses.items(), key=lambda pair: pair[1][1].casefold())
    )


def _row(
    code: str, name: str, by_year: Mapping[int, YearFigure], years: Sequence[int], definition: Definition
) -> BoardRow:
    numbers = tuple((f.numerator, f.denominator) if (f := by_year.get(year)) else None for year in years)
    values = tuple(
        value_text(definition.kind, NumberPart(*each), unit=definition.unit, per=definition.per, with_base=False)
        if each
        else ""
        for each in numbers
    )
    drawn = [exact_value(definition.kind, *each, definition.per) if each else None for each in numbers]
    said = ", ".join(f"{year}: {value or __('nothing reported')}" for year, value in zip(years, values, strict=True))
    return BoardRow(
        code=code,
        name=name,
        values=values,
        numbers=numbers,
        line=sparkline(f"line-{code}", drawn, title=name, desc=said),
        answered=len(by_year),
    )
