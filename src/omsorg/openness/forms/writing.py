"""Beginning a case, writing it in several languages, leaving a passage out."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.federation.models import Organisation
from omsorg.federation.places import countries
from omsorg.kernel.money import Money, check_ever_used
from omsorg.kernel.numbers import read_number
from omsorg.kernel.refusals import Refusal
from omsorg.openness.pages.words import CLOSED_AS, HEADINGS, LEFT_OUT, SUBJECTS, TELLS, language_now
from omsorg.openness.rules.cases import SUMMARY_LETTERS, ClosedAs, Draft, Heading, Repaid, Subject, Tell
from omsorg.openness.rules.redactions import Why

MORE_LINES = 2
HINTS = {
    Heading.SUMMARY: _("The line of the register. No names, no place, no day."),
    Heading.HAPPENED: _("What was done to whom, in plain words, as wide as needed for nobody to be known again."),
    Heading.DID: _("For those affected, about those responsible, and whom we told."),
    Heading.LEARNED: _("What is done differently now, so that it does not happen again."),
}


class BeginForm(forms.Form):
    """Which association answers for it, and which programmes it concerns."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    organisation = forms.ChoiceField(label=_("Who answers for it"))
    programmes = forms.MultipleChoiceField(
        label=_("Programmes it concerns"),
        help_text=_("Those who give to them are told."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], programmes: Iterable[Organisation], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["once"].initial = secrets.token_hex(16)
        self.fields["organisation"].choices = [(each.code, each.name) for each in organisations]  # type: ignore[attr-defined]
        self.fields["programmes"].choices = [(each.code, each.name) for each in programmes]  # type: ignore[attr-defined]


class ProgrammesForm(forms.Form):
    """Which further programmes a case concerns."""

    programmes = forms.MultipleChoiceField(
        label=_("Programmes it concerns"),
        help_text=_("Those who give to them are told."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, programmes: Iterable[Organisation], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["programmes"].choices = [(each.code, each.name) for each in programmes]  # type: ignore[attr-defined]


class Month(forms.Field):
    """A month and a year, and never a day."""

    widget = forms.TextInput(attrs={"type": "month", "placeholder": "2024-05", "pattern": r"\d{4}-\d{2}"})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        try:
            return date.fromisoformat(f"{str(value).strip()}-01")
        except ValueError:
            raise forms.ValidationError(_("Write the month as 2024-05.")) from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value


class DraftForm(forms.Form):
    """A case as it is typed. The three headings and the summary in every language of the site."""

    original = forms.ChoiceField(label=_("Written first in"), choices=list(settings.LANGUAGES))
    country = forms.ChoiceField(label=_("Country"), required=False)
    region = forms.ChoiceField(
        label=_("Or region"),
        required=False,
        help_text=_("In the place of the country, where the country would say too much."),
    )
    closed_in = Month(label=_("Closed in"))
    closed_as = forms.ChoiceField(label=_("Closed as"), choices=[("", "–"), *CLOSED_AS.items()])
    subject = forms.ChoiceField(label=_("What it is about"), choices=list(SUBJECTS.items()))
    tell = forms.ChoiceField(
        label=_("Those who give are told"),
        choices=list(TELLS.items()),
        help_text=_("Together: e-mail leaves with the release. Letters and SMS are handed over first in any case."),
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, regions: Iterable[Organisation], lines: int = 0, **more: Any) -> None:
        super().__init__(*args, **more)
        named = sorted(((code, names[_language(names)]) for code, names in countries().items()), key=lambda e: e[1])
        self.fields["country"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", "–"), *((each.code, each.name) for each in regions)]  # type: ignore[attr-defined]
        for code, _name in settings.LANGUAGES:
            for heading in Heading:
                is_short = heading is Heading.SUMMARY
                self.fields[f"{heading}_{code}"] = forms.CharField(
                    label=str(HEADINGS[heading]),
                    help_text=str(HINTS[heading]),
                    required=False,
                    max_length=SUMMARY_LETTERS if is_short else None,
                    widget=forms.Textarea(attrs={"rows": 2 if is_short else 6, "lang": code}),
                )
        self.lines = lines + MORE_LINES
        for line in range(self.lines):
            self.fields[f"amount_{line}"] = forms.CharField(
                label=_("Amount repaid"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
            )
            self.fields[f"currency_{line}"] = forms.RegexField(
                "^[A-Za-z]{3}$",
                label=_("Currency"),
                required=False,
                widget=forms.TextInput(attrs={"placeholder": "NOK"}),
            )
            self.fields[f"to_whom_{line}"] = forms.CharField(label=_("To whom"), required=False, max_length=200)

    @staticmethod
    def initial_of(draft: Draft, number: int) -> dict[str, Any]:
        found: dict[str, Any] = {
            name: getattr(draft, name)
            for name in ("original", "country", "region", "closed_in", "closed_as", "subject", "tell")
        }
        for heading, words in draft.texts.items():
            found |= {f"{heading}_{code}": text for code, text in words.items()}
        for line, each in enumerate(draft.repaid):
            found |= {
                f"amount_{line}": format(each.money.amount.normalize(), "f"),
                f"currency_{line}": each.money.currency,
                f"to_whom_{line}": each.to_whom,
            }
        return {**found, "expected": number}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.repaid: list[Repaid] = []
        for line in range(self.lines):
            amount, currency = given.get(f"amount_{line}", ""), given.get(f"currency_{line}", "").upper()
            if not amount:
                continue
            try:
                check_ever_used(currency)
            except Refusal as refusal:
                self.add_error(f"currency_{line}", str(refusal))
                continue
            try:
                money = Money.of(read_number(amount), currency)
            except Refusal as refusal:
                self.add_error(f"amount_{line}", str(refusal))
                continue
            self.repaid.append(Repaid(money, given.get(f"to_whom_{line}", "")))
        return given

    @property
    def draft(self) -> Draft:
        given = self.cleaned_data
        texts = {
            str(heading): {code: given.get(f"{heading}_{code}") or "" for code, _name in settings.LANGUAGES}
            for heading in Heading
        }
        return Draft(
            texts=texts,
            original=given["original"],
            closed_in=given["closed_in"],
            closed_as=ClosedAs(given["closed_as"]),
            subject=Subject(given["subject"]),
            country=given["country"],
            region=given["region"],
            tell=Tell(given["tell"]),
            repaid=tuple(self.repaid),
        )

    def texts(self) -> list[tuple[str, str, bool, list[BoundField]]]:
        """Code and name of each language, whether it stands open, and its four fields. The original comes first."""
        original = self["original"].value() or language_now()
        found = []
        for code, name in sorted(settings.LANGUAGES, key=lambda each: each[0] != original):
            fields = [self[f"{heading}_{code}"] for heading in Heading]
            is_open = code == original or any(field.value() or field.errors for field in fields)
            found.append((code, str(name), is_open, fields))
        return found

    def money(self) -> list[list[BoundField]]:
        return [[self[f"{name}_{line}"] for name in ("amount", "currency", "to_whom")] for line in range(self.lines)]


def _language(names: dict[str, str]) -> str:
    return language_now() if language_now() in names else "en"


class LeaveOutForm(forms.Form):
    """Which passage goes, and why."""

    heading = forms.ChoiceField(label=_("In which part"), choices=list(HEADINGS.items()))
    language = forms.ChoiceField(label=_("In which language"), choices=list(settings.LANGUAGES))
    passage = forms.CharField(
        label=_("The passage, letter by letter"), strip=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    why = forms.ChoiceField(label=_("Why it is left out"), choices=list(LEFT_OUT.items()))
    words = forms.CharField(
        label=_("The reason in words"),
        required=False,
        max_length=200,
        help_text=_("The public reads it. Needed where the reason is another one."),
    )

    @property
    def reason(self) -> Why:
        return Why(self.cleaned_data["why"])


class ReasonForm(forms.Form):
    """One sentence."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


def in_languages(form: forms.Form, name: str, label: str | Promise, *, original: str) -> None:
    """Add one question in every language of the site; needed in the language of the case only."""
    for code, spoken in settings.LANGUAGES:
        form.fields[f"{name}_{code}"] = forms.CharField(
            label=f"{label} ({spoken})",
            required=code == original,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
        )


def said_in(form: forms.Form, name: str) -> dict[str, str]:
    """What was answered to such a question, by language."""
    given = form.cleaned_data
    return {code: given[f"{name}_{code}"] for code, _spoken in settings.LANGUAGES if given.get(f"{name}_{code}")}
