"""What a provider, or the post, says became of each message: by reference, tried before it is taken in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import acting_as
from omsorg.kernel.imports import AskedColumn, ImportKind, Told, one_sheet
from omsorg.kernel.imports.one_sheet import Planned, SheetRead
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as said
from omsorg.kernel.sheets import Column, Option
from omsorg.kernel.sheets.columns import choice, day, text
from omsorg.openness.access import TELL, publication_for
from omsorg.openness.actions.telling import check_new_proof, prove_each
from omsorg.openness.queries.telling import newest_round
from omsorg.openness.rules.telling import Proof

PROOFS: dict[str, Option] = {
    Proof.SENT: Option({"en": "sent", "da": "sendt", "nb": "sendt", "sv": "skickat"}, ("skickad",)),
    Proof.HANDED_OVER: Option(
        {"en": "handed over", "da": "afleveret", "nb": "overlevert", "sv": "överlämnat"},
        ("overgivet", "överlämnad", "accepted"),
    ),
    Proof.DELIVERED: Option(
        {"en": "delivered", "da": "nået frem", "nb": "levert", "sv": "levererat"},
        ("leveret", "levererad", "received"),
    ),
    Proof.RETURNED: Option(
        {"en": "returned", "da": "sendt tilbage", "nb": "sendt tilbake", "sv": "återsänt"},
        ("returneret", "returnert", "returnerat", "failed", "undelivered", "bounced"),
    ),
}


class NobodyOfThatReference(Refusal):
    sentence = said("Nobody with the reference %(reference)s is on this list.")


FILE = "file"
ENTERED = said("Proofs that are new: %(number)s.")
KNOWN = said("Proofs that are there already: %(number)s.")

COLUMNS = (
    AskedColumn(
        Column("reference", {"en": "Reference", "da": "Reference", "nb": "Referanse", "sv": "Referens"}, text(most=40)),
        _("The reference that stands in the file of messages."),
        "S-1001",
    ),
    AskedColumn(
        Column("proof", {"en": "Status", "da": "Status", "nb": "Status", "sv": "Status"}, choice(PROOFS)),
        _("Sent, handed over, delivered or returned."),
        "delivered",
        ("sent", "handed over", "delivered", "returned"),
    ),
    AskedColumn(
        Column("on", {"en": "Day", "da": "Dag", "nb": "Dag", "sv": "Dag"}, day(), aliases=("date", "dato", "datum")),
        _("On which day."),
        date(2024, 7, 2),
    ),
)


@dataclass(frozen=True, slots=True)
class ProofRow:
    """What became of one notice."""

    reference: str
    proof: Proof
    on: date


def plan_proofs(read: SheetRead, context: Mapping[str, Any], person: int, at: datetime) -> Planned[ProofRow]:
    """Hold every line against the list that was told."""
    publication = publication_for(acting_as(person, day=at.date()), context["code"], TELL)
    made = newest_round(publication)
    known = {each.reference: each for each in made.notices.prefetch_related("proofs")} if made else {}
    planned: Planned[ProofRow] = Planned()
    for row in read.rows:
        reference = row.values["reference"]
        if reference not in known:
            planned.faults.append(read.fault(row, "reference", NobodyOfThatReference(reference=reference).said))
            continue
        try:
            check_new_proof(known[reference], Proof(row.values["proof"]), on=row.values["on"], source=FILE, at=at)
        except Refusal as refusal:
            planned.faults.append(read.fault(row, "proof", refusal.said))
            continue
        planned.rows.append(ProofRow(reference, Proof(row.values["proof"]), row.values["on"]))
    return planned


def write_proofs(rows: Sequence[ProofRow], context: Mapping[str, Any], person: int, at: datetime) -> Told:
    """Enter the proofs. What is there already stays once."""
    acting = acting_as(person, day=at.date())
    publication = publication_for(acting, context["code"], TELL)
    made = newest_round(publication)
    told = [(row.reference, row.proof, row.on) for row in rows]
    entered = prove_each(made=made, told=told, source=FILE, by=acting, at=at) if made else 0
    counts = [Sentence(ENTERED, {"number": entered}), Sentence(KNOWN, {"number": len(rows) - entered})]
    return Told(counts=counts, landing=reverse("openness:telling", args=[publication.code]))


TAKE_IN, TEMPLATE = one_sheet(
    name="proofs", columns=COLUMNS, plan=plan_proofs, write=write_proofs, key=("reference", "proof", "on")
)
KIND = ImportKind(
    code="openness.proofs",
    title=_("Proofs from a file"),
    sentence=_("What the provider or the post says became of each message."),
    take_in=TAKE_IN,
    template=TEMPLATE,
)
