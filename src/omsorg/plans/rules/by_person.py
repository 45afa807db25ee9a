"""Ratings that a person has put in the place of what stood there: every list of a report marks them."""

from .measures import RatingSource
from .snapshot import IndicatorPart, ReportDocument


def is_by_person(part: IndicatorPart) -> bool:
    """Whether the rating that the report states was set by a person. What is not active states none."""
    return part.standing.is_active and part.source is RatingSource.OVERRIDE


def good_by_person(document: ReportDocument) -> int:
    """How many of those active and completed or on track are rated so by a person."""
    return sum(is_by_person(part) and part.standing.is_good for part in document.indicators)
