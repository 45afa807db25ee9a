"""The sentences of one indicator and of one action."""

from datetime import date

from ..measures import Activity, Cause, Direction, Kind, Rating, RatingSource, Status
from ..ratings import plan_rating
from ..snapshot import ActionPart, AddedUpPart, BudgetPart, IndicatorPart, NumberPart, ReportDocument, Texts
from .speech import Speech, speech


def indicator_sentences(part: IndicatorPart, language: str, as_at: date) -> tuple[str, ...]:
    """How one indicator stands: activity or rating with cause, who says so, what was observed, what was aimed at.

    `as_at` is the day of the report: a new date that lies before it has passed.
    """
    say = speech(language)
    if part.standing.is_active:
        said = [*_rating(say, part, as_at), *_who_says_so(say, part)]
    else:
        said = [_stopped(say, part.activity, part.activity_reason, part.superseded_by)]
    return (*said, *_observed(say, part), *_aims(say, part))


def action_sentences(part: ActionPart, document: ReportDocument, language: str) -> tuple[str, ...]:
    """How one action stands: activity, dates with slip and cause, its indicators, its money."""
    say = speech(language)
    said = []
    if part.activity is not Activity.ACTIVE:
        said.append(_stopped(say, part.activity, part.activity_reason, part.superseded_by))
    said.append(_dates(say, part))
    if part.cause is not None:
        said.append(say.say("action.cause", cause=_cause(say, part.cause)))
    said += _new_date(say, part, document.as_at)
    own = [indicator for indicator in document.indicators if indicator.code in part.indicators]
    if own:
        good = sum(indicator.standing.is_good for indicator in own)
        indicators = say.thing("indicators", len(own))
        said.append(
            say.say("action.indicators", one_if=good, good=good, total=len(own), indicators=indicators)
            if good
            else say.none_of("action.no_good", total=len(own))
        )
    else:
        said.append(say.say("action.no_indicators"))
    return (*said, *(_money(say, budget) for budget in part.budget))


def _rating(say: Speech, part: IndicatorPart, as_at: date) -> list[str]:
    said = []
    if part.stated is Rating.OFF_TRACK and part.cause is not None:
        said.append(say.say("indicator.off_track.cause", cause=_cause(say, part.cause)))
    else:
        said.append(say.say(f"indicator.{part.stated.value}"))
    if because := _why(say, part):
        said.append(because)
    if part.changed_on is not None and not part.standing.awaits_rating_after_change:
        said.append(say.say("indicator.redefined", day=part.changed_on))
    if part.slower_but_as_wished:
        said.append(say.say("indicator.slower"))
    if part.new_date is not None:
        passed = ".passed" if part.new_date < as_at else ""
        said.append(say.say(f"indicator.new_date{passed}", day=part.new_date))
    return said


def _who_says_so(say: Speech, part: IndicatorPart) -> list[str]:
    """Every rating that is another than the stated one, and what somebody else found."""
    said = []
    computed = part.computed if part.computed is not Status.NOT_RATED else None
    if part.source is RatingSource.OVERRIDE:
        stated, reason = say.rating(part.stated), say.override_reason(part)
        if computed is not None:
            said.append(say.say("indicator.override", computed=say.status(computed), stated=stated, reason=reason))
        else:
            said.append(say.say("indicator.override.bare", stated=stated, reason=reason))
    elif computed is not None and plan_rating(computed) is not part.stated:
        said.append(say.say("indicator.computed", computed=say.status(computed)))
    if part.self_rating not in (None, part.stated) and part.self_rating is not None:
        said.append(say.say("indicator.self", rating=say.rating(part.self_rating)))
    if part.verified is not None:
        same = part.verified.rating is part.stated
        said.append(
            say.say(
                "indicator.verified.same" if same else "indicator.verified.other",
                by=part.verified.by,
                day=part.verified.on,
                rating=say.rating(part.verified.rating),
            )
        )
    return said


def _observed(say: Speech, part: IndicatorPart) -> list[str]:
    if part.value is None:
        return [say.say(f"missing.{part.missing.value}")] if part.missing is not None else []
    if part.kind is Kind.MILESTONE and part.value.denominator is None and part.value.numerator in (0, 1):
        return [say.say("indicator.reached" if part.value.numerator else "indicator.not_reached")]
    value = say.amount(part, part.value)
    gaps = [_gaps(say, part.added_up)] if part.added_up is not None and part.added_up.incomplete else []
    if part.coverage is None or not part.coverage.expected:
        return [say.say("indicator.value", value=value), *gaps]
    return [
        say.say(
            "indicator.value.coverage",
            value=value,
            reported=part.coverage.reported,
            expected=part.coverage.expected,
            organisations=say.thing("organisations", part.coverage.expected),
        ),
        *gaps,
    ]


def why_so(part: IndicatorPart, language: str, *, count: int = 1) -> str:
    """Why the figures say what is stated, or nothing, where the numbers alone do not tell it; else empty.

    Where the same holds for `count` indicators, it is said of them all.
    """
    return _why(speech(language), part, count)


def _why(say: Speech, part: IndicatorPart, count: int = 1) -> str:
    if part.standing.awaits_rating_after_change and part.changed_on is not None:
        return say.of_many("indicator.changed", count, day=part.changed_on)
    if part.source not in (RatingSource.COMPUTED, RatingSource.NONE):
        return ""
    if part.rated_on is not None:
        return say.of_many("why.figures.on" if part.why is None else "why.earlier_figures.on", count, day=part.rated_on)
    return "" if part.why is None else say.of_many(f"why.{part.why}", count)


def gaps_in_sum(part: IndicatorPart, language: str) -> str:
    """How many of the periods that are added up lack a figure from somebody; nothing where none does."""
    if part.value is None or part.added_up is None or not part.added_up.incomplete:
        return ""
    return _gaps(speech(language), part.added_up)


def _gaps(say: Speech, added: AddedUpPart) -> str:
    return say.say(
        "indicator.added_up",
        one_if=added.incomplete,
        count=added.incomplete,
        total=added.periods,
        periods=say.thing(f"periods.{added.months}", added.periods),
    )


def _aims(say: Speech, part: IndicatorPart) -> list[str]:
    said = []
    if part.baseline is not None:
        said.append(say.say("indicator.baseline", value=say.amount(part, part.baseline)))
    present, first = part.present_target, part.first_target
    if present is None or present.on is None:
        return said
    is_day_only = part.kind is Kind.MILESTONE or part.direction is Direction.BAND
    if part.kind is Kind.MILESTONE:
        said.append(say.say("indicator.target.milestone", day=present.on))
    elif part.direction is Direction.BAND:
        said.append(say.say("indicator.target.band", day=present.on))
    else:
        said.append(say.say("indicator.target", value=say.aim(part, present), day=present.on))
    if first is None or first.on is None or _is_same_aim(first, present, is_day_only=is_day_only):
        return said
    if is_day_only:
        said.append(say.say("indicator.first_target.day", day=first.on))
    else:
        said.append(say.say("indicator.first_target", value=say.aim(part, first), day=first.on))
    return said


def _is_same_aim(first: NumberPart, present: NumberPart, *, is_day_only: bool) -> bool:
    return first.on == present.on if is_day_only else first == present


def _dates(say: Speech, part: ActionPart) -> str:
    days = part.slip_days
    done = part.done_on is not None
    day = part.done_on or part.due_on
    key = "action.done" if done else "action.due"
    if days == 0:
        return say.say(key, day=day)
    if not done and days > (part.due_on - part.original_due_on).days:
        return say.say("action.overdue", one_if=days, day=day, count=days, first=part.original_due_on)
    return say.say(
        f"{key}.slip" if days > 0 else f"{key}.early",
        one_if=abs(days),
        day=day,
        count=abs(days),
        first=part.original_due_on,
    )


def _new_date(say: Speech, part: ActionPart, as_at: date) -> list[str]:
    """That the new date has passed too, or which it is; nothing where it is the day that was told as due."""
    if part.new_date is None or part.done_on is not None or part.activity is not Activity.ACTIVE:
        return []
    if part.new_date < as_at:
        return [say.say("action.new_date.passed", day=part.new_date)]
    return [] if part.new_date == part.due_on else [say.say("action.new_date", day=part.new_date)]


def _stopped(say: Speech, activity: Activity, reason: Texts, superseded_by: str | None) -> str:
    text = say.text(reason)
    key = f"stopped.{activity.value}.reason" if text else f"stopped.{activity.value}"
    return say.say(key, reason=text, by=superseded_by or "–")


def _cause(say: Speech, cause: Cause) -> str:
    return say.say(f"cause.{cause.value}")


def _money(say: Speech, part: BudgetPart) -> str:
    return say.budget(
        part.currency,
        part.original,
        part.revised,
        spent=say.say("budget.untold")
        if part.spent is None
        else say.say("budget.spent", spent=say.money(part.spent, part.currency), share=""),
    )
