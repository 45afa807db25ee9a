"""The figures of a quarter, by hand: a line for each country. What is held back is counted by the house."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.federation.places import countries
from omsorg.kernel.periods import Period
from omsorg.openness.pages.words import CORRECTED_BECAUSE, MEASURES, language_now
from omsorg.openness.queries.quarters import held_of
from omsorg.openness.rules.figures import WHOLE, Counts, Measure

LINES = 12


class BecauseForm(forms.Form):
    """Why a published quarter is corrected: out of a list, for words could tell the number that is not shown."""

    because = forms.ChoiceField(label=_("Why it is corrected"), choices=[("", "–"), *CORRECTED_BECAUSE.items()])


class QuarterForm(forms.Form):
    """Received, closed and open by country; or one line for all countries together."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        spoken = language_now()
        named = sorted(
            ((code, names.get(spoken, names["en"])) for code, names in countries().items()), key=lambda e: e[1]
        )
        choices = [("", "–"), (WHOLE, _("all countries together")), *named]
        for line in range(LINES):
            self.fields[f"country_{line}"] = forms.ChoiceField(label=_("Where"), choices=choices, required=False)
            for measure in Measure:
                self.fields[f"{measure}_{line}"] = forms.IntegerField(
                    label=str(MEASURES[measure]), min_value=0, required=False
                )

    def lines(self) -> list[list[Any]]:
        names = ("country", *Measure)
        return [[self[f"{name}_{line}"] for name in names] for line in range(LINES)]

    def counts(self, quarter: Period, on_register: dict[str, int]) -> Counts:
        given = self.cleaned_data
        rows = {
            given[f"country_{line}"]: {str(measure): given.get(f"{measure}_{line}") or 0 for measure in Measure}
            for line in range(LINES)
            if given.get(f"country_{line}")
        }
        if WHOLE in rows:
            on_register = {WHOLE: sum(on_register.values())} if on_register else {}
        return Counts(quarter, rows, held_of(quarter), on_register)
