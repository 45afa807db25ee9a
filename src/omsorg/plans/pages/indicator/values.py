"""The values in the frozen document of one indicator, and how they are written out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from omsorg.kernel.numbers import format_number, format_percent
from omsorg.plans.pages.words import (
    exact_value,
    language_now,
)
from omsorg.plans.rules.measures import Kind
from omsorg.plans.rules.rollup import Missing
from omsorg.plans.rules.snapshot import IndicatorPart


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation's figure, or why there is none, and what a verifier said of it."""

    code: str
    name: str
    country: str
    value: str
    state: str | Promise
    is_silent: bool
    verdict: str
    verified_by: str
    text: str
    rank: Fraction | None


ORGANISATION_ORDERS: dict[str, str | Promise] = {
    "": _("by name"),
    "highest": _("from highest to lowest"),
    "lowest": _("from lowest to highest"),
}


def chosen_organisations(rows: Iterable[OrganisationRow], *, words: str, order: str) -> list[OrganisationRow]:
    """The organisations that fit the reader's words, in the order chosen; those without a figure come last."""
    wanted = words.casefold().split()
    found = [row for row in rows if all(word in f"{row.code} {row.name}".casefold() for word in wanted)]
    if order not in ("highest", "lowest"):
        return found
    with_figure = [row for row in found if row.rank is not None]
    with_figure.sort(key=lambda row: row.rank or Fraction(0), reverse=order == "highest")
    return [*with_figure, *(row for row in found if row.rank is None)]


def number_in(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def value_in(part: IndicatorPart, row: Mapping[str, Any]) -> Fraction | None:
    number = number_in(row.get("numerator"))
    return None if number is None else exact_value(part.kind, number, number_in(row.get("denominator")), part.per)


def added_up_values(part: IndicatorPart, rows: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """What had been counted from the start by the end of each period, by its code; the last is the rated value.

    A period without a figure adds nothing and has no sum of its own. From a hidden period on nothing is told, and
    nothing at all where it is hidden what there was before.
    """
    if part.baseline_missing is not None:
        return {}
    counted = part.baseline.numerator if part.baseline else Decimal(0)
    found: dict[str, Decimal] = {}
    for row in rows:
        if row["missing"] == Missing.HIDDEN:
            return found
        number = number_in(row["numerator"])
        if number is not None:
            counted += number
            found[row["period"]] = counted
    if part.missing is Missing.HIDDEN and rows:
        found.pop(rows[-1]["period"], None)
    return found


def shower(part: IndicatorPart, shared: bool) -> Any:
    language = language_now()
    if shared:
        return lambda value: format_percent(Fraction(value), language, 0)
    return lambda value: format_number(Decimal(str(value)) if isinstance(value, float) else value, language)


def is_share(part: IndicatorPart) -> bool:
    return part.kind is Kind.RATIO or (part.value is not None and part.value.denominator is not None)
