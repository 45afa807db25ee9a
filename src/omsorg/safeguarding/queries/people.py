"""Who may handle an incident and be told of it. Asks the database, which knows who is shut out."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from omsorg.federation.models import Lineage, Mandate
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.models import Incident, Shutout, TeamMember
from omsorg.safeguarding.rules.codes import Level
from omsorg.safeguarding.rules.conflicts import Unit, is_of_level, level_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is written to."""

    id: int
    name: str
    email: str
    language: str
    seat: int
    depth: int


def line_of(organisation_id: int, day: date) -> list[Unit]:
    """The organisation and those above it, the nearest first, as on a day.

    Of one that is closed the line as it ended, without what is closed itself: its concerns go to those who are still
    there. Where nobody of the line is, the top of the tree.
    """
    of_it = Lineage.objects.filter(descendant_id=organisation_id, valid_from__lte=day)
    if line := _units(of_it.exclude(valid_until__lte=day)):
        return line
    ended = of_it.order_by("-valid_until").values_list("valid_until", flat=True).first()
    is_there = Q(ancestor__exists_until=None) | Q(ancestor__exists_until__gt=day)
    today = Lineage.objects.filter(valid_from__lte=day).exclude(valid_until__lte=day)
    top = today.filter(depth=0).exclude(descendant__in=today.filter(depth__gt=0).values("descendant"))
    return _units(of_it.filter(is_there, valid_until=ended)) or _units(top)


def _units(rows: QuerySet[Lineage]) -> list[Unit]:
    return [Unit(pk, kind) for pk, kind in rows.order_by("depth").values_list("ancestor_id", "ancestor__kind")]


def shut_units(incident: Incident) -> set[int]:
    """The organisations that are complained of as a whole."""
    found = Shutout.objects.filter(incident=incident, lifted_at=None, organisation__isnull=False)
    return set(found.values_list("organisation_id", flat=True))


MAY_WORK = ("incident_team", "safeguarding_focal_person")


def level_of_person(person_id: int, day: date) -> Level | None:
    """The highest level at which somebody holds a role of safeguarding on a day. Looked up as the house: whoever names
    a colleague of another organisation does not see all their roles."""
    with as_house(day=day):
        held = Mandate.objects.filter(person=person_id, role__in=MAY_WORK, valid_from__lte=day)
        return level_of(held.exclude(valid_until__lte=day).values_list("organisation__kind", flat=True))


def has_team_of_level(incident: Incident) -> bool:
    """Whether somebody who works the incident now is of its level, or above it."""
    team = TeamMember.objects.filter(incident=incident, left_at=None)
    return bool(incident.level) and is_of_level(Level(incident.level), team.values_list("level", flat=True))


def handlers_of(incident_id: int) -> list[Reader]:
    """The focal persons who may handle this incident, the nearest to it first. To be asked as the house."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (s.depth, p.id) p.id, p.name, p.email, p.language, s.seat_id, s.depth"
            " FROM safeguarding_sight(%s, NULL) s JOIN federation_person p ON p.id = s.person_id"
            " WHERE s.is_handler AND s.depth IS NOT NULL ORDER BY s.depth, p.id",
            [incident_id],
        )
        return [Reader(*row) for row in cursor.fetchall()]


def nearest(readers: list[Reader], *, above: int = -1) -> list[Reader]:
    """Those of the nearest organisation at which anybody sits, further away than `above`."""
    further = [reader for reader in readers if reader.depth > above]
    return [reader for reader in further if reader.depth == further[0].depth] if further else []


def is_answered_for(incident_id: int) -> bool:
    """Whether anybody is left who may handle the incident. Says nothing of who."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM safeguarding_sight(%s, NULL) WHERE is_handler AND depth IS NOT NULL)",
            [incident_id],
        )
        found: tuple[bool] = cursor.fetchone()
    return found[0]


def is_shut_out(incident_id: int, person_id: int) -> bool:
    """Whether this person must find nothing of the incident."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT safeguarding_is_shut_out(%s, %s)", [incident_id, person_id])
        found: tuple[bool] = cursor.fetchone()
    return found[0]


def people_named(said: str) -> list[int]:
    """The ids of people whose whole name or address stands in what was said; none where nothing was said."""
    if not said.strip():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT safeguarding_people_named(%s)", [said])
        return [row[0] for row in cursor.fetchall()]


def worker_of(incident_id: int, person_id: int) -> Reader | None:
    """This person as a reader of letters about the incident; None where they may not see it. Asked as the house."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.name, p.email, p.language, s.seat_id, coalesce(s.depth, 0)"
            " FROM safeguarding_sight(%s, %s) s JOIN federation_person p ON p.id = s.person_id LIMIT 1",
            [incident_id, person_id],
        )
        row = cursor.fetchone()
    return Reader(*row) if row else None
