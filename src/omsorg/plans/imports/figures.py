"""The figures of one answer from a file or pasted cells: a form filled in beforehand, held against the same rules."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.imports import ImportFault, ImportKind, Told, one_sheet, through
from omsorg.kernel.imports.one_sheet import Planned, SheetRead
from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.numbers.writing_systems import writing_system
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as said
from omsorg.kernel.sheets import NewSheet, ReadRow, write_csv, write_xlsx
from omsorg.kernel.sheets.columns import same
from omsorg.plans.access import Answer, answer_for, plan_for
from omsorg.plans.actions.figures import Conflict, Entry, Trouble, record_figures
from omsorg.plans.forms.figures import STATES_OFFERED
from omsorg.plans.imports.figure_columns import COLUMNS, SEEN, STATE
from omsorg.plans.imports.figure_faults import (
    HasNoParts,
    MarkAltered,
    NoSuchPart,
    NotAskedInFile,
    OfAnotherOrganisation,
    OfAnotherPeriod,
    SameCellTwice,
    WrittenMeanwhile,
    period_said,
    said_of_file,
)
from omsorg.plans.imports.figure_gone import as_left, gone_from, lacking, needed, told_of_gone
from omsorg.plans.models import Plan
from omsorg.plans.pages.figure_words import before_text, figure_text
from omsorg.plans.pages.words import STATES, language_now, plain
from omsorg.plans.queries.asked import Defined
from omsorg.plans.queries.figures import Cell, KeptFigure, once_stood
from omsorg.plans.queries.grid import GridCell, GridRow, grid_of
from omsorg.plans.rules.entries import check_size, field_of
from omsorg.plans.rules.measures import Definition, Figure, Kind, State
from omsorg.plans.rules.observations import check_figure

NEW = said("New figures: %(number)s.")
CHANGED = said("Figures that change: %(number)s.")
SAME = said("Figures that stand there already: %(number)s.")
NOTHING = said("There are no figures in the file.")
LINE_NEW = said("%(what)s: %(now)s")
LINE_CHANGED = said("%(what)s: %(before)s becomes %(now)s")
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class FileRow:
    """One figure of the file, what stands in its cell, and how a fault in it is named."""

    entry: Entry
    code: str
    what: str
    definition: Definition
    standing: KeptFigure | None
    lacking: tuple[str, ...]
    fault: Callable[[str, Sentence], ImportFault]


def _answer(context: Mapping[str, Any], person: int, at: datetime) -> tuple[Acting, Answer]:
    acting = acting_as(person, day=at.date())
    return acting, answer_for(acting, plan_for(acting, context["plan"]), context["organisation"], context["period"])


def plan_rows(read: SheetRead, context: Mapping[str, Any], person: int, at: datetime) -> Planned[FileRow]:
    """Hold every row against what is asked. Lines without any answer are passed over, where their code is known."""
    _acting, answer = _answer(context, person, at)
    grid = grid_of(answer, on=at.date())
    asked = {same(row.defined.code): _Asked.of(row) for row in grid.rows if row.cells}
    in_the_plan = {same(row.defined.code) for row in grid.rows}
    language = language_now()
    gone = gone_from(read)
    planned: Planned[FileRow] = Planned(warnings=list(told_of_gone(gone, answer)))
    cells: set[Cell] = set()
    sound = {row.number for row in read.rows}
    for row in through(sorted([*read.rows, *read.faulty], key=lambda row: row.number)):
        is_empty = not row.unread and all(row.values[name] is None for name in ("figure", "of", "kind", "words"))
        found = asked.get(same(row.values["indicator"] or ""))
        if is_empty and same(row.values["indicator"]) in in_the_plan:
            continue
        objections = list(_objections(row, answer, asked))
        file_row = None
        if not objections and found is not None and row.unread.isdisjoint({"indicator", "part"}):
            file_row = _file_row(read, row, gone, found.defined, found.cell_called(row.values["part"]), language)
            if file_row.entry.cell in cells and not row.repeats:
                objections.append(("indicator", SameCellTwice(what=file_row.what).said))
            cells.add(file_row.entry.cell)
        if found is not None and (objections or row.number not in sound):
            objections += [each for each in _wrong_anyway(row, found.defined.definition) if each[0] not in gone]
        planned.faults += [read.fault(row, *each) for each in objections if each[0] not in row.unread]
        if file_row is not None and not objections and row.number in sound:
            planned.rows.append(file_row)
    return planned


def _objections(row: ReadRow, answer: Answer, asked: Mapping[str, "_Asked"]) -> Iterator[tuple[str, Sentence]]:
    """Why a row is not about what is asked here: each with the column in which it is told."""
    organisation, period, code = (row.values[name] for name in ("organisation", "period", "indicator"))
    here = answer.organisation
    if organisation and same(organisation) not in {same(here.code), same(here.name)}:
        yield "organisation", OfAnotherOrganisation(there=organisation, here=here.name).said
    if period and same(period) != same(answer.period.code):
        yield "period", OfAnotherPeriod(there=period_said(period), here=PeriodSaid(answer.period)).said
    found = asked.get(same(code or ""))
    if code is not None and found is None:
        codes = ", ".join(each.defined.code for each in asked.values())
        yield "indicator", NotAskedInFile(code=code, codes=codes).said
    elif found is not None:
        try:
            found.cell_called(row.values["part"])
        except (NoSuchPart, HasNoParts) as refusal:
            yield "part", refusal.said


def _wrong_anyway(row: ReadRow, definition: Definition) -> Iterator[tuple[str, Sentence]]:
    """What is wrong with the figure of a row that is not entered, so that it is told at the same time."""
    values = row.values
    if values["figure"] is None and values["of"] is None:
        return
    figure = Figure(values["kind"] or State.MEASURED, values["figure"], values["of"], values["words"] or "")
    try:
        check_figure(figure, definition)
        check_size(figure)
    except Refusal as refusal:
        yield FIELDS[field_of(refusal, definition)], said_of_file(refusal)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One indicator that is asked for, and its cells by every name that a file may call them."""

    defined: Defined
    total: GridCell
    parts: Mapping[str, GridCell]

    @classmethod
    def of(cls, row: GridRow) -> "_Asked":
        named: dict[str, GridCell] = {}
        for cell in row.cells:
            for name in (cell.key.code, *cell.key.label.values()):
                named.setdefault(same(name), cell)
        return cls(row.defined, row.cells[0], named)

    def cell_called(self, part: str | None) -> GridCell:
        """The total where no part is named."""
        cell = self.parts.get(same(part)) if part else self.total
        if cell is None:
            known = ", ".join(dict.fromkeys(plain(each.key.label) for each in self.parts.values() if not each.is_total))
            if not known:
                raise HasNoParts(text=part, code=self.defined.code)
            raise NoSuchPart(text=part, code=self.defined.code, parts=known)
        return cell


def _file_row(
    read: SheetRead, row: ReadRow, gone: Collection[str], defined: Defined, cell: GridCell, language: str
) -> FileRow:
    key, standing = cell.key, cell.standing
    values = as_left(row.values, gone, standing, defined.definition)
    called = plain(key.label if key.id else defined.title, language)
    state = values["kind"] or State.MEASURED
    published = " / ".join(row.published[name] for name in ("figure", "of") if row.published.get(name))
    expected = standing.id if standing else None
    if values["seen"] is not None:
        expected = values["seen"] or None
    return FileRow(
        entry=Entry(
            indicator=defined.id,
            key=key.id,
            state=state,
            numerator=values["figure"],
            denominator=values["of"],
            text=values["words"] or "" if defined.definition.kind is Kind.QUALITATIVE else "",
            published=published,
            reason=values["reason"] or "",
            expected=expected,
        ),
        code=defined.code,
        what=f"{defined.code}, {called}" if key.id else f"{defined.code} {called}",
        definition=defined.definition,
        standing=standing,
        lacking=lacking(values, gone, defined.definition),
        fault=lambda column, sentence: read.fault(row, column, sentence),
    )


FIELDS = {"numerator": "figure", "denominator": "of", "text": "words", "state": "kind", "reason": "reason"}


def write_rows(rows: Sequence[FileRow], context: Mapping[str, Any], person: int, at: datetime) -> Told:
    """Enter them all or none of them; every fault is told with its row and column."""
    acting, answer = _answer(context, person, at)
    by_cell = {row.entry.cell: row for row in rows}
    done = record_figures(
        plan=answer.plan,
        organisation=answer.organisation,
        period=answer.period,
        entries=[row.entry for row in rows],
        by=acting,
        at=at,
        source="file",
    )
    faults = _trouble_faults([(by_cell[trouble.cell], trouble) for trouble in done.troubles])
    faults += [_conflict_fault(by_cell[c.entry.cell], c, answer) for c in done.conflicts]
    if not (rows or faults):
        faults.append(ImportFault(Sentence(NOTHING)))
    if faults:
        return Told(faults=faults)
    written = [row for row in rows if row.entry.cell in done.kept]
    changed = [row for row in written if row.standing is not None]
    counts = [
        Sentence(text, {"number": number})
        for text, number in (
            (NEW, len(written) - len(changed)),
            (CHANGED, len(changed)),
            (SAME, len(done.unchanged | done.repeated)),
        )
        if number
    ]
    return Told(
        counts=counts,
        lines=[_line(row) for row in written[:MOST_LINES]],
        more_lines=max(len(written) - MOST_LINES, 0),
        landing=reverse("plans:answer", args=[answer.plan.code, answer.organisation.code, answer.period.code]),
    )


def _trouble_faults(troubles: Sequence[tuple[FileRow, Trouble]]) -> list[ImportFault]:
    """Each at its row; where a row only lacks what a column would say that is not in the file, once for the file."""
    faults: list[ImportFault] = []
    lack: dict[str, list[str]] = {}
    for row, trouble in troubles:
        column = FIELDS[trouble.field]
        if column not in row.lacking:
            faults.append(row.fault(column, said_of_file(trouble.refusal)))
            continue
        for name in ("figure", "of") if column == "figure" and "of" in row.lacking else (column,):
            lack.setdefault(name, []).append(row.code)
    return [*(needed(name, codes) for name, codes in lack.items()), *faults]


def _conflict_fault(row: FileRow, conflict: Conflict, answer: Answer) -> ImportFault:
    """Somebody has written here since the form was made; or the mark that the form left by the figure was altered."""
    entry, standing = conflict.entry, conflict.standing
    was_here = entry.expected is None or once_stood(answer.organisation.pk, answer.period, entry.cell, entry.expected)
    if standing is None or not was_here:
        return row.fault("seen", MarkAltered(column=SEEN.label, text=entry.expected).said)
    return row.fault("figure", WrittenMeanwhile(theirs=figure_text(standing, row.definition)).said)


def _line(row: FileRow) -> Sentence:
    entry = row.entry
    figure = Figure(entry.state, entry.numerator, entry.denominator, entry.text)
    now = figure_text(figure, row.definition)
    if row.standing is None:
        return Sentence(LINE_NEW, {"what": row.what, "now": now})
    return Sentence(LINE_CHANGED, {"what": row.what, "before": figure_text(row.standing, row.definition), "now": now})


def figures_form(ending: str, context: Mapping[str, Any]) -> bytes:
    """The form for one answer: its indicators and parts, what stands there, what was measured before.

    Asked for behind the door of the answer: `context` names what was found there.
    """
    answer = Answer(
        Plan.objects.select_related("owner").get(code=context["plan"]),
        Organisation.objects.get(code=context["organisation"]),
        Period.parse(context["period"]),
    )
    grid = grid_of(answer, on=clock.today())
    headings = [str(entry.column.label) for entry in COLUMNS]
    rows = [
        [
            answer.organisation.code,
            answer.period.code,
            row.defined.code,
            plain(row.defined.title),
            plain(cell.key.label) if cell.key.id else None,
            before_text(cell, row.defined.definition) or None,
            *_standing_values(row, cell.standing),
            cell.standing.id if cell.standing else 0,
        ]
        for row in grid.rows
        for cell in row.cells
    ]
    if ending == "csv":
        return write_csv(headings, rows, decimal_comma=writing_system(language_now()).decimal == ",")
    states = [str(STATES[state.name.lower()]) for state in STATES_OFFERED]
    return write_xlsx(
        [
            NewSheet(
                answer.period.code,
                headings,
                rows=rows,
                choices={place: states for place, entry in enumerate(COLUMNS) if entry.column is STATE},
                notes={place: str(entry.help) for place, entry in enumerate(COLUMNS)},
                rows_to_fill=len(rows),
            )
        ]
    )


def _standing_values(row: GridRow, standing: KeptFigure | None) -> list[str | Decimal | None]:
    """Figure, of how many, kind, words and reason as they stand."""
    if standing is None:
        return [None] * 5
    kind = None if standing.state is State.MEASURED else str(STATES[standing.state.name.lower()])
    whole = standing.denominator if row.defined.definition.kind.needs_denominator else None
    return [standing.numerator, whole, kind, standing.text or None, standing.reason or None]


TAKE_IN, _FORM = one_sheet(
    name="figures",
    columns=COLUMNS,
    plan=plan_rows,
    write=write_rows,
    key=("organisation", "period", "indicator", "part"),
)
KIND = ImportKind(
    code="plans.figures",
    title=_("Figures from a file"),
    sentence=_(
        "A file is looked at first and changes nothing. You see every fault and what would happen; then you confirm."
    ),
    take_in=TAKE_IN,
    template=figures_form,
    form_holds=_("The form, with what has been entered already"),
)
