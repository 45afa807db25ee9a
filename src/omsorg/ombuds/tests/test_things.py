"""The things of the return code: enough of them, told apart by eye, by ear and by one letter, and small."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from omsorg.ombuds.rules import things
from omsorg.ombuds.rules.spoken_code import plain
from omsorg.ombuds.rules.things import KINDS, LANGUAGES, NUMBER_WORDS, NUMBERS, OF_A_KIND, THINGS, things_of

SHEET = Path(things.__file__).parent / "drawings.svg"
SHAPES = {"path", "circle", "ellipse", "g"}


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter left out, put in, changed, or swapped with its neighbour makes `other` of `one`."""
    if len(one) > len(other):
        one, other = other, one
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    rest, longer = one[start:], other[start:]
    if len(rest) < len(longer):
        return rest == longer[1:]
    return rest[1:] == longer[1:] or (rest[:2] == longer[1::-1] and rest[2:] == longer[2:])


def test_things_and_numbers_make_eleven_bits() -> None:
    assert len(THINGS) * NUMBERS == 2**11
    assert len(KINDS) * OF_A_KIND == len(THINGS)
    assert [thing for kind in KINDS for thing in things_of(kind)] == list(THINGS)
    assert len({thing.name for thing in THINGS}) == len(THINGS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_are_taken_for_each_other(language: str) -> None:
    words = [plain(thing.words[language]) for thing in THINGS]
    assert all(re.fullmatch(r"[^\W\d_]{2,}", word) for word in words), "one plain noun each"
    assert len(set(words)) == len(words)
    assert [pair for pair in combinations(words, 2) if one_slip_apart(*pair)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_thing_is_called_like_a_number(language: str) -> None:
    said = NUMBER_WORDS[language]
    numbers = {plain(word) for words in said.values() for word in words}
    assert list(said) == list(range(1, NUMBERS + 1))
    assert len(numbers) == sum(len({plain(word) for word in words}) for words in said.values()), "each means one number"
    assert numbers & {plain(thing.words[language]) for thing in THINGS} == set()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        pytest.param("sol", "stol", True, id="a letter put in"),
        pytest.param("boat", "goat", True, id="a letter changed"),
        pytest.param("brod", "bord", True, id="two letters swapped"),
        pytest.param("sol", "sol", True, id="the same"),
        pytest.param("fish", "dish s", False, id="two slips"),
        pytest.param("cat", "hut", False, id="two letters changed"),
    ],
)
def test_what_a_slip_is(one: str, other: str, apart: bool) -> None:
    assert one_slip_apart(one, other) is apart


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.name)
def test_a_drawing_is_small_and_of_plain_strokes(thing: things.Thing) -> None:
    assert len(thing.drawing.encode()) <= 300
    drawn = ElementTree.fromstring(f"<svg>{thing.drawing}</svg>")  # noqa: S314 - our own drawing
    assert {shape.tag for shape in drawn.iter()} <= SHAPES | {"svg"}
    assert {shape.get("class") for shape in drawn.iter()} <= {None, "f", "s"}
    assert not any(name in shape.attrib for shape in drawn.iter() for name in ("style", "fill", "stroke", "onload"))


def test_every_drawing_belongs_to_a_thing() -> None:
    drawn = [shape.get("id") for shape in ElementTree.parse(SHEET).getroot()]  # noqa: S314
    assert drawn == [thing.name for thing in THINGS]
    assert len({thing.drawing for thing in THINGS}) == len(THINGS)
