"""Numbers that cannot be kept as they were written are refused in words, each at its own field."""

from datetime import date
from decimal import Decimal

import pytest

from omsorg.plans.rules.entries import NumberNotKept
from omsorg.plans.rules.promises import IndicatorTerms, objections

TODAY = date(2024, 5, 1)


@pytest.mark.parametrize("field", ["threshold", "band_low", "band_high", "lowest", "highest"])
@pytest.mark.parametrize("number", ["1E+18", "9" * 30, "0.0000001", "-1E-10"])
def test_a_number_of_an_indicator_is_kept_as_it_is_written_or_refused_at_its_field(field, number):
    terms = IndicatorTerms(title={"en": "Trained"}, **{field: Decimal(number)})
    found = [each for each in objections("I1", terms, today=TODAY) if isinstance(each, NumberNotKept)]
    assert [each.field for each in found] == [field]


@pytest.mark.parametrize("field", ["tolerance", "at_risk_band"])
def test_a_tolerance_is_kept_with_four_decimals(field):
    def told(number: str) -> list[str]:
        terms = IndicatorTerms(title={"en": "Trained"}, **{field: Decimal(number)})
        return [str(each) for each in objections("I1", terms, today=TODAY) if isinstance(each, NumberNotKept)]

    assert told("99.9999") == []
    assert told("0.12345") == ["0.12345 has more than 4 decimals."]
    assert told("12345") == ["12,345 is too large to be right."]
