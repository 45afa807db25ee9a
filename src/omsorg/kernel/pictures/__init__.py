"""Pictures: small drawings made on the server, each with a title, a description and the same in rows.

    rating_bar     counts with their denominator, on every base, one under the other
    rating_mark    one mark with its word; `key` a list of them
    history_strip  one cell per report
    sparkline      a line as small as a word
    target_path    the way to a target beside the way that was gone
    ranked_strip   many places in a row, the missing counted
    tile_map       the world in equal tiles
    bullet_bar     baseline, observed, expected, target on one line

Nothing here knows what is drawn: labels come translated, marks and classes come chosen.
Every picture has a `<name>_rows` that gives the same as plain rows, for the table beneath it.
"""

from .bullet_bar import Bullet, bullet_bar, bullet_bar_rows
from .history_strip import HistoryCell, history_strip, history_strip_rows
from .marks import KeyEntry, Mark, key, rating_mark
from .ranked_strip import RankedItem, ranked_strip, ranked_strip_rows
from .rating_bar import Base, Segment, rating_bar, rating_bar_rows
from .sparkline import sparkline, sparkline_rows
from .target_path import PathPoint, target_path, target_path_key, target_path_rows
from .tile_map import Tile, tile_map, tile_map_key, tile_map_rows

__all__ = [
    "Base",
    "Bullet",
    "HistoryCell",
    "KeyEntry",
    "Mark",
    "PathPoint",
    "RankedItem",
    "Segment",
    "Tile",
    "bullet_bar",
    "bullet_bar_rows",
    "history_strip",
    "history_strip_rows",
    "key",
    "ranked_strip",
    "ranked_strip_rows",
    "rating_bar",
    "rating_bar_rows",
    "rating_mark",
    "sparkline",
    "sparkline_rows",
    "target_path",
    "target_path_key",
    "target_path_rows",
    "tile_map",
    "tile_map_key",
    "tile_map_rows",
]
