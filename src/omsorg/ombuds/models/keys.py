"""Tables of keys: the rings of ombudspersons, what unlocks them, and who sits at which level."""

import secrets
from datetime import date

from django.db import models
from django.db.models import F, Q

from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import declared_open, protected


def random_id() -> int:
    """The number of a row: it tells neither how many there are nor which came first."""
    return secrets.randbelow(2**62) + 1


class RandomlyNumbered(models.Model):
    """A row whose number is drawn and not counted."""

    id = models.BigIntegerField(primary_key=True, default=random_id, editable=False)

    class Meta:
        abstract = True


class Office(models.Model):
    """The one row of this ombuds office: the salt that every return code is stretched with. It never changes.

    It lies here and not among the settings: whoever exchanges the site's secret must not take away every child's code.
    """

    salt = models.BinaryField()

    wall = declared_open("random bytes that make no secret; read before anybody is known")
    personal_data = nothing_personal("random bytes")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ombuds_office_is_one")]

    def __str__(self) -> str:
        return "the ombuds office"


class Ring(RandomlyNumbered):
    """The key ring of one ombudsperson: the public half of a pair of keys, under the name that children read.

    It counts from the day on which another ombudsperson has vouched for it: whoever gives roles cannot give eyes. The
    first ring of all founds the office. A retired ring stays, so that what it once was given can be explained. The
    rings of invented people (`is_example`) hear invented children alone, and found nothing.

    Name and house are those of today, as the house has them. What its owner was called, and the houses she belonged to
    since the ring was made, stay beside them: a child may know her by either.
    """

    person = models.BigIntegerField()
    shown_name = models.CharField(max_length=120)
    unit = models.CharField(max_length=40)
    unit_name = models.CharField(max_length=200)
    earlier_names = models.JSONField(default=list)
    earlier_units = models.JSONField(default=list)
    earlier_unit_names = models.JSONField(default=list)
    public_key = models.BinaryField()
    signing_key = models.BinaryField(default=b"")
    made_on = models.DateField()
    vouched_by = models.BigIntegerField(null=True)
    vouched_on = models.DateField(null=True)
    retired_on = models.DateField(null=True)
    is_example = models.BooleanField(default=False)

    wall = protected("names and public keys are read by everybody who writes in; written by the ombudspersons alone")
    personal_data = personal(
        person="whose ring it is",
        shown_name="a child may say: not this one",
        unit="nobody hears what is said about their own house",
        unit_name="nobody hears what is said about their own house",
        earlier_names="a child may know somebody by the name of then",
        earlier_units="nobody hears what is said about the house they came from",
        earlier_unit_names="nobody hears what is said about the house they came from",
        vouched_by="who answers for it that this is a colleague",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(retired_on__isnull=True), name="ombuds_ring_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"ring {self.pk}"

    @property
    def counts(self) -> bool:
        return self.vouched_on is not None and self.retired_on is None


class RingSecret(RandomlyNumbered):
    """The private half of a ring, sealed twice: under the passphrase, and under the key that two of the board open."""

    ring = models.OneToOneField(Ring, on_delete=models.PROTECT, related_name="secret")
    person = models.BigIntegerField()
    salt = models.BinaryField()
    cost = models.CharField(max_length=20)
    by_passphrase = models.BinaryField()
    by_recovery = models.BinaryField()

    wall = protected("read by its owner alone, and even then it opens with the passphrase only")
    personal_data = personal(person="whose ring it is")

    def __str__(self) -> str:
        return f"secret of ring {self.ring_id}"


class RecoveryShare(RandomlyNumbered):
    """The recovery key of a ring, for two members of the board together: sealed to one, and within to the other.

    `outer_ring` and `inner_ring` are the rings of the two that open it; None where that was not written down.
    """

    ring = models.ForeignKey(Ring, on_delete=models.PROTECT, related_name="shares")
    outer = models.BigIntegerField()
    inner = models.BigIntegerField()
    outer_ring = models.BigIntegerField(null=True)
    inner_ring = models.BigIntegerField(null=True)
    sealed = models.BinaryField()

    wall = protected("read by the two members of the board it is for, and by the ring's owner")
    personal_data = personal(outer="who opens the first half", inner="who opens the second half")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ring", "outer", "inner"], name="ombuds_share_of_a_pair"),
            models.CheckConstraint(condition=~Q(outer=F("inner")), name="ombuds_share_of_two"),
        ]

    def __str__(self) -> str:
        return f"share of ring {self.ring_id}"


class Recovery(RandomlyNumbered):
    """One lost passphrase on its way back: asked for by the owner, opened by two of the board, ended by the owner.

    The board hands the recovery key over sealed to a pair of keys made for this one time, whose private half lies under
    the owner's new passphrase: so no member of the board ever holds the ring.
    """

    ring = models.ForeignKey(Ring, on_delete=models.PROTECT, related_name="recoveries")
    person = models.BigIntegerField()
    asked_on = models.DateField()
    transport_public = models.BinaryField()
    transport_sealed = models.BinaryField()
    salt = models.BinaryField()
    cost = models.CharField(max_length=20)
    first_by = models.BigIntegerField(null=True)
    halfway = models.BinaryField(null=True)
    second_by = models.BigIntegerField(null=True)
    for_owner = models.BinaryField(null=True)
    done_on = models.DateField(null=True)

    wall = protected("read by its owner and by the board")
    personal_data = personal(
        person="whose ring it is", first_by="who opened the first half", second_by="who opened the second half"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ring"], condition=Q(done_on__isnull=True), name="ombuds_recovery_one"),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | Q(second_by__gt=F("first_by")) | Q(second_by__lt=F("first_by")),
                name="ombuds_recovery_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"recovery of ring {self.ring_id}"


class Opening(RandomlyNumbered):
    """A ring that is open for a while: the private key, sealed under a key that only the owner's browser holds."""

    ring = models.ForeignKey(Ring, on_delete=models.PROTECT, related_name="openings")
    person = models.BigIntegerField()
    sealed = models.BinaryField()
    until_at = models.DateTimeField()

    wall = protected("read by its owner alone; opens nothing without the browser's half")
    personal_data = personal(person="whose ring it is")

    def __str__(self) -> str:
        return f"opening of ring {self.ring_id}"


class Seat(RandomlyNumbered):
    """At which level somebody hears, and for which countries ("*": for all). Follows the mandates of the house, and
    counts from the day on which somebody of that level or above in the office has confirmed it.

    `units`: the codes of the house the person belongs to and of all above it, of which the person hears nothing.
    Kept here as well, since these tables may lie on another server, and a child does not wait for the first one.

    Confirming is a signature of whoever confirms (`signed_by`: the ring), under the ring of who sits here, its level,
    `signed_countries` and the day (`queries.vouching`): a row that somebody has merely written opens nothing.
    """

    person = models.BigIntegerField()
    level = models.CharField(max_length=8)
    countries = models.JSONField(default=list)
    units = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_on = models.DateField(null=True)
    end_told_on = models.DateField(null=True)
    signed_by = models.BigIntegerField(null=True)
    signed_countries = models.JSONField(default=list)
    signature = models.BinaryField(default=b"")

    wall = protected("who hears whom is read by everybody who writes in; written by the house, after the mandates")
    personal_data = personal(person="who hears", confirmed_by="who of the office has confirmed it")

    class Meta:
        indexes = [models.Index(fields=["person"], name="ombuds_seat_of")]

    def __str__(self) -> str:
        return f"{self.level} seat of {self.person}"

    def counts_on(self, day: date) -> bool:
        """Whether its holder hears on a day: the house has given the role, and the office has confirmed it."""
        return self.confirmed_on is not None and self.holds_on(day)

    def holds_on(self, day: date) -> bool:
        """Whether the house has given the role on a day; that alone opens nothing."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class Founder(models.Model):
    """The ring that founded the office, written down by the database as it is made; the invented office has its own.

    All signatures lead up to it. No role of the application writes here.
    """

    is_example = models.BooleanField(primary_key=True)
    ring = models.BigIntegerField()
    public_key = models.BinaryField()

    wall = protected("read by all who ask who hears; written by nobody", append_only=True)
    personal_data = personal(ring="whose ring founded the office")

    def __str__(self) -> str:
        return f"founded by ring {self.ring}"


class VouchedBefore(RandomlyNumbered):
    """What had been vouched for when signatures came: it counts until it is signed. Written once, by the migration;
    no role of the application adds to it."""

    ring = models.BigIntegerField()
    level = models.CharField(max_length=8)
    countries = models.JSONField(default=list)
    confirmed_by = models.BigIntegerField()

    wall = protected("read by all who ask who hears; written by nobody", append_only=True)
    personal_data = personal(confirmed_by="who of the office had confirmed it")

    def __str__(self) -> str:
        return f"{self.level} seat of ring {self.ring}"
