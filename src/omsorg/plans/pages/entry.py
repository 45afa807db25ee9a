"""The ledger of an answer as it is shown: one line a cell, to be read or, with its fields, to be filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.kernel.numbers import format_number
from omsorg.kernel.numbers.writing_systems import writing_system
from omsorg.plans.actions.figures import Conflict, Trouble
from omsorg.plans.forms.figures import Typed, as_typed
from omsorg.plans.pages.entry_fields import Fields, Labels, fields_of
from omsorg.plans.pages.figure_words import aim_text, figure_text, period_before
from omsorg.plans.pages.words import filled, language_now, told
from omsorg.plans.queries.figures import Cell
from omsorg.plans.queries.grid import Grid, GridCell, GridRow
from omsorg.plans.rules.entries import have_adding_parts
from omsorg.plans.rules.sentences import unit_said


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger; `fields` where it is to be filled in."""

    anchor: str
    code: str
    title: str
    hint: str
    is_part: bool
    previous: str
    previous_period: str
    target: str
    says: str
    reason: str
    remarks: tuple[str, ...]
    fields: Fields | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All lines, and how far the answer has come. `mark` is the decimal mark of the reader's language."""

    lines: tuple[Line, ...]
    reported: int
    asked: int
    mark: str

    @property
    def wrong(self) -> tuple[dict[str, str], ...]:
        """What is to be mended, each with the way to its line."""
        return tuple(
            {"text": format_html("{}: {}", line.code, fault), "url": f"#{line.anchor}"}
            for line in self.lines
            if (fields := line.fields) is not None
            for fault in dict.fromkeys((*((fields.conflict,) if fields.conflict else ()), *fields.faults))
        )


def ledger_of(grid: Grid) -> Ledger:
    """The ledger of an answer, to be read."""
    language = language_now()
    return _ledger(grid, language, [_line(row, cell, language, None) for row in grid.rows for cell in row.cells])


def form_of(
    grid: Grid,
    *,
    typed: Mapping[Cell, Typed] | None = None,
    troubles: Sequence[Trouble] = (),
    conflicts: Sequence[Conflict] = (),
) -> Ledger:
    """The ledger of an answer, to be filled in. Where something was not kept, the fields show what was typed."""
    language, labels = language_now(), Labels()
    wrong = {(trouble.cell, trouble.field): trouble.refusal for trouble in troubles}
    against = {conflict.entry.cell: conflict for conflict in conflicts}
    open_cells = {trouble.cell for trouble in troubles} | against.keys()
    lines: list[Line] = []
    for row in grid.rows:
        for cell in row.cells:
            key = (row.defined.id, cell.key.id)
            said = as_typed(cell.standing, language)
            if typed is not None and key in open_cells:
                said = typed[key]
            lines.append(_line(row, cell, language, fields_of(row, cell, said, labels, wrong, against.get(key))))
    return _ledger(grid, language, lines)


def _ledger(grid: Grid, language: str, lines: Sequence[Line]) -> Ledger:
    totals = [row.total for row in grid.rows if row.total]
    return Ledger(
        tuple(lines),
        reported=sum(1 for total in totals if total.standing is not None),
        asked=len(totals),
        mark=writing_system(language).decimal,
    )


def _line(row: GridRow, cell: GridCell, language: str, fields: Fields | None) -> Line:
    defined, definition = row.defined, row.defined.definition
    is_part = not cell.is_total
    return Line(
        anchor=f"i-{defined.code}-{cell.key.code}" if is_part else f"i-{defined.code}",
        code=defined.code,
        title=told(cell.key.label if is_part else defined.title, language),
        hint="" if is_part else _hint(row),
        is_part=is_part,
        previous=figure_text(cell.previous, definition, language=language),
        previous_period=period_before(cell, language),
        target="" if is_part else aim_text(row.aim, definition),
        says=figure_text(cell.standing, definition, language=language),
        reason=cell.standing.reason if cell.standing else "",
        remarks=_remarks(row, cell),
        fields=fields,
    )


def _hint(row: GridRow) -> str:
    """What is counted, and of what."""
    defined = row.defined
    counted, whole = told(defined.numerator), told(defined.denominator)
    if counted and whole:
        return filled(__("%(counted)s, of: %(whole)s"), {"counted": counted, "whole": whole})
    word, language = unit_said(defined.definition.unit, language_now())
    return counted or told({language: word})


def _remarks(row: GridRow, cell: GridCell) -> tuple[str, ...]:
    """What stands beside a line: what is left over of the parts, documents, what a verifier said."""
    found: list[str] = []
    if cell.is_total:
        found += _left_over(row)
        files = len(row.evidence_in_force)
        if files:
            found.append(ngettext("%(number)s document", "%(number)s documents", files) % {"number": files})
        elif row.defined.evidence_needed:
            found.append(__("a document is asked for"))
    if cell.verdict is not None:
        said = {"who": cell.verdict.by_organisation, "why": cell.verdict.reason}
        if cell.verdict.verdict == "contested":
            found.append(__("contested by %(who)s: %(why)s") % said)
        else:
            found.append(__("confirmed by %(who)s") % said)
    return tuple(found)


def _left_over(row: GridRow) -> list[str]:
    """What of the total belongs to no part, for each breakdown that has begun."""
    total = row.cells[0].standing
    if total is None or total.numerator is None or not have_adding_parts(row.defined.definition):
        return []
    found: list[str] = []
    for dimension in row.defined.dimensions:
        parts = [
            cell.standing.numerator
            for cell in row.cells
            if cell.key.dimension == dimension and cell.standing is not None and cell.standing.numerator is not None
        ]
        left = total.numerator - sum(parts, Decimal(0))
        if parts and left:
            found.append(__("in no part: %(number)s") % {"number": format_number(left, language_now())})
    return found
