"""A reason that stands in public: in the language of whoever writes it, and in the others of the house where wanted."""

from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omsorg.plans.rules.promises import LONGEST_REASON

ELSEWHERE = "reason_in_"


class ReasonForm(forms.Form):
    """A form with a field `reason`, and one for each other language of the house, which nobody must fill in."""

    is_reason_told = True
    """Whether the reason stands in public, and is given in other languages, too."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if not self.is_reason_told:
            return
        for code, language in settings.LANGUAGES:
            if code != get_language():
                self.fields[f"{ELSEWHERE}{code}"] = forms.CharField(
                    label=_("%(text)s (%(language)s)") % {"text": self.fields["reason"].label, "language": language},
                    required=False,
                    max_length=LONGEST_REASON,
                    widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                )

    @property
    def elsewhere(self) -> list[BoundField]:
        """The reason in the other languages of the house: they stand apart."""
        return [self[name] for name in self.names_elsewhere]

    @property
    def names_elsewhere(self) -> list[str]:
        return [name for name in self.fields if name.startswith(ELSEWHERE)]

    @property
    def apart_from_elsewhere(self) -> list[BoundField]:
        """All other fields, in their order."""
        return [field for field in self if field.name not in self.names_elsewhere]

    @property
    def is_said_elsewhere(self) -> bool:
        """Whether any of them is filled in, or wrong: then they are shown open."""
        return any(field.value() or field.errors for field in self.elsewhere)

    @property
    def reason_in(self) -> dict[str, str]:
        """The reason in other languages, as far as it was given in them."""
        said = {name.removeprefix(ELSEWHERE): self.cleaned_data[name].strip() for name in self.names_elsewhere}
        return {code: text for code, text in said.items() if text}
