"""Municipalities from an official list: their codes and names, tried before they are taken in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import acting_as, require_at_the_top
from omsorg.federation.models import Place
from omsorg.kernel.imports import AskedColumn, ImportKind, Told, one_sheet, through
from omsorg.kernel.imports.one_sheet import Planned, SheetRead
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as said
from omsorg.kernel.sheets import Column, Habits, ReadRow
from omsorg.kernel.sheets.columns import number, text
from omsorg.kernel.sheets.table import Cell
from omsorg.kernel.trail import leave_trace

KEEP = "organisations.keep"
DIGITS = {"NO": 4, "SE": 4, "DK": 3}
MOST_LINES = 100


class CodeNotOfTheCountry(Refusal):
    sentence = said("A municipality of this country has a code of %(digits)s figures.")


class OutsideTheWorld(Refusal):
    sentence = said("Latitude lies between -90 and 90, longitude between -180 and 180.")


NEW = said("New municipalities: %(number)s.")
CHANGED = said("Municipalities whose name or position changes: %(number)s.")
SAME = said("Municipalities that stand there already: %(number)s.")
LINE_NEW = said("%(code)s %(now)s")
LINE_CHANGED = said("%(code)s: %(before)s becomes %(now)s")


def _code(cell: Cell, habits: Habits) -> str:
    """A code as text; a spreadsheet that made it a number has only lost noughts in front, which come back later."""
    if isinstance(cell, int | float) and cell == int(cell):
        return str(int(cell))
    return text(most=12)(cell, habits)


COLUMNS = (
    AskedColumn(
        Column(
            "code",
            {"en": "Code", "da": "Kode", "nb": "Kode", "sv": "Kod"},
            reader=_code,
            aliases=("kommunenummer", "kommunenr", "kommunkod", "kommunekode"),
        ),
        _("The official code of the municipality."),
        "0301",
    ),
    AskedColumn(
        Column(
            "name",
            {"en": "Name", "da": "Navn", "nb": "Navn", "sv": "Namn"},
            reader=text(most=120),
            aliases=("kommunenavn", "kommunnamn"),
        ),
        _("Its name, as it is written there."),
        "Oslo",
    ),
    AskedColumn(
        Column(
            "latitude",
            {"en": "Latitude", "da": "Breddegrad", "nb": "Breddegrad", "sv": "Latitud"},
            reader=number(),
            required=False,
        ),
        _("Where it lies on the map, in degrees north; may be left empty."),
        Decimal("59.91"),
    ),
    AskedColumn(
        Column(
            "longitude",
            {"en": "Longitude", "da": "Længdegrad", "nb": "Lengdegrad", "sv": "Longitud"},
            reader=number(),
            required=False,
        ),
        _("Degrees east; may be left empty."),
        Decimal("10.75"),
    ),
)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One municipality of the file, and what stands there under its code."""

    code: str
    name: str
    latitude: Decimal | None
    longitude: Decimal | None
    standing: Place | None

    @property
    def is_same(self) -> bool:
        kept = self.standing
        return kept is not None and (kept.name, kept.latitude, kept.longitude) == (
            {"en": self.name},
            self.latitude,
            self.longitude,
        )


def plan_places(read: SheetRead, context: Mapping[str, Any], person: int, at: datetime) -> Planned[PlaceRow]:
    """Hold every row against the country's way of writing codes, and against what is there."""
    require_at_the_top(acting_as(person, day=at.date()), KEEP)
    country = context["country"]
    known = Place.objects.filter(kind=Place.Kind.MUNICIPALITY, country_code=country)
    standing = {place.code: place for place in known}
    planned: Planned[PlaceRow] = Planned(faults=read.look(lambda row: _objections(row, country)))
    for row in through(read.rows):
        faults = [read.fault(row, column, sentence) for column, sentence in _objections(row, country)]
        planned.faults += faults
        if not faults:
            code = row.values["code"].zfill(DIGITS.get(country, 0))
            north, east = row.values["latitude"], row.values["longitude"]
            planned.rows.append(PlaceRow(code, row.values["name"], north, east, standing.get(code)))
    return planned


def _objections(row: ReadRow, country: str) -> Iterator[tuple[str, Sentence]]:
    """What cannot be in a row, with the column in which it is told."""
    digits, code = DIGITS.get(country), row.values["code"]
    if digits is not None and code is not None and (len(code) > digits or not code.isdecimal()):
        yield "code", CodeNotOfTheCountry(digits=digits).said
    for name, most in (("latitude", 90), ("longitude", 180)):
        degrees = row.values[name]
        if degrees is not None and abs(degrees) > most:
            yield name, OutsideTheWorld().said


def write_places(rows: Sequence[PlaceRow], context: Mapping[str, Any], person: int, at: datetime) -> Told:
    """Take them all in, or put right what is there; one trace for the whole list."""
    acting = acting_as(person, day=at.date())
    changed = [row for row in rows if row.standing is not None and not row.is_same]
    new = [row for row in rows if row.standing is None]
    country = context["country"]
    Place.objects.bulk_create(
        (
            Place(
                kind=Place.Kind.MUNICIPALITY,
                code=row.code,
                country_code=country,
                name={"en": row.name},
                latitude=row.latitude,
                longitude=row.longitude,
            )
            for row in [*new, *changed]
        ),
        update_conflicts=True,
        unique_fields=["kind", "country_code", "code"],
        update_fields=["name", "latitude", "longitude"],
    )
    if new or changed:
        details = {"new": len(new), "changed": len(changed)}
        leave_trace(
            "import_municipalities",
            f"country:{country}",
            by=person,
            at=at,
            organisation=acting.organisation_id,
            details=details,
        )
    counts = ((NEW, len(new)), (CHANGED, len(changed)), (SAME, len(rows) - len(new) - len(changed)))
    lines = [_line(row) for row in [*changed, *new]]
    return Told(
        counts=[Sentence(sentence, {"number": number}) for sentence, number in counts if number],
        lines=lines[:MOST_LINES],
        more_lines=max(0, len(lines) - MOST_LINES),
        landing=reverse("federation:places"),
    )


def _line(row: PlaceRow) -> Sentence:
    if row.standing is None:
        return Sentence(LINE_NEW, {"code": row.code, "now": row.name})
    before = row.standing.name.get("en", row.standing.code)
    return Sentence(LINE_CHANGED, {"code": row.code, "before": before, "now": row.name})


TAKE_IN, TEMPLATE = one_sheet(
    name="municipalities", columns=COLUMNS, plan=plan_places, write=write_places, key=["code"]
)
KIND = ImportKind(
    code="federation.municipalities",
    title=_("Municipalities from an official list"),
    sentence=_("Take the list that the country's statistics office publishes: code and name. Nothing else is needed."),
    take_in=TAKE_IN,
    template=TEMPLATE,
)
