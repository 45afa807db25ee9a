"""A group, the phone that holds its pen, the keys of its members, and where it stands."""

from django.db import models

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import personal
from omsorg.kernel.wall import protected

ACCOMPANIED = "seen by those who accompany groups there; by readers of figures where the group agreed"


class Group(models.Model):
    """One savings group. `constitution` is its first, as canonical JSON; it, `uuid` and `currency` never change.

    `name`, `unit` and `phase` change by a GroupCorrection alone: the database refuses it otherwise, to everybody.
    `figures_opened`: the group agreed that each figure can be opened down to the postings it is made of.
    """

    class Phase(models.TextChoices):
        MOBILISATION = "mobilisation"
        INTENSIVE = "intensive"
        DEVELOPMENT = "development"
        MATURITY = "maturity"

    uuid = models.UUIDField(unique=True)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    constitution = models.TextField()
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.MOBILISATION)
    figures_opened = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    is_example = models.BooleanField(default=False)

    wall = protected(ACCOMPANIED)
    personal_data = personal(by="who entered the group")

    def __str__(self) -> str:
        return self.name


class GroupCorrection(models.Model):
    """What a group's name, place or phase was, and became, by whom and why. Never changes.

    Entering it changes the group: the database does both at once, and refuses one whose former words are not true.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="corrections")
    name_was = models.CharField(max_length=200)
    unit_was = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    phase_was = models.CharField(max_length=12, choices=Group.Phase)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=12, choices=Group.Phase)
    why = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    wall = protected(ACCOMPANIED, append_only=True)
    personal_data = personal(by="who corrected it", why="why, in their words")

    def __str__(self) -> str:
        return f"{self.group_id}: {self.name}, {self.phase}"


class Device(models.Model):
    """That a phone holds the pen of a group from meeting `from_seq` on, until the next pen. Never changes.

    `why` says how the pen came to it: the first, or because the phone before was replaced or lost.
    """

    class Why(models.TextChoices):
        FIRST = "first"
        REPLACED = "replaced"
        LOST = "lost"

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="devices")
    uuid = models.UUIDField()
    pen = models.BigIntegerField()
    from_seq = models.BigIntegerField()
    why = models.CharField(max_length=8, choices=Why)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(ACCOMPANIED, append_only=True)
    personal_data = personal(by="who entered it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "pen"], name="savings_device_one_pen")]

    def __str__(self) -> str:
        return f"pen {self.pen} of {self.group_id}"


class MemberKey(models.Model):
    """The public key of one member, P-256, base64url of the 65 bytes of its point; in force for the meetings from
    `from_seq` until before `until_seq`. The private half never leaves the phone.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="keys")
    uuid = models.UUIDField()
    member = models.BigIntegerField()
    public = models.CharField(max_length=87)
    from_seq = models.BigIntegerField(default=1)
    until_seq = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(ACCOMPANIED)
    personal_data = personal(member="the number of a member within the group", by="who entered it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "uuid"], name="savings_memberkey_once")]

    def __str__(self) -> str:
        return f"key of member {self.member} of {self.group_id}"


class KeyChange(models.Model):
    """What three key-holders signed, before a field officer, of the group's phone and keys. Never changes.

    It holds from the meeting after `after` on: `document` says which phone has the pen, which keys are new, and which
    do not hold any more.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="key_changes")
    after = models.BigIntegerField()
    document = models.TextField()
    hash = models.CharField(max_length=64)
    signatures = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    wall = protected(ACCOMPANIED, append_only=True)
    personal_data = personal(by="before whom it was signed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "hash"], name="savings_keychange_once")]

    def __str__(self) -> str:
        return f"{self.group_id} after meeting {self.after}: {self.hash[:8]}"


class GroupState(models.Model):
    """Where a group stands after its newest posted meeting: made anew from its meetings at any time.

    `state` is the engine's, as JSON, empty before the first meeting. Text, not a binary form: a name may
    hold any sign that JSON can write.
    """

    group = models.OneToOneField(Group, on_delete=models.PROTECT, primary_key=True, related_name="state")
    seq = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64)
    state = models.TextField(blank=True)

    wall = protected(ACCOMPANIED)
    personal_data = personal(state="names of members, their stamps, loans and fines")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seq=0, state="") | (models.Q(seq__gt=0) & ~models.Q(state="")),
                name="savings_groupstate_from_meetings",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} after meeting {self.seq}"
