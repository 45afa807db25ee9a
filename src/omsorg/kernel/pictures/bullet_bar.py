"""One figure on its way: where it began, where it is, where it should be now, where it is going."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from .drawing import Number, along, at, hatch, picture


@dataclass(frozen=True, slots=True)
class Bullet:
    """The figures of one bar; None is missing. `expected` is where the path to the target stands today."""

    observed: Number | None
    target: Number | None = None
    baseline: Number | None = None
    expected: Number | None = None
    estimated: bool = False


_HEIGHT = 26
_MIDDLE = 13
_ROOM = 0.94


def bullet_bar(
    name: str,
    bullet: Bullet,
    *,
    title: str,
    desc: str,
    low: Number | None = None,
    high: Number | None = None,
    width: float | None = None,
) -> SafeString:
    """Bar: observed, a dashed frame when estimated. Stroke: target. Ring: baseline. Wedge: expected now.

    `low` and `high` fix the scale where several bars are to be compared. A missing observation leaves
    the line hatched.
    """
    values = [
        float(value)
        for value in (bullet.observed, bullet.target, bullet.baseline, bullet.expected)
        if value is not None
    ]
    lowest = min([0.0, *values]) if low is None else float(low)
    highest = max([0.0, *values]) if high is None else float(high)
    span = (highest - lowest) or 1.0

    def x(value: Number | float) -> float:
        return 0.01 + min(max((float(value) - lowest) / span, 0.0), 1.0) * _ROOM

    track = f'x="{along(x(lowest))}" y="{_MIDDLE - 6}" width="{along(_ROOM)}" height="12" rx="2"'
    drawn = [f'<rect class="pic-track" {track} fill="#e9ecee"/>']
    if bullet.observed is None:
        drawn.append(f'{hatch(name)}<rect {track} fill="url(#{name}-missing)"/>')
    else:
        zero = min(max(0.0, lowest), highest)
        one, other = sorted((x(zero), x(bullet.observed)))
        look = (
            'class="pic-bar-estimated" fill="#fff" stroke="#44889a" stroke-width="1.5" stroke-dasharray="3 2"'
            if bullet.estimated
            else 'class="pic-bar" fill="#44889a"'
        )
        place = f'x="{along(one)}" y="{_MIDDLE - 3.5}" width="{along(other - one)}" height="7" rx="1"'
        drawn.append(f"<rect {look} {place}/>")
    if bullet.baseline is not None:
        drawn.append(at(along(x(bullet.baseline)), _MIDDLE, _RING))
    if bullet.expected is not None:
        drawn.append(at(along(x(bullet.expected)), _MIDDLE + 7, _WEDGE))
    if bullet.target is not None:
        drawn.append(at(along(x(bullet.target)), _MIDDLE, _STROKE))
    return picture(name, title=title, desc=desc, kind="bullet-bar", height=_HEIGHT, body="".join(drawn), width=width)


def bullet_bar_rows(
    bullet: Bullet, *, baseline: str, expected: str, observed: str, target: str
) -> list[tuple[str, Number | None]]:
    """The same in rows under the given labels: from the beginning to the target; None is missing."""
    return [
        (baseline, bullet.baseline),
        (observed, bullet.observed),
        (expected, bullet.expected),
        (target, bullet.target),
    ]


_RING = '<circle class="pic-hollow" r="3.6" fill="#fff" stroke="#1b5568" stroke-width="1.6"/>'
_WEDGE = '<path class="pic-target-mark" d="M0-1 4 5H-4Z" fill="#8a5a00"/>'
_STROKE = '<path class="pic-ink-line" d="M0-10V10" stroke="#1f2429" stroke-width="2.6"/>'
