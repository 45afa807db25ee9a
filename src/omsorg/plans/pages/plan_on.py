"""The plan as it was on a day, with what has been changed since, and every dated change with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as __

from omsorg.plans.pages.overview import slip_text
from omsorg.plans.pages.revisions import ChangeTold, changes_told
from omsorg.plans.pages.stated import (
    Fact,
    Since,
    money_facts,
    money_since,
    stated_told,
    target_facts,
    targets_since,
)
from omsorg.plans.pages.words import (
    ACCEPTED,
    ACTIVITIES,
    SOURCE_KINDS,
    day,
    days_told,
    plain,
    reason_told,
    short_day,
    told,
)
from omsorg.plans.queries.promises import ActionState, IndicatorState, PlanState, RecommendationState, SourceState
from omsorg.plans.queries.published import PublicRevision
from omsorg.plans.rules.promises import state_of
from omsorg.plans.rules.revisions import FieldChange, difference
from omsorg.plans.rules.slip import slip


@dataclass(frozen=True, slots=True)
class Promised:
    """One action or indicator as it was on the day, its money or targets, and what is different today."""

    code: str
    title: str
    text: str
    facts: tuple[Fact, ...]
    owner: str
    activity: str
    activity_word: str | Promise
    due: str
    slip: str
    since: tuple[Since, ...]
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One dated change as the timeline shows it."""

    on: str
    machine_on: str
    title: str
    reason: str
    by: str
    url: str


@dataclass(frozen=True, slots=True)
class Advised:
    """One recommendation that was in the plan on the day, and what was answered to it by then."""

    code: str
    text: str
    area: str
    accepted: str | Promise
    response: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Advisers:
    """One source of the plan with its recommendations."""

    code: str
    title: str
    kind: str | Promise
    advised: tuple[Advised, ...]


@dataclass(frozen=True, slots=True)
class PlanOnView:
    """Everything the page shows."""

    sources: tuple[Advisers, ...]
    actions: tuple[Promised, ...]
    indicators: tuple[Promised, ...]
    period: str
    plan_since: tuple[Since, ...]
    added_since: tuple[str, ...]
    changed: int
    timeline: tuple[TimelineEntry, ...]


def plan_on_view(then: PlanState, now: PlanState, revisions: Sequence[PublicRevision], address: str) -> PlanOnView:
    """The page of one day. `address` leads back to it, with another day."""
    actions = tuple(_action(state, now.action.get(state.code), then) for state in then.actions)
    indicators = tuple(_indicator(state, now.indicator.get(state.code)) for state in then.indicators)
    known = {*then.action, *then.indicator}
    return PlanOnView(
        sources=tuple(_source(state, then.recommendations) for state in then.sources),
        actions=actions,
        indicators=indicators,
        period=_period(then),
        plan_since=_plan_since(then, now),
        added_since=tuple(code for code in (*now.action, *now.indicator) if code not in known),
        changed=sum(bool(each.since) for each in (*actions, *indicators)),
        timeline=tuple(
            TimelineEntry(
                on=short_day(each.in_force_on),
                machine_on=each.in_force_on.isoformat(),
                title=_what_changed(each, then.plan.code),
                reason=reason_told(each.reason, each.reason_language, each.reason_in),
                by=days_told(each.in_force_on, each.entered_at.date()),
                url=f"{address}?day={each.in_force_on.isoformat()}#{each.code}",
            )
            for each in revisions
        ),
    )


def _source(state: SourceState, recommendations: Sequence[RecommendationState]) -> Advisers:
    return Advisers(
        code=state.code,
        title=told(state.title),
        kind=SOURCE_KINDS[state.kind],
        advised=tuple(
            Advised(
                code=each.code,
                text=told(each.text),
                area=plain(each.area),
                accepted=ACCEPTED[each.accepted],
                response=told(each.response),
                actions=each.actions,
            )
            for each in recommendations
            if each.source == state.code
        ),
    )


def _what_changed(each: PublicRevision, plan: str) -> str:
    title = plain(each.title) if each.code == plan else f"{each.code} {plain(each.title)}"
    return f"{title}. {stated_told(each.stated)}" if each.stated else title


def _period(state: PlanState) -> str:
    return __("%(first)s to %(last)s") % {
        "first": day(state.terms.runs_from),
        "last": day(state.terms.runs_until - timedelta(days=1)),
    }


def _plan_since(then: PlanState, now: PlanState) -> tuple[Since, ...]:
    pairs = (
        (__("Title"), plain(then.terms.title), plain(now.terms.title)),
        (__("What it is about"), plain(then.terms.summary), plain(now.terms.summary)),
        (__("Runs"), _period(then), _period(now)),
    )
    return tuple(Since(what, before, after) for what, before, after in pairs if before != after)


def _action(state: ActionState, now: ActionState | None, then: PlanState) -> Promised:
    terms = state.terms
    slipped = slip(
        original_due_on=state.first_due_on,
        present_due_on=terms.due_on,
        as_of=then.day,
        done_on=terms.done_on,
        stopped_on=state.stopped_on,
    )
    since = [] if now is None else [*_since(state, now), *money_since(state, now)]
    return Promised(
        code=state.code,
        title=told(terms.title),
        text=told(terms.text),
        facts=money_facts(state),
        owner=state.owner_name,
        activity=terms.activity,
        activity_word=ACTIVITIES[terms.activity],
        due=short_day(terms.due_on),
        slip=slip_text(slipped.days),
        since=tuple(since),
    )


def _indicator(state: IndicatorState, now: IndicatorState | None) -> Promised:
    since = [] if now is None else [*_since(state, now), *targets_since(state, now)]
    if now is not None and now.redefined_number != state.redefined_number:
        since.append(Since(__("Definition"), "", __("changed")))
    return Promised(
        code=state.code,
        title=told(state.terms.title),
        text=told(state.terms.text),
        facts=target_facts(state),
        owner=", ".join(state.actions),
        activity=state.terms.activity,
        activity_word=ACTIVITIES[state.terms.activity],
        due=short_day(state.terms.due_on),
        slip="",
        since=tuple(since),
    )


def _since(state: ActionState | IndicatorState, now: ActionState | IndicatorState) -> list[Since]:
    changed = [
        each for each in difference(state_of(state.terms), state_of(now.terms)) if each.field not in ("title", "owner")
    ]
    pairs = [(__("Wording"), plain(state.terms.title), plain(now.terms.title))]
    if isinstance(state, ActionState) and isinstance(now, ActionState):
        pairs.append((__("Responsible"), state.owner_name, now.owner_name))
        pairs.append((__("Recommendations"), ", ".join(state.recommendations), ", ".join(now.recommendations)))
    if isinstance(state, IndicatorState) and isinstance(now, IndicatorState):
        pairs.append((__("Measures action"), ", ".join(state.actions), ", ".join(now.actions)))
    found = [Since(what, before, after) for what, before, after in pairs if before != after]
    if plain(state.terms.title) == plain(now.terms.title) and state.terms.title != now.terms.title:
        changed += [FieldChange("title", state.terms.title, now.terms.title)]
    return [*found, *(_told(each) for each in changes_told(changed))]


def _told(change: ChangeTold) -> Since:
    return Since(f"{change.what} ({change.language})" if change.language else change.what, change.before, change.after)
