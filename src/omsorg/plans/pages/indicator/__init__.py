"""One indicator: its ratings side by side, its way to the target, and every organisation's figure."""

from omsorg.plans.pages.indicator.values import OrganisationRow
from omsorg.plans.pages.indicator.view import Fact, IndicatorView, PeriodRow, RatingSide, TargetRow, indicator_view

__all__ = [
    "Fact",
    "IndicatorView",
    "OrganisationRow",
    "PeriodRow",
    "RatingSide",
    "TargetRow",
    "indicator_view",
]
