"""What is usually counted, in four languages, so that a count is read in the reader's language.

The plan keeps the unit in every language in which it was given, and so does a frozen report. Where the reader's is not
among them, a word that stands here is said in the language of the reader; any other is said as it was written.
"""

from collections.abc import Mapping

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
ONE_OF: dict[str, tuple[str, str, str, str]] = {
    "persons": ("person", "person", "person", "person"),
    "people": ("person", "menneske", "menneske", "människa"),
    "children": ("child", "barn", "barn", "barn"),
    "young people": ("young person", "ung", "ung", "ung"),
    "children and young people": ("child or young person", "barn eller ung", "barn eller ung", "barn eller ung"),
    "families": ("family", "familie", "familie", "familj"),
    "carers": ("carer", "omsorgsperson", "omsorgsperson", "omsorgsperson"),
    "foster parents": ("foster parent", "plejeforælder", "fosterforelder", "fosterförälder"),
    "staff": ("member of staff", "medarbejder", "ansatt", "medarbetare"),
    "volunteers": ("volunteer", "frivillig", "frivillig", "frivillig"),
    "leaders": ("leader", "leder", "leder", "ledare"),
    "programmes": ("programme", "program", "program", "program"),
    "associations": ("association", "forening", "forening", "förening"),
    "organisations": ("organisation", "organisation", "organisasjon", "organisation"),
    "countries": ("country", "land", "land", "land"),
    "places": ("place", "plads", "plass", "plats"),
    "cases": ("case", "sag", "sak", "ärende"),
    "concerns": ("concern", "henvendelse", "melding", "anmälan"),
    "incidents": ("incident", "hændelse", "hendelse", "händelse"),
    "complaints": ("complaint", "klage", "klage", "klagomål"),
    "reports": ("report", "rapport", "rapport", "rapport"),
    "reviews": ("review", "gennemgang", "gjennomgang", "granskning"),
    "visits": ("visit", "besøg", "besøk", "besök"),
    "meetings": ("meeting", "møde", "møte", "möte"),
    "trainings": ("training", "kursus", "kurs", "utbildning"),
    "hours": ("hour", "time", "time", "timme"),
    "days": ("day", "dag", "dag", "dag"),
    "weeks": ("week", "uge", "uke", "vecka"),
    "months": ("month", "måned", "måned", "månad"),
    "points": ("point", "point", "poeng", "poäng"),
}
"""The same of one: "1 person", not "1 persons"."""
_MEASURED = ("hours", "days", "weeks", "months", "points")
_BY_WORD = {word: names for names in reversed(UNITS) for word in names}


def counts_single_things(unit: Mapping[str, str]) -> bool:
    """Whether it is a unit of people or things that nobody has half of: a usual one that is not of time or points."""
    names = (_BY_WORD.get(" ".join(word.split()).lower()) for word in unit.values())
    return any(each is not None and each[0] not in _MEASURED for each in names)


def unit_said(unit: Mapping[str, str], language: str) -> tuple[str, str]:
    """The unit in `language`, as the plan says it or as it is usually said; else as it stands, with its language."""
    if unit.get(language):
        return unit[language], language
    written = [(unit[other], other) for other in ("en", *unit) if unit.get(other)]
    if language in LANGUAGES:
        for word, _other in written:
            if names := _BY_WORD.get(" ".join(word.split()).lower()):
                return names[LANGUAGES.index(language)], language
    return written[0] if written else ("", language)


def one_said(unit: Mapping[str, str], language: str) -> str:
    """The word for one of a usual unit in `language`; empty where it is a unit of the plan's own."""
    said, written = unit_said(unit, language)
    names = _BY_WORD.get(" ".join(said.split()).lower())
    if names is None or written not in LANGUAGES or said.lower() != names[LANGUAGES.index(written)]:
        return ""
    return ONE_OF[names[0]][LANGUAGES.index(written)]
