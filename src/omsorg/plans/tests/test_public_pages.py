"""Everybody reads the plan: every public page in four languages, from frozen reports, with few questions asked."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from omsorg.federation.access import acting_as
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.models import Figure, Plan
from omsorg.plans.pages.changes import changes_view
from omsorg.plans.rules.limits import ReportLimits
from omsorg.plans.rules.measures import Activity, Rating
from omsorg.plans.rules.snapshot import fingerprint
from omsorg.plans.tests.published_record import march_2023, march_2024
from world import World, hand_in

REPORTS = {"march-2023": ("2022-H2", date(2023, 3, 31)), "march-2024": ("2023-H2", date(2024, 3, 31))}
ENTERED = datetime(2023, 1, 5, tzinfo=UTC)
BASE = "/promises/example-plan/"
REPORT = f"{BASE}reports/march-2024/"
PAGES = [
    "/promises/",
    BASE,
    REPORT,
    f"{REPORT}actions/",
    f"{REPORT}actions/training/",
    f"{REPORT}indicators/",
    f"{REPORT}indicators/trained/",
    f"{REPORT}indicators/ombuds/",
    f"{REPORT}recommendations/",
    f"{BASE}plan-on/",
    f"{BASE}plan-on/?day=2021-07-01",
    f"{BASE}plan-on/?day=the-day-before",
    f"{BASE}changes/",
    f"{BASE}changes/?from=march-2023&to=march-2024",
]
FILES = [
    ("actions.csv", "text/csv; charset=utf-8"),
    ("indicators.csv", "text/csv; charset=utf-8"),
    ("recommendations.csv", "text/csv; charset=utf-8"),
    ("indicators/trained/organisations.csv", "text/csv; charset=utf-8"),
    ("report.json", "application/json"),
    ("indicators/trained/indicator.json", "application/json"),
    ("report.pdf", "application/pdf"),
]


def figure(world: World, who: str, code: str, n: int, d: int | None, period: str) -> None:
    start = Period.parse(period)
    Figure.objects.create(
        organisation=world.org[who],
        indicator=world.indicator[code],
        revision=1,
        period_start=start.start,
        period_months=6,
        key_id=0,
        state=1,
        numerator=n,
        denominator=d,
        source="test",
        at=ENTERED,
    )


@pytest.fixture
def published(world: World) -> World:
    """Two released reports of the example plan."""
    assert world.plan is not None
    with as_house():
        for who, n in (("tanzania", 60), ("kenya", 50), ("norway", 40)):
            figure(world, who, "trained", n, 80, "2022-H2")
            figure(world, who, "cases", n, None, "2022-H2")
        figure(world, "tanzania", "trained", 75, 80, "2023-H2")
        figure(world, "norway", "trained", 20, 80, "2023-H2")
    hand_in(world, "tanzania", "kenya", "norway", period=Period.parse("2022-H2"), at=ENTERED)
    hand_in(world, "tanzania", "norway", period=Period.parse("2023-H2"), at=ENTERED)
    for code, (period, as_at) in REPORTS.items():
        at = datetime(as_at.year, 4, 5, tzinfo=UTC)
        with in_name_of(world.person["publisher"].pk):
            report = freeze_report(
                plan=world.plan,
                period=Period.parse(period),
                as_at=as_at,
                code=code,
                by=acting_as(world.person["publisher"].pk, day=as_at),
                at=at,
                limits=ReportLimits(grace_days=30, small_cell=5),
            )
        with in_name_of(world.person["second_publisher"].pk):
            release_report(report=report, by=acting_as(world.person["second_publisher"].pk, day=as_at), at=at)
    return world


@pytest.mark.parametrize("language", ["", "/da", "/nb", "/sv"])
@pytest.mark.parametrize("page", PAGES)
def test_every_public_page_is_there_for_everybody_in_every_language(
    published: World, client: Client, page: str, language: str
) -> None:
    response = client.get(f"{language}{page}")
    assert response.status_code == 200
    assert f'<html lang="{language[1:] or "en"}"' in response.content.decode()


@pytest.mark.parametrize(("name", "kind"), FILES, ids=[name for name, _kind in FILES])
def test_everything_shown_is_there_as_a_file(published: World, client: Client, name: str, kind: str) -> None:
    response = client.get(f"{REPORT}{name}")
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response.content


def test_the_frozen_text_given_out_is_the_one_that_was_fingerprinted(published: World, client: Client) -> None:
    response = client.get(f"{REPORT}report.json")
    assert fingerprint(response.content.decode()) == response["X-Fingerprint-Sha256"]
    assert "%" not in json.dumps(json.loads(response.content))


@pytest.mark.parametrize("address", ["/promises/feed.atom", f"{REPORT}report.pdf", REPORT, BASE, "/promises/"])
def test_a_forged_name_of_the_site_gets_into_nothing_that_leaves_it(
    published: World, client: Client, settings: Any, address: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "forged.example"]
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"base_url": "https://promises.example/"})
    forged = client.get(address, headers={"Host": "forged.example"})
    assert b"forged.example" not in forged.content
    own = client.get(address)
    assert own.content == forged.content
    if not address.endswith("pdf"):
        assert b"https://promises.example/promises/" in own.content
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get(address, headers={"Host": "forged.example"}).status_code == 400


@pytest.mark.parametrize(
    "address", [f"{REPORT}actions/", f"{REPORT}indicators/", f"{REPORT}indicators/trained/", f"{BASE}plan-on/"]
)
def test_on_a_phone_each_answer_of_a_row_stands_beside_its_question(
    published: World, client: Client, address: str
) -> None:
    """Rows are cards there, and the header row is out of sight: so each cell knows the words of its column."""
    page = client.get(address).content.decode()
    cards = re.findall(r'<div class="table table--cards".*?</table>', page, re.S)
    assert cards
    for card in cards:
        asked = [plain.strip() for plain in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', card, re.S)][1:]
        for row in re.findall(r"<tr\b.*?</tr>", card.partition("<tbody>")[2], re.S):
            assert re.findall(r'<td\s+data-omsorg-label="(.*?)"', row) == asked


def test_what_nobody_rates_any_more_is_not_worse_and_what_was_stopped_stands_in_one_list() -> None:
    before = march_2024()
    completed, other, *rest = before.indicators
    assert (completed.stated, other.activity) == (Rating.COMPLETED, Activity.ACTIVE)
    after = replace(
        before,
        indicators=(
            replace(completed, stated=Rating.NOT_RATED),
            replace(other, stated=Rating.NOT_RATED, activity=Activity.ON_HOLD, activity_reason={"en": "No money."}),
            *rest,
        ),
    )
    view = changes_view(before, after)
    assert [turn.code for turn in view.no_longer_rated] == [completed.code]
    assert [turn.code for turn in view.activities] == [other.code]
    assert (view.worse, view.better, view.other) == ((), (), ())


def test_what_turned_to_completed_is_better_and_stands_there_once(published: World, client: Client) -> None:
    """Lists of their own tell ratings and activities; the words below them tell the rest."""
    view = changes_view(march_2023(), march_2024())
    assert {(turn.before, turn.after) for turn in view.better} == {("on_track", "completed")}
    assert (view.worse, len(view.activities)) == ((), 3)
    assert "25 dates moved, set or reached" in [group.heading for group in view.groups]
    sentences = [sentence for group in view.groups for sentence in group.sentences]
    assert [each for each in sentences if "I8:" in each or "dropped" in each] == []
    assert view.nothing == ""
    unchanged = changes_view(march_2024(), march_2024())
    assert (unchanged.groups, unchanged.nothing) == (
        (),
        "Nothing has changed since the report as at 31 March 2024 (1st quarter of 2024).",
    )
    assert "Every other change in words" in client.get(f"{BASE}changes/").content.decode()


def test_the_feed_tells_of_each_released_report_newest_first(published: World, client: Client) -> None:
    response = client.get("/promises/feed.atom")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own feed
    titles = [each.findtext("{http://www.w3.org/2005/Atom}title") for each in feed.iter() if each.tag.endswith("entry")]
    assert titles == ["Report released: Example plan, march-2024", "Report released: Example plan, march-2023"]


def test_what_the_feed_tells_is_known_by_an_address_that_no_title_can_change(published: World, client: Client) -> None:
    def known() -> list[str]:
        feed = ElementTree.fromstring(client.get("/promises/feed.atom").content)  # noqa: S314 - our own feed
        return [str(each.text) for each in feed.iter("{http://www.w3.org/2005/Atom}id")][1:]

    with as_house():
        for number, title in ((2, "Everybody “trained”"), (3, "All are trained")):
            revision = published.indicator["trained"].revisions.get(number=1)
            revision.pk, revision.number, revision.title, revision.reason = None, number, {"en": title}, "Plainer"
            revision.save(force_insert=True)
    ids = known()
    assert len(set(ids)) == 4
    assert all(re.fullmatch(r"https?://[\w.:/-]+#[\w./~%-]+", each) for each in ids)
    assert {each.partition("#")[2] for each in ids} == {
        "example-plan/report/march-2024",
        "example-plan/report/march-2023",
        "example-plan/indicator/trained/2",
        "example-plan/indicator/trained/3",
    }
    with as_house():
        Plan.objects.filter(pk=published.plan.pk).update(title={"en": "The plan, renamed"})
    assert "The plan, renamed" in client.get("/promises/feed.atom").content.decode()
    assert known() == ids


@pytest.mark.parametrize(
    "address",
    [
        "/promises/no-such-plan/",
        f"{BASE}reports/no-such-report/",
        f"{REPORT}actions/A99/",
        f"{REPORT}indicators/I99/",
        f"{REPORT}indicators/I99/organisations.csv",
    ],
)
def test_what_is_not_published_is_not_there(published: World, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_frozen_report_is_not_there_until_it_is_released(published: World, client: Client) -> None:
    assert published.plan is not None
    with in_name_of(published.person["publisher"].pk):
        freeze_report(
            plan=published.plan,
            period=Period.parse("2023-H2"),
            as_at=date(2024, 4, 30),
            code="april-2024",
            by=acting_as(published.person["publisher"].pk, day=date(2024, 4, 30)),
            at=datetime(2024, 5, 1, tzinfo=UTC),
            limits=ReportLimits(grace_days=30, small_cell=5),
        )
    assert client.get(f"{BASE}reports/april-2024/").status_code == 404
    assert "april-2024" not in client.get(BASE).content.decode()


def test_the_silent_are_named_and_counted_and_nothing_missing_is_zero(published: World, client: Client) -> None:
    page = client.get(f"{REPORT}indicators/trained/").content.decode()
    assert "2 organisations have not answered." in page
    lines = client.get(f"{REPORT}indicators/trained/organisations.csv").content.decode("utf-8-sig").splitlines()
    assert "kenya,Example Association Kenya,KE,silent,,,,," in lines


def test_an_indicator_can_be_found_by_its_words_and_its_rating(published: World, client: Client) -> None:
    found = client.get(f"{REPORT}indicators/?q=ombuds&rating=not_rated")
    assert [row.code for row in found.context["rows"]] == ["ombuds"]
    assert "No indicator fits" in client.get(f"{REPORT}indicators/?rating=completed").content.decode()


def test_many_organisations_are_leafed_through_searched_and_sorted_over_all(
    published: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omsorg.plans.views.public.ORGANISATIONS_ON_ONE_PAGE", 1)
    monkeypatch.setattr("omsorg.plans.views.public.ORGANISATIONS_WITHOUT_SEARCH", 2)
    address = f"{REPORT}indicators/trained/"

    def codes(query: str) -> list[str]:
        return [row.code for row in client.get(f"{address}?{query}").context["listed"]]

    assert [codes(f"order=highest&page={number}") for number in (1, 2)] == [["tanzania"], ["norway"]]
    assert codes("order=lowest") == ["norway"]
    assert codes("q=kenya&order=highest") == ["kenya"]
    assert "No organisation fits." in client.get(f"{address}?q=nowhere").content.decode()
    lowest = client.get(f"{address}?order=lowest").content.decode()
    assert 'href="?page=2&amp;q=&amp;order=lowest#each-organisation"' in lowest


@pytest.mark.parametrize(
    ("page", "questions"),
    [
        ("/promises/", 4),
        (BASE, 4),
        (REPORT, 4),
        (f"{REPORT}actions/", 4),
        (f"{REPORT}actions/training/", 4),
        (f"{REPORT}indicators/", 4),
        (f"{REPORT}indicators/trained/", 4),
        (f"{REPORT}recommendations/", 5),
        (f"{BASE}changes/", 4),
        (f"{BASE}plan-on/", 19),
    ],
)
def test_a_public_page_asks_few_questions(
    published: World, client: Client, page: str, questions: int, django_assert_num_queries: Any
) -> None:
    client.get(page)  # what is frozen is read once and kept
    with django_assert_num_queries(questions):
        client.get(page)
