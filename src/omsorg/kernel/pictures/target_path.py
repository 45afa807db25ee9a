"""The way to a target beside the way that was gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString

from .drawing import Number, Show, along, at, picture, px, rule, tick_values, words
from .marks import Mark, shape, sign_list


@dataclass(frozen=True, slots=True)
class PathPoint:
    """One period: what was observed (None is missing), and the target where one is set for it."""

    label: str
    observed: Number | None = None
    estimated: bool = False
    target: Number | None = None


_TOP = 20
_FLOOR = 190
_HEIGHT = 216
_LEFT = 0.1
_RIGHT = 0.94
_MOST_LABELS = 5


def target_path(
    name: str,
    points: Sequence[PathPoint],
    *,
    title: str,
    desc: str,
    show: Show,
    width: float | None = None,
) -> SafeString:
    """Periods from left to right, evenly. The first target point is where the path begins.

    Missing is a gap in the line and a hatched mark on the floor; what is still to come is neither. An
    estimate is a hollow dot. The scale begins at nought unless a value lies below it.
    `target_path_key` says what the signs mean.
    """
    known = [float(v) for p in points for v in (p.observed, p.target) if v is not None]
    low, high = min([*known, 0.0]), max([*known, 0.0])
    if high == low:
        high = low + 1

    def x(number: int) -> float:
        return _LEFT + (number / (len(points) - 1) if len(points) > 1 else 0.5) * (_RIGHT - _LEFT)

    def y(value: Number | float) -> float:
        return _FLOOR - (float(value) - low) / (high - low) * (_FLOOR - _TOP)

    drawn = []
    for tick in tick_values(low, high):
        drawn.append(rule("0", y(tick), "100%", y(tick)))
        drawn.append(words(0, y(tick) - 4, show(tick), size=11, muted=True))
    every = -(-len(points) // _MOST_LABELS)
    for number, point in enumerate(points):
        if (len(points) - 1 - number) % every == 0:
            drawn.append(words(along(x(number)), _FLOOR + 20, point.label, anchor="middle", size=11, muted=True))
    targets = [(x(n), y(p.target)) for n, p in enumerate(points) if p.target is not None]
    drawn += [
        _stroke(one, other, "pic-target", "#8a5a00", 'stroke-width="1.6" stroke-dasharray="5 4"')
        for one, other in pairwise(targets)
    ]
    drawn += [at(along(left), down, _DIAMOND) for left, down in targets]
    observed = [(n, p.observed, p.estimated) for n, p in enumerate(points) if p.observed is not None]
    for (one, before, _e), (other, after, _f) in pairwise(observed):
        if other == one + 1:
            ends = (x(one), y(before)), (x(other), y(after))
            drawn.append(_stroke(*ends, "pic-line", "#1b5568", 'stroke-width="2.4" stroke-linecap="round"'))
    for number, value, estimated in observed:
        drawn.append(at(along(x(number)), y(value), _HOLLOW if estimated else _DOT))
    if observed:
        last, value, _estimated = observed[-1]
        missing = set(range(last)) - {number for number, _value, _estimated in observed}
        drawn += [at(along(x(number)), _FLOOR - 8, _MISSING) for number in sorted(missing)]
        drawn.append(words(along(x(last)), y(value) - 11, show(value), anchor="middle", strong=True, halo=True))
    return picture(name, title=title, desc=desc, kind="target-path", height=_HEIGHT, body="".join(drawn), width=width)


def target_path_key(*, observed: str, target: str, estimated: str = "", missing: str = "") -> SafeString:
    """The key: the words for the signs; those for estimates and gaps are left out when empty."""
    signs = ((_DOT, observed), (_DIAMOND, target), (_HOLLOW, estimated), (_MISSING, missing))
    return sign_list((sign, word) for sign, word in signs if word)


def target_path_rows(
    points: Sequence[PathPoint],
) -> list[tuple[str, Number | None, bool, Number | None]]:
    """The same in rows: period, observed (None is missing), whether estimated, target."""
    return [(point.label, point.observed, point.estimated, point.target) for point in points]


_DOT = '<circle class="pic-now" r="4.2" fill="#1b5568"/>'
_HOLLOW = '<circle class="pic-hollow" r="4" fill="#fff" stroke="#1b5568" stroke-width="2"/>'
_DIAMOND = '<path class="pic-target-mark" d="M0-5 5 0 0 5-5 0Z" fill="#8a5a00"/>'
_MISSING = f'<g class="pic-muted-tone" color="#5a626b">{shape(Mark.DASH, radius=6.5)}</g>'


def _stroke(one: tuple[float, float], other: tuple[float, float], css: str, colour: str, more: str) -> str:
    ends = f'x1="{along(one[0])}" y1="{px(one[1])}" x2="{along(other[0])}" y2="{px(other[1])}"'
    return f'<line class="{css}" {ends} stroke="{colour}" {more}/>'
