"""One meeting of a group as it was received: what it says, what it posted, and why where it is not posted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.access import NothingHere
from omsorg.federation.views.frame import csv_file
from omsorg.federation.words import Link
from omsorg.savings.access import FIGURES, group_for
from omsorg.savings.models import Group, Received
from omsorg.savings.pages import groups
from omsorg.savings.pages.meeting import (
    GATHERED_COLUMNS,
    file_rows,
    gathered_rows,
    line_rows,
    posting_rows,
    standing_facts,
)
from omsorg.savings.queries.meetings import lines_of, posted_by, received_of, standing_of
from omsorg.savings.views.groups import reader

CSV_HEADINGS = ["line", "kind", "member", "amount_minor", "account", "posted_minor", "rest"]


def _found(request: HttpRequest, uuid: UUID, mark: str) -> tuple[Group, Received]:
    group = group_for(reader(request), uuid, FIGURES)
    kept = received_of(group, mark)
    if kept is None:
        raise NothingHere(mark)
    return group, kept


@require_GET
def meeting(request: HttpRequest, uuid: UUID, mark: str) -> HttpResponse:
    group, kept = _found(request, uuid, mark)
    standing, lines = standing_of(kept), lines_of(kept)
    opened = group.figures_opened
    return render(
        request,
        "savings/meeting.html",
        {
            "group": group,
            "title": __("Meeting %(number)s") % {"number": kept.seq or "–"},
            "facts": standing_facts(group, kept, standing),
            "is_genuine": kept.genuine,
            "lines": line_rows(lines, group.currency) if opened else [],
            "line_columns": [
                {"label": _("Line")},
                {"label": _("What")},
                {"label": _("Member"), "figures": True},
                {"label": _("Amount"), "figures": True},
                {"label": _("More")},
            ],
            "gathered": [] if opened else gathered_rows(lines, group.currency),
            "gathered_columns": GATHERED_COLUMNS,
            "postings": posting_rows(posted_by(kept), group.currency) if opened else [],
            "posting_columns": [
                {"label": _("Line")},
                {"label": _("Account")},
                {"label": _("Debit"), "figures": True},
                {"label": _("Credit"), "figures": True},
            ],
            "csv_url": reverse("savings:meeting-csv", args=[group.uuid, kept.mark]) if opened and lines else "",
            "crumbs": [
                Link(_("Savings groups"), reverse("savings:groups")),
                Link(group.name, groups.url_of(group)),
            ],
        },
    )


@require_GET
def meeting_csv(request: HttpRequest, uuid: UUID, mark: str) -> HttpResponse:
    """Only where the group agreed that its figures are opened: each line speaks of a member."""
    group, kept = _found(request, uuid, mark)
    if not group.figures_opened:
        raise NothingHere(mark)
    rows = file_rows(lines_of(kept), posted_by(kept))
    return csv_file(f"savings-meeting-{kept.seq or 0}-{kept.hash[:8]}", CSV_HEADINGS, rows)
