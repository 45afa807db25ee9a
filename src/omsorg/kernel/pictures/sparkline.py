"""A line as small as a word: where a figure has been, and where it is now."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.safestring import SafeString

from .drawing import Number, picture

_WIDTH = 96
_HEIGHT = 24
_EDGE = 4
_NOTHING = f'<path class="pic-rule" d="M{_EDGE} 12H{_WIDTH - _EDGE}" stroke="#8a929a" stroke-dasharray="2 4"/>'


def sparkline(
    name: str, values: Sequence[Number | None], *, title: str, desc: str, last_estimated: bool = False
) -> SafeString:
    """The values in order, oldest first. What is missing (None) is a gap in the line, never nought.

    A value alone between two gaps is a dot. The last value has a dot; hollow when it is an estimate.
    """
    known = [float(value) for value in values if value is not None]
    if not known:
        return _frame(name, title, desc, _NOTHING)
    low, high = min(known), max(known)
    stretch = (_HEIGHT - 2 * _EDGE) / (high - low) if high > low else 0
    step = (_WIDTH - 2 * _EDGE) / (len(values) - 1) if len(values) > 1 else 0
    floor = _HEIGHT - _EDGE if stretch else _HEIGHT / 2
    path: list[str] = []
    pen_up, place = True, (0.0, 0.0)
    for number, value in enumerate(values):
        if value is None:
            pen_up = True
            continue
        place = (_EDGE + number * step, floor - (float(value) - low) * stretch)
        alone = pen_up and (number + 1 == len(values) or values[number + 1] is None)
        path.append(f"{'M' if pen_up else 'L'}{place[0]:.1f} {place[1]:.1f}{'h0' if alone else ''}")
        pen_up = False
    dot = ""
    if values[-1] is not None:
        look = 'class="pic-hollow" fill="#fff"' if last_estimated else 'class="pic-now" fill="#1b5568"'
        where = f'cx="{place[0]:.1f}" cy="{place[1]:.1f}" r="2.6"'
        dot = f'<circle {look} {where} stroke="#1b5568" stroke-width="1.4"/>'
    line = (
        f'<path class="pic-line" d="{"".join(path)}" fill="none" stroke="#44889a" stroke-width="1.6" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return _frame(name, title, desc, line + dot)


def sparkline_rows(labels: Sequence[str], values: Sequence[Number | None]) -> list[tuple[str, Number | None]]:
    """The same in rows: label, value; None is missing."""
    return list(zip(labels, values, strict=True))


def _frame(name: str, title: str, desc: str, body: str) -> SafeString:
    return picture(name, title=title, desc=desc, kind="sparkline", height=_HEIGHT, width=_WIDTH, body=body)
