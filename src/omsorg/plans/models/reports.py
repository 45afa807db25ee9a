"""What is published: a frozen report, its parts, and its release by a second person."""

from django.db import models

from omsorg.federation.models import Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import protected
from omsorg.plans.models.plans import Plan


class Report(models.Model):
    """The state of a plan, frozen as of a day for a period. Never changes; published once somebody else releases it.

    A frozen report that is not released stays a draft for ever; a better one is frozen beside it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    code = models.CharField(max_length=40)
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    as_at = models.DateField()
    rule_version = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64, help_text="sha-256 over the parts' fingerprints")
    trail_head = models.CharField(max_length=64, blank=True)
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    frozen_at = models.DateTimeField()

    wall = protected("a frozen report is seen by everybody once it is released", append_only=True)
    personal_data = personal(frozen_by="who froze the report")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_report_code_in_plan")]

    def __str__(self) -> str:
        return self.code


class ReportPart(models.Model):
    """One document of a frozen report, as canonical JSON with its fingerprint. Never changes.

    `name` is "plan" for the whole overview, "indicator/<code>" for one indicator over all organisations, and "trail"
    for the heads of all books of the trail.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="parts")
    name = models.CharField(max_length=60)
    document = models.TextField()
    fingerprint = models.CharField(max_length=64)

    wall = protected("seen with its report", append_only=True)
    personal_data = nothing_personal("figures of organisations; small counts of children are suppressed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "name"], name="plans_reportpart_name")]

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """That a second person released a frozen report. The database refuses the one who froze it. Never changes."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="release")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected("that a report is released is public; who released it is seen inside", append_only=True)
    personal_data = personal(by="who released the report")

    def __str__(self) -> str:
        return f"release of {self.report_id}"
