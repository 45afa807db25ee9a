"""Organisations that come with a plan: for whoever may keep organisations where they shall stand."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from omsorg.federation.access import Acting, NotAllowed
from omsorg.federation.actions.found_organisations import OrganisationDraft, found_organisations
from omsorg.federation.models import Organisation
from omsorg.federation.roles import said_of
from omsorg.kernel.imports import rows_done
from omsorg.kernel.refusals import Refusal
from omsorg.plans.actions.import_plan.outcome import Ledger, MayNot
from omsorg.plans.imports.reading import Row


def take_organisations(ledger: Ledger, *, is_example: bool, by: Acting, at: datetime) -> None:
    """Enter those that are not there yet, all or none."""
    rows = ledger.book["organisations"]
    known = set(Organisation.objects.filter(code__in=[row["code"] for row in rows]).values_list("code", flat=True))
    fresh = [row for row in rows if row["code"] not in known]
    for row in rows:
        (ledger.is_there if row["code"] in known else ledger.is_new)(row)
    rows_done(len(rows))
    if not fresh:
        return
    try:
        with transaction.atomic():
            found_organisations(drafts=organisation_drafts(fresh), is_example=is_example, by=by, at=at)
    except Refusal as refusal:
        faulty = next((row for row in fresh if refusal.params.get("code") in (row["code"], row["country"])), fresh[0])
        ledger.fault(faulty, "country" if "country" in type(refusal).__name__.lower() else "code", refusal.said)
    except NotAllowed as refusal:
        ledger.fault(fresh[0], "code", MayNot(what=said_of(refusal.verb)).said)


def organisation_drafts(rows: Iterable[Row]) -> list[OrganisationDraft]:
    """The organisations of these rows as they are to be entered, with what a row leaves out filled in."""
    return [
        OrganisationDraft(
            code=row["code"],
            kind=row["kind"],
            name=row["name"],
            parent=row["parent"] or "",
            country=row["country"] or "",
            language=row["language"] or "en",
            exists_from=row["exists_from"] or date(2000, 1, 1),
        )
        for row in rows
    ]
