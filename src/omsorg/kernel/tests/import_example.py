"""An import made for the tests: countries, by code and name. A code of three letters is a fault of the system's own."""

import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from omsorg.federation.access import acting_of
from omsorg.federation.models import Place
from omsorg.kernel.imports import AskedColumn, ImportKind, Told, one_sheet, through
from omsorg.kernel.imports.one_sheet import Planned, SheetRead
from omsorg.kernel.imports.pages import ImportDoor, ImportPages
from omsorg.kernel.refusals import Sentence
from omsorg.kernel.sheets import Column, columns
from omsorg.kernel.wall import as_house
from omsorg.site.urls import urlpatterns as urls_of_the_site

COLUMNS = [
    AskedColumn(Column("code", {"en": "Code", "nb": "Kode"}), "Two letters.", "XN"),
    AskedColumn(Column("name", {"en": "Name", "nb": "Navn"}), "What it is called.", "Norway", choices=["Norway"]),
    AskedColumn(Column("people", {"en": "People"}, columns.whole_number(least=0), required=False), "How many.", 5),
]
TWO_LETTERS = "“%(code)s” is not two letters."
NEW = "%(count)s countries are new."


def plan(read: SheetRead, context: Mapping[str, Any], person: int, at: datetime) -> Planned[Place]:
    planned: Planned[Place] = Planned()
    for row in read.rows:
        code = row.values["code"]
        if len(code) != 2:
            planned.faults.append(read.fault(row, "code", Sentence(TWO_LETTERS, {"code": code})))
        elif not row.values["people"]:
            planned.warnings.append(read.fault(row, "people", Sentence("Nobody lives there.")))
        planned.rows.append(Place(kind="country", code=code, country_code=code, name={"en": row.values["name"]}))
    return planned


def write(rows: Sequence[Place], context: Mapping[str, Any], person: int, at: datetime) -> Told:
    for number, row in enumerate(through(rows)):
        with as_house():
            row.save()
        if context.get("pause") and number == 1:
            sys.stdout.write("half way\n")
            sys.stdout.flush()
            time.sleep(60)
    return Told(counts=[Sentence(NEW, {"count": len(rows)})], landing="/ui/")


TAKE_IN, TEMPLATE = one_sheet(name="Countries", columns=COLUMNS, plan=plan, write=write, key=["code"])
KIND = ImportKind("test.countries", "Countries from a file", "For the tests.", TAKE_IN, TEMPLATE)


def door(request: HttpRequest, plan: str) -> ImportDoor:
    return ImportDoor(acting_of(request).person_id, {"plan": plan}, crumbs=[{"label": "Home", "url": "/"}])


PAGES = ImportPages(KIND, name="countries", door=door)
urlpatterns = [*PAGES.urls("try/<slug:plan>/import/"), *urls_of_the_site]
