"""An incident from the first concern on: what it is, each step of it, its number, and who is shut out of it."""

import secrets

from django.db import models
from django.db.models import Q

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.wall import protected
from omsorg.safeguarding.rules.codes import Channel, HoldReason, Level, Nature, Publication, Stage, StepKind

SEEN_BY = (
    "seen by focal persons of the organisation and above and by the incident team; never by whoever is complained of"
)
ONLY_THE_HOUSE = "numbers would tell how many incidents there are: no person reads it"


def choices(codes: type) -> list[tuple[str, str]]:
    """A set of codes as a column knows it."""
    return [(code.value, code.value) for code in codes]  # type: ignore[attr-defined]


def new_code() -> str:
    """A code that tells nothing: not how many there are, nor which came first."""
    return secrets.token_hex(6)


class Incident(models.Model):
    """One concern and what became of it. What was said and done stands in its steps; this row is where it has come to.

    `organisation` is what it is about, `handled_at` who handles it: the nearest one upward that is not complained of.
    `reference` is what another desk calls it that handed it over: the same one is taken in once.
    The number (country, year, serial) comes with triage and never changes; `shown_number` is how it is written: one
    from which somebody is shut out shows letters of chance and not its serial, so that no gap gives it away.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="incidents")
    handled_at = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="incidents_handled")
    country_code = models.CharField(max_length=2)
    channel = models.CharField(max_length=12, choices=choices(Channel))
    nature = models.CharField(max_length=16, choices=choices(Nature), default=Nature.NOT_KNOWN)
    level = models.CharField(max_length=16, choices=choices(Level), blank=True)
    stage = models.CharField(max_length=16, choices=choices(Stage), default=Stage.RECEIVED)
    decision = models.CharField(max_length=12, choices=choices(Publication), blank=True)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=80, unique=True, null=True)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    is_reserved = models.BooleanField(default=False)
    shown_number = models.CharField(max_length=24, unique=True, null=True)
    is_example = models.BooleanField(default=False)

    wall = protected(SEEN_BY)
    personal_data = personal(raised_by="to answer whoever raised the concern")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country_code", "year", "is_reserved", "serial"], name="safeguarding_incident_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(serial__isnull=True, year__isnull=True, shown_number__isnull=True)
                | Q(serial__isnull=False, year__isnull=False, shown_number__isnull=False),
                name="safeguarding_incident_number_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.CLOSED, Stage.DECIDED], closed_at__isnull=False)
                | (~Q(stage__in=[Stage.CLOSED, Stage.DECIDED]) & Q(closed_at__isnull=True)),
                name="safeguarding_incident_closed_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "stage"], name="safeguarding_incident_at")]

    def __str__(self) -> str:
        return self.shown_number or self.code


class Serial(models.Model):
    """The last serial given for a country and a year. Its row is locked until the number is kept or undone."""

    country_code = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    is_reserved = models.BooleanField(default=False)
    last = models.PositiveIntegerField()

    wall = protected(ONLY_THE_HOUSE)
    personal_data = nothing_personal("counts, not people")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country_code", "year", "is_reserved"], name="safeguarding_serial_one")
        ]

    def __str__(self) -> str:
        return f"{self.country_code}/{self.year}"


class Step(models.Model):
    """One thing that was said or done, on its day. Never changes: a correction is another step, which `corrects` it.

    `note` is what people wrote; `facts` are plain codes and numbers.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=choices(StepKind))
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who answers for the step", note="what was told and done; may tell of people")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="safeguarding_step_number")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.number} {self.kind}"


class Shutout(models.Model):
    """That a person, or everybody of a unit, finds nothing of an incident. Ends only when `lifted_at` says so.

    It is lifted by two: `lifting_asked_by` is the first of them. `until_settled`: a person is complained of whom nobody
    here is called, and the unit waits outside until triage has settled whom it is about. `is_quiet`: it came with a
    copy from elsewhere, whose child has not agreed that anybody here reads whom it is afraid of: it holds as any other,
    and the house alone reads it.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="shutouts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    lifting_asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    lifting_reason = models.TextField(blank=True, default="", db_default="")
    until_settled = models.BooleanField(default=False, db_default=False)
    is_quiet = models.BooleanField(default=False, db_default=False)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    wall = protected(SEEN_BY)
    personal_data = personal(
        person="who must find nothing",
        by="who decided it",
        reason="why; may tell of the person complained of",
        lifting_asked_by="who asked to lift it",
        lifting_reason="why it was asked; may tell of the person complained of",
        lifted_by="who lifted it",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="safeguarding_shutout_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"shut out of {self.incident_id}"


class CopyNames(models.Model):
    """The names of those whom a copy from elsewhere complains of: who is called so finds nothing, whenever they come.

    The child has not agreed that they are told: nobody who handles the incident reads them. Names that come with a
    second try of the same copy stand beside those of the first.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    names = models.TextField()

    wall = protected("read by the house alone", append_only=True)
    personal_data = personal(names="of whom the copy complains")

    def __str__(self) -> str:
        return f"names of the copy {self.incident_id}"


class PublicationDecision(models.Model):
    """Whether the public is told of a closed incident. Never changes; the newest holds.

    A hold has a class of reason, which is counted in public, and a day on which it is looked at again.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=12, choices=choices(Publication))
    reason_class = models.CharField(max_length=24, choices=choices(HoldReason), blank=True)
    reason = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who decided", reason="why; may tell of people")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="safeguarding_decision_number"),
            models.CheckConstraint(
                condition=~Q(decision=Publication.HOLD)
                | (~Q(reason_class="") & ~Q(reason="") & Q(review_on__isnull=False)),
                name="safeguarding_hold_says_why_and_until",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.decision}"
