"""A return code as children type and say it."""

import pytest

from omsorg.ombuds.rules.spoken_code import NotSoManySigns, WordNotUnderstood, read_code, say_code
from omsorg.ombuds.rules.things import LANGUAGES, THINGS

NUMBER = {thing.name: thing.number for thing in THINGS}
CODE = ((NUMBER["fish"], 5), (NUMBER["key"], 12), (NUMBER["boat"], 8), (NUMBER["moon"], 1))


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        pytest.param("fish 5 key 12 boat 8 moon 1", "en", id="plainly"),
        pytest.param("Fish five, KEY twelve, boat eight; moon one.", "en", id="number words, case, commas"),
        pytest.param("5 fish 12 key 8 boat 1 moon", "en", id="number first"),
        pytest.param("fish5key12boat8moon1", "en", id="nothing between"),
        pytest.param("fish 5 keys 12 boats 8 moon 1", "en", id="a plural s"),
        pytest.param("fisk fem, nøgle tolv, sejlbåd otte, måne en", "da", id="Danish words"),
        pytest.param("fisk fem nogle tolv sejlbad otte mane en", "da", id="without the Danish letters"),
        pytest.param("samaki tano ufunguo kumi na mbili mashua nane mwezi moja", "sw", id="Swahili, twelve in words"),
        pytest.param("poisson 5, CLE 12, voilier 8, lune une", "fr", id="French without accents"),
        pytest.param("سمكة ٥ مفتاح ١٢ قارب ٨ قمر ١", "ar", id="Arabic figures"),
        pytest.param("سمكه خمسة مفتاح اثنا عشر قارب ثمانية قَمَر واحد", "ar", id="Arabic words, vowel signs"),
        pytest.param("fish 5 key 12 boat 8 moon 1", "sw", id="another language than the page"),
        pytest.param("fish 5 ufunguo 12 voilier 8 luna 1", "sv", id="four languages"),
    ],
)
def test_what_is_typed_is_understood(typed: str, language: str) -> None:
    assert read_code(typed, language) == CODE


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_can_be_typed_again(language: str) -> None:
    for start in range(0, len(THINGS), 4):
        code = tuple((thing, thing % 16 + 1) for thing in range(start, start + 4))
        assert read_code(say_code(code, language), language) == code


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        pytest.param("fish 5 kye 12 boat 8 moon 1", "kye", id="a slip is named, not mended"),
        pytest.param("fish 17 key 12 boat 8 moon 1", "17", id="no number above sixteen"),
        pytest.param("fish 0 key 12 boat 8 moon 1", "0", id="nor nought"),
    ],
)
def test_a_word_that_is_not_understood_is_named(typed: str, word: str) -> None:
    with pytest.raises(WordNotUnderstood) as refused:
        read_code(typed, "en")
    assert refused.value.params == {"word": word}


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("fish 5 key 12 boat 8", id="three"),
        pytest.param("fish 5 key 12 boat 8 moon", id="a number is missing"),
        pytest.param("fish key 5 12 boat 8 moon 1", id="out of pairs"),
        pytest.param("fish 5 " * 7, id="seven"),
    ],
)
def test_halves_are_refused(typed: str) -> None:
    with pytest.raises(NotSoManySigns):
        read_code(typed, "en")


def test_the_number_four_in_danish_is_no_fire_in_english() -> None:
    assert read_code("fisk fire fisk fire fisk fire fisk fire", "da") == ((NUMBER["fish"], 4),) * 4
