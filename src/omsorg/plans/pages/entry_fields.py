"""The fields of one line of the ledger: what stands in them, what can be chosen, every fault beside it in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as __

from omsorg.kernel.numbers import format_instant
from omsorg.kernel.refusals import Refusal
from omsorg.plans.actions.figures import Conflict
from omsorg.plans.forms.figures import STATES_OFFERED, Typed, field_name
from omsorg.plans.pages.figure_words import before_text, figure_text
from omsorg.plans.pages.words import COUNTED, REACHED, STATES, filled, language_now, plain
from omsorg.plans.queries.figures import Cell
from omsorg.plans.queries.grid import GridCell, GridRow
from omsorg.plans.rules.measures import Definition, Direction, Kind, State
from omsorg.plans.rules.observations import ReasonMissing, ValueGivenUp

Offered = tuple[tuple[str, str | Promise], ...]
"""What can be chosen from a list: what is sent, and what is read."""

REACHED_OFFERED: Offered = (("", "–"), *REACHED.items())
KINDS_OF_ANSWER: Offered = (("", COUNTED), *((str(int(s)), STATES[s.name.lower()]) for s in STATES_OFFERED))
UNREADABLE = (str(int(State.UNREADABLE)), STATES[State.UNREADABLE.name.lower()])
MOST_STEPS = 12
SELECTED = mark_safe(" selected")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: a list where it has `options`. `wrong` says the fault."""

    name: str
    label: str
    value: str
    options: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """What is filled in on one line. `before` and `better` let the page hint at a value that goes backwards."""

    before: str
    better: str
    number: Field | None
    whole: Field | None
    words: Field | None
    state: Field
    reason: Field
    expected: str
    expected_name: str
    conflict: str

    @property
    def asks_reason(self) -> bool:
        """Whether the field for the reason stands open from the beginning."""
        return bool(self.reason.value or self.reason.wrong)

    @property
    def faults(self) -> tuple[str, ...]:
        fields = (self.number, self.whole, self.words, self.state, self.reason)
        return tuple(field.wrong for field in fields if field is not None and field.wrong)


class Labels:
    """The words of the fields in the reader's language, looked up once for all lines."""

    def __init__(self) -> None:
        self.number = __("Figure for %(name)s")
        self.whole = __("Of how many, for %(name)s")
        self.words = __("Answer in words for %(name)s")
        self.state = __("Kind of answer for %(name)s")
        self.reason = __("Reason for %(name)s")
        self._options: dict[tuple[Offered, str], str] = {}

    def options(self, offered: Offered, chosen: str) -> str:
        """The lines of a list to choose from; the same list is written once."""
        found = self._options.get((offered, chosen))
        if found is None:
            lines = ((value, SELECTED if value == chosen else "", label) for value, label in offered)
            found = self._options[offered, chosen] = format_html_join("", '<option value="{}"{}>{}</option>', lines)
        return found


def fields_of(
    row: GridRow,
    cell: GridCell,
    said: Typed,
    labels: Labels,
    wrong: Mapping[tuple[Cell, str], Refusal],
    conflict: Conflict | None,
) -> Fields:
    """The fields of one cell, with what is `said` in them."""
    defined, definition = row.defined, row.defined.definition
    key = (defined.id, cell.key.id)
    part = "" if cell.is_total else plain(cell.key.label)
    name = {"name": f"{defined.code}, {part}" if part else f"{defined.code} {plain(defined.title)}"}
    standing = conflict.standing if conflict else cell.standing
    before = cell.previous.figure.value(definition) if cell.previous is not None else None
    in_words = definition.kind is Kind.QUALITATIVE

    def field(called: str, label: str, value: str, offered: Offered = ()) -> Field:
        refusal = wrong.get((key, called))
        return Field(
            field_name(key, called),
            label % name,
            value,
            options=labels.options(offered, value) if offered else "",
            wrong="" if refusal is None else _said(refusal, cell, definition),
        )

    return Fields(
        before="" if before is None else str(float(before)),
        better=_better(definition),
        number=None if in_words else field("numerator", labels.number, said.numerator, _steps(definition)),
        whole=field("denominator", labels.whole, said.denominator) if definition.kind.needs_denominator else None,
        words=field("text", labels.words, said.text) if in_words else None,
        state=field("state", labels.state, said.state, _states(said.state)),
        reason=field("reason", labels.reason, said.reason),
        expected="" if standing is None else str(standing.id),
        expected_name=field_name(key, "expected"),
        conflict=_conflict(conflict, definition),
    )


def _said(refusal: Refusal, cell: GridCell, definition: Definition) -> str:
    """What is wrong; where a reason is asked for, with what was reported before as the page shows it."""
    if isinstance(refusal, ValueGivenUp):
        said = __("Last time a value was given: %(before)s. Say why there is none now.")
        return filled(said, {"before": before_text(cell, definition)})
    if isinstance(refusal, ReasonMissing):
        return filled(__("It goes backwards from %(before)s. Say why."), {"before": before_text(cell, definition)})
    return str(refusal)


def _better(definition: Definition) -> str:
    if definition.kind is Kind.COUNT and not definition.accumulates:
        return ""
    return str(definition.direction) if definition.direction in (Direction.UP, Direction.DOWN) else ""


def _steps(definition: Definition) -> Offered:
    """What a milestone, or an indicator of a few steps, is chosen from; nothing where a number is typed."""
    if definition.kind is Kind.MILESTONE:
        return REACHED_OFFERED
    if definition.kind is Kind.ORDINAL and definition.lowest is not None and definition.highest is not None:
        steps = range(int(definition.lowest), int(definition.highest) + 1)
        if len(steps) <= MOST_STEPS:
            return (("", "–"), *((str(step), str(step)) for step in steps))
    return ()


def _states(chosen: str) -> Offered:
    """The kinds of answer. One that an import left behind is offered only where it stands."""
    return (*KINDS_OF_ANSWER, UNREADABLE) if chosen == UNREADABLE[0] else KINDS_OF_ANSWER


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
