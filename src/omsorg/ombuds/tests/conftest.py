"""What the tests of the ombuds system share: quick key rings, and the office of `office.py`."""

import pytest

from omsorg.kernel import clock
from omsorg.kernel.floods import Gate
from omsorg.kernel.sealing import Cost
from omsorg.ombuds import neighbours
from omsorg.ombuds.actions import gates, passphrases, recovery
from omsorg.ombuds.rules import marks
from omsorg.ombuds.tests.office import MONDAY, Desks, make_office
from world import World


@pytest.fixture(autouse=True)
def passphrases_open_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests unlock many rings: at the least cost that is allowed at all."""
    for module in (passphrases, recovery):
        monkeypatch.setattr(module, "PASSPHRASE_COST", Cost(8192, 1))
    monkeypatch.setattr(marks, "MARK_COST", Cost(8192, 1))


@pytest.fixture
def desks(world: World) -> Desks:
    return make_office(world)


@pytest.fixture
def on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """The house's clock stands on the day on which its office began."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture(autouse=True)
def nobody_has_called_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins with gates that have seen nobody."""
    for name in ("WORDS", "MEGABYTES", "WRONG_CODES", "LATE_CODES", "LEAVING", "ASKED_AGAIN", "WRONG_PASSPHRASES"):
        monkeypatch.setattr(gates, name, Gate(getattr(gates, name).limits))


@pytest.fixture(autouse=True)
def no_desk_next_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the ombuds system stands alone; what the site connects is tested there. Afterwards all is as it was."""
    for opening in ("_desk", "_tracker"):
        monkeypatch.setattr(neighbours, opening, None)
