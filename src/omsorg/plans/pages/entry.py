"""The entry grid as it is shown: one line a cell, what was typed in its fields, every fault beside it in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.kernel.numbers import format_instant, format_number
from omsorg.kernel.numbers.writing_systems import writing_system
from omsorg.kernel.refusals import Refusal
from omsorg.plans.actions.figures import Conflict, Trouble
from omsorg.plans.forms.figures import STATES_OFFERED, Typed, as_typed, field_name
from omsorg.plans.pages.figure_words import aim_text, before_text, figure_text, period_before
from omsorg.plans.pages.words import STATES, filled, language_now, plain, told
from omsorg.plans.queries.figures import Cell
from omsorg.plans.queries.grid import Grid, GridCell, GridRow
from omsorg.plans.rules.entries import have_adding_parts
from omsorg.plans.rules.measures import Definition, Direction, Kind, State
from omsorg.plans.rules.observations import ReasonMissing, ValueGivenUp
from omsorg.plans.rules.sentences import unit_said

REACHED: tuple[tuple[str, str | Promise], ...] = (("", "–"), ("0", _("not reached yet")), ("1", _("reached")))
MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: a list where it has `choices`, room for words if `is_long`. `wrong` says the fault."""

    name: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    is_long: bool = False
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger. `before` and `better` let the page hint at a value that goes backwards."""

    anchor: str
    code: str
    title: str
    hint: str
    is_part: bool
    previous: str
    previous_period: str
    before: str
    better: str
    target: str
    says: str
    number: Field | None
    whole: Field | None
    words: Field | None
    state: Field
    reason: Field
    expected: str
    expected_name: str
    conflict: str
    remarks: tuple[str, ...]

    @property
    def asks_reason(self) -> bool:
        """Whether the field for the reason stands open from the beginning."""
        return bool(self.reason.value or self.reason.wrong)

    @property
    def faults(self) -> tuple[str, ...]:
        fields = (self.number, self.whole, self.words, self.state, self.reason)
        return tuple(field.wrong for field in fields if field is not None and field.wrong)


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
            {"text": f"{line.code}: {fault}", "url": f"#{line.anchor}"}
            for line in self.lines
            for fault in dict.fromkeys((*((line.conflict,) if line.conflict else ()), *line.faults))
        )


def ledger_of(
    grid: Grid,
    *,
    typed: Mapping[Cell, Typed] | None = None,
    troubles: Sequence[Trouble] = (),
    conflicts: Sequence[Conflict] = (),
) -> Ledger:
    """The ledger of an answer. Where something was not kept, the fields show what was typed."""
    language = language_now()
    wrong = {(trouble.cell, trouble.field): trouble.refusal for trouble in troubles}
    against = {conflict.entry.cell: conflict for conflict in conflicts}
    open_cells = {trouble.cell for trouble in troubles} | against.keys()
    lines: list[Line] = []
    for row in grid.rows:
        for cell in row.cells:
            key = (row.defined.id, cell.key.id)
            fields = as_typed(cell.standing, language)
            if typed is not None and key in open_cells:
                fields = typed[key]
            lines.append(_line(row, cell, fields, wrong, against.get(key)))
    totals = [row.total for row in grid.rows if row.total]
    return Ledger(
        tuple(lines),
        reported=sum(1 for total in totals if total.standing is not None),
        asked=len(totals),
        mark=writing_system(language).decimal,
    )


def _line(
    row: GridRow, cell: GridCell, fields: Typed, wrong: Mapping[tuple[Cell, str], Refusal], conflict: Conflict | None
) -> Line:
    defined, definition = row.defined, row.defined.definition
    key = (defined.id, cell.key.id)
    part = "" if cell.is_total else plain(cell.key.label)
    title = told(cell.key.label) if part else told(defined.title)
    name = f"{defined.code}, {part}" if part else f"{defined.code} {plain(defined.title)}"
    standing = conflict.standing if conflict else cell.standing
    before = cell.previous.figure.value(definition) if cell.previous is not None else None
    return Line(
        anchor=f"i-{defined.code}-{cell.key.code}" if part else f"i-{defined.code}",
        code=defined.code,
        title=title,
        hint="" if part else _hint(row),
        is_part=bool(part),
        previous=figure_text(cell.previous, definition),
        previous_period=period_before(cell),
        before="" if before is None else str(float(before)),
        better=_better(definition),
        target="" if part else aim_text(row.aim, definition),
        says=figure_text(cell.standing, definition) if cell.standing else "",
        number=_number(key, name, definition, fields, wrong),
        whole=_whole(key, name, definition, fields, wrong),
        words=_words(key, name, definition, fields, wrong),
        state=Field(
            field_name(key, "state"),
            __("Kind of answer for %(name)s") % {"name": name},
            choices=_states(fields.state),
            wrong=_said(wrong.get((key, "state"))),
        ),
        reason=Field(
            field_name(key, "reason"),
            __("Reason for %(name)s") % {"name": name},
            value=fields.reason,
            wrong=_why_asked(wrong.get((key, "reason")), cell, definition),
        ),
        expected="" if standing is None else str(standing.id),
        expected_name=field_name(key, "expected"),
        conflict=_conflict(conflict, definition),
        remarks=_remarks(row, cell),
    )


def _said(refusal: Refusal | None) -> str:
    return "" if refusal is None else str(refusal)


def _why_asked(refusal: Refusal | None, cell: GridCell, definition: Definition) -> str:
    """Why a reason is asked for, with what was reported before as the page shows it."""
    if isinstance(refusal, ValueGivenUp):
        said = __("Last time a value was given: %(before)s. Say why there is none now.")
        return filled(said, {"before": before_text(cell, definition)})
    if isinstance(refusal, ReasonMissing):
        return filled(__("It goes backwards from %(before)s. Say why."), {"before": before_text(cell, definition)})
    return _said(refusal)


def _hint(row: GridRow) -> str:
    """What is counted, and of what."""
    defined = row.defined
    counted, whole = told(defined.numerator), told(defined.denominator)
    if counted and whole:
        return filled(__("%(counted)s, of: %(whole)s"), {"counted": counted, "whole": whole})
    word, language = unit_said(defined.definition.unit, language_now())
    return counted or told({language: word})


def _better(definition: Definition) -> str:
    if definition.kind is Kind.COUNT and not definition.accumulates:
        return ""
    return str(definition.direction) if definition.direction in (Direction.UP, Direction.DOWN) else ""


def _number(
    key: Cell, name: str, definition: Definition, fields: Typed, wrong: Mapping[tuple[Cell, str], Refusal]
) -> Field | None:
    if definition.kind is Kind.QUALITATIVE:
        return None
    choices: tuple[Choice, ...] = ()
    if definition.kind is Kind.MILESTONE:
        choices = tuple(Choice(value, label, value == fields.numerator) for value, label in REACHED)
    elif definition.kind is Kind.ORDINAL and definition.lowest is not None and definition.highest is not None:
        steps = range(int(definition.lowest), int(definition.highest) + 1)
        if len(steps) <= MOST_STEPS:
            offered = ["", *(str(step) for step in steps)]
            choices = tuple(Choice(value, value or "–", value == fields.numerator) for value in offered)
    return Field(
        field_name(key, "numerator"),
        __("Figure for %(name)s") % {"name": name},
        value=fields.numerator,
        choices=choices,
        wrong=_said(wrong.get((key, "numerator"))),
    )


def _whole(
    key: Cell, name: str, definition: Definition, fields: Typed, wrong: Mapping[tuple[Cell, str], Refusal]
) -> Field | None:
    if not definition.kind.needs_denominator:
        return None
    return Field(
        field_name(key, "denominator"),
        __("Of how many, for %(name)s") % {"name": name},
        value=fields.denominator,
        wrong=_said(wrong.get((key, "denominator"))),
    )


def _words(
    key: Cell, name: str, definition: Definition, fields: Typed, wrong: Mapping[tuple[Cell, str], Refusal]
) -> Field | None:
    if definition.kind is not Kind.QUALITATIVE:
        return None
    return Field(
        field_name(key, "text"),
        __("Answer in words for %(name)s") % {"name": name},
        value=fields.text,
        is_long=True,
        wrong=_said(wrong.get((key, "text"))),
    )


def _states(chosen: str) -> tuple[Choice, ...]:
    """The kinds of answer. One that an import left behind is offered only where it stands."""
    offered = [*STATES_OFFERED, *([State.UNREADABLE] if chosen == str(int(State.UNREADABLE)) else [])]
    return (
        Choice("", _("counted"), not chosen),
        *(Choice(str(int(s)), STATES[s.name.lower()], chosen == str(int(s))) for s in offered),
    )


def _conflict(conflict: Conflict | None, definition: Definition) -> str:
    """What somebody else has written meanwhile, and how to go on."""
    if conflict is None or conflict.standing is None:
        return ""
    standing = conflict.standing
    who = __("Somebody else")
    if standing.by_name:
        who = f"{standing.by_name} ({standing.by_organisation})"
    said = __("%(who)s entered %(theirs)s (%(when)s) after you opened this page. Save again to put yours in its place.")
    values = {
        "who": who,
        "theirs": figure_text(standing, definition),
        "when": format_instant(standing.at, language_now()),
    }
    return filled(said, values)


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
