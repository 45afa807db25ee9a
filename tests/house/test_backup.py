"""A backup rehearsed: everything kept is lost, and comes back; what was there meanwhile is set aside."""

import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections

from omsorg.federation.models import Organisation
from omsorg.kernel.wall import as_house
from omsorg.site import backups
from omsorg.site.backups import NotABackup, StillInUse, restore_backup, write_backup
from world import make_world

AT = datetime(2024, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def evidence(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "minutes.pdf").write_text("signed")
    return settings.MEDIA_ROOT


@pytest.fixture
def house(own_database: str, evidence: Path, django_db_blocker) -> Iterator[str]:
    """A database with everybody in it, committed; what a restore sets aside is dropped at the end."""
    with django_db_blocker.unblock():
        with as_house():
            make_world()
        yield own_database
        for name in (f"{own_database}_before_20240331_120000", f"{own_database}_restored"):
            backups._as_owner("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def names() -> set[str]:
    with as_house():
        return set(Organisation.objects.values_list("name", flat=True))


def test_what_was_kept_comes_back_and_what_is_there_is_set_aside(house: str, evidence: Path, tmp_path: Path) -> None:
    before = names()
    write_backup(tmp_path / "kept.tar")
    with as_house():
        Organisation.objects.filter(kind="municipality").update(name="Changed after the backup")
    (evidence / "minutes.pdf").write_text("forged")

    database, files = restore_backup(tmp_path / "kept.tar", at=AT)

    assert names() == before
    assert (evidence / "minutes.pdf").read_text() == "signed"
    assert evidence.stat().st_mode & 0o777 == 0o700
    assert (files / "minutes.pdf").read_text() == "forged"
    assert database == f"{house}_before_20240331_120000"
    assert (tmp_path / "kept.tar").stat().st_mode & 0o777 == 0o600
    with connection.cursor() as cursor:  # and the walls stand
        cursor.execute("SELECT count(*) FROM federation_person")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchall() == [(settings.DATABASES["owner"]["USER"],)]


def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "kept.tar").write_text("the backup of last year")
    with pytest.raises(FileExistsError):
        write_backup(tmp_path / "kept.tar")


def test_nothing_changes_while_somebody_is_connected(house: str, tmp_path: Path) -> None:
    write_backup(tmp_path / "kept.tar")
    before = names()
    with (
        closing(connections["owner"].copy()) as other,
        other.cursor(),
        pytest.raises(StillInUse, match="stop the site"),
    ):
        restore_backup(tmp_path / "kept.tar", at=AT)
    assert names() == before


def test_another_file_is_refused_before_anything_is_touched(evidence: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with tarfile.open(tmp_path / "other.tar", "w") as archive:
        archive.add(tmp_path / "letter.txt", "letter.txt")
    for wrong in ("letter.txt", "other.tar"):
        with pytest.raises(NotABackup, match=wrong):
            restore_backup(tmp_path / wrong, at=AT)
    assert (evidence / "minutes.pdf").exists()


def test_nothing_is_unpacked_beside_the_place_it_belongs_to(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with tarfile.open(tmp_path / "kept.tar", "w") as archive:
        for name in ("database.dump", "files/a/minutes.pdf", "files/../../outside", "/outside", "elsewhere"):
            archive.add(tmp_path / "letter.txt", name)
    folder = tmp_path / "unpacked" / "here"
    folder.mkdir(parents=True)
    backups._unpack(tmp_path / "kept.tar", folder)
    found = {str(path.relative_to(tmp_path / "unpacked")) for path in folder.parent.rglob("*") if path.is_file()}
    assert found == {"here/database.dump", "here/files/a/minutes.pdf"}


def test_without_the_word_nothing_is_changed(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", tmp_path / "kept.tar", "yes")
