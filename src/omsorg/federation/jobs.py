"""What the worker does for the federation: nothing of where people were signed in stays lying."""

from procrastinate.contrib.django import app

from omsorg.federation.actions import sessions
from omsorg.kernel import clock


@app.periodic(cron="37 2 * * *")
@app.task(name="federation.forget_ended_sessions", queueing_lock="federation.forget_ended_sessions")
def forget_ended_sessions(timestamp: int) -> None:
    sessions.forget_ended_sessions(at=clock.now())
