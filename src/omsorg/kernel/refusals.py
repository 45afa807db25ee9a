"""A refusal is the name of a situation and the sentence that the person will read.

Rules must not know any web framework, yet their sentences must reach people in
their own language. So a sentence is kept as it was written, with its figures
beside it, and turned into the reader's language only at the moment it is read.
How to translate is told once, when the house starts (`speak_with`); before
that, and in tests of bare rules, a sentence reads as it was written.

    class MeetingClosed(Refusal):
        sentence = _("The meeting of %(day)s is closed.")

    raise MeetingClosed(day="3 May")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar


def written(text: str) -> str:
    """Mark `text` as a sentence for translators; import it as `_` where it is used."""
    return text


def english() -> str:
    return "en"


_translate: Callable[[str], str] = written
_language: Callable[[], str | None] = english


def speak_with(translate: Callable[[str], str], language: Callable[[], str | None] = english) -> None:
    """Say once how sentences are put into the reader's language, and which language that is."""
    global _translate, _language
    _translate, _language = translate, language


def language_of_reader() -> str:
    """The language in which sentences are said at this moment, by its first part ("nb", "en")."""
    return (_language() or "en").split("-")[0]


class InLanguages(dict[str, str]):
    """One thing under its names in several languages; `str()` gives the reader's, or else the English one."""

    def __str__(self) -> str:
        name = self.get(language_of_reader()) or self.get("en")
        return name if name is not None else next(iter(self.values()), "")


@dataclass(frozen=True)
class Sentence:
    """A sentence as written in the code, and what is filled into it.

    `str()` gives it in the language of the reader of that moment; `text` and
    `params` may be stored and said again later in another language.
    """

    text: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        said = _translate(self.text)
        return said % {name: str(value) for name, value in self.params.items()} if self.params else said

    def __hash__(self) -> int:
        return hash((self.text, tuple(sorted((name, str(value)) for name, value in self.params.items()))))


class Refusal(Exception):
    """Something that the house will not do, named after the situation."""

    sentence: ClassVar[str] = ""

    def __init__(self, **params: Any) -> None:
        super().__init__(params)
        self.params = params

    @property
    def said(self) -> Sentence:
        return Sentence(self.sentence, self.params)

    def __str__(self) -> str:
        return str(self.said)
