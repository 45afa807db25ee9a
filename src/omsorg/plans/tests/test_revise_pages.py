"""The plan owner's desk in the browser's place: every form, what it shows, what it refuses, and who may sit there."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.plans.models import Action, ActionRecommendation, BudgetEntry, Indicator, Recommendation, Source, Target
from omsorg.plans.pages.revisions import entries_told
from omsorg.plans.pages.words import days_told
from omsorg.plans.queries.history import HistoryEntry
from omsorg.plans.queries.promises import current_plan
from omsorg.plans.rules.measures import Activity

STAMP = {"in_force_on": "2024-05-01", "reason": "Decided by the board"}


@pytest.fixture
def desk(client, world):
    client.force_login(world.account["plan_owner"])
    return client


def address(name, *args):
    return reverse(f"plans:{name}", args=["example-plan", *args])


def filled(client, url, **changed):
    """Everything that the form shows, with some of it changed."""
    form = client.get(url).context["sheet"].form
    shown = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in shown.items() if value is not False}
    return data | STAMP | changed


def looked_at(client, url, data):
    """What is sent by who has looked at it and presses the button, with all that the look gave."""
    sheet = client.post(url, data | {"decision": "look"}).context["sheet"]
    return data | {"looked_at": sheet.looked_at, "decision": "make"}


def look_and_make(client, url, **changed):
    data = filled(client, url, **changed)
    looked = client.post(url, data | {"decision": "look"})
    assert looked.status_code == 200
    assert looked.context["sheet"].form.errors == {}
    assert looked.context["sheet"].preview is not None
    seen = {"looked_at": looked.context["sheet"].looked_at, "decision": "make"}
    made = client.post(url, data | seen)
    assert made.status_code == 302, made.context["sheet"].form.errors
    return looked.context["sheet"].preview


def state(world):
    with as_house():
        return current_plan(world.plan)


def test_the_desk_shows_what_stands_and_can_be_searched_and_sorted(desk, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        page = desk.get(address("revise"))
    assert [line.code for line in page.context["lines"]] == ["policy", "training"]
    assert [line.code for line in desk.get(address("revise") + "?q=polic").context["lines"]] == ["policy"]
    found = desk.get(address("revise") + "?show=indicators&activity=dropped").context["lines"]
    assert found == []
    for order in ("due", "changed", "code"):
        assert len(desk.get(address("revise") + f"?show=indicators&sort={order}").context["lines"]) == 4
    assert [line.code for line in desk.get(address("revise") + "?show=recommendations").context["lines"]] == ["R1.1"]


def test_an_action_is_revised_after_a_look_at_what_the_public_will_read(desk, world):
    told = look_and_make(
        desk,
        address("revise-action", "training"),
        title_da="Uddannelse",
        due_on="2024-12-31",
        cause="resources",
    )
    assert [(each.what, each.language) for each in told] == [("Due", ""), ("Title", "Dansk")]
    now = state(world).action["training"]
    assert (now.terms.title["da"], now.cause, now.reason) == ("Uddannelse", "resources", "Decided by the board")
    history = desk.get(address("public-history", "action", "training"))
    assert b"Uddannelse" in history.content
    assert b"Decided by the board" in history.content


def test_a_refusal_stands_at_its_field(desk):
    url = address("revise-action", "training")
    page = desk.post(url, filled(desk, url, due_on="2025-12-31") | {"decision": "make"})
    assert list(page.context["sheet"].form.errors) == ["cause"]
    page = desk.post(url, filled(desk, url, activity="dropped") | {"decision": "make"})
    assert list(page.context["sheet"].form.errors) == ["activity_reason_en"]
    page = desk.post(url, filled(desk, url) | {"decision": "make"})
    assert page.context["sheet"].form.errors == {"__all__": ["Nothing is different from what stands already."]}


def test_the_second_of_two_sees_both_changes_and_loses_nothing(desk, world):
    url = address("revise-action", "training")
    second = looked_at(desk, url, filled(desk, url, title_en="Training for all", title_sv="Utbildning"))
    look_and_make(desk, url, prioritised="on", title_en="Training, each year")
    page = desk.post(url, second)
    assert page.status_code == 200
    conflict = page.context["sheet"].conflict
    assert {each.what for each in conflict.changes} == {"Title", "Prioritised"}
    assert conflict.both == ["Title"]
    again = page.context["sheet"].form
    assert again["prioritised"].value() is True
    assert (again["title_en"].value(), again["title_sv"].value()) == ("Training for all", "Utbildning")
    data = {name: again[name].value() or "" for name in again.fields} | STAMP
    assert desk.post(url, looked_at(desk, url, data)).status_code == 302
    now = state(world).action["training"]
    assert (now.number, now.terms.prioritised, now.terms.title["sv"]) == (3, True, "Utbildning")


def test_an_indicator_that_measures_something_else_is_told_so_before(desk, world):
    told = look_and_make(desk, address("revise-indicator", "trained"), denominator_en="all carers on contract")
    assert [each.what for each in told][-1] == "Definition"
    assert state(world).indicator["trained"].redefined_number == 2


def test_an_indicator_is_put_on_hold_in_words(desk, world):
    look_and_make(
        desk, address("revise-indicator", "cases"), activity="on_hold", activity_reason_en="Waits for the new system"
    )
    assert state(world).indicator["cases"].terms.activity is Activity.ON_HOLD


def test_a_target_is_stated_and_another_takes_its_place(desk, world):
    url = address("revise-target", "trained")
    look_and_make(desk, url, due_on="2024-12-31", number="90", denominator="100", series="target")
    first = Target.objects.get()
    url = f"{url}?replaces={first.pk}"
    assert desk.get(url).context["sheet"].form["number"].value() == "90"
    look_and_make(desk, url, number="80")
    assert Target.objects.get(supersedes=first).number == 80
    page = desk.get(address("revise-targets", "trained"))
    assert [fact["value"] for fact in page.context["facts"]] == ["80 of 100 by 31 Dec 2024"]
    assert len(page.context["entries"]) == 2


def test_money_is_granted_revised_and_spent(desk):
    url = address("revise-money", "training", "sum")
    look_and_make(desk, url, amount="1 500.50", currency="eur")
    look_and_make(desk, url, amount="2000")
    look_and_make(desk, address("revise-money", "training", "spent"), amount="400")
    assert list(BudgetEntry.objects.order_by("pk").values_list("kind", "amount_minor")) == [
        ("original", 1500_50),
        ("revised", 2000_00),
        ("spent", 400_00),
    ]
    assert len(desk.get(address("revise-budget", "training")).context["facts"]) == 3
    page = desk.post(url, filled(desk, url, amount="1.500") | {"decision": "look"})
    assert page.context["sheet"].form.errors["amount"] == ["“1.500” can be read in two ways. Write 1500 or 1.5."]


def test_a_sum_in_another_currency_is_a_budget_beside_the_first_and_the_look_says_so(desk):
    url = address("revise-money", "training", "sum")
    look_and_make(desk, url, amount="180000", currency="EUR")
    beside = filled(desk, url, amount="1500000", currency="NOK")
    look = " ".join(desk.post(url, beside | {"decision": "look"}).content.decode().split())
    assert "Beside it stands the budget of EUR 180,000, and it stays as it is" in look
    look_and_make(desk, url, amount="1500000", currency="NOK")
    told = look_and_make(desk, url, amount="0", currency="EUR")
    assert [(each.before.replace("\xa0", " "), each.after.replace("\xa0", " ")) for each in told] == [
        ("EUR 180,000", "EUR 0")
    ]
    told = look_and_make(desk, url, amount="1400000", currency="NOK")
    assert [each.before.replace("\xa0", " ") for each in told] == ["NOK 1,500,000"]


@pytest.mark.parametrize(
    ("language", "amount", "kept"),
    [
        ("en", "1.500", None),
        ("en", "1,500", 1500_00),
        ("en", "1,500.50", 1500_50),
        ("en", "1500,5", None),
        ("nb", "80.5", None),
        ("da", "1.500", None),
        ("nb", "1,500", None),
        ("da", "1.500,50", 1500_50),
        ("sv", "1,5", 150),
    ],
)
def test_a_sum_that_can_be_read_in_two_ways_is_asked_about_in_every_language(desk, language, amount, kept):
    with override(language):
        url = address("revise-money", "training", "sum")
    page = desk.post(url, looked_at(desk, url, filled(desk, url, amount=amount, currency="EUR")))
    assert [entry.amount_minor for entry in BudgetEntry.objects.all()] == ([kept] if kept else [])
    assert page.status_code == (302 if kept else 200)


def test_what_a_form_shows_in_the_language_of_the_page_can_be_handed_in_again(desk, world):
    with override("da"):
        url = address("revise-target", "cases")
        look_and_make(desk, url, due_on="2024-12-31", number="12,3450", series="target")
        first = Target.objects.get()
        assert (first.number, str(first.number.normalize())) == (Decimal("12.345"), "12.345")
        url = f"{url}?replaces={first.pk}"
        assert desk.get(url).context["sheet"].form["number"].value() == "12,3450"
        look_and_make(desk, url, due_on="2025-06-30")


def test_a_recommendation_is_answered_and_linked(desk, world):
    look_and_make(desk, address("revise-recommendation", "R1.1"), accepted="yes", response_en="We do.")
    assert state(world).recommendation["R1.1"].accepted == "yes"
    look_and_make(desk, address("revise-links", "R1.1"), action="policy", holds="no")
    assert state(world).recommendation["R1.1"].actions == ("training",)
    assert ActionRecommendation.objects.filter(holds=False).count() == 1
    history = desk.get(address("public-history", "recommendation", "R1.1"))
    assert b"policy" in history.content


def test_what_comes_later_comes_into_the_plan_but_not_into_what_was_adopted(desk, world):
    look_and_make(desk, address("revise-add", "action"), code="A25", title_en="A further action", due_on="2035-06-30")
    look_and_make(desk, address("revise-add", "indicator"), code="I36", title_en="A further indicator", actions=["A25"])
    look_and_make(desk, address("revise-add-source"), code="R2", title_en="A further review", kind="audit")
    look_and_make(desk, address("revise-add-recommendation"), code="R2.1", source="R2", text_en="Do more")
    assert Indicator.objects.get(code="I36").adopted is False
    now = state(world)
    assert now.indicator["I36"].actions == ("A25",)
    assert (Action.objects.filter(code="A25").exists(), Source.objects.count()) == (True, 2)
    assert Recommendation.objects.get(code="R2.1").source.code == "R2"


EVERY_PAGE = [
    ("revise", ()),
    ("revise-action", ("training",)),
    ("revise-indicator", ("trained",)),
    ("revise-targets", ("trained",)),
    ("revise-target", ("trained",)),
    ("revise-budget", ("training",)),
    ("revise-money", ("training", "sum")),
    ("revise-money", ("training", "spent")),
    ("revise-recommendation", ("R1.1",)),
    ("revise-links", ("R1.1",)),
    ("revise-add", ("action",)),
    ("revise-add", ("indicator",)),
    ("revise-add-source", ()),
    ("revise-add-recommendation", ()),
]


@pytest.mark.parametrize("key", ["officer", "publisher", "verifier", "reviewer", "housekeeper", "stranger", None])
def test_to_anybody_else_there_is_no_desk(client, world, key):
    if key:
        client.force_login(world.account[key])
    for name, args in EVERY_PAGE:
        assert client.get(address(name, *args)).status_code in (302, 404), name
        assert client.post(address(name, *args), {"decision": "make"}).status_code in (302, 404), name


def test_every_page_of_the_desk_opens(desk):
    for name, args in EVERY_PAGE:
        assert desk.get(address(name, *args)).status_code == 200, name
    assert desk.get(reverse("plans:revise-plans")).url == address("revise")
    for name in ("revise-action", "revise-indicator", "revise-recommendation", "revise-targets", "revise-money"):
        more = ("sum",) if name == "revise-money" else ()
        assert desk.get(address(name, "nowhere", *more)).status_code == 404


def test_everybody_reads_the_history_but_not_who_it_was(client, world):
    page = client.get(address("public-history", "indicator", "trained"))
    assert page.status_code == 200
    assert {entry.by for entry in page.context["entries"]} == {""}
    assert client.get(address("public-history", "action", "nowhere")).status_code == 404
    assert client.get(address("public-history", "person", "trained")).status_code == 404


def test_what_was_changed_after_the_look_is_looked_at_once_more(world, desk):
    url = address("revise-money", "training", "sum")
    data = filled(desk, url, amount="500000", currency="EUR")
    looked = desk.post(url, data | {"decision": "look"})
    seen = {"looked_at": looked.context["sheet"].looked_at, "decision": "make"}
    again = desk.post(url, data | seen | {"amount": "600000"})
    assert again.status_code == 200
    assert "You changed something after you had looked." in again.content.decode()
    assert desk.post(url, data | seen).status_code == 302


def test_without_a_look_nothing_is_made(desk, world):
    url = address("revise-action", "training")
    data = filled(desk, url, prioritised="on")
    page = desk.post(url, data | {"decision": "make"})
    assert page.status_code == 200
    assert page.context["sheet"].preview is not None
    assert "You changed something after you had looked." not in page.content.decode()
    assert state(world).action["training"].number == 1
    seen = {"looked_at": page.context["sheet"].looked_at, "decision": "make"}
    assert desk.post(url, data | seen).status_code == 302


@pytest.mark.parametrize(
    ("name", "args", "given", "said"),
    [
        ("revise-money", ("training", "sum"), {"amount": "9" * 21, "currency": "EUR"}, "is too large to be right"),
        ("revise-money", ("training", "spent"), {"amount": "9" * 20, "currency": "EUR"}, "is too large to be right"),
        ("revise-money", ("training", "sum"), {"amount": "-5", "currency": "EUR"}, "cannot be below nothing"),
        ("revise-money", ("training", "sum"), {"amount": "5", "currency": "XXQ"}, "Nobody pays with “XXQ” today."),
        ("revise-money", ("training", "sum"), {"amount": "5", "currency": "XTS"}, "Nobody pays with “XTS” today."),
        ("revise-indicator", ("trained",), {"per": "1.000"}, "Write 1000 or 1."),
        ("revise-indicator", ("trained",), {"per": "1.5"}, "is not a whole number"),
        (
            "revise-money",
            ("training", "sum"),
            {"amount": "1500000.555", "currency": "EUR"},
            "1,500,000.555 EUR has more",
        ),
        ("revise-money", ("training", "sum"), {"amount": "9" * 17, "currency": "EUR"}, "99,999,999,999,999,999 is too"),
        ("revise-indicator", ("trained",), {"per": "0"}, "0 is less than 1."),
        ("revise-indicator", ("trained",), {"per": "9" * 20}, "is too large to be right"),
        ("revise-indicator", ("trained",), {"threshold": "9" * 19}, "is too large to be right"),
        ("revise-indicator", ("trained",), {"threshold": "0.0000000001"}, "has more than 6 decimals"),
        ("revise-indicator", ("trained",), {"band_low": "9" * 30}, "is too large to be right"),
        ("revise-indicator", ("trained",), {"band_high": "9" * 19}, "is too large to be right"),
        ("revise-indicator", ("trained",), {"lowest": "-" + "9" * 19}, "is too large to be right"),
        ("revise-indicator", ("trained",), {"highest": "0.0000001"}, "has more than 6 decimals"),
        ("revise-indicator", ("trained",), {"tolerance": "0.123456789"}, "has more than 4 decimals"),
        ("revise-indicator", ("trained",), {"at_risk_band": "9" * 9}, "is too large to be right"),
        ("revise-action", ("training",), {"due_on": "9999-12-31", "cause": "time"}, "between 1996 and 2050."),
        ("revise-action", ("training",), {"due_on": "2090-12-31", "cause": "time"}, "between 1996 and 2050."),
        ("revise-plan", (), {"runs_until": "2150-12-31"}, "between 1996 and 2046."),
        (
            "revise-target",
            ("trained",),
            {"series": "target", "due_on": "2099-12-31", "number": "8", "denominator": "9"},
            "cannot be right",
        ),
        ("revise-action", ("training",), {"done_on": "2020-01-01"}, "before it starts on"),
        (
            "revise-target",
            ("trained",),
            {"series": "target", "due_on": "2024-12-31", "number": "9" * 30, "denominator": "9" * 30},
            "is too large to be right",
        ),
        (
            "revise-target",
            ("trained",),
            {"series": "target", "due_on": "2024-12-31", "number": "110", "denominator": "100"},
            "more than all of them",
        ),
    ],
)
def test_what_will_be_refused_is_refused_when_it_is_looked_at(world, desk, name, args, given, said):
    url = address(name, *args)
    page = desk.post(url, filled(desk, url, **given) | {"decision": "look"})
    assert said in page.content.decode()
    assert page.context["sheet"].preview is None


@pytest.mark.parametrize(
    ("page", "name", "day"),
    [
        (("revise-action", "training"), "starts_on", "1950-01-01"),
        (("revise-action", "training"), "done_on", "0202-01-01"),
        (("revise-action", "training"), "due_on", "2051-01-01"),
        (("revise-indicator", "trained"), "due_on", "2150-01-01"),
        (("revise-target", "trained"), "due_on", "1995-12-31"),
    ],
)
def test_a_day_out_of_reach_is_told_at_its_own_field_with_the_years_that_may_be_meant(desk, page, name, day):
    url = address(*page)
    answer = desk.post(url, filled(desk, url, **{name: day, "cause": "time"}) | {"decision": "look"})
    errors = answer.context["sheet"].form.errors
    assert "between 1996 and 2050." in str(errors[name])
    assert "cannot be right" not in str({field: told for field, told in errors.items() if field != name})


@pytest.mark.parametrize(
    ("typed", "said"), [("2,5", "«2,5» er ikke et helt tall"), ("-1 000", "-1 000 er mindre enn 1")]
)
def test_a_number_is_said_as_it_was_typed(desk, typed, said):
    with override("nb"):
        url = address("revise-indicator", "trained")
    page = desk.post(url, filled(desk, url, per=typed) | {"decision": "look"})
    assert said in str(page.context["sheet"].form.errors["per"])


def test_the_look_tells_the_cause_of_a_delay_and_the_day_of_force_as_the_public_will_read_them(desk):
    url = address("revise-action", "training")
    delayed = filled(desk, url, due_on="2025-12-31", cause="resources") | {"decision": "look"}
    page = " ".join(desk.post(url, delayed).content.decode().split())
    assert "Cause of the delay: lack of resources" in page
    assert f"<p>{days_told(date(2024, 5, 1), clock.today())}</p>" in page
    undelayed = filled(desk, url, prioritised="on", cause="resources") | {"decision": "look"}
    page = desk.post(url, undelayed).content.decode()
    assert "This is what the public will read" in page
    assert "Cause of the delay:" not in page


def test_a_new_indicator_is_offered_with_numbers_that_the_page_itself_can_read(desk):
    with override("nb"):
        url = address("revise-add", "indicator")
    form = desk.get(url).context["sheet"].form
    assert (form["tolerance"].value(), form["at_risk_band"].value()) == ("0,1", "0,25")


def test_the_first_target_that_a_house_ever_stated_stands_with_those_stated_alike():
    on, at = date(2024, 1, 1), datetime(2024, 1, 1, 9, tzinfo=UTC)
    entries = [HistoryEntry("target", number, on, at, "As adopted", "") for number in (2, 1)]
    assert len(entries_told(entries)) == 1
