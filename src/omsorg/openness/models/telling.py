"""Who pays for which programme, what they were told and when it reached them, and what they wrote back."""

from django.db import models
from django.db.models import Q

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import personal
from omsorg.kernel.wall import declared_open, protected
from omsorg.openness.models.publications import Publication, Revision
from omsorg.openness.rules.telling import Reading

TELLERS = "names and addresses of sponsors and donors: seen by those who tell them in that branch, and by nobody else"


class Recipient(models.Model):
    """One line of a programme's list of sponsors and donors. Ended, not deleted, when it leaves the list."""

    programme = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    giver = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=500)
    reading = models.CharField(max_length=10, default=Reading.STANDARD)
    ended_on = models.DateField(null=True)

    wall = protected(TELLERS)
    personal_data = personal(
        name="to write to them",
        address="to reach them",
        reference="to know them again in the books of who asks them",
        reading="to write so that they understand; may tell of their health",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "reference"], name="openness_recipient_reference")]

    def __str__(self) -> str:
        return self.reference


class AudienceList(models.Model):
    """When somebody last looked a programme's whole list through: a list that is older tells the wrong people."""

    programme = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    looked_through_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    wall = protected(TELLERS)
    personal_data = personal(by="who looked it through")

    def __str__(self) -> str:
        return f"list of {self.programme_id}"


class NoticeTemplate(models.Model):
    """The words of a notice for a channel, language and reading level. A change is a further number. Never changes.

    Those of invented people (`is_example`) are used for the invented cases alone. It is used once another person has
    agreed to it (`TemplateAgreed`).
    """

    channel = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    reading = models.CharField(max_length=10, default=Reading.STANDARD)
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    is_example = models.BooleanField(default=False)

    wall = declared_open("the words of a form letter; names nobody", append_only=True)
    personal_data = personal(by="who wrote it")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "language", "reading", "number"], name="openness_template_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.language} {self.reading} {self.number}"


class TemplateAgreed(models.Model):
    """That another person than the writer has agreed to the words of a form letter. Never changes."""

    template = models.OneToOneField(NoticeTemplate, on_delete=models.PROTECT, related_name="agreed")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    wall = declared_open("that a second person agreed to the words of a form letter; names nobody", append_only=True)
    personal_data = personal(by="who agreed")

    def __str__(self) -> str:
        return f"agreed to {self.template_id}"


class Round(models.Model):
    """The decision who is told of one text of a case: the list as it stood on that day. Never changes.

    `nobody_because` says why nobody is on it, where that is so.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    nobody_because = models.TextField(blank=True)
    listed = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected("seen by those who write, release or tell in that branch", append_only=True)
    personal_data = personal(by="who decided")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="openness_round_numbered"),
            models.CheckConstraint(condition=Q(listed__gt=0) | ~Q(nobody_because=""), name="openness_round_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} round {self.number}"


class Notice(models.Model):
    """One letter or message to one person, with the words they get. Never changes; what became of it are proofs.

    `template` is 0 for the words that the house brings, else the number of the form letter. `reading` is how easy the
    words are, `asked_reading` how easy they were asked for: where nobody wrote easy words, the standard ones are used.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="notices")
    reference = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    giver = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=500)
    programmes = models.JSONField(default=list)
    template = models.PositiveIntegerField()
    reading = models.CharField(max_length=10, default=Reading.STANDARD)
    asked_reading = models.CharField(max_length=10, default=Reading.STANDARD)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()

    wall = protected(TELLERS, append_only=True)
    personal_data = personal(
        name="who was told",
        address="where it went",
        reference="to know them again",
        asked_reading="to show that they were told so that they understand; may tell of their health",
        body="what they were told",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "reference"], name="openness_notice_once"),
            models.CheckConstraint(
                condition=~Q(reading=Reading.EASY) | Q(asked_reading=Reading.EASY),
                name="openness_notice_easy_where_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class Proof(models.Model):
    """What became of one notice on which day: sent, handed over, delivered, returned. Never changes."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="proofs")
    proof = models.CharField(max_length=12)
    on = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected("seen with its notice", append_only=True)
    personal_data = personal(by="who recorded it")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "proof", "on"], name="openness_proof_once")]

    def __str__(self) -> str:
        return self.proof


class Reply(models.Model):
    """What somebody wrote back, or asked, about a case. Never changes; what was done with it are its steps."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="replies")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="replies")
    reference = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10)
    text = models.TextField()
    received_on = models.DateField()
    due_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(TELLERS, append_only=True)
    personal_data = personal(
        name="who wrote", text="what they wrote", reference="to know them again", by="who took it in"
    )

    def __str__(self) -> str:
        return f"reply {self.pk}"


class ReplyStep(models.Model):
    """That a reply was given to somebody to answer, or answered: with which words. Never changes."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12)
    to = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected("seen with its reply", append_only=True)
    personal_data = personal(by="who did it", to="who answers", text="what was answered")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "number"], name="openness_replystep_numbered")]

    def __str__(self) -> str:
        return self.step
