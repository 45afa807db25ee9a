"""Listing those who are told, proofs, form letters, replies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.models import Person
from omsorg.openness.pages.words import CHANNELS, PROOFS
from omsorg.openness.rules.telling import PLACES, Channel, Proof


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ListForm(forms.Form):
    """Why nobody is told, where nobody is."""

    nobody_because = forms.CharField(
        label=_("If nobody has to be told: why"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ProofForm(forms.Form):
    """What became of all letters, or all messages, that had no proof."""

    channel = forms.ChoiceField(
        label=_("Which"), choices=[(code, word) for code, word in CHANNELS.items() if code != Channel.EMAIL]
    )
    proof = forms.ChoiceField(
        label=_("What became of them"),
        choices=[(code, word) for code, word in PROOFS.items() if code != Proof.RETURNED],
        initial=Proof.HANDED_OVER,
    )
    on = Day(label=_("On"))
    source = forms.CharField(label=_("To whom they were given"), max_length=200)


class OneProofForm(forms.Form):
    """What became of one letter or message: it came back, or somebody was reached by another way."""

    reference = forms.CharField(label=_("Reference"), max_length=40)
    proof = forms.ChoiceField(label=_("What became of it"), choices=list(PROOFS.items()), initial=Proof.HANDED_OVER)
    on = Day(label=_("On which day"))
    source = forms.CharField(label=_("Who says so, and how they were reached"), max_length=200)


class TemplateForm(forms.Form):
    """The words of a form letter."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(label=_("Words of the notice"), widget=forms.Textarea(attrs={"rows": 14}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        places = ", ".join(f"{{{place}}}" for place in PLACES)
        said = __("Between braces stands what is filled in: %(places)s.") % {"places": places}
        self.fields["body"].help_text = said


class ReplyForm(forms.Form):
    """What somebody wrote back."""

    reference = forms.CharField(label=_("Reference"), max_length=40, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    channel = forms.ChoiceField(label=_("By"), choices=list(CHANNELS.items()))
    received_on = Day(label=_("Received on"))
    text = forms.CharField(label=_("What they wrote"), widget=forms.Textarea(attrs={"rows": 6}))


class AssignForm(forms.Form):
    """Who answers."""

    to = forms.ChoiceField(label=_("Who answers"))

    def __init__(self, *args: Any, people: Iterable[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = [(each.code, each.name) for each in people]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """The answer."""

    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}))
