"""Tables of the way in: which tickets have been used, which day is known. None knows a case, a child or an hour."""

from django.db import models

from omsorg.kernel.fields import nothing_personal
from omsorg.kernel.wall import declared_open


class UsedTicket(models.Model):
    """A ticket with which a code was handed in, by its fingerprint: what is sent a second time opens nothing.

    `span` is the span of hours in which it was made; the row goes with the span after it. The database does not log the
    table: it is empty after a crash, and stands in no log of the disk.
    """

    mark = models.CharField(max_length=64, primary_key=True)
    span = models.PositiveIntegerField()

    wall = declared_open("fingerprints of random bytes; used before anybody is known", written_by_all=True)
    personal_data = nothing_personal("random bytes that lead to no case")

    class Meta:
        indexes = [models.Index(fields=["span"], name="ombuds_ticket_span")]

    def __str__(self) -> str:
        return "a used ticket"


class KnownDay(models.Model):
    """The one row that says which day is known, and to which day the clock has leapt since (`rules.known_days`)."""

    on = models.DateField()
    leapt_to = models.DateField(null=True)

    wall = declared_open("a day; written by the clocks of the house alone")
    personal_data = nothing_personal("a day of the calendar")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ombuds_known_day_is_one")]

    def __str__(self) -> str:
        return f"known: {self.on}"
