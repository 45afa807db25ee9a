"""The child's pages as a browser gets them: small, without trace, whole without script, in words when things fail."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from omsorg.kernel import clock
from omsorg.kernel.floods import Gate, Limits
from omsorg.ombuds.access import at_the_desk
from omsorg.ombuds.actions import cases, gates
from omsorg.ombuds.models import Case, SealedFile
from omsorg.ombuds.rules.things import LANGUAGES
from omsorg.ombuds.tests.office import MONDAY, Desks
from omsorg.ombuds.tests.test_attachments import amr
from omsorg.ombuds.views.child import writing
from omsorg.ombuds.views.child.frame import light

SMALL = 30_000
FIELD = re.compile(r'name="(form|chosen|ticket)" value="([^"]*)"')
SAID = re.compile(r'class="said"[^>]*>([^<]+)<')


@pytest.fixture
def child(settings: Any) -> Client:
    """At a house without invented people, as children meet it."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"example": False})
    return Client()


def weight_of(path: str) -> int:
    return Path(finders.find(path)).stat().st_size


def text(response: HttpResponse) -> str:
    return response.content.decode()


def fields(response: HttpResponse) -> dict[str, str]:
    return dict(FIELD.findall(text(response)))


def send(child: Client, language: str = "en", at: str = "tz", **more: Any) -> HttpResponse:
    address = f"/t/{language}/write/?at={at}"
    form = fields(child.get(address))
    return child.post(address, {**form, "message": "The guard shouts at us", **more})


@contextmanager
def desks_of(desks: Desks, who: str) -> Iterator[str]:
    """What lies on somebody's desk: the one case that the child has told."""
    with at_the_desk(desks.person(who)):
        yield Case.objects.get().code


def said(response: HttpResponse) -> str:
    found = SAID.search(text(response))
    assert found, text(response)
    return found.group(1)


def come_back(child: Client, code: str, language: str = "en") -> HttpResponse:
    address = f"/t/{language}/code/?at=tz"
    return child.post(address, {**fields(child.get(address)), "typed": code})


WITHOUT_A_DATABASE = ["/t/", "/t/at/tz/", "/t/at/tz/kilimani/"] + [
    f"/t/{language}/{rest}" for language in LANGUAGES for rest in ("", "?at=tz", "now/", "code/", "write/")
]


@pytest.mark.parametrize("address", WITHOUT_A_DATABASE)
def test_the_way_in_asks_no_database_and_leaves_no_trace(child: Client, address: str) -> None:
    response = child.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "microphone=(self)" in response["Permissions-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert not response.cookies
    assert "data-leave" in text(response)
    assert "<style" not in text(response)
    assert " style=" not in text(response)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_weighs_little_with_all_that_it_fetches(child: Client, language: str) -> None:
    for address in ("/t/", f"/t/{language}/?at=tz", f"/t/{language}/write/", f"/t/{language}/code/"):
        page = text(child.get(address))
        fetched = re.findall(r'(?:src|href)="/static/([^"]+)"', page)
        weight = len(page.encode()) + sum(weight_of(path) for path in fetched)
        assert weight <= SMALL, (address, weight)
    assert weight_of("css/notes.css") <= 6_000


@pytest.mark.parametrize("script", ["leave", "aloud", "voice", "draft", "paper"])
def test_each_script_is_small(script: str) -> None:
    assert weight_of(f"js/notes/{script}.js") < 3_500


def test_every_page_names_its_language_and_direction(child: Client) -> None:
    assert '<html lang="ar" dir="rtl">' in text(child.get("/t/ar/"))
    assert '<html lang="sw" dir="ltr">' in text(child.get("/t/sw/"))
    assert child.get("/t/xx/").status_code == 404
    assert "Kiswahili" in text(child.get("/t/xx/"))


def test_an_entrance_link_carries_country_and_house_through_the_pages(child: Client) -> None:
    assert '"/t/sw/?at=tz.kilimani"' in text(child.get("/t/at/tz/kilimani/"))
    page = text(child.get("/t/sw/?at=tz.kilimani"))
    assert 'href="tel:112"' in page
    assert '"/t/sw/write/?at=tz.kilimani"' in page
    assert "<script>" not in text(child.get("/t/sw/?at=<script>"))


def test_the_emergency_number_is_the_country_s_own_and_none_is_invented(child: Client, settings: Any) -> None:
    assert 'href="tel:999"' in text(child.get("/t/en/?at=ke"))
    unknown = text(child.get("/t/en/?at=aq"))
    assert 'href="tel:112"' in unknown
    assert "ask an adult you trust" in unknown
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"ombuds_emergency_numbers": "KE:112, AQ:911"})
    assert 'href="tel:112"' in text(child.get("/t/en/?at=ke"))
    assert 'href="tel:911"' in text(child.get("/t/en/?at=aq"))


def test_leaving_throws_away_pages_and_nothing_that_others_keep_on_the_phone(child: Client, settings: Any) -> None:
    blank = child.get("/t/exit/")
    assert blank["Clear-Site-Data"] == '"cache"'
    assert len(blank.content) < 100
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"ombuds_exit_url": "https://www.example.org/weather"}
    )
    away = child.get("/t/exit/")
    assert (away.status_code, away["Location"]) == (302, "https://www.example.org/weather")
    assert away["Clear-Site-Data"] == '"cache"'


# ---- telling ---------------------------------------------------------------------------------------------------


def test_only_the_message_is_asked_for(child: Client, desks: Desks, on_monday: None) -> None:
    page = text(child.get("/t/en/write/?at=tz"))
    assert " required" not in page, "words or a voice: either says enough"
    sent = send(child)
    assert sent.status_code == 200
    assert not sent.cookies
    assert "We write to you again before Friday 27 November." in text(sent)
    assert re.fullmatch(r"(\w+ \d+, ){3}\w+ \d+", said(sent))
    assert text(sent).count('<svg class="thing"') == 4
    assert len(sent.content) < SMALL


@pytest.mark.parametrize("words", ["", " \n"])
def test_a_voice_or_a_picture_says_enough_without_a_word(child: Client, desks: Desks, words: str) -> None:
    voice = SimpleUploadedFile("voice.amr", amr(), content_type="audio/amr")
    sent = send(child, message=words, files=voice)
    assert sent.status_code == 200
    code = said(sent)
    with at_the_desk(desks.person("amina")):
        assert SealedFile.objects.count() == 1
    again = come_back(child, code)
    more = fields(again) | {
        "message": "",
        "add": "1",
        "files": SimpleUploadedFile("b.amr", amr(), content_type="audio/amr"),
    }
    assert "Thank you. We have it." in text(child.post("/t/en/read/?at=tz", more))
    with at_the_desk(desks.person("amina")):
        assert SealedFile.objects.count() == 2


def test_another_language_keeps_the_place_of_the_link(child: Client) -> None:
    assert 'href="/t/?at=tz.kilimani"' in text(child.get("/t/en/?at=tz.kilimani"))
    assert 'href="/t/sw/?at=tz.kilimani"' in text(child.get("/t/?at=tz.kilimani"))


def test_danger_shows_the_number_of_the_country_that_is_chosen(child: Client) -> None:
    asked = text(child.get("/t/sw/now/"))
    assert '<option value="tz">Tanzania</option>' in asked
    told = text(child.get("/t/sw/now/?at=ke"))
    assert 'href="tel:999"' in told
    assert "<select" not in told


def test_an_empty_message_is_asked_for_once_more(child: Client, desks: Desks) -> None:
    sent = send(child, message="  ")
    assert sent.status_code == 422
    assert 'role="alert"' in text(sent)
    assert Case.objects.count() == 0


def test_the_same_form_sent_twice_shows_the_same_code(child: Client, desks: Desks, on_monday: None) -> None:
    form = fields(child.get("/t/en/write/?at=tz")) | {"message": "Once"}
    first, second = child.post("/t/en/write/?at=tz", form), child.post("/t/en/write/?at=tz", form)
    assert said(first) == said(second)
    assert "We have this already." in text(second)


def test_whoever_is_marked_or_named_does_not_hear_it(child: Client, desks: Desks, on_monday: None) -> None:
    page = text(child.get("/t/en/write/?at=tz"))
    assert "Amina Juma" in page
    assert "Nora Nilsen" not in page
    ring = re.search(r'value="(\d+)"[^>]*>\s*Amina Juma', page)
    assert ring
    send(child, **{"not": ring.group(1), "answer": "meet", "names": "Baraka Mushi"})
    for shut_out in ("amina", "baraka"):
        with at_the_desk(desks.person(shut_out)):
            assert not Case.objects.exists()
    with desks_of(desks, "rashid"):
        assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "failure", [OperationalError("connection refused"), OperationalError("No space left on device"), OSError("down")]
)
def test_words_stay_in_the_form_when_they_cannot_be_kept(
    child: Client, desks: Desks, monkeypatch: pytest.MonkeyPatch, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(**given: Any) -> None:
        raise failure

    monkeypatch.setattr(writing, "submit", fails)
    sent = send(child, message="He said <b>nobody</b> will believe me", names="Juma")
    assert sent.status_code == 503
    assert escape("He said <b>nobody</b> will believe me") in text(sent)
    assert 'value="Juma"' in text(sent)
    assert "They are still here." in text(sent)
    assert "believe" not in caplog.text


def test_a_clock_that_goes_wrong_promises_nothing(child: Client, desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    monkeypatch.setattr(writing.clock, "today", lambda: MONDAY.date().replace(year=1970))
    sent = text(send(child))
    assert "We cannot say today by which day" in sent
    assert 'class="said"' in sent


def test_a_token_that_is_none_of_ours_costs_no_word(child: Client, desks: Desks) -> None:
    sent = send(child, form="short", message="Kept here")
    assert sent.status_code == 400
    assert "Kept here" in text(sent)
    assert fields(sent)["form"] != "short"


def test_a_page_that_cannot_be_shown_says_so_in_words(child: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "new_token", lambda: (_ for _ in ()).throw(OperationalError()))
    response = child.get("/t/en/write/")
    assert response.status_code == 503
    assert "That is our fault" in text(response)


# ---- coming back -----------------------------------------------------------------------------------------------


def test_she_comes_back_in_words_and_says_more(child: Client, desks: Desks, on_monday: None) -> None:
    code = said(send(child))
    back = come_back(child, code.upper())
    assert back.status_code == 200
    assert not back.cookies
    assert "The guard shouts at us" in text(back)
    more = child.post("/t/en/read/?at=tz", {**fields(back), "message": "And at night", "add": "1"})
    assert "Thank you. We have it." in text(more)
    assert "And at night" in text(more)
    child.post("/t/en/read/?at=tz", {**fields(back), "message": "And at night", "add": "1"})
    assert text(come_back(child, code)).count("And at night") == 1
    assert code not in text(back)


def test_she_comes_back_by_pictures_alone(child: Client, desks: Desks, on_monday: None) -> None:
    wanted = [(sign.split()[0], sign.split()[1]) for sign in said(send(child)).split(", ")]
    page = child.post("/t/en/code/pictures/?at=tz", fields(child.get("/t/en/code/?at=tz")))
    for word, number in wanted:
        kinds = re.findall(r'name="kind" value="(\w+)"', text(page))
        assert len(kinds) == 8
        for kind in kinds:
            things = child.post("/t/en/code/pictures/?at=tz", {**fields(page), "kind": kind})
            assert len(things.content) < SMALL
            found = re.search(rf'value="(\d+)"(?:(?!</button>).)*class="word">{word}<', text(things), re.DOTALL)
            if found:
                break
        assert found
        numbers = child.post("/t/en/code/pictures/?at=tz", {**fields(page), "thing": found.group(1)})
        page = child.post("/t/en/code/pictures/?at=tz", {**fields(numbers), "thing": found.group(1), "number": number})
    assert "Is this your code?" in text(page)
    assert "The guard shouts at us" in text(child.post("/t/en/read/?at=tz", fields(page)))


def test_a_wrong_code_is_not_helped_along(child: Client, desks: Desks) -> None:
    unknown = come_back(child, "fish 5 kye 2 boat 8 moon 1")
    assert unknown.status_code == 422
    assert "“kye”" in text(unknown)
    nothing = come_back(child, "fish 5 key 2 boat 8 moon 1")
    assert nothing.status_code == 422
    assert "We find nothing under this code" in text(nothing)


def test_she_says_whether_it_helped_and_asks_for_somebody_higher(child: Client, desks: Desks, on_monday: None) -> None:
    code = said(send(child))
    assert "Has this helped you?" not in text(come_back(child, code))
    with desks_of(desks, "amina") as case:
        cases.answer_child(
            case=case, message="We have spoken to the guard", nothing_more_owed=True, at=MONDAY, **desks.at("amina")
        )
    back = come_back(child, code)
    assert "We have spoken to the guard" in text(back)
    assert "Has this helped you?" in text(back)
    helped = child.post("/t/en/read/?at=tz", {**fields(back), "helped": "a_little"})
    assert "Thank you for saying so." in text(helped)
    assert re.search(r'value="a_little"\s+aria-pressed="true"', text(helped))
    nothing = child.post("/t/en/read/?at=tz", {**fields(helped), "helped": "banana"})
    assert nothing.status_code == 200
    review = child.post("/t/en/read/?at=tz", {**fields(nothing), "review": "1"})
    assert "Somebody higher looks at this now." in text(review)


def test_whoever_floods_waits_and_keeps_the_words(
    child: Client, desks: Desks, monkeypatch: pytest.MonkeyPatch, on_monday: None
) -> None:
    narrow = Limits(each=1, site=100, alike=10, least=1)
    monkeypatch.setattr(gates, "WORDS", Gate(narrow))
    monkeypatch.setattr(gates, "WRONG_CODES", Gate(narrow))
    assert send(child).status_code == 200
    again = send(child, message="A second thing")
    assert again.status_code == 429
    assert "A second thing" in text(again)
    assert come_back(child, "fish 5 key 2 boat 8 moon 1").status_code == 422
    for _ in range(gates.LATE_CODES.limits.each):
        come_back(child, "fish 5 key 2 boat 8 moon 2")
    assert come_back(child, "fish 5 key 2 boat 8 moon 2").status_code == 429
    from_elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert send(from_elsewhere).status_code == 200
    assert come_back(from_elsewhere, "fish 5 key 2 boat 8 moon 1").status_code == 422


def test_a_page_costs_few_questions_to_the_database(
    child: Client, desks: Desks, on_monday: None, django_assert_max_num_queries: Any
) -> None:
    form = fields(child.get("/t/en/write/?at=tz")) | {"message": "Counted"}
    with django_assert_max_num_queries(30):
        code = said(child.post("/t/en/write/?at=tz", form))
    with django_assert_max_num_queries(32):
        come_back(child, code)


@pytest.mark.parametrize("address", ["/t/en/read/", "/t/en/code/pictures/"])
def test_what_is_only_sent_to_leads_on_when_it_is_looked_at(child: Client, address: str) -> None:
    assert child.get(address)["Location"] == "/t/en/code/"
    assert child.post("/t/en/read/", {"chosen": "999-99 nonsense"}).status_code == 422


def test_what_takes_script_is_told_with_script_alone_and_the_sentences_about_the_code_agree(
    child: Client, desks: Desks, on_monday: None
) -> None:
    assert "<span data-with-script hidden>With a keyboard, press Esc twice.</span>" in text(child.get("/t/en/"))
    answer = text(send(child, language="en"))
    assert "As long as it is open here, whoever has this phone can see it." in answer
    assert "After that we cannot show it again." in answer
    assert "wipe it from this phone as well" in text(child.get("/t/en/write/"))


@pytest.mark.parametrize("blank", [" ", "\n", "\t\n ", "<", "&"])
def test_no_form_costs_more_than_its_length(desks: Desks, child: Client, blank: str) -> None:
    """A script sends long empty forms: each is answered in the time of any other, at no gate's expense."""
    form = fields(child.get("/t/en/write/?at=tz"))
    swollen = "a" + blank * (300_000 // len(blank)) + "b"
    began = process_time()
    for name in ("names", "message", "country", "answer", "form"):
        child.post("/t/en/write/?at=tz", {**form, "message": "", name: swollen})
    assert process_time() - began < 3
    whole = process_time()
    assert light(swollen)
    assert process_time() - whole < 0.2
