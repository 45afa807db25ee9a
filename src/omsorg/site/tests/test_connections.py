"""What an ombudsperson recommended and published stands in the public plan, once, with what was answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from omsorg.federation.access import acting_as
from omsorg.federation.models import Mandate
from omsorg.kernel.sealing import Cost
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.actions import childs, passphrases, recovery, sharing
from omsorg.ombuds.actions.taken_back import tell_that_it_was_taken_back
from omsorg.ombuds.neighbours import PublicAdvice, connect
from omsorg.ombuds.tests.office import MONDAY, Desks, make_office, tell
from omsorg.plans.actions.recommendations import answer_recommendation
from omsorg.plans.models import Recommendation, Source
from omsorg.plans.queries.published import newer_recommendations
from omsorg.safeguarding.models import Incident, Step
from omsorg.safeguarding.pages.told import step_in_words
from omsorg.safeguarding.tests.handling import enter_people
from omsorg.site.connections import Incidents, Promises, connect_systems
from world import BEGINNING, World

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


def test_a_withdrawn_recommendation_stays_in_the_plan_without_its_words(world: World, client: Client) -> None:
    [shown] = publish(ADVICE)
    gone = replace(ADVICE, text={}, withdrawn_on=date(2026, 3, 4), withdrawal="wrong")
    [withdrawn] = publish(gone, days=2)
    assert publish(gone, days=3) == [shown]
    said = "Withdrawn on 2026-03-04, reason: what it rested on was wrong."
    assert (withdrawn.pk, withdrawn.code, withdrawn.text["en"]) == (shown.pk, shown.code, said)
    assert withdrawn.text["da"] != said
    page = client.get("/promises/example-plan/plan-on/?day=2026-03-07").content.decode()
    assert ADVICE.text["en"] not in page
    assert said in page


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


def test_a_renamed_organisation_and_equal_words_neither_double_nor_mix_recommendations(world: World) -> None:
    [shown] = publish(ADVICE)
    with as_house():
        world.org["tanzania"].name = "Another name"
        world.org["tanzania"].save()
    assert publish(ADVICE, days=1) == [shown]
    other = replace(ADVICE, code="R2026-00cafe", answer="refused", reasons="There is no gate")
    both = publish(ADVICE, other, days=2)
    assert [each.code for each in both] == ["O1", "O2"]
    assert publish(ADVICE, other, days=3) == both
    with as_house():
        assert [list(each.responses.values_list("accepted", flat=True))[-1] for each in both] == ["open", "no"]


def test_it_is_told_where_a_recommendation_is_read_and_that_it_is_newer_than_the_report(
    world: World, client: Client
) -> None:
    publish(ADVICE)
    where = Promises().where(ADVICE.code, "tanzania", on=AT.date())
    assert where == "/promises/example-plan/plan-on/"
    assert "Open the gate at night" in client.get(f"{where}?day=2026-03-07").content.decode()
    assert Promises().where("R2026-other", "nobody-knows", on=AT.date()) == ""
    with as_house():
        plan = Source.objects.get(kind="ombuds").plan
        document = SimpleNamespace(recommendations=())
        assert newer_recommendations(plan, document) == Recommendation.objects.filter(source__plan=plan).count()  # type: ignore[arg-type]
        told = SimpleNamespace(recommendations=[SimpleNamespace(source="ombudsperson", code="O1")])
        assert newer_recommendations(plan, document) - newer_recommendations(plan, told) == 1  # type: ignore[arg-type]


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


# ---- a copy for the desk of incidents --------------------------------------------------------------------------


def handed_over(desks: Desks, message: str, *, copy: str, **copied: object) -> str:
    """What a child agreed to share is handed over; returns the case."""
    told = tell(message, unit="arusha")
    give = {"case": told.case_id, "at": MONDAY, **desks.at("rashid")}
    childs.ask_for_review(code=told.code, at=MONDAY)
    asked = {"what": copy, "to_whom": "The team", "until_on": date(2026, 12, 24), "to_desk": True}
    number = sharing.ask_assent(**asked, **give)
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY)
    sharing.hand_over(assent=number, **copied, **give)
    return told.case_id


def sees(world: World, who: str) -> bool:
    with in_name_of(world.person[who].pk, day=MONDAY.date()):
        return Incident.objects.exists() or Step.objects.exists()


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    for module in (passphrases, recovery):
        monkeypatch.setattr(module, "PASSPHRASE_COST", Cost(8192, 1))
    enter_people(world)
    connect(incident_desk=Incidents())
    yield make_office(world)
    connect_systems()


@pytest.mark.parametrize(
    "copied",
    [
        pytest.param({"copy": "Baraka Focal beats the children. He must not know.", "unit": "arusha"}, id="the house"),
        pytest.param(
            {"copy": "Baraka Focal beats us.", "unit": "arusha", "of_whole_house": False}, id="named in the copy"
        ),
        pytest.param(
            {"copy": "He beats us.", "unit": "arusha", "of_whole_house": False, "complained_of": "Baraka Focal"},
            id="named beside it",
        ),
    ],
)
def test_whoever_a_handed_over_copy_complains_of_does_not_find_it(office: Desks, copied: dict[str, object]) -> None:
    handed_over(office, "He beats us", **copied)
    assert not sees(office.world, "focal_arusha")
    assert sees(office.world, "focal"), "and the desk above has it"


def test_the_desk_for_incidents_is_told_once_that_the_child_took_its_yes_back(office: Desks) -> None:
    told = tell("He beats us", unit="arusha")
    give = {"case": told.case_id, "at": MONDAY, **office.at("rashid")}
    childs.ask_for_review(code=told.code, at=MONDAY)
    number = sharing.ask_assent(
        what="What he does", to_whom="The team", until_on=date(2026, 12, 24), to_desk=True, **give
    )
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY)
    sharing.hand_over(assent=number, unit="arusha", **give)
    assert tell_that_it_was_taken_back(at=MONDAY) == 0
    childs.withdraw_assent(code=told.code, number=number, at=MONDAY + timedelta(days=1))
    assert [tell_that_it_was_taken_back(at=MONDAY + timedelta(days=2)) for _again in range(2)] == [1, 0]
    with as_house():
        steps = list(Step.objects.filter(facts__has_key="taken_back_on"))
        said = [step_in_words(step, "TZ")["reason"] for step in steps]
    assert said == [
        "The child took its yes to this copy back on 24 November 2026. Ask the ombuds office before more is told."
    ]


def test_whoever_may_not_hear_the_case_does_not_find_its_copy_either(office: Desks) -> None:
    """Amina, whom the child named, hears incidents of Tanzania as well."""
    with as_house():
        Mandate.objects.create(
            person=office.world.person["amina"],
            role="safeguarding_focal_person",
            organisation=office.world.org["tanzania"],
            valid_from=BEGINNING,
        )
    case = handed_over(office, "It is Amina Juma", copy="Somebody beats us", unit="arusha")
    assert case
    assert not sees(office.world, "amina")
