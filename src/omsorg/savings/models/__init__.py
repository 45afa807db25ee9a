"""The tables of savings: the groups, and their ledger."""

from omsorg.savings.models.groups import Device, Group, GroupState, MemberKey
from omsorg.savings.models.ledger import Balance, Meeting, Posting, Transaction
from omsorg.savings.models.received import Fork, LaterOutcome, Received

__all__ = [
    "Balance",
    "Device",
    "Fork",
    "Group",
    "GroupState",
    "LaterOutcome",
    "Meeting",
    "MemberKey",
    "Posting",
    "Received",
    "Transaction",
]
