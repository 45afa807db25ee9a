"""Head figures by quarter: as they were counted, and as they were published."""

from django.db import models

from omsorg.federation.models import Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import declared_open, protected


class QuarterCounts(models.Model):
    """One quarter as it was counted, small numbers included: what later quarters are held against. Never changes.

    A correction is one more, under the next number; the highest is in force.
    """

    start = models.DateField()
    number = models.PositiveIntegerField(default=1)
    counts = models.JSONField()
    because = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected("holds numbers too small to be shown; seen by those who release at the top", append_only=True)
    personal_data = personal(by="who published the quarter")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["start", "number"], name="openness_counts_numbered")]

    def __str__(self) -> str:
        return f"counts from {self.start}"


class QuarterPrepared(models.Model):
    """A quarter as somebody counted it for another to publish, small numbers included. The newest stands.

    `number` is 1 for the first figures of a quarter; a correction has the next, and `because` says why.
    """

    start = models.DateField()
    number = models.PositiveIntegerField(default=1)
    counts = models.JSONField()
    because = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected("holds numbers too small to be shown; seen by those who release at the top", append_only=True)
    personal_data = personal(by="who prepared the quarter")

    def __str__(self) -> str:
        return f"prepared from {self.start}"


class HeldShown(models.Model):
    """What was held back at the end of one quarter, as it may be read: frozen when the quarter ended. Never changes.

    Small numbers are not in it. The figures of the quarter show the same row.
    """

    start = models.DateField(unique=True)
    shown = models.JSONField()
    at = models.DateTimeField()

    wall = declared_open("counts in public, none of them small", append_only=True)
    personal_data = nothing_personal("counts of cases, none of them small")

    def __str__(self) -> str:
        return f"held at the end of the quarter from {self.start}"


class QuarterShown(models.Model):
    """One published quarter: the cells that may be read, frozen. Never changes; a correction is one more."""

    start = models.DateField()
    number = models.PositiveIntegerField(default=1)
    shown = models.JSONField()
    because = models.CharField(max_length=12, blank=True)
    published_at = models.DateTimeField()

    wall = declared_open("published", append_only=True)
    personal_data = nothing_personal("counts of cases, none of them small")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["start", "number"], name="openness_shown_numbered")]

    def __str__(self) -> str:
        return f"quarter from {self.start}"
