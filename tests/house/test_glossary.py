"""The glossary tells of the code that is there, and every language keeps to one word for one thing."""

import re
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from omsorg.plans.imports import words as read_words
from omsorg.plans.rules.sentences.words import da, en, nb, sv

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = {"en": en.WORDS, "da": da.WORDS, "no": nb.WORDS, "sv": sv.WORDS}
SAID = {
    "plans.rules.measures.Rating": ("rating", read_words.RATINGS),
    "plans.rules.measures.Activity": ("activity", read_words.ACTIVITIES),
    "plans.rules.measures.Cause": ("", read_words.CAUSES),
    "federation.models.Organisation.Kind": ("", read_words.ORGANISATION_KINDS),
}


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the glossary."""

    words: dict[str, str]
    meaning: str
    source: str
    code: tuple[str, ...]


def terms() -> list[Term]:
    found = []
    for line in (ROOT / "docs" / "glossary.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] != "en" and not set(line) <= set("|-"):
            *words, meaning, source, code = cells
            named = dict(zip(("en", "da", "no", "sv"), words, strict=True))
            found.append(Term(named, meaning, source, tuple(re.findall(r"`([\w.]+)`", code))))
    return found


def what_is_called(name: str) -> Any:
    """The module, class, function, field or member of this name below `omsorg`; AttributeError where there is none."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing: Any = import_module(".".join(["omsorg", *parts[:length]]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            thing = (
                thing.__dataclass_fields__[part]
                if part in getattr(thing, "__dataclass_fields__", ())
                else getattr(thing, part)
            )
        return thing
    raise AttributeError(name)


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.words["en"])
def test_every_term_is_whole_and_its_code_is_there(term: Term) -> None:
    assert all([*term.words.values(), term.meaning, term.code])
    assert term.source in ("record", "house")
    for name in term.code:
        what_is_called(name)


def test_no_english_word_stands_twice() -> None:
    english = [term.words["en"] for term in terms()]
    assert len(english) == len(set(english))


@pytest.mark.parametrize("enum", SAID)
def test_reports_imports_and_the_glossary_use_one_word(enum: str) -> None:
    prefix, readable = SAID[enum]
    told = {
        name.rpartition(".")[2].lower(): term for term in terms() for name in term.code if name.startswith(f"{enum}.")
    }
    told.pop("is_good", None)
    assert set(told) == {member.value for member in what_is_called(enum)}
    for code, term in told.items():
        for language, word in term.words.items():
            assert word in {*readable[code].labels.values(), *readable[code].aliases}, (
                f"an import does not read {word!r} ({language})"
            )
            if prefix:
                said = SENTENCES[language][f"{prefix}.{code}"]
                assert word == said, f"a report says {said!r} ({language})"


@pytest.mark.parametrize(("language", "locale"), [("da", "da"), ("no", "nb"), ("sv", "sv")])
def test_a_page_says_a_term_as_the_glossary_does(language: str, locale: str) -> None:
    """A term that stands alone on a page is the glossary's word; its ending may follow what it is said of."""
    with (ROOT / "locale" / locale / "LC_MESSAGES" / "django.po").open("rb") as catalogue:
        said = {entry.id.lower(): str(entry.string) for entry in read_po(catalogue) if isinstance(entry.id, str)}
    for term in terms():
        word, on_page = term.words[language].lower(), said.get(term.words["en"].lower(), "").lower()
        stem = word[: max(len(word) - 2, 3)]
        assert not on_page or on_page.startswith(stem), f"{term.words['en']}: {on_page!r} on pages, {word!r} here"
