from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg.kernel.money import (
    CurrenciesDiffer,
    CurrencyNotInUse,
    CurrencyNotKnown,
    FinerThanCurrency,
    Money,
    check_ever_used,
    check_in_use,
    exponent,
)


@pytest.mark.parametrize(("currency", "digits"), [("NOK", 2), ("TZS", 2), ("JPY", 0), ("UGX", 0), ("TND", 3)])
def test_minor_units_per_currency(currency, digits):
    assert exponent(currency) == digits


def test_an_amount_in_main_units_becomes_minor_units():
    assert Money.of(Decimal("1250.50"), "NOK") == Money(125050, "NOK")
    assert Money.of(1250, "JPY") == Money(1250, "JPY")
    assert Money(125050, "NOK").amount == Decimal("1250.50")


def test_half_an_ore_is_refused():
    with pytest.raises(FinerThanCurrency, match=r"1\.005 NOK"):
        Money.of(Decimal("1.005"), "NOK")


def test_two_currencies_are_never_put_together():
    with pytest.raises(CurrenciesDiffer, match="NOK and TZS"):
        Money(100, "NOK") + Money(100, "TZS")
    with pytest.raises(CurrenciesDiffer):
        Money(100, "NOK") - Money(100, "TZS")
    with pytest.raises(CurrenciesDiffer):
        Money(100, "NOK") < Money(100, "TZS")  # noqa: B015
    with pytest.raises(CurrenciesDiffer):
        Money.total([Money(1, "NOK"), Money(1, "TZS")], "NOK")
    assert Money(100, "NOK") != Money(100, "TZS")


def test_the_sum_of_nothing_has_a_currency():
    assert Money.total([], "SEK") == Money(0, "SEK")
    assert not Money(0, "SEK")


def test_no_float_and_no_invented_currency():
    with pytest.raises(TypeError):
        Money(1.5, "NOK")
    with pytest.raises(TypeError):
        Money(True, "NOK")
    with pytest.raises(TypeError):
        Money(1, "NOK") * 1.5
    with pytest.raises(TypeError):
        Money(1, "NOK") + 1
    with pytest.raises(CurrencyNotKnown, match="kr"):
        Money(1, "kr")


def test_order_within_one_currency():
    assert Money(1, "NOK") < Money(2, "NOK") <= Money(2, "NOK")
    assert Money(3, "NOK") > Money(2, "NOK") >= Money(2, "NOK")
    assert -Money(3, "NOK") == Money(-3, "NOK")
    assert 3 * Money(2, "NOK") == Money(6, "NOK")


@given(st.lists(st.integers()), st.sampled_from(["NOK", "JPY", "TND"]))
def test_a_total_is_the_sum_and_going_out_and_in_changes_nothing(amounts, currency):
    total = Money.total([Money(amount, currency) for amount in amounts], currency)
    assert total.minor == sum(amounts)
    if abs(total.minor) < 10**20:
        assert Money.of(total.amount, currency) == total


def test_only_a_currency_that_somebody_pays_with_today_is_taken_for_what_is_new():
    for used in ("NOK", "DKK", "SEK", "EUR", "ISK", "TZS", "XOF"):
        check_in_use(used)
    for gone in ("XXQ", "X" * 3, "XTS", "XAU", "DEM", "HRK", "EEK"):
        with pytest.raises(CurrencyNotInUse, match=f"Nobody pays with “{gone}” today"):
            check_in_use(gone)
        assert Money(100, gone).minor == 100, "what is kept in it is still read"
    with pytest.raises(CurrencyNotKnown):
        check_in_use("euro")


def test_a_record_of_the_past_tells_of_money_as_it_was_paid():
    for used in ("NOK", "EUR", "HRK", "EEK"):
        check_ever_used(used)
    for never in ("XXQ", "XTS", "XAU"):
        with pytest.raises(CurrencyNotKnown, match=f"“{never}” is not a currency code"):
            check_ever_used(never)
