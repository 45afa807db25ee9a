"""The list of cases as it is shown: what is promised with its shape and word, and what else waits in each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.kernel.working_days import free_days_of, read_free_days
from omsorg.ombuds.pages.words import (
    BECAUSE,
    CHANNELS,
    DANGERS,
    HELPED,
    LEVELS,
    NEWS,
    country_name,
    day,
    language_name,
    short,
)
from omsorg.ombuds.queries.desk import CaseRow
from omsorg.ombuds.rules.levels import Because, Status
from omsorg.ombuds.rules.news import News

NOTHING_KEPT: Mapping[str, str] = MappingProxyType({})
GREAT = ("great", "now")
CAME_UP = (Because.ESCALATION, Because.REVIEW, Because.ALARM)


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as it is shown: a shape, a word, the day, and how long that is."""

    mark: str
    word: str
    day: str
    left: str
    is_missed: bool


def promised(row: CaseRow) -> Promised:
    """How it stands with the promise of a case."""
    return promise_of(row.status, row.promise_on, row.country, row.today)


def promise_of(status: str, on: date | None, country: str, today: date) -> Promised:
    """How it stands with a promise: missed, due today, owed by a day, or nothing owed."""
    if status == Status.CLOSED:
        return Promised("completed", __("closed"), "", "", False)
    if on is None:
        return Promised("not_started", __("nothing owed"), "", "", False)
    days = working_days_between(today, on, country)
    if on < today:
        late = working_days_between(on, today, country)
        left = ngettext("%(days)s working day ago", "%(days)s working days ago", late) % {"days": late}
        return Promised("off_track", __("missed"), day(on), left, True)
    if on == today:
        return Promised("at_risk", __("today"), day(on), __("until midnight"), False)
    left = ngettext("%(days)s working day left", "%(days)s working days left", days) % {"days": days}
    return Promised("on_track", __("promised"), day(on), left, False)


def working_days_between(first: date, last: date, country: str) -> int:
    """The working days after `first`, up to and with `last`."""
    free = free_days_of(country, read_free_days(settings.ENVIRONMENT.free_days))
    return sum(free.is_working_day(first + timedelta(days=step)) for step in range(1, (last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list; what is counted leads to what it counts."""

    code: str
    label: str | Promise
    holds: Callable[[CaseRow], bool]


def _is_open(row: CaseRow) -> bool:
    return row.status == Status.OPEN


CHOICES = (
    Choice("open", _("Open, or asking for something"), lambda row: _is_open(row) or _stays(row)),
    Choice("waits", _("Waits for me"), lambda row: _waits(row)),
    Choice("danger", _("In great danger"), lambda row: row.is_in_danger),
    Choice("missed", _("Promise missed"), lambda row: _is_open(row) and row.is_missed),
    Choice("new", _("Not answered yet"), lambda row: row.is_new),
    Choice("up", _("Came up to me"), lambda row: _is_open(row) and row.because in CAME_UP),
    Choice("check-in", _("Check-in due"), lambda row: _check_in(row)),
    Choice("alarm", _("Alarms"), lambda row: row.alarms > 0),
    Choice("closed", _("Closed"), lambda row: not _is_open(row)),
)


def _check_in(row: CaseRow) -> bool:
    return row.check_in_due is not None and row.check_in_due <= row.today


def _stays(row: CaseRow) -> bool:
    """Whether something is to be done in a case although it is closed."""
    return bool(row.news) or row.code_known_elsewhere or _check_in(row)


def _waits(row: CaseRow) -> bool:
    """Whether something is to be done now: the child waits for a word, a day has come, or a view was asked for."""
    owed = _is_open(row) and (row.is_missed or row.promise_on == row.today or _looks_again(row))
    return owed or row.is_new or row.second_view_waits or row.agreed_waits or row.code_known_elsewhere or _check_in(row)


def _looks_again(row: CaseRow) -> bool:
    return _is_open(row) and row.look_again_on is not None and row.look_again_on <= row.today


def counts_of(rows: list[CaseRow], current: str, kept: Mapping[str, str] = NOTHING_KEPT) -> list[dict[str, object]]:
    """Each choice with how many there are, leading to them; `kept` stays in the address."""
    return [
        {
            "label": choice.label,
            "count": sum(choice.holds(row) for row in rows),
            "url": f"?{urlencode({'show': choice.code, **kept})}",
            "current": choice.code == current,
        }
        for choice in CHOICES
    ]


def narrowed(rows: list[CaseRow], show: str) -> list[CaseRow]:
    """The rows that hold a choice."""
    holds = next((choice.holds for choice in CHOICES if choice.code == show), CHOICES[0].holds)
    return [row for row in rows if holds(row)]


def line_of(row: CaseRow) -> dict[str, object]:
    """One line of the list."""
    return {
        "code": short(row.code),
        "label": row.label,
        "is_new": bool(row.news),
        "url": reverse("ombuds:case", args=[row.code]),
        "promise": promised(row),
        "country": country_name(row.country),
        "level": LEVELS[row.level],
        "channel": CHANNELS.get(row.channel, row.channel),
        "language": language_name(row.language),
        "opened": day(row.opened_on),
        "danger": DANGERS.get(row.danger, "") if row.danger in GREAT else "",
        "also": _also(row),
        "alarms": row.alarms,
    }


def _also(row: CaseRow) -> list[str]:
    """What else waits in a case, in a few words each."""
    found = [str(NEWS[one]) for one in News if one in row.news]
    if News.HELPED in row.news:
        found.append(__("it says: %(helped)s") % {"helped": HELPED.get(row.helped, row.helped)})
    if _is_open(row) and row.answers == 0:
        found.append(__("not answered yet"))
    if row.second_view_waits:
        found.append(str(BECAUSE[Because.SECOND_VIEW]))
    if row.agreed_waits:
        found.append(__("two have agreed that it is told: go on"))
    if row.because not in (Because.ASSIGNED, Because.SECOND_VIEW):
        found.append(str(BECAUSE.get(row.because, row.because)))
    if row.code_known_elsewhere:
        found.append(__("its code is known to somebody who no longer works on it: give a new one"))
    if row.code_is_unconfirmed:
        found.append(__("after a new code, which the child has not confirmed yet"))
    if row.review_asked_on and row.because != Because.REVIEW:
        found.append(__("the child asks for somebody above"))
    if _check_in(row):
        found.append(__("check-in due since %(day)s") % {"day": day(row.check_in_due)})
    if _looks_again(row):
        found.append(__("look at the danger again"))
    if row.promises_missed:
        missed = ngettext("%(count)s promise missed so far", "%(count)s promises missed so far", row.promises_missed)
        found.append(missed % {"count": row.promises_missed})
    return found
