"""Handing a copy of what a child told over to the desk for incidents: what it agreed to, or what danger asks for."""

import json
from datetime import date, datetime, timedelta

from omsorg.federation.access import Acting
from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.access import CaseInHand, OpenRing
from omsorg.ombuds.actions.cases import working
from omsorg.ombuds.actions.colleagues import trace_of_case
from omsorg.ombuds.actions.levels import next_number
from omsorg.ombuds.actions.sharing import about_a_house, assent_in_force, require_both_hear
from omsorg.ombuds.actions.stakes import persons_shut_out
from omsorg.ombuds.models import Assent, Disclosure, Handover
from omsorg.ombuds.neighbours import Clock, Copy, incident_desk
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.rules.refusals import AskedForSomethingElse, AssentMissing, DecidedAlready

INCIDENT_DESK = "incidents"
ON_THE_WAY = timedelta(days=1)
"""So long a copy of which the other desk knows nothing may still be on its way there."""


def reference_of(ground: Assent | Disclosure) -> str:
    """What the copy of one ground is called at the desk that gets it: the same however often it is handed over."""
    return f"{ground.pk:x}-1"


def hand_over(
    *,
    case: str,
    complained_of: str = "",
    assent: int | None = None,
    disclosure: int | None = None,
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> str:
    """Hand a copy to the desk for incidents: word for word what the child said yes to, or what two agreed that danger
    asks for. Each yes serves once, and one that was given for something else does not serve.

    Whoever is complained of, and whoever is shut out of the case, is shut out there as well, and no reader there is
    told who that is: `complained_of` are names. What is handed over is kept here first, so that a fault on the way
    leaves nothing that nobody knows of; handed over again it goes under the same reference, and is there once. Returns
    the number that it has there. One that was cut off on the way, and may not be handed over any more, is asked after:
    where that desk has it, it is kept as handed over; where it has not, and some days have passed, it never was.
    Refused without an assent in force or a disclosure that was carried out, and where the house has no such desk.
    """
    with working(case, ring, by) as hand:
        on = day_at(hand.case.country, at)
        ground, is_over = _ground(hand, assent, disclosure, on)
        row, given = _kept_first(hand, ground, complained_of, by, on)
        trace_of_case("hand_over", hand.case, by, at, handover=f"{row.pk:x}")
        desk = incident_desk()
    try:
        reference = desk.number_of(given, at=at) if is_over else desk.receive_copy(given, at=at)
        if not reference:
            raise AssentMissing
    except Refusal:
        if not is_over or row.on + ON_THE_WAY < on:
            with working(case, ring, by):
                Handover.objects.filter(pk=row.pk, delivered_on=None).delete()
        raise
    with working(case, ring, by, closed=True) as hand:
        said = {**json.loads(hand.read(row)), "reference": reference}
        row.sealed, row.delivered_on = hand.seal(row, json.dumps(said)), on
        row.taken_back_told_on = None  # who was told while the copy travelled did not know it yet
        row.save(update_fields=["sealed", "delivered_on", "taken_back_told_on"])
    return reference


def _ground(hand: CaseInHand, assent: int | None, disclosure: int | None, on: date) -> tuple[Assent | Disclosure, bool]:
    """What allows the copy; and whether it does so no more: its yes is over or taken back since the copy was cut off
    on the way. Raises AssentMissing where nothing allows it."""
    if assent is None:
        done = Disclosure.objects.filter(case=hand.case, standing=Disclosure.Standing.DONE)
        found = done.filter(pk=disclosure or 0).first()
        if found is None:
            raise AssentMissing
        require_both_hear(hand, found)
        return found, False
    try:
        return assent_in_force(hand.case.pk, assent, on), False
    except AssentMissing:
        cut_off = Handover.objects.filter(case=hand.case, delivered_on=None).values("assent")
        over = Assent.objects.filter(case=hand.case, number=assent, pk__in=cut_off).first()
        if over is None:
            raise
        return over, True


def _named_in_all(hand: CaseInHand, row: Handover, complained_of: str) -> str:
    """Whom any try of this copy has named: a name of the first is kept out there though only a later try arrives."""
    kept = json.loads(hand.read(row))
    names = [name for name in (*kept["complained_of"].split("; "), complained_of.strip()) if name]
    named = "; ".join(dict.fromkeys(names))
    if named != kept["complained_of"]:
        row.sealed = hand.seal(row, json.dumps({**kept, "complained_of": named}))
        row.save(update_fields=["sealed"])
    return named


def _kept_first(
    hand: CaseInHand, ground: Assent | Disclosure, complained_of: str, by: Acting, on: date
) -> tuple[Handover, Copy]:
    """The row of what is handed over, kept before anybody elsewhere has it, and the copy itself. One that was kept
    and of which nobody knows whether it arrived is the same again."""
    of: dict[str, Assent | Disclosure] = {"assent" if isinstance(ground, Assent) else "disclosure": ground}
    row = Handover.objects.filter(case=hand.case, **of).first()
    if row is not None and row.delivered_on is not None:
        raise DecidedAlready
    said = json.loads(hand.read(ground))
    if not said.get("to_desk"):
        raise AskedForSomethingElse
    if "unit" not in said:  # asked before the house was asked about: the one that the child has named, and all of it
        said |= about_a_house(hand, "", of_whole_house=True)
    if row is None:
        number = next_number(Handover, hand.case)
        row = Handover(number=number, case=hand.case, on=on, by=by.person_id, desk=INCIDENT_DESK, **of)
        kept = {"copy": said["what"], "unit": said["unit"], "complained_of": complained_of, "reference": ""}
        row.sealed = hand.seal(row, json.dumps(kept))
        row.save(force_insert=True)
    else:
        complained_of = _named_in_all(hand, row, complained_of)
    return row, Copy(
        reference_of(ground),
        said["what"],
        hand.case.country,
        said["unit"],
        on,
        of_whole_house=said["of_whole_house"],
        complained_of=complained_of,
        shut_out=persons_shut_out(hand),
        until_on=ground.until_on if isinstance(ground, Assent) else None,
    )


def clocks_of_handovers(hand: CaseInHand) -> dict[str, tuple[Clock, ...]]:
    """Whether the other desk keeps its days, by the number that each copy has there. Within `at_the_desk`."""
    found = {}
    for row in Handover.objects.filter(case=hand.case, delivered_on__isnull=False).order_by("number"):
        reference = json.loads(hand.read(row))["reference"]
        found[reference] = incident_desk().clocks_of(reference)
    return found
