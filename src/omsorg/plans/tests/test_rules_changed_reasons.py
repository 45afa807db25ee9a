"""A reason given in several languages is told as changed in the one in which it did."""

from dataclasses import replace

import pytest

from omsorg.plans.rules.measures import Rating
from omsorg.plans.rules.sentences import change_sentences
from omsorg.plans.rules.snapshot import ReportDocument

from .test_rules_changes import FULL, INDICATOR


def reasoned(reason: str, language: str, **elsewhere: str) -> ReportDocument:
    told = {"override_reason": reason, "override_reason_language": language, "override_reason_in": elsewhere}
    return replace(FULL, indicators=(replace(INDICATOR, override=Rating.ON_TRACK, **told),))


@pytest.mark.parametrize(
    ("after", "language", "told"),
    [
        pytest.param(
            reasoned("Fordi nu", "da", en="Because"), "en", ["“Fordi”", "“Fordi nu” (Dansk)"], id="Danish alone"
        ),
        pytest.param(
            reasoned("Fordi", "da", en="Because of it"), "en", ["“Because”", "“Because of it”."], id="English"
        ),
        pytest.param(reasoned("Fordi", "da", en="Because", sv="Eftersom"), "en", ["“Eftersom” (Svenska)"], id="added"),
        pytest.param(reasoned("Fordi", "da", en="Because", sv="Eftersom"), "sv", ["”Eftersom”."], id="added for her"),
        pytest.param(reasoned("Fordi", "da"), "sv", ["”Because” (English)"], id="gone"),
        pytest.param(reasoned("Because", "en", da="Fordi"), "en", ["from Dansk to English"], id="written first"),
    ],
)
def test_a_reason_is_told_as_changed_in_the_language_in_which_it_did(
    after: ReportDocument, language: str, told: list[str]
) -> None:
    said = change_sentences(reasoned("Fordi", "da", en="Because"), after, language)
    text = " ".join(said)
    for each in told:
        assert each in text, text
    assert "less than is shown" not in text
