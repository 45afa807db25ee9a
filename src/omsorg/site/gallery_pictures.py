"""The pictures of the gallery: each kind that kernel.pictures draws, with made-up figures and the same in rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from omsorg.kernel.numbers import format_number
from omsorg.kernel.pictures import (
    Base,
    Bullet,
    HistoryCell,
    KeyEntry,
    Mark,
    PathPoint,
    RankedItem,
    Segment,
    Tile,
    bullet_bar,
    bullet_bar_rows,
    history_strip,
    history_strip_rows,
    key,
    ranked_strip,
    ranked_strip_rows,
    rating_bar,
    rating_bar_rows,
    sparkline,
    sparkline_rows,
    target_path,
    target_path_key,
    target_path_rows,
    tile_map,
    tile_map_key,
    tile_map_rows,
)


@dataclass(frozen=True)
class SamplePicture:
    """A drawing, its key where it has one, and its rows under their heads."""

    name: str
    title: str
    drawing: SafeString
    heads: Sequence[str | Promise]
    rows: Sequence[Sequence[object]]
    key: str = ""

    @property
    def columns(self) -> list[dict[str, object]]:
        return [{"label": head} for head in self.heads]


def sample_pictures() -> list[SamplePicture]:
    """One of each kind, in the reader's language. The figures are made up."""
    show = partial(format_number, language=get_language() or "en")
    return [_rating_bars(), _history(), _path(show), _ranked(show), _map(), _bullet(), _spark()]


def _rating_bars() -> SamplePicture:
    good = [
        Segment("completed", _("completed"), 13, Mark.CHECK_DISC),
        Segment("on_track", _("on track"), 12, Mark.DISC),
        Segment("off_track", _("off track"), 6, Mark.CROSS),
        Segment("not_rated", _("not rated"), 1, Mark.DASH),
    ]
    held = Segment("on_hold", _("on hold or changed"), 3, Mark.PAUSE)
    bracket = _("25 completed or on track")
    bases = [
        Base(_("In the plan as adopted"), "25 / 35 (71.4 %)", [*good, held], 25, bracket),
        Base(_("Now active"), "25 / 32 (78.1 %)", good, 25, bracket, 3, _("3 no longer active")),
    ]
    title = _("Indicators on both bases")
    drawing = rating_bar("sample-bar", bases, title=title, desc=_("The good part is as long on both bases."))
    entries = [KeyEntry(segment.mark, segment.label) for segment in (*good, held)]
    heads = [_("Rating"), _("As adopted"), _("Now active")]
    return SamplePicture("bars", title, drawing, heads, rating_bar_rows(bases), key(entries))


def _history() -> SamplePicture:
    cells = [
        HistoryCell("2022", _("on track"), "22", Mark.DISC),
        HistoryCell("2023-H1", _("off track"), "23", Mark.CROSS),
        HistoryCell("2023-H2", _("not reported")),
        HistoryCell("2024-H1", _("completed"), "24", Mark.CHECK_DISC),
    ]
    title = _("One indicator, report by report")
    drawing = history_strip("sample-history", cells, title=title, desc=_("From on track to completed, one gap."))
    return SamplePicture("history", title, drawing, [_("Report"), _("Rating")], history_strip_rows(cells))


def _path(show: partial[str]) -> SamplePicture:
    points = [
        PathPoint("2021-H2", 40, target=40),
        PathPoint("2022-H1", 58),
        PathPoint("2022-H2", None),
        PathPoint("2023-H1", 66, estimated=True),
        PathPoint("2023-H2", 71, target=90),
        PathPoint("2024-H1", None, target=120),
    ]
    title = _("Carers trained, and the way to the target")
    drawing = target_path("sample-path", points, title=title, desc=_("Behind the path since 2022."), show=show)
    words = target_path_key(observed=_("observed"), target=_("target"), estimated=_("estimated"), missing=_("missing"))
    heads = [_("Period"), _("Observed"), _("Estimated"), _("Target")]
    return SamplePicture("path", title, drawing, heads, target_path_rows(points), words)


def _ranked(show: partial[str]) -> SamplePicture:
    values = [31, 28, 27, 25, 24, 24, 21, 19, 18, 16, 15, 12, 9, 7]
    items = [RankedItem(f"{_('Organisation')} {n}", value, n % 5 == 3, n == 8) for n, value in enumerate(values, 1)]
    items += [RankedItem(f"{_('Organisation')} {n}", None) for n in range(15, 18)]
    title = _("One indicator over all organisations")
    drawing = ranked_strip(
        "sample-ranked", items, title=title, desc=_("Fourteen answered, three did not."), show=show,
        missing_label=_("3 have not answered"), target=20, target_label=_("target 20"),
    )  # fmt: skip
    heads = [_("Organisation"), _("Value"), _("Estimated")]
    return SamplePicture("ranked", title, drawing, heads, ranked_strip_rows(items))


def _map() -> SamplePicture:
    tiles = [
        Tile("NO", _("Norway"), "92", 5), Tile("SE", _("Sweden"), "81", 4), Tile("DK", _("Denmark"), "66", 3),
        Tile("FI", _("Finland"), "48", 2), Tile("TZ", _("Tanzania"), "73", 4), Tile("KE", _("Kenya"), "24", 1),
        Tile("UG", _("Uganda"), _("missing"), None), Tile("IN", _("India"), "55", 3),
    ]  # fmt: skip
    title = _("Where children know their contact person")
    drawing = tile_map("sample-map", tiles, title=title, desc=_("Seven countries answered, one did not."))
    words = tile_map_key(["0-24", "25-49", "50-69", "70-84", "85-100"], missing_label=_("missing"))
    rows = [(name, text) for _code, name, text, _step in tile_map_rows(tiles)]
    return SamplePicture("map", title, drawing, [_("Country"), _("Value")], rows, words)


def _bullet() -> SamplePicture:
    bullet = Bullet(observed=71, target=120, baseline=40, expected=96)
    title = _("Where one figure stands")
    drawing = bullet_bar("sample-bullet", bullet, title=title, desc=_("71 observed, 96 expected by now, 120 aimed at."))
    rows = bullet_bar_rows(
        bullet, baseline=_("baseline"), expected=_("expected now"), observed=_("observed"), target=_("target")
    )
    return SamplePicture("bullet", title, drawing, [_("What"), _("Value")], rows)


def _spark() -> SamplePicture:
    periods, values = ["2021", "2022", "2023", "2024"], [12, 14, None, 19]
    title = _("A line as small as a word")
    drawing = sparkline("sample-spark", values, title=title, desc=_("Rising, with one gap."))
    return SamplePicture("spark", title, drawing, [_("Year"), _("Value")], sparkline_rows(periods, values))
