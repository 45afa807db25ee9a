"""The ledger: posted meetings, their transactions and postings. Amounts are whole minor units, debit positive.

An amount is numeric with room for sixty digits, not a 64-bit number: what a phone may seal (thirty digits in one line)
must never be refused here for being large, and a sum of such lines neither.
"""

from django.db import models

from omsorg.kernel.fields import nothing_personal
from omsorg.kernel.wall import protected
from omsorg.savings.models.groups import ACCOMPANIED, Group
from omsorg.savings.models.received import Received

LEDGER = ACCOMPANIED + "; written by nobody but the receiving of a sealed meeting"
DIGITS = 60


class Meeting(models.Model):
    """One posted meeting of a group. Never changes; the database refuses one that does not follow from the last."""

    received = models.OneToOneField(Received, on_delete=models.PROTECT, primary_key=True, related_name="meeting")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings", db_index=False)
    seq = models.BigIntegerField()
    cycle = models.BigIntegerField()
    held_on = models.DateField()
    at = models.DateTimeField()

    wall = protected(LEDGER, append_only=True)
    personal_data = nothing_personal("which meeting was posted when")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "seq"], name="savings_meeting_numbered")]

    def __str__(self) -> str:
        return f"meeting {self.seq} of {self.group_id}"


class Transaction(models.Model):
    """What one line of a meeting does to the accounts: the `number`-th of its meeting. Never changes.

    That its meeting is there is asked of each statement, not of each row.
    """

    pk = models.CompositePrimaryKey("meeting", "number")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="transactions", db_constraint=False, db_index=False
    )
    number = models.IntegerField()
    line = models.IntegerField()
    kind = models.CharField(max_length=24)

    wall = protected(LEDGER, append_only=True)
    personal_data = nothing_personal("a kind of line and its number")

    def __str__(self) -> str:
        return f"{self.meeting_id} line {self.line}: {self.kind}"


class Posting(models.Model):
    """One side of the transaction of this `number`, the `place`-th posting of its meeting. Never changes.

    `account` is a code within the group ("cash:loan", "share:7"). That a transaction sums to 0, and stands in a meeting
    of the same group, is asked of each statement.
    """

    pk = models.CompositePrimaryKey("meeting", "place")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    place = models.IntegerField()
    number = models.IntegerField()
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    account = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=0)

    wall = protected(LEDGER, append_only=True)
    personal_data = nothing_personal("accounts by the number of a member within the group")

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"


class Balance(models.Model):
    """What stands on one account of a group: the sum of its postings, kept so that it need not be added up anew."""

    pk = models.CompositePrimaryKey("group", "account")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="balances", db_index=False)
    account = models.CharField(max_length=40)
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=0)

    wall = protected(LEDGER)
    personal_data = nothing_personal("accounts by the number of a member within the group")

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
