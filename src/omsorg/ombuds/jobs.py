"""What the worker does for the ombuds system. It has no key: it moves what waits and tells that something waits."""

from procrastinate.contrib.django import app

from omsorg.kernel import clock
from omsorg.ombuds.actions.advising import PUBLISH_NOW
from omsorg.ombuds.actions.days import look_after_promises
from omsorg.ombuds.actions.notices import (
    close_openings,
    publish_what_is_public,
    tell_of_ended_seats,
    tell_of_waiting_cases,
)
from omsorg.ombuds.actions.relay import forget_calls
from omsorg.ombuds.actions.seats import keep_seats
from omsorg.ombuds.actions.taken_back import tell_that_it_was_taken_back
from omsorg.ombuds.actions.watching import raise_missed_check_ins, raise_unheard_cases


@app.periodic(cron="11 * * * *")
@app.task(name="ombuds.raise_missed_promises", queueing_lock="ombuds.raise_missed_promises")
def raise_missed(timestamp: int) -> None:
    """Each hour: a promise that was missed brings the case one level up."""
    look_after_promises(at=clock.now())


@app.periodic(cron="21 * * * *")
@app.task(name="ombuds.raise_what_nobody_does", queueing_lock="ombuds.raise_what_nobody_does")
def raise_what_nobody_does(timestamp: int) -> None:
    """Each hour: a case goes up whose child was not asked after in time, or that nobody who sits today can read."""
    raise_missed_check_ins(at=clock.now())
    raise_unheard_cases(at=clock.now())


@app.periodic(cron="0 5,9,13,17 * * *")
@app.task(name="ombuds.tell_of_waiting_cases", queueing_lock="ombuds.tell_of_waiting_cases")
def tell(timestamp: int) -> None:
    """Four times a day: whoever got a case is written to, without a word of it; the hour tells of no child."""
    tell_of_waiting_cases(at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="ombuds.tell_of_alarms", queueing_lock="ombuds.tell_of_alarms")
def tell_of_alarms(timestamp: int) -> None:
    """Every five minutes: whoever got a case because the alarm was raised is written to, without a word of it."""
    tell_of_waiting_cases(at=clock.now(), alarms_only=True)


@app.periodic(cron="*/5 * * * *")
@app.task(name="ombuds.tell_that_it_was_taken_back", queueing_lock="ombuds.tell_that_it_was_taken_back")
def tell_of_taken_back(timestamp: int) -> None:
    """Every five minutes: a desk that was handed a copy is told where the child has taken its yes back since."""
    tell_that_it_was_taken_back(at=clock.now())


@app.periodic(cron="41 * * * *")
@app.task(name="ombuds.keep_seats", queueing_lock="ombuds.keep_seats")
def follow_mandates(timestamp: int) -> None:
    """Each hour: who got a role sits, whose role ended sits no more; openings that ran out, and calls too
    old to be taken twice, are forgotten."""
    keep_seats(clock.today())
    tell_of_ended_seats(at=clock.now())
    close_openings(at=clock.now())
    forget_calls(at=clock.now())


@app.periodic(cron="51 4 * * *")
@app.task(name="ombuds.publish_advice", queueing_lock="ombuds.publish_advice")
def publish(timestamp: int) -> None:
    """Each night: published recommendations, and how they were answered, stand in the public list of the house."""
    publish_what_is_public(at=clock.now())


@app.task(name=PUBLISH_NOW)
def publish_now() -> None:
    """Once one was withdrawn, or asked to be: what must not be read is out of the public list within moments."""
    publish_what_is_public(at=clock.now())
