"""Forms for recommendations: what is answered, which actions answer, and what comes into the plan later."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.plans.actions.adoption import add_recommendation, add_source
from omsorg.plans.actions.recommendations import answer_recommendation
from omsorg.plans.forms.stamped import StampForm, spoken
from omsorg.plans.forms.stated import AnswerForm, RecommendationForm, SourceForm
from omsorg.plans.models import Recommendation, RecommendationResponse, Source
from omsorg.plans.pages.revisions import ChangeTold, changes_told
from omsorg.plans.pages.words import plain
from omsorg.plans.rules.drafts import RecommendationDraft, SourceDraft
from omsorg.plans.rules.revisions import FieldChange, NothingChanged
from omsorg.plans.views.desk import Desk, JustAdded, Sheet, is_id, just_added, made, open_desk, stamp_of, stamped


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
            expected=int(sent) if is_id(sent) else 0,
            **stamped(desk, form),
        )

    def stands() -> RecommendationResponse | None:
        newest = RecommendationResponse.objects.filter(recommendation=state.id).order_by("-number").first()
        wanted = form.cleaned_data["accepted"], form.texts("response", state.response)
        return newest if newest and (newest.accepted, newest.response) == wanted else None

    return sheet.answer(request, preview=preview, act=act, stands=stands)


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
        stamp = stamped(desk, form)
        del stamp["reason_in"]
        add_source(plan=desk.plan, draft=draft(), in_plan_from=stamp.pop("in_force_on"), **stamp)

    def stands() -> JustAdded | None:
        wanted = draft()
        kept = Source.objects.filter(plan=desk.plan, code=wanted.code).first()
        if kept is None or wanted != SourceDraft(
            code=kept.code, title=kept.title, kind=kept.kind, published_on=kept.published_on, link=kept.link
        ):
            return None
        return just_added(desk, "add_source", f"source:{desk.plan.code}/{kept.code}", form, on=kept.in_plan_from)

    return sheet.answer(
        request,
        preview=lambda: changes_told([FieldChange("title", None, draft().title)]),
        act=act,
        stands=stands,
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
        stamp = stamped(desk, form)
        add_recommendation(
            source=Source.objects.select_related("plan").get(plan=desk.plan, code=form.cleaned_data["source"]),
            draft=draft(),
            in_plan_from=stamp.pop("in_force_on"),
            **stamp,
        )

    def stands() -> JustAdded | None:
        wanted = draft()
        kept = Recommendation.objects.filter(source__plan=desk.plan, code=wanted.code).select_related("source").first()
        if kept is None:
            return None
        answer = kept.responses.order_by("number").first()
        said = {"accepted": answer.accepted, "response": answer.response} if answer else {}
        is_same = wanted == RecommendationDraft(
            code=kept.code, source=kept.source.code, area=kept.area, text=kept.text, **said
        )
        subject = f"recommendation:{desk.plan.code}/{kept.code}"
        return just_added(desk, "add_recommendation", subject, form, on=kept.in_plan_from) if is_same else None

    return sheet.answer(
        request,
        preview=lambda: changes_told(
            [FieldChange("text", None, draft().text), FieldChange("accepted", None, draft().accepted)]
        ),
        act=act,
        stands=stands,
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
