"""Holding a case back, releasing it, correcting or withdrawing what stands in public."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.openness.forms.writing import in_languages
from omsorg.openness.pages.words import LEFT_OUT, REASONS


class HoldForm(forms.Form):
    """Why a case is not public for now, and when it is looked at again."""

    reason_class = forms.ChoiceField(
        label=_("Why"),
        choices=list(REASONS.items()),
        help_text=_("The public reads how many cases are held back for each of these."),
    )
    reason = forms.CharField(label=_("The reason in words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class WhatAndWhyForm(forms.Form):
    """What is corrected, and why: the public reads both."""

    def __init__(self, *args: Any, original: str, **more: Any) -> None:
        super().__init__(*args, **more)
        in_languages(self, "what", _("What"), original=original)
        in_languages(self, "why", _("Why"), original=original)


class ReleaseForm(forms.Form):
    """Which words the releaser has read; a correction may take back the text before."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, is_correction: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_correction:
            self.fields["hides_earlier"] = forms.BooleanField(
                label=_("The text before harmed somebody: do not show it any more"), required=False
            )


class WithdrawForm(forms.Form):
    """Why a text goes, in words that stand already: nobody writes to the public alone."""

    because = forms.ChoiceField(
        label=_("Why"),
        choices=list(LEFT_OUT.items()),
        help_text=_("The public reads it. More can be said with a corrected text, by two."),
    )
