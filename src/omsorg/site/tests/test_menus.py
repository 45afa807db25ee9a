"""The menu and the head of the page: what is on, what a person may do, the same page in every language."""

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from omsorg.federation.access import acting_as
from omsorg.federation.roles import codes_that_may
from omsorg.kernel import clock
from omsorg.kernel.wall import in_name_of
from omsorg.site import menus
from omsorg.site.context import Page
from omsorg.site.menus import Entry, menu_for

HOME = "site:home"
REAL_ENTRIES = menus.ENTRIES
ENTRIES = (
    Entry("plans", "Promises", HOME, "What was promised."),
    Entry("plans", "Figures", "site:gallery", "Where figures are entered.", may="plans.report"),
    Entry("federation", "People", "account_login", "Who works here.", may="people.keep"),
)


@pytest.fixture(autouse=True)
def _known_entries(monkeypatch):
    monkeypatch.setattr(menus, "ENTRIES", ENTRIES)


def labels(acting, path="/elsewhere/"):
    return [link.label for link in menu_for(acting, path)]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        pytest.param(None, ["Promises"], id="a visitor sees what everybody may read"),
        pytest.param("stranger", ["Promises"], id="an account without a mandate sees no more than a visitor"),
        pytest.param("officer", ["Promises", "Figures"], id="a reporting officer sees the figures"),
        pytest.param("housekeeper", ["Promises", "People"], id="a housekeeper sees the people"),
    ],
)
def test_the_menu_shows_what_a_person_may_do(world, who, seen):
    if who is None:
        assert labels(None) == seen
        return
    person = world.person[who].pk
    with in_name_of(person):
        assert labels(acting_as(person, day=clock.today())) == seen


@pytest.mark.parametrize("entry", REAL_ENTRIES, ids=lambda entry: entry.url_name)
def test_every_line_of_the_menu_leads_somewhere_and_opens_to_somebody(entry):
    assert reverse(entry.url_name)
    assert not entry.may or codes_that_may(entry.may)


def test_a_system_that_is_off_is_not_in_the_menu(settings):
    settings.SYSTEMS = []
    assert labels(None) == []


def test_the_part_of_the_site_one_is_in_is_marked(monkeypatch):
    monkeypatch.setattr(menus, "ENTRIES", (Entry("plans", "Components", "site:gallery", "Parts."),))
    assert [link.current for link in menu_for(None, "/ui/")] == [True]
    assert [link.current for link in menu_for(None, "/health/")] == [False]


def test_a_part_within_a_part_is_marked_alone(monkeypatch):
    inner = Entry("plans", "Reports", "plans:reports", "Within.")
    monkeypatch.setattr(menus, "ENTRIES", (Entry("plans", "My work", "plans:my-work", "Around."), inner))
    assert [link.current for link in menu_for(None, reverse("plans:reports"))] == [False, True]
    assert [link.current for link in menu_for(None, reverse("plans:my-work"))] == [True, False]


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_page_of_the_desk_belongs_to_the_desk_though_it_lies_beneath_the_plan(client, world, monkeypatch, language):
    monkeypatch.setattr(menus, "ENTRIES", REAL_ENTRIES)
    client.force_login(world.account["plan_owner"])
    with translation.override(language):
        desk = reverse("plans:revise-plans")
        pages = [reverse("plans:revise-action", args=["example-plan", "training"]), reverse("plans:my-work")]
    marked = [re.findall(r'href="([^"]+)"\s+aria-current="true"', client.get(page).content.decode()) for page in pages]
    assert [desk in each for each in marked] == [True, False]
    assert pages[1] not in marked[0]


def test_the_pages_of_one_report_belong_to_the_reports(client, world, monkeypatch):
    monkeypatch.setattr(menus, "ENTRIES", REAL_ENTRIES)
    client.force_login(world.account["publisher"])
    shown = client.get(reverse("plans:freeze-report", args=["example-plan"])).content.decode()
    marked = re.findall(r'href="([^"]+)"\s+aria-current="true"', shown)
    assert reverse("plans:reports") in marked
    assert reverse("plans:my-work") not in marked


def test_the_page_is_named_in_every_language_with_its_question():
    request = RequestFactory().get("/da/ui/?area=2")
    with translation.override("da"):
        links = {link.code: (link.url, link.current) for link in Page(request).languages}
    assert links == {
        "en": ("/ui/?area=2", False),
        "da": ("/da/ui/?area=2", True),
        "nb": ("/nb/ui/?area=2", False),
        "sv": ("/sv/ui/?area=2", False),
    }


def test_a_visitor_is_offered_to_sign_in(client, db):
    shown = client.get("/ui/").content.decode()
    assert f'href="{reverse("account_login")}"' in shown
    assert reverse("account_logout") not in shown


def test_who_is_signed_in_finds_the_own_name_and_the_way_out(client, world):
    client.force_login(world.account["officer"])
    shown = client.get("/ui/").content.decode()
    assert "Example Officer" in shown
    assert f'<form method="post" action="{reverse("account_logout")}" data-omsorg-forget>' in shown
    assert reverse("mfa_index") in shown


def test_the_first_page_says_what_one_finds_here_and_offers_only_that(client, world, strict_templates):
    shown = client.get("/").content.decode()
    assert "What was promised." in shown
    assert "Where figures are entered." not in shown
    client.force_login(world.account["officer"])
    assert "Where figures are entered." in client.get("/").content.decode()


def test_a_newcomer_reads_what_this_is_and_that_it_is_an_example(client, world, strict_templates):
    shown = client.get("/").content.decode()
    assert "How a promise is kept here" in shown
    assert "You are looking at an example" in shown
    client.force_login(world.account["officer"])
    assert "You are looking at an example" not in client.get("/").content.decode()


def test_a_house_without_the_example_does_not_speak_of_it(client, db, strict_templates):
    assert "You are looking at an example" not in client.get("/").content.decode()


def test_the_first_page_stands_with_every_system_off(client, db, settings):
    settings.SYSTEMS = []
    assert client.get("/").status_code == 200
