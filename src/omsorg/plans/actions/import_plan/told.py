"""What was said of the plan: ratings as published, what other organisations found, figures as reported."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import override

from omsorg.federation.access import Acting, NotAllowed
from omsorg.federation.models import Organisation
from omsorg.federation.roles import said_of
from omsorg.kernel.imports import rows_done, through
from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.plans.actions.assessments import override_rating, standing_override
from omsorg.plans.actions.figures import Entry, record_figures
from omsorg.plans.actions.import_plan.dated import STOPPED, DatedSteps
from omsorg.plans.actions.import_plan.outcome import Ledger, MayNot, What
from omsorg.plans.actions.published_ratings import PublishedRating, take_over_ratings
from omsorg.plans.actions.reasons import reason_of
from omsorg.plans.actions.verifications import verify
from omsorg.plans.imports.drafting import reason_in
from omsorg.plans.imports.reading import Row
from omsorg.plans.models import Assessment, DisaggregationKey, Indicator, Plan
from omsorg.plans.queries.figures import standing_figures
from omsorg.plans.rules.measures import Cause, Rating, State
from omsorg.plans.rules.reasons import Reason

VERIFIED_ELSEWHERE = _(
    "What %(organisation)s found is left out: somebody of %(organisation)s enters it, signed in under their own name."
)


class RatedTwice(Refusal):
    sentence = _("“%(code)s” is rated twice for the same period (%(period)s).")


def take_ratings(
    ledger: Ledger, plan: Plan, days: DatedSteps, *, verifiers: Mapping[str, Acting], by: Acting, at: datetime
) -> None:
    """Keep ratings as they were published. What is on hold, dropped or changed is no rating, but a revision."""
    indicators = {each.code: each for each in Indicator.objects.filter(plan=plan)}
    rows: dict[tuple[int, Any, int], Row] = {}
    wanted = []
    overrides: list[tuple[Indicator, Period, Row]] = []
    for row in through(ledger.book["ratings"]):
        if row["rating"] in STOPPED or row["rating"] == "changed":
            continue
        period: Period = row["period"] or days.reports[row["report"]].period
        indicator = indicators[row["indicator"]]
        key = (indicator.pk, period.start, period.months)
        if key in rows:
            ledger.fault(row, "indicator", RatedTwice(code=indicator.code, period=PeriodSaid(period)).said)
            continue
        rows[key] = row
        if row["overrides_until"] is not None:
            overrides.append((indicator, period, row))
            continue
        wanted.append(
            (
                row,
                PublishedRating(
                    indicator=indicator,
                    period=period,
                    on=days.day_of(row),
                    rating=Rating(row["rating"]),
                    cause=Cause(row["cause"]) if row["cause"] else None,
                    new_date=row["new_date"],
                    why=_reason_of(row, days),
                    slower_but_as_wished=bool(row["slower_but_as_wished"]),
                ),
            )
        )
    for indicator, period, row in overrides:
        del rows[indicator.pk, period.start, period.months]
        _take_override(ledger, row, indicator, period, _reason_of(row, days), by=by, at=at)
    if not wanted:
        return
    fresh = ledger.attempt(
        wanted[0][0], lambda: take_over_ratings(plan=plan, ratings=[said for _row, said in wanted], by=by, at=at)
    )
    for key, row in rows.items():
        if fresh is None:
            return
        assessment = fresh.get(key)
        if assessment is None:
            ledger.is_there(row)
            continue
        ledger.rests_on(row, assessment.supersedes_id)
        ledger.is_new(row)
        if row["verified_by"] is not None:
            _take_verification(ledger, row, assessment, verifiers, at)


def _reason_of(row: Row, days: DatedSteps) -> Reason:
    """Why it was rated so, in every language in which the row says it."""
    return reason_in(row, days.frame.language) or Reason()


def _take_override(
    ledger: Ledger, row: Row, indicator: Indicator, period: Period, why: Reason, *, by: Acting, at: datetime
) -> None:
    """Set a computed rating aside, by the same rule as on the page; one that stands as it is in the file is left."""
    said: dict[str, Any] = {
        "rating": Rating(row["rating"]),
        "cause": Cause(row["cause"]) if row["cause"] else None,
        "new_date": row["new_date"],
        "ends_on": row["overrides_until"],
    }
    standing = standing_override(indicator, period)
    alike = standing and all((getattr(standing, name) or None) == (value or None) for name, value in said.items())
    why = why.beside(reason_of(standing)) if standing else why
    if standing and alike and why == reason_of(standing):
        ledger.is_there(row)
        return
    expected = standing.pk if standing else None
    ledger.rests_on(row, expected)
    with override(why.language or None):
        kept = ledger.attempt(
            row,
            lambda: override_rating(
                indicator=indicator,
                period=period,
                reason=why.text,
                reason_in=why.elsewhere,
                expected=expected,
                by=by,
                at=at,
                **said,
            ),
        )
    if kept is not None:
        ledger.is_new(row)


def _take_verification(
    ledger: Ledger, row: Row, assessment: Assessment, verifiers: Mapping[str, Acting], at: datetime
) -> None:
    verifier = verifiers.get(row["verified_by"])
    if verifier is None:
        name = Organisation.objects.get(code=row["verified_by"]).name
        ledger.note(What.LEFT_OUT, row, Sentence(VERIFIED_ELSEWHERE, {"organisation": name}))
        return
    found = Rating(row["verified_rating"]) if row["verified_rating"] else Rating(assessment.rating)
    is_contested = found != assessment.rating
    ledger.attempt(
        row,
        lambda: verify(
            assessments=[assessment.pk],
            is_contested=is_contested,
            rating=found if is_contested else None,
            reason=row["verified_reason"] or "",
            by=verifier,
            at=at,
        ),
    )


def take_figures(ledger: Ledger, plan: Plan, *, by: Acting, at: datetime) -> None:
    """Keep figures as the organisations reported them, answer by answer; what stands there already is left."""
    groups: defaultdict[tuple[str, Period], list[Row]] = defaultdict(list)
    for row in ledger.book["figures"]:
        groups[row["organisation"], row["period"]].append(row)
    if not groups:
        return
    indicators = dict(Indicator.objects.filter(plan=plan).values_list("code", "pk"))
    keys = dict(DisaggregationKey.objects.values_list("code", "pk"))
    organisations = {
        each.code: each for each in Organisation.objects.filter(code__in={code for code, _period in groups})
    }
    for (code, period), rows in groups.items():
        rows_done(len(rows))
        organisation = organisations[code]
        cells = {(indicators[row["indicator"]], keys[row["key"]] if row["key"] else 0): row for row in rows}
        standing = standing_figures(organisation.pk, {cell[0] for cell in cells}, [period])
        entries = [_entry(cell, row, standing.get((period.start, *cell))) for cell, row in cells.items()]
        for row, entry in zip(cells.values(), entries, strict=True):
            ledger.rests_on(row, entry.expected)
        try:
            kept = record_figures(
                plan=plan,
                organisation=organisation,
                period=period,
                entries=entries,
                by=by,
                at=at,
                source="file",
                whole=False,
            )
        except Refusal as refusal:
            ledger.fault(rows[0], "organisation", refusal.said)
            continue
        except NotAllowed as refusal:
            ledger.fault(rows[0], "organisation", MayNot(what=said_of(refusal.verb)).said)
            continue
        for trouble in kept.troubles:
            ledger.fault(cells[trouble.cell], trouble.field, trouble.refusal.said)
        for cell in kept.kept:
            ledger.is_new(cells[cell])
        for cell in kept.unchanged | kept.repeated:
            ledger.is_there(cells[cell])


def _entry(cell: tuple[int, int], row: Row, standing: Any) -> Entry:
    shown = [str(row[name]) for name in ("numerator", "denominator") if row[name] is not None]
    return Entry(
        indicator=cell[0],
        key=cell[1],
        state=State[(row["state"] or "measured").upper()],
        numerator=row["numerator"],
        denominator=row["denominator"],
        text=row["text"] or "",
        published=" / ".join(shown),
        reason=row["reason"] or "",
        expected=standing.id if standing else None,
    )
