"""The head figures that stand in public: how many incidents were received, closed, are open, and are held back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class HeadFigures:
    """Counts as at the end of a day, of the whole federation, examples left out.

    `published` were decided to be published, `held` and `nothing` are not, by class of reason; `undecided` are closed
    without a decision. `closings` and `reopenings` are how often an incident was closed, or opened again, so far.
    What was decided before an incident was opened again does not count after it.
    closed = published + held + nothing + undecided.
    """

    day: date
    received: int
    closed: int
    open: int
    published: int = 0
    closings: int = 0
    reopenings: int = 0
    held: Mapping[str, int] = field(default_factory=dict)
    nothing: Mapping[str, int] = field(default_factory=dict)

    @property
    def undecided(self) -> int:
        return self.closed - self.published - sum(self.held.values()) - sum(self.nothing.values())


def head_figures(day: date) -> HeadFigures:
    """The head figures as at the end of `day`.

    They count every incident, also those that the reader is shut out of: whoever shows them in public shows those of a
    quarter that has ended, and of the whole federation, never of one unit.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, reason_class, counted FROM safeguarding_heads(%s)", [day])
        rows = cursor.fetchall()
    plain = {what: counted for what, _reason, counted in rows}
    return HeadFigures(
        day=day,
        received=plain["received"],
        closed=plain["closed"],
        open=plain["open"],
        closings=plain["closings"],
        reopenings=plain["reopenings"],
        published=sum(counted for what, _reason, counted in rows if what == "publish"),
        held={reason: counted for what, reason, counted in rows if what == "hold"},
        nothing={reason: counted for what, reason, counted in rows if what == "nothing"},
    )
