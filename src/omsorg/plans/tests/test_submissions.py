"""An answer goes from hand to hand: handed in whole, returned or approved by somebody else, reopened with a reason."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from omsorg.federation.access import NotAllowed
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.submissions import approve_answer, reopen_answer, return_answer, submit_answer
from omsorg.plans.models import SubmissionStep
from omsorg.plans.rules.answers import (
    AlreadyHandedIn,
    ApprovedByTheSamePerson,
    NotApproved,
    NotHandedIn,
    PeriodNotOver,
    ReasonMissing,
    SomethingMissing,
    Stand,
    Step,
    take_step,
)
from omsorg.plans.tests.answering import AT, H1, acting, cases, record, record_all
from world import World

STEPS = {"submit": submit_answer, "return": return_answer, "approve": approve_answer, "reopen": reopen_answer}


def take(world: World, step: str, who: str, **more):
    at = more.pop("at", AT)
    with acting(world, who, at) as by:
        return STEPS[step](
            plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=at, **more
        )  # fmt: skip


def test_an_answer_is_handed_in_returned_handed_in_again_and_approved(world: World) -> None:
    record_all(world)
    take(world, "submit", "officer")
    take(world, "return", "reviewer", reason="The list of staff is missing")
    take(world, "submit", "officer")
    last = take(world, "approve", "reviewer")
    assert (last.number, last.step) == (4, "approved")
    with as_house():
        verbs = list(
            Trace.objects.filter(subject="answer:example-plan/tanzania/2022-H1").values_list("verb", flat=True)
        )
    assert verbs == ["record_figures", "submit_answer", "return_answer", "submit_answer", "approve_answer"]


def test_a_returned_answer_is_open_again(world: World) -> None:
    kept = record_all(world).kept[(world.indicator["cases"].pk, 0)]
    take(world, "submit", "officer")
    take(world, "return", "reviewer", reason="Please look again")
    assert record(world, cases(world, 13, expected=kept)).is_whole


def test_an_answer_with_something_missing_is_not_handed_in(world: World) -> None:
    record(world, cases(world, 12))
    with pytest.raises(SomethingMissing, match="figures missing: 2"):
        take(world, "submit", "officer")


def test_an_answer_is_handed_in_when_the_period_is_over(world: World) -> None:
    with pytest.raises(PeriodNotOver):
        take(world, "submit", "officer", at=datetime(2022, 6, 30, 23, 59, tzinfo=UTC))


@pytest.mark.parametrize("step", ["return", "approve", "reopen"])
def test_only_a_reviewer_decides(world: World, step: str) -> None:
    record_all(world)
    take(world, "submit", "officer")
    reason = {} if step == "approve" else {"reason": "because"}
    with pytest.raises(NotAllowed):
        take(world, step, "officer", **reason)


def test_a_reviewer_does_not_hand_in(world: World) -> None:
    with pytest.raises(NotAllowed):
        take(world, "submit", "reviewer")


@pytest.mark.parametrize(
    ("stand", "step", "by", "reason", "refusal"),
    [
        pytest.param(Stand(Step.SUBMITTED, 1, 1), Step.SUBMITTED, 1, "", AlreadyHandedIn, id="not handed in twice"),
        pytest.param(Stand(Step.APPROVED, 2, 2), Step.SUBMITTED, 1, "", AlreadyHandedIn, id="not after an approval"),
        pytest.param(Stand(), Step.APPROVED, 2, "", NotHandedIn, id="nothing to approve"),
        pytest.param(
            Stand(Step.RETURNED, 2, 2), Step.APPROVED, 2, "", NotHandedIn, id="a returned one is not approved"
        ),
        pytest.param(Stand(Step.SUBMITTED, 1, 1), Step.APPROVED, 1, "", ApprovedByTheSamePerson, id="another person"),
        pytest.param(Stand(Step.SUBMITTED, 1, 1), Step.RETURNED, 2, " ", ReasonMissing, id="returned with a reason"),
        pytest.param(Stand(Step.SUBMITTED, 1, 1), Step.REOPENED, 2, "x", NotApproved, id="only approved is reopened"),
        pytest.param(Stand(Step.APPROVED, 2, 2), Step.REOPENED, 2, "", ReasonMissing, id="reopened with a reason"),
    ],
)
def test_a_step_that_cannot_be_taken(stand: Stand, step: Step, by: int, reason: str, refusal: type) -> None:
    with pytest.raises(refusal):
        take_step(stand, step, by=by, reason=reason)


def go_around(world: World, who: str, number: int, step: str) -> None:
    """Write a step without asking the rules."""
    with acting(world, who), transaction.atomic():
        SubmissionStep.objects.create(
            plan=world.plan,
            organisation=world.org["tanzania"],
            period_start=H1.start,
            period_months=6,
            number=number,
            step=step,
            reason="around the rules",
            by=world.person[who],
            at=AT,
        )


def test_the_database_lets_nobody_approve_what_they_handed_in(world: World) -> None:
    go_around(world, "officer", 1, "submitted")
    with pytest.raises(IntegrityError, match="another person"):
        go_around(world, "officer", 2, "approved")


@pytest.mark.parametrize(("number", "step"), [(1, "approved"), (1, "reopened"), (2, "submitted")])
def test_the_database_knows_which_step_follows_which(world: World, number: int, step: str) -> None:
    with pytest.raises(IntegrityError, match="does not follow"):
        go_around(world, "reviewer", number, step)
