"""The worked numbers of the pages under `docs/rules/`, read as test tables."""

from functools import cache
from pathlib import Path

PAGES = Path(__file__).resolve().parents[4] / "docs" / "rules"

Row = dict[str, str]


@cache
def tables(page: str) -> dict[str, tuple[Row, ...]]:
    """Every table of a page by the heading above it, a row being its cells by column."""
    found: dict[str, list[Row]] = {}
    heading, columns = "", []
    for line in (PAGES / f"{page}.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, columns = line.lstrip("# "), []
        elif line.startswith("|---"):
            continue
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if columns:
                found.setdefault(heading, []).append(dict(zip(columns, cells, strict=True)))
            else:
                columns = cells
        else:
            columns = []
    return {heading: tuple(rows) for heading, rows in found.items()}


def rows(page: str, heading: str) -> list[Row]:
    """The rows of one table."""
    return list(tables(page)[heading])


def case(row: Row) -> str:
    """What a row is a case of: the name of the test."""
    return row["Case"]


def given(cell: str) -> str | None:
    """The cell, or None where it is a dash."""
    return None if cell in ("–", "") else cell
