"""A bar of counts, drawn on every base it may be divided by, one under the other on one scale.

One thing counted has the same length in each bar. So a share that rises because its base shrank can
be seen for what it is: the good part stays as long as it was, and the part left out is an
empty frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .drawing import along, at, escaped, picture, px, rule, words
from .marks import Mark, area, shape, toned


@dataclass(frozen=True, slots=True)
class Segment:
    """How many have one answer, and how that answer is shown."""

    code: str
    label: str
    count: int
    mark: Mark
    css_class: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """One bar: what it is divided by (`label`), its outcome in words (`statement`: "25 of 35 (71.4 %)").

    The first `good` things counted get a bracket with `good_label`; `left_out` things that this base does
    not count stand as an empty frame named `left_out_label`.
    """

    label: str
    statement: str
    segments: Sequence[Segment]
    good: int = 0
    good_label: str = ""
    left_out: int = 0
    left_out_label: str = ""

    @property
    def total(self) -> int:
        return sum(segment.count for segment in self.segments)


_BAR = 28
_TOP = 46
_EACH = 122
_NARROWEST_FOR_BADGE = 0.06
_NARROWEST_FOR_NUMBER = 0.02


def rating_bar(name: str, bases: Sequence[Base], *, title: str, desc: str, width: float | None = None) -> SafeString:
    """The bars of `bases`. Under a fiftieth of the line there is no room for a number: the table has it."""
    scale = max((base.total + base.left_out for base in bases), default=0)
    body = "".join(_bar(f"{name}-{place}", base, scale, place * _EACH) for place, base in enumerate(bases))
    height = _EACH * len(bases) - (_EACH - _TOP - _BAR - 35)
    return picture(name, title=title, desc=desc, kind="rating-bar", height=height, body=body, width=width)


def rating_bar_rows(bases: Sequence[Base]) -> list[tuple[str | int | None, ...]]:
    """The same in rows: label, then the count on each base; None where a base does not count it."""
    labels: dict[str, str] = {}
    for base in bases:
        for segment in base.segments:
            labels.setdefault(segment.code, segment.label)
    counts = [{segment.code: segment.count for segment in base.segments} for base in bases]
    return [(label, *(count.get(code) for count in counts)) for code, label in labels.items()]


def _bar(name: str, base: Base, scale: int, top: float) -> str:
    y = top + _TOP
    drawn = [
        words(0, top + 14, base.label, strong=True),
        words("100%", top + 14, base.statement, anchor="end"),
    ]
    if not base.total:
        drawn.append(_frame(0, 1, y))
        return "".join(drawn)
    done = 0
    for place, segment in enumerate(segment for segment in base.segments if segment.count):
        drawn.append(_segment(f"{name}-{place}", segment, done / scale, segment.count / scale, y))
        done += segment.count
    if base.left_out:
        share = base.left_out / scale
        drawn.append(_frame(done / scale, share, y))
        drawn.append(
            words(
                along((done + base.left_out) / scale),
                y + _BAR + 28,
                base.left_out_label or base.left_out,
                anchor="end",
                muted=True,
            )
        )
    if base.good:
        drawn.append(_bracket(base.good / scale, y + _BAR + 7, base.good_label))
    return "".join(drawn)


def _segment(name: str, segment: Segment, start: float, share: float, y: float) -> str:
    body = area(name, segment.mark, along(start), y, along(share), _BAR)
    place = f'x="{along(start)}" y="{px(y)}" width="{along(share)}" height="{_BAR}" rx="2"'
    frame = f'<rect class="pic-paper-line" {place} fill="none" stroke="#fff" stroke-width="1.5"/>'
    middle = along(start + share / 2)
    if share >= _NARROWEST_FOR_BADGE:
        badge = f'<circle class="pic-paper" r="11" fill="#fff"/>{shape(segment.mark, radius=7.5)}'
        body += at(middle, y + _BAR / 2, badge)
    drawn = toned(
        segment.mark,
        segment.css_class,
        f"<title>{escaped(segment.label)}: {segment.count}</title>{body}{frame}",
    )
    if share >= _NARROWEST_FOR_NUMBER:
        drawn += words(middle, y - 8, segment.count, anchor="middle", size=15, strong=True)
    return drawn


def _frame(start: float, share: float, y: float) -> str:
    place = f'x="{along(start)}" y="{px(y + 1)}" width="{along(share)}" height="{_BAR - 2}" rx="2"'
    return f'<rect class="pic-rule" {place} fill="none" stroke="#8a929a" stroke-dasharray="3 3"/>'


def _bracket(share: float, y: float, label: str) -> str:
    """The label begins where the bracket does: below its middle, a short one would lose its first letters."""
    end = along(share)
    line = 'stroke-width="1.2"'
    return (
        rule("0", y, "0", y + 5, css="pic-bracket", more=line)
        + rule("0", y + 5, end, y + 5, css="pic-bracket", more=line)
        + rule(end, y, end, y + 5, css="pic-bracket", more=line)
        + words(0, y + 21, label)
    )
