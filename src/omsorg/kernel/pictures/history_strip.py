"""A strip of one cell per report: how one thing was judged, time after time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .drawing import escaped, picture, px, words
from .marks import Mark, shape, toned


@dataclass(frozen=True, slots=True)
class HistoryCell:
    """One report: when, the word, its one letter. Without a mark nothing was reported: an empty cell."""

    when: str
    word: str
    letter: str = ""
    mark: Mark | None = None
    css_class: str = ""


_CELL = 24
_GAP = 3
_HEIGHT = 38


def history_strip(name: str, cells: Sequence[HistoryCell], *, title: str, desc: str) -> SafeString:
    """The cells in the order given, oldest first. Fixed size, so that strips line up under each other."""
    body = "".join(_cell(cell, place * (_CELL + _GAP)) for place, cell in enumerate(cells))
    width = max(len(cells) * (_CELL + _GAP) - _GAP, 1)
    return picture(name, title=title, desc=desc, kind="history-strip", height=_HEIGHT, body=body, width=width)


def history_strip_rows(cells: Sequence[HistoryCell]) -> list[tuple[str, str]]:
    """The same in rows: when, word."""
    return [(cell.when, cell.word) for cell in cells]


def _cell(cell: HistoryCell, x: float) -> str:
    said = f"<title>{escaped(cell.when)}: {escaped(cell.word)}</title>"
    box = f'x="{px(x + 0.5)}" y="0.5" width="{_CELL - 1}" height="{_CELL - 1}" rx="4"'
    if cell.mark is None:
        return f'<g>{said}<rect class="pic-rule" {box} fill="none" stroke="#8a929a" stroke-dasharray="2 3"/></g>'
    drawn = (
        f'{said}<rect {box} fill="currentColor" fill-opacity=".14"/>'
        f'<g transform="translate({px(x + _CELL / 2)} {px(_CELL / 2)})">{shape(cell.mark)}</g>'
    )
    letter = words(x + _CELL / 2, _HEIGHT - 2, cell.letter, anchor="middle", size=11, muted=True)
    return toned(cell.mark, cell.css_class, drawn) + letter
