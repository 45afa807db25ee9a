"""What the printed report says of what changed: each thing by its title, each group under its count."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from omsorg.plans.exports import document as paper
from omsorg.plans.rules.measures import Activity
from omsorg.plans.rules.snapshot import RecommendationPart

from .published_record import march_2023, march_2024


def changes(language: str = "en", **titled: Any) -> list[dict[str, Any]]:
    with translation.override(language):
        found: list[dict[str, Any]] = paper._changes(march_2023(), march_2024(), language)["groups"]
    return found


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv"])
def test_every_group_stands_under_its_count(language: str) -> None:
    for group in changes(language):
        turned = sum(len(turn["parts"]) for turn in group["turns"])
        assert group["heading"].startswith(f"{len(group['sentences']) + turned} ")


def test_what_has_changed_is_called_by_its_title() -> None:
    titles = {part.code: part.title["en"] for part in march_2024().indicators}
    for turn in changes()[0]["turns"]:
        assert turn["heading"].startswith("From “")
        assert all(part["title"] == titles[part["code"]] for part in turn["parts"])


def test_many_ratings_that_changed_alike_stand_together_the_worse_first() -> None:
    """One sentence for each of 82 filled four pages of ten."""
    then, now = march_2023(), march_2024()
    before = {part.code: part.stated for part in then.indicators}
    ratings = changes()[0]
    assert ratings["sentences"] == []
    said = [part["code"] for turn in ratings["turns"] for part in turn["parts"]]
    assert sorted(said) == sorted(p.code for p in now.indicators if p.code in before and p.stated != before[p.code])
    headings = [turn["heading"] for turn in ratings["turns"]]
    assert len(headings) == len(set(headings)) < len(said)
    assert [turn["heading"].rpartition(": ")[2] for turn in ratings["turns"]] == [
        str(len(turn["parts"])) for turn in ratings["turns"]
    ]


def test_what_became_worse_stands_before_what_became_better() -> None:
    then, now = march_2024(), march_2023()
    with translation.override("en"):
        (group, *_others) = paper._changes(then, now, "en")["groups"]
    assert next(turn["heading"] for turn in group["turns"]) == "From “completed” to “on track”: 5"


def test_a_code_that_an_action_and_an_indicator_bear_is_given_no_title() -> None:
    then, now = march_2023(), march_2024()
    code = now.indicators[0].code
    both = replace(now, actions=(replace(now.actions[0], code=code, title={"en": "Another"}), *now.actions[1:]))
    assert code not in paper._titles(then, both)
    assert paper._titled(f"{code}: moved.", {})["code"] == ""


def test_a_recommendation_with_the_code_of_an_action_is_not_called_by_its_title() -> None:
    then, now = march_2023(), march_2024()
    code = now.actions[0].code
    other = RecommendationPart(code, "R1", {"en": "Listening"}, {"en": "Listen."}, "yes")
    assert code in paper._titles(then, now)
    assert code not in paper._titles(then, replace(now, recommendations=(other,)))


def test_things_that_stopped_are_counted_apart() -> None:
    stopped = [part for part in march_2024().indicators if part.activity is not Activity.ACTIVE]
    heading = "indicators put on hold, superseded, dropped or taken up again"
    assert [len(group["sentences"]) for group in changes() if heading in group["heading"]] == [len(stopped)]


def test_a_word_in_brackets_is_not_hyphenated_on_paper() -> None:
    layout = paper.LAYOUT.read_text(encoding="utf-8")
    assert 'show regex("\\([^\\s()]+\\)"): set text(hyphenate: false)' in layout
    assert "#show title: set text(hyphenate: false)" in layout
