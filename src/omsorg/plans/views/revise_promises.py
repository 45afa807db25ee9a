"""Forms for what is promised: an action or an indicator is revised, or a further one comes into the plan."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.kernel import clock
from omsorg.plans.actions.adoption import add_action, add_indicator
from omsorg.plans.actions.promises import revise_action, revise_indicator
from omsorg.plans.forms.promised import ActionForm, IndicatorForm, PromiseForm, merged
from omsorg.plans.models import Action, DisaggregationKey, Indicator
from omsorg.plans.pages.revisions import FIELDS, ChangeTold, changes_told
from omsorg.plans.pages.words import CAUSES, plain
from omsorg.plans.queries.promises import terms_of_action, terms_of_indicator
from omsorg.plans.rules.drafts import ActionDraft, IndicatorDraft
from omsorg.plans.rules.measures import Cause
from omsorg.plans.rules.promises import RevisedMeanwhile, change, objections, overlap, settled, state_of
from omsorg.plans.rules.revisions import FieldChange, difference
from omsorg.plans.views.desk import Desk, Sheet, made, open_desk, stamp_of


def action(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Give an action new terms."""
    desk = open_desk(request, plan)
    kept = Action.objects.filter(plan=desk.plan, code=code).select_related("plan").first()
    if kept is None:
        raise NothingHere(code)
    return _revise(request, desk, kept)


def indicator(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    """Give an indicator new terms."""
    desk = open_desk(request, plan)
    kept = Indicator.objects.filter(plan=desk.plan, code=code).select_related("plan").first()
    if kept is None:
        raise NothingHere(code)
    return _revise(request, desk, kept)


def add(request: HttpRequest, plan: str, what: str) -> HttpResponse:
    """A further action or indicator comes into the plan."""
    desk = open_desk(request, plan)
    form = _form(desk, what, "", request.POST or None, initial=_blank(desk, what), is_new=True)
    sheet = Sheet(
        desk=desk,
        heading=__("Add an action") if what == "action" else __("Add an indicator"),
        lead=__("It stands in the plan from its day on. An indicator added now never counts in the plan as adopted."),
        crumbs=desk.crumbs(),
        form=form,
        make=__("Add it to the plan"),
        done=__("It is in the plan now, and in public."),
        back=f"{reverse('plans:revise', args=[desk.plan.code])}?show={what}s",
    )

    def preview() -> Sequence[ChangeTold]:
        terms = form.terms(None)
        for objection in objections(form.cleaned_data["code"], terms, today=desk.today):
            raise objection
        return changes_told(_filled(difference(None, state_of(terms))), dict(desk.owners()))

    def act() -> None:
        given = form.cleaned_data
        common: dict[str, Any] = {
            "plan": desk.plan,
            "in_force_on": given["in_force_on"],
            "reason": given["reason"],
            "reason_in": form.reason_in,
            "by": desk.acting,
            "at": clock.now(),
        }
        if isinstance(form, ActionForm):
            add_action(draft=ActionDraft(code=given["code"], terms=form.terms(None)), **common)
        elif isinstance(form, IndicatorForm):
            measured = tuple(given["actions"])
            add_indicator(draft=IndicatorDraft(code=given["code"], terms=form.terms(None), actions=measured), **common)

    def stands() -> Any:
        thing = Action if what == "action" else Indicator
        kept = thing.objects.filter(plan=desk.plan, code=form.cleaned_data["code"]).first()
        newest = _revision(kept) if kept else None
        return newest if newest and _terms(kept, newest) == settled(form.terms(None)) else None

    return sheet.answer(request, preview=preview, act=act, stands=stands)


def _revise(request: HttpRequest, desk: Desk, kept: Any) -> HttpResponse:
    what = "action" if isinstance(kept, Action) else "indicator"
    latest = _revision(kept)
    number = _number(request.POST.get("expected"), latest.number)
    before = _terms(kept, _revision(kept, number))
    initial = {**_form_class(what).from_terms(before), **stamp_of(desk), "expected": number}
    form = _form(desk, what, kept.code, request.POST or None, initial=initial)
    title = plain(before.title)
    sheet = Sheet(
        desk=desk,
        heading=f"{kept.code} {title}",
        lead=__("What you change becomes a revision from its day on. What stood before stays to be read for ever."),
        crumbs=desk.crumbs(),
        form=form,
        make=__("Make the revision"),
        done=made(),
        back=f"{reverse('plans:revise', args=[desk.plan.code])}?show={what}s#{kept.code}",
        history=reverse("plans:public-history", args=[desk.plan.code, what, kept.code]),
    )

    def wanted() -> dict[str, Any]:
        given = form.cleaned_data
        asked: dict[str, Any] = {
            "terms": form.terms(before),
            "reason": given["reason"],
            "reason_in": form.reason_in,
            "cause": form.cause,
            "in_force_on": given["in_force_on"],
        }
        return asked | ({"redefined": given["redefined"]} if what == "indicator" else {})

    def preview() -> Sequence[ChangeTold]:
        asked = wanted()
        del asked["reason_in"]
        if number != latest.number:
            now = _terms(kept, latest)
            raise RevisedMeanwhile(
                number=latest.number, changes=difference(state_of(before), state_of(now)), reason=latest.reason
            )
        may_stand = change(
            kept.code,
            before,
            asked.pop("terms"),
            last_in_force_on=latest.in_force_on,
            today=desk.today,
            **asked,
        )
        sheet.cause = str(CAUSES[may_stand.cause]) if may_stand.cause else ""
        changes = list(may_stand.changes)
        if may_stand.redefined:
            changes.append(FieldChange("redefined", None, __("something else is measured from now on")))
        return changes_told(changes, dict(desk.owners()))

    def act() -> None:
        revise: Any = revise_action if what == "action" else revise_indicator
        revise(**{what: kept}, expected=number, by=desk.acting, at=clock.now(), **wanted())

    def stands() -> Any:
        newest = _revision(kept)
        says_it = newest.number == number + 1 and _terms(kept, newest) == settled(form.terms(before))
        return newest if says_it else None

    def meanwhile(told: RevisedMeanwhile) -> tuple[PromiseForm, Sequence[str]]:
        theirs = _terms(kept, _revision(kept, told.number))
        mine = form.terms(before)
        both = overlap(told.changes, state_of(before), state_of(mine))
        again = {
            **_form_class(what).from_terms(merged(before, theirs, mine)),
            **form.stamp,
            **{name: form.cleaned_data.get(name) for name in ("cause", "redefined")},
            "expected": told.number,
        }
        return _form(desk, what, kept.code, None, initial=again), [str(FIELDS[name]) for name in both]

    return sheet.answer(request, preview=preview, act=act, stands=stands, meanwhile=meanwhile)


def _form_class(what: str) -> Any:
    return ActionForm if what == "action" else IndicatorForm


def _form(desk: Desk, what: str, own: str, data: Any, *, initial: dict[str, Any], is_new: bool = False) -> Any:
    states = desk.state.actions if what == "action" else desk.state.indicators
    others = [(state.code, f"{state.code} {plain(state.terms.title)}") for state in states if state.code != own]
    if what == "action":
        return ActionForm(data, initial=initial, others=others, owners=desk.owners(), code=is_new)
    if what != "indicator":
        raise NothingHere(what)
    dimensions = DisaggregationKey.objects.exclude(dimension="").order_by("dimension").values_list("dimension")
    actions = [(state.code, f"{state.code} {plain(state.terms.title)}") for state in desk.state.actions]
    return IndicatorForm(
        data,
        initial=initial,
        others=others,
        code=is_new,
        dimensions=[(name, name) for (name,) in dimensions.distinct()],
        actions=actions if is_new else None,
    )


def _blank(desk: Desk, what: str) -> dict[str, Any]:
    if what != "action":
        return {**stamp_of(desk), "tolerance": Decimal("0.10"), "at_risk_band": Decimal("0.25")}
    return {**stamp_of(desk), "owner": desk.plan.owner.code, "starts_on": desk.today}


def _revision(kept: Any, number: int | None = None) -> Any:
    related = ["superseded_by"] + (["owner"] if isinstance(kept, Action) else [])
    revisions = kept.revisions.select_related(*related)
    return revisions.latest("number") if number is None else revisions.get(number=number)


def _terms(kept: Any, revision: Any) -> Any:
    return terms_of_action(revision) if isinstance(kept, Action) else terms_of_indicator(revision)


def _number(sent: str | None, latest: int) -> int:
    """The revision that the page was opened with; anything that never was one is the newest."""
    number = int(sent) if sent and sent.isdecimal() and len(sent) < 5 else latest
    return number if 1 <= number <= latest else latest


def _filled(changes: Sequence[FieldChange]) -> list[FieldChange]:
    return [each for each in changes if each.after not in (None, "", (), {}) and not isinstance(each.after, Cause)]
