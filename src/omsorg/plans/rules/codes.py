"""The order of codes as people count them: A2 stands before A10."""

import re
from collections.abc import Iterable

_PART = re.compile(r"(\d+)")


def in_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """A key to sort codes by: figures are compared as numbers, everything else as letters."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in _PART.split(code) if part
    )


def sorted_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes in their order, each once."""
    return tuple(sorted(set(codes), key=in_order))
