"""The page about the check before release tells what the check finds: every case on it is tried here."""

import pytest

from omsorg.kernel.reidentification import Known, check_text, check_texts, pieces
from omsorg.openness.example.texts import CORRECTED, MONEY, WHAT, WHY
from omsorg.openness.tests.cast import NOTHING_FOUND
from omsorg.plans.tests.doc_tables import Row, case, given, rows

KNOWN = Known(
    people=frozenset({"Ingrid Eksempel"}),
    places=frozenset({"Arusha", "Lund"}),
    allowed=frozenset({"Tanzania", "Norge", "Sverige"}),
)


@pytest.mark.parametrize("row", rows("re-identification", "Worked cases"), ids=case)
def test_what_is_found(row: Row) -> None:
    found = check_texts({"happened": {row["Language"]: row["Text"]}}, KNOWN, smallest_shown=5)
    told = "; ".join(sorted(f"{each.kind}: {each.text}" for each in found))
    assert told == (given(row["Found"]) or "")


def test_every_kind_of_finding_has_a_worked_case() -> None:
    tables = ("Worked cases", "Where it leaves the reading to a person")
    told = " ".join(row["Found"] for table in tables for row in rows("re-identification", table))
    from omsorg.kernel.reidentification import Kind

    assert [kind for kind in Kind if f"{kind}:" not in told] == []


def test_every_language_has_worked_cases() -> None:
    assert {row["Language"] for row in rows("re-identification", "Worked cases")} == {"en", "da", "nb", "sv"}


def test_the_smallest_number_is_a_setting() -> None:
    assert not check_text("We spoke with 7 children.", language="en", smallest_shown=5)
    assert check_text("We spoke with 7 children.", language="en", smallest_shown=10)


def test_a_finding_is_known_again_in_the_same_sentence_only() -> None:
    first, again, other = (
        check_text(text, language="en", heading="happened")[0].key
        for text in (
            "It was bad. Two girls were hit.",
            "It was very bad. Two girls were hit.",
            "Two girls were hit by staff.",
        )
    )
    assert first == again != other


def test_the_pieces_are_the_whole_text() -> None:
    text = "Two girls were hit on 12 May.\nThe child is safe."
    cut = pieces(text, check_text(text, language="en"))
    assert "".join(piece.text for piece in cut) == text
    assert [piece.text for piece in cut if piece.findings] == ["Two girls", "12 May", "The child"]


def test_where_the_region_is_shown_the_country_is_too_fine() -> None:
    known = Known(places=frozenset({"Tanzania"}))
    assert [each.kind for each in check_text("It was in Tanzania.", language="en", known=known)] == ["place"]


def test_a_text_in_an_unknown_language_is_read_as_english() -> None:
    assert [each.kind for each in check_text("Le 2024-05-12, a@example.org", language="fr")] == ["day", "contact"]


def test_what_nobody_sees_hides_nothing_and_the_finding_stands_where_it_stands() -> None:
    for text in (
        "We told J\u200boseph too.",
        "We told J\u00adoseph too.",
        "We told Jose\u0301ph too.",
        "We told ＡＬＩ too.",
    ):
        found = check_text(text, language="en")
        assert [each.kind for each in found] == ["name"]
        shown = text[found[0].start : found[0].end]
        assert shown == text.removeprefix("We told ").removesuffix(" too.")


@pytest.mark.parametrize("texts", [MONEY, CORRECTED, {"what": WHAT}, {"why": WHY}, NOTHING_FOUND])
def test_honest_texts_are_not_drowned_in_alarms(texts: dict[str, dict[str, str]]) -> None:
    assert [(each.language, each.text) for each in check_texts(texts, KNOWN, smallest_shown=5)] == []
