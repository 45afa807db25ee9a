"""What the house does by itself: proofs of e-mail, and letters about held cases that must be looked at again."""

from datetime import datetime

from django.db import transaction

from omsorg.federation.models import Lineage, Mandate, Person
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.openness.letters import write_hold_due
from omsorg.openness.models import Notice, Proof, Publication
from omsorg.openness.queries.drafts import may_be_told, newest_step, step_now
from omsorg.openness.queries.mail import name_of_notice
from omsorg.openness.rules import deciding, telling
from omsorg.openness.rules.telling import Channel

RELEASER = "openness_releaser"
AT_ONCE = 5000


def follow_mail(*, at: datetime) -> int:
    """Give every e-mail that was taken, or refused for good, its proof. Says how many.

    One in doubt waits for a person who decides about it.
    """
    with transaction.atomic(), as_house():
        waiting = list(Notice.objects.filter(channel=Channel.EMAIL, proofs=None).order_by("id")[:AT_ONCE])
        names = {name_of_notice(notice.pk): notice for notice in waiting}
        settled = Letter.objects.filter(once__in=names, standing__in=[Letter.Standing.SENT, Letter.Standing.GIVEN_UP])
        proofs = []
        for letter in settled:
            sent = letter.standing == Letter.Standing.SENT
            proofs.append(
                Proof(
                    notice=names[letter.once],
                    proof=telling.Proof.SENT if sent else telling.Proof.RETURNED,
                    on=(letter.settled_at or at).date(),
                    source="" if sent else letter.trouble[:200],
                    at=at,
                )
            )
        Proof.objects.bulk_create(proofs)
    return len(proofs)


def remind_of_holds(*, days: int, at: datetime) -> int:
    """Write to whoever releases in the branch about each held case, once, `days` before its day and once on the day."""
    written = 0
    with transaction.atomic(), as_house(day=at.date()):
        for publication in Publication.objects.select_related("organisation"):
            step = newest_step(publication)
            if step is None or step.review_on is None or step_now(publication) is not deciding.Step.HELD:
                continue
            left = (step.review_on - at.date()).days
            if left > days:
                continue
            due = left <= 0
            for person in releasers_of(publication, at=at):
                written += write_hold_due(publication, person, step.review_on, number=step.number, is_due=due, at=at)
    return written


def releasers_of(publication: Publication, *, at: datetime) -> list[Person]:
    """Who releases this case today and can be written to: nobody who is shut out of its incident."""
    day = at.date()
    above = Lineage.objects.filter(Lineage.standing(day), descendant=publication.organisation_id)
    held = Mandate.objects.filter(
        role=RELEASER, organisation__in=above.values("ancestor"), valid_from__lte=day
    ).exclude(valid_until__lte=day)
    found = Person.objects.filter(pk__in=held.values("person")).exclude(email="").exclude(left_on__lte=day)
    return [each for each in found.order_by("pk") if may_be_told(publication.pk, each.pk, RELEASER)]
