"""The words of the federation's pages: kinds, roles, mandates and days, written out for the reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.models import Mandate, Organisation, Place
from omsorg.federation.roles import UnknownRole, role_called
from omsorg.kernel.numbers import format_date

Kind = Organisation.Kind
KINDS: dict[str, str | Promise] = {
    Kind.INTERNATIONAL: _("international office"),
    Kind.REGION: _("region"),
    Kind.NATIONAL_ASSOCIATION: _("national association"),
    Kind.PROGRAMME: _("programme"),
    Kind.LOCAL_PARTNER: _("local partner"),
    Kind.MUNICIPALITY: _("municipality"),
    Kind.AUTHORITY: _("authority"),
    Kind.NETWORK: _("network"),
}
ACTS: dict[str, str | Promise] = {
    "found_organisation": _("Entered"),
    "correct_organisation": _("Corrected"),
    "rename_organisation": _("Given a new name"),
    "move_organisation": _("Moved"),
    "take_back_move": _("A move was taken back"),
    "close_organisation": _("Closed"),
    "reopen_organisation": _("Opened again"),
    "invite_person": _("Invited"),
    "invite_again": _("Invited again"),
    "correct_person": _("Corrected"),
    "correct_own_entry": _("Corrected by themselves"),
    "move_person": _("Moved to another organisation"),
    "end_time": _("Time ended"),
    "take_back_end": _("Stays after all"),
    "forget_name": _("Name taken out of the house"),
    "clear_second_factor": _("Second factor taken away"),
}


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
DEVICES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A word and where it leads; `current` and `count` for tabs."""

    label: str | Promise
    url: str
    current: bool = False
    count: int | None = None


def day(on: date) -> str:
    return format_date(on, get_language() or "en")


def days(begins: date, ends: date | None) -> str:
    """From when to when, both days included: "1 January 2020 to 31 March 2024", "since 1 January 2020"."""
    if ends is None:
        return __("since %(day)s") % {"day": day(begins)}
    if ends <= begins:
        return __("taken back before it began")
    last = date.fromordinal(ends.toordinal() - 1)
    return __("%(first)s to %(last)s") % {"first": day(begins), "last": day(last)}


def days_seen_on(today: date, begins: date, ends: date | None) -> str:
    """The same for a stretch that may not have begun yet: "planned: from 24 December 2026"."""
    if begins <= today:
        return days(begins, ends)
    said = __("from %(day)s") % {"day": day(begins)} if ends is None else days(begins, ends)
    return __("planned: %(days)s") % {"days": said}


def days_of_mandate(mandate: Mandate, today: date) -> str:
    """The days of a role, seen from today: since, from, until."""
    if mandate.valid_from > today and mandate.valid_until is None:
        return __("from %(day)s") % {"day": day(mandate.valid_from)}
    return days(mandate.valid_from, mandate.valid_until)


def role_title(code: str) -> str:
    """What a role is called; one of a system that is off goes by its code."""
    try:
        return str(role_called(code).title)
    except UnknownRole:
        return __("%(code)s (its system is off)") % {"code": code}


def kind_word(kind: str) -> str:
    return str(KINDS[kind])


def place_name(place: Place | None) -> str:
    """A place in the reader's language, in English where it has no name there, else by its code."""
    if place is None:
        return ""
    names: dict[str, Any] = place.name
    return names.get(get_language() or "en") or names.get("en") or next(iter(names.values()), place.code)


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def browser_in_words(said: str) -> str:
    """What a browser says of itself, short enough to know one's own: "Firefox, Windows". It may lie."""
    browser = next((name for sign, name in BROWSERS if sign in said), "")
    device = next((name for sign, name in DEVICES if sign in said), "")
    return listed(word for word in (browser, device) if word) or __("an unknown browser")
