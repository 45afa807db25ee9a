"""The empty form of a whole plan: each sheet with headings and an example row, and one that explains every column."""

import io
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from omsorg.kernel.sheets import NewSheet, write_csv, write_xlsx
from omsorg.plans.imports.fields import Field, SheetForm
from omsorg.plans.imports.sheets import SHEETS

LONGEST_SHOWN = 12
MADE = (2000, 1, 1, 0, 0, 0)
"""The archive names no moment of its making, so that the same form is the same file."""


def plan_template(ending: str) -> bytes:
    """The form as one workbook (`xlsx`), or as an archive of CSV files, one for each sheet (`zip`)."""
    return _workbook() if ending == "xlsx" else _archive()


def _headings(form: SheetForm) -> list[str]:
    return [str(field.column.label) for field in form.fields]


def _example(form: SheetForm) -> list[str | None]:
    return [field.example or None for field in form.fields]


def _choices(field: Field) -> list[str]:
    return [names[0] if names else code for code, names in field.choices.items()]


def _workbook() -> bytes:
    pages = [
        NewSheet(
            form.name,
            _headings(form),
            rows=[_example(form)],
            choices={place: _choices(field) for place, field in enumerate(form.fields) if field.choices},
            notes={place: str(field.help) for place, field in enumerate(form.fields)},
        )
        for form in SHEETS
    ]
    return write_xlsx([*pages, NewSheet("help", _help_headings(), rows=list(_help()))])


def _archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for form in SHEETS:
            content = write_csv(_headings(form), [_example(form)])
            archive.writestr(zipfile.ZipInfo(f"{form.name}.csv", MADE), content)
    return file.getvalue()


def _help_headings() -> list[str]:
    return [_("Sheet"), _("Column"), _("Must be filled in"), _("What it means"), _("Example"), _("May be one of")]


def _help() -> Iterator[list[str]]:
    for form in SHEETS:
        yield [str(form.title), "", "", str(form.help), "", ""]
        for field in form.fields:
            languages = _("A column for each language may be added: %(name)s_da.") % {"name": field.column.label}
            yield [
                form.name,
                str(field.column.label),
                _("yes") if field.column.required else "",
                f"{field.help} {languages}" if field.texts else str(field.help),
                field.example,
                ", ".join(_choices(field)[:LONGEST_SHOWN]),
            ]
