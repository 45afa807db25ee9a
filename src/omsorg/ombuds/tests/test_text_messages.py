"""How many pieces a message takes, and that nothing needed is lost for want of room."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.utils import translation

from omsorg.kernel import clock
from omsorg.ombuds.actions.relay import CameBack
from omsorg.ombuds.actions.submissions import Submitted
from omsorg.ombuds.rules.emergency import known_numbers
from omsorg.ombuds.rules.return_code import Sign
from omsorg.ombuds.rules.spoken_code import codes_at_start, meant_as_code, read_code, readings_of, say_code
from omsorg.ombuds.rules.text_messages import MOST_PIECES, Command, command_in, cut, in_own_letters, measure
from omsorg.ombuds.rules.things import LANGUAGES, THINGS
from omsorg.ombuds.tests.office import MONDAY
from omsorg.ombuds.views.child import texts
from omsorg.plans.tests.doc_tables import Row, case, rows

CODE = read_code("fish 5 key 12 boat 8 moon 1", "en")


def written(text: str) -> str:
    """A message as the page writes it: "a × 161" is that letter so often, several are joined by " + "."""
    parts = (part.split(" × ") for part in text.split(" + "))
    return "".join(part[0] * int(part[1]) if len(part) == 2 else part[0] for part in parts)


@pytest.mark.parametrize("row", rows("text-messages", "Pieces"), ids=case)
def test_pieces(row: Row) -> None:
    taken = measure(written(row["Message"]))
    assert (taken.alphabet, taken.places, taken.pieces) == (row["Alphabet"], int(row["Places"]), int(row["Pieces"]))


@pytest.mark.parametrize("row", rows("text-messages", "Letters"), ids=case)
def test_letters(row: Row) -> None:
    assert in_own_letters(row["Written"]) == row["Sent"]


@pytest.mark.parametrize("row", rows("text-messages", "Words that are no report"), ids=case)
def test_words_that_are_no_report(row: Row) -> None:
    found = command_in(row["Message"].strip("“”"))
    assert (found or "a report") == row["Understood as"]


@pytest.mark.parametrize("row", rows("text-messages", "A code first"), ids=case)
def test_a_code_first(row: Row) -> None:
    found = codes_at_start(row["Message"], row["Language"])
    assert bool(found) is (row["Code"] == "yes")
    if found:
        assert (found[-1][0], found[-1][1] or "–") == (CODE, row["Then"])
    else:
        assert meant_as_code(row["Message"]) == row["Code"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_found_before_words_as_it_is_sent(language: str) -> None:
    for start in range(0, len(THINGS), 4):
        code = tuple((thing, thing % 16 + 1) for thing in range(start, start + 4))
        found = codes_at_start(in_own_letters(f"{say_code(code, language)}. !!"), language)
        assert found[0][0] == code
        assert sorted(signs for signs, _rest in found) == sorted(readings_of(say_code(code, language), language))


def test_where_a_code_ends_is_tried_from_the_longest() -> None:
    text = "fish 5 key 12 boat 8 moon 1, cat 3 times it bit me"
    found = codes_at_start(text, "en")
    assert [(len(signs), rest) for signs, rest in found] == [(5, "times it bit me"), (4, "cat 3 times it bit me")]


def longest(language: str, signs: int) -> tuple[Sign, ...]:
    """A code of the words that take the most room."""
    things = sorted(THINGS, key=lambda thing: -len(thing.word(language)))[:signs]
    return tuple(Sign(thing.number, 16) for thing in things)


@pytest.fixture
def on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def a_year_of_days() -> list[date]:
    return [date(2026, 12, 1) + timedelta(days=step) for step in range(366)]


@pytest.mark.parametrize(("language", "signs"), list(product(LANGUAGES, (4, 5, 6))))
def test_code_day_and_number_always_have_room(on_monday: None, language: str, signs: int) -> None:
    code = longest(language, signs)
    number = max(known_numbers(), key=lambda country: len(known_numbers()[country]))
    with translation.override(language):
        for on in a_year_of_days():
            text = texts.kept(Submitted(code, on, "", already=False), language, number)
            assert measure(text).pieces <= MOST_PIECES, text
        assert known_numbers()[number] in text
        said = in_own_letters(say_code([(sign.thing, sign.number) for sign in code], language))
        assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_office_wrote_fits(on_monday: None, language: str) -> None:
    answers = ["short", "a long word " * 80, "كلمة طويلة " * 80, "é" * 900, "😀" * 200, "{" * 900]
    with translation.override(language):
        for answer, kept in product(answers, (True, False)):
            found = CameBack(language, kept, MONDAY.date(), False, answer, MONDAY.date())
            text = texts.came_back(found, language, "TZ")
            assert measure(text).pieces <= MOST_PIECES, text
            assert in_own_letters(answer)[:20] in text or answer[:20] in text
        nothing = CameBack(language, True, MONDAY.date(), False)
        said = [texts.came_back(nothing, language, ""), texts.unreachable("")]
        said += [texts.commanded(command, "TZ") for command in Command]
        assert all(measure(text).pieces <= MOST_PIECES for text in said), said
        assert all("112" in text for text in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_do_if_a_code_was_meant_has_room(on_monday: None, language: str) -> None:
    told = Submitted(longest(language, 4), date(2027, 9, 22), "", already=False)
    with translation.override(language):
        text = texts.kept(told, language, "TZ", perhaps_code=True)
        assert measure(text).pieces <= MOST_PIECES
        assert in_own_letters(translation.gettext("If you meant a code: send it alone.")) in text


def test_a_text_is_cut_after_a_word_and_says_so() -> None:
    assert cut("  one\n two ", 20) == ("one two", False)
    assert cut("one two three four", 13) == ("one two...", True)
    assert cut("a" * 50, 10) == ("aaaaaaa...", True)


def test_the_longest_answer_is_as_long_as_the_page_says(on_monday: None) -> None:
    words: Any = " ".join(["word"] * 200)
    with translation.override("en"):
        text = texts.came_back(CameBack("en", False, None, False, words, MONDAY.date()), "en", "")
    assert 290 <= len(text.split('"')[1]) <= texts.MOST_OF_ANSWER["gsm7"]
