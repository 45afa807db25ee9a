"""A frozen report is the same characters for ever, and two of them tell what changed."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from omsorg.plans.rules.changes import (
    ActivityChange,
    BudgetChange,
    DateField,
    DateMove,
    RatingChange,
    TargetChange,
    TextChange,
    Thing,
    changes_between,
)
from omsorg.plans.rules.measures import Activity, Cause, Direction, Kind, Rating, RatingSource, Status
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.snapshot import (
    BudgetPart,
    CoveragePart,
    HistoryPart,
    NumberPart,
    RecommendationPart,
    ReportDocument,
    SourcePart,
    VerifiedPart,
    canonical_json,
    fingerprint,
)

from .published_record import indicator, march_2023, march_2024


def full() -> ReportDocument:
    """A report in which every field of every part says something."""
    report = march_2024()
    told = replace(
        indicator(25, Rating.ON_TRACK),
        direction=Direction.UP,
        unit={"en": "homes"},
        source=RatingSource.OVERRIDE,
        self_rating=Rating.ON_TRACK,
        computed=Status.AT_RISK,
        override=Rating.ON_TRACK,
        override_reason="A law has passed.",
        override_reason_language="en",
        override_reason_in={"da": "En lov er vedtaget."},
        verified=VerifiedPart(Rating.OFF_TRACK, "Region North", date(2024, 4, 2)),
        cause=Cause.RESOURCES,
        new_date=date(2025, 1, 31),
        slower_but_as_wished=True,
        value=NumberPart(Decimal("45.500000"), Decimal(120)),
        missing=Missing.NOT_REPORTED,
        coverage=CoveragePart(129, 137, 5, 2, 1),
        baseline=NumberPart(Decimal("-0"), Decimal("1E+2")),
        first_target=NumberPart(Decimal("80"), Decimal("100"), date(2023, 12, 31)),
        history=(HistoryPart("2023-Q1", Rating.OFF_TRACK, Activity.ACTIVE),),
    )
    return replace(
        report,
        indicators=(told, *report.indicators[1:]),
        sources=(SourcePart("ICSR", "review", {"en": "Independent review"}, date(2021, 2, 1)),),
        recommendations=(
            RecommendationPart("R1", "ICSR", {"en": "Leadership"}, {"en": "Train."}, "partly", {"da": "Ja."}, ("A1",)),
        ),
    )


def test_a_report_is_read_back_as_it_was_written() -> None:
    for report in (march_2023(), march_2024(), full()):
        assert ReportDocument.from_dict(json.loads(canonical_json(report))) == report


def test_the_same_report_has_the_same_characters_and_another_has_others() -> None:
    report = full()
    again = ReportDocument.from_dict(json.loads(canonical_json(report)))
    assert canonical_json(again) == canonical_json(report)
    plain = json.loads(canonical_json(report))
    assert canonical_json(report) == json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert fingerprint(canonical_json(again)) == fingerprint(canonical_json(report))
    other = replace(report, as_at=date(2024, 4, 1))
    assert fingerprint(canonical_json(other)) != fingerprint(canonical_json(report))


def test_exact_numbers_are_strings_without_idle_noughts() -> None:
    part = full().to_dict()["indicators"][0]
    assert part["value"] == {"numerator": "45.5", "denominator": "120", "on": None}
    assert part["baseline"] == {"numerator": "0", "denominator": "100", "on": None}


def test_no_percentage_and_no_number_with_a_point_is_in_a_report() -> None:
    def numbers(plain: object) -> list[float]:
        if isinstance(plain, dict):
            return [each for value in plain.values() for each in numbers(value)]
        if isinstance(plain, list):
            return [each for value in plain for each in numbers(value)]
        return [plain] if isinstance(plain, float) else []

    text = canonical_json(full())
    assert numbers(json.loads(text)) == []
    assert "%" not in text
    assert "percent" not in text


def test_a_report_in_another_format_or_with_unknown_names_is_refused() -> None:
    with pytest.raises(ValueError, match="omsorg-report-9"):
        ReportDocument.from_dict(full().to_dict() | {"format": "omsorg-report-9"})
    with pytest.raises(ValueError, match="has no percent"):
        ReportDocument.from_dict(full().to_dict() | {"percent": 78})


def test_what_changed_from_march_2023_to_march_2024() -> None:
    changes = changes_between(march_2023(), march_2024())
    assert (changes.base.good_before, changes.base.good_after) == (25, 25)
    assert (changes.base.active_before, changes.base.active_after) == (35, 32)
    assert (changes.base.adopted_before, changes.base.adopted_after) == (35, 35)
    assert RatingChange("I8", Rating.ON_TRACK, Rating.COMPLETED) in changes.ratings
    assert not any(change.is_worse for change in changes.ratings)
    assert {(change.before, change.after) for change in changes.ratings if change.is_better} == {
        (Rating.ON_TRACK, Rating.COMPLETED)
    }
    assert [change.code for change in changes.activities] == ["I31", "I32", "I33"]
    assert changes.activities[1] == ActivityChange(
        Thing.INDICATOR, "I32", Activity.ACTIVE, Activity.SUPERSEDED, {}, "I3"
    )
    assert {move.days for move in changes.dates} == {182}
    assert len(changes.dates) == 24
    assert (changes.budgets, changes.targets, changes.texts) == ((), (), ())


def test_every_kind_of_change_is_found() -> None:
    before, after = march_2023(), march_2023()
    first, *others = after.actions
    changed = replace(
        first,
        title={"en": "Action 1", "sv": "Åtgärd ett"},
        starts_on=date(2021, 8, 1),
        budget=(BudgetPart("EUR", 100_000_00, 0, 120_000_00), BudgetPart("NOK", 5_00, 0)),
        activity=Activity.ON_HOLD,
    )
    one, two, *rest = after.indicators
    target = NumberPart(Decimal(90), Decimal(100), date(2025, 12, 31))
    after = replace(
        after,
        actions=(changed, *others[:-1], replace(others[-1], code="A99")),
        indicators=(
            replace(one, stated=Rating.OFF_TRACK),
            replace(two, present_target=target, target_due=None),
            *rest[1:],
            indicator(99, Rating.ON_TRACK),
        ),
    )
    changes = changes_between(before, after)
    assert changes.ratings == (RatingChange("I0", Rating.COMPLETED, Rating.OFF_TRACK),)
    assert changes.ratings[0].is_worse
    assert changes.activities == (ActivityChange(Thing.ACTION, "A1", Activity.ACTIVE, Activity.ON_HOLD, {}, None),)
    start, due = changes.dates
    assert (start.field, start.days) == (DateField.STARTS_ON, 31)
    assert due == DateMove(Thing.INDICATOR, "I1", DateField.TARGET_DUE, date(2024, 12, 31), None)
    assert due.days is None
    assert changes.budgets == (
        BudgetChange("A1", "EUR", 100_000_00, 120_000_00),
        BudgetChange("A1", "NOK", None, 5_00),
    )
    assert changes.targets == (TargetChange("I1", two.present_target, target),)
    assert changes.texts == (TextChange(Thing.ACTION, "A1", {"sv": "Åtgärd 1"}, {"sv": "Åtgärd ett"}),)
    assert (changes.new_indicators, changes.removed_indicators) == (("I99",), ("I2",))
    assert (changes.new_actions, changes.removed_actions) == (("A99",), ("A24",))


def test_between_a_report_and_itself_nothing_changed() -> None:
    changes = changes_between(full(), full())
    assert changes.base.active_before == changes.base.active_after
    assert changes.base.adopted_before == changes.base.adopted_after
    assert not any(
        (changes.ratings, changes.activities, changes.dates, changes.budgets, changes.targets, changes.texts)
    )


def test_actions_of_the_report_are_counted_by_their_own_indicators() -> None:
    counts = march_2024().action_counts
    good = {code for part in march_2024().indicators if part.standing.is_good for code in part.actions}
    assert (counts.moved, counts.total, counts.prioritised) == (len(good), 24, 8)


def test_kinds_and_codes_survive_the_file() -> None:
    part = ReportDocument.from_dict(json.loads(canonical_json(full()))).indicators[0]
    assert (part.kind, part.direction, part.computed) == (Kind.RATIO, Direction.UP, Status.AT_RISK)
    assert part.verified is not None
    assert part.verified.on == date(2024, 4, 2)
