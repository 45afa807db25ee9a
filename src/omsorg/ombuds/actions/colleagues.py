"""Who works a case beside whom: a colleague is let in, one steps back or is shut out, keys are completed."""

from collections import defaultdict
from datetime import date, datetime

from omsorg.federation.access import Acting
from omsorg.kernel.trail import leave_trace
from omsorg.ombuds.access import CaseInHand, OpenRing, at_the_desk, case_for, in_hand, ombuds_database
from omsorg.ombuds.actions.levels import hold, is_heard, open_next_level, raise_level
from omsorg.ombuds.actions.stakes import has_a_stake, hold_against
from omsorg.ombuds.actions.submissions import new_case_key
from omsorg.ombuds.models import Case, CaseKey, Ring, ShutOut
from omsorg.ombuds.queries.reachable import hearers
from omsorg.ombuds.queries.rings import ring_that_counts
from omsorg.ombuds.rules.levels import Because, Level, Status
from omsorg.ombuds.rules.refusals import HearsAlready, LastHolder, NobodyLeft, ShutOutOfCase, SitsElsewhere
from omsorg.ombuds.rules.routing import Hearer


def trace_of_case(verb: str, case: Case, by: Acting, at: datetime, **details: int | str) -> None:
    """One trace in the case's own book: numbers and codes, never a word of the case."""
    leave_trace(
        verb,
        f"case:{case.code}",
        by=by.person_id,
        at=at,
        details=details,
        book=case.book,
        using=ombuds_database(),
    )


def is_shut_out(hand: CaseInHand, person: int) -> bool:
    """Whether somebody may not hear this case; only who holds its key can tell."""
    return ShutOut.objects.filter(case=hand.case, mark=hand.mark_of(person)).exists()


def let_into_case(hand: CaseInHand, colleague: Ring, *, because: Because, on: date) -> CaseKey:
    """Seal the case's key to a colleague's ring. Refused for whoever is shut out of the case, or has a stake in it by
    anything that the child has said."""
    seats = [
        hearer
        for hearer in hearers(on, example=hand.case.is_example)
        if hearer.ring == colleague.pk and hearer.hears(hand.case.country)
    ]
    if not seats:
        raise SitsElsewhere(name=colleague.shown_name)
    if is_shut_out(hand, colleague.person) or has_a_stake(hand, seats, on=on):
        raise ShutOutOfCase(name=colleague.shown_name)
    kept = CaseKey.objects.filter(case=hand.case, ring=colleague).first()
    if kept is not None and not kept.waiting:
        raise HearsAlready(name=colleague.shown_name)
    if kept is not None:
        kept.waiting, kept.opened_on, kept.because = False, on, because
        kept.save(update_fields=["waiting", "opened_on", "because"])
        return kept
    lowest = min(seats, key=lambda hearer: hearer.level.rank)
    key = new_case_key(hand, lowest, waiting=False, on=on)
    key.because, key.sealed = because, hand.key_for(key, colleague.public_key)
    key.save(force_insert=True)
    return key


def bring_in_colleague(*, case: str, person: int, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Let a colleague work a case as well: one who sits for the child's country, or for all."""
    with at_the_desk(by.person_id):
        hand = case_for(by, ring, case)
        let_into_case(hand, ring_that_counts(person), because=Because.COLLEAGUE, on=at.date())
        trace_of_case("bring_in_colleague", hand.case, by, at, person=person)


def leave_case(*, case: str, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Step back from a case: one's own key is taken away. Refused where nobody else works it."""
    with at_the_desk(by.person_id):
        hand = case_for(by, ring, case)
        if not is_heard(hold(hand.case), at.date(), without=[ring.ring]):
            raise NobodyLeft
        trace_of_case("leave_case", hand.case, by, at)
        CaseKey.objects.filter(case=hand.case, ring_id=ring.ring).delete()


def say_whom_it_is_about(
    *, case: str, said: str, unit: str = "", ring: OpenRing, by: Acting, at: datetime
) -> list[int]:
    """Shut out whoever turns out to have a stake: named in what is `said`, or of the `unit` complained of.

    Their keys are taken away, the waiting ones too; where nobody is left at this level the case goes up. Returns the
    persons. One's own key goes with the others. What somebody has read cannot be taken back.
    """
    with at_the_desk(by.person_id):
        hand = case_for(by, ring, case)
        kept = hold(hand.case)
        people = hold_against(
            CaseInHand(kept, hand.key),
            said,
            units=(unit,) if unit.strip() else (),
            own_ring=ring.ring,
            at=at,
        )
        trace_of_case("say_whom_it_is_about", kept, by, at, shut_out=len(people))
        return people


def complete_keys(ring: OpenRing, *, on: date) -> int:
    """Seal the keys of one's cases to those above who have come since: they wait there. Says how many were made.

    Only who holds a key can do this, so it is done whenever somebody unlocks a ring.
    """
    mine = list(
        CaseKey.objects.select_related("case")
        .filter(ring_id=ring.ring, waiting=False)
        .exclude(case__status=Status.ERASED)
    )
    known: defaultdict[int, set[int]] = defaultdict(set)
    for case_id, ring_id in CaseKey.objects.filter(case__in=[key.case_id for key in mine]).values_list(
        "case_id", "ring_id"
    ):
        known[case_id].add(ring_id)
    able = {example: hearers(on, example=example) for example in {key.case.is_example for key in mine}}
    made = []
    for key in mine:
        missing = [
            hearer
            for hearer in able[key.case.is_example]
            if hearer.ring not in known[key.case_id]
            and hearer.level.rank > Level(key.case.level).rank
            and hearer.hears(key.case.country)
        ]
        if missing:
            made += _waiting_keys(in_hand(key, ring), missing, on)
    CaseKey.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _waiting_keys(hand: CaseInHand, missing: list[Hearer], on: date) -> list[CaseKey]:
    made = []
    staked = has_a_stake(hand, missing, on=on)
    for hearer in {hearer.ring: hearer for hearer in reversed(missing)}.values():
        if hearer.ring not in staked:
            key = new_case_key(hand, hearer, waiting=True, on=on)
            key.sealed = hand.key_for(key, hearer.public_key)
            made.append(key)
    return made


def leave_cases(ring: Ring, *, at: datetime) -> None:
    """Take the keys of all cases from a ring, in the name of the house. A case that nobody else works goes up.

    Raises LastHolder, with nothing changed, where somebody could be left alone.
    """
    stranded = 0
    held = CaseKey.objects.filter(ring=ring, waiting=False).exclude(case__status=Status.ERASED)
    for case_id in list(held.values_list("case_id", flat=True)):
        case = Case.objects.select_for_update().get(pk=case_id)
        if is_heard(case, at.date(), without=[ring.pk]):
            continue
        if case.status == Status.OPEN:
            level = raise_level(case, because=Because.ESCALATION, at=at, without=[ring.pk])
        else:
            level = open_next_level(case, because=Because.ESCALATION, on=at.date(), without=[ring.pk])
        stranded += level is None
    if stranded:
        raise LastHolder(count=stranded)
    CaseKey.objects.filter(ring=ring).delete()
