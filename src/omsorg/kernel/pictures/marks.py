"""Marks: eight shapes that differ without colour, each with its pattern for an area.

Who draws with them gives them a meaning; here they are only shapes. Every mark has a colour of the
Okabe-Ito set, which colour-blind eyes can tell apart, until the style sheet says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.safestring import SafeString, mark_safe

from .drawing import escaped, px


class Mark(StrEnum):
    CHECK_DISC = "check-disc"
    DISC = "disc"
    TRIANGLE = "triangle"
    CROSS = "cross"
    RING = "ring"
    DASH = "dash"
    PAUSE = "pause"
    STRUCK_RING = "struck-ring"


COLOURS: dict[Mark, str] = {
    Mark.CHECK_DISC: "#009e73",
    Mark.DISC: "#0072b2",
    Mark.TRIANGLE: "#e69f00",
    Mark.CROSS: "#d55e00",
    Mark.RING: "#6e6e6e",
    Mark.DASH: "#6e6e6e",
    Mark.PAUSE: "#6e6e6e",
    Mark.STRUCK_RING: "#6e6e6e",
}

_INK = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
_PAPER = 'class="pic-paper-line" fill="none" stroke="#fff" stroke-linecap="round" stroke-linejoin="round"'

# Each shape fills a square of 16, centred on nought.
_SHAPES: dict[Mark, str] = {
    Mark.CHECK_DISC: (
        f'<circle r="7.5" fill="currentColor"/><path d="M-3.4.2-1 2.7 3.5-2.6" {_PAPER} stroke-width="2"/>'
    ),
    Mark.DISC: '<circle r="6.5" fill="currentColor"/>',
    Mark.TRIANGLE: (
        '<path d="M0-6.4 7 5.6H-7Z" fill="currentColor" stroke="currentColor" stroke-width="1.6" '
        'stroke-linejoin="round"/>'
        f'<path d="M0-2.4V1.6M0 4v.1" {_PAPER} stroke-width="1.8"/>'
    ),
    Mark.CROSS: (
        '<path d="M-3.1-7.5H3.1L7.5-3.1V3.1L3.1 7.5H-3.1L-7.5 3.1V-3.1Z" fill="currentColor"/>'
        f'<path d="M-2.6-2.6 2.6 2.6M2.6-2.6-2.6 2.6" {_PAPER} stroke-width="2"/>'
    ),
    Mark.RING: f'<circle r="6" {_INK} stroke-width="2"/>',
    Mark.DASH: f'<path d="M-6.6 3-3.6-3M-1.5 3 1.5-3M3.6 3 6.6-3" {_INK} stroke-width="2"/>',
    Mark.PAUSE: f'<path d="M-3-4.8V4.8M3-4.8V4.8" {_INK} stroke-width="3.4"/>',
    Mark.STRUCK_RING: (
        f'<circle r="6" {_INK} stroke-width="1.8"/><path d="M-6.6 6.6 6.6-6.6" {_INK} stroke-width="1.8"/>'
    ),
}

_PAPER_STROKE = 'class="pic-paper-line" stroke="#fff" fill="none"'
_TONE_STROKE = 'stroke="currentColor" fill="none"'

# Area of a mark: how full its ground is, the size of the pattern, its turn, what is drawn in it.
_PATTERNS: dict[Mark, tuple[float, int, int, str]] = {
    Mark.CHECK_DISC: (1, 8, 0, ""),
    Mark.DISC: (1, 7, 45, f'<path d="M0 0V7" {_PAPER_STROKE} stroke-width="2.4"/>'),
    Mark.TRIANGLE: (1, 7, 0, '<circle class="pic-paper" cx="3.5" cy="3.5" r="1.3" fill="#fff"/>'),
    Mark.CROSS: (1, 7, 45, f'<path d="M0 0V7M0 0H7" {_PAPER_STROKE} stroke-width="1.6"/>'),
    Mark.RING: (0.06, 8, 0, ""),
    Mark.DASH: (0.06, 7, 30, f'<path d="M0 0V4" {_TONE_STROKE} stroke-width="2"/>'),
    Mark.PAUSE: (0.14, 6, 0, f'<path d="M1 0V6" {_TONE_STROKE} stroke-width="2"/>'),
    Mark.STRUCK_RING: (0.06, 6, 0, f'<path d="M0 3H6" {_TONE_STROKE} stroke-width="1.2"/>'),
}


def shape(mark: Mark, *, radius: float = 8) -> str:
    """The bare shape, centred on nought, in the colour of what it stands in."""
    body = _SHAPES[mark]
    return body if radius == 8 else f'<g transform="scale({px(radius / 8)})">{body}</g>'


def toned(mark: Mark, css_class: str, body: str) -> str:
    """A group in the tone of `mark`; `css_class` lets the style sheet choose the colour."""
    classes = f"pic-tone pic-tone-{mark} {escaped(css_class)}".rstrip()
    return f'<g class="{classes}" color="{COLOURS[mark]}">{body}</g>'


def area(name: str, mark: Mark, x: str, y: float, width: str, height: float) -> str:
    """An area in the pattern of `mark`; stands inside a `toned` group. `name` makes its pattern unique."""
    ground, size, turn, drawn = _PATTERNS[mark]
    place = f'x="{x}" y="{px(y)}" width="{width}" height="{px(height)}" rx="2"'
    body = ""
    if ground < 1:
        body += f'<rect class="pic-paper" {place} fill="#fff"/>'
    body += f'<rect {place} fill="currentColor"' + (f' fill-opacity="{ground}"' if ground < 1 else "") + "/>"
    if drawn:
        turned = f' patternTransform="rotate({turn})"' if turn else ""
        body += (
            f'<pattern id="{name}-{mark}" width="{size}" height="{size}" patternUnits="userSpaceOnUse"'
            f'{turned}>{drawn}</pattern><rect {place} fill="url(#{name}-{mark})"/>'
        )
    if ground < 1:
        body += f'<rect {place} fill="none" stroke="currentColor"/>'
    return body


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A line of a key: a mark and the word for it."""

    mark: Mark
    word: str
    css_class: str = ""


def rating_mark(mark: Mark, word: str, css_class: str = "", *, show_word: bool = True, radius: float = 8) -> SafeString:
    """One mark with its word. Without the word in sight, the mark itself says it to a screen reader."""
    drawn, side = toned(mark, css_class, shape(mark)), radius * 2.25
    if show_word:
        return mark_safe(_worded(drawn, word, side))  # noqa: S308 - the word went through `escaped`
    text = escaped(word)
    return mark_safe(  # noqa: S308 - the word went through `escaped`
        f'<svg class="pic pic-mark" viewBox="-9 -9 18 18" width="{px(side)}" height="{px(side)}" role="img" '
        f'aria-label="{text}"><title>{text}</title>{drawn}</svg>'
    )


def key(entries: Iterable[KeyEntry]) -> SafeString:
    """The key to a picture: a list that wraps on a narrow page."""
    return sign_list((toned(entry.mark, entry.css_class, shape(entry.mark)), entry.word) for entry in entries)


def sign_list(signs: Iterable[tuple[str, str]]) -> SafeString:
    """A list of signs, each drawn around nought within a square of 18, with their words."""
    lines = "".join(f"<li>{_worded(sign, word)}</li>" for sign, word in signs)
    return mark_safe(f'<ul class="pic-key">{lines}</ul>')  # noqa: S308 - the words went through `escaped`


def _worded(sign: str, word: str, side: float = 18) -> str:
    return (
        '<span class="pic-mark">'
        f'<svg class="pic" viewBox="-9 -9 18 18" width="{px(side)}" height="{px(side)}"'
        f' aria-hidden="true" focusable="false">{sign}</svg><span>{escaped(word)}</span></span>'
    )
