"""What is handed in to the HTTP API is what its document says, and nothing that only looks like it."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from omsorg.kernel.api.types import Exact

NUMBER: TypeAdapter[Decimal] = TypeAdapter(Exact)


@pytest.mark.parametrize("said", ["1", "-1", "0.1", "12.345678", "999999999999999999"])
def test_plain_figures_keep_every_digit(said: str) -> None:
    assert NUMBER.validate_python(said) == Decimal(said)


@pytest.mark.parametrize("said", ["1_000", "١٢", "1E+3", " 7", "+8", "7 ", "1,5", "NaN", "Infinity", "", "0x1", True])
def test_what_only_looks_like_a_number_is_refused(said: object) -> None:
    with pytest.raises(ValidationError):
        NUMBER.validate_python(said)
