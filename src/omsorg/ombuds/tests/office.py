"""The ombuds office that every test of it knows: who hears, each with a key ring that counts and stands open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Account, Mandate, Person
from omsorg.kernel.wall import as_house
from omsorg.ombuds.access import OpenRing
from omsorg.ombuds.actions import recovery, rings
from omsorg.ombuds.actions.submissions import Submitted, submit
from omsorg.ombuds.models import Recovery, Ring
from world import BEGINNING, World

MONDAY = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)
PASSPHRASE = "fern lamp barrel seven"
PEOPLE = [
    # key, shown name, belongs to, role, mandate at
    ("bodil", "Bodil Brandt", "international", "ombuds_board_member", "international"),
    ("carlos", "Carlos Cruz", "international", "ombuds_board_member", "international"),
    ("dina", "Dina Dahl", "international", "ombuds_board_member", "international"),
    ("gro", "Gro Global", "international", "ombudsperson", "international"),
    ("rashid", "Rashid Rahman", "africa", "ombudsperson", "africa"),
    ("amina", "Amina Juma", "tanzania", "ombudsperson", "tanzania"),
    ("baraka", "Baraka Mushi", "arusha", "ombudsperson", "tanzania"),
    ("nora", "Nora Nilsen", "norway", "ombudsperson", "norway"),
]


class WhenAsked(dict[str, Any]):
    """What is made for somebody the first time it is asked for: unlocking takes its time."""

    def __init__(self, make: Callable[[str], object]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, who: str) -> Any:
        self.make(who)
        return self[who]


@dataclass(slots=True)
class Desks:
    """Everybody of the office by name: who acts, and the ring that she has open."""

    world: World
    acting: dict[str, Acting] = field(default_factory=dict)
    ring: dict[str, OpenRing] = field(init=False)
    cookie: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.ring, self.cookie = WhenAsked(self.unlock), WhenAsked(self.unlock)

    def at(self, who: str) -> dict[str, object]:
        """What every action at a desk is given."""
        return {"ring": self.ring[who], "by": self.acting[who]}

    def unlock(self, who: str, at: datetime = MONDAY) -> None:
        self.ring[who], self.cookie[who] = rings.unlock_ring(passphrase=PASSPHRASE, by=self.acting[who], at=at)

    def person(self, who: str) -> int:
        return self.acting[who].person_id


def appoint(world: World, key: str, name: str, home: str, role: str, seat: str) -> Acting:
    """Give somebody an account and a mandate. That alone opens nothing."""
    with as_house():
        person = Person.objects.create(organisation=world.org[home], name=name, email=f"{key}@example.org")
        world.person[key], world.account[key] = (
            person,
            Account.objects.create_user(email=f"{key}@example.org", person=person),
        )
        Mandate.objects.create(person=person, role=role, organisation=world.org[seat], valid_from=BEGINNING)
        return acting_as(person.pk, day=MONDAY.date())


def read_out(person: int) -> dict[str, Any]:
    """Whose ring is vouched for, and the pictures of it, as she reads them out."""
    with as_house():
        ring = Ring.objects.filter(person=person, retired_on=None).first()
    return {"person": person, "mark": [rings.mark_of_ring(ring)] if ring else []}


def read_back(asked: Recovery) -> dict[str, Any]:
    """Which way back is opened, and its pictures, as the owner reads them out."""
    return {"recovery": asked.pk, "mark": [recovery.mark_of_recovery(asked)]}


def make_office(world: World, people: list[tuple[str, str, str, str, str]] = PEOPLE) -> Desks:
    """All of them appointed, with rings made, and vouched for by the founder."""
    desks = Desks(world)
    for key, *rest in people:
        desks.acting[key] = appoint(world, key, *rest)
        rings.make_ring(passphrase=PASSPHRASE, by=desks.acting[key], at=MONDAY)
    founder = people[0][0]
    for key, *_rest in people[1:]:
        rings.vouch_for(**read_out(desks.person(key)), at=MONDAY, **desks.at(founder))
    return desks


def token(number: int = 1) -> bytes:
    return number.to_bytes(32, "big")


def tell(message: str = "The guard at the gate locks us in", number: int = 1, **more: object) -> Submitted:
    """A child in Tanzania tells something."""
    given = {"language": "sw", "country": "TZ", "channel": "web", "at": MONDAY} | more
    return submit(token=token(number), message=message, **given)
