"""The list of a programme's sponsors and donors, tried before it is taken in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import acting_as
from omsorg.federation.models import Organisation
from omsorg.kernel.imports import AskedColumn, ImportKind, Told, one_sheet
from omsorg.kernel.imports.one_sheet import Planned, SheetRead
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as said
from omsorg.kernel.sheets import Column, Option, ReadRow
from omsorg.kernel.sheets.columns import choice, text
from omsorg.openness.access import TELL
from omsorg.openness.actions.audience import keep_audience
from omsorg.openness.models import Recipient
from omsorg.openness.rules.telling import Channel, Giver, Reading

NAMES = {
    "programme": {"en": "Programme", "da": "Program", "nb": "Program", "sv": "Program"},
    "reference": {"en": "Reference", "da": "Reference", "nb": "Referanse", "sv": "Referens"},
    "name": {"en": "Name", "da": "Navn", "nb": "Navn", "sv": "Namn"},
    "kind": {"en": "Kind", "da": "Art", "nb": "Type", "sv": "Slag"},
    "language": {"en": "Language", "da": "Sprog", "nb": "Språk", "sv": "Språk"},
    "channel": {"en": "Channel", "da": "Kanal", "nb": "Kanal", "sv": "Kanal"},
    "address": {"en": "Address", "da": "Adresse", "nb": "Adresse", "sv": "Adress"},
    "reading": {"en": "Reading level", "da": "Læseniveau", "nb": "Lesenivå", "sv": "Läsnivå"},
}
GIVERS: dict[str, Option] = {
    Giver.SPONSOR: Option({"en": "sponsor", "da": "fadder", "nb": "fadder", "sv": "fadder"}, ("faddere", "faddrar")),
    Giver.DONOR: Option({"en": "donor", "da": "donor", "nb": "giver", "sv": "givare"}, ("bidragyder", "bidragsyter")),
}
CHANNELS: dict[str, Option] = {
    Channel.LETTER: Option({"en": "letter", "da": "brev", "nb": "brev", "sv": "brev"}, ("post",)),
    Channel.EMAIL: Option({"en": "e-mail", "da": "e-mail", "nb": "e-post", "sv": "e-post"}, ("email", "epost", "mail")),
    Channel.SMS: Option({"en": "SMS", "da": "sms", "nb": "SMS", "sv": "sms"}, ("phone", "telefon", "mobil")),
}
READINGS: dict[str, Option] = {
    Reading.STANDARD: Option(
        {"en": "standard", "da": "almindelig", "nb": "vanlig", "sv": "vanlig"}, ("normal", "ordinary", "standard")
    ),
    Reading.EASY: Option(
        {"en": "easy to read", "da": "letlæst", "nb": "lettlest", "sv": "lättläst"}, ("easy", "let", "lett", "lätt")
    ),
}


class ProgrammeNotYours(Refusal):
    sentence = said("There is no programme “%(code)s” where you tell sponsors and donors.")


class NoSuchLanguage(Refusal):
    sentence = said("“%(code)s” is not a language of this site: %(languages)s.")


class NoAddress(Refusal):
    sentence = said("This is not an address to which e-mail can be sent.")


class NoPhone(Refusal):
    sentence = said("Write the number with its country, for example +47 22 33 44 55.")


NEW = said("New on the lists: %(number)s.")
CHANGED = said("Changed on the lists: %(number)s.")
SAME = said("There already: %(number)s.")
ENDED = said("Not on the list any more: %(number)s.")

COLUMNS = (
    AskedColumn(
        Column("programme", NAMES["programme"], reader=text(most=40), aliases=("programme code", "programkode")),
        _("The code of the programme that they give to."),
        "example-programme",
    ),
    AskedColumn(
        Column("reference", NAMES["reference"], reader=text(most=40), aliases=("ref", "number", "nummer")),
        _("Under which number they stand in your own books. With the same name or address it is the same person."),
        "S-1001",
    ),
    AskedColumn(Column("name", NAMES["name"], reader=text(most=200)), _("How they are addressed."), "Kari Eksempel"),
    AskedColumn(
        Column("kind", NAMES["kind"], reader=choice(GIVERS)),
        _("Sponsor or donor."),
        "sponsor",
        ("sponsor", "donor"),
    ),
    AskedColumn(
        Column("language", NAMES["language"], reader=text(most=8)), _("In which language you write to them."), "nb"
    ),
    AskedColumn(
        Column("channel", NAMES["channel"], reader=choice(CHANNELS)),
        _("By letter, e-mail or SMS."),
        "e-mail",
        ("letter", "e-mail", "SMS"),
    ),
    AskedColumn(
        Column("address", NAMES["address"], reader=text(most=500), aliases=("email", "e-mail", "phone")),
        _("The postal address, with semicolons between its lines; or the e-mail address; or the phone number."),
        "kari@example.org",
    ),
    AskedColumn(
        Column("reading", NAMES["reading"], reader=choice(READINGS), required=False),
        _("Standard or easy to read. May be left out: then it stays as it was, and is standard for whoever is new."),
        "standard",
        ("standard", "easy to read"),
    ),
)


@dataclass(frozen=True, slots=True)
class AudienceRow:
    """One line of the list, and what stands there under its reference."""

    programme: Organisation
    reference: str
    name: str
    giver: Giver
    language: str
    channel: Channel
    address: str
    reading: Reading
    standing: Recipient | None

    @property
    def is_same(self) -> bool:
        kept = self.standing
        mine = (self.name, self.giver, self.language, self.channel, self.address, self.reading)
        return (
            kept is not None
            and kept.ended_on is None
            and (kept.name, kept.giver, kept.language, kept.channel, kept.address, kept.reading) == mine
        )


def plan_audience(read: SheetRead, context: Mapping[str, Any], person: int, at: datetime) -> Planned[AudienceRow]:
    """Hold every line against the programmes of the person, the languages of the site, and the look of an address."""
    acting = acting_as(person, day=at.date())
    found = Organisation.objects.filter(pk__in=acting.units_for(TELL), kind=Organisation.Kind.PROGRAMME)
    programmes = {each.code: each for each in found}
    kept = {
        (each.programme_id, each.reference): each
        for each in Recipient.objects.filter(programme__in=programmes.values())
    }
    languages = [code for code, _name in settings.LANGUAGES]

    def objections(row: ReadRow) -> Iterator[tuple[str, Sentence]]:
        """Everything in a row that can be looked at and cannot be so: whoever mends the file learns it in one look."""
        given = row.values
        if "programme" not in row.unread and given["programme"] not in programmes:
            yield "programme", ProgrammeNotYours(code=given["programme"]).said
        if "language" not in row.unread and _language_of(given["language"]) not in languages:
            yield "language", NoSuchLanguage(code=given["language"], languages=", ".join(languages)).said
        if {"channel", "address"} & set(row.unread):
            return
        wrong_address = _fault_of(Channel(given["channel"]), given["address"])
        if wrong_address is not None:
            yield "address", wrong_address.said

    planned: Planned[AudienceRow] = Planned(faults=read.look(objections))
    for row in read.rows:
        faults = [read.fault(row, column, sentence) for column, sentence in objections(row)]
        if faults:
            planned.faults += faults
            continue
        given = row.values
        programme, channel = programmes[given["programme"]], Channel(given["channel"])
        standing = kept.get((programme.pk, given["reference"]))
        planned.rows.append(
            AudienceRow(
                programme,
                given["reference"],
                given["name"],
                Giver(given["kind"]),
                _language_of(given["language"]),
                channel,
                given["address"],
                _reading_of(given["reading"], standing, is_asked="reading" in read.places),
                standing,
            )
        )
    return planned


def _language_of(said: str) -> str:
    return {"no": "nb"}.get(said.lower(), said.lower())


def _reading_of(given: str | None, standing: Recipient | None, *, is_asked: bool) -> Reading:
    """An empty cell says standard. A column that is not in the file says nothing: what stands on the list stays."""
    if standing is not None and not is_asked:
        return Reading(standing.reading)
    return Reading(given or Reading.STANDARD)


def _fault_of(channel: Channel, address: str) -> Refusal | None:
    if channel is Channel.EMAIL:
        try:
            validate_email(address)
        except ValidationError:
            return NoAddress()
    digits = sum(letter.isdigit() for letter in address)
    if channel is Channel.SMS and (not address.startswith(("+", "00")) or digits < 8):
        return NoPhone()
    return None


def write_audience(rows: Sequence[AudienceRow], context: Mapping[str, Any], person: int, at: datetime) -> Told:
    """Keep the list. Where it is said to be whole, whoever is missing from a programme in it is ended."""
    new = [row for row in rows if row.standing is None]
    same = [row for row in rows if row.is_same]
    ended = keep_audience(rows=rows, is_whole=bool(context.get("is_whole")), by=acting_as(person, day=at.date()), at=at)
    counts = [
        Sentence(NEW, {"number": len(new)}),
        Sentence(CHANGED, {"number": len(rows) - len(new) - len(same)}),
        Sentence(SAME, {"number": len(same)}),
    ]
    if context.get("is_whole"):
        counts.append(Sentence(ENDED, {"number": ended}))
    return Told(counts=counts, landing=reverse("openness:audience"))


TAKE_IN, TEMPLATE = one_sheet(
    name="audience", columns=COLUMNS, plan=plan_audience, write=write_audience, key=("programme", "reference")
)
KIND = ImportKind(
    code="openness.audience",
    title=_("Sponsors and donors from a file"),
    sentence=_("The list of who gives to a programme. The file is only looked at first; then you confirm."),
    take_in=TAKE_IN,
    template=TEMPLATE,
)
