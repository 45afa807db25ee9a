"""What an action or an indicator promises, and which change of it may stand.

The terms of an action or indicator are everything that one revision of it says. Other things are named by their
codes, so that terms read the same in a file, on a page and in the trail. A change is refused in the words that the
person who revises will read; nothing here knows a database.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from omsorg.kernel.numbers import DaySaid, NumberSaid
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from .definitions import contradictions
from .entries import DECIMALS, DIGITS, NumberNotKept, NumberTooLarge, check_kept
from .measures import Activity, Cause, Comparison, Definition, Direction, Kind, RollUp, TimeRule
from .revisions import FieldChange, NothingChanged, RevisionWithoutReason, difference

Texts = Mapping[str, str]
"""One text in several languages: "en" -> "Training for all"."""
LONGEST_TITLE, LONGEST_TEXT, LONGEST_REASON = 300, 4_000, 4_000
"""How many characters a title, a summary or another text, and a reason may have in each language."""


class TitleMissing(Refusal):
    sentence = _("Give a title in at least one language.")


class DueBeforeStart(Refusal):
    sentence = _("It cannot be due on %(due_on)s, before it starts on %(starts_on)s.")


LARGEST_PER = 1_000_000_000
"""Nothing is told per more than so many."""
KEPT: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("threshold", "band_low", "band_high", "lowest", "highest"), (DIGITS, DECIMALS)),
    **dict.fromkeys(("tolerance", "at_risk_band"), (6, 4)),
}
"""The numbers of an indicator: with how many figures each is kept, and how many of them after the mark."""


class DoneBeforeStart(Refusal):
    sentence = _("It cannot have been done on %(done_on)s, before it starts on %(starts_on)s.")


class DoneInFuture(Refusal):
    sentence = _("It cannot have been done on %(done_on)s: that day has not come yet.")


class SupersededByNothing(Refusal):
    sentence = _("Say by which other one it is superseded.")


class SupersededByItself(Refusal):
    sentence = _("It cannot be superseded by itself.")


class StoppedWithoutWhy(Refusal):
    sentence = _("Say why it is no longer worked on: the public will read it.")


class PutOffWithoutCause(Refusal):
    sentence = _("The due date is put off: say whether the cause is time, resources, scope or something outside.")


class TargetNeedsWhole(Refusal):
    sentence = _("A share needs both numbers: how many, of how many.")


class TakesForceTooEarly(Refusal):
    sentence = _("It was last changed with force from %(day)s: a later change cannot take force before that.")


class TakesForceInFuture(Refusal):
    sentence = _("A change takes force today or on an earlier day; %(day)s has not come yet.")


class DatedBeforeReport(Refusal):
    sentence = _(
        "The report %(report)s tells what was in force on %(day)s, and it is published. A change may be in force from"
        " the day after, %(next_day)s, at the earliest."
    )


class ToldOfToday(DatedBeforeReport):
    """The day after has not come yet: nothing else is to be tried today."""

    sentence = _(
        "The report %(report)s tells what is in force on %(day)s, and it is published. Make this change on"
        " %(next_day)s, or later: no day before can take it any more."
    )


class StaysAboutChildren(Refusal):
    sentence = _(
        "A report of this plan is released: that this is about children is not taken back. If something else is to be"
        " counted, make a new indicator."
    )


class RevisedMeanwhile(Refusal):
    """Somebody else revised the same thing since it was read. `changes` is what they changed."""

    sentence = _("Somebody else has changed this since you opened it. Look at what is different, then decide again.")

    def __init__(self, *, number: int, changes: tuple[FieldChange, ...], reason: str = "") -> None:
        super().__init__(number=number)
        self.number = number
        self.changes = changes
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTerms:
    """Everything that one revision of an action promises. `owner` and `superseded_by` are codes."""

    title: Texts
    owner: str
    starts_on: date
    due_on: date
    text: Texts = field(default_factory=dict)
    prioritised: bool = False
    done_on: date | None = None
    activity: Activity = Activity.ACTIVE
    activity_reason: Texts = field(default_factory=dict)
    superseded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorTerms:
    """Everything that one revision of an indicator says about what is measured and how. `superseded_by` is a code."""

    title: Texts
    text: Texts = field(default_factory=dict)
    kind: Kind = Kind.QUALITATIVE
    unit: Texts = field(default_factory=dict)
    direction: Direction = Direction.NONE
    time_rule: TimeRule = TimeRule.LAST
    roll_up: RollUp = RollUp.NONE
    numerator: Texts = field(default_factory=dict)
    denominator: Texts = field(default_factory=dict)
    threshold: Decimal | None = None
    comparison: Comparison = Comparison.AT_LEAST
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    per: int = 1
    accumulates: bool = False
    lowest: Decimal | None = None
    highest: Decimal | None = None
    tolerance: Decimal = Decimal("0.10")
    at_risk_band: Decimal = Decimal("0.25")
    asked_of_associations: bool = False
    evidence_needed: bool = False
    dimensions: tuple[str, ...] = ()
    about_children: bool = False
    activity: Activity = Activity.ACTIVE
    activity_reason: Texts = field(default_factory=dict)
    superseded_by: str | None = None
    due_on: date | None = None


Terms = TypeVar("Terms", ActionTerms, IndicatorTerms)

MEASURING = frozenset(
    {"kind", "unit", "direction", "time_rule", "roll_up", "numerator", "denominator", "threshold", "comparison"}
    | {"band_low", "band_high", "per", "accumulates", "lowest", "highest", "dimensions"}
)
"""Fields of an indicator that decide what is measured: changing one of them is a new definition."""


def measures_otherwise(change: FieldChange) -> bool:
    """Whether a changed field makes it another definition. A word told in one more language, or one less, does not."""
    if change.field not in MEASURING:
        return False
    before, after = change.before, change.after
    if not (isinstance(before, Mapping) and isinstance(after, Mapping)):
        return True
    both = before.keys() & after.keys()
    return not both or any(before[language] != after[language] for language in both)


@dataclass(frozen=True, slots=True)
class Change:
    """A change that may stand: the new terms, what differs from before, and what the revision says of it."""

    terms: Any
    changes: tuple[FieldChange, ...]
    reason: str
    cause: Cause | None = None
    redefined: bool = False


def state_of(terms: ActionTerms | IndicatorTerms) -> dict[str, Any]:
    """The terms field by field, to be compared with those before or after."""
    return {entry.name: getattr(terms, entry.name) for entry in fields(terms)}


def with_new_values(history: Sequence[Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What of `wanted` has never stood in any of the terms of `history` (oldest first): the rest is known already.

    Of a text only the languages that are given count; those not given stay as they stand.
    """
    fresh: dict[str, Any] = {}
    for name, value in wanted.items():
        stood = [getattr(terms, name) for terms in history]
        if isinstance(value, Mapping):
            if not any(value.items() <= before.items() for before in stood):
                fresh[name] = {**stood[-1], **value}
        elif value not in stood:
            fresh[name] = value
    return fresh


def settled(terms: Terms) -> Terms:
    """The same terms without what no longer applies: what is active has no reason for having stopped."""
    if terms.activity is Activity.ACTIVE:
        return replace(terms, activity_reason={}, superseded_by=None)
    if terms.activity is not Activity.SUPERSEDED:
        return replace(terms, superseded_by=None)
    return terms


def definition_of(code: str, terms: IndicatorTerms, *, frequency_months: int = 6) -> Definition:
    """The definition that the engine counts with."""
    return Definition(
        code=code,
        kind=terms.kind,
        direction=terms.direction,
        time_rule=terms.time_rule,
        roll_up=terms.roll_up,
        unit=terms.unit,
        band_low=terms.band_low,
        band_high=terms.band_high,
        threshold=terms.threshold,
        comparison=terms.comparison,
        tolerance=terms.tolerance,
        at_risk=terms.at_risk_band,
        frequency_months=frequency_months,
        per=terms.per,
        lowest=terms.lowest,
        highest=terms.highest,
        accumulates=terms.accumulates,
    )


def objections(code: str, terms: ActionTerms | IndicatorTerms, *, today: date) -> tuple[Refusal, ...]:
    """Every reason for which these terms cannot stand, whatever they were before; empty when they can."""
    found: list[Refusal] = []
    if not any(said.strip() for said in terms.title.values()):
        found.append(TitleMissing())
    if terms.activity is Activity.SUPERSEDED:
        if not terms.superseded_by:
            found.append(SupersededByNothing())
        elif terms.superseded_by == code:
            found.append(SupersededByItself())
    elif terms.activity is not Activity.ACTIVE and not any(said.strip() for said in terms.activity_reason.values()):
        found.append(StoppedWithoutWhy())
    if isinstance(terms, IndicatorTerms):
        if terms.per > LARGEST_PER:
            found.append(NumberTooLarge(field="per", number=NumberSaid(terms.per)))
        return (*found, *not_kept(terms), *contradictions(definition_of(code, terms)))
    if terms.due_on < terms.starts_on:
        found.append(DueBeforeStart(due_on=DaySaid.of(terms.due_on), starts_on=DaySaid.of(terms.starts_on)))
    if terms.done_on is not None and terms.done_on > today:
        found.append(DoneInFuture(done_on=DaySaid.of(terms.done_on)))
    if terms.done_on is not None and terms.done_on < terms.starts_on:
        found.append(DoneBeforeStart(done_on=DaySaid.of(terms.done_on), starts_on=DaySaid.of(terms.starts_on)))
    return tuple(found)


def not_kept(terms: IndicatorTerms) -> Iterator[NumberNotKept]:
    """Each number of an indicator that cannot be kept exactly, with its field."""
    for name, (digits, decimals) in KEPT.items():
        number: Decimal | None = getattr(terms, name)
        try:
            if number is not None:
                check_kept(number, digits, decimals, field=name)
        except NumberNotKept as refusal:
            yield refusal


def change(
    code: str,
    before: Terms,
    wanted: Terms,
    *,
    reason: str,
    cause: Cause | None = None,
    redefined: bool = False,
    last_in_force_on: date,
    in_force_on: date,
    today: date,
) -> Change:
    """The change from `before` to `wanted`, or the first reason for which it cannot stand.

    It never comes without a reason, never takes force in the future nor before the change that it follows. A due
    date that is put off carries a cause. An indicator that now measures something else is marked as redefined,
    whether or not the person who revises says so.
    """
    after = settled(wanted)
    changes = difference(state_of(before), state_of(after))
    changed = {entry.field for entry in changes}
    if isinstance(after, IndicatorTerms):
        redefined = redefined or any(measures_otherwise(entry) for entry in changes)
    if not changes and not redefined:
        raise NothingChanged
    if not reason.strip():
        raise RevisionWithoutReason
    check_days(in_force_on, last_in_force_on=last_in_force_on, today=today)
    for objection in objections(code, after, today=today):
        raise objection
    put_off = "due_on" in changed and _is_later(before.due_on, after.due_on)
    if put_off and cause is None:
        raise PutOffWithoutCause
    return Change(after, changes, reason.strip(), cause if put_off else None, redefined)


def check_days(in_force_on: date, *, last_in_force_on: date | None, today: date) -> None:
    """Pass, or refuse a change that would take force in the future or before the one that it follows."""
    if in_force_on > today:
        raise TakesForceInFuture(day=DaySaid.of(in_force_on))
    if last_in_force_on is not None and in_force_on < last_in_force_on:
        raise TakesForceTooEarly(day=DaySaid.of(last_in_force_on))


def check_after_report(in_force_on: date, *, report: str, as_at: date, today: date) -> None:
    """Pass, or refuse a change with force on a day that the released report `report` has told of, as at `as_at`."""
    if in_force_on <= as_at:
        refusal = ToldOfToday if as_at >= today else DatedBeforeReport
        raise refusal(report=report, day=DaySaid.of(as_at), next_day=DaySaid.of(as_at + timedelta(days=1)))


def check_stays_about_children(before: IndicatorTerms, after: IndicatorTerms) -> None:
    """Pass, or refuse to take back the mark, of whose plan a report is released: what it hides would be told."""
    if before.about_children and not after.about_children:
        raise StaysAboutChildren


def overlap(theirs: Iterable[FieldChange], before: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that two people changed at once, to different values: only these must be decided again."""
    return tuple(entry.field for entry in theirs if before.get(entry.field) != wanted.get(entry.field) != entry.after)


def _is_later(before: date | None, after: date | None) -> bool:
    return before is not None and (after is None or after > before)
