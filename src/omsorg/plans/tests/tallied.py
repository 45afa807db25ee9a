"""The tally that one answer is, and the sum of tallies, for tests of what is worked out of tallies."""

from collections.abc import Iterable
from decimal import Decimal

from omsorg.plans.rules.definitions import threshold_of
from omsorg.plans.rules.measures import Definition, Figure, Kind, State
from omsorg.plans.rules.tally import Tally, extreme_of, meets

_WITHOUT_VALUE = {
    State.NOT_COLLECTED: Tally(expected=1, not_collected=1),
    State.SUPPRESSED: Tally(expected=1, suppressed=1),
    State.REFUSED: Tally(expected=1, refused=1),
    State.UNREADABLE: Tally(expected=1, unreadable=1),
}


def contribution(figure: Figure | None, definition: Definition) -> Tally:
    """What one cell adds to every node above it. None is a cell that was expected and is still silent.

    A quoted figure adds nothing: what it repeats is counted where it belongs. A figure that claims a value
    and has no number is unreadable, never zero.
    """
    if figure is None:
        return Tally(expected=1)
    if figure.quoted:
        return Tally()
    if figure.state is State.NOT_APPLICABLE:
        return Tally(not_applicable=1)
    if not figure.state.has_value:
        return _WITHOUT_VALUE[figure.state]
    answered = Tally(expected=1, reported=1, estimated=int(figure.state is State.ESTIMATED))
    if figure.has_no_cases(definition):
        return answered + Tally(no_cases=1)
    value = figure.value(definition)
    if not definition.kind.is_numeric:
        return answered
    if value is None or figure.numerator is None:
        return Tally(expected=1, unreadable=1)
    weight = figure.denominator
    if weight is None or not (definition.kind.needs_denominator or definition.kind is Kind.SCORE):
        weight = Decimal(1) if definition.kind is Kind.SCORE else Decimal(0)
    met = threshold_of(definition) is not None and meets(definition, value)
    only = extreme_of(definition, figure.numerator, figure.denominator)
    return answered + Tally(numerator=figure.numerator, denominator=weight, meeting=int(met), lowest=only, highest=only)


def fold(tallies: Iterable[Tally]) -> Tally:
    """The tally of a node out of those of its leaves, or of its children: both give the same."""
    total = Tally()
    for tally in tallies:
        total += tally
    return total
