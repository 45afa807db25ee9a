"""What follows outside the ombuds tables, done by the worker who looks for it: two databases may be at work, so each
step can be done again and changes nothing then."""

from datetime import datetime

from omsorg.ombuds.access import in_name_of_the_house
from omsorg.ombuds.letters import write_something_waits
from omsorg.ombuds.models import Advice, CaseKey, Opening
from omsorg.ombuds.neighbours import PublicAdvice, public_tracker
from omsorg.ombuds.queries.mandates import addressee
from omsorg.ombuds.rules.levels import Because


def tell_of_waiting_cases(*, at: datetime, alarms_only: bool = False) -> int:
    """Write to whoever got a case since: that something waits, and nothing of what. Says how many letters are new.

    The worker does so at fixed hours, so that the hour of a letter does not tell when a child wrote; an alarm, which an
    ombudsperson raises and no child, does not wait for them (`alarms_only`).
    """
    with in_name_of_the_house():
        keys = CaseKey.objects.filter(waiting=False, told_on__isnull=True)
        if alarms_only:
            keys = keys.filter(because=Because.ALARM)
        untold = list(keys.order_by("person").values_list("pk", "person"))
    written = 0
    for number, person_id in untold:
        person = addressee(person_id)
        if person is not None:
            written += write_something_waits(person, at=at)
        with in_name_of_the_house():
            CaseKey.objects.filter(pk=number).update(told_on=at.date())
    return written


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
        rows = tuple(
            PublicAdvice(
                code=advice.code,
                organisation=advice.organisation,
                text=dict(advice.text),
                made_on=advice.made_on,
                answer_due_on=advice.answer_due_on,
                answer=advice.answer,
                reasons=advice.reasons,
                done_on=advice.done_on,
            )
            for advice in Advice.objects.filter(published_on__isnull=False).order_by("made_on", "code")
        )
    tracker.publish_recommendations(rows, at=at)
    return len(rows)
