"""A savings group below the association of Tanzania, and who accompanies it. All invented."""

from datetime import UTC, date, datetime

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Mandate, Person
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.founding import Key, found_group
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Group
from world import World

AT = datetime(2026, 1, 6, 9, tzinfo=UTC)


def one_more(world: World, key: str, role: str, at: str) -> Acting:
    """Somebody with a role."""
    with as_house():
        person = Person.objects.create(organisation=world.org[at], name=f"Example {key}", is_example=True)
        Mandate.objects.create(person=person, role=role, organisation=world.org[at], valid_from=date(2000, 1, 1))
    world.person[key] = person
    with in_name_of(person.pk, day=AT.date()):
        return acting_as(person.pk, day=AT.date())


def founded(world: World, phone: Phone, *, by: Acting | None = None, unit: str = "arusha") -> Group:
    """The group of this phone, entered by a field officer of Tanzania."""
    by = by or one_more(world, f"savings_officer_{phone.group}", "savings_field_officer", "tanzania")
    with in_name_of(by.person_id, day=AT.date()):
        return found_group(
            unit=world.org[unit],
            uuid=phone.group,
            name="Example Group Tumaini",
            constitution=phone.constitution,
            device=phone.device,
            keys=[Key(*key) for key in phone.public_keys()],
            by=by,
            at=AT,
        )
