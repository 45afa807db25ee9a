"""Everything that the page of one indicator shows, put together out of its frozen document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as __

from omsorg.plans.pages.indicator.drawn import path_picture, path_title, pictures_of_all
from omsorg.plans.pages.indicator.values import OrganisationRow, added_up_values, number_in, value_in
from omsorg.plans.pages.overview import period_text
from omsorg.plans.pages.words import (
    DIRECTIONS,
    KINDS,
    MISSING,
    RATINGS,
    ROLL_UPS,
    STATES,
    STATUSES,
    Coverage,
    coverage_of,
    day,
    filled,
    reason_told,
    short_day,
    source_of_rating,
    told,
    value_told,
)
from omsorg.plans.rules.measures import Kind, RatingSource
from omsorg.plans.rules.snapshot import IndicatorPart, NumberPart


@dataclass(frozen=True, slots=True)
class RatingSide:
    """One side of the comparison: a rating and who says so; an empty code says that this side has not spoken."""

    title: str
    code: str = ""
    word: str | Promise = ""
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """The rolled-up figure of one period with its coverage; `added_up`: all counted from the start until then."""

    period: str
    value: str
    added_up: str
    coverage: Coverage


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
    path_title: str
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
    strip, world, world_key = pictures_of_all(part, own["organisations"])
    path, path_key = path_picture(part, own)
    sums = added_up_values(part, own["periods"]) if part.added_up else {}
    return IndicatorView(
        part=part,
        title=told(part.title),
        text=told(own.get("text") or {}),
        facts=_facts(part, own),
        stated=_stated(part),
        verified=_verified(part),
        path=path,
        path_title=path_title(part),
        path_key=path_key,
        periods=tuple(_period(part, row, sums.get(row["period"])) for row in reversed(own["periods"])),
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
        by=source_of_rating(part.stated, part.source),
        note=reason_told(part.override_reason, part.override_reason_language, part.override_reason_in)
        if part.source is RatingSource.OVERRIDE
        else "",
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
        Fact(__("Numerator"), told(own.get("numerator") or {})),
        Fact(__("Denominator"), told(own.get("denominator") or {})),
        Fact(__("Over organisations"), str(ROLL_UPS.get(own.get("roll_up", ""), ""))),
        Fact(__("Baseline"), _baseline(part)),
        Fact(__("First target"), _aim(part, part.first_target)),
        Fact(__("Present target"), _aim(part, part.present_target)),
        Fact(__("Value"), value_told(part.kind, part.value, unit=part.unit, per=part.per)),
        Fact(__("Computed"), str(STATUSES[part.computed]) if part.computed else ""),
        Fact(__("Own rating"), str(RATINGS[part.self_rating]) if part.self_rating else ""),
        Fact(__("In the plan as adopted"), __("yes") if part.adopted else __("no, added later")),
        Fact(__("Definition changed"), day(part.changed_on)),
    ]
    return tuple(fact for fact in facts if fact.value)


def _baseline(part: IndicatorPart) -> str:
    if part.baseline_missing is not None:
        return str(MISSING[part.baseline_missing])
    return value_told(part.kind, part.baseline, unit=part.unit, per=part.per)


def _aim(part: IndicatorPart, target: NumberPart | None) -> str:
    if target is None or target.on is None:
        return ""
    value = value_told(part.kind, target, unit=part.unit, per=part.per, with_base=False)
    return filled(__("%(value)s by %(day)s"), {"value": value, "day": day(target.on)})


def _organisation(part: IndicatorPart, row: Mapping[str, Any]) -> OrganisationRow:
    number = number_in(row.get("numerator"))
    told_value = ""
    if number is not None:
        told_value = value_told(
            part.kind, NumberPart(number, number_in(row.get("denominator"))), unit=part.unit, per=part.per
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
        rank=value_in(part, row),
    )


def _period(part: IndicatorPart, row: Mapping[str, Any], since_start: Decimal | None) -> PeriodRow:
    number = number_in(row["numerator"])
    if number is None:
        value = str(MISSING.get(row["missing"], "")) if row["missing"] else ""
    else:
        value = value_told(part.kind, NumberPart(number, number_in(row["denominator"])), unit=part.unit, per=part.per)
    added_up = ""
    if since_start is not None:
        added_up = value_told(part.kind, NumberPart(since_start), unit=part.unit, per=part.per)
    return PeriodRow(period_text(row["period"]), value, added_up, coverage_of(row["reported"], row["expected"]))


def _target(kind: Kind, part: IndicatorPart, row: Mapping[str, Any]) -> TargetRow:
    number = number_in(row["number"])
    value = str(MISSING[row["missing"]]) if row.get("missing") else ""
    if number is not None:
        value = value_told(
            kind, NumberPart(number, number_in(row["denominator"])), unit=part.unit, per=part.per, with_base=False
        )
    return TargetRow(
        series=__("Baseline") if row["series"] == "baseline" else __("Target"),
        value=value,
        due=short_day(date.fromisoformat(row["due_on"])),
        stated=short_day(date.fromisoformat(row["in_force_on"])),
        reason=reason_told(row["reason"], row.get("reason_language", ""), row.get("reason_in", {})),
    )
