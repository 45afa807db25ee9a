"""What was corrected of a group, in words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as __

from omsorg.savings.models import GroupCorrection
from omsorg.savings.pages.words import PHASES, day


def correction_lines(corrections: Iterable[GroupCorrection]) -> list[str]:
    """One sentence a correction: when, who, what it was and became, and why."""
    said = __("%(day)s, %(person)s: %(changes)s. Reason: %(why)s")
    return [
        said % {"day": day(each.at), "person": each.by.name, "changes": "; ".join(_changes(each)), "why": each.why}
        for each in corrections
    ]


def _changes(correction: GroupCorrection) -> Iterable[str]:
    pairs: list[tuple[str, str | Promise, str | Promise]] = [
        (__("Name"), correction.name_was, correction.name),
        (__("Place"), correction.unit_was.name, correction.unit.name),
        (__("Phase"), PHASES[correction.phase_was], PHASES[correction.phase]),
    ]
    for word, was, now in pairs:
        if was != now:
            yield __("%(word)s was “%(was)s”, is “%(now)s”") % {"word": word, "was": was, "now": now}
