"""Work that the worker does later: written down in the same transaction as what made it necessary.

A task is a function in a system's `jobs.py`, entered under a name ("plans.remind"). What is asked for here is kept with
the caller's transaction: if that is undone, nothing was asked. A task must be able to run twice, since a worker that
dies in the middle is followed by another.
"""

from datetime import datetime

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

Told = str | int | bool | None


def do_later(task: str, *, at: datetime | None = None, **told: Told) -> None:
    """Ask the worker to run `task`, as soon as this transaction is kept, or not before `at`.

    Never through the application object of the queue: inside the worker that one has connections of its own, and the
    worker would start before this transaction ends.
    """
    configure_task(name=task, job_manager=JobManager(DjangoConnector()), schedule_at=at).defer(**told)
