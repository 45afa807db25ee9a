"""The id of a row as a form sends it back."""

MOST_DIGITS = 18


def id_in(text: str) -> int | None:
    """The id in `text`; None where there is none, and where it could not be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
