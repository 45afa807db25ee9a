"""What a child has done since it was last written to: one word each, and nothing of what was said."""

from enum import StrEnum


class News(StrEnum):
    """What is new in a case until the child is answered, or somebody says to have seen it."""

    WORDS = "words"
    HELPED = "helped"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"
    CONFIRMED = "confirmed"


def with_news(kept: str, news: News) -> str:
    """What is new in a case once this has come; the same twice stands there once.

    >>> with_news("words", News.HELPED)
    'helped words'
    """
    return " ".join(sorted({*kept.split(), news}))
