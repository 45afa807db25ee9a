"""What those affected need, each need a record of its own, and what became of it."""

from django.db import models
from django.db.models import Q

from omsorg.federation.models import Person
from omsorg.kernel.fields import personal
from omsorg.kernel.wall import protected
from omsorg.safeguarding.models.incidents import SEEN_BY, Incident, choices
from omsorg.safeguarding.models.people import Support
from omsorg.safeguarding.rules.codes import NeedAnswered, SaidBy, SupportKind


class Need(models.Model):
    """Something that those affected need: of which kind, for how many, since when, who says so, and by when. Never
    changes. It is open until as many answers say what became of it."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=16, choices=choices(SupportKind))
    persons = models.PositiveSmallIntegerField()
    said_by = models.CharField(max_length=16, choices=choices(SaidBy))
    since_on = models.DateField()
    needed_by_on = models.DateField()
    note = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who wrote it down", note="what is needed; may tell of people")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind=SupportKind.NONE), name="safeguarding_need_is_of_something"),
            models.CheckConstraint(condition=Q(persons__gt=0), name="safeguarding_need_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"need: {self.kind} for {self.persons}"


class NeedAnswer(models.Model):
    """What became of a need, for how many of those who have it. Never changes; what was said wrongly, or comes back, is
    needed `again`. `later`: not yet, and looked at again on `next_on`; it answers for nobody."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="answers")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="need_answers")
    answer = models.CharField(max_length=12, choices=choices(NeedAnswered))
    persons = models.PositiveSmallIntegerField()
    support = models.ForeignKey(Support, on_delete=models.PROTECT, null=True, related_name="meets")
    on = models.DateField()
    next_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    wall = protected(SEEN_BY, append_only=True)
    personal_data = personal(by="who said so", note="what became of it; may tell of people")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=NeedAnswered.MET, support__isnull=False)
                | (~Q(answer=NeedAnswered.MET) & Q(support__isnull=True)),
                name="safeguarding_need_met_by_help",
            ),
            models.CheckConstraint(
                condition=Q(answer=NeedAnswered.MET) | ~Q(note=""), name="safeguarding_need_answer_says_why"
            ),
            models.CheckConstraint(
                condition=Q(answer=NeedAnswered.LATER, next_on__isnull=False, persons=0)
                | (~Q(answer=NeedAnswered.LATER) & Q(next_on__isnull=True, persons__gt=0)),
                name="safeguarding_need_later_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer}, need {self.need_id}"
