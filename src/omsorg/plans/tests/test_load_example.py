"""The example lives through its three reports, and they read as they must."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction

from omsorg.federation.models import Account, Lineage, Organisation
from omsorg.kernel.trail import verify_trail
from omsorg.kernel.wall import as_house
from omsorg.plans.example.answers import PERIODS, habits, said_by
from omsorg.plans.example.loading import CODE, example_book, is_loaded
from omsorg.plans.example.people import PEOPLE, example_password
from omsorg.plans.models import (
    ActionRecommendation,
    ActionRevision,
    BudgetEntry,
    Figure,
    IndicatorAction,
    IndicatorRevision,
    Plan,
    PlanRevision,
    RecommendationResponse,
    Report,
    Target,
)
from omsorg.plans.queries.promises import current_plan
from omsorg.plans.queries.published import document_of, indicator_document


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The example, loaded once for this file and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_example", verbosity=0)
        with as_house():
            yield {report.code: document_of(report) for report in Report.objects.filter(plan__code=CODE)}
        transaction.set_rollback(True)


def test_the_files_of_the_example_have_no_fault():
    book = example_book()
    assert book.faults == []
    counts = {sheet: len(book[sheet]) for sheet in ("organisations", "recommendations", "actions", "indicators")}
    assert counts == {"organisations": 137, "recommendations": 46, "actions": 24, "indicators": 35}
    assert len({row["area_en"] for row in book["recommendations"]}) == 5
    assert sum(bool(row["prioritised"]) for row in book["actions"]) == 8
    for sheet in ("recommendations", "actions", "indicators"):
        text = "text" if sheet == "recommendations" else "title"
        assert all(set(row.texts(text, "en")) == {"en", "da", "nb", "sv"} for row in book[sheet])


@pytest.mark.parametrize("language", ["da", "nb", "sv"])
def test_no_reason_of_the_example_is_read_in_another_language(loaded, client, language):
    plan = f"/{language}/promises/{CODE}"
    pages = ["plan-on/", "changes/", "history/action/A1/", "history/indicator/I6/", f"history/plan/{CODE}/"]
    with transaction.atomic():
        for page in (*pages, "reports/example-2024-03/indicators/I6/"):
            assert '<span lang="en">' not in client.get(f"{plan}/{page}").content.decode(), page
        transaction.set_rollback(True)
    kept = [BudgetEntry, ActionRevision, IndicatorRevision, PlanRevision, Target]
    for model in (*kept, ActionRecommendation, IndicatorAction, RecommendationResponse):
        assert [each.reason for each in model.objects.all() if not each.reason_in.get(language)] == [], model


def test_the_same_answers_come_out_each_time():
    ways = habits(["norway", "kenya"])
    assert [said_by("kenya", ways["kenya"], index) for index in range(len(PERIODS))] == [
        said_by("kenya", habits(["norway", "kenya"])["kenya"], index) for index in range(len(PERIODS))
    ]


def test_march_2023_reads_25_of_35_and_22_of_24_actions(loaded):
    report = loaded["example-2023-03"]
    bases = report.bases
    assert (bases.adopted.good, bases.adopted.total, str(bases.adopted.percent)) == (25, 35, "71.4")
    assert (bases.active.good, bases.active.total) == (25, 35)
    assert (report.action_counts.moved, report.action_counts.total) == (22, 24)


def test_march_2024_reads_as_published_on_both_bases(loaded):
    report = loaded["example-2024-03"]
    adopted, active = report.bases.adopted, report.bases.active
    assert (adopted.completed, adopted.on_track, adopted.off_track, adopted.on_hold_or_changed) == (13, 12, 6, 4)
    assert (adopted.inactive, adopted.changed_not_rated) == (3, 1)
    assert (adopted.good, adopted.total, str(adopted.percent)) == (25, 35, "71.4")
    assert (active.good, active.total, str(active.percent)) == (25, 32, "78.1")
    assert active.not_rated == 1


def test_no_figure_of_the_example_points_at_a_few_people_who_were_supported(loaded):
    """1 to 4 persons who were supported in one country are somebody; the rating is the published one all the same."""
    for report in Report.objects.filter(plan__code=CODE):
        document = indicator_document(report, "I1")
        shown = {row["code"]: Decimal(row["numerator"]) for row in document["organisations"] if row.get("numerator")}
        assert [(code, number) for code, number in shown.items() if 0 < number < 5] == []
        assert any(row["state"] == "hidden" for row in document["organisations"])
    part = next(part for part in loaded["example-2024-03"].indicators if part.code == "I1")
    assert (part.stated, part.source) == ("completed", "computed")


def test_every_report_is_released_and_says_what_came_before(loaded):
    assert set(loaded) == {"example-2022-03", "example-2023-03", "example-2024-03"}
    assert Report.objects.filter(plan__code=CODE, release__isnull=False).count() == 3
    assert loaded["example-2024-03"].previous == "2022-H2"
    history = {part.code: [told.rating for told in part.history] for part in loaded["example-2024-03"].indicators}
    assert history["I11"] == ["on_track", "completed"]


def test_the_published_rating_and_the_computed_one_agree_where_both_are_there(loaded):
    for code in ("example-2023-03", "example-2024-03"):
        for part in loaded[code].indicators:
            if part.computed is not None and part.self_rating is not None:
                assert part.stated == part.self_rating, f"{code} {part.code}"


def test_some_answer_late_some_not_at_all_and_some_figures_are_contested(loaded):
    report = loaded["example-2024-03"]
    assert report.answers.expected == 130
    assert 110 < report.answers.received < 130
    assert report.answers.late > 5
    assert report.figures.contested > 0
    assert report.figures.confirmed > report.figures.contested
    assert report.figures.with_evidence == 0


def test_a_rating_contested_by_another_house_stands_beside(loaded):
    found = {part.code: part for part in loaded["example-2024-03"].indicators}
    assert (found["I32"].stated, found["I32"].verified.rating) == ("completed", "on_track")
    assert found["I32"].verified.by == "Example Association Tanzania"
    assert found["I2"].verified.rating == "completed"


def test_the_federation_has_137_organisations_in_six_regions(loaded):
    assert Organisation.objects.filter(is_example=True).count() == 137
    assert Organisation.objects.filter(is_example=True, kind="region").count() == 6
    below = Lineage.objects.filter(ancestor__code="international", depth=2)
    assert below.count() == 130
    assert Organisation.objects.get(code="norway").place.name["da"] == "Norge"


def test_the_plan_is_marked_as_example_and_shows_what_was_revised(loaded):
    plan = Plan.objects.get(code=CODE)
    assert plan.is_example
    state = current_plan(plan)
    assert all(thing.is_example for thing in (*state.actions, *state.indicators, *state.recommendations))
    assert (state.action["A2"].first_due_on.year, state.action["A2"].terms.due_on.year) == (2022, 2024)
    assert state.indicator["I6"].first_targets[0].number == 95
    assert state.indicator["I6"].targets[0].number == 90
    assert state.action["A1"].budget[0].revised == 2_600_000_00
    invented = [a for a in state.actions if not a.terms.prioritised]
    assert len(invented) == 16
    assert all(a.terms.title["en"].startswith("Example: ") for a in invented)


def test_everybody_signs_in_with_the_password_of_this_installation(loaded):
    accounts = Account.objects.filter(person__is_example=True)
    assert {account.email for account in accounts} == {person.email for person in PEOPLE}
    assert accounts[0].check_password(example_password())


def test_loading_again_changes_nothing(loaded, capsys):
    before = Figure.objects.count()
    call_command("load_example")
    assert is_loaded()
    assert Figure.objects.count() == before
    assert "officer.tanzania@example.org" in capsys.readouterr().out


def test_the_trail_of_the_example_is_whole(loaded):
    books = verify_trail()
    assert len(books) > 100
    assert [book for book in books if book.broken_at is not None] == []
