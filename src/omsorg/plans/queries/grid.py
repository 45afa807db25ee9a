"""One organisation's answer for one period, with everything that is needed to fill it in, review or verify it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from omsorg.plans.access import Answer
from omsorg.plans.queries.asked import Defined, Key, all_keys, asked_of, day_of_definition, definitions_on, rated_by
from omsorg.plans.queries.figures import KeptFigure, now_and_before
from omsorg.plans.rules.answers import Stand, Step, calls_for_document
from omsorg.plans.rules.measures import Cause, Rating
from omsorg.plans.rules.reasons import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """The newest that a verifier has said. `rating` only where a rating was contested."""

    verdict: str
    rating: Rating | None
    reason: str
    by_organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rated:
    """The newest rating that the organisation has given itself, and what a verifier says of it."""

    id: int
    rating: Rating
    cause: Cause | None
    new_date: date | None
    why: Reason
    slower_but_as_wished: bool
    at: datetime
    by: int | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Aim:
    """The next target on or after the end of the period. `is_own`: the organisation's own, not the whole plan's."""

    due_on: date
    number: Decimal
    denominator: Decimal | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Attached:
    """One file that was handed in as evidence."""

    code: str
    filename: str
    media_type: str
    size: int
    note: str
    by: int | None
    by_name: str
    at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: the total (key 0) or one part of a breakdown. `previous`: the newest value that was measured before."""

    key: Key
    standing: KeptFigure | None
    previous: KeptFigure | None
    verdict: Verdict | None

    @property
    def is_total(self) -> bool:
        return self.key.id == 0


@dataclass(frozen=True, slots=True)
class GridRow:
    """One indicator that is asked for: its total first, then the parts. Without cells it is only rated."""

    defined: Defined
    cells: tuple[GridCell, ...]
    aim: Aim | None
    rated: Rated | None
    evidence: tuple[Attached, ...]

    @property
    def total(self) -> GridCell | None:
        return self.cells[0] if self.cells else None

    @property
    def evidence_in_force(self) -> tuple[Attached, ...]:
        return tuple(file for file in self.evidence if file.withdrawn_at is None)

    @property
    def lacks_evidence(self) -> bool:
        """Whether a document is asked for and not there: a milestone asks for it only once it is reached."""
        standing = self.total.standing if self.total else None
        if not self.defined.evidence_needed or self.evidence_in_force:
            return False
        if standing is None:
            return False
        return calls_for_document(self.defined.definition.kind, standing.state, standing.numerator)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of the answer's way, for its history."""

    step: Step
    reason: str
    at: datetime
    by: int | None
    by_name: str
    number: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole answer. `missing`: asked and without any answer; `unproven`: a document is asked for and not there."""

    answer: Answer
    rows: tuple[GridRow, ...]
    steps: tuple[StepTaken, ...]

    @property
    def stand(self) -> Stand:
        if not self.steps:
            return Stand()
        last = self.steps[-1]
        return Stand(last.step, last.by, last.number)

    @property
    def missing(self) -> tuple[GridRow, ...]:
        return tuple(row for row in self.rows if row.total and row.total.standing is None)

    @property
    def unproven(self) -> tuple[GridRow, ...]:
        return tuple(row for row in self.rows if row.lacks_evidence)

    @property
    def unrated(self) -> tuple[GridRow, ...]:
        return tuple(row for row in self.rows if row.rated is None)

    @property
    def files_in_force(self) -> tuple[Attached, ...]:
        return tuple(file for row in self.rows for file in row.evidence_in_force)

    @property
    def written_at(self) -> tuple[datetime, ...]:
        """When each thing that stands in it was entered, attached or taken back."""
        figures = (cell.standing.at for row in self.rows for cell in row.cells if cell.standing)
        files = (file.withdrawn_at or file.at for row in self.rows for file in row.evidence)
        return (*figures, *files, *(row.rated.at for row in self.rows if row.rated))


VERDICTS = """
SELECT DISTINCT ON (v.{of}) v.{of}, v.verdict, v.rating, v.reason, o.name, v.at
FROM plans_verification v JOIN federation_organisation o ON o.id = v.by_organisation_id
WHERE v.{of} = ANY(%s) ORDER BY v.{of}, v.id DESC
"""
RATED = """
SELECT DISTINCT ON (a.indicator_id) a.indicator_id, a.id, a.rating, a.cause, a.new_date, a.reason,
    a.reason_language, a.reason_in, a.slower_but_as_wished, a.at, a.by_id
FROM plans_assessment a
WHERE a.organisation_id = %s AND a.indicator_id = ANY(%s) AND a.period_start = %s AND a.period_months = %s
    AND a.voice = 'self'
ORDER BY a.indicator_id, a.id DESC
"""
RATINGS_CALLED = """
SELECT indicator_id, id, rating, cause, new_date, reason, reason_language, reason_in,
    slower_but_as_wished, at, by_id
FROM plans_assessment WHERE id = ANY(%s) AND voice = 'self'
"""
AIMS = """
SELECT DISTINCT ON (t.indicator_id) t.indicator_id, t.due_on, t.number, t.denominator, t.organisation_id = %s
FROM plans_target t
WHERE t.indicator_id = ANY(%s) AND t.organisation_id = ANY(%s) AND t.series = 1 AND t.in_force_on <= %s
    AND t.due_on >= %s AND NOT EXISTS (
        SELECT 1 FROM plans_target later WHERE later.supersedes_id = t.id AND later.in_force_on <= %s)
ORDER BY t.indicator_id, t.organisation_id = %s DESC, t.due_on
"""
EVIDENCE = """
SELECT e.indicator_id, e.code, e.filename, e.media_type, e.size, e.note, e.by_id, coalesce(p.name, ''), e.at,
    e.withdrawn_at, e.withdrawn_reason
FROM plans_evidence e LEFT JOIN federation_person p ON p.id = e.by_id
WHERE e.plan_id = %s AND e.organisation_id = %s AND e.period_start = %s AND e.period_months = %s ORDER BY e.id
"""
STEPS = """
SELECT s.step, s.reason, s.at, s.by_id, coalesce(p.name, ''), s.number
FROM plans_submissionstep s LEFT JOIN federation_person p ON p.id = s.by_id
WHERE s.plan_id = %s AND s.organisation_id = %s AND s.period_start = %s AND s.period_months = %s ORDER BY s.number
"""


def grid_of(answer: Answer, *, on: date) -> Grid:
    """The answer as it stands, in nine queries however large it is."""
    period, organisation = answer.period, answer.organisation
    definitions = definitions_on(
        answer.plan.pk, day_of_definition(period, on=on), frequency_months=answer.plan.frequency_months
    )
    asked = {defined.id for defined in asked_of(definitions, answer.plan, organisation)}
    rates = rated_by(definitions, answer.plan, organisation)
    ids = [defined.id for defined in rates]
    keys = all_keys()
    cells = {defined.id: _keys_of(defined, keys) if defined.id in asked else [] for defined in rates}
    standing, before = now_and_before(
        organisation.pk,
        [(indicator, key.id) for indicator, of_it in cells.items() for key in of_it],
        {defined.id: defined.comparable_from for defined in rates},
        period,
    )
    figure_verdicts = _verdicts("figure_id", [kept.id for kept in standing.values()])
    rated = _rated(answer, ids)
    aims = _aims(answer, ids, on)
    evidence = _evidence(answer)
    rows = [
        GridRow(
            defined,
            tuple(
                GridCell(
                    key,
                    found := standing.get((defined.id, key.id)),
                    before.get((defined.id, key.id)),
                    figure_verdicts.get(found.id) if found else None,
                )
                for key in cells[defined.id]
            ),
            aims.get(defined.id),
            rated.get(defined.id),
            tuple(evidence.get(defined.id, ())),
        )
        for defined in rates
    ]
    return Grid(answer, tuple(rows), _steps(answer))


def _keys_of(defined: Defined, keys: dict[int, Key]) -> list[Key]:
    return [keys[0], *(key for key in keys.values() if key.id and key.dimension in defined.dimensions)]


def _verdicts(of: str, ids: list[int]) -> dict[int, Verdict]:
    with connection.cursor() as cursor:
        cursor.execute(VERDICTS.format(of=of), [ids])
        return {
            row[0]: Verdict(row[1], Rating(row[2]) if row[2] else None, row[3], row[4], row[5])
            for row in cursor.fetchall()
        }


def ratings_called(ids: Collection[int]) -> dict[int, Rated]:
    """Own ratings by their ids, also such as have been superseded."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(RATINGS_CALLED, [list(ids)])
        return {row[1]: _rating(row, None) for row in cursor.fetchall()}


def _rated(answer: Answer, ids: list[int]) -> dict[int, Rated]:
    with connection.cursor() as cursor:
        cursor.execute(RATED, [answer.organisation.pk, ids, answer.period.start, answer.period.months])
        rows = cursor.fetchall()
    verdicts = _verdicts("assessment_id", [row[1] for row in rows])
    return {row[0]: _rating(row, verdicts.get(row[1])) for row in rows}


def _rating(row: tuple[Any, ...], verdict: Verdict | None) -> Rated:
    _indicator, id, rating, cause, new_date, reason, language, reason_in, as_wished, at, by = row
    why = Reason(reason, language, json.loads(reason_in))
    return Rated(id, Rating(rating), Cause(cause) if cause else None, new_date, why, as_wished, at, by, verdict)


def _aims(answer: Answer, ids: list[int], on: date) -> dict[int, Aim]:
    own, owner = answer.organisation.pk, answer.plan.owner_id
    with connection.cursor() as cursor:
        cursor.execute(AIMS, [own, ids, [own, owner], on, answer.period.start, on, own])
        return {row[0]: Aim(*row[1:]) for row in cursor.fetchall()}


def _evidence(answer: Answer) -> dict[int, list[Attached]]:
    found: dict[int, list[Attached]] = {}
    with connection.cursor() as cursor:
        cursor.execute(EVIDENCE, [answer.plan.pk, answer.organisation.pk, answer.period.start, answer.period.months])
        for row in cursor.fetchall():
            found.setdefault(row[0], []).append(Attached(*row[1:]))
    return found


def _steps(answer: Answer) -> tuple[StepTaken, ...]:
    with connection.cursor() as cursor:
        cursor.execute(STEPS, [answer.plan.pk, answer.organisation.pk, answer.period.start, answer.period.months])
        return tuple(StepTaken(Step(row[0]), *row[1:]) for row in cursor.fetchall())
