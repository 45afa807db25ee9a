"""The rolled-up figure of a period: exact, with its coverage, and as the public may see it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from omsorg.kernel.periods import Period
from omsorg.plans.queries.freezing.moment import Cell, Moment, Read
from omsorg.plans.rules.rollup import Missing, RolledUp, roll_up
from omsorg.plans.rules.snapshot import AddedUpPart, NumberPart
from omsorg.plans.rules.tally import Tally


def _expected(tally: Tally, asked: frozenset[int] | None) -> Tally:
    """The tally with the number of answers that were expected: those asked, less those it does not concern."""
    expected = 1 if asked is None else len(asked)
    return replace(tally, expected=max(expected - tally.not_applicable, 0))


def rolled_up(read: Read, period: Period) -> RolledUp:
    asked = read.asked.get(period, frozenset()) if read.asked else None
    return roll_up(_expected(read.tallies.get(period, Tally()), asked), read.definition)


def cell_of_organisation(period: Period, organisation_id: int) -> Cell:
    """Where one organisation's figure of a period stands."""
    return ("organisation", period.code, organisation_id)


def cell_of_period(period: Period) -> Cell:
    """Where the figure of all organisations for a period stands."""
    return ("period", period.code, 0)


BEFORE: Cell = ("before the start", "", 0)
SINCE_START: Cell = ("since the start", "", 0)


def shown(read: Read, period: Period) -> RolledUp:
    """The rolled-up figure of a period as the public may see it."""
    rolled = rolled_up(read, period)
    return _hidden(rolled) if cell_of_period(period) in read.hidden else rolled


def overview_figure(moment: Moment, read: Read) -> RolledUp:
    """The figure of the overview: of the period, or of all since the plan began where targets speak of all."""
    rolled = shown(read, moment.period)
    if not read.definition.accumulates or rolled.value is None:
        return rolled
    if SINCE_START in read.hidden:
        return _hidden(rolled)
    _before, total = accumulated(read)
    return RolledUp(Fraction(total), None, rolled.tally, total)


def accumulated(read: Read) -> tuple[Decimal, Decimal]:
    """What there was when the plan began, and with it all that has been counted since."""
    before = next((target.number for target in reversed(read.targets) if target.series == 2), Decimal(0))
    return before, sum((tally.numerator for tally in read.tallies.values()), before)


def added_up(read: Read) -> AddedUpPart | None:
    """Over which periods a value from the start is added up, and in how many somebody gave no figure."""
    if not read.definition.accumulates or not read.worked_on:
        return None
    tallies = [rolled_up(read, period).tally for period in read.worked_on]
    incomplete = sum(tally.reported < tally.expected for tally in tallies)
    return AddedUpPart(len(tallies), read.worked_on[0].months, incomplete)


def _hidden(rolled: RolledUp) -> RolledUp:
    return RolledUp(None, Missing.HIDDEN, rolled.tally)


def value_of(rolled: RolledUp) -> NumberPart | None:
    """The numbers behind the value, as they were reported or added: never a fraction worked out of them."""
    if rolled.value is None or rolled.numerator is None:
        return None
    return NumberPart(rolled.numerator, rolled.denominator)


def digits(number: Decimal | None) -> str | None:
    if number is None:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
