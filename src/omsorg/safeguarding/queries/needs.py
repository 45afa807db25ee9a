"""Needs of those affected that are open: for how many, until when, and their clocks. They live on after closing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from omsorg.safeguarding.models import Incident, Need, NeedAnswer
from omsorg.safeguarding.queries.people import shut_out_of_each
from omsorg.safeguarding.rules.clocks import LAST, Running
from omsorg.safeguarding.rules.codes import Clock, NeedAnswered


@dataclass(frozen=True, slots=True)
class Open:
    """A need with what became of it: for how many it is open, the day by which it is met or looked at again, and who
    has put it off, or said that it is not met. `answers`: the newest last."""

    need: Need
    persons: int
    on: date
    is_put_off: bool
    answers: tuple[NeedAnswer, ...]

    @property
    def answered(self) -> int:
        return self.need.persons - self.persons


def needs_of(incident_ids: object) -> list[Open]:
    """Every need of these incidents, as it stands, in the order in which they were written down. What somebody said
    who is shut out since does not count, unless it was help that was given."""
    needs = list(Need.objects.filter(incident__in=incident_ids).select_related("incident").order_by("pk"))  # type: ignore[misc]
    shut = shut_out_of_each({need.incident_id for need in needs})
    answers: dict[int, list[NeedAnswer]] = {}
    for answer in NeedAnswer.objects.filter(need__in=[need.pk for need in needs]).order_by("pk"):
        counts = answer.answer == NeedAnswered.MET or (answer.incident_id, answer.by_id) not in shut
        if counts:
            answers.setdefault(answer.need_id, []).append(answer)
    return [_stands(need, answers.get(need.pk, [])) for need in needs]


def _stands(need: Need, answers: list[NeedAnswer]) -> Open:
    still = need.persons
    for each in answers:
        step = each.persons if each.answer == NeedAnswered.AGAIN else -each.persons
        still = min(need.persons, max(0, still + step))
    put_off = [each.next_on for each in answers if each.answer == NeedAnswered.LATER and each.next_on]
    back = next((each for each in reversed(answers) if each.answer == NeedAnswered.AGAIN), None)
    on = max(need.needed_by_on, back.on) if back else need.needed_by_on
    last = next((each for each in reversed(answers) if each.answer in (NeedAnswered.LATER, NeedAnswered.AGAIN)), None)
    is_put_off = last is not None and last.answer == NeedAnswered.LATER
    return Open(
        need,
        still,
        put_off[-1] if is_put_off else on,
        is_put_off,
        tuple(answers),
    )


def open_needs(incident_ids: object) -> list[Open]:
    """Those that are not met for everybody, and of which nobody said why not."""
    return [each for each in needs_of(incident_ids) if each.persons]


def unsettled(needs: Sequence[Open], *, on: date) -> list[int]:
    """The numbers of the needs of an incident that are neither answered nor put off until `on` or later."""
    found = enumerate(needs, start=1)
    return [number for number, each in found if each.persons and not (each.is_put_off and each.on >= on)]


def left_unmet_by(needs: Iterable[Open]) -> list[int | None]:
    """Who said that a need is not met, or is none any more; and of one that is open, that it is met later."""
    found = []
    for each in needs:
        left = (NeedAnswered.NOT_MET, NeedAnswered.OVER, *([NeedAnswered.LATER] if each.persons else []))
        found += [answer.by_id for answer in each.answers if answer.answer in left]
    return found


def need_clocks(incidents: Iterable[Incident]) -> dict[int, list[Running]]:
    """The clock of each open need: until the end of the day by which it is met, or looked at again. Written about anew
    once it was answered: even numbers are those of needs, odd ones those of answers."""
    found: dict[int, list[Running]] = {}
    for each in open_needs([incident.pk for incident in incidents]):
        ends = datetime.combine(min(each.on, LAST.date()) + timedelta(days=1), time(), UTC)
        of = 2 * each.answers[-1].pk + 1 if each.answers else 2 * each.need.pk
        found.setdefault(each.need.incident_id, []).append(Running(Clock.NEED, each.need.at, ends, of=of))
    return found
