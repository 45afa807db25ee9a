"""Files as people send them, made byte by byte for the tests."""

import io
import zipfile

import xlsxwriter

from omsorg.kernel.sheets import Column, NewSheet, columns, write_xlsx

ORGANISATION = Column(
    "organisation",
    {"en": "Organisation", "da": "Organisation", "nb": "Organisasjon", "sv": "Organisation"},
    aliases=["Member association"],
)


INDICATOR = Column("indicator", {"en": "Indicator", "da": "Indikator", "nb": "Indikator", "sv": "Indikator"})


VALUE = Column("value", {"en": "Value", "da": "Værdi", "nb": "Verdi", "sv": "Värde"}, columns.number(), required=False)


DAY = Column("day", {"en": "Day", "da": "Dag", "nb": "Dag", "sv": "Dag"}, columns.day(), required=False)


COLUMNS = [ORGANISATION, INDICATOR, VALUE, DAY]


SHEET = write_xlsx([NewSheet("Figures", ["Organisation", "Indicator"], [["Kenya", "CP-1"]])])


def workbook(fill, **options) -> bytes:
    """A spreadsheet on whose first sheet `fill(page, book)` has worked."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        fill(book.add_worksheet("Figures"), book)
    return file.getvalue()


def packed(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def packed_again(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same package with something replaced in one part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old in text
                text = text.replace(old, new)
            after.writestr(name, text)
    return file.getvalue()


def packed_with(content: bytes, name: str, part: bytes) -> bytes:
    """The same package with one more part."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return file.getvalue()


def faults(read):
    return [(error.cell, error.kind) for error in read.errors]
