"""Nothing of an incident can be removed, and nothing that was done goes back: the database refuses it to everybody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close
from omsorg.safeguarding.actions.documents import keep_document
from omsorg.safeguarding.actions.duties import duty_done, owe
from omsorg.safeguarding.actions.measures import set_measure
from omsorg.safeguarding.actions.pausing import pause_clock
from omsorg.safeguarding.actions.people import set_name_apart
from omsorg.safeguarding.actions.shutting_out import let_in, shut_out
from omsorg.safeguarding.models import Duty, Incident, Shutout, TeamMember
from omsorg.safeguarding.rules.codes import Addressee, Clock, Side
from omsorg.safeguarding.rules.progress import StillBlocked
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, led_to_closing, raised
from world import World

LATER = AT + timedelta(days=6)
STAYING = ("shutout", "teammember", "measure", "document", "duty", "pause", "setapartname")


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def filled(house: World) -> str:
    """An incident with one row of everything that somebody might want gone."""
    code = raised(house, complained_of="Imani Worker")
    led_to_closing(house, code)
    with acting(house, "focal", LATER) as by:
        stamp: dict[str, Any] = {"incident": Incident.objects.get(code=code), "by": by, "at": LATER}
        owe(**stamp, to=Addressee.POLICE, deadline_on=LATER.date() + timedelta(days=3))
        set_measure(**stamp, text="Two at each meal", due_on=LATER.date() + timedelta(days=9))
        keep_document(**stamp, name="r.txt", content=b"receipt", limit=1000)
        set_name_apart(**stamp, side=Side.AFFECTED, name="A child", reason="For the doctor")
        pause_clock(
            **stamp,
            clock=Clock.CLOSURE,
            at_most=30,
            reason="The doctor is away",
            until_on=LATER.date() + timedelta(days=4),
        )
    return code


def test_a_duty_to_tell_cannot_be_made_to_go_and_the_incident_closed(house: World) -> None:
    code = filled(house)
    with acting(house, "focal", LATER) as by:
        for table in STAYING:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM safeguarding_{table}")
                assert cursor.fetchone()[0] > 0, table
                cursor.execute(f"DELETE FROM safeguarding_{table}")
                assert cursor.rowcount == 0, table
        with pytest.raises(StillBlocked):
            close(incident=Incident.objects.get(code=code), note="Done", by=by, at=LATER)
    with as_house(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM safeguarding_duty")
        assert cursor.rowcount == 0


def back(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_what_was_told_or_lifted_does_not_go_back(house: World) -> None:
    code = filled(house)
    with acting(house, "focal", LATER) as by:
        found = Incident.objects.get(code=code)
        duty = Duty.objects.get(incident=found)
        duty_done(incident=found, duty=duty, on=LATER.date(), note="The officer on duty", by=by, at=LATER)
        back(lambda: Duty.objects.update(standing="owed"))
        back(lambda: Duty.objects.update(to="donor"))
        worker = Person.objects.get(pk=house.person["worker"].pk)
        shut_out(incident=found, person=worker, reason="Is related", by=by, at=LATER)
        back(lambda: TeamMember.objects.update(left_at=None))
        related = Shutout.objects.get(incident=found, person=worker)
        let_in(incident=found, shutout=related, reason="Another of that name", by=by, at=LATER)
    with acting(house, "focal_africa", LATER) as above:
        let_in(incident=found, shutout=related, reason="Another of that name", by=above, at=LATER)
        back(lambda: Shutout.objects.filter(pk=related.pk).update(lifted_at=None))
