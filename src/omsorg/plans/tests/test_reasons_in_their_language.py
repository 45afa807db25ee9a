"""A reason is what a person wrote: it is not translated, and is marked with its language on a page in another one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from omsorg.federation.access import acting_as
from omsorg.kernel.money import Money
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.budgets import revise_budget
from omsorg.plans.actions.promises import revise_action
from omsorg.plans.models import ActionRevision, BudgetEntry
from omsorg.plans.pages.words import reason_told
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.tests.test_api_with_a_key import PLAN, Caller
from omsorg.plans.tests.test_import_plan import ACTIONS, AT, REVISIONS, book_of, bring_in
from omsorg.plans.tests.test_past_stays_told import published
from world import World

__all__ = ["published"]

MARKED = '<span lang="da">Undervisere mangler</span>'
ON = date(2024, 5, 2)


@pytest.fixture
def revised(published: World) -> Iterator[World]:
    """An action revised, and its budget set, by somebody who reads the house in Danish."""
    with override("da"), in_name_of(published.person["plan_owner"].pk):
        by = acting_as(published.person["plan_owner"].pk, day=ON)
        at = datetime(2024, 5, 2, 9, tzinfo=UTC)
        terms = plan_as_of(published.plan, ON).action["training"].terms
        stamp = {"reason": "Undervisere mangler", "by": by, "at": at}
        revise_action(
            action=published.action["training"],
            terms=replace(terms, prioritised=True),
            expected=1,
            in_force_on=ON,
            **stamp,
        )
        revise_budget(action=published.action["training"], amount=Money(500, "EUR"), expected=None, on_day=ON, **stamp)
    return published


def test_a_reason_is_marked_where_the_page_is_in_another_language_and_only_there(
    revised: World, client: Client
) -> None:
    assert revised.plan is not None
    plan = f"promises/{revised.plan.code}"
    for address, times in ((f"{plan}/plan-on/", 2), (f"{plan}/history/action/training/", 2)):
        assert client.get(f"/{address}").content.decode().count(MARKED) == times, address
        danish = client.get(f"/da/{address}").content.decode()
        assert "Undervisere mangler" in danish
        assert MARKED not in danish, address


def test_a_reason_of_which_nobody_knows_the_language_stands_as_it_is() -> None:
    with override("da"):
        assert reason_told("Trainers & time", "", {}) == "Trainers & time"
        assert (
            reason_told("Trainers & time", "en", {})
            == '<span lang="en">Trainers &amp; time</span> <span class="soft">(English)</span>'
        )


def test_a_file_brings_its_reasons_in_the_language_that_it_says(world: World) -> None:
    head = "code;title;adopted_on;runs_until;currency;language\n"
    actions = ACTIONS.replace("titel_da;title;", "titel_da;title_en;")
    book = book_of(plan=f"{head}p1;Planen;2021-07-01;01.01.2025;NOK;da\n", actions=actions, revisions=REVISIONS)
    bring_in(world, book, reason="As it was decided")
    said = ActionRevision.objects.filter(action__plan__code="p1", action__code="A1").order_by("number")
    assert list(said.values_list("reason", "reason_language")) == [
        ("As it was decided", "en"),
        ("Trainers could not travel", "da"),
    ]
    assert AT.date() > said[1].in_force_on


BY_LANGUAGE = {
    "en": "Trainers are missing",
    "da": "Undervisere mangler",
    "nb": "Kursholdere mangler",
    "sv": "Utbildare saknas",
}
SAID = {code: text for code, text in BY_LANGUAGE.items() if code in ("da", "nb")}
HISTORY = "/promises/example-plan/history/action/training/"


def read_by_everybody(client: Client, address: str) -> None:
    """Danes and Norwegians read it in their own language, Swedes as it was written, marked."""
    for language, said in (
        ("da", BY_LANGUAGE["da"]),
        ("nb", BY_LANGUAGE["nb"]),
        ("sv", f'<span lang="en">{BY_LANGUAGE["en"]}</span> <span class="soft">(English)</span>'),
    ):
        page = client.get(f"/{language}{address}").content.decode()
        assert said in page, language
        assert (BY_LANGUAGE["en"] in page) == (language == "sv"), language


def test_who_revises_gives_the_reason_in_other_languages_and_each_reader_reads_their_own(
    world: World, client: Client
) -> None:
    client.force_login(world.account["plan_owner"])
    url = "/plans/example-plan/revise/actions/training/"
    form = client.get(url).context["sheet"].form
    assert [field.name for field in form.elsewhere] == ["reason_in_da", "reason_in_nb", "reason_in_sv"]
    assert not form.is_said_elsewhere
    shown = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in shown.items() if value not in (None, False)}
    data |= {"prioritised": "on", "in_force_on": "2024-05-02", "reason": BY_LANGUAGE["en"], "reason_in_sv": "  "}
    data |= {f"reason_in_{code}": text for code, text in SAID.items()}
    looked = client.post(url, data | {"decision": "look"})
    assert looked.context["sheet"].form.is_said_elsewhere
    assert f'Dansk: <span lang="da">{BY_LANGUAGE["da"]}</span>' in looked.content.decode()
    assert f'English: <span lang="en">{BY_LANGUAGE["en"]}</span>' in looked.content.decode()
    assert "Whoever reads in another language (Svenska) reads the reason as you wrote it" in looked.content.decode()
    seen = {"looked_at": looked.context["sheet"].looked_at, "decision": "make"}
    assert client.post(url, data | seen).status_code == 302
    kept = ActionRevision.objects.get(action=world.action["training"], number=2)
    assert (kept.reason, kept.reason_language, kept.reason_in) == (BY_LANGUAGE["en"], "en", SAID)
    read_by_everybody(Client(), HISTORY)


@pytest.mark.parametrize(
    ("address", "given", "page"),
    [
        (
            "actions/training/revisions",
            {"expected": 1, "changes": {"prioritised": True}, "in_force_on": "2024-05-02"},
            HISTORY,
        ),
        ("actions/training/budget", {"amount_minor": 5, "currency": "EUR", "on_day": "2024-05-02"}, HISTORY),
        ("actions/training/spending", {"amount_minor": 5, "currency": "EUR", "on_day": "2024-05-02"}, HISTORY),
        (
            "terms/revisions",
            {"expected": 1, "changes": {"title": {"en": "Said better"}}, "in_force_on": "2024-05-02"},
            "/promises/example-plan/history/plan/example-plan/",
        ),
        (
            "indicators/cases/targets",
            {"due_on": "2024-12-31", "number": 5, "in_force_on": "2024-05-02"},
            "/promises/example-plan/history/indicator/cases/",
        ),
        (
            "indicators/cases/links",
            {"action": "policy", "in_force_on": "2024-05-02"},
            "/promises/example-plan/history/indicator/cases/",
        ),
    ],
)
def test_over_the_api_a_reason_is_given_in_other_languages_too(
    world: World, address: str, given: dict[str, Any], page: str
) -> None:
    owner = Caller(world, "plan_owner")
    made = owner.post(f"{PLAN}/{address}", {**given, "reason": BY_LANGUAGE["en"], "reason_in": {**SAID, "en": "No"}})
    assert made.status_code == 200, made.json()
    read_by_everybody(Client(), page)


def test_the_revisions_and_the_news_tell_it_by_language(published: World) -> None:
    owner = Caller(published, "plan_owner")
    given = {"expected": 1, "changes": {"prioritised": True}, "in_force_on": "2024-05-02"}
    owner.post(f"{PLAN}/actions/training/revisions", {**given, "reason": BY_LANGUAGE["en"], "reason_in": SAID})
    row = owner.get(f"{PLAN}/revisions?code=training").json()["rows"][0]
    assert (row["reason"], row["reason_language"], row["reason_in"]) == (BY_LANGUAGE["en"], "en", SAID)
    assert BY_LANGUAGE["da"] in Client().get("/da/promises/feed.atom").content.decode()
    assert f"{BY_LANGUAGE['en']} (English)" in Client().get("/sv/promises/feed.atom").content.decode()
    assert "(English)" not in Client().get("/promises/feed.atom").content.decode()


def test_a_file_gives_its_reasons_in_several_languages_and_what_is_adopted_is_told_in_all(
    world: World,
) -> None:
    revisions = """code;what;in_force_on;reason;begrundelse_da;reason_nb;due date;cause
A1;action;2023-02-01;Trainers are missing;Undervisere mangler;Kursholdere mangler;2024-06-30;resources
"""
    budget = "action;kind;amount;day;reason_sv;reason_da\nA1;revised;2000000;2023-01-15;Dyrare;Dyrere\n"
    outcome = bring_in(world, book_of(revisions=revisions, budget=budget))
    assert [str(fault.sentence) for fault in outcome.faults] == []
    first, second = ActionRevision.objects.filter(action__plan__code="p1", action__code="A1").order_by("number")
    assert (first.reason, first.reason_language) == ("As adopted", "en")
    assert first.reason_in == {"da": "Som vedtaget", "nb": "Som vedtatt", "sv": "Som den antogs"}
    assert (second.reason, second.reason_language, second.reason_in) == (BY_LANGUAGE["en"], "en", SAID)
    money = BudgetEntry.objects.get(action__plan__code="p1", kind="revised")
    assert {money.reason_language: money.reason, **money.reason_in} == {"sv": "Dyrare", "da": "Dyrere"}
    assert bring_in(world, book_of(revisions=revisions, budget=budget)).changes_anything is False
