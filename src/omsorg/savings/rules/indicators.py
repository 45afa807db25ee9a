"""The indicators of savings groups: what is divided by what, and since which version of the definition."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from omsorg.savings.rules.quarters import Figures


class Kind(StrEnum):
    """How an indicator is told: as a share, or as an amount of money for each."""

    SHARE = "share"
    EACH = "each"


@dataclass(frozen=True, slots=True)
class Indicator:
    """The sum of `over`, less `less`, divided by the sum of `under`; names are those of `Figures`."""

    code: str
    version: int
    kind: Kind
    over: tuple[str, ...]
    under: tuple[str, ...]
    less: tuple[str, ...] = ()

    def parts(self, figures: Figures) -> tuple[int, int]:
        """Numerator and denominator."""
        over = sum(getattr(figures, name) for name in self.over) - sum(getattr(figures, name) for name in self.less)
        return over, sum(getattr(figures, name) for name in self.under)

    def value(self, figures: Figures) -> Fraction | None:
        """The indicator, exactly; None where there is nothing to divide by."""
        over, under = self.parts(figures)
        return Fraction(over, under) if under > 0 else None


INDICATORS: Final = (
    Indicator("attendance", 1, Kind.SHARE, ("present",), ("called",)),
    Indicator("represented", 1, Kind.SHARE, ("represented",), ("called",)),
    Indicator("savings", 1, Kind.EACH, ("saved",), ("members",)),
    Indicator("fund_use", 1, Kind.SHARE, ("lent",), ("lent", "cash")),
    Indicator("borrowers", 1, Kind.SHARE, ("borrowers",), ("members",)),
    Indicator("loan_size", 1, Kind.EACH, ("amount_given",), ("loans_given",)),
    Indicator("outstanding", 1, Kind.EACH, ("lent",), ("loans",)),
    Indicator("at_risk", 1, Kind.SHARE, ("late",), ("lent",)),
    Indicator("written_off", 1, Kind.SHARE, ("written_off",), ("loans", "written_off")),
    Indicator("returned", 1, Kind.SHARE, ("earned",), ("saved",)),
    Indicator("dropout", 1, Kind.SHARE, ("left",), ("members", "left")),
    Indicator("growth", 1, Kind.SHARE, ("members",), ("members_before",), ("members_before",)),
)
