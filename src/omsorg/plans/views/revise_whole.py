"""The form for the plan itself."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.plans.actions.plans import revise_plan
from omsorg.plans.forms.promised import PlanForm
from omsorg.plans.forms.stamped import StampForm
from omsorg.plans.models import PlanRevision
from omsorg.plans.pages.revisions import FIELDS, ChangeTold, changes_told
from omsorg.plans.queries.promises import terms_of_plan
from omsorg.plans.rules.plan_terms import PlanTerms, plan_change, plan_state
from omsorg.plans.rules.promises import RevisedMeanwhile, overlap
from omsorg.plans.rules.reach import reach_of
from omsorg.plans.rules.revisions import difference
from omsorg.plans.views.desk import Sheet, is_id, made, open_desk, stamp_of, stamped


def whole(request: HttpRequest, plan: str) -> HttpResponse:
    """Give the plan itself another title, summary or period."""
    desk = open_desk(request, plan)
    revisions = {row.number: row for row in desk.plan.revisions.all()}
    latest = revisions[max(revisions)]
    sent = request.POST.get("expected", "")
    read = revisions.get(int(sent), latest) if is_id(sent) else latest
    before = terms_of_plan(read)
    initial = {**PlanForm.from_terms(before), **stamp_of(desk), "expected": read.number}
    form = PlanForm(request.POST or None, initial=initial)
    sheet = Sheet(
        desk=desk,
        heading=__("Title and period of the plan"),
        lead=__("What you change becomes a revision from its day on. What stood before stays to be read for ever."),
        crumbs=desk.crumbs(),
        form=form,
        make=__("Make the revision"),
        done=made(),
        back=reverse("plans:revise", args=[desk.plan.code]),
        history=reverse("plans:public-history", args=[desk.plan.code, "plan", desk.plan.code]),
        reach=reach_of(desk.plan.adopted_on, desk.plan.adopted_on),
    )

    def preview() -> Sequence[ChangeTold]:
        if read.number != latest.number:
            now = plan_state(terms_of_plan(latest))
            raise RevisedMeanwhile(
                number=latest.number, changes=difference(plan_state(before), now), reason=latest.reason
            )
        changes = plan_change(
            before,
            form.terms(before),
            reason=form.cleaned_data["reason"],
            last_in_force_on=latest.in_force_on,
            in_force_on=form.cleaned_data["in_force_on"],
            today=desk.today,
        )
        return changes_told(changes)

    def act() -> None:
        revise_plan(plan=desk.plan, terms=form.terms(before), expected=read.number, **stamped(desk, form))

    def stands() -> PlanRevision | None:
        newest = desk.plan.revisions.latest("number")
        says_it = newest.number == read.number + 1 and terms_of_plan(newest) == form.terms(before)
        return newest if says_it else None

    def meanwhile(told: RevisedMeanwhile) -> tuple[StampForm, Sequence[str]]:
        theirs = terms_of_plan(desk.plan.revisions.get(number=told.number))
        states = plan_state(before), plan_state(theirs), plan_state(form.terms(before))
        both = overlap(told.changes, states[0], states[2])
        merged = {name: states[1][name] if mine == states[0][name] else mine for name, mine in states[2].items()}
        again = {
            **PlanForm.from_terms(PlanTerms(**merged)),
            **form.stamp,
            "expected": told.number,
        }
        return PlanForm(None, initial=again), [str(FIELDS[name]) for name in both]

    return sheet.answer(request, preview=preview, act=act, stands=stands, meanwhile=meanwhile)
