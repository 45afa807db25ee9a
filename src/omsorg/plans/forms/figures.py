"""The entry grid as it was typed: ordinary fields, read in the person's language, faults kept beside their cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from omsorg.kernel.numbers import read_typed, written_to_type
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.plans.actions.figures import Entry, Trouble
from omsorg.plans.forms.ids import id_in
from omsorg.plans.queries.figures import Cell, KeptFigure
from omsorg.plans.queries.grid import Grid, GridCell, GridRow
from omsorg.plans.rules.measures import Kind, State

FIELDS = {"numerator": "n", "denominator": "d", "text": "t", "state": "s", "reason": "r", "expected": "x"}
STATES_OFFERED = (State.ESTIMATED, State.NOT_COLLECTED, State.NOT_APPLICABLE, State.SUPPRESSED, State.REFUSED)


class FigureIsNotTakenBack(Refusal):
    sentence = _("A figure that has been kept does not vanish. Choose why there is none, or enter another.")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields of one cell, as text. `expected`: the id of the figure that the page showed."""

    numerator: str = ""
    denominator: str = ""
    text: str = ""
    state: str = ""
    reason: str = ""
    expected: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.numerator or self.denominator or self.text or self.state)

    def says_as(self, other: "Typed") -> bool:
        """Whether both say the same, whatever figure they were typed over."""
        return (self.numerator, self.denominator, self.text, self.state, self.reason) == (
            other.numerator,
            other.denominator,
            other.text,
            other.state,
            other.reason,
        )


def field_name(cell: Cell, field: str) -> str:
    """The name of one field of one cell in the form."""
    return f"{FIELDS[field]}-{cell[0]}-{cell[1]}"


def as_typed(kept: KeptFigure | None, language: str) -> Typed:
    """The fields of a cell as the page shows them for the figure that stands there."""
    if kept is None:
        return Typed()
    return Typed(
        numerator=_shown(kept.numerator, language),
        denominator=_shown(kept.denominator, language),
        text=kept.text,
        state="" if kept.state is State.MEASURED else str(int(kept.state)),
        reason=kept.reason,
        expected=kept.id,
    )


def _shown(number: Decimal | None, language: str) -> str:
    return "" if number is None else written_to_type(number, language)


def typed_cells(posted: Mapping[str, str], grid: Grid) -> dict[Cell, Typed]:
    """What was sent for each cell of the grid. Cells that were not on the page are left out."""
    found: dict[Cell, Typed] = {}
    for row in grid.rows:
        for cell in row.cells:
            key = (row.defined.id, cell.key.id)
            if field_name(key, "expected") not in posted:
                continue
            sent = {field: posted.get(field_name(key, field), "").strip() for field in FIELDS}
            expected = sent.pop("expected")
            found[key] = Typed(
                **{field: text.replace("\r\n", "\n") for field, text in sent.items()},
                expected=id_in(expected),
            )
    return found


def cells_of(grid: Grid) -> dict[Cell, tuple[GridRow, GridCell]]:
    """Every cell of the grid by its indicator and key."""
    return {(row.defined.id, cell.key.id): (row, cell) for row in grid.rows for cell in row.cells}


def entries_typed(
    typed: Mapping[Cell, Typed], grid: Grid, shown: Mapping[Cell, KeptFigure | None], language: str
) -> tuple[list[Entry], list[Trouble]]:
    """The entries of the cells that were changed on the page, and what could not be read.

    `shown` is the figure that the page showed in each cell: a cell that still says the same was not touched, even where
    somebody else has written it meanwhile.
    """
    entries: list[Entry] = []
    troubles: list[Trouble] = []
    cells = cells_of(grid)
    for cell, said in typed.items():
        before = as_typed(shown.get(cell), language)
        if said.says_as(before) or (said.is_empty and before.is_empty):
            continue
        row, _grid_cell = cells[cell]
        try:
            if said.is_empty:
                raise FigureIsNotTakenBack
            entries.append(_entry(cell, said, row.defined.definition.kind, language, troubles))
        except Refusal as refusal:
            troubles.append(Trouble(cell, "state", refusal))
    wrong = {trouble.cell for trouble in troubles}
    return [entry for entry in entries if entry.cell not in wrong], troubles


def _entry(cell: Cell, said: Typed, kind: Kind, language: str, troubles: list[Trouble]) -> Entry:
    numbers: dict[str, Decimal | None] = {"numerator": None, "denominator": None}
    for field, text in (("numerator", said.numerator), ("denominator", said.denominator)):
        if not text:
            continue
        try:
            numbers[field] = read_typed(text, language)
        except Refusal as refusal:
            troubles.append(Trouble(cell, field, refusal))
    published = said.numerator if not said.denominator else f"{said.numerator} / {said.denominator}"
    return Entry(
        indicator=cell[0],
        key=cell[1],
        state=State(int(said.state)) if said.state in {str(int(state)) for state in State} else State.MEASURED,
        numerator=numbers["numerator"],
        denominator=numbers["denominator"],
        text=said.text if kind is Kind.QUALITATIVE else "",
        published=published[:200],
        reason=said.reason,
        expected=said.expected,
    )
