"""Tables of what protects the child: assent, risk, check-ins, breaking confidentiality, handing over."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from omsorg.kernel.fields import personal
from omsorg.kernel.wall import protected
from omsorg.ombuds.models.cases import SEALED, OfCase


class Assent(OfCase):
    """What the child says to one act of sharing: what, to whom, until when. Given, refused, or taken back.

    `under_code`: with which of the new codes it was answered; none (0) for the first, and for what was written down.
    """

    class Standing(models.TextChoices):
        ASKED = "asked"
        GIVEN = "given"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    standing = models.CharField(max_length=10, choices=Standing)
    asked_by = models.BigIntegerField()
    until_on = models.DateField()
    answered_on = models.DateField(null=True)
    answered_to = models.BigIntegerField(null=True)
    withdrawn_on = models.DateField(null=True)
    under_code = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField()

    wall = protected("read by those who work the case and by the child's code; that one is taken back, by the clocks")
    personal_data = personal(sealed=SEALED, asked_by="who asked the child", answered_to="whom the child told")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="ombuds_assent_in_order"),
            models.CheckConstraint(
                condition=Q(standing="asked", answered_on__isnull=True)
                | (~Q(standing="asked") & Q(answered_on__isnull=False)),
                name="ombuds_assent_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(standing="withdrawn") | Q(withdrawn_on__isnull=False),
                name="ombuds_assent_withdrawn_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"assent {self.number} of case {self.case_id}"


class Risk(OfCase):
    """How great the danger is thought to be, why, and when to look again."""

    by = models.BigIntegerField()
    look_again_on = models.DateField()
    sealed = models.BinaryField()

    wall = protected("read by those who work the case, never by the child's code")
    personal_data = personal(sealed=SEALED, by="who judged it")

    def __str__(self) -> str:
        return f"risk in case {self.case_id}"


class CheckIn(OfCase):
    """A day on which somebody asks whether the child is made to pay for having spoken. An alarm goes to the board."""

    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_by = models.BigIntegerField(null=True)
    climbed_on = models.DateField(null=True)
    alarm = models.BooleanField(default=False)
    sealed = models.BinaryField(null=True)

    wall = protected("read by those who work the case; that one is due, by the clocks of the house")
    personal_data = personal(sealed=SEALED, done_by="who asked")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "due_on"], name="ombuds_checkin_on_a_day")]

    def __str__(self) -> str:
        return f"check-in {self.due_on} of case {self.case_id}"


class Disclosure(OfCase):
    """Telling somebody without the child's assent: on a ground of danger, seen by a second ombudsperson, and the child
    told first, or the reason why not.

    A whole day lies between telling the child and telling others; `danger_now` is why it could not wait for that.
    """

    class Standing(models.TextChoices):
        PROPOSED = "proposed"
        AGREED = "agreed"
        NOT_AGREED = "not_agreed"
        DONE = "done"

    standing = models.CharField(max_length=10, choices=Standing)
    ground = models.CharField(max_length=16)
    asked_by = models.BigIntegerField()
    second = models.BigIntegerField()
    seconded_on = models.DateField(null=True)
    child_told_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    sealed = models.BinaryField()
    second_view = models.BinaryField(null=True)
    why_not_told = models.BinaryField(null=True)
    danger_now = models.BinaryField(null=True)

    wall = protected("read by those who work the case, and by the child once it was told")
    personal_data = personal(
        sealed=SEALED,
        second_view=SEALED,
        why_not_told=SEALED,
        danger_now=SEALED,
        asked_by="who would break confidentiality",
        second="who looked as well",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second__gt=F("asked_by")) | Q(second__lt=F("asked_by")), name="ombuds_disclosure_by_two"
            ),
            models.CheckConstraint(
                condition=~Q(standing="done")
                | (
                    Q(seconded_on__isnull=False, done_on__isnull=False)
                    & (Q(child_told_on__isnull=False) | Q(why_not_told__isnull=False))
                ),
                name="ombuds_disclosure_child_first",
            ),
            models.CheckConstraint(
                condition=~Q(standing="done")
                | Q(child_told_on__lt=F("done_on") - timedelta(days=1))
                | Q(danger_now__isnull=False)
                | Q(why_not_told__isnull=False),
                name="ombuds_disclosure_a_whole_day",
            ),
        ]

    def __str__(self) -> str:
        return f"disclosure in case {self.case_id}"


class Handover(OfCase):
    """A copy that was handed to another desk: what the child agreed to, or what danger asked for.

    It is kept before it is handed over, and `delivered_on` once that desk has said that it has it: what was cut off
    between the two is known, and handed over again under the same reference. `taken_back_told_on`: the day on which
    that desk was told that the child has taken its yes back.
    """

    by = models.BigIntegerField()
    desk = models.CharField(max_length=20)
    assent = models.ForeignKey(Assent, on_delete=models.PROTECT, null=True)
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True)
    sealed = models.BinaryField()
    delivered_on = models.DateField(null=True)
    taken_back_told_on = models.DateField(null=True)

    wall = protected(
        "read by those who work the case, by the child who agreed; that there is one, by the house's clocks"
    )
    personal_data = personal(sealed="the copy and the number it has there, sealed", by="who handed it over")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assent"], condition=Q(assent__isnull=False), name="ombuds_handover_once_for_a_yes"
            ),
            models.UniqueConstraint(
                fields=["disclosure"], condition=Q(disclosure__isnull=False), name="ombuds_handover_once_without"
            ),
            models.CheckConstraint(
                condition=Q(assent__isnull=False, disclosure__isnull=True)
                | Q(assent__isnull=True, disclosure__isnull=False),
                name="ombuds_handover_on_one_ground",
            ),
        ]

    def __str__(self) -> str:
        return f"handover of case {self.case_id}"


class Erasure(OfCase):
    """The decision to erase a case: asked for by one, agreed to by another. Stays when the case's words are gone.

    It was asked for when the case had so many words (`words_count`): once there are more, it is asked for anew.
    """

    ground = models.CharField(max_length=16)
    asked_by = models.BigIntegerField()
    agreed_by = models.BigIntegerField(null=True)
    done_on = models.DateField(null=True)
    words_count = models.PositiveIntegerField(null=True)

    wall = protected("read by those who work the case, and by the clocks of the house")
    personal_data = personal(asked_by="who asked", agreed_by="who agreed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], name="ombuds_erasure_once"),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | Q(agreed_by__gt=F("asked_by")) | Q(agreed_by__lt=F("asked_by")),
                name="ombuds_erasure_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"erasure of case {self.case_id}"
