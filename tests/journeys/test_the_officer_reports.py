"""Neema of Tanzania answers for the half-year: by hand, from a spreadsheet, from a file, and not alone."""

import csv
import io
import re

import xlsxwriter
from django.conf import settings

from journeys.people import enter
from journeys.visitor import Arrives, Visitor

NEEMA = "officer.tanzania@example.org"
ANSWER = "/plans/safeguarding-example/answers/tanzania/2024-H1/"
SUPPORT = "Figure for I1 Persons given individual support"
KNOWN = "Figure for I3 Associations where nine in ten children know the ombudsperson"
ASKED = "Of how many, for I3 Associations where nine in ten children know the ombudsperson"


def pastes(somebody: Visitor, block: str) -> None:
    """As from a spreadsheet, where the cursor stands."""
    somebody.context.grant_permissions(["clipboard-read", "clipboard-write"])
    somebody.page.evaluate("(block) => navigator.clipboard.writeText(block)", block)
    somebody.page.keyboard.press("Control+v")


def test_neema_fills_in_her_half_year_and_hands_it_in(arrives: Arrives) -> None:
    neema = arrives("Neema", NEEMA)
    neema.opens("/plans/")
    neema.follows("Answer of Example Association Tanzania, first half of 2024")
    keyboard = neema.page.keyboard
    neema.page.get_by_label(SUPPORT).focus()
    keyboard.type("3")
    keyboard.press("Enter")
    assert neema.stands_on_field() == KNOWN
    keyboard.type("1")
    keyboard.press("ArrowRight")
    assert neema.stands_on_field() == ASKED
    keyboard.type("fifty")
    keyboard.press("Enter")
    keyboard.press("ArrowLeft")
    pastes(neema, "3\t3\n9\t10\n40\t50")
    neema.presses("Save")
    neema.reads("“fifty” is not a number", "figures have been saved")
    assert neema.page.get_by_label(ASKED).input_value() == "fifty"
    neema.page.get_by_label(ASKED).fill("50")
    neema.presses("Save")
    neema.reads("It goes backwards from")
    neema.page.get_by_label(re.compile("^Reason for I3 ")).fill("Two homes were asked for the first time.")
    neema.presses("Save")
    neema.reads("has been saved.")

    neema.follows("Documents")
    neema.page.get_by_label("Indicator").select_option(index=1)
    neema.page.get_by_label("File").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": b"month;persons\nJanuary;3\n"}
    )
    neema.types("What it shows", "How many persons were given support")
    neema.presses("Attach")
    neema.reads("list.csv", "How many persons were given support")

    neema.follows("Hand in")
    neema.reads("Still to be answered", "It can be handed in as soon as nothing is missing above.")
    neema.follows("Figures")
    for field in neema.page.get_by_label(re.compile("^Kind of answer for ")).all():
        line = field.locator("xpath=ancestor::tr")
        if not line.locator("input[name^=n-]").input_value():
            field.select_option(label="not collected")
    neema.presses("Save")
    neema.reads("I9: Last time a value was given")
    for field in neema.page.get_by_label(re.compile("^Reason for I(9|15|16|28) ")).all():
        field.fill("The register is moved to another system this spring.")
    neema.presses("Save")
    neema.reads("4 figures have been saved.")
    neema.follows("Hand in")
    neema.presses("Hand in this answer")
    neema.reads("Your answer has been handed in. Thank you.")
    assert not neema.page.get_by_label(SUPPORT).count()


def test_juma_saves_the_figure_that_neema_has_just_saved_and_neither_is_lost(arrives: Arrives) -> None:
    email = enter("Juma Mfano", role="reporting_officer", at="tanzania", belongs_to="tanzania", is_example=True)
    neema, juma = arrives("Neema", NEEMA), arrives("Juma", email)
    for somebody, value in ((neema, "5"), (juma, "7")):
        somebody.opens(ANSWER)
        somebody.page.get_by_label(SUPPORT).fill(value)
    neema.presses("Save")
    neema.reads("1 figure has been saved.")
    juma.presses("Save")
    juma.reads("Neema Mfano (Example Association Tanzania) entered 5", "Save again to put yours in its place.")
    assert juma.page.get_by_label(SUPPORT).input_value() == "7"
    juma.presses("Save")
    juma.reads("1 figure has been saved.")
    neema.opens(ANSWER)
    assert neema.page.get_by_label(SUPPORT).input_value() == "7"


def filled_in(form: bytes, figures: dict[str, tuple[str, str]]) -> bytes:
    """The form as it was handed out, with figures in it, saved as a spreadsheet."""
    rows = list(csv.reader(io.StringIO(form.decode("utf-8-sig")), csv.Sniffer().sniff(form.decode("utf-8-sig"))))
    heading = rows[0]
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            values = dict(zip(heading, row, strict=False))
            if number and (given := figures.get(values["Indicator"])):
                values["Figure"], values["Of how many"] = given
            for column, value in enumerate(values.values()):
                sheet.write(number, column, value)
    return content.getvalue()


def hands_in_file(somebody: Visitor, content: bytes) -> None:
    somebody.page.get_by_label("File", exact=True).set_input_files(
        {"name": "tanzania.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    somebody.presses("Try the file")


def test_neema_hands_in_a_faulty_file_and_then_a_mended_one(arrives: Arrives) -> None:
    neema = arrives("Neema", NEEMA)
    neema.opens(f"{ANSWER}")
    neema.follows("File or paste")
    form = neema.fetches(neema.page.get_by_role("link", name=".csv"))
    hands_in_file(neema, filled_in(form, {"I1": ("many", ""), "I3": ("60", "50"), "I5": ("3", "3")}))
    neema.reads("Nothing is taken in.", "“many” is not a number", "row 2", "row 3")
    neema.opens(ANSWER)
    assert neema.page.get_by_label(SUPPORT).input_value() == ""
    neema.follows("File or paste")
    hands_in_file(neema, filled_in(form, {"I1": ("4", ""), "I3": ("48", "50"), "I5": ("3", "3")}))
    neema.reads("Nothing is wrong. This would happen:", "New figures: 3.")
    neema.presses("Take it in")
    neema.reads("The file is taken in.")
    neema.follows("See the result")
    assert neema.page.get_by_label(SUPPORT).input_value() == "4"


def test_what_neema_typed_is_not_lost_when_the_network_fails(arrives: Arrives) -> None:
    neema = arrives("Neema", NEEMA)
    neema.opens(ANSWER)
    neema.page.get_by_label(SUPPORT).fill("7")
    neema.presses_without_a_network("Save")
    neema.opens(ANSWER)
    neema.reads("What you typed is still here")
    assert neema.page.get_by_label(SUPPORT).input_value() == ""
    neema.presses_here("Put it back")
    assert neema.page.get_by_label(SUPPORT).input_value() == "7"
    neema.presses("Save")
    neema.reads("1 figure has been saved.")
    neema.opens(ANSWER)
    neema.misses("What you typed is still here")
    assert neema.page.get_by_label(SUPPORT).input_value() == "7"


def test_what_neema_typed_is_not_lost_when_her_session_ends(arrives: Arrives) -> None:
    neema = arrives("Neema", NEEMA)
    neema.opens(ANSWER)
    neema.page.get_by_label(SUPPORT).fill("7")
    neema.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    neema.presses("Save")
    neema.reads("nothing of what you sent has been saved")
    back = neema.page.locator("input[name=next]").first.input_value()
    assert back == ANSWER
    neema.is_signed_in_as(NEEMA)
    neema.opens(back)
    neema.reads("What you typed is still here")
    neema.presses_here("Put it back")
    assert neema.page.get_by_label(SUPPORT).input_value() == "7"
    neema.presses("Save")
    neema.reads("1 figure has been saved.")
    neema.opens(ANSWER)
    neema.misses("What you typed is still here")
    assert neema.page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('omsorg.typed'))") == []
    neema.page.get_by_label(SUPPORT).focus()
    pastes(neema, "\n".join(["8"] * 500))
    neema.reads("Pasted cells that found no field here:")
    neema.page.evaluate("document.querySelector('[data-omsorg-leave]').dispatchEvent(new Event('omsorg:saved'))")
    neema.signs_out()
    assert neema.page.evaluate("Object.keys(sessionStorage).filter((name) => name.startsWith('omsorg.typed'))") == []
