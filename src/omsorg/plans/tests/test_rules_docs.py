"""The pages about the rules tell what the code does: every number on them is checked here."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from omsorg.kernel.periods import Period
from omsorg.plans.rules.baselines import Baseline, are_hidden
from omsorg.plans.rules.bases import IndicatorStanding, two_bases
from omsorg.plans.rules.lateness import days_late, due_on, reminders_owed
from omsorg.plans.rules.measures import (
    Activity,
    Comparison,
    Definition,
    Direction,
    Figure,
    Kind,
    Rating,
    RollUp,
    State,
    Status,
    TimeRule,
)
from omsorg.plans.rules.paths import Point, TargetPath
from omsorg.plans.rules.ratings import Override, stated_rating
from omsorg.plans.rules.revisions import stopped_since
from omsorg.plans.rules.rollup import roll_up
from omsorg.plans.rules.slip import slip
from omsorg.plans.rules.status import PeriodFigure, Standing, indicator_status
from omsorg.plans.rules.suppression import Count, Sum, Told, hidden_cells
from omsorg.plans.rules.tally import Tally
from omsorg.plans.tests.tallied import contribution, fold

from .doc_tables import PAGES, Row, case, given, rows, tables

START, MIDDLE, GOAL = date(2021, 6, 30), date(2022, 6, 30), date(2023, 6, 30)


@dataclass(frozen=True)
class Revised:
    in_force_on: date
    number: int
    activity: str


def day(cell: str) -> date | None:
    return date.fromisoformat(cell) if given(cell) else None


def number(cell: str) -> Decimal | None:
    return Decimal(cell) if given(cell) else None


def exact(cell: str) -> Fraction | None:
    return Fraction(cell) if given(cell) else None


def point(on: date, cell: str) -> Point | None:
    return Point(on, Fraction(cell)) if given(cell) else None


def measured(cell: str) -> Figure:
    return Figure(State.MEASURED, number(cell), evidence=True)


# ---- two bases ----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", rows("two-bases", "Worked numbers"), ids=case)
def test_two_bases(row: Row) -> None:
    columns = {
        "Completed": IndicatorStanding(True, Activity.ACTIVE, Rating.COMPLETED),
        "On track": IndicatorStanding(True, Activity.ACTIVE, Rating.ON_TRACK),
        "Off track": IndicatorStanding(True, Activity.ACTIVE, Rating.OFF_TRACK),
        "Not started": IndicatorStanding(True, Activity.ACTIVE, Rating.NOT_STARTED),
        "Not rated": IndicatorStanding(True, Activity.ACTIVE, Rating.NOT_RATED),
        "Changed, not rated": IndicatorStanding(True, Activity.ACTIVE, Rating.NOT_RATED, is_changed=True),
        "On hold": IndicatorStanding(True, Activity.ON_HOLD, Rating.ON_TRACK),
        "Superseded": IndicatorStanding(True, Activity.SUPERSEDED, Rating.COMPLETED),
        "Dropped": IndicatorStanding(True, Activity.DROPPED, Rating.NOT_RATED),
        "Added and on track": IndicatorStanding(False, Activity.ACTIVE, Rating.ON_TRACK),
    }
    bases = two_bases(standing for column, standing in columns.items() for _ in range(int(row[column])))
    assert f"{bases.adopted.good} of {bases.adopted.total}" == row["As adopted"]
    assert bases.adopted.percent == number(row["Share"])
    assert f"{bases.active.good} of {bases.active.total}" == row["Now active"]
    assert bases.active.percent == number(row["Share of active"])
    assert bases.everything.on_hold_or_changed == int(row["On hold or changed"])


# ---- status -------------------------------------------------------------------------------------


def judged(definition: Definition, baseline: str, points: list[Point | None], figure: PeriodFigure | None) -> Standing:
    known = tuple(each for each in points if each is not None)
    period = figure.period if figure else Period.parse("2022-H1")
    return indicator_status(
        definition=definition,
        figures=[figure] if figure else [],
        paths=[TargetPath(START, known)] if known else [],
        baseline=point(START, baseline),
        on=period.until + timedelta(days=45),
        starts_on=START,
    )


@pytest.mark.parametrize("row", rows("status", "Worked numbers"), ids=case)
def test_a_status_on_the_straight_path(row: Row) -> None:
    direction = Direction(row["Direction"]) if given(row["Direction"]) else None
    figure = PeriodFigure(Period.parse("2022-H1"), measured(row["Observed"])) if given(row["Observed"]) else None
    found = judged(Definition("I", Kind.STOCK, direction), row["Baseline"], [point(GOAL, row["Target"])], figure)
    assert (found.status.value, found.progress, found.path) == (row["Status"], exact(row["Walked"]), exact(row["Path"]))


@pytest.mark.parametrize("row", rows("status", "Several dated targets"), ids=case)
def test_a_status_on_a_path_with_several_targets(row: Row) -> None:
    figure = PeriodFigure(Period.parse(row["Figure of"]), measured(row["Observed"]))
    points = [point(GOAL, "100"), point(MIDDLE, "20")]
    found = judged(Definition("I", Kind.STOCK, Direction.UP), "0", points, figure)
    assert (found.status.value, found.progress, found.path) == (row["Status"], exact(row["Walked"]), exact(row["Path"]))


@pytest.mark.parametrize("row", rows("status", "When few have answered"), ids=case)
def test_a_status_by_how_many_have_answered(row: Row) -> None:
    told = [
        ("2022-H1", row["First half"], row["Answered"]),
        ("2022-H2", row["Second half"], row["Answered then"]),
    ]
    found = indicator_status(
        definition=Definition("I", Kind.COUNT, Direction.UP, roll_up=RollUp(row["Rolled up"])),
        figures=[
            PeriodFigure(Period.parse(code), measured(value), int(answers), 130)
            for code, value, answers in told
            if given(value)
        ],
        paths=[TargetPath(START, (point(GOAL, "100"),))],
        baseline=point(START, "0"),
        on=date.fromisoformat(row["On"]),
        coverage_floor=Fraction(60, 100),
    )
    assert (found.status.value, found.why.value) == (row["Status"], row["Because"])


@pytest.mark.parametrize("row", rows("status", "Within a band"), ids=case)
def test_a_status_within_a_band(row: Row) -> None:
    definition = Definition("I", Kind.STOCK, Direction.BAND, band_low=Decimal(8), band_high=Decimal(10))
    figure = PeriodFigure(Period.parse(row["Figure of"]), measured(row["Observed"]))
    found = judged(definition, row["Baseline"], [Point(GOAL)], figure)
    assert (found.status.value, found.progress) == (row["Status"], exact(row["Walked"]))


@pytest.mark.parametrize("row", rows("status", "Milestones"), ids=case)
def test_a_status_of_a_milestone(row: Row) -> None:
    reached = Figure(State.MEASURED, Decimal(row["Reached"] == "yes"), evidence=row["Evidence"] == "yes")
    found = indicator_status(
        definition=Definition("I", Kind.MILESTONE),
        figures=[PeriodFigure(Period.parse("2023-H1"), reached)],
        paths=[TargetPath(date(2022, 1, 1), (Point(date(2023, 12, 31)),))],
        baseline=None,
        on=date.fromisoformat(row["On"]),
    )
    assert found.status.value == row["Status"]


@pytest.mark.parametrize("row", rows("status", "When there is nothing to judge by"), ids=case)
def test_a_status_without_a_figure(row: Row) -> None:
    figures = [PeriodFigure(Period.parse(row["Figures"]), measured("50"))] if given(row["Figures"]) else []
    found = indicator_status(
        definition=Definition("I", Kind.STOCK, Direction.UP),
        figures=figures,
        paths=[TargetPath(date(2021, 12, 31), (Point(date(2023, 12, 31), Fraction(100)),))],
        baseline=Point(date(2021, 12, 31), Fraction(0)),
        on=date.fromisoformat(row["On"]),
        starts_on=date(2022, 1, 1),
    )
    assert found.status.value == row["Status"]


@pytest.mark.parametrize("row", rows("status", "Which rating a report states"), ids=case)
def test_the_stated_rating(row: Row) -> None:
    override = given(row["Override"])
    computed, own = given(row["Computed"]), given(row["Own"])
    rating, source = stated_rating(
        override=Override(Rating(override), "seen on site", date(2024, 1, 1)) if override else None,
        computed=Status(computed) if computed else None,
        self_rating=Rating(own) if own else None,
        on=date(2024, 3, 31),
    )
    assert (rating.value, source.value) == (row["Stated"], row["From"])


# ---- roll-up ------------------------------------------------------------------------------------


def answer(text: str) -> Figure | None:
    """An answer as the page writes it."""
    states = {"-": State.NOT_APPLICABLE, "x": State.SUPPRESSED, "!": State.REFUSED}
    if text == "?":
        return None
    if text in states:
        return Figure(states[text])
    if text.isalpha():
        return Figure(State.MEASURED, text=text)
    numerator, _slash, denominator = text.strip('"').partition("/")
    return Figure(
        State.MEASURED,
        Decimal(numerator),
        Decimal(denominator) if denominator else None,
        quoted=text.startswith('"'),
    )


def ruled(row: Row) -> Definition:
    words = row.get("Rule", "").split()
    first = words[0] if words else ""
    return Definition(
        code="I",
        kind=Kind(row["Kind"]),
        direction=Direction(first) if first in ("up", "down", "band") else None,
        time_rule=TimeRule(row.get("Time rule", "none")),
        roll_up=RollUp(row.get("Method", "ratio_of_sums" if row["Kind"] == "ratio" else "sum")),
        threshold=Decimal(words[2]) if first == "at" else None,
        comparison=Comparison(f"at_{words[1]}") if first == "at" else None,
        band_low=Decimal(words[1]) if first == "band" else None,
        band_high=Decimal(words[2]) if first == "band" else None,
        per=int(words[1]) if first == "per" else 1,
        lowest=Decimal(words[1]) if first == "from" else None,
        highest=Decimal(words[3]) if first == "from" else None,
    )


@pytest.mark.parametrize("row", rows("roll-up", "Worked numbers"), ids=case)
def test_a_roll_up(row: Row) -> None:
    definition = ruled(row)
    tally = fold(contribution(answer(text), definition) for text in row["Answers"].split())
    found = roll_up(tally, definition)
    result = found.missing.value if found.missing else str(found.value)
    assert (result, tally.reported, tally.expected) == (row["Result"], int(row["Given"]), int(row["Expected"]))


@pytest.mark.parametrize("row", rows("roll-up", "Too few have answered"), ids=case)
def test_when_too_few_have_answered(row: Row) -> None:
    given_answers, expected, floor = (int(row[name]) for name in ("Given", "Expected", "Share asked for"))
    assert Tally(reported=given_answers, expected=expected).is_thin(Fraction(floor, 100)) is (row["Too few"] == "yes")


# ---- lateness, slip, small counts ----------------------------------------------------------------


@pytest.mark.parametrize("row", rows("lateness", "Worked numbers"), ids=case)
def test_how_late_an_answer_is(row: Row) -> None:
    due = due_on(Period.parse(row["Period"]), grace_days=int(row["Grace"]))
    late = days_late(due, on=date.fromisoformat(row["On"]), submitted_on=day(row["Came on"]))
    assert (due, late) == (day(row["Due on"]), int(row["Days late"]))


@pytest.mark.parametrize("row", rows("lateness", "Reminders"), ids=case)
def test_which_reminder_is_owed(row: Row) -> None:
    owed = reminders_owed(
        date(2024, 7, 30),
        on=date.fromisoformat(row["On"]),
        sent={int(each) for each in (given(row["Sent"]) or "").split()},
        submitted_on=day(row["Came on"]),
    )
    told = [(str(each.day), " ".join(each.recipients), " ".join(map(str, each.replaces)) or "–") for each in owed]
    assert told == ([(row["Owed"], row["To"], row["Stands for"])] if given(row["Owed"]) else [])


@pytest.mark.parametrize("row", rows("slip", "Worked numbers"), ids=case)
def test_how_far_something_slips(row: Row) -> None:
    found = slip(
        original_due_on=date.fromisoformat(row["First due"]),
        present_due_on=date.fromisoformat(row["Present due"]),
        as_of=date.fromisoformat(row["As of"]),
        done_on=day(row["Done on"]),
        stopped_on=day(row["Stopped on"]),
    )
    assert (found.days, found.moved_days, found.overdue_days) == (
        int(row["Slip"]),
        int(row["Moved"]),
        int(row["Overdue"]),
    )
    assert found.is_late == (found.days > 0)


@pytest.mark.parametrize("row", rows("slip", "Since when it is stopped"), ids=case)
def test_since_when_something_is_stopped(row: Row) -> None:
    said = [each.split() for each in row["Revisions"].split(", ")]
    revisions = [Revised(date.fromisoformat(on), number, kind) for number, (on, kind) in enumerate(said, start=1)]
    assert stopped_since(revisions[::-1], date.fromisoformat(row["On"])) == day(row["Stopped on"])


@pytest.mark.parametrize("row", rows("small-counts", "Worked numbers"), ids=case)
def test_which_small_counts_are_hidden(row: Row) -> None:
    parts = row["Parts"].split()
    counts = {
        str(place): None if text == "?" else Count(*map(Decimal, text.split("/"))) for place, text in enumerate(parts)
    }
    known = {key: count for key, count in counts.items() if count is not None}
    denominators = [count.denominator for count in known.values() if count.denominator is not None]
    numerator = sum((count.numerator for count in known.values()), Decimal(0))
    total = Count(numerator, sum(denominators, Decimal(0)) if denominators else None)
    hidden = hidden_cells(known | {"total": total}, (Sum("total", tuple(known)),), smallest_shown=5)
    shown = Counter(parts[int(key)] for key in hidden if key != "total")
    assert shown == Counter((given(row["Hidden"]) or "").split())
    assert ("total" in hidden) == (row["Total hidden"] == "yes")


@pytest.mark.parametrize("row", rows("small-counts", "Several reports, one after the other"), ids=case)
def test_what_is_hidden_in_several_reports(row: Row) -> None:
    told: list[Told[str]] = []
    found = []
    for numbers in row["Reports"].split(", "):
        parts = {str(place): Count(Decimal(text)) for place, text in enumerate(numbers.split())}
        total = Count(sum((count.numerator for count in parts.values()), Decimal(0)))
        counts, sums = parts | {"total": total}, (Sum("total", tuple(parts)),)
        told.append(Told(counts, sums, hidden_cells(counts, sums, smallest_shown=5, earlier=tuple(told))))
        hidden = [str(counts[key].numerator) for key in parts if key in told[-1].hidden]
        found.append((" ".join(hidden) or "–", "yes" if "total" in told[-1].hidden else "no"))
    assert found == list(zip(row["Hidden in each"].split(", "), row["Total hidden in each"].split(", "), strict=True))


@pytest.mark.parametrize("row", rows("small-counts", "Baselines and targets"), ids=case)
def test_which_baselines_are_hidden(row: Row) -> None:
    stated = [Baseline(None, *map(Decimal, text.split("/"))) for text in row["Baselines"].split(", ")]
    kind = Kind.RATIO if stated[0].denominator is not None else Kind.COUNT
    assert are_hidden(kind, RollUp.SUM, stated, 5) == (row["Hidden"] == "yes")


def test_every_page_has_its_table_here() -> None:
    read = {"two-bases", "status", "roll-up", "lateness", "slip", "small-counts"}
    with_tables = {page.stem for page in PAGES.glob("*.md") if tables(page.stem)}
    assert read <= with_tables
