"""Whom the words of an incident name, over the API: something is said of each of them, by code."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.plans.tests.keys import key_of
from omsorg.safeguarding.models import Incident, Shutout, Step
from omsorg.safeguarding.tests.handling import enter_people, led_to_closing, raised
from world import World

NAMES_HER = "Zawadi Focal locked the door"


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


@pytest.fixture
def code(house: World) -> str:
    found = raised(house)
    led_to_closing(house, found)
    return found


def ask(house: World, code: str, what: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = Client().post(
        f"/api/safeguarding/incidents/{code}/{what}",
        json.dumps(given),
        content_type="application/json",
        headers={"Authorization": f"Bearer {key_of(house, 'focal')}"},
    )
    return answer.status_code, json.loads(answer.content)


def shut(house: World, code: str) -> bool:
    with as_house():
        return Shutout.objects.filter(incident__code=code, person=house.person["second_focal"]).exists()


def test_the_refusal_gives_the_code_by_which_it_is_answered(house: World, code: str) -> None:
    status, refused = ask(house, code, "notes", {"note": NAMES_HER})
    her = house.person["second_focal"].code
    assert (status, refused["refusal"]) == (422, "NamesSomebody")
    assert f"Zawadi Focal ({her})" in json.dumps(refused, ensure_ascii=False)
    assert ask(house, code, "notes", {"note": NAMES_HER, "said_of": {her: True}})[0] == 200
    assert shut(house, code)


def test_silence_and_what_is_said_of_others_answer_nothing(house: World, code: str) -> None:
    her, other = house.person["second_focal"].code, house.person["worker"].code
    for said_of in ({}, {other: False}, {her: False, other: False}):
        assert ask(house, code, "plan", {"note": NAMES_HER, "said_of": said_of})[0] == 422
    assert ask(house, code, "plan", {"note": NAMES_HER, "said_of": {"nobody": False}})[0] == 404
    with as_house():
        assert not Step.objects.filter(incident__code=code, note=NAMES_HER).exists()
    assert ask(house, code, "plan", {"note": NAMES_HER, "said_of": {her: False}})[0] == 200
    assert not shut(house, code)


def test_a_file_is_asked_about_as_well(house: World, code: str) -> None:
    def keep(**said: str) -> int:
        file = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n", content_type="application/pdf")
        headers = {"Authorization": f"Bearer {key_of(house, 'focal')}"}
        address = f"/api/safeguarding/incidents/{code}/documents"
        return Client().post(address, {"file": file, "note": NAMES_HER, **said}, headers=headers).status_code

    assert keep() == 422
    assert keep(said_of=json.dumps({house.person["second_focal"].code: False})) == 200
    assert keep(said_of="no json") == 422


def test_left_out_a_need_is_answered_for_all_who_have_it(house: World, code: str) -> None:
    day = date(2026, 3, 2).isoformat()
    need = {"kind": "social", "persons": 3, "said_by": "team", "since_on": day, "note": "Visits"}
    ahead = date.today().isoformat()  # noqa: DTZ011 - a day that has not passed
    assert ask(house, code, "needs", {**need, "needed_by_on": ahead})[0] == 200
    assert ask(house, code, "need-answers", {"need": 1, "answer": "met", "support": 1, "on": day})[0] == 200
    with as_house():
        assert Incident.objects.get(code=code).need_answers.get().persons == 3
