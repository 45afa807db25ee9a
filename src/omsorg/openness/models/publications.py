"""A case on its way to the public, and what stands there: revisions, the check, decisions, editions."""

import secrets

from django.db import models
from django.db.models import F, Q

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import protected

WRITERS = "seen by those who write and release in that branch, and by nobody who is shut out from the incident"


def new_code() -> str:
    """The code of a case in public: it tells neither the country, nor the year, nor how many there are."""
    return secrets.token_hex(5)


class Publication(models.Model):
    """One closed case that is written up. `incident` is the number of its row in safeguarding, empty where it was
    entered by hand; nothing else of the incident is kept here. `organisation` is the branch that answers for it.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    incident = models.BigIntegerField(null=True, unique=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    is_example = models.BooleanField(default=False)

    wall = protected(WRITERS + "; by those who tell in that branch", append_only=True)
    personal_data = personal(opened_by="who began to write")

    def __str__(self) -> str:
        return self.code


class Concern(models.Model):
    """That a case concerns a programme: whoever pays for it is told. Never changes."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="concerns")
    programme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    wall = protected("seen with its case", append_only=True)
    personal_data = nothing_personal("organisations, not people")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publication", "programme"], name="openness_concern_once")]

    def __str__(self) -> str:
        return f"{self.publication_id} concerns {self.programme_id}"


class Revision(models.Model):
    """One text of a case. A change is a further revision; the one before stays. Never changes.

    `texts` is {heading: {language: text}}; `closed_in` the first day of the month; country or region, never both.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    texts = models.JSONField(default=dict)
    original = models.CharField(max_length=8)
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=40, blank=True)
    closed_in = models.DateField()
    closed_as = models.CharField(max_length=20)
    subject = models.CharField(max_length=20)
    tell = models.CharField(max_length=10)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(WRITERS, append_only=True)
    personal_data = personal(
        by="who wrote it", texts="may tell of people until it is checked; that is why it is walled"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="openness_revision_numbered"),
            models.CheckConstraint(condition=Q(closed_in__day=1), name="openness_revision_month_only"),
            models.CheckConstraint(
                condition=(Q(country="") & ~Q(region="")) | (~Q(country="") & Q(region="")),
                name="openness_revision_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} revision {self.number}"


class Repayment(models.Model):
    """Money repaid, and to which organisation, as one revision tells it. Never changes."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="repaid")
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    to_whom = models.CharField(max_length=200)

    wall = protected("seen with its revision", append_only=True)
    personal_data = nothing_personal("money between organisations")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="openness_repayment_more_than_nothing")]

    def __str__(self) -> str:
        return f"{self.minor} {self.currency}"


class Redaction(models.Model):
    """One passage left out of a text, why, and by whom. The words themselves stay in the revision before it only."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="redactions")
    number = models.PositiveIntegerField()
    heading = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    why = models.CharField(max_length=20)
    words = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(WRITERS, append_only=True)
    personal_data = personal(by="who left it out")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="openness_redaction_numbered"),
            models.CheckConstraint(condition=~Q(why="other") | ~Q(words=""), name="openness_redaction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} left out {self.number}"


class Step(models.Model):
    """One step of a case: handed in, handed back, held, taken up again. Never changes; the newest is where it stands.

    Held carries the class of the reason, the reason in words, and the day on which it is looked at again. A correction
    that is handed in carries what and why, by language, as the public will read them.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12)
    reason_class = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    what = models.JSONField(default=dict)
    why = models.JSONField(default=dict)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(WRITERS, append_only=True)
    personal_data = personal(by="who decided")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="openness_step_numbered"),
            models.CheckConstraint(
                condition=~Q(step="held") | (~Q(reason_class="") & ~Q(reason="") & Q(review_on__isnull=False)),
                name="openness_hold_says_why_and_until_when",
            ),
        ]

    def __str__(self) -> str:
        return self.step


class Justification(models.Model):
    """Why something that the check found may stand all the same, in the writer's words. Never changes."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="justifications")
    key = models.CharField(max_length=24)
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(WRITERS, append_only=True)
    personal_data = personal(by="who justified it")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="openness_justification_in_words")]

    def __str__(self) -> str:
        return self.key


class Acceptance(models.Model):
    """That a second person accepted a justification. The database refuses the one who wrote it. Never changes."""

    justification = models.OneToOneField(Justification, on_delete=models.PROTECT, related_name="acceptance")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected("seen with its justification", append_only=True)
    personal_data = personal(by="who accepted it")

    def __str__(self) -> str:
        return f"acceptance of {self.justification_id}"


class Edition(models.Model):
    """What stands in public: the first release, each correction, a withdrawal. Never changes, never goes.

    `document` is everything the public reads, as canonical JSON; empty for a withdrawal. `hides_earlier`: the text
    before harmed somebody, so it is not shown any more; that it was there, and why it went, is. A withdrawal says why
    by its class. The database refuses an edition by whoever wrote on its text.
    """

    class Kind(models.TextChoices):
        RELEASE = "release"
        CORRECTION = "correction"
        WITHDRAWAL = "withdrawal"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="editions")
    code = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    what = models.JSONField(default=dict)
    why = models.JSONField(default=dict)
    reason_class = models.CharField(max_length=20, blank=True)
    hides_earlier = models.BooleanField(default=False)
    closed_in = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected("read by everybody, except a text that harmed somebody and was taken back", append_only=True)
    personal_data = personal(by="who released it; not shown in public")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="openness_edition_numbered"),
            models.CheckConstraint(
                condition=Q(kind="withdrawal", revision__isnull=True, document="", hides_earlier=True)
                | (~Q(kind="withdrawal") & Q(revision__isnull=False) & ~Q(document="")),
                name="openness_edition_has_a_text",
            ),
            models.CheckConstraint(
                condition=Q(kind="release", number=1) | Q(kind__in=["correction", "withdrawal"], number__gt=1),
                name="openness_edition_first_is_release",
            ),
            models.CheckConstraint(
                condition=Q(kind="release")
                | (~Q(what={}) & ~Q(why={}))
                | (Q(kind="withdrawal", what={}, why={}) & ~Q(reason_class="")),
                name="openness_edition_says_what_and_why",
            ),
        ]
        indexes = [models.Index(F("at").desc(), name="openness_edition_newest")]

    def __str__(self) -> str:
        return f"{self.code} edition {self.number}"
