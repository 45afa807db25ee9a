"""How an incident is handled: team, allegations and findings, measures, duties to tell, clocks that stand still."""

from django.db import models
from django.db.models import F, Q

from omsorg.federation.models import Person
from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.files import KeptFiles
from omsorg.kernel.wall import protected
from omsorg.safeguarding.models.incidents import SEEN_BY, Incident, choices
from omsorg.safeguarding.rules.codes import Addressee, Clock, DutyStanding, Finding, Level, TeamPart


class TeamMember(models.Model):
    """Somebody who works an incident, from an instant until another. `level`: the highest at which they held a role of
    safeguarding when they were named; empty where they held one below the levels only."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12, choices=choices(TeamPart))
    level = models.CharField(max_length=16, blank=True, choices=choices(Level))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    wall = protected(SEEN_BY)
    personal_data = personal(person="who works the incident", by="who assigned them")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "person"], condition=Q(left_at=None), name="safeguarding_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.incident_id}"


class Allegation(models.Model):
    """One thing that is alleged, in one sentence. Never changes; an incident may hold several."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="allegations")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who wrote it down", text="what is alleged; may tell of people")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "number"], name="safeguarding_allegation_number")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.number}"


class AllegationFinding(models.Model):
    """What was found of one allegation, with reasons. Never changes; the newest holds."""

    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="findings")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="findings")
    finding = models.CharField(max_length=20, choices=choices(Finding))
    reasons = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who found it", reasons="why; may tell of people")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reasons=""), name="safeguarding_finding_gives_reasons")]

    def __str__(self) -> str:
        return self.finding


class Measure(models.Model):
    """What is done so that it does not happen again, or about whoever is complained of. Done on a day.

    `allegation`: about which finding; None where it is about the incident as a whole. `lives_on_reason`: why it lives
    on after closing; empty where it must be done before.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="measures")
    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, null=True, related_name="measures")
    text = models.TextField()
    due_on = models.DateField()
    lives_on_reason = models.TextField(blank=True, db_default="", default="")
    done_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY)
    personal_data = personal(
        by="who decided it", text="what is done; may tell of people", lives_on_reason="why it is not done yet"
    )

    def __str__(self) -> str:
        return f"measure of {self.incident_id}"


class Document(models.Model):
    """A file that shows something of an incident: kept under a name of chance, given out at the door alone."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="documents")
    code = models.CharField(max_length=32, unique=True)
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

    wall = protected(SEEN_BY)
    keeps_files = KeptFiles(name="stored_as", size="size", fingerprint="fingerprint", withdrawn="withdrawn_at")
    personal_data = personal(
        by="who kept it", filename="may carry a name", note="free text", withdrawn_reason="free text"
    )

    def __str__(self) -> str:
        return f"document {self.code}"


class Duty(models.Model):
    """That telling somebody outside is owed: first looked at, then decided, then done. None open when it is closed.

    That the police is not told is decided by one and agreed to by another, above where the incident lies.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="duties")
    to = models.CharField(max_length=12, choices=choices(Addressee))
    whom = models.CharField(max_length=200, blank=True)
    deadline_on = models.DateField()
    standing = models.CharField(max_length=12, choices=choices(DutyStanding), default=DutyStanding.OWED)
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)
    evidence = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY)
    personal_data = personal(
        by="who entered it",
        decided_by="who decided whether they are told",
        agreed_by="who agreed that the police is not told",
        whom="may name an office or an officer",
        reason="free text",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(standing=DutyStanding.NOT_TO_TELL) | (~Q(reason="") & Q(decided_on__isnull=False)),
                name="safeguarding_duty_not_to_tell_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(standing=DutyStanding.DONE) | Q(done_on__isnull=False), name="safeguarding_duty_done_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.standing}"


class Pause(models.Model):
    """That a clock stands still, why, and until when at the latest. It goes on by itself after that day."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="pauses")
    clock = models.CharField(max_length=16, choices=choices(Clock))
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_on = models.DateField()
    resumed_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    wall = protected(SEEN_BY)
    personal_data = personal(by="who stopped the clock", reason="why; may tell of people")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(resumed_at=None) | Q(resumed_at__gte=F("from_at")), name="safeguarding_pause_forward"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock} of {self.incident_id}"


class ClockReminder(models.Model):
    """That a clock which has run out was written about, on one of the agreed days. A number of days only once.

    `of`: of which duty to tell, which hold, or which look at help; nought where there is one clock of the kind.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="reminders")
    clock = models.CharField(max_length=16, choices=choices(Clock))
    of = models.PositiveBigIntegerField(default=0)
    day = models.PositiveSmallIntegerField()
    letters = models.PositiveSmallIntegerField()
    told_above = models.BooleanField()
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = nothing_personal("clocks and days, not people")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "clock", "of", "day"], name="safeguarding_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.clock} {self.day}"
