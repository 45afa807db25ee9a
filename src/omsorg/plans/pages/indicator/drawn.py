"""The pictures of one indicator: its way to the target, and every organisation beside the others."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as __

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
from omsorg.plans.pages.indicator.values import added_up_values, is_share, number_in, shower, value_in
from omsorg.plans.pages.words import (
    exact_value,
    plain,
)
from omsorg.plans.rules.measures import Kind
from omsorg.plans.rules.snapshot import IndicatorPart

CLASSES = 5
COUNTED_WHOLE = frozenset({Kind.COUNT, Kind.STOCK, Kind.ORDINAL, Kind.MILESTONE})


def path_title(part: IndicatorPart) -> str:
    """What the picture of the path shows."""
    if part.added_up:
        return __("Target and what was observed, added up from the start")
    return __("Target and what was observed")


def path_picture(part: IndicatorPart, own: Mapping[str, Any]) -> tuple[SafeString | None, SafeString | None]:
    """The target path against what was observed; None where there is nothing to draw.

    Where targets speak of everything since the start, so does the line: each period stands on those before it.
    """
    observed = {row["period"]: row for row in own["periods"]}
    goals = list(own["targets"])
    if len(observed) + len(goals) < 2 or part.kind in (Kind.QUALITATIVE, Kind.MILESTONE):
        return None, None
    months = Period.parse(next(iter(observed))).months if observed else 6
    periods = {Period.parse(code) for code in observed}
    aims: dict[Period, Fraction] = {}
    for row in goals:
        due = date.fromisoformat(row["due_on"])
        number = number_in(row["number"])
        value = exact_value(part.kind, number, number_in(row["denominator"]), part.per) if number is not None else None
        if value is not None:
            aims[Period.holding(due - timedelta(days=1), months)] = value
    periods |= set(aims)
    sums = added_up_values(part, own["periods"]) if part.added_up else {}
    points, each, last, estimated = [], min(periods), max(periods), False
    while each <= last:
        row = observed.get(each.code)
        value = value_in(part, row) if row else None
        estimated = bool(row and row["estimated"]) or bool(part.added_up and estimated)
        points.append(
            PathPoint(
                label=each.code.replace("-", " "),
                observed=sums.get(each.code) if part.added_up else value,
                estimated=estimated,
                target=aims.get(each),
            )
        )
        each = each.next()
    title = f"{path_title(part)}: {plain(part.title)}"
    show = shower(part, is_share(part))
    desc = "; ".join(f"{point.label}: {show(point.observed)}" for point in points if point.observed is not None)
    drawing = target_path("path", points, title=title, desc=desc or __("Nothing observed yet."), show=show)
    key = target_path_key(
        observed=__("observed"), target=__("target"), estimated=__("estimated"), missing=__("missing")
    )
    return drawing, key


def classes_of(values: Sequence[Fraction], *, is_whole: bool) -> list[tuple[Fraction, Fraction]]:
    """Five equally wide classes, from the lowest value to the highest; of whole numbers each begins after the last."""
    low, high = min(values), max(values)
    if is_whole and all(value.denominator == 1 for value in values):
        width = ceil((high - low + 1) / CLASSES)
        return [(low + width * n, low + width * (n + 1) - 1) for n in range(CLASSES)]
    wide = (high - low) / CLASSES if high > low else Fraction(1)
    return [(low + wide * n, low + wide * (n + 1)) for n in range(CLASSES)]


def pictures_of_all(
    part: IndicatorPart, rows: Sequence[Mapping[str, Any]]
) -> tuple[SafeString | None, SafeString | None, SafeString | None]:
    """The ranked strip and the tile map of all organisations; None where fewer than two have figures."""
    values = {row["code"]: value_in(part, row) for row in rows}
    known = [value for value in values.values() if value is not None]
    if len(known) < 2:
        return None, None, None
    shared = part.kind in (Kind.RATIO, Kind.MILESTONE)
    show = shower(part, shared and part.kind is Kind.RATIO)
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
    classes = classes_of(known, is_whole=part.kind in COUNTED_WHOLE)

    def step(value: Fraction | None) -> int | None:
        return None if value is None else max(n for n, (low, _high) in enumerate(classes, start=1) if low <= value)

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
    labels = [show(low) if low == high else f"{show(low)} – {show(high)}" for low, high in classes]
    return strip, world, tile_map_key(labels, missing_label=__("no figure"))
