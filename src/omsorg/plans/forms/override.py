"""Setting a computed rating aside, as it is typed by the plan's owner."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from omsorg.plans.forms.reasons import ReasonForm
from omsorg.plans.forms.stamped import Day
from omsorg.plans.pages.words import CAUSES, RATINGS
from omsorg.plans.rules.measures import Cause, Rating
from omsorg.plans.rules.promises import LONGEST_REASON

OFFERED = (Rating.NOT_STARTED, Rating.ON_TRACK, Rating.OFF_TRACK, Rating.COMPLETED)


class OverrideForm(ReasonForm):
    """The rating, why, until when; off track also with a cause and a new date. `expected`: what was read.

    `reach`: from when to when a new date of the plan lies. How soon it ends is asked of the rule.
    """

    rating = forms.ChoiceField(label=_("Rating"), choices=[(rating.value, RATINGS[rating]) for rating in OFFERED])
    reason = forms.CharField(
        label=_("Why it is rated so"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody will read it, beside the ratings."),
    )
    ends_on = Day(
        reach=(date.min, date.max),
        label=_("Until"),
        help_text=_("From this day on your rating no longer counts. At most one year ahead."),
    )
    cause = forms.ChoiceField(
        label=_("Cause"),
        required=False,
        choices=[("", "–"), *((cause.value, CAUSES[cause]) for cause in Cause)],
        help_text=_("Only for off track."),
    )
    new_date = Day(label=_("New date"), is_promised=True, required=False, help_text=_("Only for off track."))
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reach: tuple[date, date], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["new_date"].reach = reach  # type: ignore[attr-defined]

    def expect(self, standing: int) -> None:
        """Somebody else's word has been shown beside the form: sent again, this one takes its place."""
        self.data = {**dict(self.data.items()), self.add_prefix("expected"): str(standing)}
