"""Holding a case back, correcting or withdrawing what stands in public."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.openness.forms.writing import in_languages
from omsorg.openness.pages.words import REASONS


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
    """What is corrected or withdrawn, and why: the public reads both."""

    def __init__(self, *args: Any, original: str, may_hide: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        in_languages(self, "what", _("What"), original=original)
        in_languages(self, "why", _("Why"), original=original)
        if may_hide:
            self.fields["hides_earlier"] = forms.BooleanField(
                label=_("The text before harmed somebody: do not show it any more"), required=False
            )
