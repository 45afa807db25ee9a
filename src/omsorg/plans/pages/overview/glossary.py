"""The words of a report, explained where they are used."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GLOSSARY: tuple[tuple[str | Promise, str | Promise], ...] = (
    (_("as adopted"), _("All indicators that were in the plan when it was adopted. This number never changes.")),
    (_("now active"), _("Indicators that are still worked on: not on hold, superseded or dropped.")),
    (_("completed"), _("The target is reached and will not be measured again.")),
    (_("on track"), _("No further behind the way to the target than the plan allows.")),
    (_("off track"), _("Further behind than that. A cause and a new date are given.")),
    (_("not rated"), _("There is no rating, for instance because the definition has just been changed.")),
    (_("verified"), _("Somebody of another organisation has looked at it. Nobody verifies their own figure.")),
    (_("days of slip"), _("Days between the date first promised and the present one, or today where that has passed.")),
)
