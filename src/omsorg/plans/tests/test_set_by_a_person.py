"""A rating that a person has set says so wherever it stands: in every list, in every language, and on paper."""

from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from omsorg.plans.exports import document as paper
from omsorg.plans.pages import overview
from omsorg.plans.pages.changes import changes_view
from omsorg.plans.rules.measures import Activity, Rating, RatingSource
from omsorg.plans.rules.sentences import base_change, change_sentences
from omsorg.plans.rules.sentences import overview as overview_sentences
from omsorg.plans.rules.snapshot import ReportDocument

from .published_record import march_2023, march_2024

MARK = {
    "en": "set by a person",
    "da": "fastsat af en person",
    "nb": "fastsatt av en person",
    "sv": "fastställt av en person",
}
SAID = {
    "en": "Of those completed or on track, 2 are rated so by a person who gave a reason.",
    "da": "Af dem, der er gennemført eller efter planen, er 2 vurderet sådan af en person, "
    "der har givet en begrundelse.",
    "nb": "Av dem som er gjennomført eller i rute, er 2 vurdert slik av en person som har gitt en begrunnelse.",
    "sv": "Av dem som är genomförda eller går enligt plan har 2 bedömts så av en person som angett skäl.",
}  # fmt: skip
FRAME: dict[str, Any] = {"plan": {"code": "example-plan"}, "report": {"code": "march-2024"}}


def lifted() -> ReportDocument:
    """March 2024, in which a person has set two that were off track to on track, and one that is on hold."""
    document = march_2024()
    low = [part.code for part in document.indicators if part.standing.is_active and part.stated is Rating.OFF_TRACK][:2]
    held = next(part.code for part in document.indicators if part.activity is Activity.ON_HOLD)
    return replace(
        document,
        indicators=tuple(
            replace(part, stated=Rating.ON_TRACK, source=RatingSource.OVERRIDE, override_reason="Seen on site")
            if part.code in (*low, held)
            else part
            for part in document.indicators
        ),
    )


def by_person(document: ReportDocument) -> set[str]:
    return {part.code for part in document.indicators if part.override_reason and part.standing.is_active}


def test_every_list_marks_it_in_sight_and_read_aloud() -> None:
    document = lifted()
    rows = overview.indicator_rows(document)
    assert {row.code for row in rows if row.by_person} == by_person(document)
    table = render_to_string("plans/indicators_table.html", {"frame": FRAME, "rows": rows, "id": "all"})
    assert table.count("<span>set by a person</span>") == 2
    actions = overview.action_rows(document)
    assert {mark.indicator for row in actions for mark in row.marks if mark.by_person}
    marks = sum(mark.by_person for row in actions for mark in row.marks)
    table = render_to_string("plans/actions_table.html", {"frame": FRAME, "rows": actions, "id": "all"})
    assert table.count("<span>set by a person</span>") == marks


def test_what_changed_marks_what_a_person_has_lifted_and_what_they_had() -> None:
    view = changes_view(march_2024(), lifted())
    assert {turn.code for turn in view.better if turn.by_person} == by_person(lifted())
    turns = render_to_string("plans/turns.html", {"title": "Better", "turns": view.better, "kind": "rating"})
    assert turns.count("<span>set by a person</span>") == 2
    back = changes_view(lifted(), march_2024())
    assert {turn.code for turn in back.worse if turn.was_by_person and not turn.by_person} == by_person(lifted())
    said = change_sentences(march_2024(), lifted(), "en")
    assert sum("from “off track” to “on track”, set by a person." in sentence for sentence in said) == 2


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv"])
def test_the_stated_sentence_tells_how_many_of_the_good_ones(language: str) -> None:
    assert overview_sentences(lifted(), language).headline.endswith(SAID[language])
    assert overview_sentences(march_2024(), language).headline.count(".") < overview_sentences(
        lifted(), language
    ).headline.count(".")


def test_what_changed_tells_how_many_then_and_now() -> None:
    told = "Set by a person among the good ones: 0 then, 2 now."
    assert told in base_change(march_2023(), lifted(), "en")
    assert "a person" not in base_change(march_2023(), march_2024(), "en")


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv"])
def test_on_paper_it_stands_beside_the_rating(language: str) -> None:
    document = lifted()
    with translation.override(language):
        data = paper._data(document, march_2024(), fingerprint="0", language=language, address="here")
    assert {part["code"] for part in data["indicators"] if part["by_person"]} == by_person(document)
    turned = {
        part["code"]
        for group in data["changes"]["groups"]
        for t in group["turns"]
        for part in t["parts"]
        if part["by_person"]
    }
    assert turned == by_person(document)
    assert data["words"]["by_person"] == MARK[language]
    printed = paper.report_pdf(
        document, march_2024(), fingerprint="0", language=language, address="here", is_example=False
    )
    assert printed.startswith(b"%PDF")
