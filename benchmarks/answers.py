"""Figures that come in: answers of 400 through the action, and a sheet of 5,000 through the import."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from tempfile import TemporaryDirectory

from django.db import connection
from django.test import override_settings
from python_calamine import CalamineWorkbook

from benchmarks.federation import BEGAN, Made
from benchmarks.measure import Line, beside
from omsorg.federation.access import acting_as
from omsorg.federation.models import Mandate, Organisation, Person
from omsorg.kernel.imports import drafts
from omsorg.kernel.imports.kinds import Handed
from omsorg.kernel.periods import Period
from omsorg.kernel.sheets import NewSheet, write_xlsx
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.figures import Entry, record_figures
from omsorg.plans.imports.figure_columns import COLUMNS, FIGURE, INDICATOR, PART, REASON, WHOLE
from omsorg.plans.imports.figures import KIND
from omsorg.plans.models import DisaggregationKey

PERIOD = Period.parse("2024-H1")
AT = datetime(2024, 4, 2, 9, tzinfo=UTC)
BARE = """
INSERT INTO plans_figure (organisation_id, indicator_id, revision, period_start, period_months, key_id, state,
    numerator, denominator, text, published, source, source_ref, reason, by_id, at)
SELECT %s, i, 1, %s, 6, k, 1, n, d, '', '', 'bench', '', '', %s, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::numeric[]) AS t(i, k, n, d)
"""


def submission(made: Made, name: str) -> Iterator[Line]:
    """One answer of 400 figures with the sums above it, beside the bare insert of the same rows with its sums.

    Every call is the first answer of another organisation, by its own officer, and is committed.
    """
    entries = _entries(made)[:400]
    with as_house():
        officers = iter([(each, _officer_of(each)) for each in made.reporters[: 2 * (ROUNDS * TIMES + 1)]])

    def record() -> None:
        reporter, officer = next(officers)
        with in_name_of(officer, day=AT.date()):
            found = record_figures(
                plan=made.plan,
                organisation=reporter,
                period=PERIOD,
                entries=entries,
                by=acting_as(officer, day=AT.date()),
                at=AT,
                source="api",
            )
            if not found.is_whole or len(found.kept) != len(entries):
                raise RuntimeError(f"not kept: {found.troubles[:2]} {found.conflicts[:2]}")

    def bare() -> None:
        reporter, officer = next(officers)
        with in_name_of(officer, day=AT.date()):
            _insert(reporter, officer, entries)

    took, floor = beside(record, bare, times=TIMES, rounds=ROUNDS)
    above = Organisation.objects.filter(lineage_below__descendant=made.reporters[0], lineage_below__depth__gt=0).count()
    yield Line(
        f"submission of {len(entries)} figures, {above} levels ({name})",
        took.both,
        "ms",
        floor.both,
        goal=30 if len(entries) == 400 else None,
        ratio_goal=2,
    )


TIMES, ROUNDS = 8, 5


def _officer_of(reporter: Organisation) -> int:
    person = Person.objects.create(organisation=reporter, name="Example officer", is_example=True)
    Mandate.objects.create(person=person, role="reporting_officer", organisation=reporter, valid_from=BEGAN)
    return person.pk


def _entries(made: Made) -> list[Entry]:
    """An answer as most are: half counts, half shares. A share is held against the one before it; every fifth of them
    has gone back to nothing, and says why.
    """
    found = []
    for place, indicator in enumerate(made.indicators):
        is_share, has_fallen = place % 2 == 1, place % 10 == 1
        for key in made.keys:
            whole = Decimal(60_000 if key == 0 else 100)
            found.append(
                Entry(
                    indicator=indicator.pk,
                    key=key,
                    numerator=Decimal(0) if has_fallen else whole,
                    denominator=whole if is_share else None,
                    reason="Example" if has_fallen else "",
                )
            )
    return found


def _insert(reporter: Organisation, officer: int, entries: list[Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            BARE,
            [
                reporter.pk,
                PERIOD.start,
                officer,
                AT,
                [each.indicator for each in entries],
                [each.key for each in entries],
                [each.numerator for each in entries],
                [each.denominator for each in entries],
            ],
        )


class Undone(Exception):
    """What was taken in is taken back, so that it can be taken in again."""


def file_import(made: Made) -> Iterator[Line]:
    """A sheet of 5,000 figures: read, tried dry, confirmed, read again and kept, each with all its checks.

    Beside it: the sheet read bare, and one insert of the same rows with its sums.
    """
    sheet, entries = _sheet(made), _entries(made)
    officer, reporter = made.officer.pk, made.reporters[0]
    context = {"plan": "bench", "organisation": reporter.code, "period": PERIOD.code}

    def take_in() -> None:
        draft = drafts.hand_in(KIND, Handed("figures.xlsx", sheet), context=context, person=officer, at=AT)
        if told := drafts.told_of(draft).faults:
            raise RuntimeError(f"not taken in: {told[:2]}")
        drafts.confirm(draft.code, person=officer, at=AT)
        drafts.take_in_confirmed(draft.code, person=officer, at=AT)
        told = drafts.told_of(drafts.draft_of(officer, draft.code))
        if told.faults or told.rows != len(entries):
            raise RuntimeError(f"not taken in: {told.faults[:2]}")

    def bare() -> None:
        CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
        _insert(reporter, officer, entries)

    with TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        took, floor = beside(_undone(take_in, officer), _undone(bare, officer), times=1)
    yield Line(f"import of {len(entries):,} figures from a spreadsheet", took.both, "ms", floor.both, goal=3000)


def _undone(work: Callable[[], None], person: int) -> Callable[[], None]:
    """`work` in the name of a person; what the database checks at the end is checked before it is taken back."""

    def and_back() -> None:
        with suppress(Undone), in_name_of(person, day=AT.date()):
            work()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            raise Undone

    return and_back


def _sheet(made: Made) -> bytes:
    """The form for figures, filled in: an indicator, a part, a figure, of how many, and why where it has fallen."""
    indicators = {each.pk: each.code for each in made.indicators}
    parts = dict(DisaggregationKey.objects.values_list("id", "code"))
    rows = [
        [
            indicators[each.indicator],
            parts[each.key] if each.key else None,
            each.numerator,
            each.denominator,
            each.reason,
        ]
        for each in _entries(made)
    ]
    asked = [each.column for each in COLUMNS if each.column in (INDICATOR, PART, FIGURE, WHOLE, REASON)]
    return write_xlsx([NewSheet(PERIOD.code, [str(column.label) for column in asked], rows=rows)])
