"""From rows to drafts: what a file says of a plan, in the words of the rules, with what it leaves out filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from omsorg.kernel.money import CurrencyNotInUse, CurrencyNotKnown, FinerThanCurrency
from omsorg.kernel.numbers import DayOutOfReach
from omsorg.kernel.refusals import Refusal
from omsorg.plans.imports.reading import Book, Row
from omsorg.plans.imports.sound import end_of, is_end_known, subject_of
from omsorg.plans.rules import definitions as contradiction
from omsorg.plans.rules import judging, promises
from omsorg.plans.rules.budgets import sum_kept
from omsorg.plans.rules.drafts import (
    ActionDraft,
    IndicatorDraft,
    PlanDraft,
    RecommendationDraft,
    SourceDraft,
    TargetDraft,
)
from omsorg.plans.rules.entries import NumberNotKept
from omsorg.plans.rules.measures import (
    Activity,
    Comparison,
    Direction,
    Kind,
    RollUp,
    Series,
    TimeRule,
)
from omsorg.plans.rules.plan_terms import PlanEndsBeforeItBegins
from omsorg.plans.rules.promises import ActionTerms, IndicatorTerms
from omsorg.plans.rules.reasons import Reason
from omsorg.plans.rules.revisions import RevisionWithoutReason

COLUMN_OF: Mapping[type[Refusal], str] = {
    CurrencyNotKnown: "currency",
    CurrencyNotInUse: "currency",
    FinerThanCurrency: "amount",
    DayOutOfReach: "due_on",
    promises.TitleMissing: "title",
    PlanEndsBeforeItBegins: "runs_until",
    promises.DueBeforeStart: "due_on",
    promises.DoneInFuture: "done_on",
    promises.SupersededByNothing: "superseded_by",
    promises.SupersededByItself: "superseded_by",
    promises.StoppedWithoutWhy: "activity_reason",
    promises.PutOffWithoutCause: "cause",
    promises.TakesForceTooEarly: "in_force_on",
    promises.TakesForceInFuture: "in_force_on",
    promises.DatedBeforeReport: "in_force_on",
    promises.ToldOfToday: "in_force_on",
    RevisionWithoutReason: "reason",
    judging.OverrideSaysWhy: "reason",
    judging.OverrideMustEnd: "overrides_until",
    judging.CauseOnlyOffTrack: "cause",
    judging.OffTrackSaysWhy: "cause",
    judging.NewDateIsPast: "new_date",
    contradiction.ThresholdMissing: "threshold",
    contradiction.DirectionMissing: "direction",
    contradiction.BandMissing: "band_low",
    contradiction.ScaleMissing: "lowest",
    contradiction.NothingToAccumulate: "accumulates",
    contradiction.StockNeverAdded: "time_rule",
}
"""In which column of its row a refusal is told; where nothing else fits, at `roll_up` or at what the row is about."""


ELSEWHERE: Mapping[tuple[str, str | None], str] = {
    ("plan", "in_force_on"): "adopted_on",
    ("plan", "due_on"): "runs_until",
    ("ratings", "due_on"): "new_date",
    ("actions", "amount"): "budget",
}
"""Where it is another column on this sheet."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What rows leave out: the plan that they belong to, and who owns it.

    `unread` are columns of the sheet `plan` of which it is not known what they say: something stands in for that. Not
    `is_end_told`: the plan ends after the last due date of its actions and indicators.
    """

    owner: str
    language: str
    adopted_on: date
    runs_from: date
    runs_until: date
    currency: str
    frequency_months: int = 6
    unread: frozenset[str] = frozenset()
    is_end_told: bool = True

    def knows(self, *names: str) -> bool:
        """Whether all this is what the plan says of itself."""
        return self.unread.isdisjoint(names)

    @property
    def last_day(self) -> date:
        return self.runs_until - timedelta(days=1)


def column_of(refusal: Refusal, row: Row) -> str:
    """The column in which the person will look for what is wrong."""
    named = COLUMN_OF.get(type(refusal))
    named = ELSEWHERE.get((row.sheet, named), named)
    if isinstance(refusal, NumberNotKept):
        named = refusal.field or named
    if named is None:
        named = "roll_up" if row.sheet == "indicators" else subject_of(row.sheet)
    return named


def frame_of(book: Book, row: Row, *, owner: str) -> Frame:
    """The frame of a plan that is new: what the sheet `plan` says, filled in from the rest of the file."""
    adopted: date = row["adopted_on"]
    return Frame(
        owner=row["owner"] or owner,
        language=language_of(row),
        adopted_on=adopted,
        runs_from=row["runs_from"] or adopted,
        runs_until=end_of(book, row),
        currency=row["currency"] or "EUR",
        frequency_months=row["frequency_months"] or 6,
        unread=row.unread if is_end_known(book, row) else row.unread | {"runs_until"},
        is_end_told=row["runs_until"] is not None,
    )


def language_of(row: Row) -> str:
    """The language in which the sheet `plan` says that the file is written; `no` is taken as `nb`."""
    language: str = (row["language"] or "en").lower()[:2]
    return "nb" if language == "no" else language


def plan_draft(book: Book, row: Row, frame: Frame, answered_by: Mapping[str, tuple[str, ...]]) -> PlanDraft:
    """The plan as adopted: everything that the file does not say was added or changed later."""
    sources = [source_draft(each, frame) for each in book["sources"]]
    return PlanDraft(
        code=row["code"],
        owner=frame.owner,
        title=row.texts("title", frame.language),
        summary=row.texts("summary", frame.language),
        adopted_on=frame.adopted_on,
        runs_from=frame.runs_from,
        runs_until=frame.runs_until,
        frequency_months=frame.frequency_months,
        reporting_kind=row["reporting_kind"] or "national_association",
        currency=frame.currency,
        sources=tuple(sources),
        recommendations=tuple(
            recommendation_draft(each, frame, [source.code for source in sources]) for each in book["recommendations"]
        ),
        actions=tuple(
            action_draft(each, frame, answered_by.get(each["code"], ()), book)
            for each in book["actions"]
            if not is_added_later(each, frame)
        ),
        indicators=tuple(
            indicator_draft(each, frame) for each in book["indicators"] if not is_added_later(each, frame)
        ),
        targets=tuple(
            replace(target_draft(each), why=reason_in(each, frame.language))
            for each in book["targets"]
            if not is_set_later(each, frame)
        ),
    )


def is_added_later(row: Row, frame: Frame) -> bool:
    """Whether an action or indicator came into the plan after it was adopted."""
    return row["added_on"] is not None and row["added_on"] > frame.adopted_on


def is_set_later(row: Row, frame: Frame) -> bool:
    """Whether a target was stated, or put in another's place, after the plan was adopted."""
    return row["replaces"] is not None or (row["in_force_on"] is not None and row["in_force_on"] > frame.adopted_on)


def source_draft(row: Row, frame: Frame) -> SourceDraft:
    return SourceDraft(
        code=row["code"],
        title=row.texts("title", frame.language),
        kind=row["kind"] or "review",
        published_on=row["published_on"],
        link=row["link"] or "",
    )


def recommendation_draft(row: Row, frame: Frame, sources: list[str]) -> RecommendationDraft:
    return RecommendationDraft(
        code=row["code"],
        source=row["source"] or sources[0],
        area=row.texts("area", frame.language),
        text=row.texts("text", frame.language),
        accepted=row["accepted"] or "open",
        response=row.texts("response", frame.language),
    )


def reason_in(row: Row, language: str) -> Reason | None:
    """Why, as a row says it itself, in the language of the file and in others; None where it does not say why."""
    said = dict(row.texts("reason", language))
    if not said:
        return None
    own = language if language in said else next(iter(said))
    return Reason(said.pop(own), own, dict(sorted(said.items())))


def _why_granted(row: Row, frame: Frame, book: Book) -> Reason | None:
    """Why the budget of an action was granted, where the sheet `budget` names the same sum as the original one."""
    for each in book["budget"]:
        if each["action"] == row["code"] and each["kind"] == "original" and each["amount"] == row["budget"]:
            return reason_in(each, frame.language)
    return None


def action_draft(row: Row, frame: Frame, answers: tuple[str, ...], book: Book) -> ActionDraft:
    """`answers` are recommendations that say on their own sheet that this action answers them."""
    budget = None
    if row["budget"] is not None:
        budget = sum_kept(row["budget"], row["currency"] or frame.currency)
    return ActionDraft(
        code=row["code"],
        terms=action_terms(row, frame),
        recommendations=tuple(dict.fromkeys((*(row["recommendations"] or ()), *answers))),
        budget=budget,
        budget_why=_why_granted(row, frame, book),
    )


def action_terms(row: Row, frame: Frame) -> ActionTerms:
    return promises.settled(
        ActionTerms(
            title=row.texts("title", frame.language),
            text=row.texts("text", frame.language),
            prioritised=bool(row["prioritised"]),
            owner=row["owner"] or frame.owner,
            starts_on=row["starts_on"] or row["added_on"] or frame.runs_from,
            due_on=row["due_on"] or frame.last_day,
            done_on=row["done_on"],
            activity=Activity(row["activity"] or "active"),
            activity_reason=row.texts("activity_reason", frame.language),
            superseded_by=row["superseded_by"],
        )
    )


def indicator_draft(row: Row, frame: Frame) -> IndicatorDraft:
    return IndicatorDraft(code=row["code"], terms=indicator_terms(row, frame), actions=row["actions"] or ())


def indicator_terms(row: Row, frame: Frame) -> IndicatorTerms:
    """What is left out is what says least: answered in words, no direction, not rolled up."""
    plain = IndicatorTerms(title={})
    kind = Kind(row["kind"] or "qualitative")
    return promises.settled(
        IndicatorTerms(
            title=row.texts("title", frame.language),
            text=row.texts("text", frame.language),
            kind=kind,
            unit=row.texts("unit", frame.language),
            direction=Direction(row["direction"] or "none"),
            time_rule=TimeRule(row["time_rule"] or "last"),
            roll_up=RollUp(row["roll_up"] or "none"),
            numerator=row.texts("numerator", frame.language),
            denominator=row.texts("denominator", frame.language),
            threshold=row["threshold"],
            comparison=Comparison(row["comparison"] or "at_least"),
            band_low=row["band_low"],
            band_high=row["band_high"],
            per=row["per"] or 1,
            accumulates=bool(row["accumulates"]),
            lowest=row["lowest"],
            highest=row["highest"],
            tolerance=plain.tolerance,
            at_risk_band=plain.at_risk_band,
            asked_of_associations=bool(row["asked_of_associations"]),
            evidence_needed=bool(row["evidence_needed"]),
            about_children=bool(row["about_children"]),
            dimensions=row["dimensions"] or (),
            activity=Activity(row["activity"] or "active"),
            activity_reason=row.texts("activity_reason", frame.language),
            superseded_by=row["superseded_by"],
            due_on=row["due_on"],
        )
    )


def target_draft(row: Row) -> TargetDraft:
    return TargetDraft(
        indicator=row["indicator"],
        series=Series.BASELINE if row["series"] == "baseline" else Series.TARGET,
        due_on=row["due_on"],
        number=row["number"],
        denominator=row["denominator"],
        organisation=row["organisation"] or "",
    )


def revised_terms(row: Row, before: Any, language: str) -> Any:
    """The terms after a row of the sheet `revisions`: what the row leaves empty stays as it was.

    Texts are put beside those in other languages. Where it stops without words for the public, the reason is given.
    """
    wanted: dict[str, Any] = {}
    for name in ("prioritised", "owner", "starts_on", "due_on", "done_on"):
        if row[name] is not None and hasattr(before, name):
            wanted[name] = row[name]
    for name in ("title", "text"):
        if texts := row.texts(name, language):
            wanted[name] = {**getattr(before, name), **texts}
    if row["activity"] is not None:
        wanted["activity"] = Activity(row["activity"])
        wanted["superseded_by"] = row["superseded_by"]
        wanted["activity_reason"] = row.texts("activity_reason", language) or row.texts("reason", language)
    return promises.settled(replace(before, **wanted))
