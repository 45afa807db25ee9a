"""Whatever stands in a meeting's way is told in words, in each language in which groups are spoken to."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from omsorg.savings.sentences import SENTENCES, sentence_of

ROOM = Path(__file__).resolve().parents[1]
CODE = re.compile(r'Broken\(\s*"([a-z-]+)"')
FACTS = {"member": 7, "amount": "250000", "expected": "200000"}


def codes() -> set[str]:
    files = [*ROOM.glob("rules/*.py"), *ROOM.glob("actions/*.py"), *ROOM.glob("views/*.py")]
    return {code for file in files for code in CODE.findall(file.read_text())}


def test_every_rule_has_its_sentence_and_no_sentence_is_without_a_rule() -> None:
    assert codes() == set(SENTENCES)
    assert len(codes()) > 90


@pytest.mark.parametrize("language", ["en", "da", "nb", "sv", "sw", "fr", "es", "ar"])
def test_each_is_said_in_every_language_whatever_facts_there_are(language: str) -> None:
    with translation.override("en"):
        english = {rule: str(sentence_of(rule, {}, "TZS")) for rule in SENTENCES}
    with translation.override(language):
        for rule in SENTENCES:
            said = str(sentence_of(rule, {}, "TZS"))
            assert said
            assert "%(" not in said
            assert (said == english[rule]) is (language == "en"), rule


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The project’s part of member 7 is TZS\u00a02,000.00, not TZS\u00a02,500.00."),
        ("sw", "Sehemu ya mradi ya mwanachama 7 ni TZS\u00a02,000.00, si TZS\u00a02,500.00."),
    ],
)
def test_amounts_are_told_as_people_write_them(language: str, said: str) -> None:
    with translation.override(language):
        assert str(sentence_of("project-part", FACTS, "TZS")) == said
