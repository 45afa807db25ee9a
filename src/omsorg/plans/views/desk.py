"""The plan owner's desk: who may sit at it, and what every form on it has in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import Acting, NothingHere, acting_of
from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.imports import fingerprint_of
from omsorg.kernel.models import Trace
from omsorg.kernel.refusals import Refusal
from omsorg.plans.access import plan_for
from omsorg.plans.actions.released import told_already
from omsorg.plans.forms.stamped import StampForm
from omsorg.plans.imports.drafting import COLUMN_OF
from omsorg.plans.models import BudgetEntry, Plan
from omsorg.plans.pages.revisions import ChangeTold, changes_told
from omsorg.plans.pages.words import days_told, plain
from omsorg.plans.queries.promises import PlanState, current_plan
from omsorg.plans.rules.promises import RevisedMeanwhile, check_days
from omsorg.plans.rules.reach import reach_of
from omsorg.plans.views.frame import Link

A_MOMENT = timedelta(minutes=2)
"""So long after a change the same one, sent again by the same person, is the same press of the button."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A plan on the desk of somebody who may revise it, as it stands today."""

    acting: Acting
    plan: Plan
    state: PlanState
    today: date

    @property
    def names(self) -> dict[str, str]:
        """Codes of organisations that stand in the plan, with their names."""
        return {state.terms.owner: state.owner_name for state in self.state.actions}

    def owners(self) -> list[tuple[str, str]]:
        """The organisations that may answer for an action: the plan's owner and all below it."""
        below = Organisation.objects.filter(
            lineage_above__ancestor=self.plan.owner_id, lineage_above__valid_from__lte=self.today
        ).exclude(lineage_above__valid_until__lte=self.today)
        return list(below.order_by("lineage_above__depth", "name").values_list("code", "name"))

    def crumbs(self, *more: Link) -> tuple[Link, ...]:
        return (Link(plain(self.plan.title), reverse("plans:revise", args=[self.plan.code])), *more)


def open_desk(request: HttpRequest, plan: str) -> Desk:
    """The one door to the desk: to anybody who may not revise the plan there is nothing here."""
    acting = acting_of(request)
    found = plan_for(acting, plan, "plans.revise")
    if not acting.may("plans.revise", found.owner_id):
        raise NothingHere(plan)
    return Desk(acting, found, current_plan(found), clock.today())


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody else has changed meanwhile, and which fields both have changed to different values."""

    changes: Sequence[ChangeTold]
    reason: str
    both: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class JustAdded:
    """What came into the plan, where no row of its own says by whom, when and why: the trail tells who and when."""

    by_id: int | None
    at: datetime
    in_force_on: date
    reason: str


def just_added(desk: Desk, verb: str, subject: str, form: StampForm, *, on: date) -> JustAdded | None:
    """What this person has added under a code; None where they have not."""
    mine = Trace.objects.filter(verb=verb, subject=subject, actor=desk.acting.person_id)
    trace = mine.order_by("-number").first()
    return JustAdded(trace.actor, trace.at, on, form.cleaned_data["reason"].strip()) if trace else None


@dataclass(slots=True)
class Sheet:
    """One form on the desk: filled in, looked at as the public will read it, then made.

    `note`: what the look says beside the changes.
    `reach`: from when to when the days lie that are promised, where it is not that of the plan.
    """

    desk: Desk
    heading: str
    lead: str
    crumbs: Sequence[Link]
    form: StampForm
    make: str
    done: str
    back: str
    history: str = ""
    preview: Sequence[ChangeTold] | None = None
    cause: str = ""
    days: str = ""
    looked_at: str = ""
    looks_again: bool = False
    note: str = ""
    conflict: Conflict | None = None
    reach: tuple[date, date] | None = None

    def answer(
        self,
        request: HttpRequest,
        *,
        preview: Callable[[], Sequence[ChangeTold]],
        act: Callable[[], Any],
        stands: Callable[[], Any] = lambda: None,
        meanwhile: Callable[[RevisedMeanwhile], tuple[StampForm, Sequence[str]]] | None = None,
    ) -> HttpResponse:
        """Show the form; try what was filled in; make it once it has been looked at.

        `preview` says what would be different, and leaves the cause of a delay in `cause`. `act` does it: it is tried
        and taken back when the form is looked at, so that whatever it refuses is refused then already. Nothing is made
        without a look, and what was changed after it is looked at once more. `stands` gives the row that says just
        what was sent, if the newest does: where the button was pressed twice, the change is made once and told as made.
        `meanwhile` gives the form again where somebody else was quicker, with both people's changes in it.
        """
        self.form.keep_within(*self.reach or reach_of(self.desk.plan.adopted_on, self.desk.plan.runs_until))
        if request.method == "POST" and self.form.is_valid():
            looked_at, sent = request.POST.get("looked_at"), fingerprint_of_sent(request.POST)
            is_made = request.POST.get("decision") == "make" and looked_at == sent
            try:
                if is_made:
                    act()
                    return self._told_as_made(request)
                changes = preview()
                with transaction.atomic():
                    act()
                    transaction.set_rollback(True)
                day = self.form.cleaned_data["in_force_on"]
                check_days(day, last_in_force_on=None, today=self.desk.today)
                told_already(self.desk.plan.pk, day)
                self.preview, self.looked_at = changes, sent
                self.days = days_told(day, self.desk.today)
                self.looks_again = looked_at not in (None, sent)
            except Refusal as refusal:
                if is_made and self._is_just_made(stands()):
                    return self._told_as_made(request)
                self._refused(refusal, meanwhile)
        return render(request, "plans/revise_form.html", {"sheet": self, "plan": self.desk.plan})

    def _told_as_made(self, request: HttpRequest) -> HttpResponse:
        messages.success(request, self.done)
        return redirect(self.back)

    def _is_just_made(self, row: Any) -> bool:
        """Whether the row says what was sent, and is this person's own of a moment ago."""
        if row is None or row.by_id != self.desk.acting.person_id or clock.now() - row.at > A_MOMENT:
            return False
        given = self.form.cleaned_data
        return (row.reason, row.on_day if isinstance(row, BudgetEntry) else row.in_force_on) == (
            given["reason"].strip(),
            given["in_force_on"],
        )

    def _refused(
        self,
        refusal: Refusal,
        meanwhile: Callable[[RevisedMeanwhile], tuple[StampForm, Sequence[str]]] | None,
    ) -> None:
        if not isinstance(refusal, RevisedMeanwhile):
            self.form.blame(refusal, COLUMN_OF.get(type(refusal), ""))
            return
        both: Sequence[str] = ()
        if meanwhile is not None:
            self.form, both = meanwhile(refusal)
        self.conflict = Conflict(changes_told(refusal.changes, self.desk.names), refusal.reason, both)


def fingerprint_of_sent(sent: QueryDict) -> str:
    """What was filled in, so that nothing is made that was not looked at."""
    apart = ("csrfmiddlewaretoken", "decision", "looked_at")
    return fingerprint_of({name: values for name, values in sent.lists() if name not in apart})


def stamp_of(desk: Desk) -> dict[str, Any]:
    """Today, as every form begins."""
    return {"in_force_on": desk.today}


def made() -> str:
    return __("The change is made: it stands in public with its day and reason.")


def stamped(desk: Desk, form: StampForm) -> dict[str, Any]:
    """What every act on the desk is given: from when, why, by whom, at which instant."""
    return {
        "in_force_on": form.cleaned_data["in_force_on"],
        "reason": form.cleaned_data["reason"],
        "reason_in": form.reason_in,
        "by": desk.acting,
        "at": clock.now(),
    }


def is_id(sent: str) -> bool:
    """Whether what was sent can be the number of a row at all."""
    return sent.isdecimal() and len(sent) < 19
