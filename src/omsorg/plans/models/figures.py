"""What was measured: figures, targets, disaggregation keys, evidence, and the sums kept beside them.

A figure belongs to one cell (organisation, indicator, period, key). It is never changed: a correction is a new figure
that supersedes the one before, and the database allows each figure one successor only. Sums up the tree (`Summary`)
are kept by the database in the same transaction, by signed difference, and can always be made anew.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.files import KeptFiles
from omsorg.kernel.wall import declared_open, protected
from omsorg.plans.models.plans import PUBLIC, REVISED, Plan, language_of_reason, reason_in_others
from omsorg.plans.models.promises import Indicator

OWN_TREE = "an association's figures are its own until a report is released"


class DisaggregationKey(models.Model):
    """One part of a breakdown, for instance sex = girls. Key 0 is the total and belongs to no dimension.

    Parts of one dimension add up to the total or leave an explicit unknown; dimensions never add up across.
    """

    dimension = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    label = models.JSONField()
    is_unknown = models.BooleanField(default=False)

    wall = declared_open(PUBLIC)
    personal_data = nothing_personal()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dimension", "code"], name="plans_key_code")]

    def __str__(self) -> str:
        return f"{self.dimension}={self.code}"


class Target(models.Model):
    """A baseline or a dated target. A change is a new row that supersedes the one before, with its reason.

    `organisation` is the plan's owner for the plan as a whole, or one association for its own target. `number` (and
    `denominator` for ratios) are exact; for a milestone `number` is 1.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    series = models.PositiveSmallIntegerField(choices=[(1, "target"), (2, "baseline")])
    due_on = models.DateField()
    number = models.DecimalField(max_digits=24, decimal_places=6)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    in_force_on = models.DateField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor")
    reason = models.TextField()
    reason_language = language_of_reason()
    reason_in = reason_in_others()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(REVISED, append_only=True)
    personal_data = personal(by="who set the target")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="plans_target_reason")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.due_on}: {self.number}"


class Figure(models.Model):
    """One figure as it was reported. Never changes. Missing is a state with a name, never zero.

    `state` is a code of `rules.measures.State`. `numerator`/`denominator` are exact; a ratio or rate keeps both, a
    score of one answer has the denominator 1, every other kind has none. `published` is the text as it was handed
    in. `meets` tells whether it met the definition's threshold when it was entered. `entry` is made where the figure
    was typed: the same entry sent twice is kept once.

    What a figure refers to is checked by the database once for all figures of a statement, not row by row, and what it
    refers to can never be deleted (migration 0002 and `figures_known`).
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    revision = models.PositiveSmallIntegerField(help_text="number of the definition that it was entered under")
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    key = models.ForeignKey(
        DisaggregationKey, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    state = models.PositiveSmallIntegerField()
    numerator = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=30, decimal_places=6, null=True)
    text = models.TextField(blank=True)
    published = models.CharField(max_length=200, blank=True)
    meets = models.BooleanField(null=True)
    source = models.CharField(max_length=20, help_text="grid, paste, file, api, example")
    source_ref = models.CharField(max_length=120, blank=True)
    entry = models.UUIDField(null=True)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    reason = models.TextField(blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    at = models.DateTimeField()

    wall = protected(OWN_TREE, append_only=True)
    personal_data = personal(by="who reported the figure")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "indicator", "period_start", "period_months", "key", "supersedes"],
                nulls_distinct=False,
                name="plans_figure_chain",
            ),
            models.UniqueConstraint(fields=["entry"], condition=Q(entry__isnull=False), name="plans_figure_entry"),
            models.CheckConstraint(
                condition=Q(state__in=[1, 2]) | Q(numerator__isnull=True, denominator__isnull=True),
                name="plans_figure_missing_has_no_number",
            ),
            models.CheckConstraint(condition=Q(state__gte=1, state__lte=7), name="plans_figure_state"),
        ]
        indexes = [
            models.Index(
                fields=["indicator", "period_start", "organisation"],
                include=["id", "period_months", "revision", "state", "numerator", "denominator", "meets", "at"],
                condition=Q(key=0),
                name="plans_figure_totals",
            ),
            models.Index(fields=["supersedes"], condition=Q(supersedes__isnull=False), name="plans_figure_successor"),
        ]

    def __str__(self) -> str:
        return f"figure {self.pk}"


class Summary(models.Model):
    """The sums over all figures below one organisation for one indicator and period, the total and its parts.

    Derived; written only by the database itself. One row, so that an answer changes few: the total (key 0) stands in
    columns, each part in lists. `parts` are their keys in order; `part_sums` their numerators and denominators, two
    for each part; `part_counts` their nine counts, in the order of the columns. `plans_summed_cell` is a view with a
    row for each.

    The counts are those of `rules.tally.Tally`: `reported` counts measured and estimated figures, `estimated` the
    latter, `no_cases` those with nobody to count, `meeting` those that met the threshold; the rest counts the other
    states. Who was expected and is silent is counted when it is read: expectations change, answers do not.
    """

    pk = models.CompositePrimaryKey("node", "indicator", "period_start", "period_months")
    node = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    numerator = models.DecimalField(max_digits=34, decimal_places=6, default=0)
    denominator = models.DecimalField(max_digits=34, decimal_places=6, default=0)
    reported = models.IntegerField(default=0)
    estimated = models.IntegerField(default=0)
    meeting = models.IntegerField(default=0)
    no_cases = models.IntegerField(default=0)
    not_collected = models.IntegerField(default=0)
    not_applicable = models.IntegerField(default=0)
    suppressed = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    unreadable = models.IntegerField(default=0)
    parts = ArrayField(models.BigIntegerField(), default=list)
    part_sums = ArrayField(models.DecimalField(max_digits=34, decimal_places=6), default=list)
    part_counts = ArrayField(models.IntegerField(), default=list)

    wall = protected(OWN_TREE)
    personal_data = nothing_personal()

    class Meta:
        indexes = [
            models.Index(
                fields=["indicator", "period_start", "node"],
                include=["numerator", "denominator", "reported"],
                name="plans_summary_totals",
            )
        ]

    def __str__(self) -> str:
        return f"summary {self.node_id} {self.indicator_id} {self.period_start}"


class Evidence(models.Model):
    """A file that shows what a figure or an assessment rests on. Kept outside the web root, given out at the door.

    `stored_as` is a random name in the files folder; `filename` is what the person called it.
    """

    code = models.CharField(max_length=32, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="evidence")
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    wall = protected(OWN_TREE)
    keeps_files = KeptFiles(name="stored_as", size="size", fingerprint="fingerprint")
    personal_data = personal(by="who attached it", filename="may carry a name", note="free text")

    def __str__(self) -> str:
        return f"evidence {self.code}"
