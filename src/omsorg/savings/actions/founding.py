"""Entering a group: its constitution, the phone that holds its pen, and the keys of its members."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.trail import leave_trace
from omsorg.savings.access import ACCOMPANY
from omsorg.savings.models import Device, Group, GroupState, MemberKey
from omsorg.savings.rules.canonical import NOTHING_BEFORE, canonical
from omsorg.savings.rules.constitution import filled_in, read_constitution
from omsorg.savings.rules.signing import public_key


class Key(NamedTuple):
    """The public key of the member of this number: base64url of the 65 bytes of its point."""

    uuid: UUID
    member: int
    public: str


@transaction.atomic
def found_group(
    *,
    unit: Organisation,
    uuid: UUID,
    name: str,
    constitution: Mapping[str, Any],
    device: UUID,
    keys: Sequence[Key],
    by: Acting,
    at: datetime,
    is_example: bool = False,
) -> Group:
    """Enter a group before its first meeting; from then on only what it seals changes anything of its money.

    Raises NotAllowed, and Broken for a constitution or a key that cannot be.
    """
    require(by, ACCOMPANY, unit.pk)
    law = read_constitution(constitution)
    for key in keys:
        public_key(key.public)
    group = Group.objects.create(
        uuid=uuid,
        unit=unit,
        name=name,
        currency=law["currency"],
        constitution=canonical(filled_in(constitution)).decode(),
        by_id=by.person_id,
        at=at,
        is_example=is_example,
    )
    GroupState.objects.create(group=group, head=NOTHING_BEFORE)
    Device.objects.create(group=group, uuid=device, pen=1, from_seq=1, why=Device.Why.FIRST, by_id=by.person_id, at=at)
    MemberKey.objects.bulk_create(
        MemberKey(group=group, uuid=key.uuid, member=key.member, public=key.public, by_id=by.person_id, at=at)
        for key in keys
    )
    leave_trace(
        "found_group",
        f"savings_group:{uuid}",
        by=by.person_id,
        at=at,
        organisation=unit.pk,
        details={"keys": len(keys), "device": str(device)},
    )
    return group
