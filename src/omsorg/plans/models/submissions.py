"""Answers for a period: handed in, returned, approved, reopened, asked for again; and the reminders of late ones."""

from django.db import models
from django.db.models import Q

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import protected
from omsorg.plans.models.figures import OWN_TREE
from omsorg.plans.models.plans import Plan


class SubmissionStep(models.Model):
    """One step of an organisation's answer for one period. Never changes; the newest step is where it stands.

    Submitted and approved lock the figures; returned and reopened carry a reason and open them again.
    """

    class Step(models.TextChoices):
        SUBMITTED = "submitted"
        RETURNED = "returned"
        APPROVED = "approved"
        REOPENED = "reopened"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="submission_steps")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=10, choices=Step)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(OWN_TREE, append_only=True)
    personal_data = personal(by="who handed in, returned or approved")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation", "period_start", "period_months", "number"],
                name="plans_submission_numbered",
            ),
            models.CheckConstraint(
                condition=Q(step__in=["submitted", "approved"]) | ~Q(reason=""),
                name="plans_submission_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.step


class OpeningAsked(models.Model):
    """That those who report asked for a locked answer to be opened again, and why. `number`: the step it stood at.

    Once for each step: it is answered by the next one.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    wall = protected(OWN_TREE, append_only=True)
    personal_data = personal(by="who asked")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation", "period_start", "period_months", "number"],
                name="plans_opening_asked_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_opening_asked_says_why"),
        ]

    def __str__(self) -> str:
        return f"asked to open after step {self.number}"


class Reminder(models.Model):
    """That a late answer was reminded of, on which of the agreed days, and how many were written to. Once each."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reminders")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    told_above = models.BooleanField(default=False)
    letters = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    wall = protected(OWN_TREE, append_only=True)
    personal_data = nothing_personal("counts letters; names nobody")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "organisation", "period_start", "period_months", "day"],
                name="plans_reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"reminder after {self.day} days"
