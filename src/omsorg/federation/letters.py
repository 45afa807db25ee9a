"""Letters that need a person: seen by those who look after the people they were written to.

A letter to nobody known is looked after at the top of the tree. What a letter says is not shown: a reader's letters are
not the keeper's, and a way back into an account must not be read on a page.
"""

from datetime import date, datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from omsorg.federation.access import Acting, NotAllowed, NothingHere, keeps_the_top, member
from omsorg.federation.models import Lineage, Mandate, Person
from omsorg.federation.roles import codes_that_may
from omsorg.kernel import letters
from omsorg.kernel.models import Letter

SEE = "letters.see"


class Decision(StrEnum):
    """What a person decides on a letter in doubt, or given up."""

    SEND_AGAIN = "send-again"
    IT_ARRIVED = "it-arrived"


def keepers_of_the_top(day: date) -> list[Person]:
    """Who looks after people at the top of the tree: whom the house itself writes to. To be called as the house."""
    above = Lineage.objects.filter(descendant=OuterRef("organisation"), depth__gt=0, valid_from__lte=day)
    in_force = Mandate.objects.filter(role__in=codes_that_may(SEE), valid_from__lte=day).exclude(valid_until__lte=day)
    at_the_top = in_force.exclude(Exists(above.exclude(valid_until__lte=day)))
    return list(Person.objects.filter(mandates__in=at_the_top).exclude(email="").distinct().order_by("id"))


def letters_visible_to(acting: Acting) -> QuerySet[Letter]:
    """The letters that this person looks after, newest first, without what they say."""
    if not member(acting).may_anywhere(SEE):
        raise NotAllowed(SEE)
    people = Person.objects.filter(organisation_id__in=acting.units_for(SEE)).values("id")
    looked_after = Q(to_person__in=people)
    if keeps_the_top(acting, SEE):
        looked_after |= Q(to_person__isnull=True)
    return Letter.objects.filter(looked_after).defer("body").order_by("-written_at", "-id")


def letter_for(acting: Acting, number: int) -> Letter:
    """The one door to a letter; to anybody else there is nothing here."""
    found = letters_visible_to(acting).filter(pk=number).first()
    if found is None:
        raise NothingHere(f"letter {number}")
    return found


def decide_on_letter(*, letter: Letter, decision: Decision, by: Acting, at: datetime) -> None:
    """Send a letter in doubt (or given up) again, or say that it arrived. Leaves one trace.

    Refused with LetterMovedOn where somebody else has decided already.
    """
    letter_for(by, letter.pk)
    decide = letters.send_again if decision is Decision.SEND_AGAIN else letters.it_arrived
    decide(letter.pk, by=by.person_id, at=at)
