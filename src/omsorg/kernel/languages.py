"""Languages by the names that a reader of the house's languages gives them, from the tables that babel carries."""

from functools import cache

from babel import Locale


def language_name(code: str, reader: str) -> str:
    """What the language `code` is called in the language `reader`, as inside a sentence: "engelsk", "English".

    The code itself where the tables know no such language.
    """
    return _names(reader).get(code, code)


@cache
def _names(reader: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in Locale.parse(reader).languages.items()}
