"""A file is tried dry, every fault is named, and it is taken in once, whole or not at all."""

import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.conf import settings as site_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from omsorg.federation.models import Place
from omsorg.kernel.files import FileGone, open_file
from omsorg.kernel.imports import Handed, drafts, progress
from omsorg.kernel.models import ImportDraft
from omsorg.kernel.sheets import read_table
from omsorg.kernel.tests.import_example import KIND
from omsorg.kernel.wall import as_house, in_name_of
from world import World

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
GOOD = "Code;Name;People\nXA;Country A;1\nXB;Country B;0\nXC;Country C;3\n"
BAD = "Code;Name;People\nXA;;1\nXBB;Country B;2\nXC;Country C;many\n"
PERSON = 5


def hand_in(text: str = GOOD, **context: object) -> ImportDraft:
    with in_name_of(PERSON):
        return drafts.hand_in(KIND, Handed("countries.csv", text.encode()), context=context, person=PERSON, at=AT)


def confirm(draft: ImportDraft, at: datetime = AT) -> ImportDraft:
    with in_name_of(PERSON):
        return drafts.confirm(draft.code, person=PERSON, at=at)


def countries() -> list[str]:
    return list(Place.objects.filter(code__startswith="X").order_by("code").values_list("code", flat=True))


@pytest.mark.django_db
class TestDryRun:
    def test_it_tells_what_would_happen_and_changes_nothing(self) -> None:
        told = drafts.told_of(hand_in())
        assert [str(count) for count in told.counts] == ["3 countries are new."]
        assert (told.rows, told.faults, [str(each.sentence) for each in told.warnings]) == (
            3,
            [],
            ["Nobody lives there."],
        )
        assert countries() == []

    def test_every_fault_is_named_by_row_and_column(self) -> None:
        told = drafts.told_of(hand_in(BAD))
        assert [(fault.cell, fault.heading, fault.value, str(fault.sentence)) for fault in told.faults] == [
            ("B2", "Name", "", "This cell must be filled in."),
            ("A3", "Code", "XBB", "“XBB” is not two letters."),
            ("C4", "People", "many", "“many” is not a number."),
        ]
        assert (told.rows, told.counts) == (3, [])

    def test_a_file_that_is_no_table_is_one_fault(self) -> None:
        [fault] = drafts.told_of(hand_in("")).faults
        assert fault.cell == ""
        assert "nothing in" in str(fault.sentence)

    def test_what_the_database_refuses_is_a_fault_of_the_whole_file(self) -> None:
        with as_house():
            Place.objects.create(kind="country", code="XB", country_code="XB", name={})
        [fault] = drafts.told_of(hand_in()).faults
        assert "does not fit what is kept already" in str(fault.sentence)
        assert countries() == ["XB"]

    def test_a_file_with_faults_cannot_be_confirmed(self) -> None:
        with pytest.raises(drafts.HasFaults):
            confirm(hand_in(BAD))


@pytest.mark.django_db
class TestTakingIn:
    def test_once_however_often_it_is_confirmed(self, django_capture_on_commit_callbacks: object) -> None:
        draft = hand_in()
        with django_capture_on_commit_callbacks(execute=True):
            first, second = confirm(draft), confirm(draft, AT + timedelta(hours=1))
        assert countries() == ["XA", "XB", "XC"]
        assert first.done_at == second.done_at == AT
        with pytest.raises(FileGone):
            open_file(draft.stored_as)

    def test_what_has_changed_since_the_dry_run_is_a_fault_and_nothing_is_taken_in(self) -> None:
        draft = hand_in("Code;Name\nXA;A\n")
        with as_house():
            kept = ImportDraft.objects.get()
            kept.stored_as = hand_in(BAD).stored_as
            kept.save()
        again = confirm(draft)
        assert (again.confirmed_at, again.done_at, countries()) == (None, None, [])
        assert len(drafts.told_of(again).faults) == 3

    def test_a_draft_is_there_only_for_who_handed_it_in(self) -> None:
        draft = hand_in()
        with in_name_of(6), pytest.raises(drafts.DraftGone):
            drafts.confirm(draft.code, person=6, at=AT)
        with in_name_of(6):
            assert not ImportDraft.objects.exists()

    def test_a_long_file_is_left_to_the_worker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(drafts, "ROWS_AT_ONCE", 2)
        draft = confirm(hand_in())
        assert (draft.confirmed_at, draft.done_at, countries()) == (AT, None, [])
        with connection.cursor() as cursor:
            cursor.execute("SELECT task_name, args FROM procrastinate_jobs")
            assert cursor.fetchall() == [("kernel.take_in_draft", f'{{"draft": "{draft.code}", "person": {PERSON}}}')]
        for _twice in range(2):
            drafts.take_in_confirmed(draft.code, person=PERSON, at=AT)
        assert countries() == ["XA", "XB", "XC"]

    def test_what_goes_wrong_at_the_worker_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(drafts, "ROWS_AT_ONCE", 2)
        draft = confirm(hand_in())
        monkeypatch.setattr(drafts, "kind_called", lambda code: 1 / 0)
        drafts.take_in_confirmed(draft.code, person=PERSON, at=AT)
        with in_name_of(PERSON):
            draft = drafts.draft_of(PERSON, draft.code)
        assert draft.confirmed_at is None
        assert "Nothing of it was kept" in str(drafts.told_of(draft).faults[0].sentence)


@pytest.mark.django_db
class TestForgetting:
    def test_a_person_gives_a_file_up(self, django_capture_on_commit_callbacks: object) -> None:
        draft = hand_in()
        with django_capture_on_commit_callbacks(execute=True), in_name_of(PERSON):
            drafts.give_up(draft.code, person=PERSON)
            assert not ImportDraft.objects.exists()
        with pytest.raises(FileGone):
            open_file(draft.stored_as)

    def test_a_week_later_it_is_forgotten(self) -> None:
        hand_in()
        assert drafts.forget_old_drafts(at=AT + timedelta(days=7)) == 0
        assert drafts.forget_old_drafts(at=AT + timedelta(days=8)) == 1


def test_a_long_import_says_how_far_it_is_and_killed_it_says_that_it_is_broken_off(
    own_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen from another connection while the transaction is open; gone with the process, with all that it wrote."""
    monkeypatch.setattr(drafts, "ROWS_AT_ONCE", 2)
    draft = confirm(hand_in(pause=True))
    assert progress.run_of(draft.code) is progress.Run.WAITING
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE args ->> 'draft' = %s", [draft.code])
    script = (
        "import django; django.setup()\n"
        "from datetime import datetime, timezone\n"
        "from omsorg.kernel.imports import drafts, progress\n"
        "from omsorg.kernel.tests import import_example\n"
        f"from django.conf import settings; settings.MEDIA_ROOT = {str(site_settings.MEDIA_ROOT)!r}\n"
        "progress.SECONDS_BETWEEN = 0\n"
        f"drafts.take_in_confirmed({draft.code!r}, person={PERSON}, at=datetime.now(timezone.utc))\n"
    )
    environment = {**own_environment, "DJANGO_SETTINGS_MODULE": "omsorg.site.settings"}
    process = subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"half way\n"
    assert (progress.run_of(draft.code), progress.reached(draft.code)) == (progress.Run.GOING, progress.Reached(1, 3))
    process.kill()
    process.communicate()
    deadline = monotonic() + 10
    while progress.reached(draft.code) is not None and monotonic() < deadline:
        sleep(0.05)
    assert (progress.run_of(draft.code), countries()) == (progress.Run.BROKEN_OFF, [])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE args ->> 'draft' = %s", [draft.code])
    assert progress.run_of(draft.code) is progress.Run.GIVEN_UP
    with as_house():
        ImportDraft.objects.update(context={**draft.context, "of": {}})
    assert progress.run_of(confirm(draft).code) is progress.Run.WAITING
    drafts.take_in_confirmed(draft.code, person=PERSON, at=AT)
    assert countries() == ["XA", "XB", "XC"]


def test_killed_in_the_middle_nothing_is_there_and_it_can_be_confirmed_again(
    own_environment: dict[str, str],
) -> None:
    draft = hand_in()
    with as_house():
        ImportDraft.objects.update(context={**draft.context, "of": {"pause": True}})
    script = (
        "import django; django.setup()\n"
        "from datetime import datetime, timezone\n"
        "from omsorg.kernel.imports import drafts\n"
        "from omsorg.kernel.tests import import_example\n"
        "from omsorg.kernel.wall import in_name_of\n"
        f"from django.conf import settings; settings.MEDIA_ROOT = {str(site_settings.MEDIA_ROOT)!r}\n"
        f"with in_name_of({PERSON}):\n"
        f"    drafts.confirm({draft.code!r}, person={PERSON}, at=datetime.now(timezone.utc))\n"
    )
    environment = {**own_environment, "DJANGO_SETTINGS_MODULE": "omsorg.site.settings"}
    process = subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"half way\n"
    process.kill()
    process.communicate()
    assert countries() == []
    with as_house():
        ImportDraft.objects.update(context=draft.context)
    assert confirm(draft).done_at == AT
    assert countries() == ["XA", "XB", "XC"]


@pytest.mark.urls("omsorg.kernel.tests.import_example")
class TestPages:
    first = "/try/example-plan/import/"

    def client(self, world: World, who: str = "officer") -> Client:
        client = Client()
        client.force_login(world.account[who])
        return client

    def upload(self, client: Client, text: str) -> str:
        file = SimpleUploadedFile("countries.csv", text.encode())
        response = client.post(self.first, {"file": file})
        assert response.status_code == 302, response.content.decode()
        return response["Location"]

    def test_from_upload_to_done(self, world: World) -> None:
        client = self.client(world)
        assert "Try the file" in client.get(self.first).content.decode()
        draft = self.upload(client, GOOD)
        page = client.get(draft).content.decode()
        assert "3 countries are new." in page
        assert "Nobody lives there." in page
        assert countries() == []
        assert "waits for your decision" in client.get(self.first).content.decode()
        for _twice in range(2):
            assert client.post(draft, {"decision": "confirm"})["Location"] == draft
        assert countries() == ["XA", "XB", "XC"]
        page = client.get(draft).content.decode()
        assert "The file is taken in." in page
        assert 'href="/ui/"' in page

    def test_a_long_one_tells_how_far_it_is_on_a_page_that_looks_again_by_itself(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drafts, "ROWS_AT_ONCE", 2)
        client = self.client(world)
        draft = self.upload(client, GOOD)
        client.post(draft, {"decision": "confirm"})
        page = client.get(draft).content.decode()
        assert "The file waits for its turn." in page
        assert '<meta http-equiv="refresh"' in page
        with progress.followed(draft.rstrip("/").rpartition("/")[2], 5000):
            progress._walk.get().step(1200)
            progress._walk.get().say()
            assert "Row 1,200 of 5,000" in client.get(draft).content.decode()
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('application_name', '', true)")
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
            assert "Taking the file in was broken off." in client.get(draft).content.decode()
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        page = client.get(draft).content.decode()
        assert "again and again" in page
        assert "Take it in" in page
        assert '<meta http-equiv="refresh"' not in page

    def test_faults_are_shown_and_nothing_can_be_confirmed(self, world: World) -> None:
        client = self.client(world)
        draft = self.upload(client, BAD)
        page = client.get(draft).content.decode()
        assert "“XBB” is not two letters." in page
        assert "Take it in" not in page
        client.post(draft, {"decision": "confirm"})
        assert countries() == []

    def test_pasted_cells_are_read_too(self, world: World) -> None:
        client = self.client(world)
        draft = client.post(self.first, {"pasted": "Code\tName\nXA\tCountry A\n"})["Location"]
        assert "1 countries are new." in client.get(draft).content.decode()

    def test_neither_or_both_is_asked_for_again(self, world: World) -> None:
        client = self.client(world)
        assert "one of the two" in client.post(self.first, {}).content.decode()
        both = {"pasted": "Code\tName\n", "file": SimpleUploadedFile("a.csv", b"Code;Name\n")}
        assert "one of the two" in client.post(self.first, both).content.decode()

    def test_a_file_is_given_up(self, world: World) -> None:
        client = self.client(world)
        draft = self.upload(client, GOOD)
        assert client.post(draft, {"decision": "give-up"})["Location"] == self.first
        assert client.get(draft)["Location"] == self.first

    def test_somebody_elses_draft_is_not_there(self, world: World) -> None:
        draft = self.upload(self.client(world), GOOD)
        other = self.client(world, "officer_kenya")
        assert other.get(draft)["Location"] == self.first
        assert other.post(draft, {"decision": "confirm"})["Location"] == self.first
        assert countries() == []

    @pytest.mark.parametrize("ending", ["xlsx", "csv"])
    def test_the_empty_form_comes_with_an_example_and_can_be_handed_in_as_it_is(
        self, world: World, ending: str
    ) -> None:
        client = self.client(world)
        response = client.get(f"{self.first}template.{ending}")
        assert response["Content-Disposition"] == f'attachment; filename="test-countries.{ending}"'
        sheet = read_table(response.content, f"a.{ending}").only()
        assert [str(cell) for cell in sheet.rows[0]] == ["Code", "Name", "People"]
        file = io.BytesIO(response.content)
        file.name = f"a.{ending}"
        draft = client.post(self.first, {"file": file})["Location"]
        assert "1 countries are new." in client.get(draft).content.decode()
        assert client.get(f"{self.first}template.exe").status_code == 404


def test_the_files_of_the_tests_are_not_those_of_the_site() -> None:
    assert Path(site_settings.MEDIA_ROOT) != site_settings.ENVIRONMENT.home / "files"
