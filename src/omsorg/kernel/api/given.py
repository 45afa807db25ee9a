"""What the HTTP API gives back: one page of rows, or the reason why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from pydantic import BaseModel, Field

from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.refusals import Refusal

Row = TypeVar("Row")

MOST_ROWS = 200


class Paging(BaseModel):
    """Which rows of a longer list are asked for."""

    limit: int = Field(50, ge=1, le=MOST_ROWS, description="How many rows at most.")
    offset: int = Field(0, ge=0, le=1_000_000, description="How many rows to leave out at the beginning.")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list. `count`: how many there are in all."""

    count: int
    limit: int
    offset: int
    rows: Sequence[Row]


def page_of(rows: Sequence[Row], paging: Paging) -> Page[Row]:
    """The page of `rows` that is asked for."""
    return Page(len(rows), paging.limit, paging.offset, rows[paging.offset : paging.offset + paging.limit])


def page_of_query(found: QuerySet[Any], paging: Paging, shown: Callable[[Any], Row]) -> Page[Row]:
    """The same out of the database, which hands over only the rows that are asked for."""
    rows = [shown(each) for each in found[paging.offset : paging.offset + paging.limit]]
    return Page(found.count(), paging.limit, paging.offset, rows)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it was not done: the name of the situation, the sentence to be read, and what there is to know beside it.

    The sentence is in the language of `Accept-Language`; the name never changes.
    """

    refusal: str
    sentence: str
    details: dict[str, Any]


READING = {frozenset({401, 404, 422, 429}): Refused}
"""How a public read may be refused: a key that is no good, nothing there, not understood, too often."""
KEYED = {frozenset({401, 403, 404, 422, 429}): Refused}
"""How a read that needs a key may be refused."""
WRITING = {frozenset({400, 401, 403, 404, 409, 422, 429}): Refused}
"""How a write may be refused. 409: what stands there is not what the writer thought."""


def refused_as(refusal: Refusal) -> Refused:
    """A refusal as it is given out, with everything that it knows of the situation."""
    more = {name: value for name, value in vars(refusal).items() if name != "params"}
    return Refused(
        type(refusal).__name__,
        str(refusal),
        {name: plain(value) for name, value in {**refusal.params, **more}.items()},
    )


def plain(value: Any) -> Any:
    """A value as JSON knows it: names of fields beside their values, exact numbers and days as text."""
    if isinstance(value, PeriodSaid):
        return value.code
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: plain(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, Refusal):
        return {"refusal": type(value).__name__, "sentence": str(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return digits(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(entry) for entry in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def digits(number: Decimal) -> str:
    """Every digit of an exact number, and no nought that says nothing: 45.00 and 45 are one number."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
