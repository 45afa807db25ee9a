"""A plan owner hands in a whole plan, sees what would happen, and takes it in; nobody else comes in."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from omsorg.kernel.models import Trace
from omsorg.kernel.sheets import NewSheet, read_table, write_xlsx
from omsorg.kernel.wall import as_house
from omsorg.plans.imports.reading import read_book
from omsorg.plans.imports.sheets import SHEETS
from omsorg.plans.imports.template import column_helps, plan_template
from omsorg.plans.models import Action, Plan
from world import World

FIRST = "/plans/import/"
PLAN = NewSheet(
    "plan", ["code", "title", "owner", "adopted on"], [["new-plan", "New plan", "international", "2022-01-01"]]
)
ACTIONS = NewSheet("actions", ["code", "title"], [["A1", "Train everybody"], ["A2", "Write it down"]])
SOURCES = NewSheet("sources", ["code", "title"], [["S1", "A review"]])


@pytest.fixture
def owner(world: World) -> Client:
    client = Client()
    client.force_login(world.account["plan_owner"])
    return client


def hand_in(client: Client, *sheets: NewSheet) -> str:
    response = client.post(FIRST, {"file": SimpleUploadedFile("plan.xlsx", write_xlsx(sheets)), "reason": "It changed"})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def test_a_plan_comes_in_from_a_workbook(owner: Client) -> None:
    draft = hand_in(owner, PLAN, SOURCES, ACTIONS)
    page = owner.get(draft).content.decode()
    assert "The plan “new-plan” is adopted as of 1 January 2022." in page
    assert not Plan.objects.filter(code="new-plan").exists()
    for _twice in range(2):
        owner.post(draft, {"decision": "confirm"})
    assert Action.objects.filter(plan__code="new-plan").count() == 2
    assert 'href="/promises/new-plan/plan-on/"' in owner.get(draft).content.decode()
    with as_house():
        assert Trace.objects.filter(subject="plan:new-plan", verb="import_plan").count() == 1


def test_what_another_owner_has_decided_since_the_dry_run_is_not_put_back(owner: Client) -> None:
    owner.post(hand_in(owner, PLAN, SOURCES, ACTIONS), {"decision": "confirm"})
    headings = ["code", "title", "adopted on"]
    draft, theirs = (
        hand_in(owner, NewSheet("plan", headings, [["new-plan", title, "2022-01-01"]])) for title in ("Mine", "Theirs")
    )
    owner.post(theirs, {"decision": "confirm"})
    page = owner.post(draft, {"decision": "confirm"}, follow=True).content.decode()
    assert "Something has changed since you looked. Nothing was taken in." in page
    assert Plan.objects.get(code="new-plan").revisions.latest("number").title == {"en": "Theirs"}
    owner.post(draft, {"decision": "confirm"})
    assert Plan.objects.get(code="new-plan").revisions.latest("number").title == {"en": "Mine"}


def test_what_is_wrong_is_named_by_sheet_row_and_column(owner: Client) -> None:
    draft = hand_in(owner, PLAN, NewSheet("actions", ["code", "title", "due on"], [["A 1", "Train", "yesterday"]]))
    page = owner.get(draft).content.decode()
    assert "“A 1” cannot be a code" in page
    assert "C2" in page
    owner.post(draft, {"decision": "confirm"})
    assert not Plan.objects.filter(code="new-plan").exists()


def test_what_was_passed_over_is_told(owner: Client) -> None:
    page = owner.get(hand_in(owner, PLAN, SOURCES, NewSheet("notes", ["a", "b"], [["x", "y"]]))).content.decode()
    assert "This sheet is not one of a plan, and was not read." in page


@pytest.mark.parametrize("who", ["officer", "publisher", "housekeeper"])
def test_nobody_else_comes_in(world: World, who: str) -> None:
    client = Client()
    client.force_login(world.account[who])
    assert client.get(FIRST).status_code == 403
    assert client.post(FIRST, {}).status_code == 403


def test_the_form_explains_every_column_and_is_read_again_without_a_fault(owner: Client) -> None:
    workbook = owner.get(f"{FIRST}template.xlsx").content
    told = read_table(workbook, "plan.xlsx")
    assert list(told.sheets) == [*(form.name for form in SHEETS), "help"]
    explained = {str(row[1]) for row in told.named("help").rows[1:]}
    assert {column.heading for form in SHEETS for column in column_helps(form)} == explained
    book = read_book([("plan.xlsx", workbook)])
    assert [(fault.sheet, fault.cell, str(fault.sentence)) for fault in book.faults] == []
    assert book.unread_sheets == []
    assert all(len(book[form.name]) == 1 for form in SHEETS)


def test_the_same_form_comes_as_an_archive_of_text_files(owner: Client) -> None:
    packed = owner.get(f"{FIRST}template.zip").content
    assert packed == plan_template("zip")
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == [f"{form.name}.csv" for form in SHEETS]
    assert read_book([("plan.zip", packed)]).rows.keys() == {form.name for form in SHEETS}


@pytest.mark.parametrize("language", ["/da", "/nb", "/sv"])
@pytest.mark.parametrize("ending", ["xlsx", "zip"])
def test_the_form_is_understood_when_it_comes_back_in_any_language(owner: Client, language: str, ending: str) -> None:
    book = read_book([(f"form.{ending}", owner.get(f"{language}{FIRST}template.{ending}").content)])
    assert (book.unread_sheets, book.unknown_headings) == ([], {})
    assert [(fault.sheet, str(fault.sentence)) for fault in book.faults] == []
    assert all(len(book[form.name]) == 1 for form in SHEETS)


def test_every_column_is_explained_on_a_page(owner: Client) -> None:
    page = owner.get(f"{FIRST}columns/")
    assert len(page.context["sheets"]) == len(SHEETS)
    assert all(column.help for sheet in page.context["sheets"] for column in sheet["columns"])
    assert owner.get(f"/da{FIRST}columns/").status_code == 200


def test_a_file_without_the_sheet_plan_is_of_the_only_plan_there_is(owner: Client) -> None:
    spent = NewSheet("budget", ["action", "kind", "amount", "day"], [["training", "original", "100", "2022-01-01"]])
    draft = hand_in(owner, spent)
    owner.post(draft, {"decision": "confirm"})
    assert Action.objects.get(code="training").budget.get().amount_minor == 100_00
