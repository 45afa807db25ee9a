"""The plan at a glance, as one released report tells it."""

from omsorg.plans.pages.overview.actions import (
    ACTION_ORDERS,
    ActionRow,
    Marked,
    Money,
    action_row,
    action_rows,
    activity_note,
    chosen_actions,
    money,
    slip_text,
)
from omsorg.plans.pages.overview.bases import BAR_ORDER, BarPicture, BaseView, bars, base_view
from omsorg.plans.pages.overview.glossary import GLOSSARY
from omsorg.plans.pages.overview.indicators import (
    IndicatorRow,
    chosen_indicators,
    history,
    indicator_row,
    indicator_rows,
)
from omsorg.plans.pages.overview.periods import period_mark, period_text
from omsorg.plans.pages.overview.recommendations import RecommendationRow, areas, recommendation_rows

__all__ = [
    "ACTION_ORDERS",
    "BAR_ORDER",
    "GLOSSARY",
    "ActionRow",
    "BarPicture",
    "BaseView",
    "IndicatorRow",
    "Marked",
    "Money",
    "RecommendationRow",
    "action_row",
    "action_rows",
    "activity_note",
    "areas",
    "bars",
    "base_view",
    "chosen_actions",
    "chosen_indicators",
    "history",
    "indicator_row",
    "indicator_rows",
    "money",
    "period_mark",
    "period_text",
    "recommendation_rows",
    "slip_text",
]
