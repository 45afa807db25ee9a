"""What is usually counted, in four languages, so that a count is read in the reader's language.

The plan keeps the unit as it was written, and so does a frozen report. A word that is among these, in whichever of the
languages it was written, is said in the language of the reader; any other word is said as it was written.
"""

LANGUAGES = ("en", "da", "nb", "sv")
UNITS: tuple[tuple[str, str, str, str], ...] = (
    ("persons", "personer", "personer", "personer"),
    ("people", "mennesker", "mennesker", "människor"),
    ("children", "børn", "barn", "barn"),
    ("young people", "unge", "unge", "unga"),
    ("children and young people", "børn og unge", "barn og unge", "barn och unga"),
    ("families", "familier", "familier", "familjer"),
    ("carers", "omsorgspersoner", "omsorgspersoner", "omsorgspersoner"),
    ("foster parents", "plejeforældre", "fosterforeldre", "fosterföräldrar"),
    ("staff", "medarbejdere", "ansatte", "medarbetare"),
    ("volunteers", "frivillige", "frivillige", "frivilliga"),
    ("leaders", "ledere", "ledere", "ledare"),
    ("programmes", "programmer", "programmer", "program"),
    ("associations", "foreninger", "foreninger", "föreningar"),
    ("organisations", "organisationer", "organisasjoner", "organisationer"),
    ("countries", "lande", "land", "länder"),
    ("places", "pladser", "plasser", "platser"),
    ("cases", "sager", "saker", "ärenden"),
    ("concerns", "henvendelser", "meldinger", "anmälningar"),
    ("incidents", "hændelser", "hendelser", "händelser"),
    ("complaints", "klager", "klager", "klagomål"),
    ("reports", "rapporter", "rapporter", "rapporter"),
    ("reviews", "gennemgange", "gjennomganger", "granskningar"),
    ("visits", "besøg", "besøk", "besök"),
    ("meetings", "møder", "møter", "möten"),
    ("trainings", "kurser", "kurs", "utbildningar"),
    ("hours", "timer", "timer", "timmar"),
    ("days", "dage", "dager", "dagar"),
    ("weeks", "uger", "uker", "veckor"),
    ("months", "måneder", "måneder", "månader"),
    ("points", "point", "poeng", "poäng"),
)
_BY_WORD = {word: names for names in reversed(UNITS) for word in names}


def unit_said(unit: str, language: str) -> str:
    """`unit` in `language`, where it is a word that is known; else as the plan writes it."""
    names = _BY_WORD.get(" ".join(unit.split()).lower())
    return names[LANGUAGES.index(language)] if names and language in LANGUAGES else unit
