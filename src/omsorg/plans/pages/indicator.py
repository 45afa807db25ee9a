"""One indicator: its ratings side by side, its way to the target, and every organisation's figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __

from omsorg.kernel.numbers import format_number, format_percent
from omsorg.kernel.periods import Period
from omsorg.kernel.pictures import (
    PathPoint,
    RankedItem,
    Tile,
    ranked_strip,
    target_path,
    target_path_key,
    tile_map,
    tile_map_key,
)
from omsorg.plans.pages.overview import period_text
from omsorg.plans.pages.words import (
    DIRECTIONS,
    KINDS,
    MISSING,
    RATINGS,
    ROLL_UPS,
    SOURCES_OF_RATING,
    STATES,
    STATUSES,
    day,
    exact_value,
    language_now,
    plain,
    short_day,
    told,
    value_text,
)
from omsorg.plans.rules.measures import Kind, RatingSource
from omsorg.plans.rules.snapshot import IndicatorPart, NumberPart

WITH_NUMBERS = frozenset({"measured", "estimated"})


@dataclass(frozen=True, slots=True)
class RatingSide:
    """One side of the comparison: a rating and who says so; an empty code says that this side has not spoken."""

    title: str
    code: str = ""
    word: str | Promise = ""
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation's figure, or why there is none, and what a verifier said of it."""

    code: str
    name: str
    country: str
    value: str
    state: str | Promise
    is_silent: bool
    verdict: str
    verified_by: str
    text: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """The rolled-up figure of one period with its coverage."""

    period: str
    value: str
    coverage: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A baseline or target as it was stated on a day, with the reason."""

    series: str
    value: str
    due: str
    stated: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A word and its value."""

    word: str
    value: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """Everything the page of one indicator shows."""

    part: IndicatorPart
    title: str
    text: str
    facts: tuple[Fact, ...]
    stated: RatingSide
    verified: RatingSide
    path: SafeString | None
    path_key: SafeString | None
    periods: tuple[PeriodRow, ...]
    targets: tuple[TargetRow, ...]
    strip: SafeString | None
    world: SafeString | None
    world_key: SafeString | None
    organisations: tuple[OrganisationRow, ...]
    silent: int


def indicator_view(part: IndicatorPart, own: Mapping[str, Any]) -> IndicatorView:
    """The page of one indicator out of its line in the overview and its own frozen document."""
    kind = part.kind
    organisations = tuple(_organisation(part, row) for row in own["organisations"])
    strip, world, world_key = _across(part, own["organisations"])
    path, path_key = _path(part, own)
    return IndicatorView(
        part=part,
        title=told(part.title),
        text=told(own.get("text") or {}),
        facts=_facts(part, own),
        stated=_stated(part),
        verified=_verified(part),
        path=path,
        path_key=path_key,
        periods=tuple(_period(part, row) for row in reversed(own["periods"])),
        targets=tuple(_target(kind, part, row) for row in own["targets"]),
        strip=strip,
        world=world,
        world_key=world_key,
        organisations=organisations,
        silent=sum(row.is_silent for row in organisations),
    )


def _stated(part: IndicatorPart) -> RatingSide:
    return RatingSide(
        title=__("Rating in the report"),
        code=part.stated,
        word=RATINGS[part.stated],
        by=str(SOURCES_OF_RATING[part.source]),
        note=part.override_reason if part.source is RatingSource.OVERRIDE else "",
    )


def _verified(part: IndicatorPart) -> RatingSide:
    if part.verified is None:
        return RatingSide(title=__("Verified by another organisation"))
    return RatingSide(
        title=__("Verified by another organisation"),
        code=part.verified.rating,
        word=RATINGS[part.verified.rating],
        by=f"{part.verified.by}, {day(part.verified.on)}",
        note=__("The verifier sees it differently.") if part.verified.rating is not part.stated else "",
    )


def _facts(part: IndicatorPart, own: Mapping[str, Any]) -> tuple[Fact, ...]:
    facts = [
        Fact(__("Kind"), str(KINDS[part.kind])),
        Fact(__("Direction"), str(DIRECTIONS[part.direction]) if part.direction else __("not stated: cannot be rated")),
        Fact(__("Numerator"), plain(own.get("numerator") or {})),
        Fact(__("Denominator"), plain(own.get("denominator") or {})),
        Fact(__("Over organisations"), str(ROLL_UPS.get(own.get("roll_up", ""), ""))),
        Fact(__("Baseline"), value_text(part.kind, part.baseline, unit=part.unit, per=part.per)),
        Fact(__("First target"), _aim(part, part.first_target)),
        Fact(__("Present target"), _aim(part, part.present_target)),
        Fact(__("Value"), value_text(part.kind, part.value, unit=part.unit, per=part.per)),
        Fact(__("Computed"), str(STATUSES[part.computed]) if part.computed else ""),
        Fact(__("Own rating"), str(RATINGS[part.self_rating]) if part.self_rating else ""),
        Fact(__("In the plan as adopted"), __("yes") if part.adopted else __("no, added later")),
        Fact(__("Definition changed"), day(part.changed_on)),
    ]
    return tuple(fact for fact in facts if fact.value)


def _aim(part: IndicatorPart, target: NumberPart | None) -> str:
    if target is None or target.on is None:
        return ""
    value = value_text(part.kind, target, unit=part.unit, per=part.per, with_base=False)
    return __("%(value)s by %(day)s") % {"value": value, "day": day(target.on)}


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _value(part: IndicatorPart, row: Mapping[str, Any]) -> Fraction | None:
    number = _number(row.get("numerator"))
    return None if number is None else exact_value(part.kind, number, _number(row.get("denominator")), part.per)


def _show(part: IndicatorPart, shared: bool) -> Any:
    language = language_now()
    if shared:
        return lambda value: format_percent(Fraction(value), language, 0)
    return lambda value: format_number(Decimal(str(value)) if isinstance(value, float) else value, language)


def _is_share(part: IndicatorPart) -> bool:
    return part.kind is Kind.RATIO or (part.value is not None and part.value.denominator is not None)


def _organisation(part: IndicatorPart, row: Mapping[str, Any]) -> OrganisationRow:
    number = _number(row.get("numerator"))
    told_value = ""
    if number is not None:
        told_value = value_text(
            part.kind, NumberPart(number, _number(row.get("denominator"))), unit=part.unit, per=part.per
        )
    return OrganisationRow(
        code=row["code"],
        name=row["name"],
        country=row["country"],
        value=told_value,
        state=STATES[row["state"]],
        is_silent=row["state"] == "silent",
        verdict=row.get("verdict", ""),
        verified_by=row.get("verified_by", ""),
        text=row.get("text", ""),
    )


def _period(part: IndicatorPart, row: Mapping[str, Any]) -> PeriodRow:
    number = _number(row["numerator"])
    if number is None:
        value = str(MISSING.get(row["missing"], "")) if row["missing"] else ""
    else:
        value = value_text(part.kind, NumberPart(number, _number(row["denominator"])), unit=part.unit, per=part.per)
    coverage = __("%(reported)s of %(expected)s have answered") % {
        "reported": row["reported"],
        "expected": row["expected"],
    }
    return PeriodRow(period_text(row["period"]), value, coverage)


def _target(kind: Kind, part: IndicatorPart, row: Mapping[str, Any]) -> TargetRow:
    number = _number(row["number"])
    assert number is not None  # noqa: S101 - a frozen target always has one
    value = value_text(
        kind, NumberPart(number, _number(row["denominator"])), unit=part.unit, per=part.per, with_base=False
    )
    return TargetRow(
        series=__("Baseline") if row["series"] == "baseline" else __("Target"),
        value=value,
        due=short_day(date.fromisoformat(row["due_on"])),
        stated=short_day(date.fromisoformat(row["in_force_on"])),
        reason=row["reason"],
    )


def _path(part: IndicatorPart, own: Mapping[str, Any]) -> tuple[SafeString | None, SafeString | None]:
    """The target path against what was observed; None where there is nothing to draw."""
    observed = {row["period"]: row for row in own["periods"]}
    goals = list(own["targets"])
    if len(observed) + len(goals) < 2 or part.kind in (Kind.QUALITATIVE, Kind.MILESTONE):
        return None, None
    months = Period.parse(next(iter(observed))).months if observed else 6
    periods = {Period.parse(code) for code in observed}
    aims: dict[Period, Fraction] = {}
    for row in goals:
        due = date.fromisoformat(row["due_on"])
        number = _number(row["number"])
        value = exact_value(part.kind, number, _number(row["denominator"]), part.per) if number is not None else None
        if value is not None:
            aims[Period.holding(due - timedelta(days=1), months)] = value
    periods |= set(aims)
    points, each, last = [], min(periods), max(periods)
    while each <= last:
        row = observed.get(each.code)
        value = _value(part, row) if row else None
        points.append(
            PathPoint(
                label=each.code.replace("-", " "),
                observed=value,
                estimated=bool(row and row["estimated"]),
                target=aims.get(each),
            )
        )
        each = each.next()
    title = __("Target and what was observed: %(title)s") % {"title": plain(part.title)}
    show = _show(part, _is_share(part))
    desc = "; ".join(f"{point.label}: {show(point.observed)}" for point in points if point.observed is not None)
    drawing = target_path("path", points, title=title, desc=desc or __("Nothing observed yet."), show=show)
    key = target_path_key(
        observed=__("observed"), target=__("target"), estimated=__("estimated"), missing=__("missing")
    )
    return drawing, key


def _across(
    part: IndicatorPart, rows: Sequence[Mapping[str, Any]]
) -> tuple[SafeString | None, SafeString | None, SafeString | None]:
    """The ranked strip and the tile map of all organisations; None where fewer than two have figures."""
    values = {row["code"]: _value(part, row) for row in rows}
    known = [value for value in values.values() if value is not None]
    if len(known) < 2:
        return None, None, None
    shared = part.kind in (Kind.RATIO, Kind.MILESTONE)
    show = _show(part, shared and part.kind is Kind.RATIO)
    target = None
    if part.present_target is not None and part.kind is Kind.RATIO:
        target = exact_value(part.kind, part.present_target.numerator, part.present_target.denominator, part.per)
    missing = len(rows) - len(known)
    missing_label = __("%(count)s without a figure") % {"count": missing}
    items = [
        RankedItem(label=row["name"], value=values[row["code"]], estimated=row["state"] == "estimated") for row in rows
    ]
    title = __("Organisations from highest to lowest: %(title)s") % {"title": plain(part.title)}
    desc = __("%(known)s organisations with a figure, from %(highest)s to %(lowest)s; %(missing)s.") % {
        "known": len(known),
        "highest": show(max(known)),
        "lowest": show(min(known)),
        "missing": missing_label,
    }
    strip = ranked_strip(
        "strip",
        items,
        title=title,
        desc=desc,
        show=show,
        missing_label=missing_label,
        target=target,
        target_label=__("target") if target is not None else "",
    )
    low, high = min(known), max(known)
    width = (high - low) / 5 if high > low else Fraction(1)

    def step(value: Fraction | None) -> int | None:
        return None if value is None else min(int((value - low) / width) + 1, 5)

    tiles = [
        Tile(
            row["country"],
            row["name"],
            show(values[row["code"]]) if values[row["code"]] is not None else "",
            step(values[row["code"]]),
        )
        for row in rows
        if row["country"]
    ]
    world = tile_map(
        "world", tiles, title=__("Each country one tile: %(title)s") % {"title": plain(part.title)}, desc=desc
    )
    labels = [f"{show(low + width * n)} – {show(low + width * (n + 1))}" for n in range(5)]
    return strip, world, tile_map_key(labels, missing_label=__("no figure"))
