"""What is wrong with a row of a file of figures, told so that it can be mended in the file."""

from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.periods import NoSuchPeriod, Period
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as said
from omsorg.plans.forms.figures import STATES_OFFERED
from omsorg.plans.imports.figure_columns import STATE
from omsorg.plans.pages.words import STATES
from omsorg.plans.rules.observations import FigureNotANumber


class OfAnotherOrganisation(Refusal):
    sentence = said("This row is about %(there)s; this page is about %(here)s.")


class OfAnotherPeriod(Refusal):
    sentence = said("This row is about %(there)s; this page is about %(here)s.")


class NotAskedInFile(Refusal):
    sentence = said("%(code)s is not asked for here. Asked for are: %(codes)s.")


class NoSuchPart(Refusal):
    sentence = said(
        "“%(text)s” is no part of %(code)s. Leave the cell empty for the total, or write one of: %(parts)s."
    )


class HasNoParts(Refusal):
    sentence = said("“%(text)s” is no part of %(code)s, which is not asked for in parts. Leave the cell empty.")


class SameCellTwice(Refusal):
    sentence = said("This is the second row about %(what)s.")


class WrittenMeanwhile(Refusal):
    sentence = said("Since this form was made, %(theirs)s was entered here. Look at it, and enter yours there.")


class MarkAltered(Refusal):
    """The last column names no figure that ever stood in this cell: nobody has written there, the file was altered."""

    sentence = said(
        "In the column “%(column)s” stands %(text)s, which the form has not written there. Take a new form, and"
        " enter your figure in that one."
    )


class NoFigureInFile(Refusal):
    sentence = said(
        "There is no number here. Give one, or say in the column “%(column)s” why there is none: %(words)s."
    )


def period_said(text: str) -> PeriodSaid | str:
    """A period as a file writes it, told in words; what is none is quoted."""
    try:
        return PeriodSaid(Period.parse(text.strip().upper()))
    except NoSuchPeriod:
        return f"“{text}”"


def said_of_file(refusal: Refusal) -> Sentence:
    """A refusal as it is said of a file: where a number is missing, with the words that may stand for it."""
    if not isinstance(refusal, FigureNotANumber):
        return refusal.said
    words = ", ".join(str(STATES[state.name.lower()]) for state in STATES_OFFERED if not state.has_value)
    return NoFigureInFile(column=STATE.label, words=words).said
