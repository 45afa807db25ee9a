"""How a case goes up: the keys that wait at the next level are opened, and its people owe the child a word."""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings

from omsorg.kernel.working_days import free_days_of, read_free_days
from omsorg.ombuds.models import Case, CaseKey, OfCase
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.queries.reachable import hearers
from omsorg.ombuds.rules.levels import Because, Level
from omsorg.ombuds.rules.promises import is_missed, promise_day, read_promise_days
from omsorg.ombuds.rules.refusals import NobodyLeft


def promised_by(level: Level, country: str, at: datetime) -> date:
    """The day by which a person of this level writes, as the operator has set it: counted from the child's own day."""
    environment = settings.ENVIRONMENT
    free = free_days_of(country, read_free_days(environment.free_days))
    return promise_day(day_at(country, at), level, read_promise_days(environment.ombuds_promise_days), free)


def promised_anew(case: Case, at: datetime) -> date:
    """The day by which a person writes to a child who has spoken again: never later than what was promised before."""
    fresh = promised_by(Level(case.level), case.country, at)
    return min(case.promise_on, fresh) if case.promise_on is not None else fresh


def hold(case: Case) -> Case:
    """The case as it is now, until the end of the transaction for nobody else to change."""
    return Case.objects.select_for_update().get(pk=case.pk)


def able_rings(case: Case, on: date) -> frozenset[int]:
    """The rings of those who would hear this case today: whoever has left, or sits there no more, is not among them."""
    able = hearers(on, example=case.is_example)
    return frozenset(hearer.ring for hearer in able if hearer.hears(case.country))


def open_waiting_keys(case: Case, level: Level, *, because: Because, on: date) -> int:
    """Open what waits at one level for those who sit there today. Says how many can read the case now who could not
    before.

    Whoever was let in for a second view alone has it from now on because it came up to them.
    """
    able = CaseKey.objects.filter(case=case, level=level, ring_id__in=able_rings(case, on))
    able.filter(waiting=False, because=Because.SECOND_VIEW).update(because=because)
    return able.filter(waiting=True).update(
        waiting=False, opened_on=on, because=because, told_on=None, told_at_once=because == Because.ALARM
    )


def tell_again(case: Case, *, at_once: bool = False, but: int = 0) -> None:
    """Whoever can read a case is written to again, though they have had it already: something came that they do not
    know of. `at_once`: within minutes, and not at the fixed hours; `but`: the ring of whoever did it."""
    keys = CaseKey.objects.filter(case=case, waiting=False).exclude(ring_id=but)
    keys.update(told_on=None)
    if at_once:
        keys.update(told_at_once=True)


def tell_at_once(case: Case, person: int) -> None:
    """Somebody who can read a case is written to within minutes: a colleague waits for what they do next."""
    CaseKey.objects.filter(case=case, person=person, waiting=False).update(told_on=None, told_at_once=True)


def open_next_level(case: Case, *, because: Because, on: date, without: Collection[int] = ()) -> Level | None:
    """Bring a case that is held to the next level at which somebody sits who has a key of it, waiting or open: none is
    passed over because one of its people was let in before.

    None where nobody is above: then the case stays where it is, and nothing is changed. `without`: rings that lose
    their key now. A case that nobody reads any more, with nobody above, comes to the highest who has a key waiting at
    its own level or below: somebody who had left and sits there again.
    """
    able = able_rings(case, on) - set(without)
    levels = list(Level(case.level).above())
    if not is_heard(case, on, without=without):
        levels += sorted((level for level in Level if level not in levels), key=lambda level: -level.rank)
    for level in levels:
        if CaseKey.objects.filter(case=case, level=level, ring_id__in=able).exists():
            open_waiting_keys(case, level, because=because, on=on)
            case.level = level
            case.save(update_fields=["level"])
            return level
    return None


def raise_level(case: Case, *, because: Because, at: datetime, without: Collection[int] = ()) -> Level | None:
    """Bring a case to the next level, as `open_next_level` does, with a promise of that level's: never later than what
    the child was promised before, unless that was missed."""
    level = open_next_level(case, because=because, on=at.date(), without=without)
    if level is not None:
        if is_missed(case.promise_on, day_at(case.country, at)):
            case.promise_on = None
        case.promise_on = promised_anew(case, at)
        case.save(update_fields=["promise_on"])
    return level


def is_heard(case: Case, on: date, *, without: Collection[int] = ()) -> bool:
    """Whether somebody who sits today can read this case."""
    able = able_rings(case, on) - set(without)
    return CaseKey.objects.filter(case=case, waiting=False, ring_id__in=able).exists()


def settles(case: Case, person: int) -> bool:
    """Whether somebody may settle what is owed in a case: those of the level at which it stands, or above.

    Those it went past may still write."""
    held = CaseKey.objects.filter(case=case, person=person, waiting=False).values_list("level", flat=True)
    return any(Level(level).rank >= Level(case.level).rank for level in held)


def shut_keys(case: Case, rings: Collection[int], *, at: datetime) -> None:
    """Before keys of a held case are taken from `rings`: where nobody else reads it, it goes up past them.

    The waiting keys among them are taken at once; raises NobodyLeft, with nothing changed, where no other key is.
    """
    able = able_rings(case, at.date()) - set(rings)
    if not CaseKey.objects.filter(case=case, ring_id__in=able).exists():
        raise NobodyLeft
    if not is_heard(case, at.date(), without=rings):
        CaseKey.objects.filter(case=case, waiting=True, ring_id__in=rings).delete()
        raise_level(case, because=Because.ESCALATION, at=at, without=rings)


def next_number(model: type[OfCase], case: Case) -> int:
    """The number of the next row of a table within a case that is held."""
    return model._default_manager.filter(case=case).count() + 1
