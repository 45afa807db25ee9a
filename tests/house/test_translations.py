"""Every sentence of the house is there in every language, with the same places for what is filled in."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import omsorg
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.ombuds.rules.refusals import READ_BY_CHILDREN
from omsorg.site.translations import (
    CHILDREN_TOO,
    MEMBERS_TOO,
    TRANSLATED,
    asked_for,
    catalogue_of,
    childs_sentences,
    collected,
)

PLACES = re.compile(r"%\((\w+)\)[a-z]|%%")


def places(text: str) -> list[str]:
    return sorted(match.group(0) for match in PLACES.finditer(text))


@pytest.mark.parametrize("language", TRANSLATED + CHILDREN_TOO + MEMBERS_TOO)
def test_every_sentence_is_translated_and_fills_in_the_same(language: str) -> None:
    kept = catalogue_of(language)
    lacking, wrong = [], []
    for message in asked_for(language):
        if not message.id:
            continue
        found = kept.get(message.id, message.context)
        forms = [] if found is None else found.string if isinstance(found.string, (tuple, list)) else [found.string]
        if not forms or not all(forms):
            lacking.append(message.id)
            continue
        asked = message.id if isinstance(message.id, str) else message.id[1]
        if any(places(form) != places(asked) for form in forms[-1:]):
            wrong.append(message.id)
    assert (len(lacking), lacking[:5]) == (0, [])
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED + CHILDREN_TOO + MEMBERS_TOO)
def test_nothing_is_kept_that_nobody_says_any_more(language: str) -> None:
    said = {(message.id, message.context) for message in asked_for(language)}
    kept = {(message.id, message.context) for message in catalogue_of(language) if message.id}
    assert kept - said == set()


def test_sentences_are_found_in_code_and_in_templates() -> None:
    found = {message.id for message in collected()}
    assert "You froze this report yourself: somebody else must release it." in found
    assert "The plan at a glance" in found


def test_what_children_are_told_is_found() -> None:
    found = {message.id for message in childs_sentences()}
    assert "Are you safe now?" in found
    assert {refusal.sentence for refusal in READ_BY_CHILDREN} <= found
    assert "The plan at a glance" not in found


def kinds_of(refusal: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in refusal.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_whatever_a_refusal_or_a_kept_sentence_says_is_collected_under_whatever_name_it_was_marked() -> None:
    """Sentences are marked with `written`, which a file may import under any name: `_`, `said`."""
    modules = [
        import_module(module.name)
        for module in walk_packages(omsorg.__path__, "omsorg.")
        if not any(part in {"tests", "migrations", "__main__", "asgi", "wsgi"} for part in module.name.split("."))
    ]
    named = {module.__name__ for module in modules}
    refused = {kind.sentence for kind in kinds_of(Refusal) if kind.__module__ in named}
    kept = {value.text for module in modules for value in vars(module).values() if isinstance(value, Sentence)}
    found = {message.id for message in collected()}
    assert sorted((refused | kept) - found - {""}) == []
    assert "New municipalities: %(number)s." in found  # told by a plain text, marked as `said`


def test_the_letter_to_the_reviewer_says_in_danish_what_is_missing() -> None:
    """Nothing that is there is too late: it is the answers that have not come."""
    message = catalogue_of("da").get("Late answers: %(period)s")
    assert message is not None
    assert message.string == "Svar for %(period)s, der mangler"
