"""Another phone, new keys, keys that hold no more: what three key-holders sign before their field officer.

The paper names the meeting after which it holds, by number and fingerprint: it cannot be used again later on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.envelope import is_hash, is_uuid
from omsorg.savings.rules.paper import Paper, read_paper
from omsorg.savings.rules.signing import NEEDED, public_key
from omsorg.savings.rules.state import State

FIELDS: Final = {"format", "group", "after", "head", "changes"}
MOST: Final = 30
WORDS: Final[Mapping[str, frozenset[str]]] = {
    "pen": frozenset({"change", "device", "pen", "why"}),
    "key": frozenset({"change", "key", "member", "public"}),
    "revoke": frozenset({"change", "key"}),
}

Change = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeyPaper:
    """A paper, and what it changes after which meeting."""

    paper: Paper
    after: int
    head: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key that a group has or had."""

    member: int
    in_force: bool


def change_document(group: str, after: int, head: str, changes: Sequence[Change]) -> dict[str, Any]:
    """The document that is signed."""
    return {"format": 1, "group": group, "after": after, "head": head, "changes": [dict(each) for each in changes]}


def read_key_paper(raw: bytes) -> KeyPaper:
    """Raises Broken: what `read_paper` does, "format", and "key" for what is no public key."""
    paper = read_paper(raw, FIELDS)
    after, head, changes = paper.says["after"], paper.says["head"], paper.says["changes"]
    if type(after) is not int or not 0 < after < 2**53 or not is_hash(head):
        raise Broken("format")
    if type(changes) is not list or not 0 < len(changes) <= MOST:
        raise Broken("format")
    for change in changes:
        _check_shape(change)
    if len([change for change in changes if change["change"] == "pen"]) > 1:
        raise Broken("format")
    return KeyPaper(paper, after, head, changes)


def _check_shape(change: Any) -> None:
    if not isinstance(change, dict) or type(change.get("change")) is not str:
        raise Broken("format")
    if set(change) != WORDS.get(change["change"], frozenset()):
        raise Broken("format")
    for name in ("device", "key"):
        if name in change and not is_uuid(change[name]):
            raise Broken("format")
    for name in ("pen", "member"):
        if name in change and (type(change[name]) is not int or not 0 < change[name] < 2**31):
            raise Broken("format")
    if change.get("why", "lost") not in ("lost", "replaced"):
        raise Broken("format")
    if "public" in change:
        if type(change["public"]) is not str:
            raise Broken("key")
        public_key(change["public"])


def check_changes(paper: KeyPaper, state: State, keys: Mapping[str, KnownKey], pen: int) -> None:
    """What is signed can be done today. `keys` are all that the group has or had, `pen` is its newest.

    Raises Broken: "moved-on", "pen-taken", "key-taken", "key-gone", "member-unknown", "keys-too-few".
    """
    if (paper.after, paper.head) != (state.seq, state.head):
        raise Broken("moved-on", seq=state.seq)
    left = {uuid: known.member for uuid, known in keys.items() if known.in_force}
    named = set(keys)
    for change in paper.changes:
        if change["change"] == "pen" and change["pen"] != pen + 1:
            raise Broken("pen-taken", pen=change["pen"])
        if change["change"] == "key":
            if change["key"] in named:
                raise Broken("key-taken", member=change["member"])
            if change["member"] not in state.active():
                raise Broken("member-unknown", member=change["member"])
            named.add(change["key"])
            left[change["key"]] = change["member"]
        if change["change"] == "revoke" and left.pop(change["key"], None) is None:
            raise Broken("key-gone")
    holders = set(state.roles.get("key_holder", ())) & set(left.values())
    if len(holders) < NEEDED:
        raise Broken("keys-too-few", needed=NEEDED)
