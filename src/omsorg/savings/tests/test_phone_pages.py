"""What the phone of a group fetches: one page for all, its words in eight languages, and the keeper of both."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from omsorg.savings.pages.phone import WORDS
from omsorg.savings.sentences import SENTENCES
from omsorg.savings.views import phone

pytestmark = pytest.mark.django_db

PLACES = re.compile(r"%\((\w+)\)s")
MODULES = Path(__file__).resolve().parents[4] / "static" / "js" / "savings"


@pytest.mark.parametrize("language", phone.LANGUAGES)
def test_every_word_and_every_refusal_is_said_with_what_it_tells(client: Client, language: str) -> None:
    said = client.get(f"/savings/phone/words/{language}/").json()
    for kind, sentences in (("words", WORDS), ("rules", SENTENCES)):
        assert said[kind].keys() == sentences.keys()
        for name, sentence in sentences.items():
            assert sorted(PLACES.findall(said[kind][name])) == sorted(PLACES.findall(sentence)), name
    assert language == "en" or said["words"]["roll"] != WORDS["roll"]


def test_there_are_no_words_in_another_language(client: Client) -> None:
    assert client.get("/savings/phone/words/de/").status_code == 404


def test_every_word_the_modules_say_is_there() -> None:
    called = re.compile(r'\b(?:say|told)\("([a-z-]+)"')
    text = "".join(path.read_text("utf-8") for path in MODULES.rglob("*.js"))
    assert set(called.findall(text)) - WORDS.keys() == set()
    assert [word for word in WORDS if f'"{word}"' not in text] == []


def test_the_page_is_the_same_for_everybody_and_leaves_no_cookie(client: Client) -> None:
    answer = client.get("/savings/phone/", headers={"accept-language": "sw"})
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.content == Client().get("/savings/phone/").content


def test_the_keeper_keeps_every_module_and_asks_for_a_new_version_when_one_changes(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = client.get("/savings/phone/worker.js")
    assert first["Content-Type"].startswith("text/javascript")
    assert first["Cache-Control"] == "no-cache"
    text = first.content.decode()
    for address in ("/savings/phone/", "/savings/phone/app.js", "/static/css/savings-phone.css"):
        assert f'"{address}"' in text
    assert client.get("/savings/phone/worker.js").content == first.content
    (tmp_path / "js" / "savings" / "phone").mkdir(parents=True)
    for name in phone.ALONE:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((phone.STATIC / name).read_bytes())
    changed = tmp_path / "js" / "savings" / "phone" / "app.js"
    monkeypatch.setattr(phone, "STATIC", tmp_path)
    versions = [first.content]
    for file, more in ((changed, "say();"), (changed, "say(1);"), (tmp_path / phone.ALONE[0], "p {}")):
        file.write_text(more)
        versions.append(client.get("/savings/phone/worker.js").content)
    assert len(set(versions)) == 4


def test_a_phone_can_put_it_among_its_apps(client: Client) -> None:
    told = json.loads(client.get("/savings/phone/app.webmanifest").content)
    assert told["display"] == "standalone"
    assert told["start_url"] == told["scope"] == "/savings/phone/"


def test_modules_travel_packed_and_pages_do_not(client: Client) -> None:
    packs = {"accept-encoding": "gzip"}
    assert "Content-Encoding" not in client.get("/account/login/", headers=packs)
    assert client.get("/savings/phone/app.js", headers=packs)["Content-Encoding"] == "gzip"
    module = client.get("/static/js/savings/rules/meeting.js", headers=packs)
    assert module["Content-Encoding"] == "gzip"
    module.close()
