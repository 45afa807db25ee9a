"""A definition that could only lie is refused in a sentence that says what to mend."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from omsorg.plans.rules.definitions import contradictions
from omsorg.plans.rules.measures import Definition, Direction, Kind, RollUp, TimeRule
from omsorg.plans.rules.rollup import DirectionMissing, Missing, roll_up
from omsorg.plans.rules.tally import Extreme, Tally, ThresholdMissing, meets

SOUND = Definition("I1", Kind.COUNT, Direction.UP, TimeRule.SUM, RollUp.SUM)
SCALE = {"lowest": Decimal(0), "highest": Decimal(5)}


@pytest.mark.parametrize(
    "definition",
    [
        pytest.param(SOUND, id="a count that is added"),
        pytest.param(replace(SOUND, accumulates=True), id="a count since the start"),
        pytest.param(replace(SOUND, kind=Kind.RATIO, roll_up=RollUp.RATIO_OF_SUMS), id="a share of the sums"),
        pytest.param(
            replace(SOUND, kind=Kind.MILESTONE, roll_up=RollUp.ALL_MUST), id="a milestone that all must reach"
        ),
        pytest.param(
            replace(SOUND, kind=Kind.SCORE, roll_up=RollUp.RATIO_OF_SUMS, time_rule=TimeRule.LAST, **SCALE),
            id="a score on its scale",
        ),
        pytest.param(
            replace(SOUND, direction=Direction.BAND, band_low=Decimal(8), band_high=Decimal(8)),
            id="a band of one value",
        ),
    ],
)
def test_a_sound_definition_passes(definition: Definition) -> None:
    assert contradictions(definition) == ()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": Kind.RATIO}, "percentages are not"),
        ({"kind": Kind.STOCK}, "not added over time"),
        ({"time_rule": TimeRule.DISTINCT}, "counted twice"),
        ({"roll_up": RollUp.DISTINCT}, "counted twice"),
        ({"roll_up": RollUp.SHARE_MEETING}, "no threshold is stated"),
        ({"roll_up": RollUp.ALL_MUST}, "no threshold is stated"),
        ({"roll_up": RollUp.WORST, "direction": None}, "which way is better"),
        ({"roll_up": RollUp.WORST, "direction": Direction.NONE}, "which way is better"),
        ({"direction": Direction.BAND}, "state the lower and the higher end"),
        ({"direction": Direction.BAND, "band_low": Decimal(9), "band_high": Decimal(8)}, "in that order"),
        ({"tolerance": Decimal("0.3")}, "further from the path"),
        ({"tolerance": Decimal(-1)}, "further from the path"),
        ({"kind": Kind.QUALITATIVE, "time_rule": TimeRule.LAST}, "answered in words"),
        ({"kind": Kind.SCORE, "roll_up": RollUp.RATIO_OF_SUMS}, "lowest and the highest"),
        ({"kind": Kind.ORDINAL, "time_rule": TimeRule.LAST, **SCALE}, "steps are compared"),
        ({"roll_up": RollUp.RATIO_OF_SUMS}, "no sum of denominators"),
        ({"accumulates": True, "time_rule": TimeRule.LAST}, "counted from the start"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_contradiction_is_refused_in_words(changed: dict[str, object], sentence: str) -> None:
    found = contradictions(replace(SOUND, **changed))
    assert len(found) == 1
    assert str(found[0]).startswith("I1")
    assert sentence in str(found[0])


def test_every_contradiction_is_told_at_once() -> None:
    assert len(contradictions(replace(SOUND, kind=Kind.STOCK, direction=Direction.BAND))) == 2


def test_a_roll_up_that_lacks_its_threshold_or_direction_is_refused() -> None:
    tally = Tally(reported=1, expected=1, numerator=Decimal(1))
    for rule in (RollUp.SHARE_MEETING, RollUp.ALL_MUST):
        with pytest.raises(ThresholdMissing):
            roll_up(tally, replace(SOUND, roll_up=rule))
    with pytest.raises(ThresholdMissing):
        meets(SOUND, tally.numerator)
    assert roll_up(tally, replace(SOUND, roll_up=RollUp.WORST)).missing is Missing.NOT_ROLLED_UP
    extremes = replace(tally, lowest=Extreme(Fraction(1), Decimal(1)), highest=Extreme(Fraction(1), Decimal(1)))
    with pytest.raises(DirectionMissing):
        roll_up(extremes, replace(SOUND, roll_up=RollUp.WORST, direction=None))
