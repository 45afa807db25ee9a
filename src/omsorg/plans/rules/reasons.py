"""Why something is rated so: in the language in which it was written, and in others where it is given in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .entries import as_kept
from .promises import Texts


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason as it was written, in which language ("" is not known), and the same `elsewhere`, by language."""

    text: str = ""
    language: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def said(cls, reason: str, reason_in: Texts | None, *, language: str, before: "Reason | None" = None) -> "Reason":
        """What somebody says who reads the house in `language`, and may say it in all that it speaks.

        Where nothing stands in their own language, it is written in the first of the others: in that of the reason
        `before`, where it is still given in that. A reason of which the language was not known stays so.
        """
        text = as_kept(reason)
        others = {code: as_kept(said) for code, said in sorted((reason_in or {}).items()) if code != language}
        others = {code: said for code, said in others.items() if said}
        if text:
            is_unknown = before is not None and not before.language and before.text == text
            return cls(text, "" if is_unknown else language, others)
        if not others:
            return cls()
        own = before.language if before is not None and before.language in others else next(iter(others))
        return cls(others.pop(own), own, others)

    def beside(self, before: "Reason") -> "Reason":
        """It, told again: where it is the one of `before`, that stays, in the languages that are given now, too."""
        if not self.text or self.text not in before.texts.values():
            return self
        fresh = {code: said for code, said in self.elsewhere.items() if before.texts.get(code) != said}
        if not fresh:
            return before
        others = {**before.elsewhere, **fresh}
        text = others.pop(before.language, before.text)
        return Reason(text, before.language, dict(sorted(others.items())))

    @property
    def texts(self) -> dict[str, str]:
        """It in every language in which it is given; under "" where that is not known."""
        return {**self.elsewhere, self.language: self.text} if self.text else {}

    def typed_in(self, language: str) -> str:
        """What stands in the field of a form that is read in `language`."""
        return self.texts.get(language) or (self.text if not self.language else "")
