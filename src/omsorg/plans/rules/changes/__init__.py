"""What changed between two reports. Worked numbers and what is left out: `docs/rules/changes.md`."""

from .between import changes_between
from .details import NOT_COMPARED, by_name, says_the_same, texts_that_differ
from .told import (
    ActivityChange,
    BaseChange,
    BudgetChange,
    Changes,
    DateField,
    DateMove,
    Detail,
    MeasureChange,
    RatingChange,
    TargetChange,
    TextChange,
    Thing,
    Whose,
)

__all__ = [
    "NOT_COMPARED",
    "ActivityChange",
    "BaseChange",
    "BudgetChange",
    "Changes",
    "DateField",
    "DateMove",
    "Detail",
    "MeasureChange",
    "RatingChange",
    "TargetChange",
    "TextChange",
    "Thing",
    "Whose",
    "by_name",
    "changes_between",
    "says_the_same",
    "texts_that_differ",
]
