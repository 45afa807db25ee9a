"""The sentences between two reports: how the base changed, and each single change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from omsorg.kernel.periods import Period

from ..by_person import good_by_person
from ..changes import (
    BudgetChange,
    Changes,
    DateMove,
    Detail,
    RatingChange,
    TargetChange,
    Thing,
    Whose,
    by_name,
    changes_between,
)
from ..measures import Rating
from ..snapshot import IndicatorPart, NumberPart, ReportDocument
from ..status import Why
from .details import detail_sentences
from .speech import Speech, speech


class Topic(StrEnum):
    """What changes are read together, in this order."""

    PARTS = "parts"
    DATES = "dates"
    SLIPS = "slips"
    VALUES = "values"
    TARGETS = "targets"
    MONEY = "money"
    RECOMMENDATIONS = "recommendations"
    PEOPLE = "people"
    RATINGS = "ratings"
    DEFINITIONS = "definitions"
    TEXTS = "texts"
    ANSWERS = "answers"
    REPORT = "report"


TOPICS = {
    "adopted_on": Topic.DATES,
    "runs_from": Topic.DATES,
    "runs_until": Topic.DATES,
    "original_due_on": Topic.DATES,
    "done_on": Topic.DATES,
    "new_date": Topic.DATES,
    "slip_days": Topic.SLIPS,
    "value": Topic.VALUES,
    "missing": Topic.VALUES,
    "baseline": Topic.TARGETS,
    "baseline_missing": Topic.TARGETS,
    "first_target": Topic.TARGETS,
    "budget.original": Topic.MONEY,
    "budget.revised": Topic.MONEY,
    "budget.spent": Topic.MONEY,
    "currency": Topic.MONEY,
    "owner": Topic.PEOPLE,
    "prioritised": Topic.PEOPLE,
    "source": Topic.RATINGS,
    "self_rating": Topic.RATINGS,
    "computed": Topic.RATINGS,
    "why": Topic.RATINGS,
    "rated_on": Topic.RATINGS,
    "override": Topic.RATINGS,
    "override_reason": Topic.RATINGS,
    "override_reason_language": Topic.RATINGS,
    "override_reason_in": Topic.RATINGS,
    "verified": Topic.RATINGS,
    "cause": Topic.RATINGS,
    "slower_but_as_wished": Topic.RATINGS,
    "indicators": Topic.DEFINITIONS,
    "kind": Topic.DEFINITIONS,
    "adopted": Topic.DEFINITIONS,
    "about_children": Topic.DEFINITIONS,
    "unit": Topic.DEFINITIONS,
    "direction": Topic.DEFINITIONS,
    "per": Topic.DEFINITIONS,
    "changed_on": Topic.DEFINITIONS,
    "activity_reason": Topic.TEXTS,
    "superseded_by": Topic.PARTS,
    "recommendations": Topic.RECOMMENDATIONS,
    "coverage": Topic.ANSWERS,
    "added_up": Topic.ANSWERS,
}
TOPICS_OF_REPORT = {"figures": Topic.ANSWERS, "answers": Topic.ANSWERS}


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes that are read together, and how many they are in words."""

    topic: Topic
    heading: str
    sentences: tuple[str, ...]


def base_change(earlier: ReportDocument, later: ReportDocument, language: str, *, follows: bool = False) -> str:
    """How the count and the base moved since `earlier`; where only the base moved, that is said.

    Any two reports can be compared, so the earlier one is named by its day; only where the later one `follows` upon it,
    which its own pages know, it is called the report before.
    """
    say, base = speech(language), changes_between(earlier, later).base
    good_moved = base.good_before != base.good_after
    base_moved = base.active_before != base.active_after
    good = say.say(
        "base.good.moved" if good_moved else "base.good.same", before=base.good_before, after=base.good_after
    )
    active = say.say(
        "base.active.moved" if base_moved else "base.active.same", before=base.active_before, after=base.active_after
    )
    period = Period.parse(earlier.period)
    said = [
        say.say("base.since", period=period, good=good, base=active)
        if follows
        else say.say("base.compared", day=earlier.as_at, period=period, good=good, base=active)
    ]
    before, after = base.share_before, base.share_after
    if base_moved and not good_moved and before is not None and after is not None and before != after:
        said.append(say.say("base.only", before=before, after=after))
    then, now = good_by_person(earlier), good_by_person(later)
    if then or now:
        said.append(say.say("base.by_person", before=then, after=now))
    return " ".join([*said, *_no_longer_rated(say, earlier, later)])


def _no_longer_rated(say: Speech, earlier: ReportDocument, later: ReportDocument) -> Iterator[str]:
    """How many are active and not rated now that were rated then, how many of them were good, and for how many too few
    have answered: they have not become worse, nobody knows any more."""
    old = by_name(earlier.indicators)
    unrated = [
        (old[part.code], part)
        for part in later.indicators
        if part.standing.is_active
        and part.stated is Rating.NOT_RATED
        and part.code in old
        and old[part.code].standing.is_active
        and old[part.code].stated is not Rating.NOT_RATED
    ]
    count = len(unrated)
    if not count:
        return
    yield say.say("base.unrated", one_if=count, count=count)
    good = sum(before.standing.is_good for before, _now in unrated)
    few = sum(now.why is Why.TOO_FEW_ANSWERS for _before, now in unrated)
    for key, some in (("good", good), ("few", few)):
        if some == count:
            yield say.say(f"base.unrated.{key}.{'one' if count == 1 else 'all'}")
        elif some:
            yield say.say(f"base.unrated.{key}", one_if=some, **{key: some})


def change_sentences(earlier: ReportDocument, later: ReportDocument, language: str) -> tuple[str, ...]:
    """Every single change between two reports as a sentence; one that says so where nothing changed."""
    others = (sentence for group in change_groups(earlier, later, language) for sentence in group.sentences)
    nothing = nothing_changed(earlier, later, language)
    return (nothing,) if nothing else (*standing_sentences(earlier, later, language), *others)


@dataclass(frozen=True, slots=True)
class RatingTurn:
    """Indicators that went from one rating to the same other one, and how many they are in words.

    `by_person`: those of them that a person has set so.
    """

    before: Rating
    after: Rating
    heading: str
    codes: tuple[str, ...]
    by_person: tuple[str, ...] = ()


def rating_turns(earlier: ReportDocument, later: ReportDocument, language: str) -> tuple[RatingTurn, ...]:
    """Every rating that is another, by what it was and what it is: what became worse first, then what became better."""
    say, ratings = speech(language), changes_between(earlier, later).ratings
    found: dict[tuple[Rating, Rating], list[RatingChange]] = {}
    for change in sorted(ratings, key=lambda each: (not each.is_worse, not each.is_better, each.is_no_longer_rated)):
        found.setdefault((change.before, change.after), []).append(change)
    return tuple(
        RatingTurn(
            before,
            after,
            say.say("changed.ratings", before=say.rating(before), after=say.rating(after), count=len(alike)),
            tuple(change.code for change in alike),
            tuple(change.code for change in alike if change.by_person),
        )
        for (before, after), alike in found.items()
    )


def standing_sentences(earlier: ReportDocument, later: ReportDocument, language: str) -> tuple[str, ...]:
    """Every rating that is another, and everything that was stopped or taken up again."""
    return tuple(sentence for _heading, said in standing_groups(earlier, later, language) for sentence in said)


def standing_groups(
    earlier: ReportDocument, later: ReportDocument, language: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The same in their groups, each under its count; a group in which there is nothing is left out."""
    say, changes = speech(language), changes_between(earlier, later)
    ratings = tuple(
        say.say(
            "changed.rating.by_person" if c.by_person else "changed.rating",
            code=c.code,
            before=say.rating(c.before),
            after=say.rating(c.after),
        )
        for c in changes.ratings
    )
    groups = (("group.stated", ratings), ("group.activities", tuple(_activities(say, changes))))
    return tuple((say.say(key, one_if=len(said), count=len(said)), said) for key, said in groups if said)


def nothing_changed(earlier: ReportDocument, later: ReportDocument, language: str) -> str:
    """That nothing has changed since `earlier`; empty where the two reports differ in anything that is compared."""
    if not changes_between(earlier, later).nothing:
        return ""
    return speech(language).say("changed.nothing", day=earlier.as_at, period=Period.parse(earlier.period))


def change_groups(earlier: ReportDocument, later: ReportDocument, language: str) -> tuple[ChangeGroup, ...]:
    """The changes beside those of ratings and activities, which are read in lists of their own."""
    say = speech(language)
    found: dict[Topic, list[str]] = {topic: [] for topic in Topic}
    for topic, sentence in _others(say, changes_between(earlier, later), earlier, later):
        found[topic].append(sentence)
    return tuple(
        ChangeGroup(topic, say.say(f"group.{topic}", one_if=len(sentences), count=len(sentences)), tuple(sentences))
        for topic, sentences in found.items()
        if sentences
    )


def _others(
    say: Speech, changes: Changes, earlier: ReportDocument, later: ReportDocument
) -> Iterator[tuple[Topic, str]]:
    old, new = by_name(earlier.indicators), by_name(later.indicators)
    yield from ((Topic.DATES, _day(say, move)) for move in changes.dates)
    yield from ((Topic.TARGETS, _target(say, each, old[each.code], new[each.code])) for each in changes.targets)
    yield from ((Topic.MONEY, _budget(say, change)) for change in changes.budgets)
    for text in changes.texts:
        code, before, after = _name(say, text.thing, text.code), say.text(text.before), say.text(text.after)
        yield Topic.TEXTS, say.say("changed.text", code=code, before=before, after=after)
    yield from ((Topic.DEFINITIONS, sentence) for sentence in _measures(say, changes))
    for key, codes in (
        ("new_indicator", changes.new_indicators),
        ("removed_indicator", changes.removed_indicators),
        ("new_action", changes.new_actions),
        ("removed_action", changes.removed_actions),
        ("new_recommendation", changes.new_recommendations),
        ("removed_recommendation", changes.removed_recommendations),
        ("new_source", changes.new_sources),
        ("removed_source", changes.removed_sources),
    ):
        topic = Topic.PARTS if key.endswith(("indicator", "action")) else Topic.RECOMMENDATIONS
        yield from ((topic, say.say(f"changed.{key}", code=code)) for code in codes)
    for detail in changes.details:
        yield from ((_topic(detail), sentence) for sentence in detail_sentences(say, detail, earlier, later))


def _topic(detail: Detail) -> Topic:
    if detail.whose in (Whose.RECOMMENDATION, Whose.SOURCE):
        return Topic.RECOMMENDATIONS
    if detail.whose is Whose.REPORT:
        return TOPICS_OF_REPORT.get(detail.field.partition(".")[0], Topic.REPORT)
    return TOPICS[detail.field]


def _activities(say: Speech, changes: Changes) -> Iterable[str]:
    for change in changes.activities:
        reason = say.text(change.reason)
        yield say.say(
            "changed.activity.reason" if reason else "changed.activity",
            code=change.code,
            before=say.activity(change.before),
            after=say.activity(change.after),
            reason=reason,
        )


def _day(say: Speech, move: DateMove) -> str:
    what = say.say(f"day.{move.field.value}")
    code = _name(say, move.thing, move.code)
    before = "" if move.before is None else say.shown(move.before)
    after = "" if move.after is None else say.shown(move.after)
    if move.days is None:
        return say.say(_which("changed.day", before, after), code=code, what=what, before=before, after=after)
    return say.say(
        "changed.later" if move.days > 0 else "changed.earlier",
        one_if=abs(move.days),
        code=code,
        what=what,
        before=before,
        after=after,
        count=abs(move.days),
    )


def _measures(say: Speech, changes: Changes) -> Iterable[str]:
    for change in changes.measures:
        for key, codes in (("changed.measures", change.added), ("changed.measures_gone", change.removed)):
            if codes:
                yield say.say(key, code=change.code, actions=", ".join(codes))


def _name(say: Speech, thing: Thing, code: str) -> str:
    """Actions and indicators are called by their codes; the plan is the plan."""
    return say.say("changed.the_plan") if thing is Thing.PLAN else code


def _budget(say: Speech, change: BudgetChange) -> str:
    before = "" if change.before is None else say.money(change.before, change.currency)
    after = "" if change.after is None else say.money(change.after, change.currency)
    return say.say(_which("changed.budget", before, after), code=change.code, before=before, after=after)


def _target(say: Speech, change: TargetChange, old: IndicatorPart, new: IndicatorPart) -> str:
    before = "" if change.before is None else say.aim(old, change.before)
    after = "" if change.after is None else say.aim(new, change.after)
    if before == after and change.before is not None and change.after is not None:
        before, after = _by_day(say, before, change.before), _by_day(say, after, change.after)
    if before == after:
        what = say.say("what.target")
        return say.say("detail.finer", code=change.code, what=what, after=after)
    return say.say(_which("changed.target", before, after), code=change.code, before=before, after=after)


def _by_day(say: Speech, aim: str, target: NumberPart) -> str:
    return aim if target.on is None else say.say("said.on", value=aim, day=target.on)


def _which(key: str, before: str, after: str) -> str:
    if not before:
        return f"{key}_set"
    return key if after else f"{key}_gone"
