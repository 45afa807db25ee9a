"""Decisions about incidents, as tables: who handles, what comes next, what blocks closing, what gives somebody away."""

from dataclasses import replace

import pytest

from omsorg.safeguarding.rules.codes import Level, Stage, StepKind
from omsorg.safeguarding.rules.conflicts import Unit, handled_at, is_of_level, level_of
from omsorg.safeguarding.rules.progress import Facts, blocks, next_steps, reach
from omsorg.safeguarding.rules.statistics import Counted, span_of, tables_of
from omsorg.safeguarding.rules.telling import identifying_words

ARUSHA, TANZANIA, AFRICA, TOP = 1, 2, 3, 4
LINE = [
    Unit(ARUSHA, "programme"),
    Unit(TANZANIA, "national_association"),
    Unit(AFRICA, "region"),
    Unit(TOP, "international"),
]


@pytest.mark.parametrize(
    ("shut", "level", "where"),
    [
        pytest.param(set(), None, TANZANIA, id="before triage the association"),
        pytest.param(set(), Level.NATIONAL, TANZANIA, id="national: the association"),
        pytest.param(set(), Level.REGIONAL, AFRICA, id="regional: the region"),
        pytest.param(set(), Level.INTERNATIONAL, TOP, id="international: the top"),
        pytest.param({ARUSHA}, Level.NATIONAL, TANZANIA, id="the programme complained of: the association"),
        pytest.param({TANZANIA}, Level.NATIONAL, AFRICA, id="the association complained of: the level above"),
        pytest.param({TANZANIA, AFRICA}, Level.NATIONAL, TOP, id="and its region: the top"),
        pytest.param({ARUSHA, AFRICA}, Level.NATIONAL, TOP, id="what stands between is shut out with it"),
        pytest.param({TOP}, Level.NATIONAL, TOP, id="the top complained of: those there who do not belong to it"),
    ],
)
def test_who_handles_an_incident(shut: set[int], level: Level | None, where: int) -> None:
    assert handled_at(LINE, shut=shut, level=level) == where


def test_a_country_without_region_goes_to_the_top() -> None:
    assert handled_at([LINE[1], LINE[3]], shut=set(), level=Level.REGIONAL) == TOP


ALL = frozenset(StepKind)
WHOLE = Facts(
    Stage.FOUND,
    ALL,
    allegations=[1],
    affected_counted=True,
    complained_of_counted=True,
    team_of_level=True,
    employment_said=True,
    support_recorded=True,
)


@pytest.mark.parametrize(
    ("changed", "number"),
    [
        pytest.param({}, 0, id="nothing is missing"),
        pytest.param({"open_duties": 2}, 1, id="a duty to tell is open"),
        pytest.param({"allegations": []}, 1, id="no allegation"),
        pytest.param({"unfound": [1]}, 1, id="an allegation without finding"),
        pytest.param({"affected_counted": False}, 1, id="nobody affected counted"),
        pytest.param({"complained_of_counted": False}, 1, id="nobody complained of counted"),
        pytest.param({"support_recorded": False}, 1, id="help not said"),
        pytest.param({"team_of_level": False}, 1, id="nobody of its level in the team"),
        pytest.param({"employment_said": False}, 1, id="not said how the work of those complained of stands"),
        pytest.param({"is_ours": False, "team_of_level": False, "employment_said": False}, 0, id="not ours, no team"),
        pytest.param({"is_ours": False, "allegations": [], "support_recorded": False}, 0, id="no matter of ours"),
        pytest.param({"is_ours": False, "open_duties": 1}, 1, id="no matter of ours, and yet a duty"),
        pytest.param({"reached": ALL - {StepKind.TRIAGED}}, 1, id="never looked at"),
        pytest.param({"reached": ALL - {StepKind.PLANNED}}, 1, id="never planned"),
        pytest.param({"reached": ALL - {StepKind.ACKNOWLEDGED}}, 1, id="no personal word"),
        pytest.param({"is_ours": False, "reached": ALL - {StepKind.PLANNED}}, 0, id="no matter of ours, no plan"),
    ],
)
def test_what_blocks_closing(changed: dict[str, object], number: int) -> None:
    facts = {name: getattr(WHOLE, name) for name in WHOLE.__dataclass_fields__} | changed
    found = blocks(Facts(**facts))
    assert len(found) == number
    assert all(str(each) for each in found)


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        pytest.param(Facts(Stage.RECEIVED), ("take-up", "triage", "acknowledge"), id="just received"),
        pytest.param(
            Facts(Stage.RECEIVED, somebody_raised_it=False), ("take-up", "triage"), id="nobody to be answered"
        ),
        pytest.param(
            Facts(Stage.TRIAGED, frozenset({StepKind.TAKEN_UP, StepKind.TRIAGED, StepKind.ACKNOWLEDGED})),
            ("team", "plan", "allegation", "count", "support"),
            id="looked at",
        ),
        pytest.param(Facts(Stage.TRIAGED, ALL, is_ours=False), ("close",), id="no matter of ours"),
        pytest.param(WHOLE, ("close",), id="everything is there"),
        pytest.param(replace(WHOLE, team_of_level=False), ("team",), id="the team has nobody of its level"),
        pytest.param(replace(WHOLE, employment_said=False), ("employment",), id="how their work stands is not said"),
        pytest.param(Facts(Stage.CLOSED, ALL), ("lesson", "publication"), id="closed"),
        pytest.param(Facts(Stage.DECIDED, ALL, lessons=1), (), id="at its end"),
    ],
)
def test_what_comes_next(facts: Facts, offered: tuple[str, ...]) -> None:
    assert next_steps(facts) == offered


@pytest.mark.parametrize(
    ("kinds", "level"),
    [
        pytest.param(["national_association"], Level.NATIONAL, id="a national office"),
        pytest.param(["programme", "region"], Level.REGIONAL, id="the highest of two roles"),
        pytest.param(["international"], Level.INTERNATIONAL, id="the top"),
        pytest.param(["programme"], None, id="below all levels"),
        pytest.param([], None, id="no role"),
    ],
)
def test_of_which_level_somebody_is(kinds: list[str], level: Level | None) -> None:
    assert level_of(kinds) is level


@pytest.mark.parametrize(
    ("asked", "team", "is_so"),
    [
        pytest.param(Level.NATIONAL, ["national"], True, id="its own level"),
        pytest.param(Level.NATIONAL, ["", "regional"], True, id="somebody from above"),
        pytest.param(Level.REGIONAL, ["national", "national"], False, id="only from below"),
        pytest.param(Level.INTERNATIONAL, [], False, id="nobody"),
    ],
)
def test_a_team_has_somebody_of_the_level_or_above_it(asked: Level, team: list[str], is_so: bool) -> None:
    assert is_of_level(asked, team) is is_so


def test_work_never_falls_back() -> None:
    assert reach(Stage.PLANNED, Stage.TRIAGED) is Stage.PLANNED
    assert reach(Stage.TRIAGED, Stage.FOUND) is Stage.FOUND


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Two people are at each meal", (), id="tells of nobody"),
        pytest.param("In Arusha two people are at each meal", ("Arusha",), id="a place"),
        pytest.param("As RehemA said", ("RehemA",), id="a name, however it is written"),
        pytest.param("3 children", ("3",), id="a figure"),
        pytest.param("since May 2026", ("2026",), id="a year"),
        pytest.param("as it was", (), id="a short word of a name, written small"),
        pytest.param("Eva and Bo sleep elsewhere", ("Eva", "Bo"), id="names of two and three letters"),
        pytest.param("her er det godt at bo", (), id="a word that is also a short name"),
        pytest.param("the Arushan house, Arushas leader", ("Arushan", "Arushas"), id="with an ending"),
        pytest.param("Of the programmes and in them", (), id="no particle of a name, no common word"),
        pytest.param("two girls, both boys", ("two", "both"), id="how many, in words"),
        pytest.param("fjorten, and nine years", ("fjorten", "nine"), id="how old, in words"),
        pytest.param("to piger i tre uker, fem nätter", ("to", "tre", "fem"), id="in the other languages"),
        pytest.param("mindst to voksne skal til to møder", (), id="how many grown people is no secret"),
    ],
)
def test_what_would_give_somebody_away(text: str, found: tuple[str, ...]) -> None:
    known = ["Programme of Arusha", "Rehema It Was", "Eva Bo"]
    assert identifying_words(text, known=known, common=["programme"]) == found


@pytest.mark.parametrize(
    ("days", "span"), [(None, "open"), (0, "to_30"), (30, "to_30"), (31, "to_90"), (180, "to_180"), (181, "longer")]
)
def test_the_spans_of_time_to_close(days: int | None, span: str) -> None:
    assert span_of(days) == span


def test_small_counts_are_withheld_and_no_other_table_gives_them_away() -> None:
    common = [Counted(2026, "neglect", "national", "colleague", 10)] * 9
    rare = [Counted(2026, "sexual", "national", "colleague", 10)] * 2
    tables, total = tables_of([*common, *rare], smallest_shown=5)
    assert tables["nature"]["sexual"] is None
    assert tables["nature"]["neglect"] is None or total is None
    if total is None:
        assert all(count is None for table in tables.values() for count in table.values() if len(table) == 1)


def test_large_counts_are_shown() -> None:
    rows = [Counted(2025, "neglect", "national", "colleague", 10)] * 7
    rows += [Counted(2026, "peer", "regional", "ombuds", None)] * 6
    tables, total = tables_of(rows, smallest_shown=5)
    assert (total, tables["year"], tables["time_to_close"]) == (13, {"2025": 7, "2026": 6}, {"open": 6, "to_30": 7})
