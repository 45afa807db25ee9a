"""What follows outside the ombuds tables, done by the worker who looks for it: two databases may be at work, so each
step can be done again and changes nothing then."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from omsorg.kernel.trail import leave_trace
from omsorg.ombuds.access import in_name_of_the_house, ombuds_database
from omsorg.ombuds.actions.passphrases import OFFICE_BOOK
from omsorg.ombuds.letters import write_something_waits
from omsorg.ombuds.models import Advice, CaseKey, Opening, Seat
from omsorg.ombuds.neighbours import PublicAdvice, public_tracker
from omsorg.ombuds.queries.advising import is_hidden, said_in_public
from omsorg.ombuds.queries.mandates import addressee
from omsorg.ombuds.queries.reachable import hearers
from omsorg.ombuds.rules.levels import Level, Status
from omsorg.ombuds.rules.routing import EVERYWHERE


def tell_of_waiting_cases(*, at: datetime, alarms_only: bool = False) -> int:
    """Write to whoever got a case since, or has it and does not know what came since: that something waits, and
    nothing of what. Says how many letters are new.

    The worker does so at fixed hours, so that the hour of a letter does not tell when a child wrote; an alarm, which an
    ombudsperson raises and no child, does not wait for them (`alarms_only`).
    """
    with in_name_of_the_house():
        keys = CaseKey.objects.filter(waiting=False, told_on__isnull=True).exclude(case__status=Status.ERASED)
        if alarms_only:
            keys = keys.filter(told_at_once=True)
        able = set(_who_hear(keys, at))
        found = keys.order_by("person").values_list("pk", "person", "ring", "case__country")
        untold = [(number, person) for number, person, ring, country in found if (ring, country) in able]
    written = 0
    for number, person_id in untold:
        person = addressee(person_id)
        if person is not None:
            written += write_something_waits(person, at=at, at_once=alarms_only)
        with in_name_of_the_house():
            CaseKey.objects.filter(pk=number).update(told_on=at.date(), told_at_once=False)
    return written


def _who_hear(keys: QuerySet[CaseKey], at: datetime) -> Iterator[tuple[int, str]]:
    """The rings of those who would hear a case of each country today: nobody is written to who was removed since."""
    countries = set(keys.values_list("case__country", flat=True))
    for is_example in (False, True):
        for hearer in hearers(at.date(), example=is_example):
            yield from ((hearer.ring, country) for country in countries if hearer.hears(country))


def tell_of_ended_seats(*, at: datetime) -> int:
    """Write to the board, and to the level above, that something waits where the house has ended a seat: they move the
    cases. Says how many seats were told of. The desk says whose; the letter does not.
    """
    with in_name_of_the_house():
        ended = list(Seat.objects.filter(confirmed_on__isnull=False, valid_until__lte=at.date(), end_told_on=None))
        sitting = [seat for seat in Seat.objects.all() if seat.counts_on(at.date())]
        lasting = {(seat.person, seat.level) for seat in sitting}
    for seat in ended:
        if (seat.person, seat.level) not in lasting:
            for person_id in sorted(_who_moves_cases(seat, sitting)):
                person = addressee(person_id)
                if person is not None:
                    write_something_waits(person, at=at)
        with in_name_of_the_house():
            Seat.objects.filter(pk=seat.pk).update(end_told_on=at.date())
            leave_trace("seat_ended", f"seat:{seat.pk:x}", by=None, at=at, book=OFFICE_BOOK, using=ombuds_database())
    return len(ended)


def tell_the_board(at: datetime) -> None:
    """Write to every member of the board that something waits: a proof of the night does not hold. The page of rings
    says what."""
    with in_name_of_the_house():
        seated = {seat.person for seat in Seat.objects.filter(level=Level.BOARD) if seat.counts_on(at.date())}
    for person_id in sorted(seated):
        person = addressee(person_id)
        if person is not None:
            write_something_waits(person, at=at)


def _who_moves_cases(ended: Seat, sitting: list[Seat]) -> set[int]:
    above = [seat for seat in sitting if Level(seat.level).rank > Level(ended.level).rank]
    above = [seat for seat in above if EVERYWHERE in seat.countries or {*seat.countries} & {*ended.countries}]
    next_level = min((Level(seat.level).rank for seat in above), default=None)
    found = {seat.person for seat in above if Level(seat.level).rank == next_level}
    return found | {seat.person for seat in sitting if seat.level == Level.BOARD}


def close_openings(*, at: datetime) -> int:
    """Forget the openings of key rings that have run out."""
    with in_name_of_the_house():
        return Opening.objects.filter(until_at__lte=at).delete()[0]


def publish_what_is_public(*, at: datetime) -> int:
    """Hand every published recommendation to the public list of the house, where there is one. Says how many."""
    tracker = public_tracker()
    if tracker is None:
        return 0
    with in_name_of_the_house():
        published = Advice.objects.filter(published_on__isnull=False).order_by("made_on", "code")
        rows = tuple(_as_public(advice) for advice in published)
    tracker.publish_recommendations(rows, at=at)
    return len(rows)


def _as_public(advice: Advice) -> PublicAdvice:
    hidden_on = advice.withdrawal_asked_on if is_hidden(advice) else None
    said, gone = said_in_public(advice), advice.withdrawn_on is not None or hidden_on is not None
    return PublicAdvice(
        code=advice.code,
        organisation=advice.organisation,
        text={} if gone else dict(advice.text),
        made_on=advice.made_on,
        answer_due_on=advice.answer_due_on,
        answer="" if gone else said.answer,
        reasons="" if gone else said.reasons,
        done_on=None if gone else advice.done_on,
        withdrawn_on=advice.withdrawn_on,
        withdrawal=advice.withdrawal if gone else "",
        hidden_on=hidden_on,
    )
