"""Three invented groups: one that goes well, one of which a meeting has not come, one that is not heard of any more.

They stand in the example federation and are marked as example. Their meetings came in as all meetings do. The keys that
sealed them are kept nowhere: nobody can write on for these groups.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from omsorg.federation.access import Acting, acting_as
from omsorg.federation.models import Account, Mandate, Organisation, Person
from omsorg.kernel.wall import as_house
from omsorg.savings.actions.correcting import Particulars, correct_group
from omsorg.savings.actions.founding import Key, found_group
from omsorg.savings.actions.receiving import receive
from omsorg.savings.example.meetings import Phone, first_lines, ordinary_lines
from omsorg.savings.models import Group
from omsorg.savings.rules.canonical import canonical, fingerprint
from omsorg.savings.rules.meeting import apply_written

PLACE, SIGNS_IN_LIKE = "tanzania", "officer.tanzania@example.org"
NAME, EMAIL, ROLE = "Zawadi Mfano", "savings.tanzania@example.org", "savings_field_officer"
WEEK, CARRIED = timedelta(weeks=1), timedelta(days=2)


def is_loaded() -> bool:
    """Whether the example's groups are there. To be asked as the house."""
    return Group.objects.filter(is_example=True).exists()


def load_groups(*, at: datetime) -> bool:
    """Enter the three groups as if they had met each week in the months before `at`, and who accompanies them.

    In the name of the house, since the days are past. Says whether anything was loaded: a second time nothing is, nor
    where there is no example federation.
    """
    with as_house(day=at.date()):
        unit = Organisation.objects.filter(is_example=True, code=PLACE).first()
        like = Account.objects.filter(email=SIGNS_IN_LIKE, person__is_example=True).first()
        if is_loaded() or unit is None or like is None:
            return False
        by = _officer(unit, like, at)
        noon = datetime.combine(at.date(), time(12), UTC)
        well = _group(unit, "Tumaini (example)", Phone(901), by, noon - 15 * WEEK, Group.Phase.INTENSIVE, opened=True)
        _send(_met(well, noon - 15 * WEEK, 14), by)
        gap = _group(unit, "Upendo (example)", Phone(902), by, noon - 9 * WEEK, Group.Phase.INTENSIVE, opened=True)
        _send(_met(gap, noon - 9 * WEEK, 8), by, missing=6)
        still = _group(unit, "Amani (example)", Phone(903), by, noon - 20 * WEEK, Group.Phase.MATURITY, opened=False)
        _send(_met(still, noon - 20 * WEEK, 12), by)
    return True


def _officer(unit: Organisation, like: Account, at: datetime) -> Acting:
    """Somebody of the example who accompanies groups, and signs in as the others of the example do."""
    person = Person.objects.create(organisation=unit, name=NAME, email=EMAIL, language="en", is_example=True)
    began = (at - timedelta(days=365)).date()
    Mandate.objects.create(person=person, role=ROLE, organisation=unit, valid_from=began)
    Account.objects.enter([Account(email=EMAIL, person=person, password=like.password)])
    return acting_as(person.pk, day=at.date())


def _group(
    unit: Organisation, name: str, phone: Phone, by: Acting, at: datetime, phase: Group.Phase, *, opened: bool
) -> Phone:
    phone.secrets = {member: ec.generate_private_key(ec.SECP256R1()) for member in phone.secrets}
    group = found_group(
        unit=unit,
        uuid=phone.group,
        name=name,
        constitution=phone.constitution,
        device=phone.device,
        keys=[Key(*key) for key in phone.public_keys()],
        by=by,
        at=at,
        is_example=True,
    )
    group.figures_opened = opened
    group.save(update_fields=["figures_opened"])
    said = Particulars(name, unit, phase)
    correct_group(group=group, said=said, why="The first visits are made (example)", after=0, by=by, at=at + 3 * WEEK)
    return phone


def _met(phone: Phone, began: datetime, times: int) -> Iterator[tuple[int, datetime, bytes]]:
    """The number, the day and the envelope of each meeting, one a week from `began` on."""
    for seq in range(1, times + 1):
        held = began + (seq - 1) * WEEK
        day = held.date().isoformat()
        lines = first_lines() if seq == 1 else ordinary_lines(phone.state, seq, day)
        clock = {"began": f"{day}T14:00:00Z", "sealed": f"{day}T16:00:00Z", "monotonic_ms": 7200000}
        document = phone.next_document(lines, held_on=day, clock=clock)
        phone.state = apply_written(phone.state, document, fingerprint(canonical(document))).state
        yield seq, held, json.dumps(phone.sealed(document)).encode()


def _send(meetings: Iterator[tuple[int, datetime, bytes]], by: Acting, *, missing: int = 0) -> None:
    for seq, held, envelope in meetings:
        if seq != missing:
            receive(envelope=envelope, by=by, at=held + CARRIED)
