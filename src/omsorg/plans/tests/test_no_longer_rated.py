"""What was rated in one report and is not rated in the next: it has not become worse, nobody knows any more."""

from dataclasses import replace

import pytest

from omsorg.plans.rules.measures import Activity, Rating
from omsorg.plans.rules.sentences import base_change, why_so
from omsorg.plans.rules.sentences.speech import LANGUAGES
from omsorg.plans.rules.snapshot import IndicatorPart, ReportDocument
from omsorg.plans.rules.status import Why

from .doc_tables import Row, case, rows
from .published_record import indicator, march_2024


def document(*parts: IndicatorPart) -> ReportDocument:
    return replace(march_2024(), indicators=parts, actions=())


def two_reports(good: int, other: int, few: int) -> tuple[ReportDocument, ReportDocument]:
    """`good` and `other` indicators rated, one of them well; then none of them, for `few` because few have answered."""
    ratings = [Rating.ON_TRACK] * good + [Rating.OFF_TRACK] * other
    then = [replace(indicator(number, rating), why=None) for number, rating in enumerate(ratings)]
    now = [
        replace(part, stated=Rating.NOT_RATED, why=Why.TOO_FEW_ANSWERS if number < few else Why.NO_TARGET)
        for number, part in enumerate(then)
    ]
    stays = indicator(90, Rating.ON_TRACK)
    return document(stays, *then), document(stays, *now)


@pytest.mark.parametrize("row", rows("two-bases", "Rated then, not rated now"), ids=case)
def test_what_is_merely_no_longer_rated_is_told(row: Row) -> None:
    earlier, later = two_reports(
        int(row["Good then"]), int(row["Rated otherwise then"]), int(row["Too few answers now"])
    )
    before = int(row["Good then"]) + 1
    good = f"went from {before} to 1" if before > 1 else "stayed at 1"
    said = base_change(earlier, later, "en", follows=True)
    assert said.partition("the count of good indicators ")[2].startswith(good)
    assert said.endswith(f". {row['Told']}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_every_language_and_only_of_what_is_active_and_was_rated(language: str) -> None:
    earlier, later = two_reports(25, 2, 27)
    assert " 27 " in base_change(earlier, later, language)
    for changed in (
        {"activity": Activity.ON_HOLD, "stated": Rating.NOT_RATED},
        {"stated": Rating.OFF_TRACK},
    ):
        others = document(*(replace(part, **changed) for part in earlier.indicators))
        assert "rated then" not in base_change(earlier, others, "en")


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "It has no target, and nobody has rated it.", "They have no target, and nobody has rated them."),
        ("da", "Den har intet mål, og ingen har vurderet den.", "De har intet mål, og ingen har vurderet dem."),
        ("nb", "Den har ikke noe mål, og ingen har vurdert den.", "De har ikke noe mål, og ingen har vurdert dem."),
        ("sv", "Den har inget mål, och ingen har bedömt den.", "De har inget mål, och ingen har bedömt dem."),
    ],
)
def test_why_many_are_not_rated_is_said_of_many(language: str, one: str, many: str) -> None:
    part = replace(indicator(1, Rating.NOT_RATED), why=Why.NO_TARGET)
    assert (why_so(part, language), why_so(part, language, count=22)) == (one, many)
