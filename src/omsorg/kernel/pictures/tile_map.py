"""A map on which every country has a tile of the same size, so that the small ones are seen as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from django.utils.safestring import SafeString

from .drawing import escaped, hatch, picture, px
from .marks import sign_list

STEPS = 5
_FILLS = ("#e1eef0", "#b3d2d9", "#7cb0bd", "#3f8194", "#184f61")
_INKS = ("#1f2429", "#1f2429", "#1f2429", "#fff", "#fff")
_TILE = 28
_GAP = 2
_NOT_ASKED = f'width="{_TILE - 1}" height="{_TILE - 1}" rx="3" fill="none" stroke="#e3e6e9"'


@dataclass(frozen=True, slots=True)
class Tile:
    """One country by its ISO code of two letters: name, figure as text, step 1..5; step None is missing."""

    code: str
    label: str
    text: str
    step: int | None


@lru_cache(maxsize=1)
def positions() -> dict[str, tuple[int, int]]:
    """Where each country stands: column and row."""
    grid = files(__package__).joinpath("tiles.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in grid if not line.startswith("#")]
    return {code: (column, row) for row, codes in enumerate(rows) for column, code in enumerate(codes) if code != ".."}


def tile_map(name: str, tiles: Sequence[Tile], *, title: str, desc: str) -> SafeString:
    """The world in tiles: the darker, the higher the step; hatched is missing; the pale ones are not asked.

    A country without a place on the grid is set on a row of its own below: none is lost.
    """
    grid = positions()
    by_code = {tile.code: tile for tile in tiles}
    columns = 1 + max(column for column, _row in grid.values())
    rows = 1 + max(row for _column, row in grid.values())
    elsewhere = sorted(code for code in by_code if code not in grid)
    drawn = [hatch(name, 5)]
    for code, (column, row) in grid.items():
        drawn.append(_tile(name, by_code.get(code), column, row))
    for number, code in enumerate(elsewhere):
        drawn.append(_tile(name, by_code[code], number % columns, rows + 1 + number // columns))
    extra = 1 + -(-len(elsewhere) // columns) if elsewhere else 0
    side = _TILE + _GAP
    return picture(
        name,
        title=title,
        desc=desc,
        kind="tile-map",
        width=columns * side - _GAP,
        height=(rows + extra) * side - _GAP,
        body="".join(drawn),
    )


def tile_map_rows(tiles: Sequence[Tile]) -> list[tuple[str, str, str, int | None]]:
    """The same in rows by name: code, name, figure as text, step (None is missing)."""
    return [(tile.code, tile.label, tile.text, tile.step) for tile in sorted(tiles, key=lambda t: t.label)]


def tile_map_key(labels: Sequence[str], *, missing_label: str) -> SafeString:
    """The key: what each of the five steps means, and what hatched means."""
    if len(labels) != STEPS:
        raise ValueError(f"a tile map has {STEPS} steps, not {len(labels)}")
    steps = [(_square(step, -8, -8, 16, None), label) for step, label in enumerate(labels, start=1)]
    return sign_list([*steps, (_square(None, -8, -8, 16, None), missing_label)])


def _square(step: int | None, x: float, y: float, side: float, hatch: str | None) -> str:
    place = f'x="{px(x)}" y="{px(y)}" width="{px(side)}" height="{px(side)}" rx="3"'
    if step is not None:
        return f'<rect class="pic-step-{step}" {place} fill="{_FILLS[step - 1]}"/>'
    if hatch is None:
        half, whole = px(side / 2), px(side)
        lines = (
            f"M{px(x)} {px(y + side / 2)}l{half}-{half}M{px(x)} {px(y + side)}l{whole}-{whole}"
            f"M{px(x + side / 2)} {px(y + side)}l{half}-{half}"
        )
        filled = f'<path class="pic-hatch" d="{lines}" stroke="#aab1b8" stroke-width="1.2"/>'
    else:
        filled = f'<rect {place} fill="url(#{hatch})"/>'
    return f'{filled}<rect class="pic-rule" {place} fill="none" stroke="#8a929a" stroke-dasharray="2 2"/>'


def _tile(name: str, tile: Tile | None, column: int, row: int) -> str:
    x, y = column * (_TILE + _GAP), row * (_TILE + _GAP)
    if tile is None:
        return f'<rect class="pic-not-asked" x="{x + 0.5}" y="{y + 0.5}" {_NOT_ASKED}/>'
    if tile.step is not None and not 1 <= tile.step <= STEPS:
        raise ValueError(f"a step is 1..{STEPS} or None, not {tile.step}")
    ink = (
        'class="pic-ink" fill="currentColor"'
        if tile.step is None
        else f'class="pic-on-step-{tile.step}" fill="{_INKS[tile.step - 1]}"'
    )
    return (
        f"<g><title>{escaped(tile.label)}: {escaped(tile.text)}</title>"
        f"{_square(tile.step, x, y, _TILE, name + '-missing')}"
        f'<text x="{px(x + _TILE / 2)}" y="{px(y + _TILE / 2 + 4)}" text-anchor="middle" font-size="11" '
        f"{ink}>{escaped(tile.code)}</text></g>"
    )
