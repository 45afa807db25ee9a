"""The empty form of a whole plan: a workbook, or an archive of CSV files, with help and one example row a sheet."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as __

from omsorg.kernel.sheets import NewSheet, write_csv, write_xlsx
from omsorg.plans.imports.fields import Field, SheetForm, text_name
from omsorg.plans.imports.references import TEXTS_NEEDED
from omsorg.plans.imports.sheets import SHEETS
from omsorg.plans.imports.words import OFFERED
from omsorg.plans.pages.words import language_now

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class ColumnHelp:
    """One column for whoever fills it in: heading, help, whether it must be there, allowed values, an example."""

    heading: str
    help: str | Promise
    required: bool
    values: tuple[str, ...]
    example: str


def column_helps(form: SheetForm) -> tuple[ColumnHelp, ...]:
    """The columns of a sheet in the order of the form, a text once for each language."""
    return tuple(
        ColumnHelp(
            heading=heading,
            help=field.help,
            required=is_needed(form, field) and place == 0,
            values=allowed(field),
            example=field.example if place == 0 else "",
        )
        for field in form.fields
        for place, heading in enumerate(_headings(field))
    )


def field_helps(form: SheetForm) -> tuple[ColumnHelp, ...]:
    """The same for people who read: a text stands there once, with the headings of all its languages."""
    return tuple(
        ColumnHelp(", ".join(_headings(field)), field.help, is_needed(form, field), allowed(field), field.example)
        for field in form.fields
    )


def is_needed(form: SheetForm, field: Field) -> bool:
    """Whether it must be filled in; a text in at least one language."""
    return field.column.required or (form.name, field.column.name) in TEXTS_NEEDED


def allowed(field: Field) -> tuple[str, ...]:
    """The values to choose from, in the reader's language."""
    return tuple(str(option.label) for option in field.choices.values())


def plan_template(ending: str) -> bytes:
    """The form as .xlsx or as .zip of CSV files, with headings in the reader's language."""
    if ending == "xlsx":
        return write_xlsx([*_sheets(), _help_sheet()])
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for sheet in _sheets():
            info = zipfile.ZipInfo(f"{sheet.name}.csv", date_time=(2000, 1, 1, 0, 0, 0))
            packed.writestr(info, write_csv(sheet.headings, sheet.rows))
    return archive.getvalue()


def _sheets() -> Iterator[NewSheet]:
    for form in SHEETS:
        helps = column_helps(form)
        yield NewSheet(
            name=form.labels.get(language_now(), form.name)[:31],
            headings=[column.heading for column in helps],
            rows=[[column.example or None for column in helps]],
            choices={place: column.values for place, column in enumerate(helps) if column.values},
            notes={place: str(column.help) for place, column in enumerate(helps)},
        )


def _help_sheet() -> NewSheet:
    rows = [
        [
            form.labels.get(language_now(), form.name),
            column.heading,
            __("yes") if column.required else __("no"),
            str(column.help),
            ", ".join(column.values),
        ]
        for form in SHEETS
        for column in column_helps(form)
    ]
    names = {"en": "help", "da": "hjælp", "nb": "hjelp", "sv": "hjälp"}
    headings = [__("Sheet"), __("Column"), __("Must be filled in"), __("What it is for"), __("Allowed")]
    return NewSheet(names.get(language_now(), "help"), headings, rows)


def _headings(field: Field) -> list[str]:
    label = str(field.column.labels.get(language_now(), field.column.name))
    if not field.texts:
        return [label]
    spoken = [text_name(label, language) for language in OFFERED]
    return [label] * field.first + spoken
