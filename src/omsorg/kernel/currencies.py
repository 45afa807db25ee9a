"""How a currency is written: its three letters, and how many decimals an amount in it has."""

import re

from .refusals import Refusal
from .refusals import written as _

# Minor units per ISO 4217: two digits unless named here.
EXPONENTS: dict[str, int] = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}


class CurrencyNotKnown(Refusal):
    sentence = _("“%(currency)s” is not a currency code. Write three capital letters, for example NOK.")


def exponent(currency: str) -> int:
    """How many decimals an amount in `currency` is written with."""
    if not re.fullmatch("[A-Z]{3}", currency):
        raise CurrencyNotKnown(currency=currency)
    return EXPONENTS.get(currency, 2)
