"""A code with a word that means one thing in one language, another in another: each reading is tried, and counted."""

from itertools import count

import pytest
from django.test import Client

from omsorg.kernel.floods import Gate, Limits
from omsorg.ombuds.actions import gates
from omsorg.ombuds.rules.return_code import code_of_token
from omsorg.ombuds.rules.spoken_code import say_code
from omsorg.ombuds.rules.things import THINGS
from omsorg.ombuds.tests.office import Desks, tell, token
from omsorg.ombuds.tests.test_childs_pages import child, come_back, text
from omsorg.ombuds.tests.test_desk_pages import Hands, hands
from omsorg.ombuds.tests.test_relay import Gateway, door, gateway, how_many, said

__all__ = ["Hands", "child", "door", "gateway", "hands"]
PAN, BREAD = (next(thing.number for thing in THINGS if thing.name == name) for name in ("pan", "bread"))


def told_with(thing: int) -> tuple[tuple[int, int], ...]:
    """The code of somebody who has told something: this thing is in it."""
    number = next(n for n in count(1) if thing in {sign.thing for sign in code_of_token(token(n))})
    return tuple((sign.thing, sign.number) for sign in tell("The guard shouts at us", number).code)


@pytest.mark.parametrize(
    ("thing", "said_in", "page"),
    [(PAN, "en", "es"), (PAN, "en", "da"), (PAN, "en", "ar"), (BREAD, "es", "en"), (BREAD, "es", "sw")],
)
def test_a_code_in_the_words_of_one_book_opens_on_the_page_of_another(
    desks: Desks, child: Client, thing: int, said_in: str, page: str
) -> None:
    answer = come_back(child, say_code(told_with(thing), said_in), page)
    assert answer.status_code == 200
    assert "The guard shouts at us" in text(answer)


def in_mixed_words(code: tuple[tuple[int, int], ...]) -> str:
    """The pan in English, which is bread in Spanish, all else in Swahili: on a Spanish page it is bread first."""
    words = [(THINGS[thing].words["en" if thing == PAN else "sw"], number) for thing, number in code]
    return " ".join(f"{word} {number}" for word, number in words)


def wrong() -> float:
    return gates.WRONG_CODES._site.used


def test_the_second_reading_is_tried_and_what_opens_counts_as_none(desks: Desks, child: Client) -> None:
    typed = in_mixed_words(told_with(PAN))
    before = wrong()
    assert "The guard shouts at us" in text(come_back(child, typed, "es"))
    assert wrong() <= before


def test_each_reading_of_a_wrong_code_counts(desks: Desks, child: Client) -> None:
    for typed, counted in (("samaki 1 pan 2 samaki 3 samaki 4", 2), ("samaki 1 samaki 2 samaki 3 samaki 4", 1)):
        before = wrong()
        assert come_back(child, typed, "es").status_code == 422
        assert counted - 0.1 < wrong() - before <= counted


def test_a_reading_that_is_held_off_gives_back_no_other(
    desks: Desks, child: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = Limits(each=1, site=1, alike=1, least=1, seconds=1e9, site_closes=True)
    monkeypatch.setattr(gates, "WRONG_CODES", Gate(Limits(each=1, site=100, alike=1, least=1, seconds=1e9)))
    monkeypatch.setattr(gates, "LATE_CODES", Gate(closed))
    typed = "samaki 1 pan 2 samaki 3 samaki 4"
    assert come_back(child, typed, "es").status_code == 422
    assert [come_back(child, typed, "es").status_code for _ in range(3)] == [429] * 3
    assert gates.LATE_CODES._site.used > 0.9

    monkeypatch.setattr(gates, "LATE_CODES", Gate(closed))
    monkeypatch.setattr(gates, "WRONG_CODES", Gate(Limits(each=0, site=100, alike=1, least=1)))
    for _ in range(3):
        assert come_back(child, typed, "es").status_code in (409, 429)
    assert gates.LATE_CODES._site.used > 0.9


def test_by_text_message_each_reading_is_tried_and_counted(gateway: Gateway, desks: Desks) -> None:
    code = told_with(PAN)
    cases = how_many()
    for message in (say_code(code, "en"), in_mixed_words(code)):
        assert said(gateway.send(f"{message}. He came again", language="es")).startswith("Gracias")
    assert how_many() == cases
    assert gates.RELAYED_CODES._site.used == 0
    gateway.send("samaki 1 pan 2 samaki 3 samaki 4", language="es")
    assert gates.RELAYED_CODES._site.used > 1.9
