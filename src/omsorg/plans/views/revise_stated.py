"""Forms for what stands beside the promises: targets, money, answers, links, further sources and recommendations."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.kernel import clock
from omsorg.kernel.money import Money
from omsorg.plans.actions.adoption import add_recommendation, add_source
from omsorg.plans.actions.budgets import enter_spending, revise_budget
from omsorg.plans.actions.recommendations import answer_recommendation, link_recommendation
from omsorg.plans.actions.targets import set_target
from omsorg.plans.forms.stamped import StampForm, spoken
from omsorg.plans.forms.stated import AnswerForm, LinkForm, MoneyForm, RecommendationForm, SourceForm, TargetForm
from omsorg.plans.models import Action, Indicator, Recommendation, Source, Target
from omsorg.plans.pages.revisions import ChangeTold, changes_told, entries_told
from omsorg.plans.pages.words import plain
from omsorg.plans.queries.history import history_of_action, history_of_indicator
from omsorg.plans.queries.promises import TargetState
from omsorg.plans.rules.drafts import RecommendationDraft, SourceDraft
from omsorg.plans.rules.measures import Series
from omsorg.plans.rules.revisions import FieldChange, NothingChanged
from omsorg.plans.views.desk import Desk, Sheet, made, open_desk, stamp_of
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
    replaces = Target.objects.filter(pk=int(sent), indicator=state.id).first() if _is_id(sent) else None
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
            **_stamp(desk, form),
        )

    return sheet.answer(request, preview=preview, act=act)


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
    initial: dict[str, Any] = {**stamp_of(desk), "currency": currency, "expected": present.get(currency, "")}
    if is_sum and currency in present:
        initial["amount"] = Money(present[currency], currency).amount
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
        before = (present[amount.currency], amount.currency) if is_sum and amount.currency in present else None
        return changes_told([FieldChange("budget" if is_sum else "spent", before, (amount.minor, amount.currency))])

    def act() -> None:
        amount, stamp = form.money(), _stamp(desk, form)
        stamp["on_day"] = stamp.pop("in_force_on")
        kept = Action.objects.select_related("plan").get(pk=state.id)
        if not is_sum:
            enter_spending(action=kept, amount=amount, **stamp)
            return
        sent = form.cleaned_data["expected"]
        expected = Money(int(sent), amount.currency) if _is_id(sent) and amount.currency == currency else None
        revise_budget(action=kept, amount=amount, expected=expected, **stamp)

    return sheet.answer(request, preview=preview, act=act)


def recommendation(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """What is answered to a recommendation."""
    desk = open_desk(request, plan)
    state = desk.state.recommendation.get(code)
    if state is None:
        raise NothingHere(code)
    initial = {
        **stamp_of(desk),
        **spoken("response", state.response),
        "accepted": state.accepted,
        "expected": state.number,
    }
    form = AnswerForm(request.POST or None, initial=initial)
    sheet = Sheet(
        desk=desk,
        heading=__("Answer to recommendation %(code)s") % {"code": code},
        lead=plain(state.text),
        crumbs=desk.crumbs(),
        form=form,
        make=__("Give this answer"),
        done=made(),
        back=f"{reverse('plans:revise', args=[desk.plan.code])}?show=recommendations#{code}",
        history=reverse("plans:public-history", args=[desk.plan.code, "recommendation", code]),
    )

    def preview() -> Sequence[ChangeTold]:
        response = form.texts("response", state.response)
        changes = [
            FieldChange(name, before, after)
            for name, before, after in (
                ("accepted", state.accepted, form.cleaned_data["accepted"]),
                ("response", state.response, response),
            )
            if before != after
        ]
        if not changes:
            raise NothingChanged
        return changes_told(changes)

    def act() -> None:
        sent = form.cleaned_data["expected"]
        answer_recommendation(
            recommendation=Recommendation.objects.select_related("source__plan").get(pk=state.id),
            accepted=form.cleaned_data["accepted"],
            response=form.texts("response", state.response),
            expected=int(sent) if _is_id(sent) else 0,
            **_stamp(desk, form),
        )

    return sheet.answer(request, preview=preview, act=act)


def links(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Which action answers a recommendation, or does so no longer."""
    desk = open_desk(request, plan)
    state = desk.state.recommendation.get(code)
    if state is None:
        raise NothingHere(code)
    actions = [(each.code, f"{each.code} {plain(each.terms.title)}") for each in desk.state.actions]
    form = LinkForm(request.POST or None, initial=stamp_of(desk), actions=actions)
    sheet = Sheet(
        desk=desk,
        heading=__("Actions that answer recommendation %(code)s") % {"code": code},
        lead=__("Today: %(actions)s") % {"actions": ", ".join(state.actions) or __("none")},
        crumbs=desk.crumbs(),
        form=form,
        make=__("Make the change"),
        done=made(),
        back=f"{reverse('plans:revise', args=[desk.plan.code])}?show=recommendations#{code}",
        history=reverse("plans:public-history", args=[desk.plan.code, "recommendation", code]),
    )

    def preview() -> Sequence[ChangeTold]:
        action, holds = form.cleaned_data["action"], form.cleaned_data["holds"] == "yes"
        if holds == (action in state.actions):
            raise NothingChanged
        return changes_told([FieldChange("actions", *((None, action) if holds else (action, None)))])

    def act() -> None:
        link_recommendation(
            action=Action.objects.select_related("plan").get(plan=desk.plan, code=form.cleaned_data["action"]),
            recommendation=Recommendation.objects.select_related("source").get(pk=state.id),
            holds=form.cleaned_data["holds"] == "yes",
            **_stamp(desk, form),
        )

    return sheet.answer(request, preview=preview, act=act)


def add_a_source(request: HttpRequest, plan: str) -> HttpResponse:
    """A further source comes into the plan."""
    desk = open_desk(request, plan)
    form = SourceForm(request.POST or None, initial=stamp_of(desk))
    sheet = _adding(desk, __("Add a source"), form)

    def draft() -> SourceDraft:
        given = form.cleaned_data
        return SourceDraft(
            code=given["code"],
            title=form.texts("title"),
            kind=given["kind"],
            published_on=given["published_on"],
            link=given["link"],
        )

    def act() -> None:
        stamp = _stamp(desk, form)
        add_source(plan=desk.plan, draft=draft(), in_plan_from=stamp.pop("in_force_on"), **stamp)

    return sheet.answer(
        request,
        preview=lambda: changes_told([FieldChange("title", None, draft().title)]),
        act=act,
    )


def add_a_recommendation(request: HttpRequest, plan: str) -> HttpResponse:
    """A further recommendation comes into the plan."""
    desk = open_desk(request, plan)
    sources = [(each.code, f"{each.code} {plain(each.title)}") for each in desk.state.sources]
    form = RecommendationForm(request.POST or None, initial=stamp_of(desk), sources=sources)
    sheet = _adding(desk, __("Add a recommendation"), form)

    def draft() -> RecommendationDraft:
        given = form.cleaned_data
        return RecommendationDraft(
            code=given["code"],
            source=given["source"],
            area=form.texts("area"),
            text=form.texts("text"),
            accepted=given["accepted"],
            response=form.texts("response"),
        )

    def act() -> None:
        stamp = _stamp(desk, form)
        add_recommendation(
            source=Source.objects.select_related("plan").get(plan=desk.plan, code=form.cleaned_data["source"]),
            draft=draft(),
            in_plan_from=stamp.pop("in_force_on"),
            **stamp,
        )

    return sheet.answer(
        request,
        preview=lambda: changes_told(
            [FieldChange("text", None, draft().text), FieldChange("accepted", None, draft().accepted)]
        ),
        act=act,
    )


def _adding(desk: Desk, heading: str, form: StampForm) -> Sheet:
    return Sheet(
        desk=desk,
        heading=heading,
        lead=__("The words of a source and of a recommendation are never changed afterwards."),
        crumbs=desk.crumbs(),
        form=form,
        make=__("Add it to the plan"),
        done=__("It is in the plan now, and in public."),
        back=f"{reverse('plans:revise', args=[desk.plan.code])}?show=recommendations",
    )


def _stamp(desk: Desk, form: StampForm) -> dict[str, Any]:
    return {
        "in_force_on": form.cleaned_data["in_force_on"],
        "reason": form.cleaned_data["reason"],
        "by": desk.acting,
        "at": clock.now(),
    }


def _target_change(state: TargetState) -> FieldChange:
    name = "baseline" if state.series is Series.BASELINE else "target"
    return FieldChange(name, None, (state.due_on, state.number, state.denominator))


def _is_id(sent: str) -> bool:
    return sent.isdecimal() and len(sent) < 19
