"""A case as it is written: its newest text, its steps, and how far the telling has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max

from omsorg.kernel.money import Money
from omsorg.openness.models import Edition, Publication, Revision, Step
from omsorg.openness.rules import deciding
from omsorg.openness.rules.cases import ClosedAs, Draft, Repaid, Subject, Tell


def newest_revision(publication: Publication) -> Revision | None:
    """The text as it is now; None before the first."""
    return publication.revisions.prefetch_related("repaid").order_by("-number").first()


def draft_of(revision: Revision) -> Draft:
    """A revision as the rules know it."""
    return Draft(
        texts=revision.texts,
        original=revision.original,
        closed_in=revision.closed_in,
        closed_as=ClosedAs(revision.closed_as),
        subject=Subject(revision.subject),
        country=revision.country,
        region=revision.region,
        tell=Tell(revision.tell),
        repaid=tuple(Repaid(Money(each.minor, each.currency), each.to_whom) for each in revision.repaid.order_by("id")),
    )


def newest_step(publication: Publication) -> Step | None:
    """The newest step of a case; None while it is first written."""
    return publication.steps.select_related("by").order_by("-number").first()


def step_of(publication: Publication) -> deciding.Step | None:
    """Where a case stands by its newest step."""
    found = newest_step(publication)
    return deciding.Step(found.step) if found else None


def newest_edition(publication: Publication) -> Edition | None:
    """What stands in public; None before the first release."""
    return publication.editions.order_by("-number").first()


def standing_of(publication: Publication) -> deciding.Standing:
    """Where a case stands: written, handed in, held, published, withdrawn."""
    edition = newest_edition(publication)
    return deciding.standing_of(
        _step_since(publication, edition),
        is_public=edition is not None,
        is_withdrawn=edition is not None and edition.kind == Edition.Kind.WITHDRAWAL,
    )


def _step_since(publication: Publication, edition: Edition | None) -> deciding.Step | None:
    """The newest step after the newest edition: what was decided before a release is over with it."""
    found = newest_step(publication)
    if found is None or (edition is not None and found.at <= edition.at):
        return None
    return deciding.Step(found.step)


def step_now(publication: Publication) -> deciding.Step | None:
    """The step that still holds: a release puts an end to what was decided before it."""
    return _step_since(publication, newest_edition(publication))


def next_instant(publication: Publication, at: datetime) -> datetime:
    """The instant of the next step or edition: never before the last, whatever the clock of the machine says."""
    last = [rows.aggregate(last=Max("at"))["last"] for rows in (publication.steps, publication.editions)]
    return max([at, *(each + timedelta(microseconds=1) for each in last if each is not None)])


def may_be_told(publication_id: int, person_id: int, role: str) -> bool:
    """Whether a person holds this role where the case belongs and is not shut out of its incident."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT openness_may_be_told(%s, %s, %s)", [publication_id, person_id, [role]])
        found: tuple[bool] = cursor.fetchone()
    return found[0]


# ---- who is told, as far as the releaser may know -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HowTold:
    """How far the telling of one round has come, in numbers: names are for the tellers alone."""

    number: int
    is_of_this_text: bool
    listed: int
    waiting: int
    waiting_mail: int
    told: int
    returned: int
    nobody_because: str


def how_told(publication: Publication, revision: Revision | None) -> HowTold | None:
    """The newest round of a case in numbers; None where nobody has decided who is told."""
    newest = publication.rounds.order_by("-number").first()
    if newest is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT listed, waiting, waiting_mail, told, returned FROM openness_how_told(%s)", [newest.pk])
        row = cursor.fetchone()
    listed, waiting, waiting_mail, told, returned = row
    return HowTold(
        number=newest.number,
        is_of_this_text=revision is not None and newest.revision_id == revision.pk,
        listed=listed,
        waiting=waiting,
        waiting_mail=waiting_mail,
        told=told,
        returned=returned,
        nobody_because=newest.nobody_because,
    )
