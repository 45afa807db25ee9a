"""A rating that would tell what is hidden is not told: beside a target of 4, "completed" says that a count is 4."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from omsorg.plans.queries.freezing.moment import Read
from omsorg.plans.queries.freezing.shown import BEFORE, SINCE_START, cell_of_period
from omsorg.plans.rules.measures import Kind, Status
from omsorg.plans.rules.paths import Point
from omsorg.plans.rules.rollup import rated_by
from omsorg.plans.rules.status import PeriodFigure, Standing, Why

Rule = Callable[[Sequence[PeriodFigure], Point | None], Standing]


def without_telling(
    read: Read, figures: Sequence[PeriodFigure], baseline: Point | None, rule: Rule, *, smallest_shown: int
) -> Standing:
    """What the rule says of the true numbers, where every small number in the place of a hidden one would give as much.

    Where another rating would follow from another small number, it is not rated: `Why.HIDDEN`. Of shares and of sums
    since the start, whose hidden parts may be many, nothing is tried: they are not rated.
    """
    true = rule(figures, baseline)
    is_of = [entry for entry in figures if entry.period.until - timedelta(days=1) == true.value_on]
    periods = {cell_of_period(entry.period) for entry in figures}
    if read.definition.accumulates:
        # The sum up to an earlier day differs from the one that is shown by what a period tells.
        is_earlier = true.why is Why.EARLIER_FIGURES
        is_value_hidden = bool(read.hidden & {SINCE_START, *(periods if is_earlier else ())})
    else:
        is_value_hidden = any(cell_of_period(entry.period) in read.hidden for entry in is_of)
    is_start_hidden = baseline is not None and BEFORE in read.hidden
    if true.status is Status.NOT_RATED or not (is_value_hidden or is_start_hidden):
        return true
    small = [Decimal(number) for number in range(1, smallest_shown)]
    is_tried = rated_by(read.definition).kind in (Kind.COUNT, Kind.STOCK) and not (
        is_value_hidden and read.definition.accumulates
    )
    if is_tried:
        told = [figures]
        if is_value_hidden:
            told = [[_with(entry, number) if entry in is_of else entry for entry in figures] for number in small]
        starts = [baseline]
        if is_start_hidden and baseline is not None:
            starts = [replace(baseline, value=Fraction(number)) for number in small]
        if {rule(each, start).status for each in told for start in starts} == {true.status}:
            return true
    return replace(true, status=Status.NOT_RATED, why=Why.HIDDEN, progress=None, path=None)


def _with(entry: PeriodFigure, number: Decimal) -> PeriodFigure:
    return replace(entry, figure=entry.figure._replace(numerator=number))
