"""Tables of the kernel: the trail, letters to be sent, files waiting to be taken in."""

from django.db import models

from omsorg.kernel.fields import nothing_personal, personal
from omsorg.kernel.files import KeptFiles
from omsorg.kernel.wall import declared_open, protected


class Trace(models.Model):
    """One thing that somebody did, kept for good. Never changes; the database refuses it.

    Each trace carries the fingerprint of the one before it in the same book, so that a trace which was changed,
    taken out or slipped in shows. There are no foreign keys: what a trace tells of may go, the trace stays.
    """

    book = models.CharField(max_length=60)
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    details = models.TextField()
    previous = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)

    wall = protected(
        "tells who did what; seen by the actor, the house, and whoever a mandate lets in", append_only=True
    )
    personal_data = personal(actor="who answers for the change must stay known")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="kernel_trace_numbered")]
        indexes = [models.Index(fields=["subject", "at"], name="kernel_trace_subject")]

    def __str__(self) -> str:
        return f"{self.book} {self.number}: {self.verb} {self.subject}"


class Letter(models.Model):
    """One message to one person, written in the transaction that made it necessary and sent by the worker.

    `handed_over`: the worker had begun to give it to the mail server. If the worker died then, nobody can know
    whether the server took it: the letter is `in_doubt`, is not sent again by itself, and is shown to a person.
    `taken_back`: it had not gone out when what it says was taken back; its words and its address are wiped.
    """

    class Standing(models.TextChoices):
        WAITING = "waiting"
        HANDED_OVER = "handed_over"
        SENT = "sent"
        IN_DOUBT = "in_doubt"
        GIVEN_UP = "given_up"
        TAKEN_BACK = "taken_back"

    once = models.CharField(max_length=120, unique=True)
    to_address = models.EmailField()
    to_person = models.BigIntegerField(null=True)
    language = models.CharField(max_length=8, default="en")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    standing = models.CharField(max_length=12, choices=Standing, default=Standing.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    written_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)

    wall = protected("holds an address and what a person was told")
    personal_data = personal(
        to_address="where the letter goes",
        to_person="whom it is for",
        subject="what was said",
        body="what was said",
    )

    class Meta:
        indexes = [models.Index(fields=["standing", "next_try_at"], name="kernel_letter_due")]

    def __str__(self) -> str:
        return f"letter {self.pk} ({self.standing})"


class ImportDraft(models.Model):
    """A file that somebody handed in and that was tried dry, but perhaps not yet taken in. Forgotten after a week.

    `told` is what would become of it, or what became of it. Nothing else in the house changes until the person
    confirms: `confirmed_at`. `done_at` marks the one time it was taken in; it is written with what was taken in.
    """

    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=60)
    person = models.BigIntegerField()
    filename = models.CharField(max_length=200, blank=True)
    stored_as = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    context = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    wall = protected("what one person has handed in and not yet confirmed")
    keeps_files = KeptFiles(name="stored_as", size="size", fingerprint="fingerprint", withdrawn="done_at")
    personal_data = personal(
        person="only who handed the file in may go on with it", filename="what the person called the file"
    )

    class Meta:
        indexes = [models.Index(fields=["person", "kind"], name="kernel_draft_of")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class Counter(models.Model):
    """Short-lived counts shared by all processes (Django's database cache): sign-in throttling and the like."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    wall = declared_open("counts tries before anybody is known; keys are hashed", written_by_all=True)
    personal_data = nothing_personal("keys are fingerprints of addresses, and go within the hour")

    class Meta:
        db_table = "kernel_counter"

    def __str__(self) -> str:
        return self.cache_key


class LiesApart(models.Model):
    """A system of this house whose tables lie in a database of their own, since the first start that found them there.

    The same row, with the same mark, lies in the house's own database and in that one: a house that is started without
    the setting, or with another database, knows that it looks in the wrong place. Written by the owner alone.
    """

    system = models.CharField(max_length=40, unique=True)
    mark = models.UUIDField()
    since = models.DateField()

    wall = declared_open("says which system lies elsewhere, and nothing of anybody")
    personal_data = nothing_personal("a system, a random mark and a day")

    def __str__(self) -> str:
        return f"{self.system} lies apart since {self.since}"
