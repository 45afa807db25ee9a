"""All that is wrong with the file of a plan is told in one look, in the order of its rows and in its own words."""

import io
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter

from omsorg.federation.access import acting_as
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.sheets.rows import MOST_ERRORS
from omsorg.kernel.tests.made_files import packed_again
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.import_plan import Outcome, import_plan
from omsorg.plans.imports import sound
from omsorg.plans.imports.reading import Book, Fault, read_book
from omsorg.plans.imports.references import Known, loose_ends
from omsorg.plans.models import Plan
from omsorg.plans.tests.answering import AT
from omsorg.plans.tests.test_import_plan import FILES, book_of, bring_in
from omsorg.plans.views.import_plan import _fault
from world import World

PLAN = "kode;titel;vedtaget den\nny-plan;Ny plan;2022-01-01\n"
ACTIONS = (
    "kode;titel;årsag;frist;begynder den;erstattet af\n"
    "B1;Første;;2022-12-31;2023-06-01;\n"
    "B2;Anden;;engang;2022-02-01;\n"
    "B2;Tredje;;;;Z9\n"
)


def tried(world: World, book: Book) -> Outcome:
    person = world.person["plan_owner"].pk
    with in_name_of(person):
        return import_plan(book=book, by=acting_as(person, day=AT.date()), at=AT, rehearse=True)


def test_an_unreadable_cell_hides_no_duplicate_no_loose_end_and_no_rule(world: World) -> None:
    book = read_book([("plan.csv", PLAN.encode()), ("tiltag.csv", ACTIONS.encode())])
    outcome = tried(world, book)
    found = [(fault.sheet, fault.row, str(fault.sentence)) for fault in outcome.faults]
    assert [row for _sheet, row, _sentence in found] == sorted(row for _sheet, row, _sentence in found)
    said = " ".join(sentence for _sheet, _row, sentence in found)
    assert "Row 3 and row 4 are about the same" in said
    assert "“engang”" in said
    assert "Z9" in said
    assert any(row == 2 for _sheet, row, _sentence in found)  # due before it starts


def test_faults_name_sheets_and_columns_as_the_file_does(world: World) -> None:
    book = read_book([("plan.csv", PLAN.encode()), ("tiltag.csv", ACTIONS.encode())])
    shown = [_fault(book, fault) for fault in tried(world, book).faults]
    assert {fault.sheet for fault in shown} == {"tiltag"}
    assert {fault.heading for fault in shown} <= {"kode", "frist", "begynder den", "erstattet af"}
    assert any("“tiltag”" in str(fault.sentence) for fault in shown)


CELLS = ["D2", "D3", "A4", "F4"]
SHEETS: dict[str, list[list[Any]]] = {
    "plan": [["kode", "titel", "vedtaget den", "løber til"], ["ny-plan", "Ny plan", "2022-01-01", "2025-01-01"]],
    "tiltag": [
        ["kode", "titel", "aktivitet", "hvorfor ikke aktiv", "frist", "budget"],
        ["B1", "Første", "", "", "2024-12-31", 100],
        ["B2", "Anden", "", "", "=TODAY()", 100],
        ["B2", "Anden igen", "", "", "2024-12-31", "#DIV/0!"],
        ["B3", "Tredje", "sat på pause", "", "engang", ""],
        ["B4", "Fjerde", "", "", "2024-12-31", ""],
        ["B5", "Slået sammen", "", "", "2024-12-31", ""],
    ],
    "indikatorer": [
        ["kode", "titel", "tiltag", "type", "retning"],
        ["C1", "Milepæl", "B1", "milepæl", "op"],
        ["C2", "Antal", "B9", "antal", "op"],
        ["C3", "", "B1", "antal", "op"],
        ["C4", "Milepæl", "B4", "milepæl", "op"],
    ],
    "budget": [
        ["tiltag", "type", "beløb", "dag"],
        ["B4", "brugt", 0, "2022-06-01"],
    ],
    "ændringer": [
        ["kode", "gælder fra", "begrundelse", "frist", "årsag"],
        ["B1", "2022-03-01", "", "2024-11-30", ""],
        ["B4", "2022-03-01", "Tog længere tid", "2025-06-30", ""],
    ],
    "rapporter": [["kode", "periode", "pr."], ["R1", "2021-H2", "2022-03-31"]],
    "vurderinger": [
        ["rapport", "indikator", "vurdering", "årsag"],
        ["R1", "C4", "i rute", "tid"],
        ["R9", "C1", "i rute", ""],
        ["", "C1", "i rute", ""],
    ],
}
TOLD = [
    ("tiltag", "E3", "frist", "computed by a formula"),
    ("tiltag", "A4", "kode", "Row 3 and row 4 are about the same: B2."),
    ("tiltag", "F4", "budget", "shows an error"),
    ("tiltag", "D5", "hvorfor ikke aktiv", "Say why it is no longer worked on"),
    ("tiltag", "E5", "frist", "“engang” is not a date"),
    ("tiltag", "B7", "titel", "cells are merged: B7:D7"),
    ("indikatorer", "C3", "tiltag", "There is no action “B9”: neither on the sheet “tiltag” nor in the plan."),
    ("indikatorer", "B4", "titel", "Give this text in at least one language."),
    ("budget", "A2", "tiltag", "Enter what was spent"),
    ("ændringer", "C2", "begrundelse", "This cell must be filled in."),
    ("ændringer", "E3", "årsag", "The due date is put off"),
    ("vurderinger", "D2", "årsag", "off track"),
    ("vurderinger", "A3", "rapport", "There is no report “R9”: neither on the sheet “rapporter” nor in the plan."),
    ("vurderinger", "4", "period", "the code of a report on the sheet “rapporter”."),
]


def workbook(sheets: dict[str, list[list[Any]]], merged: tuple[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
                if "#DIV/0!" in row:
                    page.write_formula(number, row.index("#DIV/0!"), "=1/0", None, "#DIV/0!")
            if merged and merged[0] == name:
                page.merge_range(merged[1], "Slået sammen")
    return packed_again(file.getvalue(), "xl/worksheets/sheet2.xml", b"<f>1/0</f>", b"")


def test_one_look_tells_of_every_fault_of_a_workbook_in_its_order_and_its_words(world: World) -> None:
    book = read_book([("plan.xlsx", workbook(SHEETS, merged=("tiltag", "B7:D7")))])
    told = [_fault(book, fault) for fault in tried(world, book).faults]
    found = [(fault.sheet, fault.cell, fault.heading, str(fault.sentence)) for fault in told]
    assert [each[:3] for each in found] == [each[:3] for each in TOLD]
    wanting = [said for (*_at, sentence), (*_there, said) in zip(found, TOLD, strict=True) if said not in sentence]
    assert wanting == []
    assert not Plan.objects.filter(code="ny-plan").exists()


def test_a_plan_that_is_there_is_told_of_every_reason_that_is_missing_beside_what_cannot_be_read(world: World) -> None:
    assert bring_in(world, book_of()).is_sound
    more = {
        "tiltag.csv": "kode;titel;frist\nA9;Nyt;engang\n",
        "mål.csv": "indikator;frist;tal;nævner;gælder fra\nI1;2024-12-31;95;100;2024-05-01\nI2;2025-06-30;x;;\n",
        "budget.csv": "tiltag;type;beløb;dag\nA1;brugt;5;2024-05-01\nA2;brugt;5;2024-05-01\nA7;brugt;5;2024-05-01\n",
        "vurderinger.csv": "rapport;indikator;vurdering;årsag\n2023-03;I3;gennemført;tid\n",
        "rapporter.csv": "kode;periode;pr.\n2023-03;2022-H2;2023-03-31\n",
    }
    plan = Plan.objects.get(code="p1")
    outcome = bring_in(world, read_book([(name, text.encode()) for name, text in more.items()]), plan=plan)
    assert [(fault.sheet, fault.row, fault.heading) for fault in outcome.faults] == [
        ("actions", 2, "frist"),
        ("targets", 2, "reason"),
        ("targets", 3, "tal"),
        ("budget", 2, "reason"),
        ("budget", 3, "reason"),
        ("budget", 4, "tiltag"),
        ("ratings", 2, "årsag"),
    ]


def test_one_fault_anywhere_makes_no_other_row_wrong(world: World) -> None:
    """What a row says that cannot be taken in is not missed by the others: nothing untrue is told of them."""
    for name, text in FILES.items():
        head, *rows = text.splitlines()
        for number in range(len(rows)):
            wrong = [row + ";" * head.count(";") + "stray" if n == number else row for n, row in enumerate(rows)]
            files = FILES | {name: "\n".join([head, *wrong])}
            outcome = bring_in(world, read_book([(each, said.encode()) for each, said in files.items()]))
            assert [(fault.row, str(fault.sentence)) for fault in outcome.faults] == [
                (number + 2, "A value stands here in a column without a heading.")
            ], name


def test_a_sheet_that_cannot_be_read_hides_no_fault_of_the_others(world: World) -> None:
    book = read_book(
        [
            ("plan.csv", PLAN.encode()),
            ("sources.csv", b"code;code;title\nS;S;Twice\n"),
            ("tiltag.csv", ACTIONS.encode()),
            ("anbefalinger.csv", b"kode;tekst;kilde;tiltag\n1;Alle;S;B1 B7\n"),
            ("noter.csv", b"x\n"),
        ]
    )
    told = [(_fault(book, fault).sheet, fault.cell) for fault in tried(world, book).faults]
    assert told == [("", ""), ("sources", ""), *[("tiltag", each) for each in CELLS], ("anbefalinger", "D2")]


def chain_of(length: int) -> Book:
    """Actions of which each is superseded by the next; the last has a fault."""
    links = "".join(f"B{n};T;superseded;why;B{n + 1};\n" for n in range(length - 1)) + f"B{length - 1};T;;;;x\n"
    actions = f"code;title;activity;activity_reason;superseded_by;budget\n{links}"
    return read_book([("plan.csv", PLAN.encode()), ("actions.csv", actions.encode())])


def test_a_chain_of_rows_that_name_each_other_is_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def counted(book: Book, known: Known) -> list[Fault]:
        looked.append(len(book["actions"]))
        return list(loose_ends(book, known))

    monkeypatch.setattr(sound, "loose_ends", counted)
    book = chain_of(3000)
    left = sound.sound_part(book, Known(), book.faults)
    assert (len(left["plan"]), len(left["actions"])) == (1, 0)
    assert looked == [2999]


def test_what_rests_on_a_row_that_goes_goes_with_it_and_nothing_else_does() -> None:
    files = {
        "sources.csv": "code;title\nS;Only one\n",
        "recommendations.csv": "code;text;actions\n1;First;B1\n2;Second;B3\n",
        "actions.csv": "code;title;recommendations\nB1;One;\nB2;Two;1\nB3;Three;\n",
        "indicators.csv": "code;title;actions\nI1;Ind;B2\nI2;Other;B3\n",
        "revisions.csv": "code;in_force_on;reason;title\nI1;2023-01-01;Why;New\nI2;2023-01-01;Why;New\n",
        "ratings.csv": "period;indicator;rating\n2022-H2;I1;on track\n2022-H2;I2;on track\n",
    }
    book = read_book([("plan.csv", PLAN.encode()), *((name, text.encode()) for name, text in files.items())])
    assert book.faults == []
    wrong = [book.fault(book["actions"][0], "title", Sentence("Wrong."))]
    left = sound.sound_part(book, Known(), wrong)
    assert {sheet: [row.number for row in rows] for sheet, rows in left.rows.items() if sheet != "plan"} == {
        "sources": [2],
        "recommendations": [3],
        "actions": [4],
        "indicators": [3],
        "revisions": [3],
        "ratings": [3],
    }
    no_source = sound.sound_part(book, Known(), [book.fault(book["sources"][0], "title", Sentence("Wrong."))])
    assert not no_source["recommendations"]


def test_of_very_many_faults_of_a_sheet_the_first_are_named_and_the_others_counted(world: World) -> None:
    money = "action;kind;amount;day;reason\n" + "Z1;spent;1;2022-02-01;r\n" * (MOST_ERRORS + 20)
    files = [
        ("plan.csv", PLAN.encode()),
        ("budget.csv", money.encode()),
        ("tiltag.csv", b"kode;titel;budget\nB1;A;x\n"),
    ]
    outcome = tried(world, read_book(files))
    assert (len(outcome.faults), outcome.more_faults) == (MOST_ERRORS + 1, 20)
    assert [fault.row for fault in outcome.faults if fault.sheet == "budget"] == list(range(2, MOST_ERRORS + 2))


def of_files(files: dict[str, str]) -> Book:
    return read_book([(name, text.encode()) for name, text in files.items()])


STARTS_LATE = (
    "code;title;starts_on;due_on;budget\nB1;One;;2022-12-31;\nB2;Two;;2024-12-31;{budget}\nB3;Three;2023-06-01;{due};\n"
)


def test_a_plan_ends_after_the_last_due_date_also_where_that_row_has_a_fault(world: World) -> None:
    """B3 is due when the plan ends: not before it starts, whatever is wrong with the budget of B2."""
    files = {"plan.csv": PLAN, "actions.csv": STARTS_LATE.format(budget="x", due="")}
    assert [(fault.row, fault.heading) for fault in tried(world, of_files(files)).faults] == [(3, "budget")]
    early = files | {"actions.csv": STARTS_LATE.format(budget="", due="2023-01-31")}
    assert [fault.row for fault in tried(world, of_files(early)).faults] == [4]


def test_nothing_is_held_against_the_end_of_a_plan_that_is_not_known(world: World) -> None:
    unread = STARTS_LATE.format(budget="", due="").replace("2024-12-31", "engang")
    outcome = tried(world, of_files({"plan.csv": PLAN, "actions.csv": unread}))
    assert [(fault.row, fault.heading) for fault in outcome.faults] == [(3, "due_on")]


def test_a_new_plan_whose_owner_cannot_be_entered_yet_is_not_said_to_be_missing(world: World) -> None:
    organisations = "code;name;kind;parent;exists_from\nneworg;New;national_association;africa;2000-01-01\n"
    files = {
        "plan.csv": "code;title;adopted_on;owner\nny-plan;Ny plan;2022-01-01;neworg\n",
        "organisations.csv": organisations + "other;Other;national_association;africa;x\n",
        "actions.csv": "code;title;due_on\nB1;One;2024-12-31\n",
    }
    outcome = tried(world, of_files(files))
    assert {fault.sheet for fault in outcome.faults} == {"organisations"}


@pytest.mark.parametrize(
    ("more", "missed"), [("stray", 2), (";Decided in May;stray", 0), (";;stray", 2)], ids=["stray", "reason", "none"]
)
def test_a_fault_in_the_row_of_a_plan_that_is_there_hides_no_other(world: World, more: str, missed: int) -> None:
    assert bring_in(world, book_of()).is_sound
    head = "code;title;adopted_on" + (";summary;reason" if ";" in more else "")
    files = {
        "plan.csv": f"{head}\np1;The plan;2021-07-01;{more}\n",
        "targets.csv": "indicator;due_on;number;denominator;in_force_on\nI1;2024-12-31;95;100;2024-05-01\n",
        "budget.csv": "action;kind;amount;day\nA1;spent;5;2024-05-01\n",
    }
    for plan in (Plan.objects.get(code="p1"), None):
        outcome = bring_in(world, of_files(files), plan=plan)
        held = [("plan", 2), ("targets", 2), ("budget", 2)][: 1 + missed]
        assert [(fault.sheet, fault.row) for fault in outcome.faults] == held


def test_no_reason_is_missed_where_the_sheet_of_the_plan_may_give_one_that_cannot_be_read(world: World) -> None:
    assert bring_in(world, book_of()).is_sound
    book = of_files(
        {
            "plan.csv": "code;title;adopted_on;reason\np1;The plan;2021-07-01;\n",
            "budget.csv": "action;kind;amount;day\nA1;spent;5;2024-05-01\nA9;spent;5;2024-05-01\n",
        }
    )
    (row,) = book["plan"]
    book.rows["plan"], book.faulty["plan"] = [], [replace(row, unread=frozenset({"reason"}))]
    book.faults.append(book.fault(row, "reason", Sentence("A formula.")))
    assert [(fault.sheet, fault.row) for fault in bring_in(world, book).faults] == [("plan", 2), ("budget", 3)]
