"""Between two reports every field of every part is compared, told in words, and never called nothing."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from omsorg.plans.rules.changes import NOT_COMPARED, Whose, changes_between
from omsorg.plans.rules.measures import Activity, Cause, Direction, Rating, RatingSource, Status
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.sentences import base_change, change_groups, change_sentences, nothing_changed
from omsorg.plans.rules.sentences.speech import LANGUAGES
from omsorg.plans.rules.snapshot import (
    ActionPart,
    AddedUpPart,
    AnswersPart,
    BudgetPart,
    CoveragePart,
    FiguresPart,
    HistoryPart,
    IndicatorPart,
    NumberPart,
    RecommendationPart,
    ReportDocument,
    SourcePart,
    VerifiedPart,
)
from omsorg.plans.rules.status import Why

from .published_record import indicator, march_2023, march_2024

DAY = date(2024, 3, 1)
ENGLISH = {"en": "One thing"}
ACTION = ActionPart(
    "A1", ENGLISH, True, "Kenya", DAY, DAY, DAY, 3, DAY, Activity.ON_HOLD, ENGLISH, "A2", Cause.TIME, DAY,
    (BudgetPart("EUR", 100, 20, 300),), ("R1",), ("I1",),
)  # fmt: skip
INDICATOR = replace(
    indicator(1, Rating.ON_TRACK),
    actions=("A1",),
    unit=ENGLISH,
    direction=Direction.UP,
    per=1000,
    activity_reason=ENGLISH,
    superseded_by="I2",
    changed_on=DAY,
    self_rating=Rating.ON_TRACK,
    computed=Status.AT_RISK,
    why=Why.EVIDENCE_MISSING,
    rated_on=DAY,
    override=Rating.COMPLETED,
    override_reason="A law has passed.",
    override_reason_language="en",
    override_reason_in={"da": "En lov er vedtaget."},
    verified=VerifiedPart(Rating.OFF_TRACK, "Norway", DAY),
    cause=Cause.RESOURCES,
    new_date=DAY,
    value=NumberPart(Decimal(45), Decimal(120), DAY),
    missing=Missing.NOT_REPORTED,
    coverage=CoveragePart(10, 12, 1, 2, 3),
    added_up=AddedUpPart(4, 6, 1),
    baseline=NumberPart(Decimal(7), Decimal(100), DAY),
    baseline_missing=Missing.NOT_REPORTED,
    first_target=NumberPart(Decimal(70), Decimal(100), DAY),
    history=(HistoryPart("2023-H2", Rating.ON_TRACK, Activity.ACTIVE),),
)
RECOMMENDATION = RecommendationPart("R1", "ICSR", ENGLISH, ENGLISH, "partly", ENGLISH, ("A1",))
FULL = replace(
    march_2024(),
    plan=replace(march_2024().plan, runs_from=date(2021, 7, 1), runs_until=date(2025, 7, 1)),
    actions=(ACTION,),
    indicators=(INDICATOR,),
    recommendations=(RECOMMENDATION,),
    sources=(SourcePart("ICSR", "review", ENGLISH, DAY),),
    figures=FiguresPart(9, 8, 7, 6),
    answers=AnswersPart(5, 4, 3),
    held_against=("r0",),
)


def paths_of(kind: type, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Every field of every part of a report: as `Part.field`, and the way to it in `FULL`."""
    hints = get_type_hints(kind)
    for entry in fields(kind):
        inside = hints[entry.name]
        if isinstance(inside, UnionType):
            inside = next(each for each in get_args(inside) if each is not type(None))
        way = (*path, entry.name)
        name = f"{kind.__name__}.{entry.name}"
        if name not in NOT_COMPARED and get_origin(inside) is tuple and is_dataclass(get_args(inside)[0]):
            yield name, way
            yield from paths_of(get_args(inside)[0], (*way, 0))
        elif isinstance(inside, type) and is_dataclass(inside):
            yield from paths_of(inside, way)
        else:
            yield name, way


def at(value: Any, way: tuple[str | int, ...]) -> Any:
    for step in way:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def put(value: Any, way: tuple[str | int, ...], new: Any) -> Any:
    """The same with another value at the end of the way."""
    if not way:
        return new
    step, rest = way[0], way[1:]
    if isinstance(step, int):
        return (*value[:step], put(value[step], rest, new), *value[step + 1 :])
    return replace(value, **{step: put(getattr(value, step), rest, new)})


def another(value: Any) -> Any:
    """Something of the same sort that is not the same."""
    match value:
        case bool():
            return not value
        case Enum():
            return next(each for each in type(value) if each is not value)
        case dict():
            return value | {"en": "Another thing"}
        case str():
            return {"2024-Q1": "2023-H2", "partly": "no", "review": "audit", "EUR": "NOK"}.get(value, f"{value}x")
        case date():
            return value + timedelta(days=31)
        case Decimal():
            return value + 1
        case int():
            return value * 2
        case tuple():
            return (*value, "A9") if value and isinstance(value[0], str) else ()
        case None:
            return "2023-H1"
    raise TypeError(value)


ALL = list(paths_of(ReportDocument))


def test_the_walk_sees_every_part_and_every_reason_is_of_a_field_that_is_there() -> None:
    names = {name for name, _way in ALL}
    for part in (ReportDocument, ActionPart, BudgetPart, IndicatorPart, NumberPart, CoveragePart, AddedUpPart):
        assert {name.split(".")[1] for name in names if name.startswith(f"{part.__name__}.")}
    assert {"VerifiedPart.by", "SourcePart.published_on", "RecommendationPart.response", "AnswersPart.late"} <= names
    assert set(NOT_COMPARED) <= names
    assert all(len(reason) > 20 for reason in NOT_COMPARED.values())


@pytest.mark.parametrize(("name", "way"), ALL, ids=[".".join(map(str, way)) for _name, way in ALL])
def test_a_field_that_is_another_is_told_or_left_out_for_a_reason(name: str, way: tuple[str | int, ...]) -> None:
    other = put(FULL, way, another(at(FULL, way)))
    assert other != FULL
    for before, after in ((FULL, other), (other, FULL)):
        told = change_groups(before, after, "en")
        changes = changes_between(before, after)
        lists = (*told, *changes.ratings, *changes.activities)
        if name in NOT_COMPARED:
            assert changes.nothing
            assert lists == ()
            continue
        assert lists, "the difference is not told"
        assert not changes.nothing
        assert nothing_changed(before, after, "en") == ""
        assert len({len(change_sentences(before, after, language)) for language in LANGUAGES}) == 1
        for language in LANGUAGES:
            for sentence in change_sentences(before, after, language):
                assert not re.search(r"[{}]|None|  ", sentence), sentence


@pytest.mark.parametrize(("name", "way"), ALL, ids=[".".join(map(str, way)) for _name, way in ALL])
def test_a_field_that_may_be_empty_is_told_when_it_is_filled(name: str, way: tuple[str | int, ...]) -> None:
    present = at(FULL, way)
    empty: Any = {} if isinstance(present, dict) else () if isinstance(present, tuple) else None
    other = put(FULL, way, empty)
    if name in NOT_COMPARED or not may_be(FULL, way, empty):
        return
    for before, after in ((FULL, other), (other, FULL)):
        assert not changes_between(before, after).nothing
        assert change_sentences(before, after, "en")[0] != ""
        assert not any("None" in each for each in change_sentences(before, after, "sv"))


def may_be(document: ReportDocument, way: tuple[str | int, ...], empty: Any) -> bool:
    """Whether the field at the end of the way may hold nothing at all."""
    holder = at(document, way[:-1])
    if isinstance(holder, ReportDocument) or isinstance(way[-1], int):
        return empty is not None
    return empty is not None or type(None) in get_args(get_type_hints(type(holder))[way[-1]])


def said(after: ReportDocument, language: str = "en") -> list[str]:
    return [each.replace("\u00a0", " ") for each in change_sentences(FULL, after, language)]


def with_indicator(**facts: Any) -> ReportDocument:
    return replace(FULL, indicators=(replace(INDICATOR, **facts),))


def with_action(**facts: Any) -> ReportDocument:
    return replace(FULL, actions=(replace(ACTION, **facts),))


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (with_action(owner="Norway"), "A1: the one responsible went from Kenya to Norway."),
        (with_action(prioritised=False), "A1 is no longer prioritised."),
        (with_action(done_on=None), "A1: the day it was done is no longer stated; it was 1 March 2024."),
        (with_action(slip_days=1), "A1: the slip went from 3 days to 1 day."),
        (
            with_action(budget=(BudgetPart("EUR", 100, 90_000_000, 300),)),
            "A1: the amount spent went from EUR 0.20 to EUR 900,000.",
        ),
        (
            replace(FULL, recommendations=(replace(RECOMMENDATION, accepted="no"),)),
            "R1: the answer went from “accepted in part” to “not accepted”.",
        ),
        (replace(FULL, recommendations=()), "R1 is no longer among the recommendations of the report."),
        (
            with_indicator(value=NumberPart(Decimal(30), Decimal(120), DAY)),
            "I1: the observed value went from 45 of 120 (37.5 %) to 30 of 120 (25.0 %).",
        ),
        (
            with_indicator(value=None, missing=Missing.HIDDEN),
            "I1: the observed value went from 45 of 120 (37.5 %) to “The figure is hidden so that no small group of "
            "children can be worked out”.",
        ),
        (
            with_indicator(changed_on=date(2024, 3, 2)),
            "I1: the day its definition was changed went from 1 March 2024 to 2 March 2024.",
        ),
        (
            with_indicator(verified=None),
            "I1: the rating by another organisation is no longer stated; it was “off track” (Norway, 1 March 2024).",
        ),
        (
            with_indicator(source=RatingSource.OVERRIDE),
            "I1: the source of the rating went from “the owner's own judgement” "
            "to “set by a person who gave a reason”.",
        ),
        (with_indicator(superseded_by="I9"), "I1: what supersedes it went from I2 to I9."),
        (
            with_indicator(present_target=NumberPart(Decimal(80), Decimal(100), date(2025, 6, 30))),
            "I1: the target went from 80.0 % (31 December 2024) to 80.0 % (30 June 2025).",
        ),
        (
            with_indicator(first_target=NumberPart(Decimal("70.0001"), Decimal(100), DAY)),
            "I1: the first target changed by less than is shown (70.0 %).",
        ),
        (
            replace(FULL, rule_version="linear-2"),
            "The report: the version of its rules went from linear-1 to linear-2.",
        ),
    ],
)
def test_what_used_to_be_called_nothing_is_told(after: ReportDocument, sentence: str) -> None:
    assert said(after) == [sentence]


def test_nothing_is_said_only_of_reports_that_are_equal_but_for_their_names_and_days() -> None:
    again = replace(FULL, period="2024-Q2", as_at=date(2024, 6, 30), trail_head="ab", previous="2024-Q1")
    assert said(again) == ["Nothing has changed since the report as at 31 March 2024 (1st quarter of 2024)."]
    assert said(again, "sv") == [
        "Ingenting har ändrats sedan rapporten per 31 mars 2024 (första kvartalet 2024)."
    ]  # fmt: skip
    in_another_order = replace(FULL, actions=(ACTION, replace(ACTION, code="A2")))
    turned = replace(in_another_order, actions=in_another_order.actions[::-1])
    assert change_sentences(in_another_order, turned, "da") == ("Tiltagene står i en anden rækkefølge.",)


def test_one_change_is_told_once() -> None:
    moved = with_action(due_on=date(2024, 3, 31), slip_days=33)
    assert said(moved) == ["A1: the due date moved from 1 March 2024 to 31 March 2024, 30 days later."]
    linked = replace(
        with_action(indicators=(), recommendations=()),
        indicators=(replace(INDICATOR, actions=()),),
        recommendations=(replace(RECOMMENDATION, actions=()),),
    )
    assert said(linked) == ["R1 is no longer answered by A1.", "I1 no longer measures A1."]
    rated = with_indicator(stated=Rating.COMPLETED, self_rating=Rating.COMPLETED)
    assert said(rated) == ["I1: from “on track” to “completed”."]
    granted = with_action(budget=(BudgetPart("EUR", 100, 20, 400),))
    assert said(granted) == ["A1: the budget went from EUR 3 to EUR 4."]


def test_two_recommendations_of_one_code_are_told_apart_by_their_sources() -> None:
    twin = replace(RECOMMENDATION, source="Audit")
    before = replace(FULL, recommendations=(RECOMMENDATION, twin))
    after = replace(FULL, recommendations=(RECOMMENDATION, replace(twin, accepted="yes")))
    (detail,) = changes_between(before, after).details
    assert (detail.whose, detail.code, detail.field) == (Whose.RECOMMENDATION, "Audit/R1", "accepted")
    assert (detail.before, detail.after) == ("partly", "yes")


def test_small_things_are_grouped_under_one_count() -> None:
    before = march_2023()
    after = replace(
        before, indicators=tuple(replace(each, value=NumberPart(Decimal(12))) for each in before.indicators[:12])
        + before.indicators[12:]
    )  # fmt: skip
    (group,) = change_groups(before, after, "en")
    assert (group.heading, len(group.sentences)) == ("12 observed values changed", 12)
    assert change_groups(before, after, "da")[0].heading == "12 målte værdier er ændret"


def test_the_earlier_of_any_two_reports_is_named_by_its_day() -> None:
    any_two = base_change(march_2023(), march_2024(), "en")
    assert any_two.startswith("Since the report as at 31")
    assert "report before" not in any_two
    assert base_change(march_2023(), march_2024(), "en", follows=True).startswith("Since the report before (1st")
