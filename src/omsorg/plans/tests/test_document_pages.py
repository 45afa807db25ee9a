"""Documents over the web: attached by the officer, handed out at the door only, never shown in the name of the site."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from omsorg.kernel.wall import as_house
from omsorg.plans.models import Evidence
from omsorg.plans.tests.answering import AT
from world import World

HERE = ["example-plan", "tanzania", "2022-H1"]
PDF = b"%PDF-1.7\nA list of trained staff\n%%EOF\n"


@pytest.fixture(autouse=True)
def _july(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Any:
    monkeypatch.setattr(settings.ENVIRONMENT, "second_factor_roles", "")
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(AT, tick=False):
        yield


def attach(client: Client, world: World, name: str = "list.pdf", content: bytes = PDF) -> Any:
    client.force_login(world.account["officer"])
    file = SimpleUploadedFile(name, content)
    form = {"indicator": "trained", "file": file, "note": "Signed"}
    return client.post(reverse("plans:answer-documents", args=HERE), form, follow=True)


def address_of() -> str:
    with as_house():
        return reverse("plans:document", args=["example-plan", Evidence.objects.get().code])


def test_a_document_is_attached_and_handed_out_to_be_saved(client: Client, world: World) -> None:
    assert "list.pdf" in attach(client, world).content.decode()
    found = client.get(address_of())
    assert b"".join(found.streaming_content) == PDF
    assert found["Content-Disposition"] == 'attachment; filename="list.pdf"'
    assert found["Content-Type"] == "application/pdf"
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.exe", b"MZ", "cannot be taken as evidence"),
        ("list.html", b"<html>", "cannot be taken as evidence"),
        ("list.pdf", b"<script>alert(1)</script>", "is not what its name says"),
        ("list.pdf", b"", "The submitted file is empty."),
    ],
)
def test_what_is_not_taken_is_told_beside_the_field(
    client: Client, world: World, name: str, content: bytes, sentence: str
) -> None:
    assert sentence in attach(client, world, name, content).content.decode()
    with as_house():
        assert not Evidence.objects.exists()


def test_too_large_a_file_is_told(client: Client, world: World, monkeypatch: Any, settings: Any) -> None:
    monkeypatch.setattr(settings.ENVIRONMENT, "evidence_max_mb", 1)
    assert "is larger than 1 MB" in attach(client, world, content=PDF + b"x" * 1_000_001).content.decode()


def test_who_is_handed_a_document(client: Client, world: World) -> None:
    attach(client, world)
    address = address_of()
    found = {}
    for who in ("officer", "verifier", "reviewer", "plan_owner", "officer_kenya", "housekeeper", "stranger"):
        client.force_login(world.account[who])
        response = client.get(address)
        found[who] = response.status_code
        if isinstance(response, FileResponse):
            assert b"".join(response.streaming_content) == PDF
    client.logout()
    found["a visitor"] = client.get(address).status_code
    assert found == {
        "officer": 200, "verifier": 200, "reviewer": 200, "plan_owner": 200, "officer_kenya": 404, "housekeeper": 404,
        "stranger": 404, "a visitor": 302,
    }  # fmt: skip


def test_a_withdrawn_document_is_not_there_any_more_and_the_reason_is(
    client: Client, world: World, django_capture_on_commit_callbacks: Any, tmp_path: Path
) -> None:
    attach(client, world)
    address = address_of()
    place = f"{address}withdraw/"
    assert client.get(place).status_code == 200
    assert "This field is required." in client.post(place, {"reason": ""}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(place, {"reason": "It names a child"}, follow=True)
    assert "It names a child" in page.content.decode()
    assert client.get(address).status_code == 404
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_whoever_reports_withdraws(client: Client, world: World) -> None:
    attach(client, world)
    place = f"{address_of()}withdraw/"
    client.force_login(world.account["reviewer"])
    assert client.post(place, {"reason": "because"}).status_code == 403
    with as_house():
        assert Evidence.objects.get().withdrawn_at is None


def test_a_document_of_another_plan_is_not_there(client: Client, world: World) -> None:
    attach(client, world)
    with as_house():
        code = Evidence.objects.get().code
    assert client.get(reverse("plans:document", args=["no-plan", code])).status_code == 404
    assert client.get(reverse("plans:document", args=["example-plan", "no-code"])).status_code == 404
