"""The tables of savings: the groups, and their ledger."""

from omsorg.savings.models.figures import Quarter
from omsorg.savings.models.groups import Device, Group, GroupCorrection, GroupState, KeyChange, MemberKey
from omsorg.savings.models.ledger import Balance, Meeting, Posting, Transaction
from omsorg.savings.models.received import Fork, LaterOutcome, Received, Settlement

__all__ = [
    "Balance",
    "Device",
    "Fork",
    "Group",
    "GroupCorrection",
    "GroupState",
    "KeyChange",
    "LaterOutcome",
    "Meeting",
    "MemberKey",
    "Posting",
    "Quarter",
    "Received",
    "Settlement",
    "Transaction",
]
