"""A group in figures, quarter by quarter: kept beside the ledger, and made anew from its meetings at any time."""

from django.db import models

from omsorg.kernel.fields import nothing_personal
from omsorg.kernel.wall import protected
from omsorg.savings.models.groups import ACCOMPANIED, Group
from omsorg.savings.models.ledger import DIGITS
from omsorg.savings.rules.quarters import NAMES, Figures


def _figure() -> "models.DecimalField[int, int]":
    return models.DecimalField(max_digits=DIGITS, decimal_places=0)


class Quarter(models.Model):
    """What the meetings of one quarter say of a group; the columns are those of `rules.quarters.Figures`. `quarter` is
    its first day, `seq` and `held_on` are of its last meeting."""

    pk = models.CompositePrimaryKey("group", "quarter")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="quarters", db_index=False)
    quarter = models.DateField(db_index=True)
    seq = models.BigIntegerField()
    held_on = models.DateField()
    members = _figure()
    borrowers = _figure()
    loans = _figure()
    lent = _figure()
    late = _figure()
    cash = _figure()
    social = _figure()
    project = _figure()
    saved = _figure()
    earned = _figure()
    meetings = _figure()
    called = _figure()
    present = _figure()
    represented = _figure()
    loans_given = _figure()
    amount_given = _figure()
    written_off = _figure()
    amount_written_off = _figure()
    joined = _figure()
    left = _figure()
    members_before = _figure()

    wall = protected(ACCOMPANIED + "; written by nobody but the receiving of a sealed meeting")
    personal_data = nothing_personal("counts and sums of a group of people")

    def __str__(self) -> str:
        return f"{self.group_id} in the quarter of {self.quarter}"

    @property
    def figures(self) -> Figures:
        return Figures(*(int(getattr(self, name)) for name in NAMES))
