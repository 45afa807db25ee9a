"""What the office keeps only grows, and tells nothing to whom nobody has vouched for."""

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import advising, rings
from omsorg.ombuds.models import Advice, Visit
from omsorg.ombuds.rules import refusals
from omsorg.ombuds.tests.office import MONDAY, PASSPHRASE, Desks, appoint, tell
from omsorg.ombuds.tests.test_desk_pages import opened


@pytest.fixture(autouse=True)
def one_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")


BEHIND_A_RING = ["", "year/", "take-down/", "recommendations/", "visits/", "keys/colleagues/"]


def test_an_answer_stays_beside_the_one_that_came_later(desks: Desks) -> None:
    amina = {"at": MONDAY, **desks.at("amina")}
    organisation = desks.world.org["tanzania"]
    due = MONDAY.date().replace(day=30)
    code = advising.recommend(organisation=organisation, text={"en": "Open it"}, answer_due_on=due, **amina).code
    advising.enter_answer(code=code, answer="refused", reasons="No money", **amina)
    advising.enter_answer(code=code, answer="accepted", reasons="", at=MONDAY, **desks.at("nora"))
    with at_the_desk(desks.person("amina")):
        advice = Advice.objects.get(code=code)
        assert (advice.answer, advice.reasons) == ("accepted", "")
        assert advice.earlier == [
            {"answer": "refused", "reasons": "No money", "on": MONDAY.date().isoformat(), "confirmed": False}
        ]
        for change in ("answer = 'partly'", "earlier = '[]'"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE ombuds_advice SET {change} WHERE code = %s", [code])


def test_a_ring_that_nobody_vouched_for_opens_its_own_page_alone(desks: Desks, on_monday: None) -> None:
    desks.acting["late"] = late = appoint(desks.world, "late", "Lena Late", "tanzania", "ombudsperson", "tanzania")
    rings.make_ring(passphrase=PASSPHRASE, by=late, at=MONDAY)
    client = opened(desks, "late")
    for path in BEHIND_A_RING:
        answer = client.get(f"/ombuds/{path}")
        assert (path, answer.status_code, answer.headers.get("Location")) == (path, 302, "/ombuds/keys/")
    assert client.get("/ombuds/keys/").status_code == 200
    with pytest.raises(refusals.NotVouchedFor):
        tell("Somebody said", by=late)


def test_the_year_is_read_by_the_board_before_it_is_told(desks: Desks, on_monday: None) -> None:
    for who, is_shown in (("amina", False), ("bodil", True)):
        page = opened(desks, who).get("/ombuds/year/").content.decode()
        assert ("<h2>2025</h2>" in page) is is_shown, who


def test_the_register_of_visits_has_no_room_for_what_a_child_said() -> None:
    free = {column.name for column in Visit._meta.get_fields() if column.get_internal_type() == "TextField"}
    assert free == set()
