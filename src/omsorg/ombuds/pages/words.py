"""The words of the ombuds system for those who work in it: levels, channels, standings, grounds, kinds."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omsorg.federation.places import countries
from omsorg.federation.words import KINDS
from omsorg.kernel import languages
from omsorg.kernel.numbers import LANGUAGES, format_date
from omsorg.ombuds.actions.cases import Danger, NoteKind
from omsorg.ombuds.actions.childs import Helped
from omsorg.ombuds.actions.erasing import ErasureGround
from omsorg.ombuds.actions.sharing import Ground
from omsorg.ombuds.actions.words import CONFIRMS_CODE
from omsorg.ombuds.models import Advice, Assent, Disclosure, Visit
from omsorg.ombuds.queries.awareness import KINDS as VISITED
from omsorg.ombuds.queries.awareness import PLACE
from omsorg.ombuds.rules.awareness import Standing
from omsorg.ombuds.rules.levels import Because, Channel, Level, Status
from omsorg.ombuds.rules.news import News

Words = Mapping[str, str | Promise]

LEVELS: Words = {
    Level.NATIONAL: _("national"),
    Level.REGIONAL: _("regional"),
    Level.GLOBAL: _("global"),
    Level.BOARD: _("the board"),
}
CHANNELS: Words = {
    Channel.WEB: _("web page"),
    Channel.PHONE: _("phone"),
    Channel.SMS: _("text message"),
    Channel.WHATSAPP: _("WhatsApp"),
    Channel.PAPER: _("paper, box"),
    Channel.IN_PERSON: _("face to face"),
    Channel.GROUP: _("group talk"),
    Channel.VOICE: _("voice note"),
}
STATUSES: Words = {Status.OPEN: _("open"), Status.CLOSED: _("closed"), Status.ERASED: _("erased")}
BECAUSE: Words = {
    Because.ASSIGNED: _("hears this country"),
    Because.ESCALATION: _("came up: a promise was missed, or nobody was left below"),
    Because.REVIEW: _("the child asked for somebody above"),
    Because.COLLEAGUE: _("brought in by a colleague"),
    Because.SECOND_VIEW: _("asked for a second view"),
    Because.ALARM: _("an alarm"),
}
DANGERS: Words = {
    Danger.NONE: _("none seen"),
    Danger.SOME: _("some"),
    Danger.GREAT: _("great"),
    Danger.NOW: _("now, at once"),
}
NOTE_KINDS: Words = {
    NoteKind.NOTE: _("Note"),
    NoteKind.NEXT_STEP: _("Next step"),
    NoteKind.ADVICE: _("Rests a recommendation on this"),
    NoteKind.NEW_CODE: _("New code given"),
}
HELPED: Words = {Helped.YES: _("yes"), Helped.A_LITTLE: _("a little"), Helped.NO: _("no")}
NEWS: Words = {
    News.WORDS: _("the child has said more"),
    News.HELPED: _("the child has said whether it helped"),
    News.ANSWERED: _("the child has answered what it was asked"),
    News.TAKEN_BACK: _("the child has taken a yes back"),
    News.CONFIRMED: _("the child has confirmed its new code"),
}
ASSENTS: Words = {
    Assent.Standing.ASKED: _("asked, no answer yet"),
    Assent.Standing.GIVEN: _("agreed"),
    Assent.Standing.REFUSED: _("said no"),
    Assent.Standing.WITHDRAWN: _("taken back"),
}
GROUNDS: Words = {
    Ground.CHILD_IN_DANGER: _("this child is in danger"),
    Ground.OTHER_IN_DANGER: _("somebody else is in danger"),
    Ground.LAW: _("the law asks for it"),
}
DISCLOSURES: Words = {
    Disclosure.Standing.PROPOSED: _("waits for the second view"),
    Disclosure.Standing.AGREED: _("the second agrees"),
    Disclosure.Standing.NOT_AGREED: _("the second does not agree"),
    Disclosure.Standing.DONE: _("done"),
}
ERASURES: Words = {
    ErasureGround.KEPT_LONG_ENOUGH: _("kept as long as promised"),
    ErasureGround.ASKED_FOR: _("whoever told it asks for it"),
}
STEPS: Words = {
    "first": _("at the beginning"),
    "sharing": _("before somebody is told"),
    "next": _("before the next step"),
    "closing": _("before closing"),
    "later": _("afterwards"),
    CONFIRMS_CODE: _("to confirm the new code"),
}
ANSWERS: Words = {
    Advice.Answer.NONE: _("no answer yet"),
    Advice.Answer.ACCEPTED: _("accepted"),
    Advice.Answer.PARTLY: _("accepted in part"),
    Advice.Answer.REFUSED: _("refused"),
}
WITHDRAWALS: Words = {
    Advice.Withdrawal.RECOGNISED: _("somebody could be recognised in it"),
    Advice.Withdrawal.WRONG: _("what it rested on was wrong"),
    Advice.Withdrawal.OVERTAKEN: _("what has happened since makes it needless"),
    Advice.Withdrawal.LAW: _("the law forbids it to be public"),
}
VISITS: Words = {
    Visit.Kind.VILLAGE: _("village or home"),
    Visit.Kind.FAMILY: _("family"),
    Visit.Kind.SCHOOL: _("school"),
    Visit.Kind.PANEL: _("panel with children"),
    Visit.Kind.OTHER: _("another place"),
}

AGES: Words = {
    "under_10": _("under 10"),
    "10_12": _("10 to 12"),
    "13_15": _("13 to 15"),
    "16_up": _("16 and over"),
}
SEXES: Words = {"girls": _("Girls"), "boys": _("Boys")}
STANDINGS: Words = {
    Standing.NEVER: _("never"),
    Standing.LONG_AGO: _("long ago"),
    Standing.LATELY: _("lately"),
}
VISITED_KINDS: Words = {**{kind: KINDS[kind] for kind in VISITED}, PLACE: _("village, school, other place")}

OWN_NAMES = {
    "en": "English",
    "da": "Dansk",
    "nb": "Norsk",
    "sv": "Svenska",
    "sw": "Kiswahili",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
}


def language_now() -> str:
    """The reader's language, one that the house writes in."""
    code = (get_language() or "en").split("-")[0]
    return code if code in LANGUAGES else "en"


def day(on: date | None) -> str:
    """A day written out for the reader; empty for none."""
    return format_date(on, language_now()) if on else ""


@cache
def _countries() -> dict[str, dict[str, str]]:
    return countries()


def country_name(code: str) -> str:
    """A country by its name in the reader's language; empty for none."""
    return _countries().get(code, {}).get(language_now(), code)


def language_name(code: str) -> str:
    """A language as the reader calls it."""
    return languages.language_name(code, language_now())


def short(code: str) -> str:
    """The first signs of a case's code, as it is said among colleagues."""
    return code[:8]
