"""The codes of savings in words."""

from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.numbers import LANGUAGES, format_date, format_money
from omsorg.savings.models import Group
from omsorg.savings.models.received import Outcome

PHASES: dict[str, str | Promise] = {
    Group.Phase.MOBILISATION: _("mobilisation"),
    Group.Phase.INTENSIVE: _("intensive"),
    Group.Phase.DEVELOPMENT: _("development"),
    Group.Phase.MATURITY: _("maturity"),
}
OUTCOMES: dict[str, str | Promise] = {
    Outcome.WAITING: pgettext_lazy("meeting", "waits"),
    Outcome.FORKED: pgettext_lazy("meeting", "bears a number twice"),
    Outcome.BROKEN: pgettext_lazy("meeting", "received, not posted"),
}
STANDINGS: dict[str, str | Promise] = {
    Outcome.POSTED: pgettext_lazy("meeting", "in the ledger"),
    Outcome.WAITING: pgettext_lazy("meeting", "waits"),
    Outcome.FORKED: pgettext_lazy("meeting", "bears a number that another meeting bears too"),
    Outcome.BROKEN: pgettext_lazy("meeting", "received, not posted"),
    Outcome.LOST: pgettext_lazy("meeting", "another one stands in its place"),
    Outcome.REFUSED: pgettext_lazy("meeting", "not the group’s: kept, and read by nobody"),
}
FUNDS: dict[str, str | Promise] = {
    "loan": _("Loan fund"),
    "social": _("Social fund"),
    "project": _("Common project"),
}


def day(on: date | datetime | None) -> str:
    """A day in the reader's language; empty where there is none."""
    if on is None:
        return ""
    return format_date(on.date() if isinstance(on, datetime) else on, language_now())


def money(amount: int, currency: str) -> str:
    """Minor units as people write them."""
    return format_money(amount, currency, language_now())


def language_now() -> str:
    """The reader's language, for numbers and days."""
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"
