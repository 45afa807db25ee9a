"""The columns of the form for figures: under their names in four languages, each with a word of help."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from omsorg.kernel.imports import AskedColumn
from omsorg.kernel.numbers import read_number
from omsorg.kernel.sheets import Column, Habits, Reader, columns
from omsorg.kernel.sheets.columns import same
from omsorg.kernel.sheets.table import Cell
from omsorg.plans.imports.fields import names
from omsorg.plans.rules.measures import State

STATE_NAMES = {
    State.MEASURED: ("counted", "measured", "optalt", "målt", "talt", "räknat", "mätt"),
    State.ESTIMATED: ("estimated", "anslået", "anslått", "uppskattat"),
    State.NOT_COLLECTED: ("not collected", "ikke indsamlet", "ikke innsamlet", "inte insamlat"),
    State.NOT_APPLICABLE: ("not applicable", "ikke relevant", "inte relevant"),
    State.SUPPRESSED: ("too few to be shown", "for få til at blive vist", "for få til å vises", "för få för att visas"),
    State.REFUSED: ("not given", "ikke oplyst", "ikke oppgitt", "inte uppgett"),
}
REACHED_NAMES = {
    "1": ("reached", "nået", "nådd", "nått", "uppnått", "yes", "ja"),
    "0": ("not reached yet", "not reached", "ikke nået endnu", "ikke nådd ennå", "inte nått ännu", "no", "nej", "nei"),
}


def _number(cell: Cell, habits: Habits) -> Decimal:
    """A number; for a milestone also the word for whether it is reached."""
    if isinstance(cell, str):
        for value, words in REACHED_NAMES.items():
            if same(cell) in {same(word) for word in words}:
                return Decimal(value)
        return read_number(cell, decimal_comma=habits.decimal_comma)
    return columns.number()(cell, habits)


def _state(cell: Cell, habits: Habits) -> State:
    code = columns.choice({state.name: words for state, words in STATE_NAMES.items()})(cell, habits)
    return State[code]


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
