"""Why something is changed, as a file or a page tells it: in one language, and in others where it is given in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language, override

from omsorg.kernel.refusals import Sentence
from omsorg.plans.imports.drafting import reason_in
from omsorg.plans.imports.reading import Row


@dataclass(frozen=True, slots=True)
class Why:
    """A reason in the language in which it was written, and the same reason `elsewhere`, by language."""

    reason: str
    language: str
    elsewhere: dict[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> dict[str, str]:
        """It in every language, as a text for the public."""
        return {self.language: self.reason, **self.elsewhere}

    @property
    def stamp(self) -> dict[str, object]:
        """It as every act is given it."""
        return {"reason": self.reason, "reason_in": self.elsewhere}

    @contextmanager
    def in_its_language(self) -> Iterator[None]:
        """What is written meanwhile is marked with the language of this reason."""
        with override(self.language):
            yield


def why_of_page(reason: str) -> Why:
    """What somebody typed on a page, in the language of the page."""
    return Why(reason, get_language() or "en")


def why_of_row(row: Row, language: str) -> Why | None:
    """What a row says in a file that is written in `language`; None where it does not say why."""
    said = reason_in(row, language)
    return Why(said.text, said.language, dict(said.elsewhere)) if said else None


def why_of_house(sentence: Sentence) -> Why:
    """What the house says itself, in every language that it speaks."""
    own = get_language() or "en"
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = str(sentence)
    return Why(said.pop(own, str(sentence)), own, said)
