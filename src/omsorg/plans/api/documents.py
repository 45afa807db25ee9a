"""The frozen document of one indicator over all organisations, as the HTTP API describes it. Numbers are exact text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from omsorg.plans.rules.snapshot import Texts


@dataclass(frozen=True, slots=True)
class OrganisationFigure:
    """One organisation's figure, or in `state` why there is none: silent, suppressed, not_collected and the like."""

    code: str
    name: str
    country: str
    state: str
    numerator: str | None = None
    denominator: str | None = None
    text: str = ""
    verdict: str = ""
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class PeriodFigure:
    """The figure of the whole plan for one period, with how many answers stand behind it."""

    period: str
    numerator: str | None
    denominator: str | None
    missing: str | None
    reported: int
    expected: int
    estimated: int


@dataclass(frozen=True, slots=True)
class StatedTarget:
    """A baseline or target as it was stated on a day, with the reason. `missing`: why there is no number.

    `reason` is as it was written, in `reason_language` where that is known, and `reason_in` gives it in others.
    """

    series: str
    due_on: date
    number: str | None
    denominator: str | None
    in_force_on: date
    reason: str
    missing: str | None = None
    reason_language: str = ""
    reason_in: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndicatorDocument:
    """One indicator as frozen: its definition, every organisation's figure, the periods before, the targets."""

    format: str
    code: str
    period: str
    text: Texts
    numerator: Texts
    denominator: Texts
    time_rule: str
    roll_up: str
    threshold: str | None
    comparison: str
    tolerance: str | None
    organisations: Sequence[OrganisationFigure]
    periods: Sequence[PeriodFigure]
    targets: Sequence[StatedTarget]
