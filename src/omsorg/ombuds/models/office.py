"""Tables of the office itself: what it recommends to organisations, and whom it has been to see."""

from django.db import models
from django.db.models import Q

from omsorg.kernel.fields import personal
from omsorg.kernel.wall import declared_open, protected
from omsorg.ombuds.models.keys import RandomlyNumbered


class Advice(RandomlyNumbered):
    """A recommendation to an organisation. It tells of no case: what it rests on is noted in the cases, sealed."""

    class Answer(models.TextChoices):
        NONE = ""
        ACCEPTED = "accepted"
        PARTLY = "partly"
        REFUSED = "refused"

    class Withdrawal(models.TextChoices):
        RECOGNISED = "recognised"
        WRONG = "wrong"
        OVERTAKEN = "overtaken"
        LAW = "law"

    code = models.CharField(max_length=20, unique=True)
    organisation = models.CharField(max_length=40)
    text = models.JSONField(help_text="what is recommended, by language; public")
    made_on = models.DateField()
    made_by = models.BigIntegerField()
    answer_due_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField(null=True)
    reasons = models.TextField(blank=True)
    earlier = models.JSONField(default=list, help_text="answers that were given before the one in force; only grows")
    done_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    published_by = models.BigIntegerField(null=True)
    weighed = models.JSONField(default=list, help_text="what the check had found and whoever published let stand")
    answer_by = models.BigIntegerField(null=True)
    answer_confirmed_on = models.DateField(null=True)
    answer_confirmed_by = models.BigIntegerField(null=True)
    withdrawal = models.CharField(max_length=12, choices=Withdrawal, blank=True)
    withdrawal_by = models.BigIntegerField(null=True)
    withdrawal_asked_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    wall = protected("public once another has published it, until two withdraw it; else read by the ombudspersons")
    personal_data = personal(
        made_by="who recommends",
        published_by="who published it",
        answer_by="who entered the answer",
        answer_confirmed_by="who confirmed the answer",
        withdrawal_by="who asked for its withdrawal",
        withdrawn_by="who agreed to its withdrawal",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(reasons=""), name="ombuds_advice_refused_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_on__isnull=False), name="ombuds_advice_answered_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"recommendation {self.code}"


class Visit(RandomlyNumbered):
    """One visit, talk or panel: so that it shows which children know their ombudsperson, and which do not."""

    class Kind(models.TextChoices):
        VILLAGE = "village"
        FAMILY = "family"
        SCHOOL = "school"
        PANEL = "panel"
        OTHER = "other"

    on = models.DateField()
    by = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    country = models.CharField(max_length=2)
    unit = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120)
    children = models.PositiveSmallIntegerField()
    know_their_ombudsperson = models.PositiveSmallIntegerField(null=True)

    wall = protected("read by the ombudspersons")
    personal_data = personal(by="who went there")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(know_their_ombudsperson__isnull=True)
                | Q(know_their_ombudsperson__lte=models.F("children")),
                name="ombuds_visit_no_more_than_there",
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.on} to {self.place}"


class Panel(RandomlyNumbered):
    """Children who helped to choose whoever is to listen to them: how many, for which post, what they looked for.

    `by_age` and `by_sex` count those who told it, each by itself. `recruited`: the person who got the post, once there
    is one; no child is named.
    """

    on = models.DateField()
    by = models.BigIntegerField()
    country = models.CharField(max_length=2)
    unit = models.CharField(max_length=40, blank=True)
    place = models.CharField(max_length=120)
    post = models.CharField(max_length=120)
    recruited = models.BigIntegerField(null=True)
    children = models.PositiveSmallIntegerField()
    by_age = models.JSONField(default=dict)
    by_sex = models.JSONField(default=dict)
    looked_for = models.TextField(blank=True)

    wall = protected("read by the ombudspersons")
    personal_data = personal(by="who held the panel", recruited="who got the post that children helped to fill")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(children__gte=1), name="ombuds_panel_of_children"),
        ]

    def __str__(self) -> str:
        return f"panel {self.on} in {self.place}"


class YearTold(models.Model):
    """What everybody reads of a year: numbers that were made safe before they were kept. It never changes."""

    year = models.PositiveSmallIntegerField(unique=True)
    said = models.JSONField()
    told_on = models.DateField()
    told_by = models.BigIntegerField()

    wall = declared_open("published", append_only=True)
    personal_data = personal(told_by="which member of the board published it")

    def __str__(self) -> str:
        return f"the year {self.year}"
