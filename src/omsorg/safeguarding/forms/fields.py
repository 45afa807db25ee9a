"""What every form of an incident has: the step that was read, days, choices out of codes, and what it then does."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import Acting
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.pages.words import Words
from omsorg.safeguarding.queries.naming import asked_about, called
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


NOBODY = "nobody"


class WordedForm(ActForm):
    """An act with a longer text. Where that names people who work here, it is asked once of each whether the incident
    complains of them, before anything is kept."""

    said_in: ClassVar[tuple[str, ...]] = ("note",)
    """The fields in which somebody may be named."""

    complained_of = forms.MultipleChoiceField(
        label=_("Does the incident complain of somebody who is named here?"),
        help_text=_("Whom it complains of finds nothing of it from then on. Of each you are asked once."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _(
                "Your text names people who work here. Say of which of them the incident complains, or of none."
            )
        },
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields.pop("complained_of")
        text = "\n".join(str(self.data.get(name, "")) for name in self.said_in)
        self.asked = asked_about(self.incident, text, by=self.acting, besides=self.besides())
        if self.asked:
            self.fields["complained_of"] = field
            offered = [(person.code, name) for person, name in called(self.asked)]
            self.offer("complained_of", [*offered, (NOBODY, str(_("none of them")))])

    def besides(self) -> Collection[int]:
        """Those of whom it is not asked, since this act shuts them out."""
        return ()

    def clean_complained_of(self) -> list[str]:
        said: list[str] = self.cleaned_data["complained_of"]
        if NOBODY in said and len(said) > 1:
            raise forms.ValidationError(_("Choose those of whom it complains, or none of them."))
        return said

    @property
    def stated(self) -> dict[str, dict[int, bool]]:
        """What is said of those named, as the actions take it."""
        said = self.cleaned_data.get("complained_of", [])
        return {"said_of": {each.pk: each.code in said for each in self.asked}}


class Stamp(dict[str, Any]):
    """Which incident, which step was read, who, when: what every action is given, by name."""

    @classmethod
    def of(cls, form: ActForm, at: datetime) -> "Stamp":
        stated = form.stated if isinstance(form, WordedForm) else {}
        return cls(incident=form.incident, expected=form.cleaned_data.get("expected"), by=form.acting, at=at, **stated)
