"""The arithmetic of the ombuds system: codes, routes, promises. No database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg.kernel.sealing import Cost
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.promises import Month, NotPromiseDays, check_in_days, next_promise, read_promise_days
from omsorg.ombuds.rules.refusals import NobodyListens, PromiseMissing, PromiseTooLate
from omsorg.ombuds.rules.return_code import NotACode, Sign, bits, code_from, code_of_token, keys_of, secret_of
from omsorg.ombuds.rules.routing import Conflicts, Hearer, conflicts, route

CHEAP = Cost(8192, 1)


# ---- codes -----------------------------------------------------------------------------------------------------


@given(st.integers(4, 6), st.integers(min_value=0))
def test_every_number_is_one_code_and_back(signs: int, number: int) -> None:
    number %= 1 << 11 * signs
    code = code_from(number, signs)
    assert (bits(code), len(code)) == (number, signs)


def test_four_signs_hold_44_bits() -> None:
    assert bits(code_from((1 << 44) - 1)) == (1 << 44) - 1
    with pytest.raises(NotACode):
        code_from(1 << 44)
    assert code_from((1 << 44) - 1) == (Sign(127, 16),) * 4


def test_a_forms_token_gives_the_same_code_each_time_and_another_at_the_next_turn() -> None:
    token = bytes(range(32))
    assert code_of_token(token) == code_of_token(token)
    assert len({code_of_token(token, turn=turn) for turn in range(50)}) == 50
    assert len(code_of_token(token, 6)) == 6


@pytest.mark.parametrize("bad", [b"", b"short", bytes(31), bytes(33)])
def test_a_token_is_32_bytes(bad: bytes) -> None:
    with pytest.raises(NotACode):
        code_of_token(bad)


@pytest.mark.parametrize(("thing", "number"), [(-1, 1), (128, 1), (0, 0), (0, 17)])
def test_a_sign_that_nobody_can_draw_is_none(thing: int, number: int) -> None:
    with pytest.raises(NotACode):
        Sign(thing, number)


def test_order_and_length_matter() -> None:
    one, two, three, four = code_from(123456789012)
    assert secret_of((one, two, three, four)) != secret_of((two, one, three, four))
    assert secret_of(code_from(5, 4)) != secret_of(code_from(5, 5))


def test_the_two_keys_of_a_code_are_apart_and_follow_from_the_salt() -> None:
    code = code_from(5)
    keys = keys_of(code, salt=b"a" * 16, cost=CHEAP)
    assert keys == keys_of(code, salt=b"a" * 16, cost=CHEAP)
    assert keys.lookup != keys.opening
    assert keys != keys_of(code, salt=b"b" * 16, cost=CHEAP)


# ---- routes ----------------------------------------------------------------------------------------------------


def hearer(ring: int, level: Level, countries: str, name: str = "", unit: str = "", house: str = "") -> Hearer:
    return Hearer(ring, ring, level, frozenset(countries.split()), name, frozenset({unit} - {""}), house)


AMINA = hearer(1, Level.NATIONAL, "TZ", "Amina Juma", "tz", "Example Tanzania")
BARAKA = hearer(2, Level.NATIONAL, "TZ", "Baraka Mushi", "arusha", "Village Arusha")
NORA = hearer(3, Level.NATIONAL, "NO", "Nora Nilsen")
RASHID = hearer(4, Level.REGIONAL, "TZ KE", "Rashid Rahman")
GRO = hearer(5, Level.GLOBAL, "*", "Gro Grace")
BODIL = hearer(6, Level.BOARD, "*", "Bodil Brandt")
CARLOS = hearer(7, Level.BOARD, "*", "Carlos de la Cruz")
ALL = (AMINA, BARAKA, NORA, RASHID, GRO, BODIL, CARLOS)


@pytest.mark.parametrize(
    ("country", "said", "excluded", "unit", "level", "hearing"),
    [
        pytest.param("TZ", "they beat us", (), "", "national", [1, 2], id="both of the country"),
        pytest.param("KE", "they beat us", (), "", "regional", [4], id="nobody in the country: the region"),
        pytest.param("PE", "they beat us", (), "", "global", [5], id="nobody in the region: the top"),
        pytest.param("", "they beat us", (), "", "global", [5], id="no country known"),
        pytest.param("TZ", "not her", (1,), "", "national", [2], id="one shut out by the child"),
        pytest.param("TZ", "not them", (1, 2), "", "regional", [4], id="both shut out by the child"),
        pytest.param("TZ", "amina hits me", (), "", "national", [2], id="a first name is enough"),
        pytest.param("TZ", "AMÍNA JUMA hits me", (), "", "national", [2], id="accents and case"),
        pytest.param("TZ", "aminata hits me", (), "", "national", [1, 2], id="another name that begins alike"),
        pytest.param("TZ", "in village arusha", (), "", "national", [1], id="the house is named"),
        pytest.param("TZ", "here", (), "arusha", "national", [1], id="the house is known"),
        pytest.param("PE", "gro, and grace of god", (), "", "board", [6, 7], id="up to the board"),
        pytest.param("PE", "gro bodil carlos", (), "", "board", [6, 7], id="all named in part: the highest hear"),
        pytest.param("PE", "gro bodil carlos", (6,), "", "board", [7], id="but never one the child shut out"),
        pytest.param("PE", "gro and Bodil Brandt and carlos", (), "", "board", [7], id="nor one named in full"),
        pytest.param("NO", "la la la", (), "", "national", [3], id="two letters are no name"),
    ],
)
def test_who_hears(country: str, said: str, excluded: tuple, unit: str, level: str, hearing: list[int]) -> None:
    found = route(ALL, country, conflicts(ALL, said=said, excluded=excluded, units=[unit] if unit else ()))
    assert (found.level, [one.ring for one in found.hearing]) == (level, hearing)


def test_those_above_wait_and_nobody_with_a_stake_among_them() -> None:
    found = route(ALL, "TZ", conflicts(ALL, said="Rashid did it", excluded=(7,)))
    assert [one.ring for one in found.waiting] == [5, 6]


def test_nobody_at_all_is_said() -> None:
    with pytest.raises(NobodyListens):
        route((), "TZ", Conflicts())
    with pytest.raises(NobodyListens):
        route(ALL, "TZ", Conflicts(frozenset(one.ring for one in ALL)))


def test_somebody_at_two_levels_hears_once_at_the_lower() -> None:
    double = (AMINA, hearer(1, Level.GLOBAL, "*", "Amina Juma"), BODIL)
    found = route(double, "TZ", Conflicts())
    assert ([one.ring for one in found.hearing], [one.ring for one in found.waiting]) == ([1], [6])


# ---- promises --------------------------------------------------------------------------------------------------


def test_promise_days_are_read_for_each_level() -> None:
    assert read_promise_days("national:3,regional:3, global:4,board:5")[Level.GLOBAL] == 4


@pytest.mark.parametrize("text", ["", "national:3", "national:3,regional:3,global:3,board:0", "a:1", "national"])
def test_promise_days_that_leave_a_level_out_are_refused(text: str) -> None:
    with pytest.raises(NotPromiseDays):
        read_promise_days(text)


def test_an_answer_ends_with_a_promise_or_says_that_none_is_owed() -> None:
    today = date(2026, 11, 23)
    assert next_promise(today, nothing_more_owed=False, today=today) == today
    assert next_promise(None, nothing_more_owed=True, today=today) is None
    with pytest.raises(PromiseMissing):
        next_promise(None, nothing_more_owed=False, today=today)
    for day in (date(2026, 11, 22), date(2027, 3, 1)):
        with pytest.raises(PromiseTooLate):
            next_promise(day, nothing_more_owed=False, today=today)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [("2026-01-31", 1, "2026-02-28"), ("2026-11-23", 3, "2027-02-23"), ("2026-08-31", 6, "2027-02-28")],
)
def test_months_end_where_they_are_shorter(day: str, months: int, expected: str) -> None:
    assert Month(months).after(date.fromisoformat(day)) == date.fromisoformat(expected)


def test_somebody_asks_after_two_weeks_and_one_three_and_six_months() -> None:
    assert [str(day) for day in check_in_days(date(2026, 11, 30))] == [
        "2026-12-14",
        "2026-12-30",
        "2027-02-28",
        "2027-05-30",
    ]
