"""What the list of cases may be narrowed to, and in which order it stands: only what occurs in it is offered."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.ombuds.pages.words import CHANNELS, DANGERS, LEVELS, country_name, language_name
from omsorg.ombuds.queries.desk import CaseRow

ORDERS = [
    ("", _("what is promised first")),
    ("news", _("what is new first")),
    ("opened", _("the newest case first")),
]
NAMES: dict[str, Callable[[str], Any]] = {
    "country": country_name,
    "level": lambda code: LEVELS.get(code, code),
    "channel": lambda code: CHANNELS.get(code, code),
    "language": language_name,
    "danger": lambda code: DANGERS.get(code, code),
}


class NarrowForm(forms.Form):
    """Read from the address, so that what was chosen has one. What makes no sense there is left out."""

    case = forms.CharField(label=_("Your own word, or the sign of a case"), max_length=60, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    channel = forms.ChoiceField(label=_("Came by"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    danger = forms.ChoiceField(label=_("The danger"), required=False)
    show = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, rows: Sequence[CaseRow]) -> None:
        super().__init__(data)
        for name, called in NAMES.items():
            found = {str(getattr(row, name)) for row in rows} - {""}
            if len(found) < 2 and not data.get(name):
                del self.fields[name]
            else:
                offered = sorted(((code, called(code)) for code in found), key=lambda pair: str(pair[1]))
                self.fields[name].choices = [("", _("all")), *offered]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def sought(self) -> str:
        return str(self.cleaned_data.get("case", "")).strip()

    @property
    def chosen(self) -> dict[str, str]:
        """What the list is narrowed to, by name."""
        return {name: self.cleaned_data[name] for name in NAMES if self.cleaned_data.get(name)}

    @property
    def kept(self) -> dict[str, str]:
        """All that stays in an address of this list but what waits."""
        order = self.cleaned_data.get("sort")
        return self.chosen | ({"sort": order} if order else {})

    def narrowed(self, rows: Iterable[CaseRow]) -> list[CaseRow]:
        """The rows that were asked for, in the order that was asked for."""
        sought = self.sought.casefold()
        found = [
            row
            for row in rows
            if all(str(getattr(row, name)) == code for name, code in self.chosen.items())
            and (not sought or row.code.startswith(sought) or sought in row.label.casefold())
        ]
        if self.cleaned_data.get("sort") == "news":
            found.sort(key=lambda row: not row.is_new)
        if self.cleaned_data.get("sort") == "opened":
            found.sort(key=lambda row: row.opened_on, reverse=True)
        return found
