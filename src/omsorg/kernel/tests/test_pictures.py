import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import partial
from xml.etree import ElementTree

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from omsorg.kernel.numbers import format_number, format_percent
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
    rating_mark,
    sparkline,
    sparkline_rows,
    target_path,
    target_path_key,
    target_path_rows,
    tile_map,
    tile_map_key,
    tile_map_rows,
)
from omsorg.kernel.pictures.drawing import tick_values
from omsorg.kernel.pictures.tile_map import positions

SVG = "{http://www.w3.org/2000/svg}"
DRAWN_WITH = {"svg", "title", "desc", "g", "rect", "circle", "path", "line", "text", "pattern"}
percent = partial(format_percent, language="en", decimals=0)
number = partial(format_number, language="en")


def adopted(text: str = "Completed") -> Base:
    return Base(
        "In the plan as adopted",
        "25 of 35 (71.4 %)",
        [
            Segment("completed", text, 13, Mark.CHECK_DISC, "rating-completed"),
            Segment("on_track", "On track", 12, Mark.DISC),
            Segment("off_track", "Off track", 6, Mark.CROSS),
            Segment("not_rated", "Not rated", 1, Mark.DASH),
            Segment("on_hold", "On hold", 3, Mark.PAUSE),
        ],
        good=25,
        good_label="25 completed or on track",
    )


def active() -> Base:
    segments = [segment for segment in adopted().segments if segment.code != "on_hold"]
    return Base("Now active", "25 of 32 (78.1 %)", segments, 25, "25 completed or on track", 3, "3 left out")


def every_picture(text: str) -> dict[str, str]:
    """One of each, with `text` wherever a person may have written something."""
    named = {"title": text, "desc": text}
    bases = [adopted(text), Base(text, text, [], left_out=1, left_out_label=text)]
    return {
        "rating_bar": rating_bar("bar", bases, **named),
        "history_strip": history_strip(
            "history", [HistoryCell(text, text, text, Mark.RING, text), HistoryCell(text, text)], **named
        ),
        "sparkline": sparkline("spark", [1, None, Decimal("2.5"), 3], **named),
        "target_path": target_path(
            "path",
            [
                PathPoint(text, Fraction(1, 4), target=Fraction(1, 4)),
                PathPoint(text, None),
                PathPoint(text, 1),
            ],
            show=lambda value: text,
            **named,
        ),
        "ranked_strip": ranked_strip(
            "ranked",
            [
                RankedItem(text, 3, pointed_out=True),
                RankedItem(text, None),
                RankedItem(text, 2, estimated=True),
            ],
            show=lambda value: text,
            missing_label=text,
            target=2,
            target_label=text,
            **named,
        ),
        "tile_map": tile_map("map", [Tile("NO", text, text, 5), Tile(text, text, text, None)], **named),
        "bullet_bar": bullet_bar("bullet", Bullet(None, 10, 0, 5), **named),
    }


@pytest.mark.parametrize(("kind", "svg"), every_picture("Lär & förstå").items())
def test_every_picture_says_what_it_shows(kind, svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    assert root.attrib["role"] == "img"
    title, desc = root[0], root[1]
    assert (title.tag, title.text) == (f"{SVG}title", "Lär & förstå")
    assert (desc.tag, desc.text) == (f"{SVG}desc", "Lär & förstå")
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], desc.attrib["id"]]


def test_no_two_things_on_a_page_share_a_name():
    pictures = every_picture("x")
    names = re.findall(r' id="([^"]+)"', "".join(pictures.values()))
    assert [name for name, times in Counter(names).items() if times > 1] == []
    wanted = set(re.findall(r"url\(#([^)]+)\)", "".join(pictures.values())))
    assert wanted <= set(names)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20) | st.sampled_from(["</title><script>", "\" onload='x'", "a\x00b", "&amp;", "]]>"]))
def test_what_people_write_stays_text(text):
    for svg in every_picture(text).values():
        root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
        for element in root.iter():
            assert element.tag.removeprefix(SVG) in DRAWN_WITH
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
    for html in (rating_mark(Mark.DISC, text, text), key([KeyEntry(Mark.DISC, text)])):
        ElementTree.fromstring(html)  # noqa: S314 - our own drawing


@pytest.mark.parametrize("name", ["", "a b", 'a"', "1a", "å"])
def test_a_name_is_made_of_plain_letters(name):
    with pytest.raises(ValueError, match="plain letters"):
        sparkline(name, [1], title="t", desc="d")


def bars(svg: str) -> list[tuple[float, float]]:
    """Place and length of the segments, in shares of the line."""
    found = re.findall(r'<rect class="pic-paper-line" x="([\d.]+)%" y="[\d.]+" width="([\d.]+)%"', svg)
    return [(float(x) / 100, float(width) / 100) for x, width in found]


def test_the_good_part_is_as_long_on_both_bases():
    before, after = (
        bars(rating_bar("a", [adopted()], title="t", desc="d")),
        bars(rating_bar("a", [adopted(), active()], title="t", desc="d")),
    )
    assert before == after[:5]
    assert after[5:] == before[:4]
    assert before[0][1] == pytest.approx(13 / 35, abs=1e-4)
    assert sum(width for _x, width in before) == pytest.approx(1, abs=1e-3)


def test_what_a_base_leaves_out_is_an_empty_frame_and_said():
    svg = rating_bar("a", [adopted(), active()], title="t", desc="d")
    assert "3 left out" in svg
    assert svg.count("stroke-dasharray") == 1
    assert "25 of 35 (71.4 %)" in svg
    assert "25 of 32 (78.1 %)" in svg


@pytest.mark.parametrize("good", [1, 3, 13])
def test_the_label_of_a_short_bracket_is_not_cut_off_on_the_left(good):
    base = Base("Now active", f"{good} of 35", [Segment("good", "Good", good, Mark.DISC)], good, f"{good} go well")
    svg = rating_bar("a", [base], title="t", desc="d")
    (place,) = re.findall(rf"<text ([^>]*)>{good} go well</text>", svg)
    assert 'x="0"' in place
    assert "text-anchor" not in place


def test_the_bar_in_rows_tells_what_a_base_does_not_count():
    assert rating_bar_rows([adopted(), active()]) == [
        ("Completed", 13, 13),
        ("On track", 12, 12),
        ("Off track", 6, 6),
        ("Not rated", 1, 1),
        ("On hold", 3, None),
    ]


def test_a_base_of_nothing_is_an_empty_frame():
    svg = rating_bar("a", [Base("Now active", "0 of 0", [])], title="t", desc="d")
    assert bars(svg) == []
    assert "stroke-dasharray" in svg


def test_every_mark_has_its_own_shape_and_its_own_pattern():
    shapes = {rating_mark(mark, "") for mark in Mark}
    colourless = {re.sub(r'color="#\w+"|pic-tone-[\w-]+', "", shape) for shape in shapes}
    assert len(colourless) == len(Mark)
    grounds = {
        re.sub(r'color="#\w+"|pic-tone-[\w-]+|id="[^"]+"|url\([^)]+\)', "", svg).split("<circle")[0]
        for svg in (rating_bar("a", [Base("", "", [Segment("", "", 1, mark)])], title="", desc="") for mark in Mark)
    }
    assert len(grounds) == len(Mark)


def test_a_mark_alone_says_its_word():
    assert 'aria-label="Off track"' in rating_mark(Mark.CROSS, "Off track", show_word=False)
    assert rating_mark(Mark.CROSS, "Off track").count("Off track") == 1


def test_a_history_keeps_a_cell_for_the_report_that_never_came():
    cells = [HistoryCell("2023", "On track", "T", Mark.DISC), HistoryCell("2024", "No report")]
    svg = history_strip("h", cells, title="t", desc="d")
    assert "2024: No report" in svg
    assert svg.count("<rect") == 2
    assert history_strip_rows(cells) == [("2023", "On track"), ("2024", "No report")]


def spark_path(values: list) -> str:
    svg = sparkline("s", values, title="t", desc="d")
    found = re.search(r'class="pic-line" d="([^"]+)"', svg)
    return found[1] if found else ""


def test_missing_is_a_gap_in_the_line_and_never_nought():
    assert spark_path([1, 2, 3]).count("M") == 1
    assert spark_path([1, 2, None, 3, 4]).count("M") == 2
    assert spark_path([0, 2, None, 3, 4]) != spark_path([0, 2, 0, 3, 4])
    assert spark_path([1, None, 2]).count("h0") == 2
    assert spark_path([None, None]) == ""
    assert sparkline_rows(["a", "b"], [1, None]) == [("a", 1), ("b", None)]


def test_no_dot_for_a_present_that_is_missing():
    assert "<circle" in sparkline("s", [1, 2], title="t", desc="d")
    assert "<circle" not in sparkline("s", [1, None], title="t", desc="d")
    assert "pic-hollow" in sparkline("s", [1, 2], title="t", desc="d", last_estimated=True)


def test_a_flat_line_stands_in_the_middle():
    assert spark_path([5, 5]) == "M4.0 12.0L92.0 12.0"


def test_the_way_to_the_target():
    points = [
        PathPoint("2021", Fraction(1, 5), target=Fraction(1, 5)),
        PathPoint("2022", Fraction(2, 5)),
        PathPoint("2023", None),
        PathPoint("2024", Fraction(3, 5), estimated=True, target=Fraction(4, 5)),
        PathPoint("2025", None),
        PathPoint("2026", None, target=1),
    ]
    svg = target_path("p", points, title="t", desc="d", show=percent)
    assert svg.count('class="pic-line"') == 1, "one stroke from 2021 to 2022; none over the gap"
    assert svg.count('class="pic-target"') == 2
    assert svg.count('class="pic-hollow"') == 1
    assert svg.count("pic-muted-tone") == 1, "2023 is missing; 2025 is still to come"
    assert "60\u00a0%" in svg
    assert target_path_rows(points)[2] == ("2023", None, False, None)
    words = target_path_key(observed="Observed", target="Target", missing="Not reported")
    assert words.count("<li>") == 3


def test_a_path_without_anything_is_still_a_picture():
    assert "<svg" in target_path("p", [], title="t", desc="d", show=number)
    assert "<svg" in target_path("p", [PathPoint("2024")], title="t", desc="d", show=number)


def test_a_hundred_and_thirty_seven_places_in_order_and_the_missing_counted():
    items = [RankedItem(f"Place {n:03}", None if n % 11 == 3 else n % 7, n == 5) for n in range(137)]
    missing = sum(item.value is None for item in items)
    svg = ranked_strip("r", items, title="t", desc="d", show=number, missing_label=f"{missing} missing")
    assert svg.count('class="pic-bar') == 137 - missing
    assert f"{missing} missing" in svg
    rows = ranked_strip_rows(items)
    values = [value for _label, value, _estimated in rows]
    assert len(rows) == 137
    assert values[: 137 - missing] == sorted(values[: 137 - missing], reverse=True)
    assert values[137 - missing :] == [None] * missing
    lowest_first = ranked_strip_rows(items, highest_first=False)
    assert lowest_first[0][1] == 0
    assert lowest_first[-1][1] is None


def test_nought_has_a_bar_and_missing_has_none():
    svg = ranked_strip(
        "r",
        [RankedItem("A", 0), RankedItem("B", None)],
        title="t",
        desc="d",
        show=number,
        missing_label="1 missing",
    )
    assert "<title>A: 0</title>" in svg
    assert "B:" not in svg


def test_every_country_has_one_tile_of_its_own():
    grid = positions()
    assert len(grid) >= 195
    assert len(set(grid.values())) == len(grid)
    known = set(Locale("en").territories)
    assert set(grid) <= known
    assert {"DK", "NO", "SE", "FI", "TZ", "TV", "MT", "XK", "PS"} <= set(grid)


def test_no_country_is_written_twice_in_the_grid():
    from importlib.resources import files

    lines = files("omsorg.kernel.pictures").joinpath("tiles.txt").read_text("utf-8").splitlines()
    codes = [code for line in lines if not line.startswith("#") for code in line.split() if code != ".."]
    assert len(codes) == len(set(codes))


def test_a_country_without_a_tile_is_not_lost():
    tiles = [
        Tile("NO", "Norway", "80 %", 5),
        Tile("ZZ", "Elsewhere", "12 %", 1),
        Tile("TZ", "Tanzania", "-", None),
    ]
    svg = tile_map("w", tiles, title="t", desc="d")
    for said in ("Norway: 80 %", "Elsewhere: 12 %", "Tanzania: -"):
        assert said in svg
    assert tile_map_rows(tiles) == [
        ("ZZ", "Elsewhere", "12 %", 1),
        ("NO", "Norway", "80 %", 5),
        ("TZ", "Tanzania", "-", None),
    ]


def test_a_tile_map_has_five_steps():
    with pytest.raises(ValueError, match=r"1\.\.5"):
        tile_map("w", [Tile("NO", "Norway", "", 6)], title="t", desc="d")
    with pytest.raises(ValueError, match="5 steps"):
        tile_map_key(["low", "high"], missing_label="Missing")
    assert tile_map_key(list("abcde"), missing_label="Missing").count("<li>") == 6


def test_a_bullet_without_a_figure_is_hatched():
    missing = bullet_bar("b", Bullet(None, 80, 20, 50), title="t", desc="d")
    nought = bullet_bar("b", Bullet(0, 80, 20, 50), title="t", desc="d")
    assert "pic-hatch" in missing
    assert "pic-bar" not in missing.replace("pic-bullet-bar", "")
    assert "pic-hatch" not in nought
    rows = bullet_bar_rows(Bullet(None, 80, 20), baseline="B", expected="E", observed="O", target="T")
    assert rows == [("B", 20), ("O", None), ("E", None), ("T", 80)]


@given(st.lists(st.none() | st.integers(-(10**6), 10**6), min_size=4, max_size=4))
def test_nothing_of_a_bullet_leaves_its_line(values):
    svg = bullet_bar("b", Bullet(*values), title="t", desc="d")
    places = [float(place) for place in re.findall(r'x="(-?[\d.]+)%"', svg)]
    assert all(0 <= place <= 100 for place in places)


def test_a_picture_for_paper_has_a_fixed_size():
    svg = bullet_bar("b", Bullet(1, 2), title="t", desc="d", width=480)
    assert 'viewBox="0 0 480 26" width="480" height="26"' in svg


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 1, ["0.0", "0.5", "1.0"]),
        (0, 100, ["0", "50", "100"]),
        (-3, 10, ["0", "5", "10"]),
        (7, 7, ["7"]),
    ],
)
def test_scales_have_round_lines(low, high, ticks):
    assert tick_values(low, high, 3) == [Decimal(tick) for tick in ticks]
