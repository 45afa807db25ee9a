"""The file that a group leaves with, before anything of it is believed."""

from collections.abc import Mapping
from typing import Any, Final

from omsorg.savings.rules.envelope import is_uuid

FORMAT: Final = "omsorg-savings-group"
VERSION: Final = 1
PARTS: Final[Mapping[str, type]] = {
    "group": dict,
    "founded_with": dict,
    "devices": list,
    "keys": list,
    "received": list,
    "decisions": list,
    "balances": dict,
    "head": dict,
}
EACH: Final[Mapping[str, Mapping[str, Any]]] = {
    "devices": {"uuid": str, "pen": int, "from_seq": int, "why": str},
    "keys": {"uuid": str, "member": int, "public": str, "from_seq": int, "until_seq": (int, type(None))},
    "received": {"meeting": (int, type(None)), "received_at": str, "envelope": dict, "answers": list},
    "decisions": {"seq": int, "at": str, "envelope": dict},
}


def cut_off_at(said: Any) -> str:
    """The name of the first part that is not there as it should be; empty where the file is whole."""
    if not isinstance(said, Mapping) or said.get("format") != FORMAT or said.get("version") != VERSION:
        return "format"
    for name, kind in PARTS.items():
        if not isinstance(said.get(name), kind):
            return name
    group = said["group"]
    if not (is_uuid(group.get("uuid")) and _are(group, {"name": str, "phase": str, "currency": str})):
        return "group"
    for name, wanted in EACH.items():
        if not all(isinstance(each, dict) and _are(each, wanted) for each in said[name]):
            return name
    for name in ("devices", "keys"):
        if not all(set(each) == set(EACH[name]) and is_uuid(each["uuid"]) for each in said[name]):
            return name
    for each in said["received"]:
        answers = each["answers"]
        if not answers or not all(isinstance(a, dict) and isinstance(a.get("outcome"), str) for a in answers):
            return "received"
    if not _are(said["head"], {"seq": int, "hash": str}):
        return "head"
    return "" if said.get("end") is True else "end"


def _are(part: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(isinstance(part.get(name), kind) for name, kind in wanted.items())
