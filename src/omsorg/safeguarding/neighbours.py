"""What safeguarding tells whoever writes incidents up for the public, through an opening that the site fills.

Safeguarding does not know who that is. Where nothing is connected, nobody has to be told.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol


class PublicDesk(Protocol):
    """A desk that writes closed incidents up for the public."""

    def hold_back(self, incident: int, *, reason_class: str, review_on: date | None, at: datetime) -> None:
        """Hold back what is written about this incident: it is open again, or is not to be published."""

    def written_up(self, incidents: Collection[int]) -> Collection[int]:
        """Those of these incidents that are written up: handed in at least once, held there, or public."""


_desk: PublicDesk | None = None


def connect(*, public_desk: PublicDesk | None = None) -> None:
    """Fill the opening; called by the site when it starts. None leaves it empty."""
    global _desk
    _desk = public_desk


def hold_back(incident: int, *, reason_class: str = "", review_on: date | None = None, at: datetime) -> None:
    """Tell the desk for the public, where there is one, in the transaction of the act that it follows from."""
    if _desk is not None:
        _desk.hold_back(incident, reason_class=reason_class, review_on=review_on, at=at)


def not_written_up(incidents: Collection[int]) -> set[int]:
    """Those of these incidents that wait to be written up for the public; none where there is no desk for it."""
    if _desk is None or not incidents:
        return set()
    return {*incidents} - {*_desk.written_up(incidents)}
