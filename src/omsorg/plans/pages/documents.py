"""The documents of an answer as they are listed, those that were withdrawn among them."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as __

from omsorg.plans.pages.words import short_day, told
from omsorg.plans.queries.grid import Attached, Grid, GridRow


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document, or (without a code) an indicator that still asks for one."""

    indicator: str
    title: str
    code: str
    filename: str
    size: str
    note: str
    by: str
    withdrawn: str


def documents_view(grid: Grid) -> tuple[DocumentLine, ...]:
    """Every document by indicator, and every indicator that lacks one."""
    lines: list[DocumentLine] = []
    for row in grid.rows:
        lines += [_line(row, file) for file in row.evidence]
        if row.lacks_evidence:
            lines.append(
                DocumentLine(
                    row.defined.code, told(row.defined.title), "", "", "", __("a document is asked for"), "", ""
                )
            )
    return tuple(lines)


def _line(row: GridRow, file: Attached) -> DocumentLine:
    withdrawn = ""
    if file.withdrawn_at is not None:
        withdrawn = __("withdrawn on %(day)s: %(reason)s") % {
            "day": short_day(file.withdrawn_at.date()),
            "reason": file.withdrawn_reason,
        }
    return DocumentLine(
        indicator=row.defined.code,
        title=told(row.defined.title),
        code=file.code,
        filename=file.filename,
        size=filesizeformat(file.size),
        note=file.note,
        by=" · ".join(part for part in (file.by_name, short_day(file.at.date())) if part),
        withdrawn=withdrawn,
    )
