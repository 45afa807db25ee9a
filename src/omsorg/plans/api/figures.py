"""Figures handed in over the HTTP API: checked and kept as those typed on the page, with both sides of a conflict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import WRITING
from omsorg.kernel.api.types import Code, Exact, HandedIn, Line, PeriodCode, RowId, Text, Yes, such_as
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.plans.actions.figures import Conflict, Entry, NotAskedHere, Recorded, Trouble, record_figures
from omsorg.plans.api.answers import answer_at
from omsorg.plans.api.cells import FigureShown, figure_shown
from omsorg.plans.models import Indicator, Plan
from omsorg.plans.queries.asked import all_keys
from omsorg.plans.queries.figures import Cell
from omsorg.plans.rules.measures import State

router = Router(tags=["Answers"])

MOST_ENTRIES = 2_000


class CellTwice(Refusal):
    sentence = _("The same cell is filled in twice: %(indicator)s %(dimension)s %(key)s.")


class FiguresFaulty(Refusal):
    """None of the figures was kept, for the `troubles` of some."""

    sentence = _("Nothing was kept: some figures are faulty. Beside each stands why.")

    def __init__(self, troubles: Sequence["TroubleShown"]) -> None:
        super().__init__()
        self.troubles = troubles


class FigureChangedMeanwhile(Refusal):
    """None of the figures was kept: in the cells of `conflicts` stands something else than the writer expected."""

    sentence = _("Somebody else has written here since you looked. Both values are told; decide, then write again.")

    def __init__(self, conflicts: Sequence["ConflictShown"], troubles: Sequence["TroubleShown"]) -> None:
        super().__init__()
        self.conflicts = conflicts
        self.troubles = troubles


class FigureState(StrEnum):
    """What is known: a value (measured, estimated), or why there is none. Missing is never zero."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class FigureIn(HandedIn):
    """One figure. Without dimension and key it is the total of the indicator."""

    indicator: Code
    dimension: Code | None = None
    key: Code | None = None
    state: FigureState = FigureState.MEASURED
    numerator: Exact | None = None
    denominator: Exact | None = None
    text: Text = ""
    published: Line = Field("", description="As it is written where it comes from.")
    reason: Text = Field("", description="Why it goes backwards, or is corrected.")
    expected: RowId | None = Field(None, description="The id of the figure that stood there when you looked.")
    entry: UUID | None = Field(None, description="Made by the writer: the same entry sent twice is kept once.")


class FiguresIn(HandedIn):
    """The figures of one answer. With `whole`, one faulty figure keeps all of them out."""

    model_config = such_as(
        figures=[
            {"indicator": "I1", "numerator": "12", "expected": None, "entry": "6f1c2a52-7e0b-4d0a-9a4e-0d3a8c0f5b11"}
        ]
    )
    figures: list[FigureIn] = Field(min_length=1, max_length=MOST_ENTRIES)
    whole: Yes = True


@dataclass(frozen=True, slots=True)
class CellNamed:
    """A cell by its names."""

    indicator: str
    dimension: str
    key: str


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell that was written, and the id of its figure now."""

    cell: CellNamed
    id: int


@dataclass(frozen=True, slots=True)
class TroubleShown:
    """Why a figure was not kept, and at which of its fields."""

    cell: CellNamed
    field: str
    refusal: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """What stands in a cell now, and what the writer wanted there."""

    cell: CellNamed
    standing: FigureShown | None
    wanted: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FiguresRecorded:
    """What became of the figures. `repeated`: the entry was kept before; `unchanged`: the same stands there already."""

    kept: Sequence[KeptCell]
    unchanged: Sequence[CellNamed]
    repeated: Sequence[CellNamed]
    troubles: Sequence[TroubleShown]
    conflicts: Sequence[ConflictShown]


@router.post(
    "/plans/{plan}/answers/{organisation}/{period}/figures",
    response={200: FiguresRecorded, **WRITING},
    auth=Key("plans.report"),
)
def record_answer_figures(
    request: HttpRequest, plan: Code, organisation: Code, period: PeriodCode, given: FiguresIn
) -> FiguresRecorded:
    """Keep the figures of an organisation for a period.

    Where another figure stands than the one `expected`, nothing is written over it: 409 tells both.
    """
    by, answer = answer_at(request, plan, organisation, period)
    names = _Names(answer.plan)
    named = [(CellNamed(each.indicator, each.dimension or "", each.key or ""), each) for each in given.figures]
    entries: list[Entry] = []
    unknown: list[TroubleShown] = []
    seen: set[CellNamed] = set()
    for cell_named, each in named:
        if cell_named in seen:
            raise CellTwice(indicator=each.indicator, dimension=cell_named.dimension, key=cell_named.key)
        seen.add(cell_named)
        cell = names.cell(cell_named)
        if cell is None:
            unknown.append(TroubleShown(cell_named, "indicator", NotAskedHere.__name__, str(NotAskedHere())))
        else:
            entries.append(_entry(cell, each))
    if unknown and given.whole:
        raise FiguresFaulty(unknown)
    recorded = record_figures(
        plan=answer.plan,
        organisation=answer.organisation,
        period=answer.period,
        entries=entries,
        by=by,
        at=clock.now(),
        source="api",
        whole=given.whole,
    )
    told = _told(recorded, names, unknown)
    if given.whole and told.conflicts:
        raise FigureChangedMeanwhile(told.conflicts, told.troubles)
    if given.whole and told.troubles:
        raise FiguresFaulty(told.troubles)
    return told


class _Names:
    """The cells of a plan by their names, and back."""

    def __init__(self, plan: Plan) -> None:
        self._indicators = dict(Indicator.objects.filter(plan=plan).values_list("code", "pk"))
        self._codes: Mapping[int, str] = {pk: code for code, pk in self._indicators.items()}
        self._parts = {key.id: (key.dimension, key.code) for key in all_keys().values() if key.id}
        self._keys = {parts: key for key, parts in self._parts.items()}

    def cell(self, named: CellNamed) -> Cell | None:
        indicator = self._indicators.get(named.indicator)
        key = self._keys.get((named.dimension, named.key)) if named.dimension or named.key else 0
        return None if indicator is None or key is None else (indicator, key)

    def named(self, cell: Cell) -> CellNamed:
        return CellNamed(self._codes[cell[0]], *self._parts.get(cell[1], ("", "")))


def _entry(cell: Cell, given: FigureIn) -> Entry:
    return Entry(
        indicator=cell[0],
        key=cell[1],
        state=State[given.state.name],
        numerator=given.numerator,
        denominator=given.denominator,
        text=given.text,
        published=given.published,
        reason=given.reason,
        expected=given.expected,
        entry=given.entry,
    )


def _told(recorded: Recorded, names: _Names, unknown: Sequence[TroubleShown]) -> FiguresRecorded:
    return FiguresRecorded(
        kept=[KeptCell(names.named(cell), figure) for cell, figure in recorded.kept.items()],
        unchanged=[names.named(cell) for cell in sorted(recorded.unchanged)],
        repeated=[names.named(cell) for cell in sorted(recorded.repeated)],
        troubles=[*unknown, *(_trouble(each, names) for each in recorded.troubles)],
        conflicts=[_conflict(each, names) for each in recorded.conflicts],
    )


def _trouble(trouble: Trouble, names: _Names) -> TroubleShown:
    return TroubleShown(names.named(trouble.cell), trouble.field, type(trouble.refusal).__name__, str(trouble.refusal))


def _conflict(conflict: Conflict, names: _Names) -> ConflictShown:
    entry = conflict.entry
    return ConflictShown(
        cell=names.named(entry.cell),
        standing=figure_shown(conflict.standing),
        wanted={
            "state": entry.state.name.lower(),
            "numerator": entry.numerator,
            "denominator": entry.denominator,
            "text": entry.text,
            "expected": entry.expected,
        },
    )
