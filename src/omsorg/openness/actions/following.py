"""What the house does by itself: proofs of e-mail, and letters about held cases that must be looked at again."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as __

from omsorg.federation.models import Lineage, Mandate, Person
from omsorg.kernel.models import Letter
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.locks import hold
from omsorg.openness.actions.stopping import stop_mail
from omsorg.openness.letters import AGAIN_AFTER, write_hold_due
from omsorg.openness.models import Notice, Proof, Publication, Step
from omsorg.openness.queries.drafts import may_be_told, newest_revision, newest_step, step_now
from omsorg.openness.queries.incidents import CLASSES
from omsorg.openness.queries.mail import name_of_notice
from omsorg.openness.rules import deciding, telling
from omsorg.openness.rules.telling import Channel

RELEASER = "openness_releaser"
AT_ONCE = 5000
LOOK_AGAIN = 90
"""After how many days a draft of an incident that is open again is looked at, where no day is given."""


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


def hold_for_incident(*, incident: int, reason_class: str, review_on: date | None, at: datetime) -> bool:
    """Hold the draft of an incident that is open again, or is not to be published; says whether there was one.

    In the name of the house: whoever handles incidents need not see drafts. What is public stays public.
    """
    with transaction.atomic(), as_house():
        publication = Publication.objects.filter(incident=incident).first()
        if publication is None:
            return False
        hold("case", publication.pk)
        revision = newest_revision(publication)
        is_public = revision is not None and publication.editions.filter(revision=revision).exists()
        if is_public or step_now(publication) is deciding.Step.HELD:
            return False
        soonest, latest = at.date() + timedelta(days=1), at.date() + timedelta(days=deciding.MOST_DAYS_HELD)
        kept = CLASSES.get(reason_class, deciding.ReasonClass.OTHER)
        said = __("The incident is not to be published now.") if reason_class else __("The incident is open again.")
        Step.objects.create(
            publication=publication,
            number=publication.steps.count() + 1,
            step=deciding.Step.HELD,
            reason_class=kept,
            reason=said,
            review_on=min(max(review_on or at.date() + timedelta(days=LOOK_AGAIN), soonest), latest),
            at=at,
        )
        stop_mail(publication, at=at)
        leave_trace("case_held", f"case:{publication.code}", by=None, at=at, details={"class": str(kept)})
    return True


def remind_of_holds(*, days: int, at: datetime) -> int:
    """Write to whoever releases in the branch about each held case: once `days` before its day, once on it, and
    every week after.

    Whoever releases nearest to the case is written to first; each week that it lies past its day, one level more above.
    """
    written = 0
    with transaction.atomic(), as_house(day=at.date()):
        for publication in Publication.objects.select_related("organisation"):
            step = newest_step(publication)
            if step is None or step.review_on is None or step_now(publication) is not deciding.Step.HELD:
                continue
            left = (step.review_on - at.date()).days
            if left > days:
                continue
            levels = people_near(publication, RELEASER, at=at)
            weeks = max(-left, 0) // AGAIN_AFTER
            for person in (each for level in levels[: 1 + weeks] for each in level):
                written += write_hold_due(publication, person, step.review_on, number=step.number, left=left, at=at)
    return written


def people_near(publication: Publication, role: str, *, at: datetime) -> list[list[Person]]:
    """Who holds this role for the case today and can be written to, level by level from the nearest to the top.

    Nobody who is shut out of its incident is among them.
    """
    day = at.date()
    standing = Lineage.objects.filter(Lineage.standing(day), descendant=publication.organisation_id)
    depth = dict(standing.values_list("ancestor", "depth"))
    held = Mandate.objects.filter(role=role, organisation__in=depth, valid_from__lte=day)
    near: dict[int, int] = {}
    for person, organisation in held.exclude(valid_until__lte=day).values_list("person", "organisation"):
        near[person] = min(near.get(person, depth[organisation]), depth[organisation])
    found = Person.objects.filter(pk__in=near).exclude(email="").exclude(left_on__lte=day)
    levels: dict[int, list[Person]] = {}
    for each in found.order_by("pk"):
        if may_be_told(publication.pk, each.pk, role):
            levels.setdefault(near[each.pk], []).append(each)
    return [people for _depth, people in sorted(levels.items())]
