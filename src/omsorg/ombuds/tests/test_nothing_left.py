"""After a whole journey no word, no code and no address of a child lies anywhere in clear: in no log, no letter, no
trace, no session, no file, and nowhere in a backup, its dump unpacked."""

import json
import logging
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from omsorg.kernel import clock
from omsorg.kernel.wall import as_house
from omsorg.ombuds.actions import cases, notices, watching
from omsorg.ombuds.models import Case
from omsorg.ombuds.rules.signed_calls import signature
from omsorg.ombuds.tests.office import MONDAY, make_office
from omsorg.ombuds.tests.test_attachments import chunk, png
from omsorg.ombuds.tests.test_childs_pages import come_back, fields, said, send, text
from omsorg.ombuds.tests.test_desk_pages import opened
from omsorg.ombuds.views.child import relay, writing
from omsorg.site import backups
from world import make_world

WORDS = (
    "manateetext",
    "dugongagain",
    "+255700900123",
    "zebrafinch",
    "quokkasong",
    "narwhaltale",
    "okapidream",
    "axolotlwish",
    "lemurnote",
    "tapirfile",
)
CALLER, BROWSER = "203.0.113.77", "Pangolin/9.1"


SECRET = "an-example-secret-of-forty-letters-000001"


def texts_and_comes_back(monkeypatch: pytest.MonkeyPatch, at: datetime) -> str:
    """The same by text message, also with a number that nobody asked for. Returns the code as it was sent."""
    machine = Client(REMOTE_ADDR=CALLER, headers={"user-agent": BROWSER}, raise_request_exception=False)

    def send(second: int, **letter: str) -> HttpResponse:
        body = json.dumps({"part": f"part-number-{second:08}", "country": "TZ", "language": "en", **letter}).encode()
        header = {"omsorg-signature": signature(SECRET, body, int(at.timestamp()) + second)}
        return machine.post("/t/relay/", body, content_type="application/json", headers=header)

    code: str = send(1, text="The manateetext sings").json()["text"].split(": ", 1)[1].split(". ", 1)[0]
    assert "Thank you" in send(2, text=f"{code} dugongagain").json()["text"]
    assert send(3, text="dugongagain", sender="+255700900123").status_code == 422
    assert "dugongagain" in send(4, text="fish 5 dugongagain 12 boat 8 moon 1 key 2").json()["text"]
    with monkeypatch.context() as broken:
        broken.setattr(relay, "submit", lambda **_given: (_ for _ in ()).throw(OperationalError("no space left")))
        assert send(5, text="manateetext").status_code == 503
    return code


@pytest.fixture
def everything_said(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def tells_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """What a child does, also where things go wrong. Returns the code as it is said, and as the form has it."""
    child = Client(REMOTE_ADDR=CALLER, headers={"user-agent": BROWSER}, raise_request_exception=False)
    picture = SimpleUploadedFile("tapirfile.png", png(chunk(b"tEXt", b"Author\0tapirfile")), content_type="image/png")
    told = send(child, message="The zebrafinch sings", names="quokkasong", answer="know", files=picture)
    code = said(told)
    with monkeypatch.context() as broken:
        broken.setattr(writing, "submit", lambda **_given: (_ for _ in ()).throw(OperationalError("no space left")))
        assert "narwhaltale" in text(send(child, message="narwhaltale"))
    assert send(child, message="narwhaltale" * 3000).status_code == 422
    assert child.get("/t/en/elsewhere/").status_code == 404
    assert come_back(child, "okapidream 1 fish 2").status_code == 422
    back = come_back(child, code)
    chosen = fields(back)["chosen"]
    assert child.post("/t/en/read/?at=tz", {**fields(back), "message": "okapidream", "add": "1"}).status_code == 200
    for said_then in ({"helped": "no"}, {"review": "1"}):
        child.post("/t/en/read/?at=tz", {**fields(come_back(child, code)), **said_then})
    assert not child.cookies
    return code, chosen


def test_no_word_no_code_and_no_address_lies_anywhere_in_clear(
    own_database: str,
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    everything_said: pytest.LogCaptureFixture,
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    changed = {"second_factor_roles": "", "ombuds_relay_secret": SECRET}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=changed)
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    desks = make_office(make_world())
    code, chosen = tells_and_comes_back(monkeypatch)
    reader = opened(desks, "rashid")
    with as_house():
        case = Case.objects.get()
    texted = texts_and_comes_back(monkeypatch, MONDAY)
    assert "zebrafinch" in text(reader.get(f"/ombuds/cases/{case.code}/"))
    at = {"case": case.code, "at": MONDAY, **desks.at("rashid")}
    cases.answer_child(message="axolotlwish", promise_on=case.promise_on, **at)
    cases.add_note(text="lemurnote", **at)
    notices.tell_of_waiting_cases(at=MONDAY)
    watching.raise_missed_promises(at=MONDAY.replace(year=2027))

    backups.write_backup(tmp_path / "kept.tar")
    tables = in_clear(tmp_path / "kept.tar", tmp_path / "unpacked")
    lying = {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    lying["log"] = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''} {record.__dict__.get('request', '')}"
        for record in everything_said.records
    ).encode()
    assert b"COPY public.ombuds_words" in lying[str(tables)]
    assert str(case.pk).encode() in lying[str(tables)]
    assert b"/t/en/write/" in lying["log"]
    assert b"/t/relay/" in lying["log"]
    secrets = [*WORDS, code, texted, chosen, CALLER, BROWSER]
    found = [(where, word) for word in secrets for where, kept in lying.items() if _says(kept, word)]
    assert found == []


def in_clear(backup: Path, folder: Path) -> Path:
    """Unpack a backup as who has found it would, and write its tables out as text. Returns where they stand."""
    folder.mkdir()
    backups._unpack(backup, folder)
    tables = folder / "tables.sql"
    backups._run("pg_restore", f"--file={tables}", str(folder / backups.DUMP), database="")
    return tables


def _says(kept: bytes, word: str) -> bool:
    """Whether it lies there: as it is, in the hexadecimal form of a dump, or in base 64."""
    raw = word.encode()
    forms = {raw, raw.hex().encode(), *(b64encode(b" " * shift + raw)[4:-4] for shift in range(3))}
    return any(form in kept for form in forms if len(form) > 3)
