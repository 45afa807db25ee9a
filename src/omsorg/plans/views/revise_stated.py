"""Forms for what stands beside the promises: baselines, targets and money."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.kernel.money import Money
from omsorg.kernel.numbers import format_sum
from omsorg.plans.actions.budgets import enter_spending, newest_entry, revise_budget
from omsorg.plans.actions.targets import set_target
from omsorg.plans.forms.stated import MoneyForm, TargetForm
from omsorg.plans.models import Action, BudgetEntry, Indicator, Target
from omsorg.plans.pages.revisions import ChangeTold, changes_told, entries_told
from omsorg.plans.pages.words import language_now, plain
from omsorg.plans.queries.history import history_of_action, history_of_indicator
from omsorg.plans.queries.promises import TargetState
from omsorg.plans.rules.measures import Series
from omsorg.plans.rules.revisions import FieldChange, NothingChanged
from omsorg.plans.views.desk import Sheet, is_id, made, open_desk, stamp_of, stamped
from omsorg.plans.views.frame import Link


def targets(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """The baseline and the targets of an indicator, each with its own form, and what they were before."""
    desk = open_desk(request, plan)
    state = desk.state.indicator.get(code)
    if state is None:
        raise NothingHere(code)
    in_force = ([state.baseline] if state.baseline else []) + list(state.targets)
    address = reverse("plans:revise-target", args=[desk.plan.code, code])
    indicator = Indicator.objects.get(pk=state.id)
    entries = [entry for entry in history_of_indicator(indicator) if entry.kind == "target"]
    return render(
        request,
        "plans/revise_list.html",
        {
            "plan": desk.plan,
            "heading": __("Targets of %(code)s") % {"code": code},
            "lead": plain(state.terms.title),
            "crumbs": desk.crumbs(),
            "caption": __("In force today"),
            "facts": [
                {
                    "label": changes_told([_target_change(target)])[0].what,
                    "value": changes_told([_target_change(target)])[0].after,
                    "url": f"{address}?replaces={target.id}",
                }
                for target in in_force
            ],
            "add": [Link(__("State a target"), address)],
            "entries": entries_told(entries),
        },
    )


def target(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """State a target, or put one in the place of another."""
    desk = open_desk(request, plan)
    state = desk.state.indicator.get(code)
    if state is None:
        raise NothingHere(code)
    sent = request.GET.get("replaces", "")
    replaces = Target.objects.filter(pk=int(sent), indicator=state.id).first() if is_id(sent) else None
    initial: dict[str, Any] = dict(stamp_of(desk))
    if replaces is not None:
        initial |= {
            "series": "baseline" if replaces.series == Series.BASELINE else "target",
            "due_on": replaces.due_on,
            "number": replaces.number,
            "denominator": replaces.denominator,
        }
    form = TargetForm(request.POST or None, initial=initial)
    sheet = Sheet(
        desk=desk,
        heading=__("Target of %(code)s") % {"code": code},
        lead=plain(state.terms.title),
        crumbs=desk.crumbs(Link(__("Targets"), reverse("plans:revise-targets", args=[desk.plan.code, code]))),
        form=form,
        make=__("State the target"),
        done=made(),
        back=reverse("plans:revise-targets", args=[desk.plan.code, code]),
    )

    def terms() -> tuple[Any, Decimal, Decimal | None]:
        given = form.cleaned_data
        return given["due_on"], given["number"], given["denominator"]

    def preview() -> Sequence[ChangeTold]:
        before = (replaces.due_on, replaces.number, replaces.denominator) if replaces else None
        if before == terms():
            raise NothingChanged
        return changes_told([FieldChange(form.cleaned_data["series"], before, terms())])

    def act() -> None:
        due_on, number, denominator = terms()
        set_target(
            indicator=Indicator.objects.select_related("plan__owner").get(pk=state.id),
            series=Series.BASELINE if form.cleaned_data["series"] == "baseline" else Series.TARGET,
            due_on=due_on,
            number=number,
            denominator=denominator,
            replaces=replaces,
            **stamped(desk, form),
        )

    def stands() -> Target | None:
        stated = Target.objects.filter(indicator=state.id, organisation=desk.plan.owner_id, supersedes=replaces)
        newest = stated.order_by("-pk").first()
        if newest is None or (newest.series == Series.BASELINE) is not (form.cleaned_data["series"] == "baseline"):
            return None
        return newest if (newest.due_on, newest.number, newest.denominator) == terms() else None

    return sheet.answer(request, preview=preview, act=act, stands=stands)


def budget(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """What an action may cost and has cost, with the way to change either."""
    desk = open_desk(request, plan)
    state = desk.state.action.get(code)
    if state is None:
        raise NothingHere(code)
    facts = []
    for each in state.budget:
        for what, minor in ((__("Original"), each.original), (__("Revised"), each.revised), (__("Spent"), each.spent)):
            if minor is not None:
                told = changes_told([FieldChange("spent", None, (minor, each.currency))])[0].after
                facts.append({"label": what, "value": told, "url": ""})
    address = reverse("plans:revise-money", args=[desk.plan.code, code, "sum"])
    entries = [entry for entry in history_of_action(Action.objects.get(pk=state.id)) if entry.kind == "budget"]
    return render(
        request,
        "plans/revise_list.html",
        {
            "plan": desk.plan,
            "heading": __("Budget of %(code)s") % {"code": code},
            "lead": plain(state.terms.title),
            "crumbs": desk.crumbs(),
            "caption": __("As it stands"),
            "facts": facts,
            "add": [
                Link(__("Change the whole sum"), address),
                Link(__("Enter money spent"), reverse("plans:revise-money", args=[desk.plan.code, code, "spent"])),
            ],
            "entries": entries_told(entries),
        },
    )


def money(request: HttpRequest, plan: str, code: str, which: str) -> HttpResponse:
    """The whole sum of an action (`sum`), or money spent on it (`spent`)."""
    desk = open_desk(request, plan)
    state = desk.state.action.get(code)
    if state is None or which not in ("sum", "spent"):
        raise NothingHere(code)
    is_sum = which == "sum"
    present = {each.currency: each.present for each in state.budget if each.present is not None}
    currency = next(iter(present), desk.plan.currency)
    initial: dict[str, Any] = {**stamp_of(desk), "currency": currency, "expected": _sums_sent(present)}
    if is_sum and currency in present:
        initial["amount"] = Money(present[currency], currency).amount
    if not is_sum:
        initial["expected"] = newest_entry(state.id)
    form = MoneyForm(request.POST or None, initial=initial)
    sheet = Sheet(
        desk=desk,
        heading=(__("Budget of %(code)s") if is_sum else __("Money spent on %(code)s")) % {"code": code},
        lead=plain(state.terms.title),
        crumbs=desk.crumbs(Link(__("Budget"), reverse("plans:revise-budget", args=[desk.plan.code, code]))),
        form=form,
        make=__("Set the whole sum") if is_sum else __("Enter it"),
        done=made(),
        back=reverse("plans:revise-budget", args=[desk.plan.code, code]),
    )

    def preview() -> Sequence[ChangeTold]:
        amount = form.money()
        if is_sum:
            sheet.note = _standing_beside(present, amount.currency)
        before = (present[amount.currency], amount.currency) if is_sum and amount.currency in present else None
        return changes_told([FieldChange("budget" if is_sum else "spent", before, (amount.minor, amount.currency))])

    def act() -> None:
        amount, stamp = form.money(), stamped(desk, form)
        stamp["on_day"] = stamp.pop("in_force_on")
        kept = Action.objects.select_related("plan").get(pk=state.id)
        sent = form.cleaned_data["expected"]
        if not is_sum:
            enter_spending(action=kept, amount=amount, seen=int(sent) if is_id(sent) else None, **stamp)
            return
        revise_budget(action=kept, amount=amount, expected=_sum_read(sent, amount.currency), **stamp)

    def stands() -> BudgetEntry | None:
        newest = BudgetEntry.objects.filter(action=state.id).order_by("-pk").first()
        if newest is None or (newest.kind == BudgetEntry.Kind.SPENT) is is_sum:
            return None
        return newest if Money(newest.amount_minor, newest.currency) == form.money() else None

    return sheet.answer(request, preview=preview, act=act, stands=stands)


def _sums_sent(present: Mapping[str, int]) -> str:
    """The whole sums that a form was opened with, one for each currency: "EUR:18000000 NOK:5000"."""
    return " ".join(f"{currency}:{minor}" for currency, minor in present.items())


def _sum_read(sent: str, currency: str) -> Money | None:
    """The whole sum in `currency` that was read, None where there was none."""
    minor = dict(each.partition(":")[::2] for each in sent.split()).get(currency, "")
    return Money(int(minor), currency) if is_id(minor) else None


def _standing_beside(present: Mapping[str, int], currency: str) -> str:
    """What stays as it is in other currencies, in a sentence; empty where nothing does."""
    others = [format_sum(minor, each, language_now()) for each, minor in present.items() if each != currency]
    if not others:
        return ""
    return __(
        "Beside it stands the budget of %(sums)s, and it stays as it is: sums in two currencies are never put together."
        " If it is to end, set it to 0 in its own currency."
    ) % {"sums": ", ".join(others)}


def _target_change(state: TargetState) -> FieldChange:
    name = "baseline" if state.series is Series.BASELINE else "target"
    return FieldChange(name, None, (state.due_on, state.number, state.denominator))
