"""What every form of a plan owner has: the day from which a change counts, why, and texts in every language.

A form makes values out of what was typed and nothing more: whether a change may stand is asked of the rules.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.numbers import FIRST_DAY, LAST_DAY, NumberSaid, check_within, read_typed, written_to_type
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.sheets.columns import NotWhole, TooSmall
from omsorg.plans.forms.reasons import ReasonForm
from omsorg.plans.rules.entries import NumberNotKept
from omsorg.plans.rules.promises import LONGEST_REASON, LONGEST_TEXT, LONGEST_TITLE, Texts


class ExactNumber(forms.Field):
    """A number as people write it, kept exactly; what can be read in two ways is asked about."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        try:
            return read_typed(str(value), get_language() or "en")
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def prepare_value(self, value: Any) -> Any:
        return written_to_type(value, get_language() or "en") if isinstance(value, Decimal) else value


class WholeNumber(ExactNumber):
    """A number without decimals, read as every other: what can be read in two ways is asked about here, too."""

    def __init__(self, *, least: int, **more: Any) -> None:
        super().__init__(**more)
        self.least = least

    def clean(self, value: Any) -> int | None:
        found = super().clean(value)
        if found is None:
            return None
        if found != found.to_integral_value():
            raise forms.ValidationError(str(NotWhole(text=str(value).strip())))
        if found < self.least:
            raise forms.ValidationError(str(TooSmall(text=str(value).strip(), least=NumberSaid(self.least))))
        return int(found)


class Day(forms.DateField):
    """A day within living memory or reach; what lies further off is a slip of the pen.

    `is_promised`: it is a day of a plan, and must lie within the reach of that.
    """

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(
        self, *, is_promised: bool = False, reach: tuple[date, date] = (FIRST_DAY, LAST_DAY), **more: Any
    ) -> None:
        super().__init__(**more)
        self.is_promised = is_promised
        self.reach = reach

    def to_python(self, value: Any) -> date | None:
        found: date | None = super().to_python(value)
        try:
            if found is not None:
                check_within(found, *self.reach)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return found


class StampForm(ReasonForm):
    """The day from which a change counts, and why. `expected` is what stood there when the page was opened."""

    in_force_on = Day(label=_("In force from"), help_text=_("Today, or the earlier day on which it was decided."))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Why this is changed. The public reads it beside the change."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_REASON,
    )
    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    groups: tuple[tuple[str | Promise, tuple[str | tuple[str, ...], ...]], ...] = ()
    """Headings with the names under them; names in a tuple of their own stand side by side."""

    @property
    def reasons(self) -> list[tuple[str, str, str]]:
        """The reason as each reader will read it: code and name of its language, and the words."""
        own, names = get_language() or "en", dict(settings.LANGUAGES)
        said = {own: self.cleaned_data["reason"].strip(), **self.reason_in}
        return [(code, str(names.get(code, code)), text) for code, text in said.items()]

    @property
    def read_as_written(self) -> str:
        """The languages in which the reason is not given: who reads in one of them reads it as it was written."""
        said = {code for code, _name, _text in self.reasons}
        return ", ".join(str(name) for code, name in settings.LANGUAGES if code not in said)

    @property
    def stamp(self) -> dict[str, Any]:
        """When and why, as it was typed: what stays where the form is given again."""
        names = ("in_force_on", "reason", *self.names_elsewhere)
        return {name: self.cleaned_data.get(name) for name in names}

    def keep_within(self, first: date, last: date) -> None:
        """Hold the days that are promised to the reach of the plan, each at its own field."""
        for field in self.fields.values():
            if isinstance(field, Day) and field.is_promised:
                field.reach = first, last

    def grouped(self) -> list[tuple[str | Promise, list[list[BoundField]]]]:
        """The fields under their headings, in blocks that stand side by side: a text in all languages is one."""
        found = []
        for legend, names in self.groups:
            stems = [(stem,) if isinstance(stem, str) else stem for stem in names]
            blocks = [[self[name] for stem in block for name in self._spoken(stem)] for block in stems]
            found.append((legend, [block for block in blocks if block]))
        found.append((_("When and why"), [[self["in_force_on"]], [self["reason"]]]))
        return found

    def _spoken(self, stem: str) -> list[str]:
        return [stem] if stem in self.fields else [n for n in self.fields if n.rpartition("_")[0] == stem]

    def add_texts(self, name: str, label: str | Promise, *, long: bool = False, required: bool = False) -> None:
        """One field for each language of the house."""
        for code, language in settings.LANGUAGES:
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=_("%(text)s (%(language)s)") % {"text": label, "language": language},
                required=required and code == "en",
                max_length=LONGEST_TEXT if long else LONGEST_TITLE,
                widget=forms.Textarea(attrs={"rows": 3 if long else 2, "lang": code}),
            )

    def texts(self, name: str, before: Texts | None = None) -> Texts:
        """What was typed in each language; languages that the house does not offer stay as they were."""
        offered = {code for code, _language in settings.LANGUAGES}
        kept = {code: text for code, text in (before or {}).items() if code not in offered}
        typed = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in offered}
        return kept | {code: text for code, text in sorted(typed.items()) if text}

    def blame(self, refusal: Refusal, column: str) -> None:
        """Show a refusal at the field that it is about, or at the top."""
        about = refusal.field if isinstance(refusal, NumberNotKept) and refusal.field else column
        names = self._spoken(about) if about else []
        self.add_error(names[0] if names and names[0] in self.fields else None, str(refusal))


def spoken(name: str, texts: Texts) -> dict[str, str]:
    """The texts of one field as the values of the fields for each language."""
    return {f"{name}_{code}": texts.get(code, "") for code, _language in settings.LANGUAGES}
