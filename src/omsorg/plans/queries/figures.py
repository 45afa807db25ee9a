"""The figures of one organisation as they stand: the newest of each cell, of one period or of several."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from omsorg.kernel.periods import Period
from omsorg.plans.rules.measures import Figure, State

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Cell = tuple[int, int]
"""One cell of an answer: the id of the indicator and the id of the key (0: the total)."""


class KeptFigure(NamedTuple):
    """One figure as it is kept, with who reported it. A name that the reader may not see is empty.

    `microseconds` since 1970 tell when: a day and hour (`at`) is made of them only where one is shown, since of all
    values it takes the database's library longest.
    """

    id: int
    indicator: int
    key: int
    period_start: date
    period_months: int
    state: State
    numerator: Decimal | None
    denominator: Decimal | None
    text: str
    published: str
    reason: str
    revision: int
    microseconds: int
    by: int | None
    by_name: str
    by_organisation: str

    @property
    def at(self) -> datetime:
        return EPOCH + timedelta(microseconds=self.microseconds)

    @property
    def period(self) -> Period:
        return Period(self.period_start, self.period_months)

    @property
    def figure(self) -> Figure:
        """What it says, for the rules."""
        return Figure(self.state, self.numerator, self.denominator, self.text, self.published)


OWN = """
f.id, f.indicator_id, f.key_id, f.period_start, f.period_months, f.state, f.numerator, f.denominator, f.text,
    f.published, f.reason, f.revision, f.at, f.by_id
"""
SAID = """
f.indicator_id, f.key_id, f.period_start, f.period_months, f.state, f.numerator, f.denominator, f.text, f.published
"""
READ = OWN.replace("f.at", "(extract(epoch FROM f.at) * 1000000)::bigint")
FIELDS = f"{READ}, coalesce(p.name, ''), coalesce(o.name, '')"
PEOPLE = """
LEFT JOIN federation_person p ON p.id = f.by_id
LEFT JOIN federation_organisation o ON o.id = p.organisation_id
"""
STANDING = f"""SELECT {FIELDS} FROM plans_current_figure f {PEOPLE}
WHERE f.organisation_id = %s AND f.indicator_id = ANY(%s) AND f.period_months = %s AND f.period_start = ANY(%s)
"""  # noqa: S608
NOW_AND_BEFORE = f"""
WITH wanted AS (
    SELECT * FROM unnest(%(indicators)s::bigint[], %(comparable_from)s::smallint[]) AS w(indicator_id, comparable_from)
), recent AS MATERIALIZED (
    SELECT {OWN}, f.period_start = %(start)s AS is_now,
        f.period_start = %(earlier)s AND f.state IN (1, 2) AND f.denominator IS DISTINCT FROM 0
        AND f.revision >= wanted.comparable_from AS is_measured
    FROM plans_current_figure f JOIN wanted USING (indicator_id)
    WHERE f.organisation_id = %(organisation)s AND f.period_months = %(months)s
        AND f.period_start = ANY(ARRAY[%(start)s, %(earlier)s])
), lacking AS (
    SELECT DISTINCT c.indicator_id, w.comparable_from
    FROM unnest(%(cell_indicators)s::bigint[], %(cell_keys)s::bigint[]) AS c(indicator_id, key_id)
    JOIN wanted w USING (indicator_id)
    WHERE (c.indicator_id, c.key_id) NOT IN (SELECT indicator_id, key_id FROM recent WHERE is_measured)
), older AS (
    SELECT DISTINCT ON (f.indicator_id, f.key_id) {OWN}
    FROM lacking JOIN plans_current_figure f USING (indicator_id)
    WHERE f.organisation_id = %(organisation)s AND f.period_months = %(months)s AND f.period_start < %(earlier)s
        AND f.state IN (1, 2) AND f.denominator IS DISTINCT FROM 0 AND f.revision >= lacking.comparable_from
    ORDER BY f.indicator_id, f.key_id, f.period_start DESC
), earlier AS (
    SELECT * FROM older UNION ALL SELECT {OWN} FROM recent f WHERE f.is_measured
)
SELECT {FIELDS}, true FROM recent f {PEOPLE} WHERE f.is_now
UNION ALL SELECT {FIELDS}, false FROM earlier f {PEOPLE} ORDER BY period_start
"""  # noqa: S608
MEASURED = (State.MEASURED, State.ESTIMATED)
RECENTLY = f"""SELECT {READ}, '', '' FROM plans_current_figure f
JOIN unnest(%(indicators)s::bigint[], %(starts)s::date[]) AS wanted(indicator_id, period_start)
    USING (indicator_id, period_start)
WHERE f.organisation_id = %(organisation)s AND f.period_months = %(months)s
"""  # noqa: S608
LONG_BEFORE = f"""SELECT DISTINCT ON (f.indicator_id, f.key_id) {SAID} FROM plans_current_figure f
JOIN unnest(%(indicators)s::bigint[], %(comparable_from)s::smallint[]) AS wanted(indicator_id, comparable_from)
    USING (indicator_id)
WHERE f.organisation_id = %(organisation)s AND f.period_months = %(months)s AND f.period_start < %(earlier)s
    AND f.state IN (1, 2) AND f.denominator IS DISTINCT FROM 0 AND f.revision >= wanted.comparable_from
ORDER BY f.indicator_id, f.key_id, f.period_start DESC
"""  # noqa: S608
CALLED = f"SELECT {FIELDS} FROM plans_figure f {PEOPLE} WHERE f.id = ANY(%s)"  # noqa: S608


def standing_figures(
    organisation_id: int, indicators: Collection[int], periods: Sequence[Period]
) -> dict[tuple[date, int, int], KeptFigure]:
    """The newest figure of every cell, by (start of the period, indicator, key). One query; periods of one length."""
    with connection.cursor() as cursor:
        cursor.execute(
            STANDING, [organisation_id, list(indicators), periods[0].months, [period.start for period in periods]]
        )
        found = [_kept(row) for row in cursor.fetchall()]
    return {(kept.period_start, kept.indicator, kept.key): kept for kept in found}


def now_and_before(
    organisation_id: int, cells: Collection[Cell], comparable_from: Mapping[int, int], period: Period
) -> tuple[dict[Cell, KeptFigure], dict[Cell, KeptFigure]]:
    """What stands in the cells for `period`, and the newest value measured before it, however long ago.

    Earlier periods of the same length, under a definition that can be compared: `comparable_from` gives its number for
    each indicator. One query, which looks further back than the period before only where that says nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            NOW_AND_BEFORE,
            {
                "organisation": organisation_id,
                "months": period.months,
                "start": period.start,
                "earlier": period.previous().start,
                "indicators": list(comparable_from),
                "comparable_from": list(comparable_from.values()),
                "cell_indicators": [indicator for indicator, _key in cells],
                "cell_keys": [key for _indicator, key in cells],
            },
        )
        found = cursor.fetchall()
    now = {(row[1], row[2]): _kept(row) for row in found if row[-1]}
    return now, {(row[1], row[2]): _kept(row) for row in found if not row[-1]}


def now_and_said_before(
    organisation_id: int, cells: Collection[Cell], comparable_from: Mapping[int, int], period: Period
) -> tuple[dict[Cell, KeptFigure], dict[Cell, Figure]]:
    """What stands, without the names of who reported it, and what the newest value before it says.

    What stands is told of every indicator in `comparable_from`, the value before of `cells` alone. One short query,
    and a second one where the period before says nothing of a cell.
    """
    earlier = period.previous().start
    before = {indicator for indicator, _key in cells}
    asked: dict[str, Any] = {"organisation": organisation_id, "months": period.months, "earlier": earlier}
    with connection.cursor() as cursor:
        cursor.execute(
            RECENTLY,
            asked
            | {
                "indicators": [*comparable_from, *before],
                "starts": [period.start] * len(comparable_from) + [earlier] * len(before),
            },
        )
        found = cursor.fetchall()
        now = {(row[1], row[2]): _kept(row) for row in found if row[3] == period.start}
        said = {
            (row[1], row[2]): Figure(State(row[5]), *row[6:10])
            for row in found
            if row[3] == earlier and row[5] in MEASURED and row[7] != 0 and row[11] >= comparable_from[row[1]]
        }
        if lacking := {indicator for indicator, key in cells if (indicator, key) not in said}:
            numbers = [comparable_from[indicator] for indicator in lacking]
            cursor.execute(LONG_BEFORE, asked | {"indicators": list(lacking), "comparable_from": numbers})
            long_before = {(row[0], row[1]): Figure(State(row[4]), *row[5:9]) for row in cursor.fetchall()}
            said = long_before | said
    return now, said


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
        return {row[0]: _kept(row) for row in cursor}


def _kept(row: tuple[Any, ...]) -> KeptFigure:
    return KeptFigure._make((*row[:5], State(row[5]), *row[6:16]))


ONCE_STOOD = """
SELECT 1 FROM plans_figure
WHERE id = %s AND organisation_id = %s AND indicator_id = %s AND key_id = %s
    AND period_start = %s AND period_months = %s
"""


def once_stood(organisation: int, period: Period, cell: Cell, figure: int) -> bool:
    """Whether `figure` is, or was before it was corrected, the figure of this cell."""
    with connection.cursor() as cursor:
        cursor.execute(ONCE_STOOD, [figure, organisation, *cell, period.start, period.months])
        return bool(cursor.fetchone())
