"""Whether a lost passphrase could be made good today: two of the board that sits now hold the halves of one key."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from django.db import connections

from omsorg.ombuds.access import ombuds_database
from omsorg.ombuds.models import Ring
from omsorg.ombuds.queries.rings import board


class WayBack(StrEnum):
    """How it stands with the way back to a ring."""

    OPEN = "open"
    OF_AN_EARLIER_BOARD = "of_an_earlier_board"
    """No two of today's board hold its halves; once its owner has unlocked it, two do."""
    NOBODY_TO_OPEN = "nobody_to_open"
    """Today's board has not two members with key rings besides the owner; unlocking changes nothing."""


Pair = tuple[tuple[int, int | None], tuple[int, int | None]]
"""Who opens the outer and the inner half: a person, and the ring it was made for. None: that was not written down."""


def ways_back(rings: list[Ring], on: date) -> Mapping[int, WayBack]:
    """How it stands with the way back to each of these rings, by its number.

    Within `at_the_desk` of their owner, or in the name of the house: to others it is not told who holds the halves.
    """
    pairs: defaultdict[int, list[Pair]] = defaultdict(list)
    with connections[ombuds_database()].cursor() as cursor:
        cursor.execute('SELECT ring, "outer", outer_ring, "inner", inner_ring FROM ombuds_who_opens()')
        for ring, outer, outer_ring, inner, inner_ring in cursor.fetchall():
            pairs[ring].append(((outer, outer_ring), (inner, inner_ring)))
    boards = {example: board(on, example=example) for example in {ring.is_example for ring in rings}}
    return {ring.pk: _way_back(ring, pairs[ring.pk], boards[ring.is_example]) for ring in rings}


def _way_back(ring: Ring, pairs: list[Pair], sits: list[Ring]) -> WayBack:
    others = {each.person: each.pk for each in sits if each.person != ring.person}
    if any(all(is_held(person, of, others) for person, of in pair) for pair in pairs):
        return WayBack.OPEN
    return WayBack.OF_AN_EARLIER_BOARD if len(others) > 1 else WayBack.NOBODY_TO_OPEN


def is_held(person: int, ring: int | None, sits: Mapping[int, int]) -> bool:
    """Whether one of those who sit, a person with a ring, opens a half. None: not known which ring it was made for."""
    return person in sits and ring in (None, sits[person])
