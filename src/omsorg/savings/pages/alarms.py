"""The alarms of a group in words: what it is, since when, and what to do next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from omsorg.savings.pages.words import day
from omsorg.savings.rules.alarms import Alarm, Kind

WORDS: dict[Kind, Callable[[int], str]] = {
    Kind.FORK: lambda number: ngettext("%(number)s number borne twice", "%(number)s numbers borne twice", number),
    Kind.BROKEN: lambda number: ngettext("%(number)s meeting not posted", "%(number)s meetings not posted", number),
    Kind.WAITING: lambda number: ngettext("%(number)s meeting waits", "%(number)s meetings wait", number),
    Kind.DIFFERENCE: lambda number: ngettext(
        "cash differed at %(number)s meeting", "cash differed at %(number)s meetings", number
    ),
    Kind.LATE_LOANS: lambda number: ngettext("%(number)s late loan", "%(number)s late loans", number),
    Kind.NOT_BACKED_UP: lambda number: ngettext(
        "%(number)s meeting has not come in", "%(number)s meetings have not come in", number
    ),
}
NEXT: dict[Kind, Promise] = {
    Kind.FORK: _(
        "Two phones wrote a meeting of the same number. Visit the group: three key-holders decide which counts."
    ),
    Kind.BROKEN: _("A rule of the group’s own constitution was broken. Ask the group to seal the meeting anew."),
    Kind.WAITING: _("An earlier meeting has not come. Ask for the phone to be opened where there is network."),
    Kind.DIFFERENCE: _(
        "The box held more or less than the book said. Count it with the group, and ask for the reason."
    ),
    Kind.LATE_LOANS: _("Ask at the next meeting what the group does by its own rules about what is still owed."),
    Kind.NOT_BACKED_UP: _("By its own rules the group has met. Ask for the app to be opened where there is network."),
}


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm: what and how many, since which day, and what to do."""

    words: str
    since: str
    next: str | Promise


def alarm_words(alarm: Alarm) -> str:
    return WORDS[alarm.kind](alarm.number) % {"number": alarm.number}


def alarm_lines(alarms: Iterable[Alarm]) -> list[AlarmLine]:
    said = __("Since %(day)s")
    return [AlarmLine(alarm_words(each), said % {"day": day(each.since)}, NEXT[each.kind]) for each in alarms]
