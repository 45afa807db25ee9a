"""Taken down in the wrong case: not this child's words. They are shut to the child's code, and stay on record."""

from datetime import datetime

from omsorg.federation.access import Acting
from omsorg.ombuds.access import OpenRing
from omsorg.ombuds.actions.cases import working
from omsorg.ombuds.actions.colleagues import trace_of_case
from omsorg.ombuds.actions.levels import next_number, settles
from omsorg.ombuds.models import Case, Misplaced, Wish, Words
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.rules.refusals import NotTakenDown, NotYoursToSettle


def say_not_theirs(*, case: str, thing: str, number: int, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Say that words or a wish (`thing`, by its number) that an adult took down here are not this child's.

    Refused to those whom the case went past, and for what the child wrote itself. What followed from them stays: the
    promise of a day, and whom they shut out. Said twice, it is kept once.
    """
    with working(case, ring, by, closed=True) as hand:
        if not settles(hand.case, by.person_id):
            raise NotYoursToSettle
        if not _was_taken_down(hand.case, thing, number):
            raise NotTakenDown
        if Misplaced.objects.filter(case=hand.case, thing=thing, of=number).exists():
            return
        Misplaced(
            case=hand.case,
            number=next_number(Misplaced, hand.case),
            on=day_at(hand.case.country, at),
            thing=thing,
            of=number,
            by=by.person_id,
        ).save(force_insert=True)
        trace_of_case("say_not_theirs", hand.case, by, at, thing=thing, number=number)


def _was_taken_down(case: Case, thing: str, number: int) -> bool:
    if thing == Misplaced.Thing.WISH:
        return Wish.objects.filter(case=case, number=number, by__isnull=False).exists()
    return Words.objects.filter(case=case, number=number, taken_down=True).exists()
