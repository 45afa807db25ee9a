"""Why something is rated so is said in any language of the house: each reader reads their own, else which it is in."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.actions.submissions import submit_answer
from omsorg.plans.models import Assessment
from omsorg.plans.queries.published import document_of, released_reports
from omsorg.plans.rules.reasons import Reason
from omsorg.plans.rules.sentences import indicator_sentences
from omsorg.plans.rules.sentences.speech import LANGUAGE_NAMES
from omsorg.plans.tests.answering import AT, H1, acting, record_all
from omsorg.plans.tests.test_api_with_a_key import PLAN, Caller
from omsorg.plans.tests.test_import_plan import RATINGS, book_of, bring_in, told
from omsorg.plans.tests.test_past_stays_told import published
from world import World

__all__ = ["published"]

SAID = {"da": "Talt to gange", "nb": "Talt to ganger"}
ENGLISH = "Counted twice"
MARKED = f'<span lang="en">{ENGLISH}</span> <span class="soft">(English)</span>'
REPORT = f"{PLAN}/reports/march-2024"
OVERRIDE = "/plans/example-plan/ratings/trained/?period=2023-H2"


def newest() -> tuple[str, str, dict[str, str]]:
    with as_house():
        kept = Assessment.objects.latest("pk")
    return kept.reason, kept.reason_language, kept.reason_in


def in_a_month() -> str:
    return (clock.today() + timedelta(30)).isoformat()


def test_a_person_sets_a_rating_aside_in_several_languages(world: World, client: Client) -> None:
    client.force_login(world.account["plan_owner"])
    form = client.get(OVERRIDE).context["form"]
    assert [field.name for field in form.elsewhere] == ["reason_in_da", "reason_in_nb", "reason_in_sv"]
    given = {"rating": "on_track", "ends_on": in_a_month(), "reason": ENGLISH, "reason_in_da": SAID["da"]}
    assert client.post(OVERRIDE, {**given, "reason_in_nb": SAID["nb"], "reason_in_sv": " "}).status_code == 302
    assert newest() == (ENGLISH, "en", SAID)
    for language, reads in (("", ENGLISH), ("/da", SAID["da"]), ("/sv", MARKED)):
        assert f"<p>{reads}</p>" in client.get(f"{language}{OVERRIDE}").content.decode()
        ratings = client.get(f"{language}/plans/example-plan/ratings/?period=2023-H2").content.decode()
        assert f'<span class="grid-hint">{reads}</span>' in ratings


def test_a_reason_in_another_language_alone_is_refused_at_its_field(world: World, client: Client) -> None:
    client.force_login(world.account["plan_owner"])
    said = {"rating": "on_track", "ends_on": in_a_month(), "reason_in_sv": "Räknat två gånger"}
    assert list(client.post(OVERRIDE, said).context["form"].errors) == ["reason"]
    client.post(f"/sv{OVERRIDE}", {"rating": "on_track", "ends_on": in_a_month(), "reason": "Räknat två gånger"})
    assert newest() == ("Räknat två gånger", "sv", {})


def test_an_organisation_says_why_in_several_languages(world: World, client: Client) -> None:
    client.force_login(world.account["officer"])
    pk = world.indicator["cases"].pk
    here = "/plans/example-plan/answers/tanzania/2022-H1/ratings/"
    form = {f"expected-{pk}": "", f"rating-{pk}": "on_track", f"reason-{pk}": ENGLISH, f"reason_in_da-{pk}": SAID["da"]}
    assert "1 rating has been saved." in client.post(here, form, follow=True).content.decode()
    assert newest() == (ENGLISH, "en", {"da": SAID["da"]})
    line = next(line for line in client.get(f"/da{here}").context["view"].lines if line.code == "cases")
    assert (line.typed.reason, line.typed.elsewhere) == (SAID["da"], (("en", ENGLISH), ("nb", ""), ("sv", "")))
    assert line.is_said_elsewhere
    same = {f"expected-{pk}": line.expected, f"rating-{pk}": "on_track", f"reason_in_en-{pk}": ENGLISH}
    client.post(f"/da{here}", {**same, f"reason-{pk}": SAID["da"]})
    with as_house():
        assert Assessment.objects.count() == 1, "the same said again from a page in Danish is not written twice"
    client.post(f"/da{here}", {**same, f"reason-{pk}": "", f"reason_in_nb-{pk}": SAID["nb"]})
    assert newest() == (ENGLISH, "en", {"nb": SAID["nb"]})


def test_a_verifier_reads_it_in_their_own_language(world: World, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    record_all(world)
    officer = Caller(world, "officer")
    rated = {"indicator": "cases", "rating": "on_track", "reason": ENGLISH, "reason_in": SAID}
    made = officer.post(f"{PLAN}/answers/tanzania/2022-H1/ratings", {"ratings": [rated]})
    assert made.status_code == 200, made.json()
    shown = next(
        r for r in officer.get(f"{PLAN}/answers/tanzania/2022-H1").json()["indicators"] if r["code"] == "cases"
    )
    said = {name: shown["rating"][name] for name in ("reason", "reason_language", "reason_in")}
    assert said == {"reason": ENGLISH, "reason_language": "en", "reason_in": SAID}
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    row = Caller(world, "verifier").get(f"{PLAN}/to-verify?period=2022-H1").json()["rows"]
    assert {"reason": ENGLISH, "reason_language": "en", "reason_in": SAID}.items() <= next(
        each["rating"] for each in row if each["indicator"] == "cases"
    ).items()
    client.force_login(world.account["verifier"])
    for language, reads in (("", ENGLISH), ("/nb", SAID["nb"]), ("/sv", MARKED)):
        page = client.get(f"{language}/plans/example-plan/verify/?period=2022-H1").content.decode()
        assert f'<span class="grid-hint">{reads}</span>' in page


@pytest.fixture
def set_aside(world: World) -> World:
    with as_house():
        Assessment.objects.create(
            indicator=world.indicator["cases"],
            organisation=world.org["international"],
            revision=1,
            period_start=date(2023, 7, 1),
            period_months=6,
            voice="override",
            rating="on_track",
            reason=ENGLISH,
            reason_language="en",
            reason_in=SAID,
            ends_on=date(2024, 12, 31),
            by=world.person["plan_owner"],
            at=datetime(2024, 2, 1, tzinfo=UTC),
        )
    return world


def test_a_frozen_report_tells_it_to_each_reader_in_their_own(
    set_aside: World, published: World, client: Client
) -> None:
    (report,) = released_reports(published.plan)
    document = document_of(report)
    part = next(part for part in document.indicators if part.code == "cases")
    assert (part.override_reason, part.override_reason_language, part.override_reason_in) == (ENGLISH, "en", SAID)
    page = "/promises/example-plan/reports/march-2024"
    for language, reads, in_words, in_which in (
        ("", ENGLISH, ENGLISH, "en"),
        ("/da", SAID["da"], SAID["da"], "da"),
        ("/sv", MARKED, f"{ENGLISH} (English)", "en"),
    ):
        html = client.get(f"{language}{page}/indicators/cases/").content.decode()
        assert f'<p class="side-by-side-note">{reads}</p>' in html
        told = indicator_sentences(part, language.strip("/") or "en", document.as_at)
        assert any(sentence.endswith(in_words) for sentence in told)
        table = client.get(f"{language}{page}/indicators.csv").content.decode("utf-8-sig")
        head, *rows = csv.reader(io.StringIO(table), delimiter=";" if ";" in table.split("\n")[0] else ",")
        line = dict(zip(head, next(row for row in rows if row[0] == "cases"), strict=True))
        assert (line["override_reason"], line["override_reason_language"]) == (in_words.split(" (")[0], in_which)
    told = client.get(f"{REPORT}/indicators/cases").json()
    assert (told["indicator"]["override_reason_language"], told["indicator"]["override_reason_in"]) == ("en", SAID)
    frozen = next(each for each in client.get(f"{page}/report.json").json()["indicators"] if each["code"] == "cases")
    assert frozen["override_reason_in"] == SAID


def test_a_file_gives_why_it_was_rated_so_in_several_languages(world: World) -> None:
    rows = RATINGS.strip().split("\n")
    late = [
        f"{rows[0]};reason_da;reason_nb",
        *(f"{row};;" for row in rows[1:4]),
        f"{rows[4]};Mere tid;Mer tid",
        rows[5],
    ]
    outcome = bring_in(world, book_of(ratings="\n".join(late) + "\n"))
    assert told(outcome) == []
    owner = world.person["plan_owner"].pk
    with in_name_of(owner):
        kept = Assessment.objects.get(reason="More time is needed")
        assert (kept.reason_language, kept.reason_in) == ("en", {"da": "Mere tid", "nb": "Mer tid"})
    assert not bring_in(world, book_of(ratings="\n".join(late) + "\n")).changes_anything
    assert not bring_in(world, book_of()).changes_anything, "what a file leaves out is not taken back"
    late[0], late[4] = late[0].replace("reason_nb", "reason_sv"), late[4].replace("Mer tid", "Mer tid behövs")
    assert told(bring_in(world, book_of(ratings="\n".join(late) + "\n"))) == []
    with in_name_of(owner):
        newest = Assessment.objects.get(supersedes=kept)
    assert newest.reason_in == {"da": "Mere tid", "nb": "Mer tid", "sv": "Mer tid behövs"}


def test_a_file_sets_a_rating_aside_in_several_languages_and_until_a_day_that_can_be_meant(world: World) -> None:
    rows = [row.rstrip(";") for row in RATINGS.strip().split("\n")[:2]]
    head = f"{rows[0]};overrides until;reason_da"
    row = "2024-03;I1;on track;;;Seen on site;{};Set på stedet"
    faults = told(bring_in(world, book_of(ratings=f"{head}\n{row.format('2205-03-31')}\n")))
    assert [fault[:3] for fault in faults] == [("ratings", 2, "G")]
    assert "2205" in faults[0][3]
    book = book_of(ratings=f"{head}\n{row.format('2024-12-31')}\n")
    assert told(bring_in(world, book)) == []
    assert newest() == ("Seen on site", "en", {"da": "Set på stedet"})
    assert not bring_in(world, book).changes_anything


def test_every_language_of_the_house_calls_itself_alike_in_sentences_and_on_pages() -> None:
    assert {code: LANGUAGE_NAMES[code] for code, _name in settings.LANGUAGES} == dict(settings.LANGUAGES)


@pytest.mark.parametrize(
    ("before", "typed", "elsewhere", "kept"),
    [
        (Reason("Regn", "", {}), "Regn", {}, Reason("Regn", "", {})),
        (Reason("Regn", "da", {}), "Rain", {"da": "Regn"}, Reason("Rain", "en", {"da": "Regn"})),
        (Reason("Regn", "nb", {}), "", {"da": "Regn", "nb": "Regn"}, Reason("Regn", "nb", {"da": "Regn"})),
        (Reason("Regn", "nb", {}), " ", {"da": " "}, Reason()),
    ],
)
def test_a_reason_that_is_said_again_keeps_its_language(
    before: Reason, typed: str, elsewhere: dict[str, str], kept: Reason
) -> None:
    assert Reason.said(typed, elsewhere, language="en", before=before) == kept
