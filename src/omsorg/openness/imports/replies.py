"""What people wrote back, taken over from a mailbox or a provider as a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import acting_as
from omsorg.kernel.imports import AskedColumn, ImportKind, Told, one_sheet
from omsorg.kernel.imports.one_sheet import Planned, SheetRead
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.refusals import written as said
from omsorg.kernel.sheets import Column
from omsorg.kernel.sheets.columns import choice, day, text
from omsorg.kernel.zones import latest_day
from omsorg.openness.access import TELL, publication_for
from omsorg.openness.actions.replies import take_in_reply
from omsorg.openness.imports.audience import CHANNELS
from omsorg.openness.models import Reply
from omsorg.openness.rules.telling import Channel, ProofFromTheFuture

TAKEN = said("Replies taken in: %(number)s.")
THERE = said("Replies that are there already: %(number)s.")

COLUMNS = (
    AskedColumn(
        Column(
            "reference",
            {"en": "Reference", "da": "Reference", "nb": "Referanse", "sv": "Referens"},
            text(most=40),
            required=False,
        ),
        _("The reference that was on their letter or message; may be left empty."),
        "S-1001",
    ),
    AskedColumn(
        Column("name", {"en": "Name", "da": "Navn", "nb": "Navn", "sv": "Namn"}, text(most=200), required=False),
        _("Who wrote; may be left empty."),
        "Kari Eksempel",
    ),
    AskedColumn(
        Column("channel", {"en": "Channel", "da": "Kanal", "nb": "Kanal", "sv": "Kanal"}, choice(CHANNELS)),
        _("By letter, e-mail or SMS."),
        "e-mail",
        ("letter", "e-mail", "SMS"),
    ),
    AskedColumn(
        Column("received_on", {"en": "Received on", "da": "Modtaget", "nb": "Mottatt", "sv": "Mottaget"}, day()),
        _("On which day it came."),
        date(2024, 7, 3),
    ),
    AskedColumn(
        Column("text", {"en": "Text", "da": "Tekst", "nb": "Tekst", "sv": "Text"}, text()),
        _("What they wrote."),
        "Has the child been helped?",
    ),
)


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One reply of the file."""

    reference: str
    name: str
    channel: Channel
    received_on: date
    text: str


def plan_replies(read: SheetRead, context: Mapping[str, Any], person: int, at: datetime) -> Planned[ReplyLine]:
    """Read every line; a day to come is a fault."""
    publication_for(acting_as(person, day=at.date()), context["code"], TELL)
    planned: Planned[ReplyLine] = Planned()
    for row in read.rows:
        given = row.values
        if given["received_on"] > latest_day(at):
            planned.faults.append(read.fault(row, "received_on", ProofFromTheFuture().said))
            continue
        planned.rows.append(
            ReplyLine(
                given["reference"] or "",
                given["name"] or "",
                Channel(given["channel"]),
                given["received_on"],
                given["text"],
            )
        )
    return planned


def write_replies(rows: Sequence[ReplyLine], context: Mapping[str, Any], person: int, at: datetime) -> Told:
    """Take in what is not there yet: the same words of the same person on the same day are one reply."""
    acting = acting_as(person, day=at.date())
    publication = publication_for(acting, context["code"], TELL)
    known = set(Reply.objects.filter(publication=publication).values_list("reference", "received_on", "text"))
    fresh = [row for row in rows if (row.reference, row.received_on, row.text) not in known]
    for row in fresh:
        take_in_reply(
            publication=publication,
            reference=row.reference,
            name=row.name,
            channel=row.channel,
            text=row.text,
            received_on=row.received_on,
            by=acting,
            at=at,
        )
    counts = [Sentence(TAKEN, {"number": len(fresh)}), Sentence(THERE, {"number": len(rows) - len(fresh)})]
    return Told(counts=counts, landing=reverse("openness:replies"))


TAKE_IN, TEMPLATE = one_sheet(name="replies", columns=COLUMNS, plan=plan_replies, write=write_replies)
KIND = ImportKind(
    code="openness.replies",
    title=_("Replies from a file"),
    sentence=_("What sponsors and donors wrote back, to be answered."),
    take_in=TAKE_IN,
    template=TEMPLATE,
)
