"""The file by which a group that was set up on its phone makes itself known to the office: no money, no private key."""

import json
from typing import Any, Final, NamedTuple
from uuid import UUID

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.envelope import is_uuid

LONGEST_NAME: Final = 200
MOST_BYTES: Final = 64 * 1024


class FoundedKey(NamedTuple):
    """The public key of the member of this number: base64url of the 65 bytes of its point."""

    uuid: UUID
    member: int
    public: str


class Founded(NamedTuple):
    """What the phone says of its group; the constitution is as the group wrote it, with nothing filled in."""

    group: UUID
    name: str
    constitution: dict[str, Any]
    device: UUID
    keys: list[FoundedKey]


def read_founded(raw: bytes) -> Founded:
    """Read the file. Raises Broken("format") where it is another, or says less than a group needs."""
    if len(raw) > MOST_BYTES:
        raise Broken("format")
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise Broken("format") from wrong
    if not isinstance(said, dict) or said.get("format") != 1:
        raise Broken("format")
    name, constitution, keys = said.get("name"), said.get("constitution"), said.get("keys")
    if not (is_uuid(said.get("group")) and is_uuid(said.get("device")) and isinstance(constitution, dict)):
        raise Broken("format")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME or "\0" in name:
        raise Broken("format")
    if not isinstance(keys, list) or not all(_is_key(key) for key in keys):
        raise Broken("format")
    members, uuids = {key["member"] for key in keys}, {key["id"] for key in keys}
    if not len(members) == len(uuids) == len(keys) == 3:
        raise Broken("format")
    read = [FoundedKey(UUID(key["id"]), key["member"], key["public"]) for key in keys]
    return Founded(UUID(said["group"]), name.strip(), constitution, UUID(said["device"]), read)


def _is_key(said: Any) -> bool:
    if not isinstance(said, dict) or not is_uuid(said.get("id")):
        return False
    return type(said.get("member")) is int and 1 <= said["member"] <= 10**6 and type(said.get("public")) is str
