"""Every field of every part of two reports held against each other, and the few that are not, each with its reason."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from ..measures import Rating
from ..snapshot import (
    ActionPart,
    BudgetPart,
    IndicatorPart,
    RecommendationPart,
    ReportDocument,
    SourcePart,
    Texts,
    plain_of,
)
from .told import Detail, Whose

Part = TypeVar("Part", ActionPart, IndicatorPart, RecommendationPart, SourcePart)
Linked = Sequence[IndicatorPart] | Sequence[RecommendationPart]

NOT_COMPARED = {
    "ReportDocument.period": "It names the report: whoever compares two reports is told which two.",
    "ReportDocument.as_at": "It is the day of the report: whoever compares two reports is told which two.",
    "ReportDocument.previous": "It names the report before, which any other report may be compared with.",
    "ReportDocument.trail_head": "It is a fingerprint, another one for every report.",
    "ReportDocument.held_against": "It lists which reports were released before, and tells nothing of the plan.",
    "ReportDocument.format": "A report is read in one format only.",
    "PlanPart.code": "It is the address of the plan: two reports of one plan are compared.",
    "IndicatorPart.history": "It tells of the reports before, and each of these is compared itself.",
}
TOLD_APART = {
    **{f"ReportDocument.{name}": "compared part by part" for name in ("plan", "actions", "indicators")},
    **{f"ReportDocument.{name}": "compared part by part" for name in ("recommendations", "sources")},
    **{f"{part}.title": "TextChange" for part in ("PlanPart", "ActionPart", "IndicatorPart")},
    **{f"{part}.activity": "ActivityChange" for part in ("ActionPart", "IndicatorPart")},
    "ActionPart.starts_on": "DateMove",
    "ActionPart.due_on": "DateMove",
    "IndicatorPart.stated": "RatingChange",
    "IndicatorPart.actions": "MeasureChange",
    "IndicatorPart.target_due": "DateMove",
    "IndicatorPart.present_target": "TargetChange",
}


def details_between(earlier: ReportDocument, later: ReportDocument) -> tuple[Detail, ...]:
    """What reads otherwise in `later` and is no change of a kind of its own, in the order of the report."""
    return (
        *_report_details(earlier, later),
        *_fields(Whose.PLAN, later.plan.code, earlier.plan, later.plan),
        *_without_other_ends(earlier, later, _details_of(Whose.ACTION, earlier.actions, later.actions)),
        *_details_of(Whose.INDICATOR, earlier.indicators, later.indicators),
        *_details_of(Whose.RECOMMENDATION, earlier.recommendations, later.recommendations),
        *_details_of(Whose.SOURCE, earlier.sources, later.sources),
        *_orders(earlier, later),
    )


def says_the_same(earlier: ReportDocument, later: ReportDocument) -> bool:
    """Whether the two reports are equal in every field but those of `NOT_COMPARED`."""
    return bool(_bare(earlier) == _bare(later))


def by_name(parts: Iterable[Part]) -> dict[str, Part]:
    """The parts by code; where two sources have a recommendation of one code, by source and code."""
    all_of_them = tuple(parts)
    times = Counter(part.code for part in all_of_them)
    return {
        f"{part.source}/{part.code}"
        if isinstance(part, RecommendationPart) and times[part.code] > 1
        else part.code: part
        for part in all_of_them
    }


def in_both(old: Mapping[str, Part], new: Mapping[str, Part]) -> list[tuple[Part, Part]]:
    """The parts that both reports have, in the order of the later one."""
    return [(old[name], new[name]) for name in new if name in old]


def texts_that_differ(old: Texts, new: Texts) -> tuple[Texts, Texts]:
    """Both texts in the languages in which they read differently; none where they say the same."""
    languages = [each for each in sorted({*old, *new}) if old.get(each, "") != new.get(each, "")]
    return {each: old.get(each, "") for each in languages}, {each: new.get(each, "") for each in languages}


def aims_elsewhere(old: IndicatorPart, new: IndicatorPart) -> bool:
    """Whether the present target is another, by more than the day that is told as moved."""
    before, after = old.present_target, new.present_target
    if before is None or after is None:
        return before != after
    is_same = (before.numerator, before.denominator) == (after.numerator, after.denominator)
    was_moved = (old.target_due, new.target_due) == (before.on, after.on)
    return not is_same or (before.on != after.on and not was_moved)


def _details_of(whose: Whose, old: Sequence[Part], new: Sequence[Part]) -> Iterator[Detail]:
    old_parts, new_parts = by_name(old), by_name(new)
    for name, part in new_parts.items():
        if name in old_parts:
            yield from _fields(whose, name, old_parts[name], part)


def _without_other_ends(earlier: ReportDocument, later: ReportDocument, found: Iterable[Detail]) -> Iterator[Detail]:
    """The details of actions without links that are told from their other end, by an indicator or a recommendation."""
    told = {
        *_moved_links("indicators", earlier.indicators, later.indicators),
        *_moved_links("recommendations", earlier.recommendations, later.recommendations),
    }
    old, new = by_name(earlier.actions), by_name(later.actions)
    for each in found:
        if each.field in ("indicators", "recommendations"):
            moved = {*getattr(old[each.code], each.field)} ^ {*getattr(new[each.code], each.field)}
            if all((each.field, each.code, other) in told for other in moved):
                continue
        yield each


def _moved_links(field: str, old: Linked, new: Linked) -> Iterator[tuple[str, str, str]]:
    """Each link to an action that is there in one report only: the field of the action, the action, the other end."""
    before, after = _links(old), _links(new)
    for source, code in before.keys() & after.keys():
        for action in before[source, code] ^ after[source, code]:
            yield field, action, code


def _links(parts: Linked) -> dict[tuple[str, str], set[str]]:
    """The actions that each part is linked to, by the source of the part, where it has one, and its code."""
    return {(part.source if isinstance(part, RecommendationPart) else "", part.code): {*part.actions} for part in parts}


def _fields(whose: Whose, code: str, old: Any, new: Any) -> Iterator[Detail]:
    for entry in fields(new):
        name = entry.name
        if f"{type(new).__name__}.{name}" in {**NOT_COMPARED, **TOLD_APART}:
            continue
        before, after = getattr(old, name), getattr(new, name)
        if name == "budget":
            yield from _budgets(code, before, after)
        elif whose is Whose.PLAN and name in ("runs_from", "runs_until"):
            if (before is None) != (after is None):
                yield Detail(whose, code, name, _written(before), _written(after))
        elif _reads_otherwise(old, new, name) and not _is_told_already(old, new, name):
            yield Detail(whose, code, name, _written(before), _written(after))


def _reads_otherwise(old: Any, new: Any, name: str) -> bool:
    return bool(_bare(getattr(old, name)) != _bare(getattr(new, name)))


def _is_told_already(old: Any, new: Any, name: str) -> bool:
    """Whether one of the changes that have a kind of their own says as much."""
    if name == "missing":
        return (old.value is None) != (new.value is None)
    if name == "baseline_missing":
        return (old.baseline is None) != (new.baseline is None)
    if name == "activity_reason":
        return old.activity is not new.activity
    if name == "slip_days":
        moved = (new.due_on - old.due_on).days
        return moved != 0 and new.slip_days - old.slip_days == moved
    if name in ("override_reason", "override_reason_language", "override_reason_in"):
        is_same = _reasons(old) == _reasons(new)
        is_told_by_reason = old.override_reason != new.override_reason and not is_same
        return is_same if name == "override_reason" else is_told_by_reason or (is_same and name.endswith("_in"))
    if name in ("self_rating", "computed", "override"):
        return old.stated is not new.stated and (_rated(old, name), _rated(new, name)) == (old.stated, new.stated)
    return False


def _reasons(part: IndicatorPart) -> Texts:
    """Why it is rated so by language, in whichever it was written first."""
    return {part.override_reason_language: part.override_reason, **part.override_reason_in}


def _rated(part: IndicatorPart, name: str) -> Rating | None:
    """A rating or status of the indicator in the words of ratings; None where there is none that says just that."""
    said = getattr(part, name)
    return None if said is None or said.value not in set(Rating) else Rating(said.value)


def _budgets(code: str, old: Iterable[BudgetPart], new: Iterable[BudgetPart]) -> Iterator[Detail]:
    """What is spent, and what was granted or revised where that is not just the budget told as changed."""
    before, after = ({part.currency: part for part in parts} for parts in (old, new))
    for currency in sorted({*before, *after}):
        nothing = BudgetPart(currency, None, None)
        one, other = before.get(currency, nothing), after.get(currency, nothing)
        told = (one.present, other.present) if one.present != other.present else None
        for name in ("original", "revised", "spent"):
            pair = getattr(one, name), getattr(other, name)
            if pair[0] != pair[1] and (name == "spent" or pair != told):
                yield Detail(Whose.ACTION, code, f"budget.{name}", _written(pair[0]), _written(pair[1]), currency)


def _report_details(earlier: ReportDocument, later: ReportDocument) -> Iterator[Detail]:
    """How the report was reckoned and what stands behind it."""
    for entry in fields(later):
        if f"ReportDocument.{entry.name}" in {**NOT_COMPARED, **TOLD_APART}:
            continue
        old, new = getattr(earlier, entry.name), getattr(later, entry.name)
        inside = [each.name for each in fields(new)] if is_dataclass(new) else [""]
        for name in inside:
            before, after = (getattr(old, name), getattr(new, name)) if name else (old, new)
            if before != after:
                field = f"{entry.name}.{name}" if name else entry.name
                yield Detail(Whose.REPORT, "", field, _written(before), _written(after))


def _orders(earlier: ReportDocument, later: ReportDocument) -> Iterator[Detail]:
    """That parts which both reports have follow upon each other otherwise."""
    for name in ("actions", "indicators", "recommendations", "sources"):
        old, new = by_name(getattr(earlier, name)), by_name(getattr(later, name))
        before, after = [each for each in old if each in new], [each for each in new if each in old]
        if before != after:
            yield Detail(Whose.REPORT, "", f"order.{name}", ", ".join(before), ", ".join(after))


def _bare(value: Any) -> Any:
    """What a report says, without what is not compared, and without order where order says nothing."""
    if is_dataclass(value):
        kind = type(value).__name__
        return [_bare(getattr(value, each.name)) for each in fields(value) if f"{kind}.{each.name}" not in NOT_COMPARED]
    if isinstance(value, dict):
        return {language: text for language, text in value.items() if text}
    if isinstance(value, tuple):
        said = [each for each in value if not _says_nothing(each)]
        if all(isinstance(each, str) for each in said):
            return sorted(said)
        if all(isinstance(each, BudgetPart) for each in said):
            said.sort(key=lambda each: each.currency)
        return [_bare(each) for each in said]
    return value


def _says_nothing(value: Any) -> bool:
    return isinstance(value, BudgetPart) and (value.original, value.spent, value.revised) == (None, None, None)


def _written(value: Any) -> str:
    """A field as the report writes it: plain where it is one word, day or number, else as JSON."""
    if isinstance(value, tuple):
        value = tuple(sorted(value)) if all(isinstance(each, str) for each in value) else value
    plain = plain_of(value)
    if plain is None:
        return ""
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False, sort_keys=True)
