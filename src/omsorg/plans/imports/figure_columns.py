"""The columns of the form for figures: under their names in four languages, each with a word of help."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from omsorg.kernel.imports import AskedColumn
from omsorg.kernel.numbers import read_number
from omsorg.kernel.sheets import Column, Habits, Option, Reader, columns
from omsorg.kernel.sheets.table import Cell
from omsorg.plans.imports.fields import names
from omsorg.plans.imports.words import OnScreen, Options
from omsorg.plans.pages.words import COUNTED, REACHED, STATES
from omsorg.plans.rules.measures import State

STATE_WORDS: Options = {
    "MEASURED": Option(OnScreen(COUNTED), ("measured", "optalt", "målt", "talt", "räknat", "mätt", "uppmätt")),
    "ESTIMATED": Option(OnScreen(STATES["estimated"])),
    "NOT_COLLECTED": Option(OnScreen(STATES["not_collected"])),
    "NOT_APPLICABLE": Option(OnScreen(STATES["not_applicable"])),
    "SUPPRESSED": Option(OnScreen(STATES["suppressed"]), ("for få til at blive vist",)),
    "REFUSED": Option(OnScreen(STATES["refused"]), ("inte uppgett",)),
}
REACHED_WORDS: Options = {
    "reached": Option(OnScreen(REACHED["1"]), ("nått", "yes", "ja")),
    "not_reached": Option(
        OnScreen(REACHED["0"]), ("not reached", "ikke nået endnu", "inte nått ännu", "ikke nådd", "no", "nej", "nei")
    ),
}
_reached = columns.choice(REACHED_WORDS)
_state_name = columns.choice(STATE_WORDS)


def _number(cell: Cell, habits: Habits) -> Decimal:
    """A number; for a milestone also the word for whether it is reached."""
    if isinstance(cell, str):
        try:
            return Decimal(_reached(cell, habits) == "reached")
        except columns.NotAmongChoices:
            return read_number(cell, decimal_comma=habits.decimal_comma)
    return columns.number()(cell, habits)


def _state(cell: Cell, habits: Habits) -> State:
    return State[_state_name(cell, habits)]


def _anything(cell: Cell, habits: Habits) -> str:
    """What stands there only for the person who fills in the form."""
    return ""


def _column(name: str, labels: Sequence[str], reader: Reader | None = None, aliases: Sequence[str] = ()) -> Column:
    return Column(name, names(*labels), reader or columns.text(most=2000), required=False, aliases=aliases)


ORGANISATION = _column("organisation", ("Organisation", "Organisation", "Organisasjon", "Organisation"))
PERIOD = _column("period", ("Period", "Periode", "Periode", "Period"))
INDICATOR = Column("indicator", names("Indicator", "Indikator", "Indikator", "Indikator"))
TITLE = _column("title", ("Title", "Titel", "Tittel", "Titel"), _anything)
PART = _column("part", ("Part", "Del", "Del", "Del"))
BEFORE = _column("before", ("Last period", "Sidste periode", "Forrige periode", "Förra perioden"), _anything)
FIGURE = _column("figure", ("Figure", "Tal", "Tall", "Tal"), _number, ("value", "numerator"))
WHOLE = _column("of", ("Of how many", "Ud af", "Av hvor mange", "Av hur många"), columns.number(), ("denominator",))
STATE = _column("kind", ("Kind of answer", "Slags svar", "Type svar", "Slags svar"), _state, ("state",))
WORDS = _column("words", ("In words", "Med ord", "Med ord", "Med ord"), columns.text())
REASON = _column("reason", ("Reason", "Begrundelse", "Begrunnelse", "Skäl"))
SEEN = _column("seen", ("Leave as it is", "Lad stå", "La stå", "Låt stå"), columns.whole_number(least=0))
COLUMNS = (
    AskedColumn(ORGANISATION, _("Whose answer it is. It must be the organisation of the page."), "example-association"),
    AskedColumn(PERIOD, _("The period, for instance 2024-H1."), "2024-H1"),
    AskedColumn(INDICATOR, _("The code of the indicator."), "I1"),
    AskedColumn(TITLE, _("Only to read; nothing is taken from here.")),
    AskedColumn(PART, _("Empty for the total; else the part of the breakdown.")),
    AskedColumn(BEFORE, _("Only to read: the newest value measured before, and its period.")),
    AskedColumn(FIGURE, _("The number, or how many. For a milestone: reached or not reached yet."), 40),
    AskedColumn(WHOLE, _("For a share: of how many. The percentage is computed."), 50),
    AskedColumn(STATE, _("Empty where the figure was counted; else estimated, or why there is none.")),
    AskedColumn(WORDS, _("The answer, where one is asked for in words.")),
    AskedColumn(REASON, _("Why, where a value goes backwards or is corrected.")),
    AskedColumn(SEEN, _("Written by the form, to notice when somebody else has entered something meanwhile.")),
)
