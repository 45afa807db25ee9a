"""The code of a recommendation is its own in the whole plan, whichever source it stands in."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from omsorg.federation.access import acting_as
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.access import NothingHere, recommendation_called
from omsorg.plans.actions.adoption import add_recommendation
from omsorg.plans.models import Plan, Recommendation, Source
from omsorg.plans.rules.drafts import CodeTwice, RecommendationDraft
from omsorg.plans.tests.test_two_at_once import at_once, lasting_world  # noqa: F401
from world import World

DAY = date(2024, 1, 15)
AT = datetime(2024, 1, 15, 9, tzinfo=UTC)


def audit(plan: Plan) -> Source:
    source: Source = Source.objects.create(
        plan=plan, code="AUDIT", kind="audit", title={"en": "Audit"}, in_plan_from=DAY
    )
    return source


def recommended(source: Source, code: str) -> Recommendation:
    said: Recommendation = Recommendation.objects.create(
        source=source, code=code, area={"en": "Money"}, text={"en": "Count it"}, in_plan_from=DAY
    )
    return said


def test_the_database_refuses_a_second_recommendation_of_a_code_in_another_source(world: World) -> None:
    with as_house():
        there = Recommendation.objects.get(source__plan=world.plan, code="R1.1")
        source = audit(world.plan)
        with pytest.raises(IntegrityError, match="one recommendation of a code"), transaction.atomic():
            recommended(source, there.code)
        other = recommended(source, "B1")
        with pytest.raises(IntegrityError, match="one recommendation of a code"), transaction.atomic():
            Recommendation.objects.filter(pk=other.pk).update(code=there.code)


def test_another_plan_may_use_the_code(world: World) -> None:
    with as_house():
        plan = Plan.objects.get(pk=world.plan.pk)
        plan.pk, plan.code = None, "another-plan"
        plan.save(force_insert=True)
        assert recommended(audit(plan), "R1.1").pk


def test_the_action_refuses_it_in_words_and_the_door_opens_by_its_own_source_only(world: World) -> None:
    with as_house():
        source = audit(world.plan)
    draft = RecommendationDraft(source="AUDIT", code="R1.1", area={"en": "Money"}, text={"en": "Count it"})
    person = world.person["plan_owner"].pk
    with in_name_of(person, day=DAY):
        by = acting_as(person, day=DAY)
        with pytest.raises(CodeTwice):
            add_recommendation(source=source, draft=draft, in_plan_from=DAY, reason="An audit", by=by, at=AT)
    with as_house():
        own = Recommendation.objects.get(source__plan=world.plan, code="R1.1")
        assert recommendation_called(world.plan, own.source.code, "R1.1") == own
        with pytest.raises(NothingHere):
            recommendation_called(world.plan, "AUDIT", "R1.1")


def test_of_two_who_take_in_one_code_at_once_one_is_refused(lasting_world: World) -> None:  # noqa: F811
    with as_house():
        sources = [Source.objects.get(plan=lasting_world.plan), audit(lasting_world.plan)]

    def take_in(source: Source) -> Recommendation:
        with as_house():
            return recommended(source, "B1")

    done = at_once(*[lambda source=source: take_in(source) for source in sources])
    assert sorted(isinstance(each, IntegrityError) for each in done) == [False, True]
    with as_house():
        assert Recommendation.objects.filter(code="B1").count() == 1
