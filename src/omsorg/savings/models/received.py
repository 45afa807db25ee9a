"""What was received from the phones of groups, byte for byte, and what became of it."""

from django.db import models
from django.db.models import F, Q

from omsorg.federation.models import Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import protected
from omsorg.savings.models.groups import ACCOMPANIED, Group


class Outcome(models.TextChoices):
    """What became of what was received. Only `posted` is in the ledger; nothing of the rest is thrown away.

    `lost`: people decided that another meeting stands in its place in the chain.
    """

    POSTED = "posted"
    WAITING = "waiting"
    FORKED = "forked"
    BROKEN = "broken"
    REFUSED = "refused"
    LOST = "lost"


class Received(models.Model):
    """One envelope as it came. Never changes. `outcome` is the first answer; later ones stand in LaterOutcome.

    `document` is the text that was signed. `genuine`: its one canonical form, its fingerprint, the pen and three keys
    agree; whatever is not genuine stands in nobody's way. `mark` is the fingerprint of the whole envelope.
    `rule`, `line` and `facts` (JSON text) say what stood in the way; `prev` and `seq` what the document says of itself.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="received")
    document_id = models.CharField(max_length=36, blank=True)
    seq = models.BigIntegerField(null=True)
    hash = models.CharField(max_length=64)
    prev = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=64)
    document = models.TextField()
    signatures = models.TextField()
    genuine = models.BooleanField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    rule = models.CharField(max_length=40, blank=True)
    line = models.BigIntegerField(null=True)
    facts = models.TextField(default="{}")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(ACCOMPANIED, append_only=True)
    personal_data = personal(by="who carried it here", document="what members of the group saved, owed and decided")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "mark"], name="savings_received_once"),
            models.CheckConstraint(
                condition=Q(genuine=True) | Q(outcome="refused"), name="savings_received_not_genuine"
            ),
        ]
        indexes = [
            models.Index(fields=["group", "hash"], condition=Q(genuine=True), name="savings_received_genuine"),
            models.Index(fields=["group", "seq"], condition=Q(genuine=True), name="savings_received_by_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} meeting {self.seq}: {self.outcome}"


class LaterOutcome(models.Model):
    """What became of a received document after its first answer. Never changes; the newest stands."""

    received = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="later")
    outcome = models.CharField(max_length=8, choices=Outcome)
    rule = models.CharField(max_length=40, blank=True)
    line = models.BigIntegerField(null=True)
    facts = models.TextField(default="{}")
    at = models.DateTimeField()

    wall = protected(ACCOMPANIED, append_only=True)
    personal_data = nothing_personal("numbers of lines and of rules")

    def __str__(self) -> str:
        return f"{self.received_id}: {self.outcome}"


class Fork(models.Model):
    """That two genuine documents bear one number of a group. Both are kept, neither is merged; people decide."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="forks")
    seq = models.BigIntegerField()
    one = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    wall = protected(ACCOMPANIED, append_only=True)
    personal_data = nothing_personal("which documents bear one number")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="savings_fork_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="savings_fork_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} has meeting {self.seq} twice"


class Settlement(models.Model):
    """What three key-holders decided of the meetings that bear one number. Never changes.

    `document` is what they signed, `hash` its fingerprint; `kept` counts; `posted` stands in the chain, where it is
    another one or is known already.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="settlements")
    seq = models.BigIntegerField()
    kept = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="+")
    posted = models.ForeignKey(Received, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.TextField()
    hash = models.CharField(max_length=64)
    signatures = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(ACCOMPANIED, append_only=True)
    personal_data = personal(by="who handed the decision in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "hash"], name="savings_settlement_once")]

    def __str__(self) -> str:
        return f"{self.group_id} meeting {self.seq}: {self.hash[:8]}"
