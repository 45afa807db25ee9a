from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from omsorg.federation.access import NotAllowed, acting_as
from omsorg.federation.models import Mandate
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.answers_at_once import Said, StillToCome, WholeAnswer, bring_in_answers
from omsorg.plans.actions.figures import NotAsked
from omsorg.plans.models import Evidence, Figure, SubmissionStep
from omsorg.plans.rules.answers import AlreadyHandedIn, ApprovedByTheSamePerson, PeriodNotOver, SomethingMissing
from omsorg.plans.rules.measures import State
from omsorg.plans.rules.observations import NumeratorAboveDenominator, ReasonMissing

PERIOD = Period.parse("2022-H1")
AT = datetime(2022, 7, 20, 9, tzinfo=UTC)
SAID = (
    Said("trained", State.MEASURED, Decimal(45), Decimal(50)),
    Said("cases", State.MEASURED, Decimal(3)),
    Said("policy", State.MEASURED, Decimal(1)),
)


def answer(world, key="tanzania", person="officer", said=SAID, **more):
    return WholeAnswer(organisation=world.org[key], said=said, by=acting(world, person), at=AT, **more)


def acting(world, person, at=AT):
    with as_house():
        return acting_as(world.person[person].pk, day=at.date())


def bring_in(world, *answers, period=PERIOD):
    with as_house(day=AT.date()):
        return bring_in_answers(
            plan=world.plan, period=period, answers=answers, source="example", by=None, at=max(a.at for a in answers)
        )


def test_answers_of_many_come_in_with_one_statement_and_are_summed_up_the_tree(world):
    reviewer = acting(world, "reviewer")
    kept = bring_in(
        world,
        answer(world, approved_by=reviewer, approved_at=AT),
        answer(world, "kenya", "officer_kenya", (SAID[0], Said("cases", State.NOT_COLLECTED), SAID[2])),
    )
    assert kept == 6
    with as_house(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT numerator, denominator, reported FROM plans_summary WHERE node_id = %s AND indicator_id = %s",
            [world.org["international"].pk, world.indicator["trained"].pk],
        )
        assert cursor.fetchall() == [(90, 100, 2)]
        assert list(SubmissionStep.objects.order_by("pk").values_list("organisation__code", "step")) == [
            ("tanzania", "submitted"),
            ("tanzania", "approved"),
            ("kenya", "submitted"),
        ]
        assert Figure.objects.get(organisation=world.org["tanzania"], indicator=world.indicator["policy"]).meets
        cursor.execute("SELECT verb, count(*) FROM kernel_trace WHERE verb LIKE 'bring_in%%' GROUP BY 1 ORDER BY 1", [])
        assert cursor.fetchall() == [("bring_in_answer", 2), ("bring_in_answers", 1)]


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        pytest.param(lambda w: answer(w, said=SAID[:2]), SomethingMissing, id="an answer that is not complete"),
        pytest.param(
            lambda w: answer(w, said=(Said("trained", State.MEASURED, Decimal(51), Decimal(50)), *SAID[1:])),
            NumeratorAboveDenominator,
            id="more than there are",
        ),
        pytest.param(lambda w: answer(w, "kenya"), NotAllowed, id="for another organisation"),
        pytest.param(lambda w: answer(w, "arusha", "officer"), NotAsked, id="from an organisation that is not asked"),
        pytest.param(
            lambda w: answer(w, approved_by=acting(w, "officer"), approved_at=AT),
            NotAllowed,
            id="approved by whoever may not",
        ),
    ],
)
def test_what_the_rules_do_not_let_pass_keeps_all_of_them_out(world, make, refusal):
    with pytest.raises(refusal):
        bring_in(world, answer(world, "kenya", "officer_kenya"), make(world))
    with as_house():
        assert Figure.objects.count() == 0


def test_an_answer_is_given_once_and_after_the_period(world):
    bring_in(world, answer(world))
    with pytest.raises(AlreadyHandedIn):
        bring_in(world, answer(world))
    with pytest.raises(PeriodNotOver):
        bring_in(world, answer(world), period=Period.parse("2022-H2"))


def test_an_answer_is_never_dated_later_than_it_is_brought_in(world):
    with as_house(), pytest.raises(StillToCome):
        bring_in_answers(
            plan=world.plan,
            period=PERIOD,
            answers=[answer(world)],
            source="example",
            by=None,
            at=datetime(2022, 7, 19, tzinfo=UTC),
        )


def test_a_value_that_goes_backwards_says_why(world):
    bring_in(world, answer(world))
    later = datetime(2023, 1, 20, 9, tzinfo=UTC)
    fewer = (Said("trained", State.MEASURED, Decimal(40), Decimal(50)), *SAID[1:])
    again = WholeAnswer(world.org["tanzania"], fewer, acting(world, "officer", later), later)
    with pytest.raises(ReasonMissing):
        bring_in(world, again, period=Period.parse("2022-H2"))


def test_a_value_that_goes_backwards_over_a_silent_period_says_why(world):
    bring_in(world, answer(world))
    later = datetime(2023, 7, 20, 9, tzinfo=UTC)
    fewer = (Said("trained", State.MEASURED, Decimal(40), Decimal(50)), *SAID[1:])
    again = WholeAnswer(world.org["tanzania"], fewer, acting(world, "officer", later), later)
    with pytest.raises(ReasonMissing):
        bring_in(world, again, period=Period.parse("2023-H1"))


def test_who_hands_in_does_not_approve(world):
    with as_house():
        Mandate.objects.create(
            person=world.person["officer"], role="reviewer", organisation=world.org["tanzania"], valid_from="2020-01-01"
        )
    same = acting(world, "officer")
    with pytest.raises(ApprovedByTheSamePerson):
        bring_in(world, answer(world, approved_by=same, approved_at=AT))


def asks_for_documents(world, code):
    with as_house():
        revision = world.indicator[code].revisions.get(number=1)
        revision.pk, revision.number, revision.evidence_needed, revision.reason = None, 2, True, "Shown, not said"
        revision.save(force_insert=True)


def attach(world, code, at, **more):
    with as_house():
        Evidence.objects.create(
            plan=world.plan, organisation=world.org["tanzania"], indicator=world.indicator[code], code=f"e{at:%d}",
            period_start=PERIOD.start, period_months=PERIOD.months, filename="minutes.pdf", size=1,
            media_type="application/pdf", fingerprint="0" * 64, stored_as=f"s{at:%d}", at=at, **more,
        )  # fmt: skip


@pytest.mark.parametrize("code", ["policy", "cases"])
def test_where_a_document_is_asked_for_it_has_been_attached_before(world, code):
    asks_for_documents(world, code)
    attach(world, code, AT - timedelta(days=3), withdrawn_at=AT - timedelta(days=2))
    attach(world, code, AT + timedelta(days=1))
    with pytest.raises(SomethingMissing) as refused:
        bring_in(world, answer(world))
    assert refused.value.params == {"figures": 0, "documents": 1}
    attach(world, code, AT - timedelta(days=1))
    assert bring_in(world, answer(world)) == 3


def test_a_milestone_that_is_not_reached_needs_no_document(world):
    asks_for_documents(world, "policy")
    not_yet = (*SAID[:2], Said("policy", State.MEASURED, Decimal(0)))
    assert bring_in(world, answer(world, said=not_yet)) == 3
