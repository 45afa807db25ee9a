"""Who has answered, as it is listed and exported: words for every standing, and how late each one is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.kernel.addresses import Addresses
from omsorg.plans.models import Plan
from omsorg.plans.pages.words import short_day
from omsorg.plans.queries.answers import AnswerRow, AnswerStand, Standing

STANDINGS: dict[Standing, str | Promise] = {
    Standing.NOT_BEGUN: _("not begun"),
    Standing.BEGUN: _("begun"),
    Standing.RETURNED: _("returned"),
    Standing.REOPENED: _("opened again"),
    Standing.SUBMITTED: _("handed in"),
    Standing.APPROVED: _("approved"),
}
ORDER = {standing: place for place, standing in enumerate(Standing)}
SORTS = ("organisation", "standing", "late", "reminded")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One organisation's line in the list."""

    name: str
    above: str
    url: str
    standing: str | Promise
    since: str
    reason: str
    progress: str
    late: str
    is_late: bool
    reminded: str


def answer_lines(plan: Plan, rows: Iterable[AnswerRow]) -> list[AnswerLine]:
    """The line of each answer in the reader's words."""
    progress, address = __("%(done)s of %(all)s"), Addresses("plans:answer", plan.code, ..., ...)
    return [_line(row, progress, address(row.house.code, row.period.code)) for row in rows]


def _line(row: AnswerRow, progress: str, url: str) -> AnswerLine:
    return AnswerLine(
        name=row.house.name,
        above=row.house.above,
        url=url,
        standing=STANDINGS[row.standing],
        since=short_day(row.since.date()) if row.since else "",
        reason=row.reason,
        progress=progress % {"done": row.reported, "all": row.asked},
        late=late_text(row),
        is_late=bool(row.days_late and row.first_submitted_on is None),
        reminded=_reminded(row),
    )


def late_text(row: AnswerStand) -> str:
    """ "12 days late", or how late it came; empty for what is or was in time."""
    if not row.days_late:
        return ""
    days = {"days": row.days_late}
    if row.first_submitted_on is None:
        return ngettext("%(days)s day late", "%(days)s days late", row.days_late) % days
    return ngettext("came %(days)s day late", "came %(days)s days late", row.days_late) % days


def _reminded(row: AnswerStand) -> str:
    if row.reminded_on is None:
        return ""
    if row.told_above:
        return __("%(day)s, the level above too") % {"day": short_day(row.reminded_on)}
    return short_day(row.reminded_on)


def sorted_rows(rows: tuple[AnswerStand, ...], by: str, *, descending: bool) -> list[AnswerStand]:
    """The rows in the order asked for; names decide between equals."""
    keys = {
        "standing": lambda row: ORDER[row.standing],
        "late": lambda row: row.days_late,
        "reminded": lambda row: row.reminded_on or date.min,
    }
    found = sorted(rows, key=lambda row: row.house.name.casefold(), reverse=descending and by == "organisation")
    return sorted(found, key=keys[by], reverse=descending) if by in keys else found
