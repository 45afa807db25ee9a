"""An ombuds office and a desk for incidents under one roof, connected as in the house."""

from collections.abc import Iterator

import pytest

from omsorg.kernel.sealing import Cost
from omsorg.kernel.wall import in_name_of
from omsorg.ombuds.actions import passphrases, recovery
from omsorg.ombuds.neighbours import connect
from omsorg.ombuds.rules import marks
from omsorg.ombuds.tests.office import MONDAY, Desks, make_office
from omsorg.safeguarding.models import Incident, Step
from omsorg.safeguarding.tests.handling import enter_people
from omsorg.site.connections import Incidents, connect_systems
from world import World


def crossing(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    """The office with everybody who handles incidents, and the desk for incidents connected; ends as it was."""
    for module in (passphrases, recovery):
        monkeypatch.setattr(module, "PASSPHRASE_COST", Cost(8192, 1))
    monkeypatch.setattr(marks, "MARK_COST", Cost(8192, 1))
    enter_people(world)
    connect(incident_desk=Incidents())
    yield make_office(world)
    connect_systems()


def sees(world: World, who: str) -> bool:
    """Whether this person finds anything of any incident."""
    with in_name_of(world.person[who].pk, day=MONDAY.date()):
        return Incident.objects.exists() or Step.objects.exists()
