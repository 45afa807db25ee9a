"""What is stated beside the terms: targets, sums, answers, links, further sources and recommendations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.money import Money
from omsorg.plans.forms.stamped import Day, ExactNumber, StampForm
from omsorg.plans.pages.revisions import FIELDS
from omsorg.plans.pages.words import ACCEPTED, SOURCE_KINDS


class TargetForm(StampForm):
    """A target (or the baseline): for which day, how much."""

    series = forms.ChoiceField(
        label=_("Target or baseline"), choices=[("target", _("target")), ("baseline", _("baseline"))]
    )
    due_on = Day(label=_("For which day"), is_promised=True)
    number = ExactNumber(label=_("Number"), help_text=_("Of a share: how many. Percentages are computed."))
    denominator = ExactNumber(label=_("Of how many"), required=False)

    groups = ((_("Target"), (("series", "due_on"), ("number", "denominator"))),)


class MoneyForm(StampForm):
    """A sum of money, in whole units of its currency."""

    amount = ExactNumber(label=_("Amount"))
    currency = forms.RegexField(r"^[A-Za-z]{3}$", label=_("Currency"))

    groups = ((_("Sum"), (("amount", "currency"),)),)

    def money(self) -> Money:
        return Money.of(self.cleaned_data["amount"], self.cleaned_data["currency"].upper())


class AnswerForm(StampForm):
    """What is answered to a recommendation."""

    accepted = forms.ChoiceField(label=FIELDS["accepted"], choices=list(ACCEPTED.items()))

    groups = ((_("Answer"), ("accepted", "response")),)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.add_texts("response", FIELDS["response"], long=True)


class LinkToActionForm(StampForm):
    """Whether something is linked to one action from a day on."""

    action = forms.ChoiceField(label=_("Action"))

    def __init__(self, *args: Any, actions: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["action"].choices = list(actions)  # type: ignore[attr-defined]

    def linked(self) -> tuple[str, bool]:
        """The code of the action that was chosen, and whether the link holds."""
        return self.cleaned_data["action"], self.cleaned_data["holds"] == "yes"


class LinkForm(LinkToActionForm):
    """Which action answers the recommendation, or does so no longer."""

    holds = forms.ChoiceField(
        label=_("From that day on"),
        choices=[("yes", _("it answers the recommendation")), ("no", _("it answers it no longer"))],
    )

    groups = ((_("Action that answers it"), ("action", "holds")),)


class MeasureForm(LinkToActionForm):
    """Which action the indicator measures, or does so no longer."""

    holds = forms.ChoiceField(
        label=_("From that day on"),
        choices=[("yes", _("the indicator measures it")), ("no", _("the indicator measures it no longer"))],
    )

    groups = ((_("Action that it measures"), ("action", "holds")),)


class SourceForm(StampForm):
    """A further source of recommendations."""

    code = forms.RegexField(r"^[\w.\-]{1,40}$", label=_("Code"))
    kind = forms.ChoiceField(label=FIELDS["kind"], choices=list(SOURCE_KINDS.items()))
    published_on = Day(label=_("Published on"), required=False)
    link = forms.URLField(label=_("Where it can be read"), required=False, assume_scheme="https")

    is_reason_told = False
    groups = ((_("Source"), ("code", "title", "kind", "published_on", "link")),)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.add_texts("title", FIELDS["title"], required=True)


class RecommendationForm(StampForm):
    """A further recommendation of a source."""

    code = forms.RegexField(r"^[\w.\-]{1,40}$", label=_("Code"))
    source = forms.ChoiceField(label=_("Source"))
    accepted = forms.ChoiceField(label=FIELDS["accepted"], choices=list(ACCEPTED.items()), initial="open")

    groups = ((_("Recommendation"), ("code", "source", "area", "text")), (_("Answer"), ("accepted", "response")))

    def __init__(self, *args: Any, sources: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["source"].choices = list(sources)  # type: ignore[attr-defined]
        self.add_texts("area", _("Area"))
        self.add_texts("text", _("The recommendation in its own words"), long=True, required=True)
        self.add_texts("response", FIELDS["response"], long=True)
