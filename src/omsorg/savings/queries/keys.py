"""The phones and keys of a group, today's and former ones, and the papers by which they changed."""

from dataclasses import dataclass

from omsorg.savings.models import Device, Group, KeyChange, MemberKey


@dataclass(frozen=True, slots=True)
class PhonesAndKeys:
    """All that a group has or had; the newest pen first, keys by member."""

    devices: list[Device]
    keys: list[MemberKey]
    papers: list[KeyChange]


def phones_and_keys_of(group: Group) -> PhonesAndKeys:
    return PhonesAndKeys(
        list(Device.objects.filter(group=group).select_related("by").order_by("-pen")),
        list(MemberKey.objects.filter(group=group).select_related("by").order_by("member", "from_seq", "pk")),
        list(KeyChange.objects.filter(group=group).select_related("by").order_by("-pk")),
    )
