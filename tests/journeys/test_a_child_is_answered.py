"""A child tells and is answered; who is named never sees it; a promise that is missed climbs to the board; and what the
ombudsperson recommends stands in the public plan."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from journeys.visitor import Arrives, Visitor
from omsorg.federation.models import Organisation, Person
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions.notices import publish_what_is_public
from omsorg.ombuds.actions.watching import raise_missed_promises
from omsorg.ombuds.models import Case
from omsorg.ombuds.tests import office

TOLD = "Baraka Mushi anatufungia ndani usiku"
ANSWER = "Tumemwambia afungue. Tutakuja kuwaona."
ADVICE = "Open the gate at night, and give every child the key"
AMINA, BARAKA, RASHID, BODIL = (f"{name}@example.org" for name in ("amina", "baraka", "rashid", "bodil"))
REGION = "region-east-southern-africa"
HEARERS = [
    ("bodil", "Bodil Brandt", "international", "ombuds_board_member", "international"),
    ("rashid", "Rashid Rahman", REGION, "ombudsperson", REGION),
    ("amina", "Amina Juma", "tanzania", "ombudsperson", "tanzania"),
    ("baraka", "Baraka Mushi", "kenya", "ombudsperson", "tanzania"),
]


@pytest.fixture
def an_office(arrives: Arrives, monkeypatch: pytest.MonkeyPatch) -> Arrives:
    """The house of the example, with two ombudspersons for Tanzania, one for Africa, and a board."""
    monkeypatch.setattr(office, "MONDAY", clock.now() - timedelta(days=1))
    with as_house():
        houses = {organisation.code: organisation for organisation in Organisation.objects.all()}
    office.make_office(cast(Any, SimpleNamespace(org=houses, person={}, account={})), HEARERS)
    with as_house():
        Person.objects.filter(email__in=[AMINA, BARAKA, RASHID, BODIL]).update(is_example=True)
    return arrives


def unlocks(who: Visitor, *, finds: bool) -> None:
    """To the desk, past the locked ring; there is a case on it, or none."""
    who.opens("/ombuds/", status=423)
    who.types("Passphrase", office.PASSPHRASE)
    who.presses("Unlock")
    who.misses("No case has come to you") if finds else who.reads("No case has come to you")


def test_a_child_is_answered_and_whoever_is_named_finds_nothing(an_office: Arrives) -> None:
    rehema = an_office("Rehema", script=False)
    rehema.opens("/t/sw/write/?at=tz")
    rehema.page.locator("textarea").fill(TOLD)
    rehema.presses("Tuma")
    code = rehema.page.locator(".said").inner_text().strip()

    baraka = an_office("Baraka", BARAKA)
    unlocks(baraka, finds=False)
    amina = an_office("Amina", AMINA)
    unlocks(amina, finds=True)
    with as_house():
        case = Case.objects.get()
    address = f"/ombuds/cases/{case.code}/"
    baraka.opens(address, status=404)
    amina.opens(address)
    amina.reads(TOLD)
    amina.opens(f"{address}answer/")
    amina.types("Your words to the child", ANSWER)
    amina.presses("Send it to the child")
    amina.reads("It waits for the child.", ANSWER)

    rehema.opens("/t/sw/code/?at=tz")
    rehema.page.locator("#typed").fill(code)
    rehema.presses("Fungua")
    rehema.reads(TOLD, ANSWER, "Je, hii imekusaidia?")
    rehema.page.locator("button[name=helped][value=a_little]").click()
    rehema.reads("Asante kwa kutuambia.")
    rehema.page.locator("textarea").fill("Asante")
    rehema.presses("Tuma")
    rehema.reads("Asante. Tumeipata.")
    amina.opens(address)
    amina.reads("Asante")

    it_climbs_to_the_board(an_office, address)
    assert rehema.context.cookies() == []


def it_climbs_to_the_board(arrives: Arrives, address: str) -> None:
    """Nobody writes by the promised day, at one level after the other; whoever is named stays outside."""
    rashid = arrives("Rashid", RASHID)
    unlocks(rashid, finds=False)
    assert raise_missed_promises(at=clock.now() + timedelta(days=30)) == 1
    rashid.opens("/ombuds/")
    rashid.misses("No case has come to you")
    rashid.opens(address)
    rashid.reads(TOLD)
    assert raise_missed_promises(at=clock.now() + timedelta(days=90)) == 1
    bodil = arrives("Bodil", BODIL)
    unlocks(bodil, finds=True)
    bodil.opens(address)
    bodil.reads(TOLD, ANSWER)
    baraka = arrives("Baraka again", BARAKA)
    unlocks(baraka, finds=False)


def test_what_is_recommended_stands_in_the_public_plan(an_office: Arrives) -> None:
    amina = an_office("Amina", AMINA)
    unlocks(amina, finds=False)
    amina.opens("/ombuds/recommendations/new/")
    amina.page.locator("[name=organisation]").select_option("tanzania")
    amina.types("An answer is owed by", (clock.today() + timedelta(days=60)).isoformat())
    amina.page.locator("[name=text_en]").fill(ADVICE)
    amina.presses("Recommend it")
    amina.reads("Another ombudsperson reads it and publishes it")
    rashid = an_office("Rashid", RASHID)
    unlocks(rashid, finds=False)
    rashid.page.on("dialog", lambda question: question.accept())
    rashid.opens(urlsplit(amina.page.url).path)
    rashid.presses("Publish it")
    assert publish_what_is_public(at=clock.now()) == 1
    bo = an_office("Bo")
    bo.opens("/promises/safeguarding-example/plan-on/")
    bo.reads("What the ombudsperson has recommended", ADVICE)


def test_everybody_reads_how_children_were_heard(arrives_to_read: Arrives) -> None:
    bo = arrives_to_read("Bo")
    bo.opens("/heard/")
    bo.reads("No year has been told yet")
    layla = arrives_to_read("Layla")
    layla.opens("/t/ar/heard/")
    assert layla.page.evaluate("document.documentElement.dir") == "rtl"
    layla.reads("لا يوجد شيء هنا بعد.")
