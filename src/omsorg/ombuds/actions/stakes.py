"""Whoever has a stake does not hear the case: asked of every word of a child's, whenever it comes, and of everybody who
comes to hear later."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime

from omsorg.ombuds.access import CaseInHand
from omsorg.ombuds.actions.levels import shut_keys
from omsorg.ombuds.models import CaseKey, CheckIn, Misplaced, Ring, ShutOut, Wish, Words
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.queries.misplaced import misplaced_in
from omsorg.ombuds.queries.reachable import hearers
from omsorg.ombuds.rules.levels import CHILD, Level
from omsorg.ombuds.rules.routing import Conflicts, Hearer, conflicts, unit_code


def units_of(hand: CaseInHand) -> frozenset[str]:
    """The codes of the houses that this case complains of."""
    said = hand.read(hand.case, "stakes")
    return frozenset(json.loads(said)) if said else frozenset()


def keep_units(hand: CaseInHand, units: Collection[str]) -> None:
    """Remember, sealed, which houses the case complains of; the case itself is saved by the caller."""
    kept = units_of(hand) | {unit_code(unit) for unit in units if unit.strip()}
    hand.case.stakes = hand.seal(hand.case, json.dumps(sorted(kept)), "stakes") if kept else None


def shut_out(hand: CaseInHand, able: Sequence[Hearer], conflict: Conflicts, *, on: date) -> None:
    """Write down who may not hear the case, sealed. Nobody who holds a key of it by now: these are taken first."""
    holding = set(CaseKey.objects.filter(case=hand.case).values_list("person", flat=True))
    write_down_shut_out(
        hand, [hearer for hearer in able if hearer.ring in conflict.all and hearer.person not in holding], on=on
    )


def write_down_shut_out(hand: CaseInHand, people: Sequence[Hearer], *, on: date) -> None:
    """Write down of each of these that they may not hear the case; whom that means can be told with its key alone."""
    rows = []
    for hearer in {hearer.person: hearer for hearer in people}.values():
        row = ShutOut(case=hand.case, on=on, mark=hand.mark_of(hearer.person))
        row.sealed = hand.seal(row, hearer.shown_name)
        rows.append(row)
    ShutOut.objects.bulk_create(rows, ignore_conflicts=True)


def hold_against(
    hand: CaseInHand,
    said: str,
    *,
    excluded: Collection[int] = (),
    units: Collection[str] = (),
    own_ring: int = 0,
    at: datetime,
) -> list[int]:
    """Shut out whoever has a stake by what was `said` now or by a house complained of, and whom the child does not want
    (`excluded`, rings). Returns the persons.

    Keys are taken, waiting ones too; where nobody is left at this level the case goes up. Where only those are left who
    were named in part, they stay: a child is not left alone because of a first name. Raises NobodyLeft, with nothing
    changed, where nobody at all would be left.

    `own_ring`: of the ombudsperson who writes this down. It goes last; and what one ombudsperson writes never takes the
    keys of all at the highest level: nobody ends the way past herself.
    """
    if units:
        keep_units(hand, units)
        hand.case.save(update_fields=["stakes"])
    able, on = hearers(at.date(), example=hand.case.is_example), day_at(hand.case.country, at)
    found = conflicts(able, said=said, excluded=excluded, units=units)
    if own_ring:
        found = _without_the_whole_top(hand, found)
    held = set(CaseKey.objects.filter(case=hand.case).values_list("ring_id", flat=True))
    if not found.all:
        return []
    if not held - found.all:
        found = Conflicts(found.shut_out)
    if found.all & held:
        shut_keys(hand.case, found.all, at=at)
    going = CaseKey.objects.filter(case=hand.case, ring_id__in=found.all)
    going.exclude(ring_id=own_ring).delete()
    gone = [hearer for hearer in able if hearer.ring in found.all]
    write_down_shut_out(hand, gone, on=on)
    going.filter(ring_id=own_ring).delete()
    return sorted({hearer.person for hearer in gone})


def _without_the_whole_top(hand: CaseInHand, found: Conflicts) -> Conflicts:
    """The conflicts without those at the highest level that has the case's key, where all of them would go."""
    at_level: defaultdict[Level, set[int]] = defaultdict(set)
    for level, ring in CaseKey.objects.filter(case=hand.case).values_list("level", "ring_id"):
        at_level[Level(level)].add(ring)
    top = max(at_level, key=lambda level: level.rank, default=Level(hand.case.level))
    if top is Level(hand.case.level) or not at_level[top] <= found.all:
        return found
    return Conflicts(found.shut_out - at_level[top], found.named_in_part - at_level[top])


def persons_shut_out(hand: CaseInHand) -> tuple[int, ...]:
    """Who of those that have, or had, a ring is shut out of this case."""
    marks = set(ShutOut.objects.filter(case=hand.case).values_list("mark", flat=True))
    people = set(Ring.objects.values_list("person", flat=True))
    return tuple(sorted(person for person in people if hand.mark_of(person) in marks))


def has_a_stake(hand: CaseInHand, colleagues: Sequence[Hearer], *, on: date) -> frozenset[int]:
    """The rings among these colleagues who may not hear the case: by all that the child has said, by what an alarm was
    raised about, and by what it is about.

    They are written down as shut out. Who was shut out before stays so. What is another child's says nothing here.
    """
    if not colleagues:
        return frozenset()
    mine = Words.objects.filter(case=hand.case, side=CHILD).exclude(
        number__in=misplaced_in(hand.case, Misplaced.Thing.WORDS)
    )
    wishes = Wish.objects.filter(case=hand.case).exclude(number__in=misplaced_in(hand.case, Misplaced.Thing.WISH))
    rows = [*mine, *wishes]
    alarms = CheckIn.objects.filter(case=hand.case, alarm=True)
    said = "\n".join(hand.read(row) for row in (*rows, *alarms))
    found = conflicts(colleagues, said=said, units=units_of(hand))
    write_down_shut_out(hand, [each for each in colleagues if each.ring in found.all], on=on)
    marks = {hand.mark_of(each.person): each.ring for each in colleagues}
    before = ShutOut.objects.filter(case=hand.case, mark__in=marks).values_list("mark", flat=True)
    return found.all | {marks[mark] for mark in before}
