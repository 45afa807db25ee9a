"""A language is called what its reader calls it."""

import pytest

from omsorg.kernel.languages import language_name


@pytest.mark.parametrize(
    ("code", "reader", "name"),
    [
        ("en", "da", "engelsk"),
        ("nb", "nb", "norsk bokmål"),
        ("sw", "sv", "swahili"),
        ("ar", "en", "Arabic"),
        ("en", "en", "English"),
        ("xx", "en", "xx"),
    ],
)
def test_a_language_has_its_readers_name(code: str, reader: str, name: str) -> None:
    assert language_name(code, reader) == name
