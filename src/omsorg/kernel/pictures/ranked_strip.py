"""Many places in one row, from one end to the other, and those that did not answer counted beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .drawing import Number, Show, along, escaped, hatch, picture, px, rule, tick_values, words


@dataclass(frozen=True, slots=True)
class RankedItem:
    """One place. `value` None is missing. A place that is `pointed_out` is named in the picture."""

    label: str
    value: Number | None
    estimated: bool = False
    pointed_out: bool = False


_TOP = 40
_FLOOR = 160
_HEIGHT = 186
_LEFT = 0.1
_DASHED = 'stroke-width="1.6" stroke-dasharray="5 4"'


def ranked(items: Sequence[RankedItem], *, highest_first: bool = True) -> list[RankedItem]:
    """The items in the order of the picture: by value, equal ones by name, the missing last by name."""
    sign = -1 if highest_first else 1
    known = sorted(
        (item for item in items if item.value is not None),
        key=lambda item: (sign * (item.value or 0), item.label),
    )
    return known + sorted((item for item in items if item.value is None), key=lambda item: item.label)


def ranked_strip(
    name: str,
    items: Sequence[RankedItem],
    *,
    title: str,
    desc: str,
    show: Show,
    missing_label: str,
    target: Number | None = None,
    target_label: str = "",
    highest_first: bool = True,
    width: float | None = None,
) -> SafeString:
    """A bar for each item, in order; the missing stand hatched at the end, counted in `missing_label`.

    A line shows the target. Estimates are pale with an outline.
    """
    order = ranked(items, highest_first=highest_first)
    known = [float(item.value) for item in order if item.value is not None]
    low = min([0.0, *known])
    high = max([*known, 0.0, *([float(target)] if target is not None else [])])
    if high == low:
        high = low + 1
    missing = len(order) - len(known)
    gap = 2 if missing and known else 0
    step = (1 - _LEFT) / max(len(order) + gap, 1)

    def y(value: float) -> float:
        return _FLOOR - (value - low) / (high - low) * (_FLOOR - _TOP)

    drawn = []
    for tick in tick_values(low, high, 3):
        drawn.append(rule("0", y(float(tick)), "100%", y(float(tick))))
        drawn.append(words(0, y(float(tick)) - 4, show(tick), size=11, muted=True))
    for number, item in enumerate(order):
        if item.value is not None:
            drawn.append(_bar(item, _LEFT + number * step, step, y(float(item.value)), y(0), show))
    if missing:
        drawn.append(_missing(name, _LEFT + (len(known) + gap) * step, missing * step, missing_label))
    if target is not None:
        height, end = y(float(target)), along(_LEFT + len(known) * step)
        drawn.append(rule(along(_LEFT), height, end, height, css="pic-target", more=_DASHED))
        drawn.append(words(end, height - 5, target_label, anchor="end", size=12))
    drawn += _names(order, step)
    return picture(name, title=title, desc=desc, kind="ranked-strip", height=_HEIGHT, body="".join(drawn), width=width)


def ranked_strip_rows(
    items: Sequence[RankedItem], *, highest_first: bool = True
) -> list[tuple[str, Number | None, bool]]:
    """The same in rows, in the same order: label, value (None is missing), whether estimated."""
    order = ranked(items, highest_first=highest_first)
    return [(item.label, item.value, item.estimated) for item in order]


def _bar(item: RankedItem, start: float, step: float, top: float, floor: float, show: Show) -> str:
    assert item.value is not None  # noqa: S101 - only the known are drawn
    up, down = min(top, floor), max(top, floor)
    said = f"{item.label}: {show(item.value)}"
    if item.estimated:
        look = 'class="pic-bar-estimated" fill="#fff" stroke="#44889a"'
    elif item.pointed_out:
        look = 'class="pic-bar-pointed" fill="#a4480a"'
    else:
        look = 'class="pic-bar" fill="#44889a"'
    return (
        f'<rect {look} x="{along(start + step * 0.12)}" y="{px(up)}" width="{along(step * 0.76)}" '
        f'height="{px(max(down - up, 1))}"><title>{escaped(said)}</title></rect>'
    )


def _missing(name: str, start: float, share: float, label: str) -> str:
    place = f'x="{along(start)}" y="{_TOP}" width="{along(share)}" height="{_FLOOR - _TOP}"'
    return f'{hatch(name)}<rect {place} fill="url(#{name}-missing)"/>' + words(
        "100%", _TOP - 24, label, anchor="end", size=12
    )


def _names(order: Sequence[RankedItem], step: float) -> list[str]:
    """The places pointed out, under the floor; those that would touch are left to the table."""
    drawn: list[str] = []
    free_from = 0.0
    for number, item in enumerate(order):
        if not item.pointed_out:
            continue
        middle = _LEFT + (number + 0.5) * step
        room = 0.011 * len(item.label)
        if middle - room < free_from and drawn:
            continue
        anchor = "start" if middle < room else "end" if middle > 1 - room else "middle"
        drawn.append(rule(along(middle), _FLOOR + 2, along(middle), _FLOOR + 7, css="pic-bracket"))
        drawn.append(words(along(middle), _FLOOR + 20, item.label, anchor=anchor, size=12, strong=True))
        free_from = middle + room
    return drawn
