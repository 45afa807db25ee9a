"""Levels of the ombuds system, from the country upward, and by which way a case comes to somebody's desk."""

from enum import StrEnum


class Level(StrEnum):
    """Who hears. Each level answers to the next; the last one is a board from outside."""

    NATIONAL = "national"
    REGIONAL = "regional"
    GLOBAL = "global"
    BOARD = "board"

    @property
    def rank(self) -> int:
        return UPWARD.index(self)

    def above(self) -> "tuple[Level, ...]":
        """The levels above this one, the nearest first."""
        return UPWARD[self.rank + 1 :]


UPWARD = (Level.NATIONAL, Level.REGIONAL, Level.GLOBAL, Level.BOARD)


class Channel(StrEnum):
    """How the child's words came in. A digital channel is never the only one."""

    WEB = "web"
    PHONE = "phone"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    PAPER = "paper"
    IN_PERSON = "in_person"
    GROUP = "group"
    VOICE = "voice"


class Status(StrEnum):
    """Where a case stands. A case is closed with a word to the child, and erased by a decision of two."""

    OPEN = "open"
    CLOSED = "closed"
    ERASED = "erased"


CHILD, OFFICE = "child", "office"
"""Whose words are kept: the child's, or of those who answer."""


class Because(StrEnum):
    """Why somebody holds the key of a case."""

    ASSIGNED = "assigned"
    ESCALATION = "escalation"
    REVIEW = "review"
    COLLEAGUE = "colleague"
    SECOND_VIEW = "second_view"
    ALARM = "alarm"
