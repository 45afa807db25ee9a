"""The publisher's desk: see what a report would say, freeze it, and let somebody else release it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client

from omsorg.kernel.wall import as_house
from omsorg.plans.models import Assessment, Release, Report, SubmissionStep, Target
from omsorg.plans.pages.twice import look_twice
from omsorg.plans.rules.measures import Activity, Rating, RatingSource
from omsorg.plans.rules.sentences import indicator_sentences
from omsorg.plans.rules.snapshot import NumberPart
from omsorg.plans.rules.status import Why
from world import World

from .published_record import march_2024
from .test_freeze_report import figures

DESK = "/plans/example-plan/reports/"
FREEZE = "/plans/example-plan/freeze/"
CHOICE = {"period": "2023-H2", "as_at": "2024-03-31", "code": "march-2024"}


@pytest.fixture(autouse=True)
def _april_2024() -> object:
    with time_machine.travel(datetime(2024, 4, 2, 9, tzinfo=UTC), tick=False) as clock:
        yield clock


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.account[who])
    return client


def tasks(client: Client) -> list[tuple[str, str]]:
    """What My work asks of somebody, with the way to it."""
    return [(task.title, task.url) for plan in client.get("/plans/").context["plans"] for task in plan.tasks]


def count_reports() -> int:
    with as_house():
        return Report.objects.count()


def test_what_a_report_would_say_is_shown_in_every_language_and_nothing_is_kept(world: World) -> None:
    page = signed_in(world, "publisher").get(FREEZE, CHOICE).content.decode()
    assert '<section lang="sv"' in page
    assert "All 4 answers are missing." in page
    assert "contested" not in page
    assert count_reports() == 0


def test_periods_with_answers_are_offered_first_the_newest_first_with_what_is_missing(world: World) -> None:
    client = signed_in(world, "publisher")
    before = client.get(FREEZE).context["form"].fields["period"].choices
    assert [(name, next(text for _code, text in rows)) for name, rows in before] == [
        ("Nothing was reported", "2023-H2 · no answers")
    ]
    with as_house():
        SubmissionStep.objects.create(
            plan=world.plan,
            organisation=world.org["tanzania"],
            period_start=date(2022, 7, 1),
            period_months=6,
            number=1,
            step="submitted",
            at=datetime(2023, 1, 5, tzinfo=UTC),
        )
        for code, start in (("trained", date(2022, 1, 1)), ("cases", date(2022, 1, 1)), ("cases", date(2022, 7, 1))):
            Assessment.objects.create(
                indicator=world.indicator[code],
                organisation=world.org["international"],
                revision=1,
                period_start=start,
                period_months=6,
                voice="self",
                rating="on_track",
                as_published=True,
                at=datetime(2023, 1, 5, tzinfo=UTC),
            )
    (some, reported), (none, silent) = client.get(FREEZE).context["form"].fields["period"].choices
    assert (some, none) == ("Something was reported", "Nothing was reported")
    assert reported == [
        ("2022-H2", "2022-H2 · 3 of 4 missing · 1 rated"),
        ("2022-H1", "2022-H1 · no answers · 2 rated"),
    ]
    assert [code for code, _text in silent] == ["2023-H2", "2023-H1", "2021-H2"]


def test_few_answers_rate_nothing_and_the_publisher_reads_why(world: World) -> None:
    with as_house():
        for series, due, number in ((2, date(2021, 12, 31), 0), (1, date(2024, 12, 31), 90)):
            Target.objects.create(
                indicator=world.indicator["trained"],
                organisation=world.org["international"],
                series=series,
                due_on=due,
                number=number,
                denominator=100,
                in_force_on=date(2022, 1, 1),
                reason="As adopted",
                at=datetime(2022, 1, 1, tzinfo=UTC),
            )
    figures(world, "trained", {"tanzania": (49, 50)})
    client = signed_in(world, "publisher")
    few = client.get(FREEZE, CHOICE).context["document"]
    part = next(each for each in few.indicators if each.code == "trained")
    assert (part.stated, part.computed, part.why, part.value.numerator) == (
        "not_rated",
        "no_data",
        "too_few_answers",
        49,
    )
    because = [
        each.because for each in client.get(FREEZE, CHOICE).context["twice"].not_rated if "trained" in each.codes
    ]
    assert because == ["Too few have answered to speak for all."]
    assert "Not rated. Too few have answered to speak for all." in " ".join(indicator_sentences(part, "en", few.as_at))
    assert "For få har svaret til at tale for alle." in client.get(f"/da{FREEZE}", CHOICE).content.decode()


def test_a_day_on_which_later_figures_are_due_is_not_chosen_and_is_told(world: World) -> None:
    with time_machine.travel(datetime(2024, 10, 1, 9, tzinfo=UTC), tick=False):
        with as_house():
            SubmissionStep.objects.create(
                plan=world.plan,
                organisation=world.org["tanzania"],
                period_start=date(2023, 7, 1),
                period_months=6,
                number=1,
                step="submitted",
                at=datetime(2024, 1, 5, tzinfo=UTC),
            )
        seen = signed_in(world, "publisher").get(FREEZE, {**CHOICE, "as_at": ""})
        assert seen.context["document"].as_at == date(2024, 7, 30)
        for name, value in (("as_at", "2024-07-30"), ("period", "2023-H2"), ("code", "march-2024")):
            assert f'<input type="hidden" name="{name}" value="{value}"' in seen.content.decode()
    document = replace(
        march_2024(),
        period="2023-H2",
        indicators=(
            replace(
                march_2024().indicators[0],
                stated=Rating.NOT_RATED,
                source=RatingSource.COMPUTED,
                why=Why.ANSWER_MISSING,
                value=NumberPart(Decimal(7), Decimal(8)),
            ),
        ),
    )
    seen = look_twice(document)
    assert seen.earlier == "30 July 2024"
    assert [(each.codes, each.because) for each in seen.not_rated] == [
        ((document.indicators[0].code,), "The figures that were due last, on the day of the report, are missing.")
    ]


def test_whoever_publishes_is_told_which_ratings_a_person_has_set_and_why() -> None:
    first, *others = march_2024().indicators
    told = {"override": Rating.ON_TRACK, "override_reason": "A law has passed.", "override_reason_language": "en"}
    by_person = replace(first, activity=Activity.ACTIVE, stated=Rating.ON_TRACK, source=RatingSource.OVERRIDE, **told)
    seen = look_twice(replace(march_2024(), indicators=(by_person, *others)))
    assert [(each.code, each.reason) for each in seen.by_person] == [(first.code, "A law has passed.")]


def test_one_person_freezes_and_another_releases(world: World) -> None:
    first, second = signed_in(world, "publisher"), signed_in(world, "second_publisher")
    assert first.post(FREEZE, CHOICE).status_code == 302
    own = first.get(f"{DESK}march-2024/").content.decode()
    assert "somebody else must release it" in own
    assert "Release this report" not in own
    assert "Release this report" in second.get(f"{DESK}march-2024/").content.decode()
    first.post(f"{DESK}march-2024/release/")
    with as_house():
        assert not Release.objects.exists()
    second.post(f"{DESK}march-2024/release/")
    assert Client().get("/promises/example-plan/reports/march-2024/").status_code == 200


def test_a_name_that_is_taken_is_refused_when_the_report_is_looked_at(world: World) -> None:
    client = signed_in(world, "publisher")
    client.post(FREEZE, CHOICE)
    looked = client.get(FREEZE, CHOICE)
    assert list(looked.context["form"].errors) == ["code"]
    assert looked.context["document"] is None
    assert client.get(FREEZE, {**CHOICE, "code": "march-again"}).context["document"] is not None
    named = client.get(FREEZE, {**CHOICE, "code": "märz 2024"}).context["form"].errors["code"]
    assert named == ["Write only a to z, 0 to 9, hyphens and underscores."]


def test_a_report_that_waits_for_release_stands_in_the_work_of_whoever_may_release_it(world: World) -> None:
    first, second = signed_in(world, "publisher"), signed_in(world, "second_publisher")
    first.post(FREEZE, {**CHOICE, "code": "march-first-try"})
    with time_machine.travel(datetime(2024, 4, 2, 10, tzinfo=UTC), tick=False):
        first.post(FREEZE, CHOICE)
        assert tasks(first) == []
        assert tasks(second) == [("The report march-2024 waits for your release", f"{DESK}march-2024/")]
        second.post(f"{DESK}march-2024/release/")
        assert tasks(second) == []


def test_freezing_twice_by_a_double_click_keeps_one_report_and_says_so(world: World) -> None:
    client = signed_in(world, "publisher")
    client.post(FREEZE, CHOICE)
    again = client.post(FREEZE, CHOICE)
    assert "There is already a report called march-2024" in again.content.decode()
    assert count_reports() == 1


def test_a_draft_is_read_as_it_will_be_printed(world: World) -> None:
    client = signed_in(world, "publisher")
    client.post(FREEZE, CHOICE)
    response = client.get(f"{DESK}march-2024/draft.pdf")
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("who", ["stranger", "officer", "verifier", "plan_owner", "housekeeper"])
@pytest.mark.parametrize("page", ["/plans/reports/", FREEZE, f"{DESK}march-2024/", f"{DESK}march-2024/draft.pdf"])
def test_to_everybody_else_there_is_no_desk(world: World, who: str, page: str) -> None:
    signed_in(world, "publisher").post(FREEZE, CHOICE)
    assert signed_in(world, who).get(page).status_code == 404


def test_a_publisher_of_another_branch_finds_nothing(world: World) -> None:
    client = signed_in(world, "officer_norway")
    assert client.post(FREEZE, CHOICE).status_code == 404
    assert count_reports() == 0


def test_the_page_of_one_report_leads_back_to_all_reports(world: World) -> None:
    (crumb,) = signed_in(world, "publisher").get(FREEZE).context["crumbs"]
    assert crumb.url == "/plans/reports/"
