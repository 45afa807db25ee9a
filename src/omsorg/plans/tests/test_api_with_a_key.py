"""With a key: what its person may do is done by the same actions as on the pages, and refused in the same words."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from omsorg.federation.models import Account, Mandate, Token
from omsorg.federation.scopes import all_scopes
from omsorg.kernel import clock
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house
from omsorg.plans.models import ActionRevision, Assessment, Figure, Report, Target, Verification
from omsorg.plans.tests.answering import record_all
from omsorg.plans.tests.keys import bearer
from omsorg.site.api import api
from world import BEGINNING, World

PLAN = "/api/plans/example-plan"
ANSWER = f"{PLAN}/answers/tanzania/2022-H1"


class Caller:
    """Somebody with a key, who sends JSON and reads JSON."""

    def __init__(self, world: World, who: str, scopes: tuple[str, ...] | None = None) -> None:
        self.client = Client()
        self.key = bearer(world, who, scopes)

    def get(self, address: str, **more: Any) -> HttpResponse:
        return self.client.get(address, **self.key, **more)

    def post(self, address: str, said: Any = None, **more: Any) -> HttpResponse:
        return self.client.post(address, json.dumps(said or {}), content_type="application/json", **self.key, **more)


def figures(*given: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"figures": list(given), **more}


def cases(number: int | str, **more: Any) -> dict[str, Any]:
    return {"indicator": "cases", "numerator": number, **more}


def refusal(response: HttpResponse) -> tuple[int, str]:
    return response.status_code, response.json()["refusal"]


def kept(world: World) -> list[int]:
    with as_house():
        return [int(n) for n in Figure.objects.order_by("pk").values_list("numerator", flat=True)]


# ---- keys ------------------------------------------------------------------------------------------------------


def test_a_key_tells_in_whose_name_it_acts(world: World) -> None:
    told = Caller(world, "officer", ("plans:report",)).get("/api/key").json()
    assert told == {
        "person": "Example Officer",
        "organisation": "tanzania",
        "scopes": ["plans:report"],
        "roles": [{"role": "reporting_officer", "organisation": "tanzania"}],
    }


def test_without_a_key_nothing_is_written_nor_is_what_is_not_public_read(world: World, client: Client) -> None:
    for response in (client.get(ANSWER), client.post(f"{ANSWER}/hand-in")):
        assert refusal(response) == (401, "KeyNeeded")
        assert response["WWW-Authenticate"] == "Bearer"


def test_who_is_signed_in_by_a_cookie_is_nobody_here(world: World, client: Client) -> None:
    client.force_login(world.account["officer"])
    assert refusal(client.get(ANSWER)) == (401, "KeyNeeded")
    assert refusal(client.post(f"{ANSWER}/hand-in")) == (401, "KeyNeeded")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Basic b2ZmaWNlcjpwYXNz", "Bearer", "Bearer  ", "\xff\xfe"])
def test_a_key_that_is_none_is_told_so_even_where_none_is_needed(world: World, client: Client, header: str) -> None:
    assert refusal(client.get("/api/plans", HTTP_AUTHORIZATION=header)) == (401, "KeyOpensNothing")


def test_a_key_that_was_taken_back_is_over_or_whose_person_has_left_opens_nothing(world: World) -> None:
    officer = Caller(world, "officer")
    assert officer.get("/api/key").status_code == 200
    with as_house():
        Token.objects.update(revoked_at=clock.now())
    assert officer.get("/api/key").status_code == 401
    with as_house():
        Token.objects.update(revoked_at=None, expires_on=clock.today())
    assert officer.get("/api/key").status_code == 401
    with as_house():
        Token.objects.update(expires_on=clock.today() + timedelta(1))
    assert officer.get("/api/key").status_code == 200
    with as_house():
        Account.objects.filter(person=world.person["officer"]).update(closed_from=clock.today())
    assert officer.get("/api/key").status_code == 401


def test_a_key_without_the_scope_is_told_which_it_takes(world: World) -> None:
    response = Caller(world, "officer", ("plans:read",)).post(f"{ANSWER}/figures", figures(cases(1)))
    assert refusal(response) == (403, "OtherScopeNeeded")
    assert "plans:report" in response.json()["sentence"]
    assert kept(world) == []


def test_a_key_never_opens_more_than_its_person_may(world: World) -> None:
    assert refusal(Caller(world, "verifier").post(f"{ANSWER}/figures", figures(cases(1)))) == (403, "RoleNeeded")
    assert refusal(Caller(world, "officer_kenya").post(f"{ANSWER}/figures", figures(cases(1)))) == (404, "NothingThere")
    assert kept(world) == []


def test_a_stranger_with_every_scope_finds_nothing(world: World) -> None:
    stranger = Caller(world, "stranger")
    for address in (ANSWER, f"{PLAN}/answers", f"{PLAN}/to-verify?period=2022-H1", f"{PLAN}/frozen-reports"):
        assert refusal(stranger.get(address)) == (404, "NothingThere")
    assert refusal(stranger.post(f"{ANSWER}/hand-in")) == (404, "NothingThere")
    assert refusal(stranger.post(f"{PLAN}/actions/training/budget", BUDGET)) == (404, "NothingThere")


def test_whoever_must_have_a_second_factor_by_now_sets_it_up_first(world: World, settings: Any) -> None:
    owner = Caller(world, "plan_owner")
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"example_skips_second_factor": False})
    assert refusal(owner.get(f"{PLAN}/answers")) == (403, "SecondFactorFirst")


def test_what_took_a_key_is_kept_by_nobody_and_what_is_public_is_read_from_any_page(
    world: World, client: Client
) -> None:
    public, with_a_key = client.get("/api/plans"), Caller(world, "officer").get(ANSWER)
    assert (public["Access-Control-Allow-Origin"], "Cache-Control" in public) == ("*", False)
    assert with_a_key["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in with_a_key
    assert all("Authorization" in response["Vary"] for response in (public, with_a_key))


def test_a_key_that_asks_too_often_is_told_to_wait(world: World, settings: Any) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"api_requests_per_minute": 2})
    officer, verifier = Caller(world, "officer"), Caller(world, "verifier")
    assert [officer.get("/api/plans").status_code for _each in range(3)] == [200, 200, 429]
    response = officer.get("/api/plans")
    assert refusal(response) == (429, "TooManyRequests")
    assert 1 <= int(response["Retry-After"]) <= 60
    assert verifier.get("/api/plans").status_code == 200


def test_every_operation_that_writes_needs_a_key_and_every_one_that_needs_a_key_says_which(world: World) -> None:
    for path in api.get_openapi_schema()["paths"].values():
        for method, told in path.items():
            assert method == "get" or told["security"][0]["Key"], told["operationId"]


# ---- figures ---------------------------------------------------------------------------------------------------


def test_figures_are_recorded_in_the_name_of_the_keys_person(world: World) -> None:
    response = Caller(world, "officer").post(
        f"{ANSWER}/figures",
        figures(cases(12), {"indicator": "trained", "numerator": "40", "denominator": "50", "published": "40 of 50"}),
    )
    assert response.status_code == 200
    assert [each["cell"]["indicator"] for each in response.json()["kept"]] == ["cases", "trained"]
    with as_house():
        figure = Figure.objects.get(indicator=world.indicator["trained"])
        assert (figure.by_id, figure.source, figure.published) == (world.person["officer"].pk, "api", "40 of 50")
        assert Trace.objects.get(verb="record_figures").actor == world.person["officer"].pk


def test_the_same_entry_sent_twice_is_kept_once(world: World) -> None:
    officer, sent = Caller(world, "officer"), figures(cases(12, entry=str(uuid4())))
    assert len(officer.post(f"{ANSWER}/figures", sent).json()["kept"]) == 1
    again = officer.post(f"{ANSWER}/figures", sent).json()
    assert (again["kept"], [cell["indicator"] for cell in again["repeated"]]) == ([], ["cases"])
    assert kept(world) == [12]


def test_a_figure_that_stands_there_is_not_written_over_and_both_are_told(world: World) -> None:
    officer = Caller(world, "officer")
    first = officer.post(f"{ANSWER}/figures", figures(cases(12))).json()["kept"][0]["id"]
    response = officer.post(f"{ANSWER}/figures", figures(cases(13)))
    assert refusal(response) == (409, "FigureChangedMeanwhile")
    (conflict,) = response.json()["details"]["conflicts"]
    assert (conflict["standing"]["id"], conflict["standing"]["numerator"]) == (first, "12")
    assert conflict["wanted"]["numerator"] == "13"
    assert kept(world) == [12]
    assert officer.post(f"{ANSWER}/figures", figures(cases(13, expected=first))).status_code == 200
    assert kept(world) == [12, 13]


def test_one_faulty_figure_keeps_all_out_unless_it_is_asked_otherwise(world: World) -> None:
    officer = Caller(world, "officer")
    sent = figures(
        cases(12), {"indicator": "trained", "numerator": 60, "denominator": 50}, {"indicator": "no", "numerator": 1}
    )
    response = officer.post(f"{ANSWER}/figures", {"figures": sent["figures"][:2]}, HTTP_ACCEPT_LANGUAGE="da")
    assert refusal(response) == (422, "FiguresFaulty")
    (trouble,) = response.json()["details"]["troubles"]
    assert (trouble["cell"]["indicator"], trouble["field"]) == ("trained", "numerator")
    assert refusal(officer.post(f"{ANSWER}/figures", sent)) == (422, "FiguresFaulty")
    assert kept(world) == []
    done = officer.post(f"{ANSWER}/figures", {**sent, "whole": False}).json()
    assert [each["cell"]["indicator"] for each in done["kept"]] == ["cases"]
    assert [each["cell"]["indicator"] for each in done["troubles"]] == ["no", "trained"]


def test_the_same_cell_twice_is_refused(world: World) -> None:
    assert refusal(Caller(world, "officer").post(f"{ANSWER}/figures", figures(cases(1), cases(2)))) == (
        422,
        "CellTwice",
    )


@pytest.mark.parametrize(
    "given",
    [
        {"numerator": "NaN"},
        {"numerator": True},
        {"numerator": 10**30},
        {"numerator": "0.1234567"},
        {"text": "\0"},
        {"expected": 2**63},
        {"expected": 0},
        {"entry": "no uuid"},
        {"state": "zero"},
        {"indicator": "\0"},
        {"unknown": 1},
        {"text": "x" * 10_001},
        {"text": "\ud800"},
    ],
    ids=str,
)
def test_what_the_book_cannot_keep_is_not_understood(world: World, given: dict[str, Any]) -> None:
    assert refusal(Caller(world, "officer").post(f"{ANSWER}/figures", figures({**cases(1), **given}))) == (
        422,
        "NotUnderstood",
    )


@pytest.mark.parametrize("body", ["{", "[" * 100_000, '{"a": ' + "9" * 5_000 + "}", b"\xff\xfe\xfd"])
def test_what_cannot_be_read_is_told_so(world: World, body: Any) -> None:
    officer = Caller(world, "officer")
    response = officer.client.post(f"{ANSWER}/figures", body, content_type="application/json", **officer.key)
    assert refusal(response) == (400, "UnreadableRequest")


def test_an_answer_is_read_with_every_cell_that_is_asked_for(world: World) -> None:
    officer = Caller(world, "officer")
    figure = officer.post(f"{ANSWER}/figures", figures(cases(12))).json()["kept"][0]["id"]
    told = officer.get(ANSWER).json()
    by_code = {each["code"]: each for each in told["indicators"]}
    assert by_code["cases"]["cells"][0]["standing"]["id"] == figure
    assert set(told["missing"]) == {"trained", "policy"}
    assert (told["is_locked"], told["steps"]) == (False, [])


# ---- from hand to hand -----------------------------------------------------------------------------------------


def test_an_answer_goes_from_hand_to_hand_and_each_step_is_refused_out_of_turn(world: World) -> None:
    officer, reviewer = Caller(world, "officer"), Caller(world, "reviewer")
    assert refusal(officer.post(f"{ANSWER}/hand-in")) == (422, "SomethingMissing")
    record_all(world)
    assert refusal(reviewer.post(f"{ANSWER}/approve")) == (409, "NotHandedIn")
    assert officer.post(f"{ANSWER}/hand-in").json()["step"] == "submitted"
    assert refusal(officer.post(f"{ANSWER}/hand-in")) == (409, "AlreadyHandedIn")
    assert refusal(officer.post(f"{ANSWER}/figures", figures(cases(1)))) == (409, "AnswerIsLocked")
    assert refusal(officer.post(f"{ANSWER}/approve")) == (403, "RoleNeeded")
    assert refusal(reviewer.post(f"{ANSWER}/return", {"reason": " "})) == (422, "ReasonMissing")
    assert reviewer.post(f"{ANSWER}/return", {"reason": "Look at the total."}).json()["number"] == 2
    assert officer.post(f"{ANSWER}/hand-in").status_code == 200
    assert reviewer.post(f"{ANSWER}/approve").json()["step"] == "approved"
    assert reviewer.post(f"{ANSWER}/reopen", {"reason": "A list was found."}).json()["step"] == "reopened"
    assert [step["step"] for step in officer.get(ANSWER).json()["steps"]] == [
        "submitted", "returned", "submitted", "approved", "reopened",
    ]  # fmt: skip


def test_who_has_answered_and_who_is_late_is_seen_by_whom_it_concerns(world: World) -> None:
    record_all(world)
    rows = Caller(world, "reviewer").get(f"{PLAN}/answers?period=2022-H1").json()["rows"]
    assert {row["organisation"]: row["standing"] for row in rows} == {"kenya": "not_begun", "tanzania": "begun"}
    late = Caller(world, "officer").get(f"{PLAN}/answers?period=2022-H1&late=true").json()["rows"]
    assert [(row["organisation"], row["days_late"] > 0, row["reported"]) for row in late] == [("tanzania", True, 3)]
    assert refusal(Caller(world, "officer").get(f"{PLAN}/answers?period=2022-Q1")) == (404, "NothingThere")


def test_a_document_is_attached_given_out_at_the_door_and_withdrawn(world: World) -> None:
    officer = Caller(world, "officer")

    def attach(content: bytes, name: str = "list.csv", indicator: str = "cases") -> HttpResponse:
        return officer.client.post(
            f"{ANSWER}/documents",
            {"indicator": indicator, "note": "The list", "file": SimpleUploadedFile(name, content)},
            **officer.key,
        )

    document = attach(b"a,b\n1,2\n").json()
    assert (document["filename"], document["indicator"], document["size"]) == ("list.csv", "cases", 8)
    assert refusal(attach(b"a,b\n1,2\n")) == (409, "AttachedAlready")
    assert refusal(attach(b"MZ\0", "evil.exe"))[0] == 422
    assert refusal(attach(b"a\n", indicator="none")) == (404, "NothingThere")
    address = f"/api/documents/{document['code']}"
    file = officer.get(f"{address}/file")
    assert b"".join(file.streaming_content) == b"a,b\n1,2\n"
    assert "attachment" in file["Content-Disposition"]
    assert refusal(Caller(world, "officer_kenya").get(f"{address}/file")) == (404, "NothingThere")
    assert officer.get(ANSWER).json()["indicators"][0]["documents"][0]["code"] == document["code"]
    assert officer.post(f"{address}/withdraw", {"reason": "The wrong list"}).json()["withdrawn_at"]
    assert refusal(officer.post(f"{address}/withdraw", {"reason": "Again"})) == (409, "WithdrawnAlready")
    assert refusal(officer.get(f"{address}/file")) == (404, "NothingThere")


# ---- judgements ------------------------------------------------------------------------------------------------


def test_an_organisation_rates_itself_and_is_told_of_another_rating(world: World) -> None:
    officer = Caller(world, "officer")
    on_track = {"indicator": "cases", "rating": "on_track"}
    first = officer.post(f"{ANSWER}/ratings", {"ratings": [on_track]}).json()["kept"][0]["id"]
    assert officer.post(f"{ANSWER}/ratings", {"ratings": [on_track]}).json()["unchanged"] == ["cases"]
    late = {"indicator": "cases", "rating": "off_track", "cause": "time", "new_date": "2045-01-01"}
    response = officer.post(f"{ANSWER}/ratings", {"ratings": [late]})
    assert refusal(response) == (409, "RatingChangedMeanwhile")
    assert response.json()["details"]["troubles"][0]["standing"]["id"] == first
    without = {"indicator": "cases", "rating": "off_track", "expected": first}
    assert refusal(officer.post(f"{ANSWER}/ratings", {"ratings": [without]})) == (422, "RatingsFaulty")
    assert officer.post(f"{ANSWER}/ratings", {"ratings": [{**late, "expected": first}]}).status_code == 200
    assert refusal(officer.post(f"{ANSWER}/ratings", {"ratings": [late, late]})) == (422, "IndicatorTwice")
    none = {"indicator": "none", "rating": "on_track"}
    assert refusal(officer.post(f"{ANSWER}/ratings", {"ratings": [none]})) == (422, "RatingsFaulty")
    with as_house():
        assert [each.rating for each in Assessment.objects.order_by("pk")] == ["on_track", "off_track"]


def test_a_verifier_of_another_house_confirms_or_contests_and_nobody_their_own(world: World) -> None:
    record_all(world)
    assert Caller(world, "officer").post(f"{ANSWER}/hand-in").status_code == 200
    verifier = Caller(world, "verifier")
    rows = {row["indicator"]: row for row in verifier.get(f"{PLAN}/to-verify?period=2022-H1").json()["rows"]}
    assert set(rows) == {"cases", "trained", "policy"}
    sent = {"verdict": "contested", "figures": [rows["cases"]["figure"]["id"]]}
    assert refusal(verifier.post("/api/verifications", sent)) == (422, "ContestSaysWhy")
    assert (
        verifier.post("/api/verifications", {**sent, "reason": "The list says 11."}).json()[0]["verdict"] == "contested"
    )
    assert refusal(Caller(world, "insider_verifier").post("/api/verifications", {**sent, "verdict": "confirmed"})) == (
        422,
        "VerifiesOwnHouse",
    )
    contested = verifier.get(f"{PLAN}/to-verify?period=2022-H1&standing=contested").json()
    assert [row["indicator"] for row in contested["rows"]] == ["cases"]
    assert refusal(verifier.post("/api/verifications", {"verdict": "confirmed", "figures": [2**62]}))[0] == 404
    with as_house():
        assert Verification.objects.get().reason == "The list says 11."


def test_a_computed_rating_is_set_aside_by_the_plans_owner_alone(world: World) -> None:
    said = {
        "period": "2023-H2", "rating": "on_track", "reason": "The sum misleads.",
        "ends_on": (clock.today() + timedelta(30)).isoformat(),
    }  # fmt: skip
    address = f"{PLAN}/indicators/cases/override"
    assert refusal(Caller(world, "officer").post(address, said)) == (403, "RoleNeeded")
    owner = Caller(world, "plan_owner")
    assert refusal(owner.post(address, {**said, "ends_on": "2020-01-01"})) == (422, "OverrideMustEnd")
    assert refusal(owner.post(address, {**said, "period": "2031-H1"})) == (404, "NothingThere")
    assert refusal(owner.post(address, {**said, "expected": 7})) == (409, "NothingSetAside")
    first = owner.post(address, said).json()
    assert first["rating"] == "on_track"
    second = {**said, "rating": "completed", "reason": "Seen on site."}
    response = owner.post(address, second)
    assert refusal(response) == (409, "OverriddenMeanwhile")
    told = response.json()["details"]
    assert {name: told[name] for name in ("id", "rating", "reason", "ends_on")} == {
        "id": first["id"], "rating": "on_track", "reason": "The sum misleads.", "ends_on": said["ends_on"],
    }  # fmt: skip
    assert owner.post(address, {**second, "expected": first["id"]}).json()["rating"] == "completed"


# ---- the plan --------------------------------------------------------------------------------------------------

DAY = "2024-05-01"
BUDGET = {"amount_minor": 100_000, "currency": "EUR", "on_day": DAY, "reason": "Granted by the board"}


def test_an_action_is_revised_by_what_is_different_and_a_conflict_tells_what(world: World) -> None:
    owner = Caller(world, "plan_owner")
    address = f"{PLAN}/actions/training/revisions"
    said = {"expected": 1, "changes": {"due_on": "2025-06-30"}, "reason": "Trainers are missing", "in_force_on": DAY}
    assert refusal(owner.post(address, said)) == (422, "PutOffWithoutCause")
    made = owner.post(address, {**said, "cause": "resources"}).json()
    assert (made["number"], made["cause"]) == (2, "resources")
    with as_house():
        revision = ActionRevision.objects.get(action=world.action["training"], number=2)
        assert (revision.due_on.isoformat(), revision.title) == ("2025-06-30", {"en": "Example action training"})
    response = owner.post(address, {**said, "changes": {"prioritised": True}})
    assert refusal(response) == (409, "RevisedMeanwhile")
    assert response.json()["details"]["changes"] == [{"field": "due_on", "before": "2023-12-31", "after": "2025-06-30"}]
    assert refusal(owner.post(address, {**said, "expected": 2})) == (409, "NothingChanged")
    assert refusal(owner.post(address, {**said, "expected": 9})) == (404, "NothingThere")
    assert refusal(Caller(world, "officer").post(address, said)) == (403, "RoleNeeded")


def test_an_indicator_is_revised_and_what_decides_how_it_is_measured_redefines_it(world: World) -> None:
    owner = Caller(world, "plan_owner")
    said = {"expected": 1, "changes": {"unit": {"en": "children"}}, "reason": "Children are meant", "in_force_on": DAY}
    assert owner.post(f"{PLAN}/indicators/cases/revisions", said).json()["number"] == 2
    told = owner.get(f"{PLAN}/revisions?code=cases").json()["rows"][0]
    assert (told["redefined"], told["reason"]) == (True, "Children are meant")
    away = {"expected": 2, "changes": {"due_on": None}, "reason": "For ever", "in_force_on": DAY, "cause": "scope"}
    assert owner.post(f"{PLAN}/indicators/cases/revisions", away).json()["number"] == 3


def test_a_target_is_stated_and_replaced_and_the_first_stays(world: World) -> None:
    owner, address = Caller(world, "plan_owner"), f"{PLAN}/indicators/cases/targets"
    said = {"due_on": "2024-06-30", "number": "100.50", "reason": "As planned", "in_force_on": DAY}
    first = owner.post(address, said).json()
    assert (first["number"], first["series"]) == ("100.5", "target")
    assert refusal(owner.post(address, said)) == (409, "TargetStands")
    second = owner.post(address, {**said, "number": 90, "replaces": first["id"], "reason": "Too high"}).json()
    assert second["replaces"] == first["id"]
    assert refusal(owner.post(address, {**said, "number": 80, "replaces": first["id"]})) == (409, "RevisedMeanwhile")
    assert refusal(owner.post(address, {**said, "replaces": 2**62})) == (422, "NotOfThisIndicator")
    own = {**said, "organisation": "tanzania", "number": 20}
    assert owner.post(address, own).status_code == 200
    assert refusal(owner.post(address, {**own, "organisation": "none"})) == (422, "CodeNotKnown")
    with as_house():
        assert Target.objects.filter(indicator=world.indicator["cases"]).count() == 3


def test_money_is_granted_and_spent(world: World) -> None:
    owner, address = Caller(world, "plan_owner"), f"{PLAN}/actions/training"
    assert owner.post(f"{address}/budget", BUDGET).json()["kind"] == "original"
    response = owner.post(f"{address}/budget", {**BUDGET, "amount_minor": 120_000})
    assert refusal(response) == (409, "RevisedMeanwhile")
    more = {**BUDGET, "amount_minor": 120_000, "expected_minor": 100_000}
    assert owner.post(f"{address}/budget", more).json()["kind"] == "revised"
    assert owner.post(f"{address}/spending", {**BUDGET, "amount_minor": 5_000}).json()["kind"] == "spent"
    assert refusal(owner.post(f"{address}/spending", {**BUDGET, "amount_minor": -9_000})) == (422, "SpentBelowNothing")
    state = next(each for each in owner.get(f"{PLAN}/plan-on").json()["actions"] if each["code"] == "training")
    assert state["budget"] == [{"currency": "EUR", "original": 100_000, "revised": 120_000, "spent": 5_000}]


def test_a_recommendation_is_answered_and_linked(world: World) -> None:
    owner, address = Caller(world, "plan_owner"), f"{PLAN}/recommendations/R1/R1.1/responses"
    said = {"accepted": "yes", "response": {"en": "We do."}, "expected": 0, "reason": "Board", "in_force_on": DAY}
    assert owner.post(address, said).json()["number"] == 1
    assert refusal(owner.post(address, {**said, "accepted": "no"})) == (409, "RevisedMeanwhile")
    assert refusal(owner.post(address, {**said, "expected": 7})) == (409, "RevisedMeanwhile")
    assert refusal(owner.post(f"{PLAN}/recommendations/R1/R9/responses", said)) == (404, "NothingThere")
    link = {"source": "R1", "recommendation": "R1.1", "holds": False, "reason": "Not so", "in_force_on": DAY}
    assert owner.post(f"{PLAN}/actions/policy/links", link).json()["holds"] is False
    assert refusal(owner.post(f"{PLAN}/actions/policy/links", link)) == (409, "NothingChanged")


def test_a_recommendation_that_was_never_answered_is_told_so_to_who_thinks_it_was(world: World) -> None:
    said = {"accepted": "yes", "expected": 1, "reason": "Board", "in_force_on": DAY}
    response = Caller(world, "plan_owner").post(f"{PLAN}/recommendations/R1/R1.1/responses", said)
    assert refusal(response) == (409, "RevisedMeanwhile")


# ---- reports ---------------------------------------------------------------------------------------------------


def test_a_report_is_frozen_by_one_and_released_by_another(world: World, client: Client) -> None:
    one, other = Caller(world, "publisher"), Caller(world, "second_publisher")
    said = {"code": "march-2024", "period": "2023-H2", "as_at": "2024-03-31"}
    address = f"{PLAN}/frozen-reports"
    assert refusal(Caller(world, "officer").post(address, said)) == (403, "RoleNeeded")
    frozen = one.post(address, said).json()
    assert (frozen["frozen_by_me"], frozen["released_at"]) == (True, None)
    assert refusal(one.post(address, said)) == (409, "ReportNameTaken")
    assert refusal(one.post(address, {**said, "code": "x", "period": "2023-Q1"})) == (422, "PeriodOfOtherLength")
    assert client.get(f"{PLAN}/reports/march-2024").status_code == 404
    assert one.get(f"{address}/march-2024/document").json()["format"] == "omsorg-report-1"
    assert refusal(one.post(f"{address}/march-2024/release")) == (422, "FrozenBySamePerson")
    assert other.post(f"{address}/march-2024/release").json()["released_at"]
    assert refusal(other.post(f"{address}/march-2024/release")) == (409, "AlreadyReleased")
    assert client.get(f"{PLAN}/reports/march-2024").status_code == 200
    assert [row["frozen_by_me"] for row in other.get(address).json()["rows"]] == [False]


def test_freezing_and_releasing_take_a_key_made_for_publishing(world: World) -> None:
    said = {"code": "march-2024", "period": "2023-H2", "as_at": "2024-03-31"}
    address = f"{PLAN}/frozen-reports"
    every_other = tuple(scope.code for scope in all_scopes() if "plans.publish" not in scope.may)
    for who, ask in (("publisher", address), ("second_publisher", f"{address}/march-2024/release")):
        refused = Caller(world, who, every_other).post(ask, said)
        assert refusal(refused) == (403, "OtherScopeNeeded")
        assert refused.json()["details"]["scopes"] == "plans:publish"
        assert Caller(world, who, ("plans:publish",)).post(ask, said).status_code == 200


def test_a_refused_write_leaves_nothing_behind(world: World) -> None:
    with as_house():
        before = Trace.objects.count()
    one = Caller(world, "publisher")
    with as_house():
        made = Trace.objects.count()
    assert made == before + 1  # the key
    one.post(f"{PLAN}/frozen-reports", {"code": "x", "period": "2023-H2", "as_at": "2190-01-01"})
    with as_house():
        assert Trace.objects.count() == made
        assert not Report.objects.exists()


# ---- a plan out of a file --------------------------------------------------------------------------------------

SOURCES = "code,title,kind\nR2,Second review,review\n"


def send(caller: Caller, address: str, content: str, **about: str) -> HttpResponse:
    file = SimpleUploadedFile("sources.csv", content.encode())
    return caller.client.post(
        address, {"plan": "example-plan", "reason": "New", "files": [file], **about}, **caller.key
    )


def test_a_file_is_rehearsed_which_changes_nothing_and_then_taken_in(world: World) -> None:
    owner = Caller(world, "plan_owner")
    told = send(owner, "/api/imports/rehearsal", SOURCES).json()
    assert (told["is_sound"], [each["what"] for each in told["done"]]) == (True, ["new"])
    assert [each["code"] for each in owner.get(f"{PLAN}/plan-on").json()["sources"]] == ["R1"]
    other = SOURCES.replace("Second", "Third")
    assert refusal(send(owner, "/api/imports", other, rehearsed=told["fingerprint"])) == (409, "NotRehearsed")
    assert send(owner, "/api/imports", SOURCES, rehearsed=told["fingerprint"]).json()["is_sound"]
    assert [each["code"] for each in owner.get(f"{PLAN}/plan-on").json()["sources"]] == ["R1", "R2"]


def test_what_has_changed_since_the_rehearsal_is_rehearsed_again(world: World) -> None:
    owner = Caller(world, "plan_owner")
    told = send(owner, "/api/imports/rehearsal", SOURCES).json()
    other = SOURCES.replace("Second", "Somebody else's")
    theirs = send(owner, "/api/imports/rehearsal", other).json()
    assert send(owner, "/api/imports", other, rehearsed=theirs["fingerprint"]).status_code == 200
    response = send(owner, "/api/imports", SOURCES, rehearsed=told["fingerprint"])
    assert refusal(response) == (409, "ChangedSinceRehearsal")
    again = send(owner, "/api/imports/rehearsal", SOURCES).json()
    assert again["fingerprint"] != told["fingerprint"]
    assert send(owner, "/api/imports", SOURCES, rehearsed=again["fingerprint"]).status_code == 200


def test_a_faulty_file_is_told_row_by_row_and_nothing_is_taken_in(world: World) -> None:
    owner = Caller(world, "plan_owner")
    told = send(owner, "/api/imports/rehearsal", "code,title,kind\nR2,Second review,nonsense\n").json()
    assert not told["is_sound"]
    assert (told["faults"][0]["cell"], told["faults"][0]["value"]) == ("C2", "nonsense")
    taken = send(owner, "/api/imports", "code,title,kind\nR2,Second review,nonsense\n", rehearsed=told["fingerprint"])
    assert refusal(taken) == (422, "RowsFaulty")
    assert taken.json()["details"]["faults"] == told["faults"]


def test_whoever_may_not_revise_brings_no_file_in(world: World) -> None:
    assert refusal(send(Caller(world, "officer"), "/api/imports/rehearsal", SOURCES)) == (403, "RoleNeeded")


# ---- what the keeper of a key also is ----------------------------------------------------------------------------


def test_a_role_given_today_is_good_for_the_key_made_before(world: World) -> None:
    stranger = Caller(world, "stranger")
    with as_house():
        Mandate.objects.create(
            person=world.person["stranger"],
            role="reporting_officer",
            organisation=world.org["tanzania"],
            valid_from=BEGINNING,
        )
    assert stranger.post(f"{ANSWER}/figures", figures(cases(3))).status_code == 200


@pytest.mark.parametrize(
    ("who", "address", "questions"),
    [
        ("officer", ANSWER, 20),
        ("reviewer", f"{PLAN}/answers", 15),
        ("verifier", f"{PLAN}/to-verify?period=2022-H1", 14),
        ("publisher", f"{PLAN}/frozen-reports", 10),
    ],
)
def test_a_read_with_a_key_asks_few_questions(
    world: World, who: str, address: str, questions: int, django_assert_num_queries: Any
) -> None:
    caller = Caller(world, who)
    caller.get(address)
    with django_assert_num_queries(questions):
        assert caller.get(address).status_code == 200


def test_recording_asks_the_same_number_of_questions_however_many_figures(
    world: World, django_assert_num_queries: Any
) -> None:
    officer = Caller(world, "officer")
    share = {"indicator": "trained", "numerator": 40, "denominator": 50}
    with django_assert_num_queries(25):
        officer.post(f"{ANSWER}/figures", figures(cases(12), share))
    with django_assert_num_queries(24):  # the period before has told of all of them
        officer.post(f"{ANSWER.replace('H1', 'H2')}/figures", figures(cases(12), share))
