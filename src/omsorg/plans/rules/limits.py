"""The days and counts that every report is reckoned by."""

from dataclasses import dataclass
from fractions import Fraction

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _


class PeriodNotOver(Refusal):
    sentence = _("The period (%(period)s) lasts until %(until)s: a report as at %(day)s cannot cover it.")


@dataclass(frozen=True, slots=True)
class ReportLimits:
    """From how many days after a period its answer is late, and how few are too few.

    `small_cell`: groups of children below this number are not told in public. `coverage_floor`: the share of those
    asked that must have answered for their figure to rate the whole; 0 is however few.
    """

    grace_days: int
    small_cell: int
    coverage_floor: Fraction = Fraction(0)
