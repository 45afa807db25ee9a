"""Meetings with one number side by side, and what was decided of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.savings.models import Group, Received, Settlement
from omsorg.savings.pages.meeting import gathered_rows, held_on, line_rows, url_of
from omsorg.savings.pages.words import STANDINGS, day
from omsorg.savings.queries.meetings import standing_of
from omsorg.savings.queries.settling import signers_of

PARTS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "counter": (
        _("To be countered"),
        _("These lines stand in the ledger and did not happen so. The next meeting counters each."),
    ),
    "by_hand": (
        _("To be countered by hand"),
        _("These stand in the ledger too. No line counters them by itself: the group writes the opposite."),
    ),
    "enter": (
        _("To be entered anew"),
        _("These lines are not in the ledger. The group enters in the next meeting those that are true."),
    ),
}


def laid_side_by_side(group: Group, documents: Sequence[Received]) -> list[dict[str, Any]]:
    return [
        {
            "url": url_of(group, each),
            "fingerprint": each.hash[:8],
            "standing": STANDINGS[standing_of(each).outcome],
            "held": held_on(each),
            "received": day(each.at),
            "by": each.by.name if each.by else __("the phone of the group"),
        }
        for each in documents
    ]


def decision_facts(group: Group, found: Settlement) -> list[dict[str, Any]]:
    stays = found.posted or found.kept
    facts: list[tuple[str, str, str]] = [
        (__("This one counts"), found.kept.hash, url_of(group, found.kept)),
        (__("This one stands in the chain"), stays.hash, url_of(group, stays)),
        (__("Signed by"), __("members %(members)s") % {"members": ", ".join(map(str, signers_of(found)))}, ""),
        (__("Received"), day(found.at), ""),
        (__("Brought by"), found.by.name if found.by else __("the phone of the group"), ""),
        (__("Fingerprint"), found.hash, ""),
    ]
    return [{"word": word, "value": value, "url": url} for word, value, url in facts]


def draft_rows(draft: Mapping[str, Any], currency: str, *, opened: bool) -> list[dict[str, Any]]:
    """The parts of a draft that hold anything; without the group's word only how many lines of each kind."""
    parts = []
    for name, (title, note) in PARTS.items():
        lines = [line["of"] for line in draft[name]] if name == "counter" else draft[name]
        if lines:
            rows = line_rows(lines, currency) if opened else gathered_rows(lines, currency)
            parts.append({"id": name, "title": title, "note": note, "rows": rows})
    return parts
