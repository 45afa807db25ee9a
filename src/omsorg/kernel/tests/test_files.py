"""A file is whole on disk before a row tells of it, is given out only to be saved, and goes when nobody tells of it."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from omsorg.kernel import files
from omsorg.kernel.wall import as_house
from omsorg.plans.models import Evidence
from world import World

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
CONTENT = b"attendance list"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: object) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def keep(content: bytes = CONTENT, limit: int = 1000) -> files.StoredFile:
    return files.keep_file(content, holder=Evidence, limit=limit)


def evidence(world: World, stored: files.StoredFile) -> Evidence:
    with as_house():
        return Evidence.objects.create(
            code=stored.stored_as[-32:],
            plan=world.plan,
            organisation=world.org["tanzania"],
            indicator=world.indicator["trained"],
            period_start="2023-07-01",
            period_months=6,
            filename="list.pdf",
            media_type="application/pdf",
            size=stored.size,
            fingerprint=stored.fingerprint,
            stored_as=stored.stored_as,
            at=AT,
        )


def aged(stored: files.StoredFile, days: int) -> Path:
    place = Path(settings.MEDIA_ROOT, stored.stored_as)
    when = (AT - timedelta(days=days)).timestamp()
    os.utime(place, (when, when))
    return place


def test_a_file_is_kept_under_a_name_of_chance_for_the_house_alone() -> None:
    stored = keep()
    assert (stored.size, stored.fingerprint) == (len(CONTENT), sha256(CONTENT).hexdigest())
    assert stored.stored_as.startswith("plans.evidence/")
    assert stored.stored_as != keep().stored_as
    assert Path(settings.MEDIA_ROOT, stored.stored_as).stat().st_mode & 0o077 == 0
    with files.open_file(stored.stored_as) as file:
        assert file.read() == CONTENT


def test_a_stream_is_kept_piece_by_piece() -> None:
    stored = files.keep_file(BytesIO(CONTENT), holder=Evidence, limit=1000)
    assert stored.fingerprint == sha256(CONTENT).hexdigest()


def test_a_file_that_is_too_large_leaves_nothing_behind(own_folder: Path) -> None:
    with pytest.raises(files.FileTooBig):
        keep(limit=len(CONTENT) - 1)
    assert [place for place in own_folder.rglob("*") if place.is_file()] == []


def test_a_file_that_breaks_off_leaves_nothing_behind(own_folder: Path) -> None:
    class Breaking(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("the line broke")

    with pytest.raises(OSError, match="broke"):
        files.keep_file(Breaking(), holder=Evidence, limit=1000)
    assert [place for place in own_folder.rglob("*") if place.is_file()] == []


def test_a_link_in_the_place_of_a_file_is_not_followed() -> None:
    stored = keep()
    place = Path(settings.MEDIA_ROOT, stored.stored_as)
    place.unlink()
    place.symlink_to(__file__)
    with pytest.raises(files.FileGone):
        files.open_file(stored.stored_as)


@pytest.mark.parametrize(
    "name", ["../secret", "plans.evidence/aa/../../../secret", "/etc/passwd", "plans.evidence/aa/" + "0" * 32, ""]
)
def test_only_names_of_kept_files_open_anything(name: str) -> None:
    with pytest.raises(files.FileGone):
        files.open_file(name)


@pytest.mark.django_db
def test_a_file_is_handed_out_to_be_saved_and_never_run() -> None:
    kept = keep()
    response = files.file_response(
        kept.stored_as, fingerprint=kept.fingerprint, filename="liste åøæ.html", media_type="text/html"
    )
    assert b"".join(response.streaming_content) == CONTENT
    assert response["Content-Disposition"].startswith("attachment; ")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    response.close()


def test_what_nobody_tells_of_goes_after_a_week(world: World) -> None:
    told_of, forgotten, fresh = keep(), keep(), keep()
    evidence(world, told_of)
    places = [aged(told_of, 30), aged(forgotten, 8), aged(fresh, 6)]
    unfinished = places[1].with_name("unfinished-1")
    unfinished.write_bytes(b"half")
    os.utime(unfinished, (0, 0))
    assert files.remove_orphans(at=AT) == 2
    assert [place.exists() for place in (*places, unfinished)] == [True, False, True, False]


@pytest.mark.django_db
def test_nothing_goes_where_the_database_knows_of_no_file_at_all() -> None:
    place = aged(keep(), 30)
    assert files.remove_orphans(at=AT) == 0
    assert place.exists()


def test_a_file_that_is_gone_or_changed_is_noticed() -> None:
    stored = keep()
    place = Path(settings.MEDIA_ROOT, stored.stored_as)
    assert files.what_is_wrong_with(stored) == ""
    place.write_bytes(b"another list!!!")
    assert files.what_is_wrong_with(stored) == "was changed"
    place.unlink()
    assert files.what_is_wrong_with(stored) == "is gone"


@pytest.mark.django_db
def test_a_file_with_one_changed_byte_is_not_handed_out() -> None:
    kept = keep()
    place = Path(settings.MEDIA_ROOT, kept.stored_as)
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 1
    place.write_bytes(bytes(content))
    with pytest.raises(files.FileChanged):
        files.file_response(kept.stored_as, fingerprint=kept.fingerprint, filename="a.txt", media_type="text/plain")
