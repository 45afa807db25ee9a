"""The sentences of single fields that read otherwise: what, from what, to what."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..changes import Detail, Whose, by_name, texts_that_differ
from ..snapshot import (
    ActionPart,
    AddedUpPart,
    BudgetPart,
    CoveragePart,
    IndicatorPart,
    NumberPart,
    RecommendationPart,
    ReportDocument,
    SourcePart,
    VerifiedPart,
)
from .speech import LANGUAGE_NAMES, Speech

PartOfReport = ActionPart | IndicatorPart | RecommendationPart | SourcePart

YES_OR_NO = ("prioritised", "adopted", "about_children", "slower_but_as_wished")
LINKS = ("recommendations", "indicators", "actions")
OWN_WHATS = {(Whose.SOURCE, "kind"): "source.kind", (Whose.RECOMMENDATION, "source"): "recommendation.source"}
WORDS_OF = {
    "cause": "said.cause",
    "direction": "said.direction",
    "source": "said.source",
    "self_rating": "rating",
    "override": "rating",
    "computed": "status",
    "why": "why",
    "missing": "missing",
    "baseline_missing": "missing",
    "accepted": "said.accepted",
}
WHY_MISSING = {"value": "missing", "baseline": "baseline_missing"}
SOURCE_KINDS = ("review", "audit", "commission", "ombuds", "incident_lesson")


def detail_sentences(say: Speech, detail: Detail, earlier: ReportDocument, later: ReportDocument) -> Iterator[str]:
    """What is told of one detail: one sentence, or two where links came and others went."""
    name = detail.field
    if name.startswith("order."):
        yield say.say(f"detail.{name}")
        return
    old, new = _part(detail, earlier), _part(detail, later)
    if name in LINKS:
        before, after = getattr(old, name), getattr(new, name)
        for key, codes in (("added", {*after} - {*before}), ("gone", {*before} - {*after})):
            if codes:
                yield say.say(f"detail.{name}.{key}", code=detail.code, codes=", ".join(sorted(codes)))
    elif name in YES_OR_NO:
        yield say.say(f"detail.{name}.{'on' if getattr(new, name) else 'off'}", code=detail.code)
    else:
        yield _went(say, detail, *_both_said(say, detail, old, new))


def _went(say: Speech, detail: Detail, before: str, after: str) -> str:
    if before == after:
        key = "detail.finer"
    elif not before:
        key = "detail.set"
    else:
        key = "detail.went" if after else "detail.gone"
    what = say.say(f"what.{OWN_WHATS.get((detail.whose, detail.field), detail.field)}")
    return say.say(key, code=_name(say, detail), what=what, before=before, after=after)


def _name(say: Speech, detail: Detail) -> str:
    """A part is called by its code; the plan is the plan, and the report the report."""
    return say.say(f"changed.the_{detail.whose}") if detail.whose in (Whose.PLAN, Whose.REPORT) else detail.code


def _part(detail: Detail, document: ReportDocument) -> Any:
    if detail.whose is Whose.REPORT:
        return document
    if detail.whose is Whose.PLAN:
        return document.plan
    parts: dict[Whose, Mapping[str, PartOfReport]] = {
        Whose.ACTION: by_name(document.actions),
        Whose.INDICATOR: by_name(document.indicators),
        Whose.RECOMMENDATION: by_name(document.recommendations),
        Whose.SOURCE: by_name(document.sources),
    }
    return parts[detail.whose][detail.code]


def _both_said(say: Speech, detail: Detail, old: Any, new: Any) -> tuple[str, str]:
    """The field in words, before and after; empty where it says nothing."""
    if detail.field in ("override_reason", "override_reason_in"):
        return _reasons_said(say, old, new)
    before, after = _value(detail, old), _value(detail, new)
    if isinstance(before, dict):
        texts = texts_that_differ(before, after)
        return _quoted(say, say.text(texts[0])), _quoted(say, say.text(texts[1]))
    said = _said(say, detail, old, before), _said(say, detail, new, after)
    if (
        said[0] == said[1]
        and isinstance(before, NumberPart)
        and isinstance(after, NumberPart)
        and before.on != after.on
    ):
        return _with_day(say, said[0], before.on), _with_day(say, said[1], after.on)
    return said


def _reasons_said(say: Speech, old: IndicatorPart, new: IndicatorPart) -> tuple[str, str]:
    """Why it was and is rated so, in a language in which that differs: the reader's, else one that is named."""
    written = {part.override_reason_language for part in (old, new)} - {""}
    unnamed = min(written) if len(written) == 1 else ""
    reasons = [
        {part.override_reason_language or unnamed: part.override_reason, **part.override_reason_in}
        for part in (old, new)
    ]
    before, after = texts_that_differ(*reasons)
    language = next(each for each in (say.language, "", "en", *before) if each in before)
    mark = "" if language in ("", say.language) else f" ({LANGUAGE_NAMES.get(language, language)})"
    told = [_quoted(say, texts[language]) for texts in (before, after)]
    return (told[0] and told[0] + mark), (told[1] and told[1] + mark)


def _value(detail: Detail, part: Any) -> Any:
    """The field of the part, or of the budget in its currency or the part of the report that it is in."""
    holder, _dot, name = detail.field.rpartition(".")
    if holder == "budget":
        budgets = {each.currency: each for each in part.budget}
        return getattr(budgets.get(detail.currency, BudgetPart(detail.currency, None, None)), name)
    return getattr(getattr(part, holder) if holder else part, name)


def _said(say: Speech, detail: Detail, part: Any, value: Any) -> str:
    name = detail.field
    if name in WHY_MISSING and value is None and getattr(part, WHY_MISSING[name]) is not None:
        return _word(say, "missing", getattr(part, WHY_MISSING[name]))
    if value is None or value == "":
        return ""
    if name == "override_reason_language":
        return LANGUAGE_NAMES.get(value, value)
    if name.startswith("budget."):
        return say.money(value, detail.currency)
    if name == "slip_days":
        return say.say("said.days", one_if=abs(value), count=value)
    if name == "runs_until":
        return say.shown(date.fromordinal(value.toordinal() - 1))
    if name == "kind":
        if detail.whose is Whose.INDICATOR:
            return _word(say, "said.kind", value)
        return _word(say, "said.source_kind", value) if value in SOURCE_KINDS else _quoted(say, value)
    if name in WORDS_OF and not (detail.whose is Whose.RECOMMENDATION and name == "source"):
        return _word(say, WORDS_OF[name], value)
    if isinstance(value, NumberPart):
        return say.aim(part, value) if name == "first_target" else say.amount(part, value)
    if isinstance(value, CoveragePart):
        return _coverage(say, value)
    if isinstance(value, AddedUpPart):
        periods = say.thing(f"periods.{value.months}", value.periods)
        return say.say("said.added_up", total=value.periods, periods=periods, count=value.incomplete)
    if isinstance(value, VerifiedPart):
        rating = _quoted(say, say.rating(value.rating))
        return say.say("said.verified", rating=rating, by=value.by, day=value.on)
    return _quoted(say, value) if name.endswith("_reason") else say.shown(value)


def _coverage(say: Speech, part: CoveragePart) -> str:
    return say.say(
        "said.coverage",
        reported=part.reported,
        expected=part.expected,
        late=part.late,
        estimated=part.estimated,
        without=part.not_applicable,
    )


def _word(say: Speech, key: str, value: Any) -> str:
    """The word for a code, as a word that is spoken of."""
    return _quoted(say, say.say(f"{key}.{value}").rstrip("."))


def _quoted(say: Speech, text: str) -> str:
    return say.say("said.quoted", text=text) if text else ""


def _with_day(say: Speech, said: str, day: date | None) -> str:
    return said if day is None else say.say("said.on", value=said, day=day)
