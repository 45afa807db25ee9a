"""What the worker does for safeguarding: wakes who must know, and writes each hour about clocks that have run out."""

from django.conf import settings
from procrastinate.contrib.django import app

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.anew import look_for_what_is_undone
from omsorg.safeguarding.actions.left_alone import tell_who_gives_roles, tell_who_is_left
from omsorg.safeguarding.actions.raising import tell_of_copies_run_out
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.letters import write_asked, write_waiting
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.queries.people import handlers_of, nearest, worker_of


def agreed_days() -> Agreed:
    """The days that the operator has set."""
    said = settings.ENVIRONMENT
    days = [int(day) for day in said.safeguarding_reminder_days.split(",") if day.strip()]
    return Agreed(days, said.safeguarding_escalate_from_day)


@app.task(name="safeguarding.tell_handlers")
def tell_handlers(incident: int) -> None:
    """Tell the nearest focal persons that a concern has come; where nobody may read it, those who give out the role.
    Told once, however often this runs."""
    with as_house():
        found = Incident.objects.get(pk=incident)
        handlers = handlers_of(incident)
        for reader in nearest(handlers):
            write_waiting(found, reader, at=clock.now())
        if not handlers:
            tell_who_gives_roles(found, at=clock.now())


@app.task(name="safeguarding.tell_member")
def tell_member(incident: int, person: int) -> None:
    """Tell a new member of the team, unless they have been shut out meanwhile."""
    with as_house():
        reader = worker_of(incident, person)
        if reader is not None:
            write_asked(Incident.objects.get(pk=incident), reader, at=clock.now())


@app.periodic(cron="41 * * * *")
@app.task(name="safeguarding.remind_of_clocks", queueing_lock="safeguarding.remind_of_clocks")
def remind(timestamp: int) -> None:
    """Each hour: what has run out is written about once for each agreed day."""
    remind_of_clocks(agreed=agreed_days(), at=clock.now())


@app.periodic(cron="11 * * * *")
@app.task(name="safeguarding.tell_who_is_left", queueing_lock="safeguarding.tell_who_is_left")
def tell_left(timestamp: int) -> None:
    """Each hour: an incident whose last handler is gone is told of above and at the top."""
    tell_who_is_left(at=clock.now())


@app.periodic(cron="47 3 * * *")
@app.task(name="safeguarding.look_for_what_is_undone", queueing_lock="safeguarding.look_for_what_is_undone")
def look_for_undone(timestamp: int) -> None:
    """Each night: what somebody did in an incident of which they must find nothing since is undone."""
    look_for_what_is_undone(at=clock.now())


@app.periodic(cron="23 2 * * *")
@app.task(name="safeguarding.tell_of_copies_run_out", queueing_lock="safeguarding.tell_of_copies_run_out")
def tell_run_out(timestamp: int) -> None:
    """Each night: a copy that a child agreed to until a day that is over says so."""
    with as_house():
        tell_of_copies_run_out(at=clock.now())
