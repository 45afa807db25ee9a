"""What was changed after adoption, taken in day by day: revisions, targets, money, and what reports say has stopped."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.kernel.imports import rows_done
from omsorg.kernel.money import Money
from omsorg.kernel.numbers import DaySaid
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.plans.actions.budgets import enter_spending, revise_budget
from omsorg.plans.actions.import_plan.again import reason_told_otherwise, revisions_alike, said_otherwise, with_reason
from omsorg.plans.actions.import_plan.changes import money_of
from omsorg.plans.actions.import_plan.outcome import Ledger, ReportDue, What
from omsorg.plans.actions.import_plan.why import Why, why_of_house, why_of_row
from omsorg.plans.actions.promises import revise_action, revise_indicator
from omsorg.plans.actions.targets import set_target
from omsorg.plans.imports.drafting import Frame, is_set_later, revised_terms, target_draft
from omsorg.plans.imports.reading import Row
from omsorg.plans.imports.words import PUBLISHED_RATINGS
from omsorg.plans.models import Action, BudgetEntry, Indicator, IndicatorRevision, Plan, Target
from omsorg.plans.queries.promises import terms_of_action, terms_of_indicator
from omsorg.plans.rules.budgets import BudgetLine, budget_as_of
from omsorg.plans.rules.measures import Activity, Cause, Series

REVISED = _("“%(code)s” is revised from %(day)s on: %(reason)s")
TARGET_SET = _("A target of “%(code)s” for %(due_on)s is stated from %(day)s on.")
PUBLISHED_AS = _("Published as “%(rating)s” in the report as at %(day)s.")

STOPPED = {"on_hold": Activity.ON_HOLD, "dropped": Activity.DROPPED}


RATINGS_COME_LAST = 3


class NothingToReplace(Refusal):
    sentence = _("There is no target for %(day)s that this one could take the place of.")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened on a day. `order`: on the same day revisions come before what a report says of them."""

    on: date
    order: int
    row: Row
    act: Callable[[Row], None]


class DatedSteps:
    """Takes in everything that has a day of its own, in the order of the days."""

    def __init__(
        self,
        ledger: Ledger,
        plan: Plan,
        frame: Frame,
        reports: Iterable[ReportDue],
        *,
        why: Why,
        by: Acting,
        at: datetime,
    ) -> None:
        self.ledger, self.plan, self.frame, self.why, self.by, self.at = ledger, plan, frame, why, by, at
        self.reports = {report.code: report for report in reports}
        self.action = {each.code: each for each in Action.objects.filter(plan=plan).select_related("plan__owner")}
        self.indicator = {each.code: each for each in Indicator.objects.filter(plan=plan).select_related("plan__owner")}
        self.ever_stopped = set(
            IndicatorRevision.objects.filter(indicator__plan=plan)
            .exclude(activity=Activity.ACTIVE)
            .values_list("indicator__code", flat=True)
        )
        self.spent = Counter(
            BudgetEntry.objects.filter(action__plan=plan, kind="spent").values_list(
                "action__code", "amount_minor", "currency", "on_day"
            )
        )

    def take(self, *, is_fresh: bool) -> None:
        """`is_fresh`: the plan was adopted from this very file, and its first targets with it."""
        book, steps = self.ledger.book, []
        steps += [Step(row["in_force_on"], 0, row, self._revision) for row in book["revisions"]]
        for row in book["targets"]:
            if is_fresh and not is_set_later(row, self.frame):
                continue
            steps.append(Step(row["in_force_on"] or self.frame.adopted_on, 1, row, self._target))
        for row in book["budget"]:
            steps.append(Step(row["on_day"] or self.frame.adopted_on, 2, row, self._money))
        for row in book["ratings"]:
            steps.append(Step(self.day_of(row), RATINGS_COME_LAST, row, self._standing))
        for step in sorted(steps, key=lambda step: (step.on, step.order, step.row.number)):
            step.act(step.row)
            if step.order < RATINGS_COME_LAST:
                rows_done()

    def why_of(self, row: Row) -> Why:
        """What the row says of why, else what is said of the whole file."""
        return why_of_row(row, self.frame.language) or self.why

    def day_of(self, row: Row) -> date:
        """The day that a rating speaks of: that of its report, or the last day of its period."""
        if row["report"] is not None:
            return self.reports[row["report"]].as_at
        named = [r.as_at for r in self.reports.values() if r.period == row["period"]]
        return named[0] if named else min(row["period"].until, self.at.date())

    def _written(self, row: Row, why: Why, act: Callable[[], Any]) -> Any:
        with why.in_its_language():
            return self.ledger.attempt(row, act)

    # ---- revisions ---------------------------------------------------------------------------------------------

    def _revision(self, row: Row) -> None:
        is_action = row["what"] == "action" or (row["what"] is None and row["code"] in self.action)
        kept: Any = (self.action if is_action else self.indicator)[row["code"]]
        alike = revisions_alike(row, kept, self.frame.language)
        made = with_reason(alike, self.why_of(row).reason)
        if self._is_told_otherwise(row, made):
            return
        whole = [each for each in made or alike if getattr(each, "redefined", False) or not row["redefined"]]
        if whole:
            self._stands(row, whole)
            return
        self._revise(
            row,
            kept,
            lambda before: revised_terms(row, before, self.frame.language),
            on=row["in_force_on"],
            why=self.why_of(row),
            cause=Cause(row["cause"]) if row["cause"] else None,
            redefined=bool(row["redefined"]),
        )

    def _is_told_otherwise(self, row: Row, kept: Iterable[Any]) -> bool:
        """Whether the row is told to say otherwise than what is there, and stays: so nothing is passed over."""
        refusal = said_otherwise(row, list(kept), why_of_row(row, self.frame.language))
        if refusal is not None:
            self.ledger.fault(row, *refusal)
        return refusal is not None

    def _stands(self, row: Row, alike: Sequence[Any]) -> None:
        """What the row tells is there: its reason may differ from that in nothing."""
        why = why_of_row(row, self.frame.language)
        refusal = reason_told_otherwise(row, list(alike), why, is_one_thing=True)
        if refusal is not None:
            self.ledger.fault(row, *refusal)
        else:
            self.ledger.is_there(row)

    def _comes_back(self, row: Row, alike: Sequence[Any], kept: Iterable[Any], on: date) -> bool:
        """Whether the row tells of a return to what stood there once: after all that is kept, or for its own reason."""
        day_of = attrgetter("on_day" if isinstance(alike[0], BudgetEntry) else "in_force_on")
        why = why_of_row(row, self.frame.language)
        is_for_its_own = why is not None and not with_reason(alike, why.reason)
        return on not in set(map(day_of, alike)) and (on > max(map(day_of, kept)) or is_for_its_own)

    def _standing(self, row: Row) -> None:
        """What a published rating says beside how it goes: on hold, dropped, changed, or worked on again."""
        rating, on = row["rating"], self.day_of(row)
        if rating not in STOPPED and rating != "changed" and row["indicator"] not in self.ever_stopped:
            return
        kept = self.indicator[row["indicator"]]
        latest = kept.revisions.latest("number")
        as_published = {"rating": PUBLISHED_RATINGS[rating].label, "day": DaySaid.of(on)}
        why = why_of_row(row, self.frame.language) or why_of_house(Sentence(PUBLISHED_AS, as_published))
        is_active = latest.activity == Activity.ACTIVE
        redefined = rating == "changed"
        if rating in STOPPED:
            wanted, is_so = STOPPED[rating], not is_active
        elif redefined:
            wanted = Activity(latest.activity)
            is_so = kept.revisions.filter(redefined=True, number__gt=1, in_force_on__lte=on).exists()
        else:
            wanted, is_so = Activity.ACTIVE, is_active or not self._was_stopped_in_a_report(row)
        if is_so:
            self._is_told_otherwise(row, kept.revisions.filter(number__gt=1, in_force_on=on))
            return
        if kept.revisions.filter(in_force_on__gt=on).exists():
            return
        self._revise(
            row,
            kept,
            lambda before: (
                before if redefined else replace(before, activity=wanted, activity_reason=why.texts, superseded_by=None)
            ),
            on=on,
            why=why,
            redefined=redefined,
        )

    def _was_stopped_in_a_report(self, row: Row) -> bool:
        """Whether an earlier report in this file says that it was on hold or dropped: this one takes it up again."""
        return any(
            other["indicator"] == row["indicator"]
            and other["rating"] in STOPPED
            and self.day_of(other) < self.day_of(row)
            for other in self.ledger.book["ratings"]
        )

    def _revise(
        self,
        row: Row,
        kept: Any,
        wanted: Callable[[Any], Any],
        *,
        on: date,
        why: Why,
        cause: Cause | None = None,
        redefined: bool = False,
    ) -> None:
        common: dict[str, Any] = {"in_force_on": on, **why.stamp, "cause": cause, "by": self.by, "at": self.at}
        if isinstance(kept, Action):
            of_action = kept.revisions.select_related("owner", "superseded_by").latest("number")
            self.ledger.rests_on(row, of_action.number)
            terms = wanted(terms_of_action(of_action))
            made: Any = self._written(
                row, why, lambda: revise_action(action=kept, terms=terms, expected=of_action.number, **common)
            )
        else:
            latest = kept.revisions.select_related("superseded_by").latest("number")
            self.ledger.rests_on(row, latest.number)
            terms = wanted(terms_of_indicator(latest))
            made = self._written(
                row,
                why,
                lambda: revise_indicator(
                    indicator=kept, terms=terms, expected=latest.number, redefined=redefined, **common
                ),
            )
            self.ever_stopped.add(kept.code)
        if made is not None:
            params = {"code": kept.code, "day": DaySaid.of(on), "reason": why.reason}
            self.ledger.note(What.CHANGED, row, Sentence(REVISED, params))

    # ---- targets -----------------------------------------------------------------------------------------------

    def _target(self, row: Row) -> None:
        draft, indicator = target_draft(row), self.indicator[row["indicator"]]
        organisation = Organisation.objects.get(code=draft.organisation) if draft.organisation else self.plan.owner
        stated = Target.objects.filter(indicator=indicator, organisation=organisation, series=draft.series)
        alike = list(stated.filter(due_on=draft.due_on, number=draft.number, denominator=draft.denominator))
        standing = {target.due_on: target for target in stated.filter(successor__isnull=True)}
        is_now, on_day = standing.get(draft.due_on) in alike, row["in_force_on"] or self.frame.adopted_on
        if alike and (is_now or not self._comes_back(row, alike, stated.filter(due_on=draft.due_on), on_day)):
            self._stands(row, alike)
            return
        if row["replaces"] is not None and row["replaces"] not in standing:
            self.ledger.fault(row, "replaces", NothingToReplace(day=DaySaid.of(row["replaces"])).said)
            return
        replaces = standing.get(row["replaces"] or draft.due_on)
        if draft.series is Series.BASELINE and standing:
            replaces = next(iter(standing.values()))
        if replaces is not None:
            self.ledger.rests_on(row, replaces.due_on, replaces.number, replaces.denominator, replaces.in_force_on)
        on = row["in_force_on"] if is_set_later(row, self.frame) or replaces is None else None
        why = self.why_of(row)
        made = self._written(
            row,
            why,
            lambda: set_target(
                indicator=indicator,
                organisation=organisation,
                series=draft.series,
                due_on=draft.due_on,
                number=draft.number,
                denominator=draft.denominator,
                replaces=replaces,
                reason=why.reason,
                reason_in=why.elsewhere,
                in_force_on=on or self.at.date(),
                by=self.by,
                at=self.at,
            ),
        )
        if made is not None:
            params = {
                "code": indicator.code,
                "due_on": DaySaid.of(draft.due_on),
                "day": DaySaid.of(made.in_force_on),
            }
            self.ledger.note(What.CHANGED, row, Sentence(TARGET_SET, params))

    # ---- money -------------------------------------------------------------------------------------------------

    def _money(self, row: Row) -> None:
        action, on = self.action[row["action"]], row["on_day"] or self.frame.adopted_on
        amount = self.ledger.attempt(row, lambda: money_of(row, self.frame))
        if amount is None:
            return
        why = self.why_of(row)
        stamp: dict[str, Any] = {"on_day": on, **why.stamp, "is_record": True, "by": self.by, "at": self.at}
        if row["kind"] == "spent":
            entry = (action.code, amount.minor, amount.currency, on)
            if self.spent[entry]:
                self.spent[entry] -= 1
                alike = action.budget.filter(
                    kind="spent", amount_minor=amount.minor, currency=amount.currency, on_day=on
                )
                self._stands(row, list(alike))
                return
            made = self._written(row, why, lambda: enter_spending(action=action, amount=amount, **stamp))
        else:
            wholes = action.budget.filter(currency=amount.currency).exclude(kind="spent")
            present = _present(action, amount.currency)
            whole = list(wholes.filter(amount_minor=amount.minor))
            if whole and (present == amount or not self._comes_back(row, whole, wholes, on)):
                self._stands(row, whole)
                return
            self.ledger.rests_on(row, present)
            made = self._written(
                row, why, lambda: revise_budget(action=action, amount=amount, expected=present, **stamp)
            )
        if made is not None:
            self.ledger.is_new(row)


def _present(action: Action, currency: str) -> Money | None:
    lines = [
        BudgetLine(entry.kind, entry.amount_minor, entry.currency, entry.on_day, entry.pk)
        for entry in action.budget.filter(currency=currency)
    ]
    states = budget_as_of(lines, date.max)
    if not states or states[0].present is None:
        return None
    return Money(states[0].present, currency)
