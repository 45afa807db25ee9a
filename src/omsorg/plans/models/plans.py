"""A plan, and every dated change of its own title, summary and period. A revision never changes."""

from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import get_language

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import declared_open, protected

PUBLIC = "the plan is a public promise, and so is every change to it"
REVISED = "everybody reads every change of a plan; only those who revise it write one"


def written_in() -> str:
    """The language in which somebody writes a reason: that of the page, the request or the file. "" is not known."""
    return get_language() or ""


def language_of_reason() -> "models.CharField[str, str]":
    """The column beside a reason: what a person wrote is not translated, but marked with its language."""
    return models.CharField(max_length=8, blank=True, default=written_in, db_default="")


def reason_in_others() -> "models.JSONField":
    """The column beside it: the same reason in other languages, where whoever wrote it gave it in them."""
    return models.JSONField(blank=True, default=dict, db_default=Value({}, models.JSONField()), help_text="by language")


class Plan(models.Model):
    """A set of actions promised for a time by one organisation (`owner`) and everybody below it.

    `reporting_kind` says which organisations answer (for instance national associations), `frequency_months` how often.
    Title, summary, `runs_from` and `runs_until` are those of its newest revision: its revisions tell of any day before.
    """

    code = models.SlugField(max_length=40, unique=True)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="plans")
    title = models.JSONField(help_text="title by language")
    summary = models.JSONField(default=dict, help_text="what the plan is about, by language")
    adopted_on = models.DateField()
    runs_from = models.DateField()
    runs_until = models.DateField()
    frequency_months = models.PositiveSmallIntegerField(default=6)
    reporting_kind = models.CharField(max_length=24, choices=Organisation.Kind, default="national_association")
    currency = models.CharField(max_length=3, default="EUR")
    is_example = models.BooleanField(default=False)

    wall = declared_open(PUBLIC)
    personal_data = nothing_personal()

    def __str__(self) -> str:
        return self.code


class Dated(models.Model):
    """One thing said of a promise from a day on, with the reason, by whom and when it was written down. Never changes.

    `number` counts what was said of it; the last that is in force holds.
    """

    number = models.PositiveSmallIntegerField()
    in_force_on = models.DateField()
    reason = models.TextField()
    reason_language = language_of_reason()
    reason_in = reason_in_others()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(REVISED, append_only=True)

    class Meta:
        abstract = True


class PlanRevision(Dated):
    """The title, the summary and the period of a plan from a day on, with the reason for the change. Never changes.

    Number 1 is the plan as adopted.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="revisions")
    title = models.JSONField()
    summary = models.JSONField(default=dict)
    runs_from = models.DateField()
    runs_until = models.DateField(help_text="the first day on which it no longer runs")

    personal_data = personal(by="who revised the plan")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plans_planrevision_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_planrevision_reason"),
            models.CheckConstraint(condition=Q(runs_until__gt=F("runs_from")), name="plans_planrevision_period"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} revision {self.number}"
