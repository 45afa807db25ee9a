"""The way of an answer, step by step, as it is told to whoever reviews it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.plans.pages.words import day
from omsorg.plans.queries.grid import Grid
from omsorg.plans.rules.answers import Step

STEPS: dict[Step, str | Promise] = {
    Step.SUBMITTED: _("Handed in"),
    Step.RETURNED: _("Returned"),
    Step.APPROVED: _("Approved"),
    Step.REOPENED: _("Opened again"),
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step, in the shape of ui/timeline."""

    on: str
    machine_on: str
    title: str | Promise
    by: str
    reason: str


def history_view(grid: Grid) -> tuple[HistoryEntry, ...]:
    """Every step, newest first."""
    return tuple(
        HistoryEntry(
            on=day(step.at.date()),
            machine_on=step.at.date().isoformat(),
            title=STEPS[step.step],
            by=step.by_name,
            reason=step.reason,
        )
        for step in reversed(grid.steps)
    )
