"""Those affected and those complained of: counts by type, the help given, and the few names that must be kept."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models
from django.db.models import Q

from omsorg.federation.models import Organisation, Person
from omsorg.kernel.fields import personal
from omsorg.kernel.sealing import KEY_BYTES, Place, seal, unseal
from omsorg.kernel.wall import protected
from omsorg.safeguarding.models.incidents import SEEN_BY, Incident, choices, new_code
from omsorg.safeguarding.rules.codes import EMPLOYED, AffectedType, Employment, Side, SubjectType, SupportKind

PERSON_TYPES = sorted({code.value for code in AffectedType} | {code.value for code in SubjectType})


class PersonCount(models.Model):
    """How many persons of a type are affected, or complained of. Never changes; the newest of its type holds."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="counts")
    side = models.CharField(max_length=16, choices=choices(Side))
    type = models.CharField(max_length=20, choices=[(code, code) for code in PERSON_TYPES])
    count = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who counted")

    def __str__(self) -> str:
        return f"{self.count} {self.type}"


class EmploymentState(models.Model):
    """How things stand with the work of how many complained of, of one type. Never changes; the newest of its type and
    state holds, and nought takes it back."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="employment")
    type = models.CharField(max_length=20, choices=[(code.value, code.value) for code in sorted(EMPLOYED)])
    state = models.CharField(max_length=16, choices=choices(Employment))
    count = models.PositiveSmallIntegerField()
    since_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who wrote it down", state="how the work of one person stands, where one is counted")

    def __str__(self) -> str:
        return f"{self.count} {self.type}: {self.state}"


class Support(models.Model):
    """Help that those affected were given, or that none was. Lives on after the incident is closed."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="support")
    kind = models.CharField(max_length=16, choices=choices(SupportKind))
    persons = models.PositiveSmallIntegerField()
    given_on = models.DateField()
    note = models.TextField(blank=True)
    follow_up_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who wrote it down", note="what help; may tell of people")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=SupportKind.NONE) | ~Q(note=""), name="safeguarding_no_support_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.persons}"


class FollowUp(models.Model):
    """How it went when the help was looked at again, and when it is looked at next. Never changes."""

    support = models.ForeignKey(Support, on_delete=models.PROTECT, related_name="follow_ups")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="follow_ups")
    on = models.DateField()
    note = models.TextField()
    next_on = models.DateField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who looked", note="how it went; may tell of people")

    def __str__(self) -> str:
        return f"follow-up of {self.support_id}"


class SetApartName(models.Model):
    """A name that must be known for the work, kept apart from everything else, with the reason. Wiped in the end.

    It is sealed under a key of the site that is not in the database: a dump of the database alone does not tell it.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="names")
    side = models.CharField(max_length=16, choices=choices(Side))
    code = models.CharField(max_length=12, default=new_code)
    sealed = models.BinaryField(default=b"")
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True)

    wall = protected(SEEN_BY)
    personal_data = personal(
        sealed="who it is, where the work cannot be done without",
        reason="why the name is needed",
        by="who wrote it down",
    )

    def __str__(self) -> str:
        return f"name {self.pk}"

    def seal_name(self, name: str) -> None:
        self.sealed = seal(_key_of_names(), name.encode(), self._place())

    def told(self) -> str:
        """The name; empty once it was wiped."""
        return unseal(_key_of_names(), bytes(self.sealed), self._place()).decode() if self.sealed else ""

    def _place(self) -> Place:
        return Place("safeguarding_setapartname", "sealed", self.incident_id, self.code)


def _key_of_names() -> bytes:
    info = b"omsorg safeguarding names"
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(settings.SECRET_KEY.encode())


class Lesson(models.Model):
    """What was learned, written anew so that it tells of nobody; checked by a second person before it leaves the house.

    `language` is the one it is written in, `offered_to` the code of the plan, `offered_owner` whose plan it is;
    `answer` what was said to it.
    """

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="lessons")
    code = models.CharField(max_length=12, unique=True)
    area = models.CharField(max_length=120)
    text = models.TextField()
    language = models.CharField(max_length=2, default="en")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    offered_to = models.CharField(max_length=40, blank=True)
    offered_owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=12, blank=True, choices=[("taken", "taken"), ("left", "left")])
    answer_reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    wall = protected("seen with its incident; offered ones also by owners of plans who are not shut out")
    personal_data = personal(
        by="who wrote it", checked_by="who checked that it tells of nobody", text="checked by two to tell of nobody"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=models.F("by")), name="safeguarding_lesson_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(offered_at=None) | Q(checked_at__isnull=False), name="safeguarding_lesson_checked_first"
            ),
        ]

    def __str__(self) -> str:
        return f"lesson {self.code}"
