"""How a case goes up: the keys that wait at the next level are opened, and its people owe the child a word."""

from collections.abc import Collection
from datetime import date

from django.conf import settings

from omsorg.kernel.working_days import free_days_of, read_free_days
from omsorg.ombuds.models import Case, CaseKey, OfCase
from omsorg.ombuds.rules.levels import Because, Level
from omsorg.ombuds.rules.promises import promise_day, read_promise_days
from omsorg.ombuds.rules.refusals import NobodyLeft


def promised_by(level: Level, country: str, on: date) -> date:
    """The day by which a person of this level writes, as the operator has set it."""
    environment = settings.ENVIRONMENT
    free = free_days_of(country, read_free_days(environment.free_days))
    return promise_day(on, level, read_promise_days(environment.ombuds_promise_days), free)


def hold(case: Case) -> Case:
    """The case as it is now, until the end of the transaction for nobody else to change."""
    return Case.objects.select_for_update().get(pk=case.pk)


def open_waiting_keys(case: Case, level: Level, *, because: Because, on: date) -> int:
    """Open what waits at one level. Says how many people can read the case now who could not before."""
    waiting = CaseKey.objects.filter(case=case, level=level, waiting=True)
    return waiting.update(waiting=False, opened_on=on, because=because)


def raise_level(case: Case, *, because: Because, on: date) -> Level | None:
    """Bring a case that is held to the next level where somebody has its key, with a promise of that level's.

    No level is passed over because one of its people was let in before. None where nobody above has a key: then the
    case stays where it is, and nothing is changed.
    """
    for level in Level(case.level).above():
        if CaseKey.objects.filter(case=case, level=level).exists():
            open_waiting_keys(case, level, because=because, on=on)
            case.level, case.promise_on = level, promised_by(level, case.country, on)
            case.save(update_fields=["level", "promise_on"])
            return level
    return None


def shut_keys(case: Case, rings: Collection[int], *, on: date) -> None:
    """Before keys of a held case are taken from `rings`: where nobody else reads it, it goes up past them.

    The waiting keys among them are taken at once; raises NobodyLeft, with nothing changed, where no other key is.
    """
    staying = CaseKey.objects.filter(case=case).exclude(ring_id__in=rings)
    if not staying.exists():
        raise NobodyLeft
    if not staying.filter(waiting=False).exists():
        CaseKey.objects.filter(case=case, waiting=True, ring_id__in=rings).delete()
        raise_level(case, because=Because.ESCALATION, on=on)


def next_number(model: type[OfCase], case: Case) -> int:
    """The number of the next row of a table within a case that is held."""
    return model._default_manager.filter(case=case).count() + 1
