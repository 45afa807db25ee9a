"""Two reports as they were published, in March 2023 and March 2024: the counts are the record, the names are not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from omsorg.plans.rules.measures import Activity, Cause, Kind, Rating, RatingSource
from omsorg.plans.rules.snapshot import (
    ActionPart,
    AnswersPart,
    BudgetPart,
    FiguresPart,
    IndicatorPart,
    NumberPart,
    PlanPart,
    ReportDocument,
)

MARCH_2023 = "2023-Q1"
MARCH_2024 = "2024-Q1"


def indicator(number: int, stated: Rating, **facts: object) -> IndicatorPart:
    """One of the 35 indicators of the plan as adopted; every third belongs to a prioritised action."""
    part = IndicatorPart(
        code=f"I{number}",
        title={"en": f"Indicator {number}", "da": f"Indikator {number}"},
        kind=Kind.RATIO,
        adopted=True,
        activity=Activity.ACTIVE,
        stated=stated,
        source=RatingSource.NONE if stated is Rating.NOT_RATED else RatingSource.SELF,
        actions=(f"A{number % 24 + 1}",),
        present_target=NumberPart(Decimal(80), Decimal(100), date(2024, 12, 31)),
        target_due=date(2024, 12, 31),
    )
    return replace(part, **facts)


def _ratings(*counts: tuple[Rating, int]) -> list[Rating]:
    return [rating for rating, count in counts for _ in range(count)]


def _report(period: str, as_at: date, indicators: list[IndicatorPart], due_on: date) -> ReportDocument:
    actions = [
        ActionPart(
            code=f"A{number}",
            title={"en": f"Action {number}", "sv": f"Åtgärd {number}"},
            prioritised=number <= 8,
            owner="International office",
            starts_on=date(2021, 7, 1),
            due_on=due_on,
            original_due_on=date(2023, 12, 31),
            slip_days=(due_on - date(2023, 12, 31)).days,
            budget=(BudgetPart("EUR", 100_000_00, 45_000_00),) if number <= 20 else (),
            indicators=tuple(part.code for part in indicators if part.actions == (f"A{number}",)),
        )
        for number in range(1, 25)
    ]
    return ReportDocument(
        plan=PlanPart("SAP", {"en": "Safeguarding Action Plan"}, date(2021, 6, 25), "International office", "EUR"),
        period=period,
        as_at=as_at,
        rule_version="linear-1",
        actions=tuple(actions),
        indicators=tuple(indicators),
        figures=FiguresPart(total=4000, confirmed=1200, contested=3, with_evidence=900),
        answers=AnswersPart(expected=137, received=129, late=5),
        trail_head="0" * 64,
    )


def march_2023() -> ReportDocument:
    """25 of 35 good, all 35 active."""
    ratings = _ratings((Rating.COMPLETED, 8), (Rating.ON_TRACK, 17), (Rating.OFF_TRACK, 10))
    indicators = [indicator(number, rating) for number, rating in enumerate(ratings)]
    return _report(MARCH_2023, date(2023, 3, 31), indicators, date(2023, 12, 31))


def march_2024() -> ReportDocument:
    """13 completed, 12 on track, 6 off track, 4 on hold or changed: 3 not active, 1 changed and not yet rated."""
    ratings = _ratings((Rating.COMPLETED, 13), (Rating.ON_TRACK, 12), (Rating.OFF_TRACK, 6))
    indicators = [indicator(number, rating) for number, rating in enumerate(ratings)]
    indicators[25] = replace(indicators[25], cause=Cause.TIME, new_date=date(2024, 12, 31))
    indicators += [
        indicator(31, Rating.OFF_TRACK, activity=Activity.ON_HOLD, activity_reason={"en": "Waits for a law."}),
        indicator(32, Rating.NOT_RATED, activity=Activity.SUPERSEDED, superseded_by="I3"),
        indicator(33, Rating.NOT_RATED, activity=Activity.DROPPED),
        indicator(34, Rating.NOT_RATED, changed_on=date(2023, 9, 1)),
    ]
    return replace(
        _report(MARCH_2024, date(2024, 3, 31), indicators, date(2024, 6, 30)),
        previous=MARCH_2023,
    )
