"""What the worker does for the plan tracker: each morning, letters about late answers."""

from django.conf import settings
from procrastinate.contrib.django import app

from omsorg.kernel import clock
from omsorg.plans.actions.reminders import Days, remind_of_late_answers


def agreed_days() -> Days:
    """The days that the operator has set."""
    environment = settings.ENVIRONMENT
    return Days(
        grace=environment.grace_days,
        reminders=[int(day) for day in environment.reminder_days.split(",") if day.strip()],
        escalate_from=environment.escalate_from_day,
        until=environment.reminders_until_day,
    )


@app.periodic(cron="23 5 * * *")
@app.task(name="plans.remind_of_late_answers", queueing_lock="plans.remind_of_late_answers")
def remind(timestamp: int) -> None:
    """Each morning: what is owed today is written once, also where the worker stood still yesterday."""
    remind_of_late_answers(days=agreed_days(), at=clock.now())
