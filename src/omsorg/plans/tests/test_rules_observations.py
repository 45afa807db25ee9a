"""What may be typed as a figure, what must be explained, and how a breakdown adds up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from omsorg.kernel.refusals import Refusal
from omsorg.plans.rules import entries, observations
from omsorg.plans.rules.measures import Definition, Direction, Figure, Kind, State, TimeRule

SCALE = {"lowest": Decimal(1), "highest": Decimal(4)}


def figure(numerator: str | None, denominator: str | None = None, **facts: object) -> Figure:
    return Figure(
        State.MEASURED,
        Decimal(numerator) if numerator else None,
        Decimal(denominator) if denominator else None,
        **facts,
    )


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        pytest.param(Kind.COUNT, figure("0"), id="nought is a count"),
        pytest.param(Kind.STOCK, figure("12.5"), id="a stock need not be whole"),
        pytest.param(Kind.RATIO, figure("3", "4"), id="three of four"),
        pytest.param(Kind.RATIO, figure("0", "0"), id="nobody to count"),
        pytest.param(Kind.RATE, figure("5", "4"), id="more cases than people"),
        pytest.param(Kind.SCORE, figure("2.5"), id="a score within its scale"),
        pytest.param(Kind.SCORE, figure("10", "4"), id="the sum of several scores"),
        pytest.param(Kind.SCORE, figure("0", "0"), id="nobody was asked"),
        pytest.param(Kind.ORDINAL, figure("4"), id="the highest step"),
        pytest.param(Kind.MILESTONE, figure("1"), id="reached"),
        pytest.param(Kind.QUALITATIVE, figure(None, text="Better than last year."), id="words"),
        pytest.param(Kind.COUNT, Figure(State.NOT_COLLECTED), id="no number, and why"),
    ],
)
def test_a_valid_figure_passes(kind: Kind, answer: Figure) -> None:
    observations.check_figure(answer, Definition("I", kind, Direction.UP, **SCALE))
    entries.check_size(answer)


@pytest.mark.parametrize(
    ("kind", "answer", "unit", "refusal"),
    [
        (Kind.RATIO, figure("97.5", "100"), {"en": "staff"}, observations.NumberNotWhole),
        (Kind.RATIO, figure("97", "100.5"), {"nb": " Ansatte "}, observations.DenominatorNotWhole),
        (Kind.STOCK, figure("12.5"), {"sv": "barn"}, observations.NumberNotWhole),
        (Kind.RATIO, figure("97", "100"), {"en": "staff"}, None),
        (Kind.RATIO, figure("97.5", "100"), {"en": "hours"}, None),
        (Kind.RATIO, figure("97.5", "100"), {"en": "hectares"}, None),
        (Kind.RATIO, figure("97.5", "100"), {}, None),
    ],
)
def test_nobody_reports_half_a_person(
    kind: Kind, answer: Figure, unit: dict[str, str], refusal: type[Refusal] | None
) -> None:
    definition = Definition("I", kind, Direction.UP, unit=unit)
    if refusal is None:
        observations.check_figure(answer, definition)
        return
    with pytest.raises(refusal) as refused:
        observations.check_figure(answer, definition)
    field = "denominator" if refusal is observations.DenominatorNotWhole else "numerator"
    assert entries.field_of(refused.value, definition) == field


@pytest.mark.parametrize(
    ("kind", "answer", "refusal", "field"),
    [
        (Kind.COUNT, figure(None), observations.FigureNotANumber, "numerator"),
        (Kind.COUNT, figure("NaN"), observations.FigureNotANumber, "numerator"),
        (Kind.STOCK, figure("Infinity"), observations.FigureNotANumber, "numerator"),
        (Kind.COUNT, figure("-1"), observations.NumberBelowZero, "numerator"),
        (Kind.COUNT, figure("1.5"), observations.NumberNotWhole, "numerator"),
        (Kind.COUNT, figure("1", "2"), observations.DenominatorNotAsked, "denominator"),
        (Kind.RATIO, figure("3"), observations.DenominatorMissing, "denominator"),
        (Kind.RATIO, figure("3", "NaN"), observations.FigureNotANumber, "numerator"),
        (Kind.RATIO, figure("5", "4"), observations.NumeratorAboveDenominator, "numerator"),
        (Kind.RATIO, figure("-5", "4"), observations.NumberBelowZero, "numerator"),
        (Kind.RATIO, figure("1", "0"), observations.CasesWithoutAnybody, "numerator"),
        (Kind.RATE, figure("5", "0"), observations.CasesWithoutAnybody, "numerator"),
        (Kind.SCORE, figure("4.1"), observations.ScoreOutOfRange, "numerator"),
        (Kind.SCORE, figure("9", "2"), observations.ScoreOutOfRange, "numerator"),
        (Kind.SCORE, figure("9", "-2"), observations.NumberBelowZero, "numerator"),
        (Kind.SCORE, figure("3", "0"), observations.CasesWithoutAnybody, "numerator"),
        (Kind.ORDINAL, figure("2.5"), observations.StepOutOfRange, "numerator"),
        (Kind.ORDINAL, figure("5"), observations.StepOutOfRange, "numerator"),
        (Kind.MILESTONE, figure("0.5"), observations.MilestoneIsYesOrNo, "numerator"),
        (Kind.QUALITATIVE, figure("1"), observations.FigureMustBeWords, "text"),
        (Kind.QUALITATIVE, figure(None, text=" "), observations.FigureMustBeWords, "text"),
        (Kind.COUNT, Figure(State.REFUSED, Decimal(1)), observations.MissingHasNoNumber, "state"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_any_other_figure_is_refused_in_words(kind: Kind, answer: Figure, refusal: type[Refusal], field: str) -> None:
    definition = Definition("I", kind, Direction.UP, **SCALE)
    with pytest.raises(refusal) as refused:
        observations.check_figure(answer, definition)
    assert type(refused.value) is refusal
    assert "%(" not in str(refused.value)
    assert entries.field_of(refused.value, definition) == field


def test_a_number_that_cannot_be_kept_exactly_is_refused() -> None:
    with pytest.raises(entries.NumberTooLarge, match="too large"):
        entries.check_size(figure("1e18"))
    with pytest.raises(entries.NumberTooFine, match="more than 6 decimals"):
        entries.check_size(figure("1", "0.0000001"))


@pytest.mark.parametrize("number", ["99.9999", "-99.9999", "0.0001", "0"])
def test_a_number_passes_that_is_kept_as_it_was_written(number: str) -> None:
    entries.check_kept(Decimal(number), 6, 4)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("100", "100 is too large to be right."),
        ("-1E+30", "−1,000,000,000,000,000,000,000,000,000,000 is too large to be right."),
        ("9" * 30, "999,999,999,999,999,999,999,999,999,999 is too large to be right."),
        ("0.00001", "0.00001 has more than 4 decimals."),
        ("-1E-20", "−0.00000000000000000001 has more than 4 decimals."),
    ],
)
def test_how_large_and_how_fine_a_number_may_be_is_said_in_words(number: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        entries.check_kept(Decimal(number), 6, 4)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("direction", "before", "now", "backwards"),
    [
        pytest.param(Direction.UP, "10", "9", True, id="less where more is better"),
        pytest.param(Direction.UP, "10", "10", False, id="the same"),
        pytest.param(Direction.UP, "10", None, True, id="a value is given up"),
        pytest.param(Direction.UP, None, "1", False, id="there was nothing before"),
        pytest.param(Direction.DOWN, "10", "11", True, id="more where less is better"),
        pytest.param(Direction.DOWN, "10", "9", False, id="less where less is better"),
        pytest.param(Direction.BAND, "9", "11", True, id="out of the band"),
        pytest.param(Direction.BAND, "13", "11", False, id="nearer to the band"),
        pytest.param(Direction.NONE, "10", "1", False, id="no direction"),
        pytest.param(None, "10", "1", False, id="nobody has said"),
    ],
)
def test_what_goes_backwards_needs_a_reason(
    direction: Direction | None, before: str | None, now: str | None, backwards: bool
) -> None:
    stock = Definition("I", Kind.STOCK, direction, band_low=Decimal(8), band_high=Decimal(10))
    absent = Figure(State.NOT_COLLECTED)
    previous, new = figure(before) if before else absent, figure(now) if now else absent
    assert observations.goes_backwards(previous, new, stock) is backwards
    observations.check_reason(previous, new, stock, "A home was closed.")
    if backwards:
        with pytest.raises(observations.ReasonMissing, match="Say why"):
            observations.check_reason(previous, new, stock, "  ")
    else:
        observations.check_reason(previous, new, stock, "")


def test_a_first_figure_and_one_that_does_not_apply_go_nowhere() -> None:
    stock = Definition("I", Kind.STOCK, Direction.UP)
    assert not observations.goes_backwards(None, figure("1"), stock)
    assert not observations.goes_backwards(figure("1"), Figure(State.NOT_APPLICABLE), stock)


def test_what_only_flows_rises_and_falls_and_does_not_go_backwards() -> None:
    flow = Definition("I", Kind.COUNT, Direction.UP, TimeRule.SUM)
    assert not observations.goes_backwards(figure("10"), figure("9"), flow)
    assert not observations.goes_backwards(figure("10"), figure("9"), replace(flow, accumulates=True))


@pytest.mark.parametrize(
    ("parts", "unknown", "left"),
    [
        pytest.param({"girls": 6, "boys": 4}, None, 0, id="nothing is left over"),
        pytest.param({"girls": 6, "boys": 3}, None, 1, id="one is of no stated part"),
        pytest.param({"girls": 6, "boys": 3}, 1, 1, id="one is stated as unknown"),
        pytest.param({}, None, 10, id="nothing is broken down"),
    ],
)
def test_a_breakdown_adds_up_with_an_explicit_unknown(parts: dict[str, int], unknown: int | None, left: int) -> None:
    given = [Decimal(value) for value in parts.values()]
    stated = None if unknown is None else Decimal(unknown)
    assert observations.check_sum(Decimal(10), given, "sex", unknown=stated) == left


@pytest.mark.parametrize(("before", "after", "backwards"), [("3", "10", True), ("10", "3", False), ("10", "6", False)])
def test_a_rate_is_held_against_its_band_in_the_unit_of_the_rate(before: str, after: str, backwards: bool) -> None:
    rate = Definition("I", Kind.RATE, Direction.BAND, band_low=Decimal(2), band_high=Decimal(4), per=1000)
    assert observations.goes_backwards(figure(before, "1000"), figure(after, "1000"), rate) is backwards


def test_parts_that_exceed_the_total_and_an_unknown_that_does_not_fit_are_refused() -> None:
    with pytest.raises(observations.PartsExceedTotal, match="“sex” add up to 11, which is more than the total of 10"):
        observations.check_sum(Decimal(10), [Decimal(11)], "sex")
    with pytest.raises(observations.UnknownDoesNotFit, match="add up to 9"):
        observations.check_sum(Decimal(10), [Decimal(6)], "sex", unknown=Decimal(3))


def test_a_share_is_broken_down_on_both_sides() -> None:
    parts = [figure("3", "6"), figure("2", "4"), Figure(State.SUPPRESSED)]
    entries.check_parts(figure("5", "10"), parts, None, "sex")
    with pytest.raises(observations.PartsExceedTotal):
        entries.check_parts(figure("5", "9"), parts, None, "sex")
    assert entries.have_adding_parts(Definition("I", Kind.RATIO))
    assert not entries.have_adding_parts(Definition("I", Kind.SCORE))


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ("3/4", "1/2", "from 75.0 % to 50.0 %"),
        ("1/3", "1/4", "from 33.3 % to 25.0 %"),
        ("1", None, "Last time a value was given: 100.0 %. Say why there is none now."),
    ],
)
def test_a_value_is_said_as_it_is(before: str, now: str | None, words: str) -> None:
    ratio = Definition("I", Kind.RATIO, Direction.UP)
    parts = [[*each.split("/"), "1"] if each else None for each in (before, now)]
    previous, new = (figure(part[0], part[1]) if part else Figure(State.NOT_COLLECTED) for part in parts)
    with pytest.raises(observations.ReasonMissing, match=words.replace(" %", "\N{NO-BREAK SPACE}%")):
        observations.check_reason(previous, new, ratio, "")
