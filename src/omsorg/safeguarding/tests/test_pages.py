"""The pages of safeguarding: every form is filled in once, from the first concern to the decision on publication."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.safeguarding.models import Incident, Lesson
from omsorg.safeguarding.tests.handling import AT, closed, enter_people, incident, looked_at, raised
from world import World


@pytest.fixture
def house(world: World) -> Iterator[World]:
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        yield enter_people(world)


def signed_in(house: World, who: str) -> Client:
    client = Client()
    client.force_login(house.account[who])
    return client


def do(client: Client, code: str, what: str, **said: object) -> None:
    """Read the form, send it, and be led back to the incident."""
    path = f"/safeguarding/incidents/{code}/{what}/"
    form = client.get(path)
    assert form.status_code == 200, what
    expected = form.context["form"]["expected"].value()
    answer = client.post(path, {"expected": expected, **said})
    assert answer.status_code == 302, (what, answer.context["form"].errors.as_text())


def test_a_concern_is_raised_on_one_page(house: World) -> None:
    client = signed_in(house, "officer")
    assert client.get("/safeguarding/raise/").status_code == 200
    answer = client.post(
        "/safeguarding/raise/",
        {"what": "I worry", "place": "arusha", "about": "nobody_here", "channel": "colleague"},
    )
    assert answer["Location"] == "/safeguarding/"
    page = client.get("/safeguarding/").content.decode()
    with as_house():
        code = Incident.objects.get().code
    assert code in page
    assert client.get(f"/safeguarding/incidents/{code}/").status_code == 403
    assert client.post("/safeguarding/raise/", {"what": " "}).status_code == 200


def test_an_incident_is_led_from_page_to_page_to_its_end(house: World) -> None:
    code = raised(house)
    focal, worker = signed_in(house, "focal"), signed_in(house, "worker")
    person = house.person["worker"].code
    assert f"/incidents/{code}/" in focal.get("/safeguarding/").content.decode()
    do(focal, code, "take-up")
    do(focal, code, "acknowledge", note="Spoken to")
    triage = {"safe_now": "yes", "crime": "not_known", "conflict": "no", "level": "national", "nature": "neglect"}
    do(focal, code, "triage", is_ours="yes", **triage)
    do(focal, code, "team", person=person, part="lead")
    assert incident(code).shown_number == "TZ/2026/1"
    do(worker, code, "plan", note="Ask three people")
    do(worker, code, "allegation", text="Meals are left out")
    do(worker, code, "finding", of="1", finding="substantiated", reasons="All say so")
    do(worker, code, "count", of="affected.child_in_care", count="4")
    do(worker, code, "count", of="complained_of.carer", count="1")
    refused = worker.post(
        f"/safeguarding/incidents/{code}/employment/",
        {"of": "carer", "state": "ended", "count": "2", "since_on": "2026-03-02"},
    )
    assert "more persons than are counted" in refused.content.decode()
    do(worker, code, "employment", of="carer", state="on_leave", count="1", since_on="2026-03-02")
    page = worker.get(f"/safeguarding/incidents/{code}/").content.decode()
    assert "1: does not work while it is looked into, since 2 March 2026" in page
    assert "leads, national" in page
    do(worker, code, "support", kind="medical", persons="4", given_on="2026-03-02", follow_up_on="2026-04-01", note="x")
    found = incident(code)
    support = measure = duty = set_apart = pause = 1  # the first of each within this incident
    do(worker, code, "follow-up", of=support, on="2026-03-02", note="Well")
    do(worker, code, "measure", text="Two people at each meal", about="1", due_on="2026-03-09")
    do(worker, code, "measure-done", of=measure, on="2026-03-02")
    do(worker, code, "document", file=SimpleUploadedFile("note.txt", b"what was said"), note="A note")
    do(worker, code, "name", side="affected", name="Asha Example", reason="For the clinic")
    with as_house():
        name = found.names.get()
        assert (name.told(), b"Asha" in bytes(name.sealed)) == ("Asha Example", False)
    assert "Asha Example" in worker.get(f"/safeguarding/incidents/{code}/").content.decode()
    do(worker, code, "wipe", of=set_apart)
    do(worker, code, "note", note="All is quiet")
    do(focal, code, "pause", of="closure", reason="The doctor is away", until_on="2026-03-10")
    do(focal, code, "resume", of=pause)
    closing = focal.get(f"/safeguarding/incidents/{code}/close/").content.decode()
    assert "telling somebody outside is still owed: 1" in closing
    do(worker, code, "owe", to="donor", whom="Fund", deadline_on="2026-03-20")
    with as_house():
        assert [each.to for each in found.duties.order_by("pk")] == ["police", "donor"]
        document = found.documents.get()
    donor = 2
    do(focal, code, "duty", of=duty, is_told="no", reason="No offence")
    page = focal.get(f"/safeguarding/incidents/{code}/").content.decode()
    assert "one person has decided not to tell them; a second must agree" in page
    assert (
        "takes two"
        in focal.post(f"/safeguarding/incidents/{code}/agree/", {"of": duty, "reason": "x"}).content.decode()
    )
    above = signed_in(house, "focal_africa")
    assert "Agree that the police is not told" in above.get(f"/safeguarding/incidents/{code}/").content.decode()
    do(above, code, "agree", of=duty, reason="Read, and no offence")
    do(focal, code, "duty", of=donor, is_told="yes")
    do(focal, code, "told", of=donor, on="2026-03-02", evidence=document.code)
    refused = focal.post(f"/safeguarding/incidents/{code}/close/", {"note": "Meals are served"})
    assert "decided not to tell the police" in refused.content.decode()
    do(signed_in(house, "second_focal"), code, "close", note="Meals are served")
    do(worker, code, "lesson", language="en", area="Meals", text="Two people are at each meal")
    with as_house():
        lesson = Lesson.objects.get().code
    do(focal, code, "check-lesson", of=lesson)
    do(focal, code, "offer-lesson", of=lesson, plan="example-plan")
    do(worker, code, "employment", of="carer", state="on_leave", count="0", since_on="2026-03-02")
    do(worker, code, "employment", of="carer", state="ended", count="1", since_on="2026-03-02")
    page = worker.get(f"/safeguarding/incidents/{code}/").content.decode()
    assert "1: we ended the employment, since 2 March 2026" in page
    do(focal, code, "publication", decision="hold", reason_class="safety", reason="x", review_on="2026-09-01")
    assert incident(code).stage == "decided"
    page = focal.get(f"/safeguarding/incidents/{code}/").content.decode()
    assert "Meals are served" in page
    assert b"".join(worker.get(f"/safeguarding/documents/{document.code}/").streaming_content) == b"what was said"
    withdraw = f"/safeguarding/documents/{document.code}/withdraw/"
    assert worker.get(withdraw).status_code == 200
    assert "shows that somebody was told" in worker.post(withdraw, {"reason": "Not needed"}).content.decode()
    do(worker, code, "document", file=SimpleUploadedFile("again.txt", b"what was said anew"), note="A note")
    with as_house():
        document = found.documents.get(filename="again.txt")
    again = f"/safeguarding/documents/{document.code}/"
    assert worker.post(f"{again}withdraw/", {"reason": "Not needed"}).status_code == 302
    assert worker.get(again).status_code == 404
    owner = signed_in(house, "plan_owner")
    assert "Two people are at each meal" in owner.get("/safeguarding/lessons/").content.decode()
    assert owner.get(f"/safeguarding/lessons/{lesson}/").status_code == 200
    taken = owner.post(f"/safeguarding/lessons/{lesson}/", {"answer": "taken", "reason": "It is right everywhere"})
    assert taken.status_code == 302
    source = house.plan.sources.get(code="incident-lessons")
    assert (source.kind, source.recommendations.get().text) == (
        "incident_lesson",
        {"en": "Two people are at each meal"},
    )
    assert "Two people are at each meal" in Client().get("/promises/example-plan/plan-on/").content.decode()
    do(focal, code, "reopen", reason="Something new")
    assert incident(code).stage == "found"


@pytest.mark.parametrize("stage", ["new", "looked at", "closed"])
def test_every_act_that_is_open_has_its_link_on_the_page(house: World, stage: str) -> None:
    """What is not asked for next stands under "Something else": nobody should have to type an address."""
    code = raised(house)
    if stage == "looked at":
        looked_at(house, code)
    elif stage == "closed":
        closed(house, code)
    page = signed_in(house, "focal").get(f"/safeguarding/incidents/{code}/")
    linked = set(re.findall(rf'href="/safeguarding/incidents/{code}/([a-z-]+)/"', page.content.decode()))
    view = page.context["view"]
    offered = {link.url.rstrip("/").rsplit("/", 1)[1] for link in (*view.offered, *view.others)}
    assert offered <= linked
    assert linked & ({"shut-out", "document", "note"} if stage != "closed" else {"document", "reopen"})


def test_shutting_out_on_the_page(house: World) -> None:
    code = raised(house)
    focal = signed_in(house, "focal")
    do(focal, code, "shut-out", person=house.person["second_focal"].code, unit="", reason="Is a friend")
    assert signed_in(house, "second_focal").get(f"/safeguarding/incidents/{code}/").status_code == 404
    do(focal, code, "let-in", of=1, reason="A mistake")
    assert signed_in(house, "second_focal").get(f"/safeguarding/incidents/{code}/").status_code == 404
    above = signed_in(house, "focal_africa")
    assert b"somebody has asked to lift it: A mistake" in above.get(f"/safeguarding/incidents/{code}/let-in/").content
    do(above, code, "let-in", of=1, reason="It was another")
    assert signed_in(house, "second_focal").get(f"/safeguarding/incidents/{code}/").status_code == 200
    path = f"/safeguarding/incidents/{code}/shut-out/"
    itself = focal.post(path, {"person": house.person["focal"].code, "unit": "", "reason": "It is my brother"})
    assert itself["Location"] == "/safeguarding/"
    assert focal.get(f"/safeguarding/incidents/{code}/").status_code == 404


def test_a_member_leaves_the_team_and_sees_nothing_more(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    focal = signed_in(house, "focal")
    do(focal, code, "team", person=house.person["worker"].code, part="member")
    worker = signed_in(house, "worker")
    assert worker.get(f"/safeguarding/incidents/{code}/").status_code == 200
    do(focal, code, "leave", of=1)
    assert worker.get(f"/safeguarding/incidents/{code}/").status_code == 404


def test_of_two_who_work_at_once_the_second_is_told_what_was_done(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    one, other = signed_in(house, "focal"), signed_in(house, "second_focal")
    path = f"/safeguarding/incidents/{code}/note/"
    read = other.get(path).context["form"]["expected"].value()
    do(one, code, "note", note="The cook was asked")
    told = other.post(path, {"expected": read, "note": "The house mother was asked"})
    assert told.status_code == 200
    page = told.content.decode()
    assert "The cook was asked" in page
    assert "The house mother was asked" in page
    again = other.post(
        path, {"expected": told.context["form"]["expected"].value(), "note": "The house mother was asked"}
    )
    assert again.status_code == 302


@pytest.mark.parametrize("address", ["", "overdue/", "incidents/", "incidents.csv", "statistics/", "statistics.csv"])
def test_the_lists(house: World, address: str) -> None:
    for number in range(3):
        code = raised(house)
        if number:
            looked_at(house, code)
    with time_machine.travel(AT + timedelta(days=30), tick=False):
        for who in ("focal", "focal_africa", "focal_top"):
            answer = signed_in(house, who).get(f"/safeguarding/{address}")
            assert answer.status_code == 200
            assert address != "overdue/" or (b"Example Association Tanzania" in answer.content) is (who != "focal")


def test_the_list_is_searched_filtered_and_sorted(house: World) -> None:
    codes = [raised(house), raised(house, place="tanzania")]
    looked_at(house, codes[1])
    client = signed_in(house, "focal")
    for asked, found in {
        "q=TZ/2026/1": [codes[1]],
        f"q={codes[0]}": [codes[0]],
        "stage=received": [codes[0]],
        "level=national": [codes[1]],
        "nature=peer": [],
        "sort=place": codes[::-1],
        "sort=-number": codes,
    }.items():
        page = client.get(f"/safeguarding/incidents/?{asked}").content.decode()
        places = [page.find(f"/safeguarding/incidents/{code}/") for code in found]
        assert -1 not in places, asked
        assert asked.startswith("sort=") or page.count("/safeguarding/incidents/") >= len(found)


def test_a_list_of_many_asks_the_database_as_often_as_one_of_few(
    house: World, django_assert_max_num_queries: object
) -> None:
    for _number in range(8):
        raised(house)
    client = signed_in(house, "focal")
    with django_assert_max_num_queries(31):  # type: ignore[operator]
        client.get("/safeguarding/")
