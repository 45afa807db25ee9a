"""In its meeting a group takes somebody in, lets somebody go, chooses an officer and changes its rules."""

import json
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from journeys.phone import all_say, count, heading, installed, looked_at, onward, phone

DECIDED = ("member_in", "member_out", "role_change", "constitution_change")


def hands(page: Page, times: int) -> None:
    for _ in range(times):
        page.get_by_role("button", name="Yes: One more").click()


def to_the_business(page: Page) -> None:
    """A quiet meeting up to what else there is to decide; Malaika joins it."""
    page.get_by_role("button", name="Practise a meeting").click()
    onward(page)
    heading(page, "Who is here?")
    page.get_by_role("button", name="Somebody joins today").click()
    page.get_by_label("Name", exact=True).fill("Malaika")
    onward(page)
    expect(page.get_by_role("alert")).to_contain_text("Something is missing")
    looked_at(page, "joins")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("button", name="Somebody joins today").click()
    page.get_by_label("Name", exact=True).fill("Mariam")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("9. Mariam").first).to_be_visible()
    page.locator("li", has_text="9. Mariam").get_by_role("button", name="Take it out again").click()
    expect(page.get_by_text("9. Mariam")).to_have_count(0)
    all_say(page, "Here")
    expect(page.get_by_text("8. Malaika").first).to_be_visible()
    looked_at(page, "roll-of-eight")
    onward(page)
    heading(page, "Social fund")
    page.get_by_label("Right", exact=True).check()
    count(page, n2000=1, n1000=1, n500=1)
    onward(page)
    all_say(page, "Paid")
    onward(page)
    onward(page)
    heading(page, "Loan fund")
    page.get_by_label("Right", exact=True).check()
    count(page, n10000=4, n5000=1, n1000=1, n500=1)
    onward(page)
    heading(page, "Fines")
    onward(page)
    heading(page, "Buying shares")
    all_say(page, "1")
    onward(page)
    heading(page, "Paying back loans")
    onward(page)
    heading(page, "Who asks for a loan?")
    onward(page)
    heading(page, "Common project")
    page.get_by_label("Right", exact=True).check()
    count(page, n2000=1, n1000=1, n500=1)
    onward(page)
    onward(page)
    heading(page, "Is there anything else to decide?")


def test_who_joins_who_leaves_whom_it_chooses_and_its_new_rules(browser: Browser, server: str) -> None:
    with phone(browser) as context:
        page = installed(context, server)
        context.set_offline(True)
        to_the_business(page)
        looked_at(page, "business")
        page.get_by_role("button", name="Somebody leaves").click()
        assert "5" not in page.get_by_label("Who?").locator("option").evaluate_all("(all) => all.map((o) => o.value)")
        page.get_by_label("Who?").select_option("3")
        page.get_by_label("Goes by herself").check()
        expect(page.get_by_role("status").last).to_contain_text("Is paid now: 12,000")
        looked_at(page, "leaves")
        onward(page)
        expect(page.get_by_role("alert").last).to_contain_text("Something is missing")
        page.reload()
        heading(page, "Is there anything else to decide?")
        expect(page.get_by_label("Who?")).to_have_value("3")
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text("Amina leaves and is paid 12,000")).to_be_visible()
        page.get_by_role("button", name="Somebody leaves").click()
        page.get_by_label("Who?").select_option("2")
        page.get_by_label("Goes by herself").check()
        expect(page.get_by_role("alert").first).to_contain_text("Juma")
        page.get_by_role("button", name="Not now").click()
        page.get_by_role("button", name="Choose an officer").click()
        page.get_by_label("Which office?").select_option("box_keeper")
        page.get_by_label("Who?").select_option("8")
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_role("alert").first).to_contain_text("not said yes")
        looked_at(page, "elects-refused")
        hands(page, 7)
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text("Box keeper: Malaika")).to_be_visible()
        page.get_by_role("button", name="Change the rules").click()
        expect(page.get_by_label("What does one share cost?")).to_have_value("2000")
        page.get_by_label("How many shares may a member buy at a meeting?").fill("7")
        hands(page, 8)
        looked_at(page, "changes-rules")
        page.get_by_role("button", name="Write it down").click()
        expect(page.get_by_text("New rules from the next cycle on")).to_be_visible()
        expect(page.get_by_role("button", name="Change the rules")).to_have_count(0)
        looked_at(page, "business-decided")
        onward(page)
        count(page, n5000=1, n2000=1, n500=1)
        onward(page)
        count(page, n10000=5, n200=1, n100=1)
        onward(page)
        count(page, n2000=1, n1000=1, n500=1, n200=1)
        onward(page)
        heading(page, "Three key-holders close the meeting.")
        for holder in ("Zawadi", "Salma", "Rehema"):
            page.get_by_label(f"PIN of {holder}").fill("1234")
            page.get_by_role("button", name="Sign").first.click()
            expect(page.get_by_label(f"PIN of {holder}")).to_have_count(0)
        heading(page, "The meeting is sealed.")
        with page.expect_download() as download:
            page.get_by_role("button", name="Keep as a file").click()
        document = json.loads(json.loads(Path(download.value.path()).read_text())["document"])
    decided = {line["kind"]: line for line in document["lines"] if line["kind"] in DECIDED}
    assert decided["member_in"]["name"] == "Malaika"
    assert (decided["member_out"]["member"], decided["member_out"]["paid"]) == (3, "1200000")
    assert (decided["role_change"]["member"], decided["role_change"]["holds"]) == (8, True)
    law = decided["constitution_change"]["constitution"]
    assert (law["version"], law["shares_max"], law["share_value"], law["fines"]["late"]) == (2, 7, "200000", "50000")
