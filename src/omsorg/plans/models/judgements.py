"""What people say of how it goes: assessments (self, override) and verifications by another organisation."""

from django.db import models
from django.db.models import Q

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import personal
from omsorg.kernel.wall import protected
from omsorg.plans.models.figures import OWN_TREE, Figure
from omsorg.plans.models.plans import language_of_reason, reason_in_others
from omsorg.plans.models.promises import Indicator

RATINGS = [
    ("not_rated", "not rated"),
    ("not_started", "not started"),
    ("on_track", "on track"),
    ("off_track", "off track"),
    ("completed", "completed"),
]
CAUSES = [("time", "time"), ("resources", "resources"), ("scope", "scope"), ("outside", "outside")]


class Assessment(models.Model):
    """How an organisation rates an indicator for a period (`self`), or why a computed rating is set aside (`override`).

    Never changes; the newest of its kind holds. Off track carries a cause and a new date; an override carries a
    reason and the day on which it ends. `as_published`: taken over from a report that was published elsewhere, which
    may name no cause; nobody is made to invent one.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="assessments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField()
    period_start = models.DateField()
    period_months = models.PositiveSmallIntegerField()
    voice = models.CharField(max_length=8, choices=[("self", "self"), ("override", "override")])
    rating = models.CharField(max_length=12, choices=RATINGS)
    cause = models.CharField(max_length=12, choices=CAUSES, blank=True)
    new_date = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    reason_language = language_of_reason()
    reason_in = reason_in_others()
    slower_but_as_wished = models.BooleanField(default=False)
    ends_on = models.DateField(null=True, blank=True)
    as_published = models.BooleanField(default=False)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(OWN_TREE, append_only=True)
    personal_data = personal(by="who judged")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(rating="off_track") | (~Q(cause="") & Q(new_date__isnull=False)) | Q(as_published=True),
                name="plans_assessment_off_track_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(voice="override") | (~Q(reason="") & Q(ends_on__isnull=False)),
                name="plans_assessment_override_says_why",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "period_start", "voice"], name="plans_assessment_of")]

    def __str__(self) -> str:
        return f"{self.voice}: {self.rating}"


class Verification(models.Model):
    """What somebody of another organisation says of a figure or of an assessment. Never changes; the newest holds.

    The database refuses a verifier who entered what is verified, or who belongs to the organisation it is about.
    """

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, null=True, blank=True, related_name="verifications")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="verifications"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=[("confirmed", "confirmed"), ("contested", "contested")])
    rating = models.CharField(max_length=12, choices=RATINGS, blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    wall = protected(OWN_TREE, append_only=True)
    personal_data = personal(by="who verified")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(figure__isnull=False, assessment__isnull=True)
                | Q(figure__isnull=True, assessment__isnull=False),
                name="plans_verification_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="contested") | ~Q(reason=""), name="plans_verification_contest_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.verdict
