"""The sentences between two reports: how the base changed, and each single change."""

from collections.abc import Iterable

from omsorg.kernel.periods import Period

from ..changes import BudgetChange, Changes, DateMove, TargetChange, Thing, changes_between
from ..snapshot import IndicatorPart, ReportDocument
from .speech import Speech, speech


def base_change(earlier: ReportDocument, later: ReportDocument, language: str) -> str:
    """How the count and the base moved since the report before; where only the base moved, that is said."""
    say, base = speech(language), changes_between(earlier, later).base
    good_moved = base.good_before != base.good_after
    base_moved = base.active_before != base.active_after
    said = [
        say.say(
            "base.since",
            period=Period.parse(earlier.period),
            good=say.say(
                "base.good.moved" if good_moved else "base.good.same",
                before=base.good_before,
                after=base.good_after,
            ),
            base=say.say(
                "base.active.moved" if base_moved else "base.active.same",
                before=base.active_before,
                after=base.active_after,
            ),
        )
    ]
    before, after = base.share_before, base.share_after
    if base_moved and not good_moved and before is not None and after is not None and before != after:
        said.append(say.say("base.only", before=before, after=after))
    return " ".join(said)


def change_sentences(earlier: ReportDocument, later: ReportDocument, language: str) -> tuple[str, ...]:
    """Every single change between two reports as a sentence; one that says so where nothing changed."""
    say, changes = speech(language), changes_between(earlier, later)
    said = [
        *(
            say.say("changed.rating", code=c.code, before=say.rating(c.before), after=say.rating(c.after))
            for c in changes.ratings
        ),
        *_activities(say, changes),
        *_others(say, changes, later),
    ]
    return tuple(said) or (say.say("changed.nothing"),)


def other_change_sentences(earlier: ReportDocument, later: ReportDocument, language: str) -> tuple[str, ...]:
    """The changes beside those of ratings and activities, for a page that shows these two in lists of their own."""
    say, changes = speech(language), changes_between(earlier, later)
    said = tuple(_others(say, changes, later))
    return said if said or changes.ratings or changes.activities else (say.say("changed.nothing"),)


def _others(say: Speech, changes: Changes, later: ReportDocument) -> Iterable[str]:
    parts = {part.code: part for part in later.indicators}
    return (
        *(_day(say, move) for move in changes.dates),
        *(_target(say, change, parts[change.code]) for change in changes.targets),
        *(_budget(say, change) for change in changes.budgets),
        *(
            say.say(
                "changed.text", code=_name(say, c.thing, c.code), before=say.text(c.before), after=say.text(c.after)
            )
            for c in changes.texts
        ),
        *_measures(say, changes),
        *(say.say("changed.new_indicator", code=code) for code in changes.new_indicators),
        *(say.say("changed.removed_indicator", code=code) for code in changes.removed_indicators),
        *(say.say("changed.new_action", code=code) for code in changes.new_actions),
        *(say.say("changed.removed_action", code=code) for code in changes.removed_actions),
    )


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


def _target(say: Speech, change: TargetChange, part: IndicatorPart) -> str:
    before = "" if change.before is None else say.aim(part, change.before)
    after = "" if change.after is None else say.aim(part, change.after)
    return say.say(_which("changed.target", before, after), code=change.code, before=before, after=after)


def _which(key: str, before: str, after: str) -> str:
    if not before:
        return f"{key}_set"
    return key if after else f"{key}_gone"
