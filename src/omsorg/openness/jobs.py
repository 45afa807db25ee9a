"""What the worker does for openness: e-mails that leave with a release, their proofs, held cases that are due."""

from django.conf import settings
from procrastinate.contrib.django import app

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.openness.actions.following import follow_mail, remind_of_holds
from omsorg.openness.actions.held_counts import tell_what_is_held
from omsorg.openness.actions.telling import write_mail
from omsorg.openness.actions.untold import remind_of_untold
from omsorg.openness.models import Round


@app.task(name="openness.send_mail")
def send_mail(round: int) -> None:
    """Write the e-mails of a list to the outbox. Run twice, each is written once."""
    with as_house():
        made = Round.objects.filter(pk=round).first()
        if made is not None:
            write_mail(made, at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="openness.follow_mail", queueing_lock="openness.follow_mail")
def follow(timestamp: int) -> None:
    """Every five minutes: an e-mail that the mail server took, or refused for good, gets its proof."""
    follow_mail(at=clock.now())


@app.periodic(cron="13 0 * * *")
@app.task(name="openness.tell_what_is_held", queueing_lock="openness.tell_what_is_held")
def tell_held(timestamp: int) -> None:
    """Each night: once a quarter is over, the public reads how many cases were held back at its end."""
    tell_what_is_held(at=clock.now())


@app.periodic(cron="33 5 * * *")
@app.task(name="openness.remind_of_holds", queueing_lock="openness.remind_of_holds")
def remind(timestamp: int) -> None:
    """Each morning: whoever decides is written to about held cases whose day of review comes near."""
    remind_of_holds(days=settings.ENVIRONMENT.openness_hold_notice_days, at=clock.now())


@app.periodic(cron="43 5 * * *")
@app.task(name="openness.remind_of_untold", queueing_lock="openness.remind_of_untold")
def remind_untold(timestamp: int) -> None:
    """Each morning: whoever tells is written to about public texts of which somebody on the list has not been told."""
    remind_of_untold(days=settings.ENVIRONMENT.openness_untold_days, at=clock.now())
