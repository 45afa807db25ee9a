"""An answer is late: its officer is reminded, then the level above is told, and everybody concerned can see it."""

from datetime import UTC, datetime, time, timedelta

from journeys.visitor import Arrives
from omsorg.kernel.models import Letter
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.reminders import remind_of_late_answers
from omsorg.plans.jobs import agreed_days
from omsorg.plans.rules.lateness import due_on

GORAN, NEEMA = "reviewer.africa@example.org", "officer.tanzania@example.org"
ANSWERS = "/plans/safeguarding-example/answers/?period=2024-H2&q=tanzania"


def the_worker_goes_round(*, days_late: int) -> None:
    """The round of one morning, so many days after the answers of the second half of 2024 were due."""
    days = agreed_days()
    due = due_on(Period.parse("2024-H2"), grace_days=days.grace)
    morning = datetime.combine(due + timedelta(days=days_late), time(5, 23), UTC)
    remind_of_late_answers(days=days, at=morning)


def letters_about_tanzania(address: str) -> list[str]:
    """What the letters that tell of its late answer are about, oldest first."""
    with as_house():
        letters = Letter.objects.filter(
            to_address=address, subject__icontains="late", body__contains="Example Association Tanzania"
        )
        return list(letters.order_by("pk").values_list("subject", flat=True))


def test_neema_is_reminded_goran_is_told_and_both_can_see_it(arrives: Arrives) -> None:
    goran = arrives("Goran", GORAN)
    goran.opens(ANSWERS)
    goran.reads("Example Association Tanzania", "not begun", "days late")
    the_worker_goes_round(days_late=1)
    assert letters_about_tanzania(NEEMA) == ["Your answer is late: second half of 2024"]
    assert letters_about_tanzania(GORAN) == []
    goran.opens(ANSWERS)
    goran.misses("the level above too")
    the_worker_goes_round(days_late=7)
    assert letters_about_tanzania(GORAN) == ["Late answers: second half of 2024"]
    goran.opens(ANSWERS)
    goran.reads("the level above too")
    neema = arrives("Neema", NEEMA)
    neema.opens("/plans/")
    neema.follows("Answer of Example Association Tanzania, second half of 2024")
    neema.reads("days late")
