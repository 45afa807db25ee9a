"""The frozen report: everything that a published number or sentence is computed from, and nothing computed twice.

No percentage is in it: shares come out of `bases`. Exact numbers are written as strings, days as 2024-03-31,
texts by language. The same report gives the same characters, and so the same fingerprint, for ever.
"""

import json
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from .bases import ActionCounts, ActionStanding, IndicatorStanding, TwoBases, count_actions, two_bases
from .measures import Activity, Cause, Direction, Kind, Rating, RatingSource, Status
from .rollup import Missing
from .status import Why

FORMAT = "omsorg-report-1"

Texts = dict[str, str]
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class PlanPart:
    """The plan as it stood on the day of the report. Reports frozen before its period was dated do not tell it."""

    code: str
    title: Texts
    adopted_on: date
    owner: str = ""
    currency: str = ""
    runs_from: date | None = None
    runs_until: date | None = None


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """Money of one action in minor units of one currency.

    `original` is None where nothing was granted when the plan was adopted, `revised` where it never was, `spent` where
    nobody has said how much. None of these is zero.
    """

    currency: str
    original: int | None
    spent: int | None
    revised: int | None = None

    @property
    def present(self) -> int | None:
        """The budget as it stands; None where there is none."""
        return self.original if self.revised is None else self.revised


@dataclass(frozen=True, slots=True)
class ActionPart:
    """One action. `slip_days` counts from `original_due_on`; `superseded_by` is the code of another action."""

    code: str
    title: Texts
    prioritised: bool
    owner: str
    starts_on: date
    due_on: date
    original_due_on: date
    slip_days: int
    done_on: date | None = None
    activity: Activity = Activity.ACTIVE
    activity_reason: Texts = field(default_factory=dict)
    superseded_by: str | None = None
    cause: Cause | None = None
    new_date: date | None = None
    budget: tuple[BudgetPart, ...] = ()
    recommendations: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberPart:
    """A value as its numerator and denominator, and the day it is for."""

    numerator: Decimal
    denominator: Decimal | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CoveragePart:
    """How many answers stand behind a value, of how many that were expected."""

    reported: int
    expected: int
    late: int = 0
    estimated: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True)
class AddedUpPart:
    """Over how many periods of how many months a value is added up, and in how many of them somebody gave no figure."""

    periods: int
    months: int
    incomplete: int


@dataclass(frozen=True, slots=True)
class VerifiedPart:
    """What another organisation found. It stands beside the stated rating and never replaces it."""

    rating: Rating
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """How the indicator stood in one earlier report: the period of that report, rating and activity."""

    report: str
    rating: Rating
    activity: Activity


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """One indicator with every rating there is of it. `missing` says why there is no value.

    `coverage` is of the period of the report; where the value is added up from the start, `added_up` tells of all its
    periods. `changed_on` is the day its definition was changed since the plan was adopted; `source` where the stated
    rating comes from; `baseline_missing` why a baseline that was stated is not told; `why` what decided the computed
    rating where the numbers alone do not tell it, `rated_on` the day of the figures that decided where they are not
    those of `value`; `about_children` whether it was held to tell of children when the report was frozen.
    """

    code: str
    title: Texts
    kind: Kind
    adopted: bool
    activity: Activity
    stated: Rating
    source: RatingSource
    actions: tuple[str, ...] = ()
    about_children: bool = False
    unit: Texts = field(default_factory=dict)
    direction: Direction | None = None
    per: int = 1
    activity_reason: Texts = field(default_factory=dict)
    superseded_by: str | None = None
    changed_on: date | None = None
    self_rating: Rating | None = None
    computed: Status | None = None
    why: Why | None = None
    rated_on: date | None = None
    override: Rating | None = None
    override_reason: str = ""
    override_reason_language: str = ""
    override_reason_in: Texts = field(default_factory=dict)
    verified: VerifiedPart | None = None
    cause: Cause | None = None
    new_date: date | None = None
    slower_but_as_wished: bool = False
    value: NumberPart | None = None
    missing: Missing | None = None
    coverage: CoveragePart | None = None
    added_up: AddedUpPart | None = None
    baseline: NumberPart | None = None
    baseline_missing: Missing | None = None
    first_target: NumberPart | None = None
    present_target: NumberPart | None = None
    target_due: date | None = None
    history: tuple[HistoryPart, ...] = ()

    @property
    def standing(self) -> IndicatorStanding:
        """What counting needs to know of it."""
        return IndicatorStanding(
            is_adopted=self.adopted,
            activity=self.activity,
            stated=self.stated,
            verified=self.verified.rating if self.verified else None,
            is_changed=self.changed_on is not None,
        )


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A body whose recommendations the plan answers."""

    code: str
    kind: str
    title: Texts
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class RecommendationPart:
    """One recommendation and what was answered: `accepted` is yes, partly, no or open."""

    code: str
    source: str
    area: Texts
    text: Texts
    accepted: str
    response: Texts = field(default_factory=dict)
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiguresPart:
    """How the figures of the period came about: how many there are, and how many somebody else looked at."""

    total: int = 0
    confirmed: int = 0
    contested: int = 0
    with_evidence: int = 0


@dataclass(frozen=True, slots=True)
class AnswersPart:
    """How many organisations were asked for the period, how many answered, and how many of those late."""

    expected: int = 0
    received: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report. `previous` is the period code of the report before, `trail_head` the fingerprint
    over the heads of all books of the trail; they are listed beside it, in a part of the report of their own.

    `held_against`: the codes of all reports of the plan that were released when this one was frozen. What it shows
    tells of no small group of children together with them.
    """

    plan: PlanPart
    period: str
    as_at: date
    rule_version: str
    actions: tuple[ActionPart, ...] = ()
    indicators: tuple[IndicatorPart, ...] = ()
    recommendations: tuple[RecommendationPart, ...] = ()
    sources: tuple[SourcePart, ...] = ()
    figures: FiguresPart = FiguresPart()
    answers: AnswersPart = AnswersPart()
    previous: str | None = None
    trail_head: str = ""
    held_against: tuple[str, ...] = ()
    format: str = FORMAT

    @property
    def bases(self) -> TwoBases:
        """The counts on both bases."""
        return two_bases(indicator.standing for indicator in self.indicators)

    @property
    def action_counts(self) -> ActionCounts:
        """How many actions have moved forward."""
        by_code = {indicator.code: indicator.standing for indicator in self.indicators}
        return count_actions(
            ActionStanding(
                activity=action.activity,
                is_prioritised=action.prioritised,
                indicators=tuple(by_code[code] for code in action.indicators if code in by_code),
            )
            for action in self.actions
        )

    def to_dict(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        plain: dict[str, Any] = plain_of(self)
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> "ReportDocument":
        """The report out of plain JSON values; a name that the format does not know is a `ValueError`."""
        if plain.get("format", FORMAT) != FORMAT:
            raise ValueError(f"This report is written as {plain['format']!r}, not as {FORMAT!r}.")
        document: ReportDocument = _typed(cls, plain)
        return document


def canonical_json(document: ReportDocument) -> str:
    """The report as one text that is always the same for the same report."""
    return json.dumps(document.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(canonical: str) -> str:
    """The sha-256 of a canonical text, in hexadecimal."""
    return sha256(canonical.encode()).hexdigest()


def plain_of(value: Any) -> Any:
    """A part of a report, or one field of it, as plain JSON values."""
    if is_dataclass(value):
        return {entry.name: plain_of(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _digits(value)
    if isinstance(value, tuple):
        return [plain_of(entry) for entry in value]
    if isinstance(value, dict):
        return {key: value[key] for key in sorted(value)}
    return value


def _digits(number: Decimal) -> str:
    """Every digit of an exact number, and no nought that says nothing: 45.00 and 45 are one number."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _typed(kind: Any, plain: Any) -> Any:
    if isinstance(kind, UnionType):
        (kind,) = (each for each in get_args(kind) if each is not type(None))
        return None if plain is None else _typed(kind, plain)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        unknown = set(plain) - set(hints)
        if unknown:
            raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}.")
        return kind(**{name: _typed(hints[name], value) for name, value in plain.items()})
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], entry) for entry in plain)
    if get_origin(kind) is dict:
        return _texts(plain)
    if kind is date:
        return date.fromisoformat(plain)
    return kind(plain)


def _texts(plain: Any) -> dict[str, str]:
    """A text by language. A report frozen when units had no language yet has one word there, which says as much."""
    return ({"en": plain} if plain else {}) if isinstance(plain, str) else dict(plain)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
