"""A figure and a target as the reader's language says them."""

from django.utils.translation import gettext as __

from omsorg.kernel.numbers import format_period
from omsorg.plans.pages.words import STATES, filled, language_now, short_day, value_told
from omsorg.plans.queries.figures import KeptFigure
from omsorg.plans.queries.grid import Aim, GridCell
from omsorg.plans.rules.measures import Definition, Figure, Kind, State
from omsorg.plans.rules.snapshot import NumberPart


def figure_text(
    figure: Figure | KeptFigure | None, definition: Definition, *, is_brief: bool = False, language: str | None = None
) -> str:
    """What a figure says, in the reader's words: "80 % (40 of 50)" (briefly "80 %"), "12", "not collected"."""
    if figure is None:
        return ""
    if not figure.state.has_value:
        return str(STATES[figure.state.name.lower()])
    if definition.kind is Kind.QUALITATIVE:
        return figure.text
    if figure.numerator is None:
        return ""
    denominator = None if definition.kind is Kind.SCORE and figure.denominator == 1 else figure.denominator
    text = value_told(
        definition.kind,
        NumberPart(figure.numerator, denominator),
        unit=None if is_brief else definition.unit,
        per=definition.per,
        with_base=not is_brief,
        language=language,
    )
    if figure.state is State.ESTIMATED:
        return filled(__("%(value)s, estimated"), {"value": text})
    return text


def before_text(cell: GridCell, definition: Definition) -> str:
    """The newest value measured before, with its period: "80 % (40 of 50), first half of 2022", or nothing."""
    if cell.previous is None:
        return ""
    said = {"value": figure_text(cell.previous, definition), "period": period_before(cell)}
    return filled(__("%(value)s, %(period)s"), said)


def period_before(cell: GridCell, language: str | None = None) -> str:
    """The period of the newest value measured before, in the reader's words."""
    return format_period(cell.previous.period, language or language_now()) if cell.previous else ""


def aim_text(aim: Aim | None, definition: Definition) -> str:
    """The next target, with whose it is where it is the whole plan's."""
    if aim is None:
        return ""
    if definition.kind is Kind.MILESTONE:
        return __("by %(day)s") % {"day": short_day(aim.due_on)}
    text = value_told(
        definition.kind,
        NumberPart(aim.number, aim.denominator),
        unit=definition.unit,
        per=definition.per,
        with_base=False,
    )
    said = {"value": text, "day": short_day(aim.due_on)}
    if aim.is_own:
        return filled(__("%(value)s by %(day)s"), said)
    return filled(__("%(value)s by %(day)s, for the whole plan"), said)
