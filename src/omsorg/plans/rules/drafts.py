"""A whole plan before it is adopted, everything named by codes; and what in it contradicts itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from omsorg.kernel.money import Money
from omsorg.kernel.numbers import DaySaid
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from .measures import Series
from .plan_terms import PlanEndsBeforeItBegins
from .promises import ActionTerms, IndicatorTerms, Texts, objections
from .reasons import Reason


class CodeTwice(Refusal):
    sentence = _("The code “%(code)s” is used twice.")


class CodeNotKnown(Refusal):
    sentence = _("There is nothing called “%(code)s” in this plan.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """A body whose recommendations the plan answers."""

    code: str
    title: Texts
    kind: str = "review"
    published_on: date | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationDraft:
    """A recommendation of the source with the code `source`; `accepted` is yes, partly, no or open.

    `brought_as`: what the system of the house that brings it calls it; empty for all others.
    """

    code: str
    source: str
    text: Texts
    area: Texts = field(default_factory=dict)
    accepted: str = "open"
    response: Texts = field(default_factory=dict)
    brought_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDraft:
    """An action as it is promised, with the codes of what it answers. `budget` None: nothing was granted.

    `budget_why` None: it is granted for the reason of the whole.
    """

    code: str
    terms: ActionTerms
    recommendations: tuple[str, ...] = ()
    budget: Money | None = None
    budget_why: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDraft:
    """An indicator as it is defined, with the codes of the actions that it measures."""

    code: str
    terms: IndicatorTerms
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetDraft:
    """A baseline or target of an indicator; `organisation` empty: of the plan as a whole.

    `why` None: it is stated for the reason of the whole.
    """

    indicator: str
    due_on: date
    number: Decimal
    denominator: Decimal | None = None
    series: Series = Series.TARGET
    organisation: str = ""
    why: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A plan as it is to be adopted. `owner` is the code of an organisation."""

    code: str
    owner: str
    title: Texts
    adopted_on: date
    runs_from: date
    runs_until: date
    summary: Texts = field(default_factory=dict)
    frequency_months: int = 6
    reporting_kind: str = "national_association"
    currency: str = "EUR"
    sources: tuple[SourceDraft, ...] = ()
    recommendations: tuple[RecommendationDraft, ...] = ()
    actions: tuple[ActionDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()
    targets: tuple[TargetDraft, ...] = ()


def faults(draft: PlanDraft, *, today: date) -> Iterator[Refusal]:
    """Everything for which the plan cannot be adopted as it stands."""
    if draft.runs_until <= draft.runs_from:
        yield PlanEndsBeforeItBegins(until=DaySaid.of(draft.runs_until), start=DaySaid.of(draft.runs_from))
    for codes in (
        [entry.code for entry in draft.sources],
        [entry.code for entry in draft.recommendations],
        [entry.code for entry in draft.actions],
        [entry.code for entry in draft.indicators],
    ):
        yield from (CodeTwice(code=code) for code, times in Counter(codes).items() if times > 1)
    sources = {source.code for source in draft.sources}
    recommendations = {recommendation.code for recommendation in draft.recommendations}
    actions = {action.code for action in draft.actions}
    indicators = {indicator.code for indicator in draft.indicators}
    yield from _unknown((entry.source for entry in draft.recommendations), sources)
    yield from _unknown((code for action in draft.actions for code in action.recommendations), recommendations)
    yield from _unknown((code for indicator in draft.indicators for code in indicator.actions), actions)
    yield from _unknown((target.indicator for target in draft.targets), indicators)
    yield from _unknown((a.terms.superseded_by for a in draft.actions if a.terms.superseded_by), actions)
    yield from _unknown((i.terms.superseded_by for i in draft.indicators if i.terms.superseded_by), indicators)
    for action in draft.actions:
        yield from objections(action.code, action.terms, today=today)
    for indicator in draft.indicators:
        yield from objections(indicator.code, indicator.terms, today=today)


def _unknown(codes: Iterable[str], known: set[str]) -> Iterator[Refusal]:
    return (CodeNotKnown(code=code) for code in dict.fromkeys(codes) if code not in known)
