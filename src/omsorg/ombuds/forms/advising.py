"""Recommending something to an organisation, its answer, and the register of visits."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from omsorg.ombuds.forms.cases import day_field, text
from omsorg.ombuds.models import random_id
from omsorg.ombuds.pages.words import ANSWERS, VISITS, WITHDRAWALS


class RecommendForm(forms.Form):
    """To whom, what in which languages, until when; and which cases it rests on."""

    organisation = forms.ChoiceField(label=_("To whom"))
    answer_due_on = day_field(_("An answer is owed by"))
    cases = forms.MultipleChoiceField(
        label=_("The cases it rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Noted in those cases, sealed, and nowhere else."),
    )

    def __init__(self, *args: Any, organisations: Any, cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", ""), *organisations]  # type: ignore[attr-defined]
        self.fields["cases"].choices = cases  # type: ignore[attr-defined]
        for code, name in settings.LANGUAGES:
            field = text(
                _("What is recommended, in %(language)s") % {"language": _(name)},
                _("It is public once it is published: no child may be recognised in it."),
                rows=4,
                required=code == "en",
            )
            self.fields[f"text_{code}"] = field

    @property
    def words(self) -> dict[str, str]:
        """The text by language."""
        return {code: self.cleaned_data[f"text_{code}"] for code, _name in settings.LANGUAGES}


class AnswerEnteredForm(forms.Form):
    """What the organisation answered."""

    answer = forms.ChoiceField(label=_("The answer"), choices=list(ANSWERS.items())[1:], widget=forms.RadioSelect)
    reasons = text(_("Its reasons, in its own words"), _("Needed where it is not accepted as a whole."), required=False)


class WithdrawForm(forms.Form):
    """Why what is public is to be taken back."""

    reason = forms.ChoiceField(
        label=_("Why it is to be withdrawn"),
        choices=list(WITHDRAWALS.items()),
        widget=forms.RadioSelect,
        help_text=_("Everybody reads this reason once another ombudsperson has agreed."),
    )


class VisitForm(forms.Form):
    """One visit, talk or panel."""

    record = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62, initial=random_id)
    on = day_field(_("Day"))
    kind = forms.ChoiceField(label=_("What it was"), choices=list(VISITS.items()))
    country = forms.ChoiceField(label=_("Country"))
    place = forms.CharField(
        label=_("Where"), max_length=120, help_text=_("The village, the school. No name of a child.")
    )
    unit = forms.ChoiceField(label=_("The house or programme"), required=False)
    children = forms.IntegerField(label=_("How many children"), min_value=0, max_value=5000)
    know_their_ombudsperson = forms.IntegerField(
        label=_("How many knew their ombudsperson before"), min_value=0, max_value=5000, required=False
    )

    def __init__(self, *args: Any, countries: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", ""), *countries]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", ""), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        known, there = given.get("know_their_ombudsperson"), given.get("children")
        if known is not None and there is not None and known > there:
            self.add_error("know_their_ombudsperson", _("More than were there."))
        return given
