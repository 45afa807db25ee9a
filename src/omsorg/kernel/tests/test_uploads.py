import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.sheets import NewSheet, write_xlsx
from omsorg.kernel.uploads import (
    EmptyFile,
    HoldsMacros,
    NameSuspicious,
    TooLarge,
    TypeDiffers,
    TypeNotAllowed,
    check_upload,
    download_name,
)


def packed(members: dict[str, bytes], *, stored: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        if stored:
            archive.writestr("mimetype", stored)
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPG = b"\xff\xd8\xff\xe0" + bytes(20)
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(10)
XLSX = write_xlsx([NewSheet("F", ["a"])])
DOCX = packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
ODT = packed({"content.xml": b"<c/>"}, stored="application/vnd.oasis.opendocument.text")
ODS = packed({"content.xml": b"<c/>"}, stored="application/vnd.oasis.opendocument.spreadsheet")
CSV = "Organisation;Værdi\nFærøerne;3\n".encode()


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("report.pdf", PDF, "application/pdf"),
        ("photo.png", PNG, "image/png"),
        ("photo.jpg", JPG, "image/jpeg"),
        ("PHOTO.JPEG", JPG, "image/jpeg"),
        ("photo.webp", WEBP, "image/webp"),
        ("list.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("letter.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("letter.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("list.ods", ODS, "application/vnd.oasis.opendocument.spreadsheet"),
        ("list.csv", CSV, "text/csv"),
        ("note.txt", "Åse sagde det".encode("utf-16"), "text/plain"),
        ("note.txt", "Åse sagde det".encode("cp1252"), "text/plain"),
    ],
)
def test_evidence_is_taken(name, content, content_type):
    checked = check_upload(name, content)
    assert (checked.content_type, checked.size) == (content_type, len(content))


def test_the_same_bytes_have_the_same_fingerprint():
    assert check_upload("a.pdf", PDF).sha256 == check_upload("b.pdf", io.BytesIO(PDF)).sha256
    assert len(check_upload("a.pdf", PDF).sha256) == 64


def test_a_stream_is_left_at_its_beginning_and_unchanged():
    stream = io.BytesIO(XLSX)
    stream.read(10)
    check_upload("list.xlsx", stream)
    assert stream.tell() == 0
    assert stream.getvalue() == XLSX


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"MZ\x90\x00"),
        ("report.pdf", b"hello %PDF-1.7"),
        ("photo.png", JPG),
        ("photo.jpg", PDF),
        ("photo.webp", b"RIFF\x10\x00\x00\x00WAVEfmt "),
        ("list.xlsx", DOCX),
        ("letter.docx", XLSX),
        ("list.xlsx", XLSX[: len(XLSX) // 2]),
        ("list.xlsx", packed({"xl/workbook.xml": b""})),
        ("letter.odt", ODS),
        ("list.ods", ODT),
        ("list.ods", XLSX),
        ("list.ods", packed({"content.xml": b""}, stored="application/vnd.oasis.opendocument.spreadsheet-template")),
        ("letter.odt", DOCX),
        ("list.csv", XLSX),
        ("note.txt", b"MZ\x90\x00\x03"),
        ("note.txt", b"  <!DOCTYPE html><script>"),
        ("note.txt", b"\xef\xbb\xbf<html>"),
        ("note.txt", "<script>".encode("utf-16")),
        ("list.csv", b"#!/bin/sh\n"),
        ("list.csv", b'<svg onload="x">'),
    ],
)
def test_a_file_is_what_its_name_says_or_refused(name, content):
    with pytest.raises(TypeDiffers, match=name):
        check_upload(name, content)


@pytest.mark.parametrize(
    "name", ["run.exe", "page.html", "picture.svg", "macros.xlsm", "archive.zip", "noending", "a.", "pdf"]
)
def test_only_some_kinds_are_taken(name):
    with pytest.raises(TypeNotAllowed, match="pdf, png, jpg"):
        check_upload(name, PDF)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "..",
        ".pdf",
        "../../etc/passwd.pdf",
        "..\\report.pdf",
        "C:\\report.pdf",
        "re\x00port.pdf",
        "re\nport.pdf",
        "report\u202efdp.pdf",
        "report\u200b.pdf",
        "report.exe.pdf",
        "report.php .jpg",
    ],
)
def test_a_name_that_hides_something_is_refused(name):
    with pytest.raises(NameSuspicious) as refusal:
        check_upload(name, PDF)
    assert str(refusal.value).isprintable()


def test_macros_are_refused():
    content = packed({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/vbaProject.bin": b""})
    with pytest.raises(HoldsMacros):
        check_upload("list.xlsx", content)


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/run.py"])
def test_macros_of_open_documents_are_refused(part):
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with pytest.raises(HoldsMacros):
        check_upload("list.ods", packed({"content.xml": b"<c/>", part: b"x"}, stored=kind))


def test_the_list_of_an_empty_library_is_no_macro():
    parts = {"content.xml": b"<c/>", "Basic/Standard/script-lb.xml": b"", "Basic/script-lc.xml": b"", "Scripts/": b""}
    assert check_upload("list.ods", packed(parts, stored="application/vnd.oasis.opendocument.spreadsheet")).size


def test_size_is_checked_while_reading():
    assert check_upload("a.pdf", PDF, limit=len(PDF)).size == len(PDF)
    with pytest.raises(TooLarge, match=r"larger than 1\.5 MB"):
        check_upload("a.pdf", PDF + bytes(1_500_000), limit=1_500_000)
    with pytest.raises(EmptyFile):
        check_upload("a.pdf", b"")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Årsrapport 2024 (endelig).PDF", "Årsrapport 2024 (endelig).pdf"),
        ('what? "this".pdf', "what_ _this_.pdf"),
        ("con.pdf", "_con.pdf"),
        ("a" * 300 + ".pdf", "a" * 120 + ".pdf"),
        ("A\u030arsrapport.pdf", "Årsrapport.pdf"),
        ("報告.pdf", "報告.pdf"),
    ],
)
def test_the_name_of_a_download_is_one_that_every_system_can_keep(name, safe):
    assert download_name(name) == safe


@given(st.text(max_size=40).map(lambda stem: stem + ".pdf"))
def test_any_name_is_refused_or_made_safe(name):
    try:
        safe = check_upload(name, PDF).name
    except Refusal:
        return
    assert safe.endswith(".pdf")
    assert not set(safe) & set('/\\<>:"|?*\r\n\0;')
    assert not safe.startswith(".")


@given(st.binary(max_size=100), st.sampled_from(["pdf", "png", "xlsx", "docx", "odt", "ods", "csv", "txt", "webp"]))
def test_any_content_is_taken_or_refused_by_name(content, ending):
    try:
        assert check_upload(f"a.{ending}", content).size == len(content)
    except (TypeDiffers, EmptyFile):
        return
