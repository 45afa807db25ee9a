"""What is frozen and when: the moment, the documents, and what was read about one indicator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from omsorg.kernel.periods import Period
from omsorg.plans.models import (
    Action,
    Assessment,
    Indicator,
    IndicatorRevision,
    Plan,
    PlanRevision,
    Target,
)
from omsorg.plans.queries.tallies import (
    OrganisationFigure,
)
from omsorg.plans.rules.limits import ReportLimits
from omsorg.plans.rules.measures import Definition, Rating
from omsorg.plans.rules.ratings import Override
from omsorg.plans.rules.revisions import standing_on
from omsorg.plans.rules.snapshot import (
    ReportDocument,
    VerifiedPart,
)
from omsorg.plans.rules.tally import Tally

Cell = tuple[str, str, int]
"""What a number stands for in a report: what sort it is of, of which period, and of which organisation."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a report speaks of: the plan as of a day, a period, and what was known when it was frozen."""

    plan: Plan
    period: Period
    as_at: date
    known_at: datetime
    limits: ReportLimits


@dataclass(frozen=True, slots=True)
class Frozen:
    """The documents of one report: the overview, one for each indicator by its code, and the heads of the trail."""

    document: ReportDocument
    indicators: Mapping[str, dict[str, Any]]
    heads: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """What was read about one indicator. `evidence`: of which organisations and periods a document was handed in.

    `actions`: those that it measured on the day, `runs_from`: when the plan began, as it was said on that day.
    `worked_on`: the periods up to now in which it was asked for under a definition that can be compared;
    `override`: the one that counts on the day; `reached`: where documents are asked for behind a milestone, whose
    figures of each period say that it is reached;
    `about_children`: whether any revision known at the moment says so, whenever it is in force; `hidden`: the cells
    that must not be shown (`guarded`).
    """

    indicator: Indicator
    revision: IndicatorRevision
    definition: Definition
    actions: tuple[Action, ...]
    runs_from: date
    first_revision: int
    changed_on: date | None
    targets: list[Target]
    tallies: dict[Period, Tally]
    figures: list[OrganisationFigure]
    asked: dict[Period, frozenset[int]]
    worked_on: tuple[Period, ...]
    self_assessment: Assessment | None
    override: Assessment | None
    verified: VerifiedPart | None
    evidence: frozenset[tuple[int, Period]]
    reached: Mapping[Period, frozenset[int]]
    about_children: bool
    hidden: frozenset[Cell] = frozenset()


def as_override(said: Assessment) -> Override:
    """What a person said over the computed rating, as the rule takes it."""
    return Override(Rating(said.rating), said.reason, said.at.date(), said.ends_on)


def standing_plan(moment: Moment) -> PlanRevision:
    """What the plan said of itself on the day, as known at the moment; before adoption, what it said when adopted."""
    revisions = list(moment.plan.revisions.order_by("number"))
    standing: PlanRevision | None = standing_revision(revisions, moment)
    return standing or revisions[0]


def standing_revision(revisions: Iterable[Any], moment: Moment) -> Any:
    """The newest revision in force on the day and already written down at the moment; None before the first."""
    return standing_on((r for r in revisions if r.at <= moment.known_at), moment.as_at)
