"""What every form of an incident has: the step that was read, days, choices out of codes, and what it then does."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.pages.words import Words
from omsorg.safeguarding.queries.parts import Part, parts_of

LONGEST = 20_000


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Long(forms.CharField):
    """A longer text, in one's own words."""

    def __init__(self, *, rows: int = 4, **more: Any) -> None:
        more.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **more)


def choice(words: Words, *, none: str | Promise | None = None, **more: Any) -> forms.ChoiceField:
    """A choice out of codes, in words; `none` offers leaving it open."""
    offered: list[tuple[str, str | Promise]] = [(str(code), word) for code, word in words.items()]
    return forms.ChoiceField(choices=[*([("", none)] if none is not None else []), *offered], **more)


def radio(words: Words, **more: Any) -> forms.ChoiceField:
    """The same, all of it in sight."""
    return forms.ChoiceField(
        choices=[(str(code), word) for code, word in words.items()], widget=forms.RadioSelect, **more
    )


class ActForm(forms.Form):
    """One act on an incident: filled in, then done. `expected` is the newest step that the person has read."""

    title: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    lead: ClassVar[str | Promise] = ""
    done: ClassVar[str | Promise] = _("It is kept.")
    is_grave: ClassVar[bool] = False
    decides: ClassVar[bool] = False
    """Whether it is for those who handle the incident, and not for its team."""

    expected = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, incident: Incident, acting: Acting, of: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.incident, self.acting = incident, acting
        self.prepare()
        if of and "of" in self.fields:
            self.fields["of"].initial = of

    def prepare(self) -> None:
        """Fill in the choices that depend on the incident."""

    def act(self, stamp: "Stamp") -> object:
        """Do it, by the one action that it stands for."""
        raise NotImplementedError

    def parts(self, model: type[Part], *related: str) -> dict[int, Part]:
        """What the incident has of a kind, by number within it."""
        return parts_of(model, self.incident, *related)

    def chosen(self, model: type[Part]) -> Part:
        """The part that was chosen."""
        return self.parts(model)[int(self.cleaned_data["of"])]

    def offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        """Say what can be chosen in a field."""
        self.fields[name].choices = offered  # type: ignore[attr-defined]


class Stamp(dict[str, Any]):
    """Which incident, which step was read, who, when: what every action is given, by name."""

    @classmethod
    def of(cls, form: ActForm, at: datetime) -> "Stamp":
        return cls(incident=form.incident, expected=form.cleaned_data.get("expected"), by=form.acting, at=at)
