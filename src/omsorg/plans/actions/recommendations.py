"""What is answered to a recommendation, and which actions answer it. Both are dated and keep what was said before."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.dated_links import keep_link
from omsorg.plans.actions.reasons import also_said
from omsorg.plans.actions.released import keep_to_reports
from omsorg.plans.models import Action, ActionRecommendation, Recommendation, RecommendationResponse
from omsorg.plans.rules.promises import RevisedMeanwhile, Texts, check_days
from omsorg.plans.rules.revisions import NothingChanged, RevisionWithoutReason, difference


class AnswerNotKnown(Refusal):
    sentence = _("The answer is yes, in part, no, or open.")


class WithdrawnMeanwhile(Refusal):
    sentence = _("The recommendation was withdrawn, or is being looked at again. Nothing is answered to it.")


class OtherPlan(Refusal):
    sentence = _("The action and the recommendation belong to two different plans.")


@transaction.atomic
def answer_recommendation(
    *,
    recommendation: Recommendation,
    accepted: str,
    response: Texts,
    expected: int,
    reason: str,
    reason_in: Texts | None = None,
    in_force_on: date,
    by: Acting,
    at: datetime,
) -> RecommendationResponse:
    """Say whether a recommendation is accepted and what is done about it. `expected` 0: nothing was said before."""
    plan = recommendation.source.plan
    require(by, "plans.revise", plan.owner_id)
    if accepted not in {code for code, _label in RecommendationResponse._meta.get_field("accepted").choices or ()}:
        raise AnswerNotKnown
    if Recommendation.objects.select_for_update().get(pk=recommendation.pk).hidden_at is not None:
        raise WithdrawnMeanwhile
    answers = {answer.number: answer for answer in recommendation.responses.all()}
    newest = max(answers, default=0)
    before = _said(answers.get(newest))
    if newest != expected:
        raise RevisedMeanwhile(
            number=newest,
            changes=difference(_said(answers.get(expected)), before),
            reason=answers[newest].reason if newest else "",
        )
    wanted = {"accepted": accepted, "response": dict(response)}
    if not difference(before, wanted):
        raise NothingChanged
    if not reason.strip():
        raise RevisionWithoutReason
    last = answers[newest].in_force_on if newest else recommendation.in_plan_from
    check_days(in_force_on, last_in_force_on=last, today=at.date())
    keep_to_reports(plan.pk, in_force_on)
    answer = RecommendationResponse.objects.create(
        recommendation=recommendation,
        number=newest + 1,
        accepted=accepted,
        response=dict(response),
        in_force_on=in_force_on,
        reason=reason.strip(),
        reason_in=also_said(reason_in),
        by_id=by.person_id,
        at=at,
    )
    leave_trace(
        "answer_recommendation",
        f"recommendation:{plan.code}/{recommendation.code}",
        by=by.person_id,
        at=at,
        organisation=plan.owner_id,
        details={"number": answer.number, "accepted": accepted},
    )
    return answer


@transaction.atomic
def link_recommendation(
    *,
    action: Action,
    recommendation: Recommendation,
    holds: bool = True,
    reason: str,
    reason_in: Texts | None = None,
    in_force_on: date,
    by: Acting,
    at: datetime,
) -> ActionRecommendation:
    """Say that an action answers a recommendation from a day on, or (`holds` false) that it does so no longer."""
    plan = action.plan
    require(by, "plans.revise", plan.owner_id)
    if recommendation.source.plan_id != plan.pk:
        raise OtherPlan
    Action.objects.select_for_update().get(pk=action.pk)
    link = keep_link(
        ActionRecommendation(
            action=action,
            recommendation=recommendation,
            holds=holds,
            in_force_on=in_force_on,
            reason=reason,
            reason_in=also_said(reason_in),
            by_id=by.person_id,
            at=at,
        ),
        said=ActionRecommendation.objects.filter(action=action, recommendation=recommendation),
        stand_from=lambda: plan.adopted_on,
        plan_id=plan.pk,
    )
    leave_trace(
        "link_recommendation",
        f"action:{plan.code}/{action.code}",
        by=by.person_id,
        at=at,
        organisation=plan.owner_id,
        details={"recommendation": recommendation.code, "holds": holds},
    )
    return link


def _said(answer: RecommendationResponse | None) -> Mapping[str, object]:
    if answer is None:
        return {"accepted": "open", "response": {}}
    return {"accepted": answer.accepted, "response": answer.response}
