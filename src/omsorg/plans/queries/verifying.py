"""What a verifier has before them: figures and own ratings that were handed in, with what stands behind them."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import connection

from omsorg.federation.access import Acting
from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.queries.asked import Defined, day_of_definition, definitions_on
from omsorg.plans.rules.measures import Cause, Figure, Rating, State
from omsorg.plans.rules.reasons import Reason


class Verified(StrEnum):
    """What has been said of it: nothing yet, or the newest word."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Word:
    """The newest word of a verifier."""

    verdict: Verified
    rating: Rating | None
    reason: str
    by_organisation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """The value of an earlier period."""

    period: Period
    figure: Figure


@dataclass(frozen=True, slots=True)
class Proof:
    """A document that can be opened."""

    code: str
    filename: str


@dataclass(frozen=True, slots=True)
class ToVerify:
    """One indicator of one organisation: its figure, its own rating, either of which may be missing."""

    organisation_code: str
    organisation: str
    defined: Defined
    figure_id: int | None
    figure: Figure | None
    figure_reason: str
    figure_word: Word | None
    entered_by_me: bool
    assessment_id: int | None
    rating: Rating | None
    cause: Cause | None
    new_date: date | None
    rating_why: Reason
    rating_word: Word | None
    past: tuple[Past, ...]
    evidence: tuple[Proof, ...]

    @property
    def standing(self) -> Verified:
        """Contested as soon as one of the two is; open while one of them has no word yet."""
        words = [
            word
            for thing, word in ((self.figure_id, self.figure_word), (self.assessment_id, self.rating_word))
            if thing is not None
        ]
        if any(word is not None and word.verdict is Verified.CONTESTED for word in words):
            return Verified.CONTESTED
        return Verified.OPEN if any(word is None for word in words) else Verified.CONFIRMED


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what there is to verify, and how many there are of each standing."""

    rows: tuple[ToVerify, ...]
    counts: dict[Verified, int]
    found: int


CELLS = """
WITH steps AS (
    SELECT DISTINCT ON (organisation_id) organisation_id, step, at FROM plans_submissionstep
    WHERE plan_id = %(plan)s AND period_start = %(start)s AND period_months = %(months)s
    ORDER BY organisation_id, number DESC
), houses AS (
    SELECT o.id, o.code, o.name FROM steps JOIN federation_organisation o ON o.id = steps.organisation_id
    WHERE steps.step IN ('submitted', 'approved') AND o.id = ANY(%(units)s)
        AND NOT plans_is_my_house(o.id, (steps.at AT TIME ZONE 'UTC')::date)
        AND (%(organisation)s = '' OR o.code = %(organisation)s)
), figures AS (
    SELECT f.organisation_id, f.indicator_id, f.id, f.state, f.numerator, f.denominator, f.text, f.published, f.reason,
        f.by_id = %(me)s AS mine
    FROM plans_current_figure f
    WHERE f.indicator_id = ANY(%(indicators)s) AND f.period_start = %(start)s AND f.period_months = %(months)s
        AND f.key_id = 0 AND f.organisation_id IN (SELECT id FROM houses)
), ratings AS (
    SELECT DISTINCT ON (organisation_id, indicator_id) organisation_id, indicator_id, id, rating, cause, new_date,
        reason, reason_language, reason_in, by_id = %(me)s AS mine
    FROM plans_assessment
    WHERE indicator_id = ANY(%(indicators)s) AND period_start = %(start)s AND period_months = %(months)s
        AND voice = 'self' AND organisation_id IN (SELECT id FROM houses)
    ORDER BY organisation_id, indicator_id, id DESC
), cells AS (
    SELECT organisation_id, indicator_id, f.id AS figure, f.state, f.numerator, f.denominator, f.text, f.published,
        f.reason AS figure_reason, coalesce(f.mine, false) OR coalesce(r.mine, false) AS mine,
        r.id AS assessment, r.rating, r.cause, r.new_date, r.reason AS rating_reason,
        r.reason_language, r.reason_in
    FROM figures f FULL JOIN ratings r USING (organisation_id, indicator_id)
), judged AS (
    SELECT h.id AS house, h.code, h.name, c.*, fv.verdict AS figure_verdict, fv.rating AS figure_rating,
        fv.reason AS figure_why, fv.name AS figure_by, fv.at AS figure_at, rv.verdict AS rating_verdict,
        rv.rating AS rating_rating, rv.reason AS rating_why, rv.name AS rating_by, rv.at AS rating_at,
        CASE WHEN coalesce(fv.verdict, '') = 'contested' OR coalesce(rv.verdict, '') = 'contested' THEN 'contested'
             WHEN (c.figure IS NOT NULL AND fv.verdict IS NULL) OR (c.assessment IS NOT NULL AND rv.verdict IS NULL)
             THEN 'open' ELSE 'confirmed' END AS standing
    FROM cells c JOIN houses h ON h.id = c.organisation_id
    LEFT JOIN LATERAL (
        SELECT v.verdict, v.rating, v.reason, o.name, v.at FROM plans_verification v
        JOIN federation_organisation o ON o.id = v.by_organisation_id
        WHERE v.figure_id = c.figure ORDER BY v.id DESC LIMIT 1) fv ON true
    LEFT JOIN LATERAL (
        SELECT v.verdict, v.rating, v.reason, o.name, v.at FROM plans_verification v
        JOIN federation_organisation o ON o.id = v.by_organisation_id
        WHERE v.assessment_id = c.assessment ORDER BY v.id DESC LIMIT 1) rv ON true
)
"""
COUNTS = f"{CELLS} SELECT standing, count(*) FROM judged GROUP BY 1"  # noqa: S608
PAGE = f"""{CELLS}
SELECT house, code, name, indicator_id, figure, state, numerator, denominator, text, published, figure_reason, mine,
    assessment, rating, cause, new_date, rating_reason, reason_language, reason_in,
    figure_verdict, figure_rating, figure_why, figure_by, figure_at,
    rating_verdict, rating_rating, rating_why, rating_by, rating_at
FROM judged WHERE %(standing)s = '' OR standing = %(standing)s
ORDER BY name, house, array_position(%(indicators)s::bigint[], indicator_id)
LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608
PAST = """
SELECT f.organisation_id, f.indicator_id, f.period_start, f.state, f.numerator, f.denominator, f.text, f.published
FROM plans_current_figure f
WHERE f.indicator_id = ANY(%(indicators)s) AND f.organisation_id = ANY(%(organisations)s) AND f.key_id = 0
    AND f.period_months = %(months)s AND f.period_start < %(start)s AND f.period_start >= %(since)s
ORDER BY f.period_start
"""
EVIDENCE = """
SELECT organisation_id, indicator_id, code, filename FROM plans_evidence
WHERE plan_id = %(plan)s AND period_start = %(start)s AND period_months = %(months)s
    AND organisation_id = ANY(%(organisations)s) AND withdrawn_at IS NULL ORDER BY id
"""
PERIODS_BACK = 4


def queue_of(
    plan: Plan,
    period: Period,
    *,
    by: Acting,
    on: date,
    standing: Verified | None,
    organisation: str = "",
    offset: int = 0,
    limit: int = 50,
) -> Queue:
    """What `by` may verify of one period: what was handed in by other houses. Five statements, however long it is."""
    definitions, wanted = _wanted(plan, period, by, on, organisation)
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, wanted)
        counts = _counted(cursor.fetchall())
        cursor.execute(PAGE, {**wanted, "standing": standing or "", "limit": limit, "offset": offset})
        page = [_cell(row, definitions) for row in cursor.fetchall()]
    found = sum(counts.values()) if standing is None else counts[standing]
    return Queue(_with_background(page, period, wanted), counts, found)


def counts_of(plan: Plan, period: Period, *, by: Acting, on: date) -> dict[Verified, int]:
    """How much of one period waits for `by`, is confirmed and is contested. Two statements."""
    _definitions, wanted = _wanted(plan, period, by, on, "")
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, wanted)
        return _counted(cursor.fetchall())


def _wanted(
    plan: Plan, period: Period, by: Acting, on: date, organisation: str
) -> tuple[dict[int, Defined], dict[str, Any]]:
    day = day_of_definition(period, on=on)
    definitions = {d.id: d for d in definitions_on(plan.pk, day, frequency_months=plan.frequency_months)}
    return definitions, {
        "plan": plan.pk,
        "start": period.start,
        "months": period.months,
        "units": list(by.units_for("plans.verify")),
        "organisation": organisation,
        "indicators": list(definitions),
        "me": by.person_id,
    }


def _counted(rows: list[tuple[Any, ...]]) -> dict[Verified, int]:
    return {**dict.fromkeys(Verified, 0), **{Verified(standing): number for standing, number in rows}}


def _cell(row: tuple, definitions: dict[int, Defined]) -> tuple[int, ToVerify]:
    house, code, name, indicator, figure, state, numerator, denominator, text, published, reason, mine = row[:12]
    assessment, rating, cause, new_date, rating_reason, language, reason_in = row[12:19]
    return house, ToVerify(
        organisation_code=code,
        organisation=name,
        defined=definitions[indicator],
        figure_id=figure,
        figure=_figure(state, numerator, denominator, text, published) if figure is not None else None,
        figure_reason=reason or "",
        figure_word=_word(row[19:24]),
        entered_by_me=mine,
        assessment_id=assessment,
        rating=Rating(rating) if rating else None,
        cause=Cause(cause) if cause else None,
        new_date=new_date,
        rating_why=Reason(rating_reason, language, json.loads(reason_in)) if rating_reason else Reason(),
        rating_word=_word(row[24:29]),
        past=(),
        evidence=(),
    )


def _figure(state: int, numerator: Decimal | None, denominator: Decimal | None, text: str, published: str) -> Figure:
    return Figure(State(state), numerator, denominator, text, published)


def _word(row: tuple) -> Word | None:
    verdict, rating, reason, organisation, at = row
    if verdict is None:
        return None
    return Word(Verified(verdict), Rating(rating) if rating else None, reason, organisation, at)


def _with_background(page: list[tuple[int, ToVerify]], period: Period, wanted: dict[str, Any]) -> tuple[ToVerify, ...]:
    """The same rows with what was reported before, and with their documents."""
    since = period
    for _step in range(PERIODS_BACK):
        since = since.previous()
    wanted = {
        **wanted,
        "organisations": list({house for house, _cell in page}),
        "indicators": list({cell.defined.id for _house, cell in page}),
        "since": since.start,
    }
    past: dict[tuple[int, int], list[Past]] = {}
    proofs: dict[tuple[int, int], list[Proof]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PAST, wanted)
        for house, indicator, start, *told in cursor.fetchall():
            past.setdefault((house, indicator), []).append(Past(Period(start, period.months), _figure(*told)))
        cursor.execute(EVIDENCE, wanted)
        for house, indicator, code, filename in cursor.fetchall():
            proofs.setdefault((house, indicator), []).append(Proof(code, filename))
    return tuple(
        replace(
            cell,
            past=tuple(past.get((house, cell.defined.id), ())),
            evidence=tuple(proofs.get((house, cell.defined.id), ())),
        )
        for house, cell in page
    )
