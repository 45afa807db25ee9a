"""A return code as children type and say it."""

from collections import defaultdict
from itertools import combinations, product

import pytest

from omsorg.ombuds.rules.spoken_code import NotSoManySigns, WordNotUnderstood, plain, read_code, readings_of, say_code
from omsorg.ombuds.rules.things import LANGUAGES, NUMBER_WORDS, THINGS

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


# ---- any book's words on any page -------------------------------------------------------------------------------


def meanings() -> dict[str, set[tuple[str, int]]]:
    """Every word of all books, and what it means in one or another."""
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for language, thing in product(LANGUAGES, THINGS):
        found[plain(thing.words[language])].add(("thing", thing.number))
    for numbers in NUMBER_WORDS.values():
        for number, words in numbers.items():
            for word in words:
                found[plain(word)].add(("number", number))
    return found


DOUBTFUL = {word: sorted(number for _kind, number in found) for word, found in meanings().items() if len(found) > 1}


def test_one_word_of_all_books_means_two_things() -> None:
    assert {"pan": sorted((NUMBER["pan"], NUMBER["bread"]))} == DOUBTFUL


def can_be(code: tuple[tuple[int, int], ...], language: str) -> list[tuple[tuple[int, int], ...]]:
    """The code, and what else the very same words would be in another language."""
    words = [plain(THINGS[thing].words[language]) for thing, _number in code]
    found = {code}
    for doubtful, things in DOUBTFUL.items():
        for its in things:
            pairs = zip(words, code, strict=True)
            found.add(tuple((its if word == doubtful else thing, number) for word, (thing, number) in pairs))
    return sorted(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_two_words_of_a_book_are_read_on_every_page(language: str) -> None:
    """The 128 things two by two, and each two of these in one code: every pair of words, on the pages of all eight."""
    twos = [(first, first + 1) for first in range(0, len(THINGS), 2)]
    for one, other in combinations(twos, 2):
        code = tuple(zip((*one, *other), (1, 5, 12, 16), strict=True))
        said, expected = say_code(code, language), can_be(code, language)
        for page in LANGUAGES:
            assert sorted(readings_of(said, page)) == expected, (said, page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_with_two_meanings_is_read_beside_every_other_on_every_page(language: str) -> None:
    doubtful = {thing for things in DOUBTFUL.values() for thing in things}
    for thing, other, page in product(doubtful, range(len(THINGS)), LANGUAGES):
        code = ((thing, 1), (other, 5), (thing, 12), (other, 16))
        found = readings_of(say_code(code, language), page)
        assert sorted(found) == can_be(code, language)
        if page == language:
            assert found[0] == code


@pytest.mark.parametrize(
    ("typed", "page", "first"),
    [
        pytest.param("fish 5 pan 12 boat 8 moon 1", "es", "pan", id="English words on the Spanish page"),
        pytest.param("fish 5 pan 12 boat 8 moon 1", "da", "pan", id="English words on the Danish page"),
        pytest.param("pez 5 pan 12 barco 8 luna 1", "en", "bread", id="Spanish words on the English page"),
        pytest.param("pez 5 pan 12 barco 8 luna 1", "ar", "bread", id="Spanish words on the Arabic page"),
        pytest.param("fisk 5 pan 12 barco 8 mwezi 1", "es", "bread", id="of many books, on the Spanish page"),
        pytest.param("fisk 5 pans 12 barco 8 mwezi 1", "en", "pan", id="of many books, on the English page"),
    ],
)
def test_the_likeliest_reading_comes_first(typed: str, page: str, first: str) -> None:
    found = readings_of(typed, page)
    second = "bread" if first == "pan" else "pan"
    assert [signs[1] for signs in found] == [(NUMBER[first], 12), (NUMBER[second], 12)]
    assert read_code(typed, page) == found[0]
