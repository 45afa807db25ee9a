"""The phones and keys of a group in words."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omsorg.savings.models import Device, Group, KeyChange, MemberKey
from omsorg.savings.pages.words import day

WHY: dict[str, str | Promise] = {
    Device.Why.FIRST: pgettext_lazy("phone", "the first"),
    Device.Why.REPLACED: pgettext_lazy("phone", "the one before was replaced"),
    Device.Why.LOST: pgettext_lazy("phone", "the one before was lost"),
}
PHONE_COLUMNS = [
    {"label": _("Pen")},
    {"label": _("Phone")},
    {"label": _("From meeting"), "figures": True},
    {"label": _("Why")},
    {"label": _("Entered by")},
]
KEY_COLUMNS = [
    {"label": _("Member")},
    {"label": _("Key")},
    {"label": _("From meeting"), "figures": True},
    {"label": _("Standing")},
]


def phone_rows(devices: Sequence[Device]) -> list[dict[str, Any]]:
    return [
        {
            "pen": each.pen,
            "phone": str(each.uuid)[-12:],
            "from": each.from_seq,
            "why": WHY[each.why],
            "by": each.by.name if each.by else "",
        }
        for each in devices
    ]


def key_rows(group: Group, keys: Sequence[MemberKey]) -> list[dict[str, Any]]:
    holders = json.loads(group.state.state)["roles"].get("key_holder", []) if group.state.state else []
    return [
        {
            "member": each.member,
            "key": str(each.uuid)[-12:],
            "from": each.from_seq,
            "standing": _standing(each, each.member in holders),
            "is_gone": each.until_seq is not None,
        }
        for each in keys
    ]


def _standing(key: MemberKey, is_holder: bool) -> str:
    if key.until_seq is not None:
        return __("withdrawn before meeting %(number)s") % {"number": key.until_seq}
    return __("holds; a key-holder’s") if is_holder else __("holds")


def paper_lines(papers: Sequence[KeyChange]) -> list[str]:
    """One sentence a paper: after which meeting, who signed, before whom, on what day."""
    said = __("After meeting %(number)s, signed by members %(members)s before %(officer)s on %(day)s")
    return [
        said
        % {
            "number": each.after,
            "members": ", ".join(str(signature["member"]) for signature in json.loads(each.signatures)),
            "officer": each.by.name,
            "day": day(each.at),
        }
        for each in papers
    ]
