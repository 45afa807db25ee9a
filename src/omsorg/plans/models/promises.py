"""What was recommended and what was promised: sources, recommendations, actions, indicators, budget.

The current wording of an action or indicator is its newest revision; the plan of any earlier day is read from the
revisions in force on that day. A revision never changes.
"""

from django.db import models
from django.db.models import Q

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import declared_open, protected
from omsorg.plans.models.plans import PUBLIC, REVISED, Dated, Plan, language_of_reason, reason_in_others

ACTIVITIES = [
    ("active", "active"),
    ("on_hold", "on hold"),
    ("superseded", "superseded"),
    ("dropped", "dropped"),
]


class Source(models.Model):
    """A body whose findings are answered: a review, an audit, later an ombudsperson or a lesson from an incident.

    `in_plan_from` is the day on which it came into the plan.
    """

    class Kind(models.TextChoices):
        REVIEW = "review"
        AUDIT = "audit"
        COMMISSION = "commission"
        OMBUDS = "ombuds"
        INCIDENT_LESSON = "incident_lesson"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="sources")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.JSONField()
    published_on = models.DateField(null=True, blank=True)
    link = models.URLField(blank=True)
    in_plan_from = models.DateField()
    is_example = models.BooleanField(default=False)

    wall = declared_open(PUBLIC)
    personal_data = nothing_personal()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_source_code")]

    def __str__(self) -> str:
        return self.code


class Recommendation(models.Model):
    """One recommendation of a source, in its own words. What was answered stands in its responses.

    Its code is its own in the whole plan, over all sources: the database refuses a second one (`0022`).
    `in_plan_from` is the day on which it came into the plan; `brought_as` what another system of the house calls it.
    Since `hidden_at` nobody reads its words any more, nor those of its answers, in any report or history either: the
    text tells why. Since `withdrawn_at` that is for good: the database lets nothing be said of it any more (`0031`).
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="recommendations")
    code = models.CharField(max_length=40)
    area = models.JSONField(help_text="area by language")
    text = models.JSONField()
    in_plan_from = models.DateField()
    brought_as = models.CharField(max_length=60, blank=True, default="", db_default="")
    hidden_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    wall = declared_open(PUBLIC)
    personal_data = nothing_personal()

    class Meta:
        indexes = [models.Index(fields=["source", "code"], name="plans_recommendation_of_source")]
        constraints = [
            models.UniqueConstraint(
                fields=["brought_as"], condition=~Q(brought_as=""), name="plans_recommendation_brought_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(hidden_at__isnull=False),
                name="plans_recommendation_withdrawn_hidden",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RecommendationResponse(models.Model):
    """What the organisation answered a recommendation, from a day on. The newest holds; none is removed."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="responses")
    number = models.PositiveSmallIntegerField()
    accepted = models.CharField(
        max_length=12,
        choices=[
            ("yes", "accepted"),
            ("partly", "accepted in part"),
            ("no", "not accepted"),
            ("open", "open"),
        ],
    )
    response = models.JSONField(default=dict)
    in_force_on = models.DateField()
    reason = models.TextField()
    reason_language = language_of_reason()
    reason_in = reason_in_others()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()

    wall = protected(REVISED, append_only=True)
    personal_data = personal(by="who answered")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recommendation", "number"], name="plans_response_number")]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.accepted}"


class Action(models.Model):
    """One action of a plan. The row is only its name; all that was promised stands in its revisions."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    code = models.CharField(max_length=40)
    is_example = models.BooleanField(default=False)

    wall = declared_open(PUBLIC)
    personal_data = nothing_personal()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_action_code")]

    def __str__(self) -> str:
        return self.code


class ActionRevision(Dated):
    """The wording, dates and activity of an action from a day on, with the reason for the change. Never changes.

    Number 1 is the action as adopted; `due_on` of number 1 is the date that slip is counted from. `cause` (time,
    resources, scope, outside) says why this revision put the due date off.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="revisions")
    title = models.JSONField()
    text = models.JSONField(default=dict)
    prioritised = models.BooleanField(default=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    activity = models.CharField(max_length=12, choices=ACTIVITIES, default="active")
    activity_reason = models.JSONField(default=dict)
    superseded_by = models.ForeignKey(Action, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cause = models.CharField(max_length=12, blank=True)

    personal_data = personal(by="who revised the plan")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="plans_actionrevision_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_actionrevision_reason"),
            models.CheckConstraint(
                condition=Q(activity="superseded", superseded_by__isnull=False)
                | (~Q(activity="superseded") & Q(superseded_by__isnull=True)),
                name="plans_actionrevision_superseded_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} revision {self.number}"


class Indicator(models.Model):
    """One indicator of a plan: how it is told whether actions are kept. Its definition stands in its revisions.

    `adopted`: it was in the plan when the plan was adopted, and counts in that base for ever.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=40)
    adopted = models.BooleanField()
    is_example = models.BooleanField(default=False)

    wall = declared_open(PUBLIC)
    personal_data = nothing_personal()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_indicator_code")]

    def __str__(self) -> str:
        return self.code


class IndicatorRevision(Dated):
    """The definition of an indicator from a day on, with the reason for the change. Never changes.

    Kind, direction, roll-up and time rule are the codes of `rules/measures.py`. `redefined`: this revision changed
    what is measured, so that figures before and after are not compared and the indicator is not rated until it has a
    figure or an assessment under this or a later revision. `cause` says why this revision put the due date off.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="revisions")
    title = models.JSONField()
    text = models.JSONField(default=dict)
    kind = models.CharField(max_length=12)
    unit = models.JSONField(default=dict, help_text="what is counted, in a word, by language")
    direction = models.CharField(max_length=8)
    time_rule = models.CharField(max_length=12, default="last")
    roll_up = models.CharField(max_length=20, default="none")
    numerator = models.JSONField(default=dict, help_text="what the numerator counts, by language")
    denominator = models.JSONField(default=dict, help_text="what the denominator counts, by language")
    threshold = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    comparison = models.CharField(max_length=10, default="at_least", help_text="at_least or at_most the threshold")
    band_low = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    band_high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    per = models.PositiveIntegerField(default=1, help_text="the k of a rate: per 1,000 children")
    accumulates = models.BooleanField(default=False, help_text="targets count everything since the start")
    lowest = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    highest = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    tolerance = models.DecimalField(max_digits=6, decimal_places=4, default="0.10")
    at_risk_band = models.DecimalField(max_digits=6, decimal_places=4, default="0.25")
    asked_of_associations = models.BooleanField(default=False)
    evidence_needed = models.BooleanField(default=False)
    about_children = models.BooleanField(default=False, help_text="small counts are not shown in public")
    dimensions = models.JSONField(default=list, help_text="codes of the disaggregations asked for")
    activity = models.CharField(max_length=12, choices=ACTIVITIES, default="active")
    activity_reason = models.JSONField(default=dict)
    superseded_by = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    redefined = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    cause = models.CharField(max_length=12, blank=True)

    personal_data = personal(by="who revised the plan")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="plans_indicatorrevision_number"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_indicatorrevision_reason"),
            models.CheckConstraint(
                condition=Q(activity="superseded", superseded_by__isnull=False)
                | (~Q(activity="superseded") & Q(superseded_by__isnull=True)),
                name="plans_indicatorrevision_superseded_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} revision {self.number}"


class BudgetEntry(models.Model):
    """Money of one action: the budget as adopted, a revision of it (the whole new sum), or money spent (adds up).

    `amount_minor` in minor units of `currency`. A correction of what was spent is an entry of its own, negative if
    need be, with its reason.
    """

    class Kind(models.TextChoices):
        ORIGINAL = "original"
        REVISED = "revised"
        SPENT = "spent"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="budget")
    kind = models.CharField(max_length=8, choices=Kind)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    on_day = models.DateField()
    reason = models.TextField()
    reason_language = language_of_reason()
    reason_in = reason_in_others()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(REVISED, append_only=True)
    personal_data = personal(by="who entered the sum")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action"], condition=Q(kind="original"), name="plans_budget_one_original"),
            models.CheckConstraint(condition=~Q(reason=""), name="plans_budget_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor} {self.currency}"
