"""What an ombudsperson recommended and published stands in the public plan, once, with what was answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from omsorg.federation.access import acting_as
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.neighbours import PublicAdvice
from omsorg.plans.actions.recommendations import answer_recommendation
from omsorg.plans.models import Recommendation, Source
from omsorg.site.connections import Promises
from world import World

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADVICE = PublicAdvice(
    code="R2026-00beef",
    organisation="tanzania",
    text={"en": "Open the gate at night", "da": "Luk porten op om natten"},
    made_on=date(2026, 2, 1),
    answer_due_on=date(2026, 4, 1),
    answer="",
    reasons="",
    done_on=None,
)


def publish(*advice: PublicAdvice, days: int = 0) -> list[Recommendation]:
    Promises().publish_recommendations(advice, at=AT + timedelta(days=days))
    with as_house():
        return list(Recommendation.objects.filter(source__kind="ombuds").order_by("pk"))


def test_a_recommendation_stands_in_the_plan_above_once_with_each_answer(world: World, client: Client) -> None:
    [shown] = publish(ADVICE)
    assert (shown.code, shown.area, shown.text) == ("O1", {"en": world.org["tanzania"].name}, ADVICE.text)
    assert publish(ADVICE, days=1) == [shown]
    accepted = replace(ADVICE, answer="accepted", reasons="We have told the guards")
    assert publish(accepted, days=2) == [shown]
    publish(accepted, days=3)
    publish(replace(accepted, done_on=date(2026, 3, 5)), days=4)
    with as_house():
        answers = list(shown.responses.order_by("number").values_list("accepted", "response"))
        assert Source.objects.get(kind="ombuds").title["da"]
    assert [accepted for accepted, _said in answers] == ["open", "yes", "yes"]
    assert answers[-1][1]["en"] == "We have told the guards Done, and seen by the ombudsperson on 2026-03-05."
    page = client.get("/promises/example-plan/plan-on/?day=2026-03-07").content.decode()
    assert "Open the gate at night" in page
    assert "We have told the guards" in page


def test_the_house_never_speaks_over_the_plans_owner(world: World) -> None:
    [shown] = publish(ADVICE)
    with in_name_of(world.person["plan_owner"].pk, day=AT.date()):
        owner = acting_as(world.person["plan_owner"].pk, day=AT.date())
        answer_recommendation(
            recommendation=shown,
            accepted="no",
            response={"en": "We cannot"},
            expected=1,
            reason="Said by the board",
            in_force_on=AT.date(),
            by=owner,
            at=AT,
        )
    publish(replace(ADVICE, answer="accepted"), days=1)
    with as_house():
        assert [row.accepted for row in shown.responses.order_by("number")] == ["open", "no"]


@pytest.mark.django_db
def test_where_no_plan_answers_nothing_is_shown(world: World) -> None:
    assert publish(replace(ADVICE, organisation="nobody-knows")) == []
