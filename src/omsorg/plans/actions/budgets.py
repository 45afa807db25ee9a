"""Money of the plan: what an action may cost, and what has been spent. Entries only; nothing is overwritten."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from omsorg.federation.access import Acting, require
from omsorg.kernel.money import Money, check_ever_used, check_in_use
from omsorg.kernel.numbers import DaySaid
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.reasons import also_said
from omsorg.plans.actions.released import keep_to_reports
from omsorg.plans.models import Action, BudgetEntry
from omsorg.plans.rules.budgets import BudgetLine, budget_as_of, check_amount, first_day_below_nothing
from omsorg.plans.rules.promises import RevisedMeanwhile, Texts, check_days
from omsorg.plans.rules.revisions import FieldChange, NothingChanged, RevisionWithoutReason


class BudgetBelowNothing(Refusal):
    sentence = _("A budget cannot be below nothing.")


class SpentBelowNothing(Refusal):
    sentence = _("On %(day)s the sum spent would then be smaller than nothing.")


class NothingSpent(Refusal):
    sentence = _("Enter what was spent, or with a minus sign what was entered too much.")


class EnteredAlready(Refusal):
    sentence = _(
        "You have entered just this already since you opened the page. If the same was spent once more, open the page"
        " anew."
    )


@transaction.atomic
def revise_budget(
    *,
    action: Action,
    amount: Money,
    expected: Money | None,
    on_day: date,
    reason: str,
    reason_in: Texts | None = None,
    is_record: bool = False,
    by: Acting,
    at: datetime,
) -> BudgetEntry:
    """Set the whole sum that an action may cost from `on_day` on. The first of an action is the original, each
    later one a revision.

    `expected` is the sum that was read (None: there was none); where it is another by now, RevisedMeanwhile says so.
    `is_record`: taken over from what was published, and so also in a currency that has been given up since.
    """
    lines, last_on = _locked(action, amount.currency, by, reason, is_record)
    present = next((state.present for state in budget_as_of(lines, date.max)), None)
    if (expected.minor if expected else None) != present:
        raise RevisedMeanwhile(
            number=0,
            changes=(FieldChange("budget", expected, None if present is None else Money(present, amount.currency)),),
        )
    check_amount(amount)
    if amount.minor < 0:
        raise BudgetBelowNothing
    if amount.minor == present:
        raise NothingChanged
    check_days(on_day, last_in_force_on=last_on, today=at.date())
    keep_to_reports(action.plan_id, on_day)
    is_first = not action.budget.filter(kind=BudgetEntry.Kind.ORIGINAL).exists()
    kind = BudgetEntry.Kind.ORIGINAL if is_first else BudgetEntry.Kind.REVISED
    return _enter("revise_budget", action, kind, amount, on_day, reason, reason_in, by, at)


@transaction.atomic
def enter_spending(
    *,
    action: Action,
    amount: Money,
    on_day: date,
    reason: str,
    reason_in: Texts | None = None,
    seen: int | None = None,
    is_record: bool = False,
    by: Acting,
    at: datetime,
) -> BudgetEntry:
    """Enter money spent on an action, to be added to what was spent before; below zero takes back a mistake.

    Refused where the sum would be below nothing on any day, and on a day that a released report has told of; and where
    this person has entered just the same since `seen`, the newest entry that was read (None: whatever was read).
    `is_record`: as with `revise_budget`.
    """
    lines, _last = _locked(action, amount.currency, by, reason, is_record)
    same = {"kind": BudgetEntry.Kind.SPENT, "amount_minor": amount.minor, "currency": amount.currency}
    same |= {"on_day": on_day, "reason": reason.strip(), "by": by.person_id}
    if seen is not None and action.budget.filter(pk__gt=seen, **same).exists():
        raise EnteredAlready
    check_amount(amount)
    if not amount:
        raise NothingSpent
    below = first_day_below_nothing(lines, BudgetLine(BudgetEntry.Kind.SPENT, amount.minor, amount.currency, on_day))
    if below is not None:
        raise SpentBelowNothing(day=DaySaid.of(below))
    check_days(on_day, last_in_force_on=None, today=at.date())
    keep_to_reports(action.plan_id, on_day)
    return _enter("enter_spending", action, BudgetEntry.Kind.SPENT, amount, on_day, reason, reason_in, by, at)


def newest_entry(action: int) -> int:
    """The number of the newest entry of money of an action, 0 where there is none."""
    return BudgetEntry.objects.filter(action=action).aggregate(newest=Max("pk", default=0))["newest"]


def _locked(
    action: Action, currency: str, by: Acting, reason: str, is_record: bool
) -> tuple[list[BudgetLine], date | None]:
    """All entries in this currency, and the day of the last whole sum; nobody else enters until this is done."""
    require(by, "plans.revise", action.plan.owner_id)
    if not reason.strip():
        raise RevisionWithoutReason
    Action.objects.select_for_update().get(pk=action.pk)
    entries = list(action.budget.filter(currency=currency).order_by("on_day", "pk"))
    if is_record:
        check_ever_used(currency)
    elif not entries:
        check_in_use(currency)
    lines = [BudgetLine(e.kind, e.amount_minor, e.currency, e.on_day, e.pk) for e in entries]
    wholes = [entry.on_day for entry in entries if entry.kind != BudgetEntry.Kind.SPENT]
    return lines, (wholes[-1] if wholes else None)


def _enter(
    verb: str,
    action: Action,
    kind: BudgetEntry.Kind,
    amount: Money,
    on_day: date,
    reason: str,
    reason_in: Texts | None,
    by: Acting,
    at: datetime,
) -> BudgetEntry:
    entry = BudgetEntry.objects.create(
        action=action,
        kind=kind,
        amount_minor=amount.minor,
        currency=amount.currency,
        on_day=on_day,
        reason=reason.strip(),
        reason_in=also_said(reason_in),
        by_id=by.person_id,
        at=at,
    )
    leave_trace(
        verb,
        f"action:{action.plan.code}/{action.code}",
        by=by.person_id,
        at=at,
        organisation=action.plan.owner_id,
        details={
            "kind": kind.value,
            "minor": amount.minor,
            "currency": amount.currency,
            "on_day": on_day.isoformat(),
        },
    )
    return entry
