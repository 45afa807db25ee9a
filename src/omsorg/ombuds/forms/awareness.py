"""The lists of whom the office has been to see, narrowed, and a panel with children written down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.ombuds.forms.cases import day_field, text
from omsorg.ombuds.models import random_id
from omsorg.ombuds.pages.words import AGES, SEXES, STANDINGS, VISITED_KINDS
from omsorg.ombuds.rules.refusals import MoreThanWereThere


class NotVisitedForm(forms.Form):
    """Which places are shown: a word of the name, the country, the kind, and how long ago somebody was there."""

    words = forms.CharField(label=_("Part of the name"), max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("all")), *VISITED_KINDS.items()], required=False)
    standing = forms.ChoiceField(
        label=_("Last visited"), choices=[("", _("never or long ago")), *STANDINGS.items()], required=False
    )

    def __init__(self, *args: Any, countries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("all")), *countries]  # type: ignore[attr-defined]


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=5000, required=False)


class PanelForm(forms.Form):
    """One panel with children."""

    record = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62, initial=random_id)
    on = day_field(_("Day"))
    country = forms.ChoiceField(label=_("Country"))
    place = forms.CharField(
        label=_("Where"), max_length=120, help_text=_("The village, the school. No name of a child.")
    )
    unit = forms.ChoiceField(label=_("The house or programme"), required=False)
    post = forms.CharField(label=_("For which post"), max_length=120)
    recruited = forms.TypedChoiceField(
        label=_("Who got it"),
        help_text=_("Somebody who holds a role of this office; leave it open until it is decided."),
        required=False,
        coerce=int,
        empty_value=None,
    )
    children = forms.IntegerField(label=_("How many children"), min_value=1, max_value=5000)
    looked_for = text(
        _("What the children looked for"), _("In their words. No name of a child."), rows=4, required=False
    )

    def __init__(self, *args: Any, countries: Any, units: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("country", countries), ("unit", units), ("recruited", people)):
            self.fields[name].choices = [("", ""), *choices]  # type: ignore[attr-defined]
        for code, label in AGES.items():
            self.fields[f"age_{code}"] = _count(_("Age %(age)s: how many") % {"age": label})
        for code, label in SEXES.items():
            self.fields[f"sex_{code}"] = _count(_("%(sex)s: how many") % {"sex": label})
        self.order_fields([name for name in self.fields if name != "looked_for"])

    @property
    def told(self) -> dict[str, Any]:
        """What the action is given."""
        plain = {name: value for name, value in self.cleaned_data.items() if not name.startswith(("age_", "sex_"))}
        return {**plain, "by_age": self._groups("age_", AGES), "by_sex": self._groups("sex_", SEXES)}

    def _groups(self, prefix: str, names: Any) -> dict[str, int]:
        return {name: self.cleaned_data.get(prefix + name) or 0 for name in names}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for prefix, names in (("age_", AGES), ("sex_", SEXES)):
            if sum(self._groups(prefix, names).values()) > (given.get("children") or 5000):
                self.add_error(prefix + next(iter(names)), str(MoreThanWereThere()))
        return given
