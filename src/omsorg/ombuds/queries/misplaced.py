"""What was taken down in a case and is not its child's, and the wishes with what is known of them."""

from dataclasses import dataclass
from datetime import date

from omsorg.ombuds.access import CaseInHand
from omsorg.ombuds.models import Case, Misplaced, Wish


@dataclass(frozen=True, slots=True)
class StatedWish:
    """What the child wanted at a step. `taken_down`: by an adult; `is_misplaced`: in the wrong case."""

    number: int
    on: date
    step: str
    text: str
    is_marked: bool
    taken_down: bool
    is_misplaced: bool


def misplaced_in(case: Case, thing: Misplaced.Thing) -> frozenset[int]:
    """The numbers of the words or wishes in a case that are not its child's."""
    return frozenset(Misplaced.objects.filter(case=case, thing=thing).values_list("of", flat=True))


def stated_wishes(hand: CaseInHand) -> tuple[StatedWish, ...]:
    """Every wish of a case in its order, those that are not its child's among them."""
    not_theirs = misplaced_in(hand.case, Misplaced.Thing.WISH)
    return tuple(
        StatedWish(
            number=row.number,
            on=row.on,
            step=row.step,
            text=hand.read(row),
            is_marked=row.under_code > hand.case.code_confirmed,
            taken_down=row.by is not None,
            is_misplaced=row.number in not_theirs,
        )
        for row in Wish.objects.filter(case=hand.case).order_by("number")
    )
