"""Roles end and people leave: an open incident that nobody handles where it lies is told of, above and at the top."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import transaction

from omsorg.federation.models import Lineage, Mandate
from omsorg.federation.roles import codes_that_may
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.letters import write_fell_to, write_left_alone, write_to_board, write_waiting
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.queries.people import KEPT_UNREAD, Reader, end_at_somebody, handlers_of, is_shut_out, nearest
from omsorg.safeguarding.rules.codes import Stage

BOARD_ADDRESS = "OMSORG_SAFEGUARDING_BOARD_ADDRESS"
GIVES_ROLES = "people.keep"
log = logging.getLogger(__name__)


def tell_who_is_left(*, at: datetime) -> int:
    """Write about every open incident whose handlers where it lies are gone; returns the number of letters.

    Where somebody sits above: to the nearest of them and to the top, once. Where nobody is left in the whole line: to
    those who give out roles at the top, each day, without number or place. Whoever is given the role then is told that
    something waits. Whoever is shut out is never written to.
    """
    with as_house(day=at.date()):
        open_ones = list(Incident.objects.exclude(stage__in=(Stage.CLOSED, Stage.DECIDED)).order_by("pk"))
    letters = 0
    for incident in open_ones:
        try:
            with transaction.atomic(), as_house(day=at.date()):
                letters += _tell(incident, at)
        except Exception:
            log.exception("Nobody could be told that the incident %s is left alone", incident.code)
    return letters


def _tell(incident: Incident, at: datetime) -> int:
    if incident.steps.filter(facts__handed=KEPT_UNREAD).exists() and not handlers_of(incident.pk):
        end_at_somebody(incident.pk, at)
    handlers = handlers_of(incident.pk)
    if not handlers:
        return tell_who_gives_roles(incident, at=at)
    if handlers[0].depth == 0:
        lay_unread = Letter.objects.filter(once__startswith=f"safeguarding:alone:{incident.pk}:").exists()
        return sum(write_waiting(incident, reader, at=at) for reader in nearest(handlers)) if lay_unread else 0
    top = [reader for reader in handlers if reader.depth == handlers[-1].depth]
    to = {reader.id: reader for reader in [*nearest(handlers), *top]}
    return sum(write_fell_to(incident, reader, at=at) for reader in to.values())


def tell_who_gives_roles(incident: Incident, *, at: datetime) -> int:
    """Ask those who give out roles at the top to give somebody the role, since nobody may read something that is open.

    Where they are all named in it too, the address outside the house that the operator has set is asked. Once a day;
    without number or place. Returns the number of letters. To be called as the house.
    """
    readers = _who_gives_roles(incident, at)
    if readers:
        return sum(write_left_alone(incident, reader, at=at) for reader in readers)
    board = settings.ENVIRONMENT.safeguarding_board_address.strip()
    if not board:
        log.error("Something is open that nobody may read, and nobody can be asked: set %s", BOARD_ADDRESS)
        return 0
    return int(write_to_board(incident, board, at=at))


def _who_gives_roles(incident: Incident, at: datetime) -> list[Reader]:
    """Those at the top; where all of them are shut out, those below who give out roles in their own branch."""
    under = set(
        Lineage.objects.filter(Lineage.standing(at.date()), depth__gt=0).values_list("descendant_id", flat=True)
    )
    held = Mandate.objects.filter(role__in=codes_that_may(GIVES_ROLES), valid_from__lte=at.date(), person__left_on=None)
    keeping = held.exclude(valid_until__lte=at.date()).select_related("person")
    people = {
        (each.organisation_id in under, each.person_id): each
        for each in keeping.order_by("pk")
        if not is_shut_out(incident.pk, each.person_id)
    }
    nearest_to_top = min((is_below for is_below, _person in people), default=False)
    return [
        Reader(pk, each.person.name, each.person.email, each.person.language, each.organisation_id, 0)
        for (is_below, pk), each in people.items()
        if is_below == nearest_to_top
    ]
