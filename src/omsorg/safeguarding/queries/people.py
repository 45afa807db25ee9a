"""Who may handle an incident and be told of it. Asks the database, which knows who is shut out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from omsorg.federation.models import Lineage
from omsorg.kernel import clock
from omsorg.safeguarding.models import Incident, Shutout, TeamMember
from omsorg.safeguarding.rules.codes import Level
from omsorg.safeguarding.rules.conflicts import Unit, handled_at, is_of_level, level_of


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
    is_there = Q(ancestor__exists_until=None) | Q(ancestor__exists_until__gt=day)
    if line := _units(Lineage.objects.filter(Lineage.standing(day), is_there, descendant_id=organisation_id)):
        return line
    today = Lineage.objects.filter(valid_from__lte=day).exclude(valid_until__lte=day)
    return _units(today.filter(depth=0).exclude(descendant__in=today.filter(depth__gt=0).values("descendant")))


def _units(rows: QuerySet[Lineage]) -> list[Unit]:
    return [Unit(pk, kind) for pk, kind in rows.order_by("depth").values_list("ancestor_id", "ancestor__kind")]


def shut_units(incident: Incident) -> set[int]:
    """The organisations that are complained of as a whole."""
    found = Shutout.objects.filter(incident=incident, lifted_at=None, organisation__isnull=False)
    return set(found.values_list("organisation_id", flat=True))


MAY_WORK = ("incident_team", "safeguarding_focal_person")


def level_of_member(incident: Incident, person_id: int, day: date) -> Level | None:
    """The highest level at which a member holds a role that opens the incident, in its line, on a day."""
    return level_of(_kinds_of_team(incident, day).get(person_id, ()))


def has_team_of_level(incident: Incident) -> bool:
    """Whether somebody who works the incident and sees it now is of its level, or above it."""
    team = _kinds_of_team(incident, clock.today()).values()
    levels = [level for kinds in team if (level := level_of(kinds))]
    return bool(incident.level) and is_of_level(Level(incident.level), levels)


def _kinds_of_team(incident: Incident, day: date) -> dict[int, set[str]]:
    """Of each member who sees the incident the kinds of the organisations in its line at which they hold a role."""
    lines = [*line_of(incident.organisation_id, day), *line_of(incident.handled_at_id, day)]
    kinds = {unit.id: unit.kind for unit in lines}
    team = set(TeamMember.objects.filter(incident=incident, left_at=None).values_list("person_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, seat_id FROM safeguarding_sight(%s, NULL)", [incident.pk])
        rows = cursor.fetchall()
    found: dict[int, set[str]] = {}
    for person, seat in rows:
        if person in team:
            found.setdefault(person, set()).update({kinds[seat]} if seat in kinds else ())
    return found


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


def rests_on_shut_out(incident_id: int) -> bool | None:
    """Whether the end of the incident rests on the word of somebody who must find nothing of it; None where whoever
    asks does not see it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT safeguarding_rests_on_shut_out(%s)", [incident_id])
        found: tuple[bool | None] = cursor.fetchone()
    return found[0]


def is_complained_of(incident: Incident, shutout: Shutout) -> bool:
    """Whether the concern itself complains of this unit, or names this person among those complained of."""
    if shutout.at != incident.received_at:
        return False
    if shutout.organisation_id is not None:
        return True
    first = incident.steps.order_by("number").values_list("facts", flat=True).first() or {}
    named = people_named(str(first.get("complained_of", "")), "", place=incident.organisation_id, told_by=None)
    return shutout.person_id in named


def sits_above(incident: Incident, person_id: int, day: date) -> bool:
    """Whether this person handles the incident from above where it lies; at the top nobody is above, and all are."""
    if len(line_of(incident.handled_at_id, day)) == 1:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM safeguarding_sight(%s, %s) WHERE is_handler AND depth > 0)",
            [incident.pk, person_id],
        )
        found: tuple[bool] = cursor.fetchone()
    return found[0]


def who_sits_above(incident: Incident) -> frozenset[int]:
    """Who handles the incident from above where it lies; nobody where it lies at the top."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT person_id FROM safeguarding_sight(%s, NULL) WHERE is_handler AND depth > 0", [incident.pk]
        )
        return frozenset(row[0] for row in cursor.fetchall())


def shut_out_of(incident_id: int) -> set[int]:
    """The ids of everybody who must find nothing of the incident."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM safeguarding_shut_of(%s)", [incident_id])
        return {row[0] for row in cursor.fetchall()}


def shut_out_of_each(incident_ids: Collection[int]) -> set[tuple[int, int]]:
    """Of several incidents the pairs of each and who must find nothing of it: one query, none where there are none."""
    if not incident_ids:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.incident_id, s.person_id FROM unnest(%s::bigint[]) AS of(id)"
            " CROSS JOIN LATERAL safeguarding_shut_of(of.id) s",
            [list(incident_ids)],
        )
        return set(cursor.fetchall())


def people_named(named: str, told: str, *, place: int, told_by: int | None) -> list[int]:
    """The ids of people of whose name two words, or whose address, stand in the names said or in what was told; and of
    those near the place the one who is called so, where a single name was said. Rather one too many.

    Whoever told it may stand in the text by name: they are meant only where they stand among the names said.
    """
    if not f"{named}{told}".strip():
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT safeguarding_people_named(%s, %s, %s, %s)", [named, told, place, told_by])
        return [row[0] for row in cursor.fetchall()]


KEPT_UNREAD = "nobody"
"""What is said of an incident in which everybody is named who could handle it."""


def end_at_somebody(incident_id: int, at: datetime) -> str:
    """See to it that somebody may handle the incident where everybody of its line is shut out, and say who has it now:
    a focal person `elsewhere`; where there is none either, `nobody`: it is kept unread until somebody who is not named
    is given the role. Empty where somebody of the line is left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT safeguarding_end_at_somebody(%s, %s)", [incident_id, at])
        found: tuple[str] = cursor.fetchone()
    return found[0]


def unit_to_handle(incident: Incident, *, also_shut: Collection[int] = (), level: Level | None, day: date) -> int:
    """The organisation that handles it. Where it went elsewhere, since everybody of its line is shut out, it stays."""
    above = Lineage.objects.filter(Lineage.standing(day), descendant_id=incident.organisation_id)
    line = line_of(incident.organisation_id, day)
    if incident.handled_at_id not in {*above.values_list("ancestor_id", flat=True), *(unit.id for unit in line)}:
        return incident.handled_at_id
    return handled_at(line, shut={*shut_units(incident), *also_shut}, level=level)


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
