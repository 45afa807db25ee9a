"""One indicator: its ratings side by side, its way to the target, and every organisation's figure."""

from omsorg.plans.pages.indicator.values import ORGANISATION_ORDERS, OrganisationRow, chosen_organisations
from omsorg.plans.pages.indicator.view import Fact, IndicatorView, PeriodRow, RatingSide, TargetRow, indicator_view

__all__ = [
    "ORGANISATION_ORDERS",
    "Fact",
    "IndicatorView",
    "OrganisationRow",
    "PeriodRow",
    "RatingSide",
    "TargetRow",
    "chosen_organisations",
    "indicator_view",
]
