"""The rolled-up figure of a period: exact, with its coverage, and as the public may see it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from omsorg.kernel.periods import Period
from omsorg.plans.queries.freezing.moment import Moment, Read
from omsorg.plans.rules.measures import Definition, RollUp
from omsorg.plans.rules.rollup import Missing, RolledUp, roll_up, rolled_figure
from omsorg.plans.rules.snapshot import AddedUpPart, NumberPart
from omsorg.plans.rules.suppression import TOTAL, hidden_keys
from omsorg.plans.rules.tally import Tally


def _expected(tally: Tally, asked: frozenset[int] | None) -> Tally:
    """The tally with the number of answers that were expected: those asked, less those it does not concern."""
    expected = 1 if asked is None else len(asked)
    return replace(tally, expected=max(expected - tally.not_applicable, 0))


def rolled_up(read: Read, period: Period) -> RolledUp:
    asked = read.asked.get(period, frozenset()) if read.asked else None
    return roll_up(_expected(read.tallies.get(period, Tally()), asked), read.definition)


def hidden_organisations(moment: Moment, read: Read) -> frozenset[str]:
    """The organisations whose count is too small to be shown, and `TOTAL` where the total would give one away."""
    if not read.revision.about_children:
        return frozenset()
    counts = {str(figure.organisation_id): figure.numerator for figure in read.figures}
    return hidden_keys(counts, moment.small_cell, total_is_shown=_adds(read.definition))


def shown(moment: Moment, read: Read, period: Period) -> RolledUp:
    """The rolled-up figure of a period as the public may see it.

    What counts organisations tells of no child. Anything else, the worst figure and an only one too, may be small.
    """
    rolled = rolled_up(read, period)
    if not read.revision.about_children or read.definition.roll_up in (RollUp.SHARE_MEETING, RollUp.ALL_MUST):
        return rolled
    value = value_of(rolled, read.definition)
    is_small = value is not None and 0 < value.numerator < moment.small_cell
    if is_small or (period == moment.period and TOTAL in hidden_organisations(moment, read)):
        return RolledUp(None, Missing.SUPPRESSED, rolled.tally)
    return rolled


def overview_figure(moment: Moment, read: Read) -> RolledUp:
    """The figure that stands in the overview: of the period, or of all since the plan began where targets speak of all.

    One hidden period hides the whole: the others are shown, and a difference would tell.
    """
    rolled = shown(moment, read, moment.period)
    if not read.definition.accumulates or rolled.value is None:
        return rolled
    told = [shown(moment, read, period) for period in read.tallies]
    if any(each.missing is Missing.SUPPRESSED for each in told):
        return RolledUp(None, Missing.SUPPRESSED, rolled.tally)
    before = next((target.number for target in reversed(read.targets) if target.series == 2), Decimal(0))
    total = sum((each.tally.numerator for each in told), before)
    return RolledUp(Fraction(total), None, rolled.tally, total)


def added_up(read: Read) -> AddedUpPart | None:
    """Over which periods a value from the start is added up, and in how many somebody gave no figure."""
    if not read.definition.accumulates or not read.worked_on:
        return None
    tallies = [rolled_up(read, period).tally for period in read.worked_on]
    incomplete = sum(tally.reported < tally.expected for tally in tallies)
    return AddedUpPart(len(tallies), read.worked_on[0].months, incomplete)


def _adds(definition: Definition) -> bool:
    """Whether the organisations' numbers add up to the one that is shown above them."""
    return definition.roll_up in (RollUp.SUM, RollUp.RATIO_OF_SUMS)


def value_of(rolled: RolledUp, definition: Definition) -> NumberPart | None:
    if rolled.value is None:
        return None
    if rolled.numerator is not None:
        return NumberPart(rolled.numerator, rolled.denominator)
    figure = rolled_figure(rolled, definition)
    return NumberPart(figure.numerator or Decimal(0), figure.denominator)


def digits(number: Decimal | None) -> str | None:
    if number is None:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
