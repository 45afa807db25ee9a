"""A group is set up under a tree without network; the office learns of it later, and takes what was sealed before."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Browser, Page, expect

from journeys.house import Stage
from journeys.people import enter
from journeys.phone import all_say, heading, installed, looked_at, onward, opened, phone
from omsorg.federation.access import acting_as
from omsorg.federation.models import Organisation, Person
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.savings.actions.founding import Key, found_group
from omsorg.savings.models import GroupState

NAMES = ("Asha", "Bahati", "Chiku", "Daudi", "Eshe", "Furaha", "Gamba")
OFFICES = ("Chair", "Secretary", "Box keeper", "Money counter")
HOLDERS = {"Eshe": "2718", "Furaha": "3141", "Gamba": "1618"}


def says_the_rules(page: Page) -> None:
    page.get_by_role("button", name="Set up a group").click()
    heading(page, "The rules of the group")
    onward(page)
    expect(page.get_by_role("alert")).to_contain_text("Something is missing")
    page.get_by_label("What is the group called?").fill("Mwanzo")
    page.get_by_label("What does one share cost?").fill("2025")
    page.get_by_label("How much does each member pay").fill("500")
    looked_at(page, "set-rules")


def names_members(page: Page) -> None:
    onward(page)
    heading(page, "Who are the members?")
    for name in NAMES:
        page.get_by_label("Name").fill(name)
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text(name)).to_be_visible()
    looked_at(page, "set-members")


def chooses_officers(page: Page, hands: int) -> None:
    heading(page, "Whom has the group chosen?")
    for place, office in enumerate(OFFICES, start=1):
        page.get_by_label(office).select_option(str(place))
    for place in range(3):
        page.get_by_label("Key-holder").nth(place).select_option(str(5 + place))
    for _ in range(hands):
        page.get_by_role("button", name="One more").click()
    looked_at(page, "set-officers")


def seals(page: Page) -> None:
    heading(page, "Three PINs")
    for name, pin in HOLDERS.items():
        page.get_by_label(f"PIN of {name}", exact=True).fill(pin)
        page.get_by_label(f"PIN of {name} once more").fill(pin)
    page.get_by_role("button", name="Sign").click()


def taken_along(page: Page, name: str) -> dict[str, Any]:
    """What is in the file that this button keeps."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    kept: dict[str, Any] = json.loads(Path(download.value.path()).read_text())
    return kept


def enters_at_the_office(said: dict[str, Any]) -> UUID:
    """What a field officer does with the file of the group."""
    email = enter("Zuhura Afisa", role="savings_field_officer", at="tanzania", belongs_to="tanzania")
    at = datetime.now(UTC)
    with as_house():
        person = Person.objects.get(email=email)
        unit = Organisation.objects.get(code="tanzania")
    with in_name_of(person.pk, day=at.date()):
        group = found_group(
            unit=unit,
            uuid=UUID(said["group"]),
            name=said["name"],
            constitution=said["constitution"],
            device=UUID(said["device"]),
            keys=[Key(UUID(key["id"]), key["member"], key["public"]) for key in said["keys"]],
            by=acting_as(person.pk, day=at.date()),
            at=at,
        )
    return group.uuid


def posted(uuid: UUID) -> int:
    """The number of the meeting up to which the office has the group in its books."""
    with as_house():
        return GroupState.objects.get(group__uuid=uuid).seq


def test_a_group_is_set_up_without_network_and_known_to_the_office_later(
    browser: Browser, server: str, stage: Stage
) -> None:
    stage.set_up(to_change=True)
    with phone(browser) as context:
        page = installed(context, server)
        context.set_offline(True)
        says_the_rules(page)
        page.close()
        page = opened(context, server)
        page.get_by_role("button", name="Set up a group").click()
        expect(page.get_by_label("What is the group called?")).to_have_value("Mwanzo")
        onward(page)
        expect(page.get_by_role("alert")).to_contain_text("This does not agree with the group’s constitution")
        page.get_by_label("What does one share cost?").fill("2000")
        names_members(page)
        onward(page)
        chooses_officers(page, hands=5)
        onward(page)
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_role("button", name="One more").click()
        onward(page)
        looked_at(page, "set-pins")
        page.get_by_label("PIN of Eshe", exact=True).fill("2718")
        page.get_by_role("button", name="Sign").click()
        expect(page.get_by_role("alert")).to_contain_text("typed twice the same")
        seals(page)
        heading(page, "The meeting is sealed.")
        counter = page.get_by_role("button", name="Meetings not backed up: 1")
        expect(counter).to_be_visible()
        looked_at(page, "set-up")
        said = taken_along(page, "File for the office: Mwanzo")
        assert "wrapped" not in json.dumps(said)
        envelope = taken_along(page, "Keep as a file")
        assert json.loads(envelope["document"])["seq"] == 1
        page.get_by_role("button", name="To the beginning").click()
        looked_at(page, "home-own")
        page.get_by_role("button", name="Hold meeting 2").click()
        heading(page, "What day is it today?")
        onward(page)
        all_say(page, "Here")
        counter.click()
        heading(page, "Meetings not backed up: 1")
        context.set_offline(False)
        page.get_by_role("button", name="Send now").click()
        expect(page.get_by_role("alert")).to_contain_text("Nobody has entered this group yet")
        looked_at(page, "unsent")
        assert taken_along(page, "File: Mwanzo, meeting 1") == envelope
        uuid = enters_at_the_office(said)
        assert posted(uuid) == 0
        page.get_by_role("button", name="Send now").click()
        heading(page, "Meetings not backed up: 0")
        expect(counter).to_have_count(0)
        assert posted(uuid) == 1
        page.get_by_role("button", name="To the beginning").click()
        heading(page, "Who is here?")
        expect(page.locator("fieldset").first.get_by_label("Here", exact=True)).to_be_checked()
