"""The figures of one organisation as they stand: the newest of each cell, of one period or of several."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.rules.measures import Figure, State

Cell = tuple[int, int]
"""One cell of an answer: the id of the indicator and the id of the key (0: the total)."""


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """One figure as it is kept, with who reported it. A name that the reader may not see is empty."""

    id: int
    indicator: int
    key: int
    period_start: date
    state: State
    numerator: Decimal | None
    denominator: Decimal | None
    text: str
    published: str
    reason: str
    revision: int
    at: datetime
    by: int | None
    by_name: str
    by_organisation: str

    @property
    def figure(self) -> Figure:
        """What it says, for the rules."""
        return Figure(self.state, self.numerator, self.denominator, self.text, self.published)


FIELDS = """
SELECT f.id, f.indicator_id, f.key_id, f.period_start, f.state, f.numerator, f.denominator, f.text, f.published,
    f.reason, f.revision, f.at, f.by_id, coalesce(p.name, ''), coalesce(o.name, '')
"""
PEOPLE = """
LEFT JOIN federation_person p ON p.id = f.by_id
LEFT JOIN federation_organisation o ON o.id = p.organisation_id
"""
STANDING = f"""{FIELDS} FROM plans_current_figure f {PEOPLE}
WHERE f.organisation_id = %s AND f.indicator_id = ANY(%s) AND f.period_months = %s AND f.period_start = ANY(%s)
"""
CALLED = f"{FIELDS} FROM plans_figure f {PEOPLE} WHERE f.id = ANY(%s)"


def standing_figures(
    organisation_id: int, indicators: Collection[int], periods: Sequence[Period]
) -> dict[tuple[date, int, int], KeptFigure]:
    """The newest figure of every cell, by (start of the period, indicator, key). One query; periods of one length."""
    with connection.cursor() as cursor:
        cursor.execute(
            STANDING, [organisation_id, list(indicators), periods[0].months, [period.start for period in periods]]
        )
        found = [KeptFigure(row[0], row[1], row[2], row[3], State(row[4]), *row[5:]) for row in cursor.fetchall()]
    return {(kept.period_start, kept.indicator, kept.key): kept for kept in found}


def known_entries(entries: Collection[UUID]) -> set[UUID]:
    """Those of `entries` that have been kept already."""
    if not entries:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM plans_figure WHERE entry = ANY(%s)", [list(entries)])
        return {row[0] for row in cursor.fetchall()}


def figures_called(ids: Collection[int]) -> dict[int, KeptFigure]:
    """Figures by their ids, also such as have been superseded."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CALLED, [list(ids)])
        return {row[0]: KeptFigure(row[0], row[1], row[2], row[3], State(row[4]), *row[5:]) for row in cursor}
