"""Making a key ring, giving it another passphrase, finding the way back to it."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.refusals import Refusal
from omsorg.ombuds.rules.marks import Typed, typed_as_mark


def _secret(label: Any, help_text: Any = "", *, new: bool = False) -> forms.CharField:
    """A passphrase: blanks count, nothing of it is shown again."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "off"}),
    )


FIVE_WORDS = _("At least 16 letters. Five words that have nothing to do with each other are good.")


class NewPassphraseForm(forms.Form):
    """A passphrase, twice."""

    passphrase = _secret(_("Passphrase"), FIVE_WORDS, new=True)
    again = _secret(_("The same once more"), new=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("passphrase") != given.get("again") and not self.errors:
            self.add_error("again", _("The two are not the same."))
        return given


class ChangePassphraseForm(NewPassphraseForm):
    """The old passphrase, and the new one twice."""

    old = _secret(_("Passphrase until now"))
    field_order = ("old", "passphrase", "again")


class TakeBackForm(forms.Form):
    """The passphrase that was chosen when the board was asked."""

    passphrase = _secret(_("The passphrase you chose when you asked"))


class PassphraseForm(forms.Form):
    """One's own passphrase, once."""

    passphrase = _secret(_("Passphrase"))


class SureForm(forms.Form):
    """A tick for what cannot be undone."""

    sure = forms.BooleanField(label=_("I am sure"))

    def __init__(self, *args: Any, sure: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sure is not None:
            self.fields["sure"].label = sure


class PicturesForm(SureForm):
    """A tick, and the pictures that somebody has read out."""

    pictures = forms.CharField(
        label=_("The four pictures, as they are read out to you"),
        help_text=_(
            'Like this: "fish 5, key 12, boat 8, moon 1". Type what you hear, not what you are sent in writing.'
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    field_order = ("pictures", "sure")

    def clean_pictures(self) -> Typed:
        try:
            return typed_as_mark(self.cleaned_data["pictures"], get_language() or "en")
        except Refusal as refused:
            raise forms.ValidationError(str(refused)) from None
