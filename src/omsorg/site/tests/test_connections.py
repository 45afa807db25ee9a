"""What an ombudsperson recommended and published stands in the public plan, once, with what was answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client

from omsorg.federation.access import acting_as
from omsorg.federation.models import Mandate
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.ombuds.actions import childs, handing_over, sharing
from omsorg.ombuds.actions.taken_back import tell_that_it_was_taken_back
from omsorg.ombuds.neighbours import PublicAdvice
from omsorg.ombuds.tests.office import MONDAY, Desks, tell
from omsorg.plans.actions.recommendations import WithdrawnMeanwhile, answer_recommendation
from omsorg.plans.models import Recommendation, RecommendationResponse, ReportPart, Source
from omsorg.plans.queries.published import OVERVIEW, newer_recommendations
from omsorg.plans.rules.snapshot import fingerprint
from omsorg.plans.tests.few_children import freeze, release
from omsorg.safeguarding.models import Step
from omsorg.safeguarding.pages.told import step_in_words
from omsorg.site.connections import Promises
from omsorg.site.tests.crossing import crossing, sees
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


NAME = "Zuhura of the blue house"
NAMED = replace(ADVICE, text={"en": f"Give {NAME} a room"}, answer="refused", reasons=f"{NAME} has one")
HIDDEN = replace(ADVICE, text={}, withdrawal="recognised", hidden_on=date(2026, 3, 4))
WITHDRAWN = replace(HIDDEN, hidden_on=None, withdrawn_on=date(2026, 3, 5))


def read_by_everybody(client: Client, report: str) -> dict[str, str]:
    """Every public page, file and feed on which a recommendation of the example plan stands, by its address."""
    of_report, api = f"/promises/example-plan/reports/{report}/", "/api/plans/example-plan"
    addresses = [
        "/promises/example-plan/plan-on/?day=2026-03-03",
        "/promises/example-plan/plan-on/?day=2026-03-07",
        "/promises/example-plan/history/recommendation/O1/",
        "/promises/example-plan/changes/",
        "/promises/feed.atom",
        *(of_report + rest for rest in ("", "recommendations/", "recommendations.csv", "report.json")),
        f"{api}/reports/{report}/document",
        f"{api}/reports/{report}/recommendations",
    ]
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = answer.content.decode()
    return found


def test_of_what_is_withdrawn_no_word_is_read_any_more_in_released_reports_either(world: World, client: Client) -> None:
    publish(NAMED)
    report = freeze(world, "zz", date(2026, 3, 3), at=AT + timedelta(days=1))
    release(world, report)
    frozen = "/promises/example-plan/reports/zz/report.json"
    before = read_by_everybody(client, "zz")
    assert sum(NAME in page for page in before.values()) >= 7
    known = client.get("/api/plans/example-plan/reports/zz/document")
    publish(HIDDEN, days=2)
    assert [address for address, page in read_by_everybody(client, "zz").items() if NAME in page] == []
    publish(NAMED, days=2)
    assert read_by_everybody(client, "zz")[frozen] == before[frozen], "looked at and given back"
    publish(WITHDRAWN, days=3)
    publish(NAMED, days=4)
    after = read_by_everybody(client, "zz")
    assert [address for address, page in after.items() if NAME in page] == []
    said = "Withdrawn on 2026-03-05, reason: somebody could be recognised in it."
    assert said in after[frozen]
    answer = client.get(frozen)
    assert answer["X-Withdrawn"] == "O1"
    assert answer["X-Fingerprint-Sha256"] == sha256(answer.content).hexdigest()
    again = client.get("/api/plans/example-plan/reports/zz/document", headers={"If-None-Match": known["ETag"]})
    assert (again.status_code, NAME in again.content.decode()) == (200, False), "nobody is told that it is the same"
    assert "no-cache" in again["Cache-Control"]
    with as_house():
        kept = ReportPart.objects.get(report=report, name=OVERVIEW)
    assert fingerprint(kept.document) == kept.fingerprint, "the frozen text is kept as it was frozen"


def test_nothing_is_said_of_what_is_withdrawn_past_the_program_either(world: World) -> None:
    [shown] = publish(NAMED)
    publish(WITHDRAWN, days=2)
    row = "plans_recommendation SET"
    for change in (f"{row} withdrawn_at = NULL", f"{row} hidden_at = NULL", f"{row} text = '{{}}'"):
        with as_house(), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {change} WHERE id = %s", [shown.pk])
    with as_house(), pytest.raises(IntegrityError), transaction.atomic():
        RecommendationResponse.objects.create(
            recommendation=shown, number=9, accepted="no", in_force_on=AT.date(), reason="because", at=AT
        )
    with in_name_of(world.person["plan_owner"].pk, day=AT.date()):
        owner = acting_as(world.person["plan_owner"].pk, day=AT.date())
        with pytest.raises(WithdrawnMeanwhile):
            answer_recommendation(
                recommendation=shown,
                accepted="no",
                response={"en": "We cannot"},
                expected=2,
                reason="Said by the board",
                in_force_on=AT.date(),
                by=owner,
                at=AT,
            )


def test_what_the_plans_owner_answered_goes_with_what_is_withdrawn(world: World, client: Client) -> None:
    [shown] = publish(replace(ADVICE, text={"en": "Give a child a room"}))
    with in_name_of(world.person["plan_owner"].pk, day=AT.date()):
        owner = acting_as(world.person["plan_owner"].pk, day=AT.date())
        answer_recommendation(
            recommendation=shown,
            accepted="no",
            response={"en": f"{NAME} has one"},
            expected=1,
            reason=f"{NAME} said so",
            in_force_on=AT.date(),
            by=owner,
            at=AT,
        )
    address = "/promises/example-plan/history/recommendation/O1/"
    assert NAME in client.get(address).content.decode()
    publish(WITHDRAWN, days=2)
    page = client.get(address).content.decode()
    assert NAME not in page
    assert "No word of it, or of any answer or reason, is shown any more." in page


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


def handed_over(desks: Desks, message: str, *, copy: str, complained_of: str = "", **about: object) -> str:
    """What a child agreed to share is handed over; returns the case."""
    told = tell(message, unit="arusha")
    give = {"case": told.case_id, "at": MONDAY, **desks.at("rashid")}
    childs.ask_for_review(code=told.code, at=MONDAY)
    asked = {"what": copy, "to_whom": "The team", "until_on": date(2026, 12, 24), "to_desk": True, **about}
    number = sharing.ask_assent(**asked, **give)
    childs.answer_assent(code=told.code, number=number, agrees=True, at=MONDAY)
    handing_over.hand_over(assent=number, complained_of=complained_of, **give)
    return told.case_id


@pytest.fixture
def office(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desks]:
    yield from crossing(world, monkeypatch)


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
    handing_over.hand_over(assent=number, **give)
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
