"""What was said elsewhere: on the phone, in a message, on paper, face to face, in a group."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.ombuds.forms.cases import HouseField, day_field, text
from omsorg.ombuds.pages.words import CHANNELS
from omsorg.ombuds.rules.levels import Channel

MOST_OF_NAMES = 400
"""As many letters as the field for names takes, as on the child's own page."""

ELSEWHERE = [(code, CHANNELS[code]) for code in Channel if code not in (Channel.WEB, Channel.VOICE)]


class SaidElsewhereForm(forms.Form):
    """One form for all of it; the same one is filled in on the way, without a network."""

    form = forms.CharField(widget=forms.HiddenInput, max_length=60)
    message = text(_("What was said, word for word"), _("Nobody edits this afterwards, you neither."), rows=8)
    wants = text(_("What the child wants to happen"), rows=2, required=False)
    names = forms.CharField(
        label=_("Who must not hear it, by name"),
        max_length=MOST_OF_NAMES,
        required=False,
        help_text=_("Ask the child. Whoever is named here is shut out."),
    )
    channel = forms.ChoiceField(label=_("How it came"), choices=ELSEWHERE, initial=Channel.IN_PERSON)
    on = day_field(_("It was said on"))
    language = forms.ChoiceField(label=_("In which language"))
    country = forms.ChoiceField(label=_("Country"), required=False)
    unit = HouseField(
        label=_("The house it is about, by its code"),
        required=False,
        help_text=_("Whoever belongs to it does not hear this case."),
    )
    case = forms.CharField(
        label=_("The case, where the child has one"),
        max_length=16,
        required=False,
        help_text=_("The first signs of its code, as on your desk."),
    )

    def __init__(self, *args: Any, languages: Any, countries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("not known")), *countries]  # type: ignore[attr-defined]


class ExcludedForm(forms.Form):
    """Whom the child does not want to hear it."""

    excluded = forms.TypedMultipleChoiceField(
        label=_("Who must not hear it"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ask the child. Whoever is named in its words is shut out by itself."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["excluded"].choices = people  # type: ignore[attr-defined]
