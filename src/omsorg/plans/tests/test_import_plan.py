"""A whole plan comes in from files: what is right, what is wrong and how that is said, what comes twice."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from omsorg.federation.access import acting_as
from omsorg.federation.models import Organisation
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.sheets import NewSheet, write_xlsx
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.import_plan import What, import_plan
from omsorg.plans.imports.reading import read_book
from omsorg.plans.models import Action, Assessment, BudgetEntry, Indicator, Plan, Target
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.rules.measures import Activity, Kind, RollUp

AT = datetime(2024, 6, 3, 9, tzinfo=UTC)
PLAN = """code;title_en;titel_da;adopted_on;runs_until;currency
p1;The plan;Planen;2021-07-01;01.01.2025;NOK
"""
SOURCES = """code;title;kind;published on
ICS;A review;review;5 May 2021
"""
RECOMMENDATIONS = """code;area;text;answer;actions
1;Care;Train everybody;accepted;A1 A2
2;Care;Listen to children;partly;A2
"""
ACTIONS = """kode;titel_da;title;frist;budget;prioriteret
A1;Uddannelse;Training;31.12.2023;1 500 000;ja
A2;Ombud;Ombudsperson;2024-06-30;;nej
"""
INDICATORS = """code;title;actions;kind;direction;over organisations;asked of associations;due date
I1;Carers trained;A1;ratio;up;ratio of sums;yes;2023-12-31
I2;Ombudsperson at work;A2;;;;;
I3;Policy approved;A1 A2;milestone;up;all must;no;2022-12-31
"""
TARGETS = """indicator;series;due_on;number;denominator;in force from;reason
I1;baseline;2021-07-01;10;100;;
I1;target;2023-12-31;90;100;;
I1;target;2023-12-31;80;100;2023-01-15;Too few trainers
"""
BUDGET = """action;kind;amount;day;reason
A1;spent;400 000,50;2022-03-31;First half-year
A1;revised;2000000;2023-01-15;Prices have risen
"""
REVISIONS = """code;what;in_force_on;reason;due date;cause;activity;superseded by
A1;action;2023-02-01;Trainers could not travel;2024-06-30;outside;;
I3;indicator;2024-02-01;Measured by I1;;;superseded;I1
"""
REPORTS = """code;period;as_at
2023-03;2022-H2;2023-03-31
2024-03;H2 2023;2024-03-31
"""
RATINGS = """report;indicator;rating;cause;new date;reason
2023-03;I1;on track;;;
2023-03;I2;behind;time;2024-01-01;
2023-03;I3;completed;;;
2024-03;I1;off track;;;More time is needed
2024-03;I2;on hold;;;Waits for the commission
"""
FILES = {
    "plan.csv": PLAN,
    "sources.csv": SOURCES,
    "anbefalinger.csv": RECOMMENDATIONS,
    "actions.csv": ACTIONS,
    "indicators.csv": INDICATORS,
    "targets.csv": TARGETS,
    "budget.csv": BUDGET,
    "revisions.csv": REVISIONS,
    "reports.csv": REPORTS,
    "ratings.csv": RATINGS,
}


def book_of(**changed):
    files = FILES | {f"{name}.csv": text for name, text in changed.items()}
    return read_book([(name, text.encode()) for name, text in files.items() if text])


def bring_in(world, book, **more):
    person = world.person["plan_owner"].pk
    with in_name_of(person):
        return import_plan(book=book, by=acting_as(person, day=AT.date()), at=AT, **more)


def told(outcome):
    return [(fault.sheet, fault.row, fault.column, str(fault.sentence)) for fault in outcome.faults]


def test_one_look_tells_of_an_unreadable_cell_and_of_a_code_that_is_not_there_in_the_same_row(world):
    """A99 used to be told only once the day was mended."""
    wrong = INDICATORS.replace(
        "A1 A2;milestone;up;all must;no;2022-12-31", "A1 A99;milestone;up;all must;no;31.02.2022"
    )
    outcome = bring_in(world, book_of(indicators=wrong, targets=TARGETS + "I99;target;2023-12-31;1;;;\n"))
    assert told(outcome) == [
        ("indicators", 4, "C", "There is no action “A99”: neither on the sheet “actions” nor in the plan."),
        ("indicators", 4, "H", "There is no day “31.02.2022” in the calendar."),
        ("targets", 5, "A", "There is no indicator “I99”: neither on the sheet “indicators” nor in the plan."),
    ]


def test_a_whole_plan_comes_in_and_is_what_the_files_say(world):
    outcome = bring_in(world, book_of())
    assert told(outcome) == []
    plan = outcome.plan
    assert (plan.code, plan.owner, plan.title) == ("p1", world.org["international"], {"en": "The plan", "da": "Planen"})
    as_adopted = plan_as_of(plan, date(2021, 7, 1))
    assert [a.code for a in as_adopted.actions] == ["A1", "A2"]
    first = as_adopted.action["A1"]
    assert (first.terms.title, first.terms.prioritised) == ({"da": "Uddannelse", "en": "Training"}, True)
    assert (first.recommendations, first.indicators) == (("1",), ("I1", "I3"))
    assert as_adopted.recommendation["1"].actions == ("A1", "A2")
    assert as_adopted.recommendation["2"].accepted == "partly"
    assert first.budget[0].original == 1_500_000_00
    trained = as_adopted.indicator["I1"]
    assert (trained.terms.kind, trained.terms.roll_up, trained.adopted) == (Kind.RATIO, RollUp.RATIO_OF_SUMS, True)
    assert (trained.baseline.number, [t.number for t in trained.targets]) == (Decimal(10), [Decimal(90)])

    later = plan_as_of(plan, date(2024, 3, 31))
    moved = later.action["A1"]
    assert (moved.terms.due_on, moved.first_due_on, moved.cause) == (date(2024, 6, 30), date(2023, 12, 31), "outside")
    assert (moved.budget[0].revised, moved.budget[0].spent) == (2_000_000_00, 400_000_50)
    assert [t.number for t in later.indicator["I1"].targets] == [Decimal(80)]
    assert [t.number for t in later.indicator["I1"].first_targets] == [Decimal(90)]
    assert later.indicator["I3"].terms.superseded_by == "I1"
    assert later.indicator["I2"].terms.activity is Activity.ON_HOLD
    assert later.indicator["I2"].terms.activity_reason == {"en": "Waits for the commission"}
    assert plan_as_of(plan, date(2024, 1, 31)).indicator["I3"].terms.activity is Activity.ACTIVE

    with in_name_of(world.person["plan_owner"].pk):
        kept = Assessment.objects.filter(indicator__plan=plan).select_related("indicator")
        ratings = {(a.indicator.code, a.period_start): a for a in kept}
    assert len(ratings) == 4
    published = ratings["I1", date(2023, 7, 1)]
    assert (published.rating, published.cause, published.as_published) == ("off_track", "", True)
    assert [(r.code, r.period.code) for r in outcome.reports] == [("2023-03", "2022-H2"), ("2024-03", "2023-H2")]


def test_the_same_files_again_change_nothing(world):
    bring_in(world, book_of())

    def count():
        with in_name_of(world.person["plan_owner"].pk):
            assessments = Assessment.objects.count()
        return (
            [assessments]
            + [model.objects.count() for model in (Plan, Action, Indicator, Target, BudgetEntry)]
            + [sum(a.revisions.count() for a in (*Action.objects.all(), *Indicator.objects.all()))]
        )

    before = count()
    again = bring_in(world, book_of())
    assert told(again) == []
    assert not again.changes_anything
    assert again.there["ratings"] == 4
    assert count() == before


def test_a_rehearsal_says_what_would_happen_and_leaves_nothing(world):
    outcome = bring_in(world, book_of(), rehearse=True)
    assert outcome.is_sound
    assert outcome.plan is None
    assert (outcome.new["actions"], outcome.new["indicators"]) == (2, 3)
    assert not Plan.objects.filter(code="p1").exists()


def test_a_changed_file_becomes_a_revision_with_its_reason(world):
    bring_in(world, book_of())
    changed = book_of(actions=ACTIONS.replace("Training", "Training for all"))
    refused = bring_in(world, changed)
    assert told(refused) == [
        ("actions", 2, "", "Say why this is changed: the reason stands in public beside the change.")
    ]
    outcome = bring_in(world, changed, reason="Clearer words")
    assert [(done.what, str(done.sentence)) for done in outcome.done] == [
        (What.CHANGED, "“A1” is revised from 3 June 2024 on: title.")
    ]
    now = plan_as_of(outcome.plan, AT.date()).action["A1"]
    assert now.terms.title == {"da": "Uddannelse", "en": "Training for all"}
    assert now.terms.due_on == date(2024, 6, 30), "what was revised since is not undone by an old file"
    assert not bring_in(world, changed, reason="Clearer words").changes_anything


@pytest.mark.parametrize(
    ("sheet", "old", "new", "expected"),
    [
        pytest.param(
            "actions",
            "A2;Ombud;Ombudsperson;2024-06-30",
            "A2;Ombud;Ombudsperson;2024-02-31",
            ("actions", 3, "D", "There is no day “2024-02-31” in the calendar."),
            id="a day that is not in the calendar",
        ),
        pytest.param(
            "anbefalinger",
            "Listen to children;partly;A2",
            "Listen to children;partly;A25",
            (
                "recommendations",
                3,
                "E",
                "There is no action “A25”: neither on the sheet “actions” nor in the plan.",
            ),
            id="an action that is not there",
        ),
        pytest.param(
            "indicators",
            "up;ratio of sums",
            "up;sum",
            ("indicators", 2, "F", "I1 is a share: numerators and denominators are added, percentages are not."),
            id="percentages that would be added",
        ),
        pytest.param(
            "ratings",
            "2023-03;I3;completed",
            "2023-03;I3;71 %",
            None,
            id="a percentage as a rating",
        ),
        pytest.param(
            "ratings",
            "2023-03;I3;completed",
            ";I3;completed",
            ("ratings", 4, "", "Give the period, or the code of a report on the sheet “reports”."),
            id="a rating of no period",
        ),
        pytest.param(
            "revisions",
            ";2024-06-30;outside;",
            ";2024-06-30;;",
            (
                "revisions",
                2,
                "F",
                "The due date is put off: say whether the cause is time, resources, scope or something outside.",
            ),
            id="put off without a cause",
        ),
        pytest.param(
            "revisions",
            "superseded;I1",
            "superseded;",
            ("revisions", 3, "H", "Say by which other one it is superseded."),
            id="superseded by nothing",
        ),
        pytest.param(
            "targets",
            "I1;target;2023-12-31;90;100;;",
            "I1;target;2023-12-31;90 %;;;",
            None,
            id="a percentage as a target",
        ),
        pytest.param(
            "budget",
            "400 000,50",
            "400.000",
            None,
            id="a sum that can be read in two ways",
        ),
        pytest.param("actions", "2024-06-30", "9999-12-31", None, id="a due date that nobody will see"),
        pytest.param("actions", "2024-06-30", "2150-06-30", None, id="a due date far beyond the plan"),
        pytest.param("plan", "01.01.2025", "31.12.9999", None, id="a plan without end"),
        pytest.param("revisions", "Trainers could not travel", "x" * 4001, None, id="a reason like a book"),
        pytest.param("actions", "Ombud;", "x" * 301 + ";", None, id="a title like a page"),
        pytest.param(
            "plan",
            "NOK",
            "XXQ",
            (
                "plan",
                2,
                "F",
                "“XXQ” is not a currency code. Write three capital letters, for example NOK.",
            ),
            id="a currency that nobody ever paid with",
        ),
        pytest.param(
            "actions",
            "A2;Ombud;Ombudsperson",
            "A1;Ombud;Ombudsperson",
            ("actions", 3, "A", "Row 2 and row 3 are about the same: A1."),
            id="one code twice",
        ),
        pytest.param(
            "actions",
            "A1;Uddannelse;Training",
            "A1;;",
            ("actions", 2, "C", "Give this text in at least one language."),
            id="no title",
        ),
    ],
)
def test_a_wrong_row_is_told_by_sheet_row_and_column_and_nothing_comes_in(world, sheet, old, new, expected):
    assert old in FILES[f"{sheet}.csv"]
    outcome = bring_in(world, book_of(**{sheet: FILES[f"{sheet}.csv"].replace(old, new)}))
    if expected is None:
        assert {fault.sheet for fault in outcome.faults} == {sheet}
        assert all(fault.row and fault.column for fault in outcome.faults)
    else:
        assert expected in told(outcome)
    assert all("%(" not in str(fault.sentence) for fault in outcome.faults)
    assert not Plan.objects.filter(code="p1").exists()


def test_a_fault_elsewhere_in_a_row_does_not_make_its_code_unknown(world):
    outcome = bring_in(world, book_of(actions=ACTIONS.replace("31.12.2023", "31.12.23")))
    assert [fault.sheet for fault in outcome.faults] == ["actions"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("plan.pdf", b"%PDF-1.7", "a PDF document", id="a document"),
        pytest.param("my notes.csv", b"a;b\n1;2\n", "is none of the sheets of a plan", id="a file by another name"),
        pytest.param("plan.zip", b"PK\x03\x04 cut short", "damaged or cut short", id="a broken archive"),
        pytest.param("plan.csv", b"", "There is nothing in", id="an empty file"),
        pytest.param("plan.csv", b"code;title;adopted_on\n", "There is no row in the file", id="headings alone"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(world, name, content, sentence):
    outcome = bring_in(world, read_book([(name, content)]))
    assert [sentence in str(fault.sentence) for fault in outcome.faults] == [True]


def test_an_archive_of_files_and_a_workbook_are_read_alike(world):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for name, text in FILES.items():
            packed.writestr(f"my plan/{name}", text)
        packed.writestr("__MACOSX/._plan.csv", b"\x00")
    rows = {name: [line.split(";") for line in text.splitlines()] for name, text in FILES.items()}
    workbook = write_xlsx(
        [NewSheet(name.removesuffix(".csv"), lines[0], lines[1:]) for name, lines in rows.items()]
        + [NewSheet("help", ["Read me"], [["…"]]), NewSheet("My notes", ["x"], [["y"]])]
    )
    from_archive = read_book([("plan.zip", archive.getvalue())])
    from_workbook = read_book([("plan.xlsx", workbook)])
    assert (from_archive.faults, from_workbook.faults) == ([], [])
    assert from_archive.rows == from_workbook.rows == book_of().rows
    assert from_workbook.unread_sheets == ["My notes"]


def test_organisations_come_with_the_file_for_whom_may_keep_them(world):
    organisations = """code;name;kind;stands under;country
region-west;Example Region West;region;international;
ghana;Example Association Ghana;national association;region-west;GH
"""
    refused = bring_in(world, book_of(organisations=organisations))
    assert "correct, move and close organisations" in told(refused)[0][3]
    person = world.person["housekeeper"].pk
    with in_name_of(person):
        outcome = import_plan(
            book=read_book([("organisations.csv", organisations.encode())]),
            by=acting_as(person, day=AT.date()),
            at=AT,
        )
    assert told(outcome) == []
    ghana = Organisation.objects.get(code="ghana")
    assert (ghana.place.name["sv"], ghana.positions.get().parent.code) == ("Ghana", "region-west")
    assert told(bring_in(world, book_of(organisations=organisations))) == []


def test_a_verified_rating_needs_somebody_of_that_organisation(world):
    ratings = RATINGS.replace("reason\n", "reason;verified rating;verified by;why contested\n", 1).replace(
        "2023-03;I1;on track;;;", "2023-03;I1;on track;;;;off track;norway;Half were trained twice"
    )
    alone = bring_in(world, book_of(ratings=ratings))
    assert [done.what for done in alone.done if done.sheet == "ratings" and done.row == 2] == [What.LEFT_OUT]


def test_nobody_but_a_plan_owner_brings_a_plan_in(world):
    person = world.person["officer"].pk
    with in_name_of(person):
        outcome = import_plan(book=book_of(), by=acting_as(person, day=AT.date()), at=AT)
    assert [fault.sheet for fault in outcome.faults] == ["plan"]
    assert not Plan.objects.filter(code="p1").exists()


def test_every_sentence_of_an_outcome_can_be_said(world):
    outcome = bring_in(world, book_of())
    assert all(isinstance(done.sentence, Sentence) and "%(" not in str(done.sentence) for done in outcome.done)


WHY = "Counted twice in the north"


def test_a_rating_that_sets_the_computed_one_aside_says_why_and_until_when_as_on_the_page(world):
    assert bring_in(world, book_of()).is_sound
    head = "report;indicator;rating;cause;new date;reason;overrides until\n"
    until = (AT.date() + timedelta(days=90)).isoformat()
    sheet = f"{head}2024-03;I1;completed;;;{WHY};{until}\n"
    assert bring_in(world, book_of(ratings=sheet)).new["ratings"] == 1
    with in_name_of(world.person["plan_owner"].pk):
        kept = Assessment.objects.get(voice="override")
        assert (kept.rating, kept.reason, kept.ends_on.isoformat()) == (
            "completed",
            "Counted twice in the north",
            until,
        )
    assert bring_in(world, book_of(ratings=sheet)).there["ratings"] == 1
    for wrong, column in (
        (sheet.replace(WHY, ""), "F"),
        (sheet.replace(until, "2020-01-01"), "G"),
    ):
        (fault,) = bring_in(world, book_of(ratings=wrong)).faults
        assert (fault.row, fault.column) == (2, column)
