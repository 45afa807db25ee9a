"""What is measured and what an answer is: the codes of the engine, a definition, a figure.

The values of the enums are stored in the database and written in exports: they never change meaning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import NamedTuple

ONE = Decimal(1)


class Kind(StrEnum):
    """What sort of thing an indicator measures."""

    MILESTONE = "milestone"
    COUNT = "count"
    STOCK = "stock"
    RATIO = "ratio"
    RATE = "rate"
    SCORE = "score"
    ORDINAL = "ordinal"
    QUALITATIVE = "qualitative"

    needs_denominator: bool
    """Whether a figure of this kind is a share of something and must say of what."""
    is_numeric: bool
    """Whether a figure of this kind is a number at all."""

    def __init__(self, code: str) -> None:
        self.needs_denominator = code in ("ratio", "rate")
        self.is_numeric = code != "qualitative"


class Direction(StrEnum):
    """Which way is better. It must be stated: without it nothing can be rated."""

    UP = "up"
    DOWN = "down"
    BAND = "band"
    NONE = "none"


class TimeRule(StrEnum):
    """How figures of following periods become one figure of a longer period."""

    SUM = "sum"
    LAST = "last"
    MEAN = "mean"
    DISTINCT = "distinct"
    NONE = "none"


class RollUp(StrEnum):
    """How figures of many organisations become one figure of the organisation above them."""

    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    SHARE_MEETING = "share_meeting"
    WORST = "worst"
    ALL_MUST = "all_must"
    DISTINCT = "distinct"
    NONE = "none"


class Comparison(StrEnum):
    """On which side of its threshold an organisation meets it."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class State(IntEnum):
    """What is known about one cell. Zero is a measured value; every other absence has its own name."""

    MEASURED = 1
    ESTIMATED = 2
    NOT_COLLECTED = 3
    NOT_APPLICABLE = 4
    SUPPRESSED = 5
    REFUSED = 6
    UNREADABLE = 7

    has_value: bool
    """Whether a cell in this state carries a value that may be counted."""

    def __init__(self, code: int) -> None:
        self.has_value = code in (1, 2)


class Series(IntEnum):
    """Whether a figure says what is, what shall be, or what was when the plan began."""

    ACTUAL = 0
    TARGET = 1
    BASELINE = 2


class Activity(StrEnum):
    """Whether an indicator or action is still worked on: a fact apart from how it goes."""

    ACTIVE = "active"
    ON_HOLD = "on_hold"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


class Rating(StrEnum):
    """How an indicator goes, in the words of the plan."""

    NOT_RATED = "not_rated"
    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    OFF_TRACK = "off_track"
    COMPLETED = "completed"

    @property
    def is_good(self) -> bool:
        """Completed or on track."""
        return self in (Rating.COMPLETED, Rating.ON_TRACK)


class Status(StrEnum):
    """How an indicator goes, as computed from its figures and targets."""

    COMPLETED = "completed"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NOT_DUE = "not_due"
    NO_DATA = "no_data"
    NOT_RATED = "not_rated"


class Cause(StrEnum):
    """Why something is off track."""

    TIME = "time"
    RESOURCES = "resources"
    SCOPE = "scope"
    OUTSIDE = "outside"


class RatingSource(StrEnum):
    """Where the stated rating of an indicator comes from, strongest first."""

    OVERRIDE = "override"
    COMPUTED = "computed"
    SELF = "self"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Definition:
    """How one indicator is counted, compared and rolled up.

    `direction` None means that nobody has stated it: such an indicator is shown but never rated, just as
    one whose stated direction is `none`. `tolerance` and `at_risk` are shares of the way from baseline to
    target. `per` is the k of a rate ("per 1,000 children"). `lowest` and `highest` bound a score, or number
    the steps of an ordinal. `accumulates` says that the targets of a count are for everything since the
    start: "500 trained by 2024". `comparison` None means the side that the direction calls better.
    """

    code: str
    kind: Kind
    direction: Direction | None = None
    time_rule: TimeRule = TimeRule.NONE
    roll_up: RollUp = RollUp.NONE
    unit: Mapping[str, str] = field(default_factory=dict, hash=False)
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    threshold: Decimal | None = None
    comparison: Comparison | None = None
    tolerance: Decimal = Decimal("0.10")
    at_risk: Decimal = Decimal("0.25")
    frequency_months: int = 6
    per: int = 1
    lowest: Decimal | None = None
    highest: Decimal | None = None
    is_ratable: bool = True
    accumulates: bool = False

    @property
    def has_direction(self) -> bool:
        """Whether better and worse are defined."""
        return self.direction not in (None, Direction.NONE)

    def value_of(self, numerator: Decimal | None, denominator: Decimal | None) -> Fraction | None:
        """The exact value of a numerator and denominator, or None: no cases (d = 0), or no number.

        A count, stock, milestone or ordinal is its numerator. A ratio is n/d, a rate n/d times `per`; a
        score is n/d when it sums several answers and n when it is one.
        """
        share = self.share_of(numerator, denominator)
        if share is None:
            return None
        (over, under), (whole, part) = share[0].as_integer_ratio(), share[1].as_integer_ratio()
        return Fraction(over * part * (self.per if self.kind is Kind.RATE else 1), under * whole)

    def share_of(self, numerator: Decimal | None, denominator: Decimal | None) -> tuple[Decimal, Decimal] | None:
        """The same value, without the `per` of a rate, as a number and what it is divided by, which is never 0."""
        kind = self.kind
        if numerator is None or kind is Kind.QUALITATIVE:
            return None
        if not (kind.needs_denominator or kind is Kind.SCORE):
            return numerator, ONE
        if denominator is None:
            return None if kind.needs_denominator else (numerator, ONE)
        return (numerator, denominator) if denominator else None


class Figure(NamedTuple):
    """One answer to one cell: a state and, only where the state has a value, exact decimals or a text.

    `evidence` tells whether a document stands behind it, `is_final` whether it is approved and will not be
    provisional any more, `reached_on` the day a milestone was reached, `published` the string as it was read.
    A `quoted` figure repeats what is counted elsewhere: it is shown and never added.
    """

    state: State
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    text: str = ""
    published: str = ""
    evidence: bool = False
    is_final: bool = True
    reached_on: date | None = None
    quoted: bool = False

    def value(self, definition: Definition) -> Fraction | None:
        """The exact value, or None when the state carries none or there were no cases."""
        return definition.value_of(self.numerator, self.denominator) if self.state.has_value else None

    def share(self, definition: Definition) -> tuple[Decimal, Decimal] | None:
        """The same as a number and what it is divided by, without the `per` of a rate: to compare many of them."""
        return definition.share_of(self.numerator, self.denominator) if self.state.has_value else None

    def has_no_cases(self, definition: Definition) -> bool:
        """Whether the answer was given and there was nobody to count: never 0 %, never 100 %."""
        return (
            self.state.has_value
            and (definition.kind.needs_denominator or definition.kind is Kind.SCORE)
            and self.denominator == 0
        )
