"""A plan that was published before is brought in as it was published; the counts that come out are those of the record.

Only what such a record says: codes, titles, what was rated how in which report. No figures, no causes, no new dates.
"""

from datetime import UTC, date, datetime

import pytest

from omsorg.federation.access import acting_as
from omsorg.kernel.periods import Period
from omsorg.kernel.sheets import NewSheet, write_xlsx
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.import_plan import import_plan
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.imports.reading import read_book
from omsorg.plans.models import Plan
from omsorg.plans.queries.published import document_of
from omsorg.plans.rules.limits import ReportLimits

NOW = datetime(2024, 6, 3, 9, tzinfo=UTC)
ACTIONS = [f"A{number}" for number in range(1, 25)]
INDICATORS = [f"I{number}" for number in range(1, 36)]
OF_ACTION = {code: ACTIONS[place % 24] for place, code in enumerate(INDICATORS)}
IN_2023 = ["on track"] * 20 + ["completed"] * 5 + ["off track"] * 10
IN_2024 = ["completed"] * 13 + ["on track"] * 12 + ["off track"] * 6 + ["on hold"] * 3 + ["changed"]
SHEETS = [
    NewSheet(
        "plan", ["code", "title", "adopted on", "runs until"], [["record", "The plan", "2021-07-01", "2025-01-01"]]
    ),
    NewSheet("sources", ["code", "title"], [["R", "The review"]]),
    NewSheet(
        "recommendations",
        ["code", "area", "text"],
        [[f"{place % 5 + 1}.{place}", f"Area {place % 5 + 1}", f"Recommendation {place}"] for place in range(46)],
    ),
    NewSheet(
        "actions",
        ["code", "title", "prioritised"],
        [[code, f"Action {code}", "yes" if place < 8 else "no"] for place, code in enumerate(ACTIONS)],
    ),
    NewSheet(
        "indicators",
        ["code", "title", "actions"],
        [[code, f"Indicator {code}", OF_ACTION[code]] for code in INDICATORS],
    ),
    NewSheet(
        "targets",
        ["indicator", "due date", "number"],
        [["I1", date(2023, 12, 31), 1], ["I30", date(2022, 12, 31), 1]],
    ),
    NewSheet(
        "reports",
        ["code", "period", "as at"],
        [["2023-03", "2022-H2", date(2023, 3, 16)], ["2024-03", "2023-H2", date(2024, 3, 31)]],
    ),
    NewSheet(
        "ratings",
        ["report", "indicator", "rating"],
        [["2023-03", code, rating] for code, rating in zip(INDICATORS, IN_2023, strict=True)]
        + [["2024-03", code, rating] for code, rating in zip(INDICATORS, IN_2024, strict=True)],
    ),
]


def take_in(world, sheets, **more):
    person = world.person["plan_owner"].pk
    with in_name_of(person):
        book = read_book([("record.xlsx", write_xlsx(sheets))])
        return import_plan(book=book, by=acting_as(person, day=NOW.date()), at=NOW, **more)


def published(world, code, period, as_at):
    """Frozen by one person and released by another, long after the day that it speaks of."""
    plan = Plan.objects.get(code="record")
    with in_name_of(world.person["publisher"].pk):
        report = freeze_report(
            plan=plan,
            period=Period.parse(period),
            as_at=as_at,
            code=code,
            by=acting_as(world.person["publisher"].pk, day=NOW.date()),
            at=NOW,
            limits=ReportLimits(grace_days=30, small_cell=5),
        )
    second = world.person["second_publisher"].pk
    with in_name_of(second):
        release_report(report=report, by=acting_as(second, day=NOW.date()), at=NOW)
        return document_of(report)


@pytest.fixture
def record(world):
    outcome = take_in(world, SHEETS)
    assert [(fault.sheet, fault.cell, str(fault.sentence)) for fault in outcome.faults] == []
    return world


def test_the_counts_of_the_record_come_out_on_both_bases(record):
    first = published(record, "record-2023", "2022-H2", date(2023, 3, 16))
    assert (first.bases.adopted.good, first.bases.adopted.total) == (25, 35)
    assert (first.bases.active.good, first.bases.active.total) == (25, 35)
    second = published(record, "record-2024", "2023-H2", date(2024, 3, 31))
    adopted, active = second.bases.adopted, second.bases.active
    assert (adopted.completed, adopted.on_track, adopted.off_track, adopted.on_hold_or_changed) == (13, 12, 6, 4)
    assert (adopted.good, adopted.total, str(adopted.percent)) == (25, 35, "71.4")
    assert (active.good, active.total, active.not_rated, str(active.percent)) == (25, 32, 1, "78.1")
    assert (len(second.recommendations), second.action_counts.total, second.action_counts.prioritised) == (46, 24, 8)
    assert [told.rating for told in second.indicators[0].history] == ["on_track"]


def test_off_track_without_a_cause_stays_without_one(record):
    document = published(record, "record-2023", "2022-H2", date(2023, 3, 16))
    off_track = [part for part in document.indicators if part.stated == "off_track"]
    assert len(off_track) == 10
    assert all(part.cause is None and part.new_date is None for part in off_track)


def test_a_target_without_any_figure_does_not_push_the_published_rating_aside(record):
    document = published(record, "record-2024", "2023-H2", date(2024, 3, 31))
    found = {part.code: part for part in document.indicators}
    assert (found["I1"].stated, found["I1"].source) == ("completed", "self")
    assert found["I30"].stated == "off_track"


def test_the_record_comes_twice_and_nothing_changes(record):
    again = take_in(record, SHEETS)
    assert again.faults == []
    assert not again.changes_anything


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        pytest.param(
            NewSheet("reports", ["code", "period", "as at"], [["r", "2022", date(2023, 3, 16)]]),
            "The periods of this plan are of another length than this one (2022): give one such as first half of 2022.",
            id="a year where half-years are answered",
        ),
        pytest.param(
            NewSheet("reports", ["code", "period", "as at"], [["r", "2023-H1", date(2023, 3, 16)]]),
            "The period (first half of 2023) lasts until 30 June 2023: a report as at 16 March 2023 cannot cover it.",
            id="a report before the end of its period",
        ),
        pytest.param(
            NewSheet(
                "plan",
                ["code", "title", "adopted on", "months between answers"],
                [["record", "The plan", "2021-07-01", 5]],
            ),
            "Answers are given every 1, 3, 6 or 12 months, not every 5.",
            id="every five months",
        ),
    ],
)
def test_what_could_never_be_reported_on_is_told(world, sheet, sentence):
    sheets = [sheet if sheet.name == each.name else each for each in SHEETS if each.name != "ratings"]
    outcome = take_in(world, sheets)
    assert [str(fault.sentence) for fault in outcome.faults] == [sentence]


def test_figures_come_in_for_whom_may_report_and_faults_are_told_at_their_cells(world):
    figures = NewSheet(
        "figures",
        ["organisation", "period", "indicator", "number", "denominator", "state", "reason"],
        [
            ["tanzania", "2022-H1", "trained", 45, 50, None, None],
            ["tanzania", "2022-H1", "cases", None, None, "not collected", None],
            ["tanzania", "2022-H2", "trained", 40, 50, None, "Several have left"],
        ],
    )

    def bring_in(key, sheet):
        person = world.person[key].pk
        with in_name_of(person):
            book = read_book([("figures.xlsx", write_xlsx([sheet]))])
            return import_plan(book=book, plan=world.plan, by=acting_as(person, day=NOW.date()), at=NOW)

    outcome = bring_in("officer", figures)
    assert [(fault.cell, str(fault.sentence)) for fault in outcome.faults] == []
    assert outcome.new["figures"] == 3
    assert bring_in("officer", figures).there["figures"] == 3
    refused = bring_in("plan_owner", figures)
    assert str(refused.faults[0].sentence) == (
        "None of your roles allows this row: it needs somebody who there may enter figures, attach evidence and hand"
        " answers in."
    )
    wrong = NewSheet("figures", figures.headings, [["tanzania", "2023-H1", "trained", 60, 50, None, None]])
    assert [(fault.cell, fault.sheet) for fault in bring_in("officer", wrong).faults] == [("D2", "figures")]
