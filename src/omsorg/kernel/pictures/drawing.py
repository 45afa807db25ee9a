"""The pencil: what every picture is drawn with.

A picture is a string of SVG that says what it shows (`title`, `desc`), carries no style and no
script, and has its default colours as attributes, so that it also stands in a letter or on paper.
The style sheet `pictures.css` puts the colours of the house in their place.

Pictures stretch with the page: places along the line are percentages, while letters and
marks keep their size. With `width` a picture has a fixed size, for documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from html import escape

from django.utils.safestring import SafeString, mark_safe

Number = int | Decimal | Fraction
Show = Callable[[Number], str]

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: object) -> str:
    """Any text, harmless between tags and between quotation marks."""
    return escape(_NOT_IN_XML.sub("", str(text)))


def along(share: float) -> str:
    """A place or a length along the line: 0.25 is "25%"."""
    return f"{share * 100:.4g}%"


def px(length: float) -> str:
    return f"{length:.4g}"


def picture(
    name: str, *, title: str, desc: str, kind: str, height: float, body: str, width: float | None = None
) -> SafeString:
    """The frame of every picture. `name` is unique on its page and made of plain letters."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"a picture is named with plain letters, not {name!r}")
    tall = px(height)
    size = (
        f'width="100%" height="{tall}"'
        if width is None
        else f'viewBox="0 0 {px(width)} {tall}" width="{px(width)}" height="{tall}"'
    )
    return mark_safe(  # noqa: S308 - every text in the body went through `escaped`
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pic pic-{kind}" {size} role="img" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="system-ui, sans-serif" font-size="13">'
        f'<title id="{name}-title">{escaped(title)}</title><desc id="{name}-desc">{escaped(desc)}</desc>'
        f"{body}</svg>"
    )


def words(
    x: str | float,
    y: float,
    text: object,
    *,
    anchor: str = "start",
    size: float | None = None,
    strong: bool = False,
    muted: bool = False,
    halo: bool = False,
) -> str:
    """A line of text. `anchor` is start, middle or end; a `halo` of paper keeps it legible over lines."""
    place = x if isinstance(x, str) else px(x)
    attributes = f'x="{place}" y="{px(y)}"'
    if anchor != "start":
        attributes += f' text-anchor="{anchor}"'
    if size:
        attributes += f' font-size="{px(size)}"'
    if strong:
        attributes += ' font-weight="600"'
    ink = 'class="pic-muted" fill="#5a626b"' if muted else 'class="pic-ink" fill="currentColor"'
    text = escaped(text)
    drawn = f"<text {attributes} {ink}>{text}</text>"
    if halo:
        paper = 'class="pic-paper-line" fill="none" stroke="#fff" stroke-width="5" stroke-linejoin="round"'
        drawn = f'<text {attributes} {paper} aria-hidden="true">{text}</text>{drawn}'
    return drawn


_LINES = {"pic-rule": "#c8cdd2", "pic-bracket": "#5a626b", "pic-target": "#8a5a00"}


def rule(x1: str, y1: float, x2: str, y2: float, *, css: str = "pic-rule", more: str = "") -> str:
    """A straight line: a rule of the scale, a bracket, or the line of a target."""
    ends = f'x1="{x1}" y1="{px(y1)}" x2="{x2}" y2="{px(y2)}"'
    return f'<line {ends} class="{css}" stroke="{_LINES[css]}"{" " + more if more else ""}/>'


def at(x: str, y: float, body: str) -> str:
    """Something of fixed size, set down at a place along the line."""
    return f'<svg x="{x}" y="{px(y)}" overflow="visible">{body}</svg>'


def hatch(name: str, size: int = 6) -> str:
    """The pattern of what is missing; filled with `url(#<name>-missing)`."""
    return (
        f'<pattern id="{name}-missing" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path class="pic-hatch" d="M0 0V{size}" stroke="#aab1b8" '
        'stroke-width="1.4"/></pattern>'
    )


def tick_values(low: float, high: float, wanted: int = 4) -> list[Decimal]:
    """Round values from `low` to `high` for the lines of a scale, in steps of 1, 2, 5, 10, 20, 50, ..."""
    span = high - low
    if span <= 0:
        return [Decimal(f"{low:.12g}")]
    rough = Decimal(f"{span / wanted:.12g}")
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    first = -(-Decimal(f"{low:.12g}") // step)
    ticks = []
    value = first * step
    while float(value) <= high:
        ticks.append(value)
        value += step
    return ticks
