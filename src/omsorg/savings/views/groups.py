"""The savings groups that one accompanies or may read: searched, filtered, sorted, as a file; and each by itself."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from omsorg.federation.access import Acting, NotAllowed, acting_of, member
from omsorg.federation.views.frame import csv_file
from omsorg.federation.words import Link
from omsorg.kernel import clock
from omsorg.savings.access import ACCOMPANY, FIGURES, group_for
from omsorg.savings.pages.alarms import alarm_lines
from omsorg.savings.pages.correcting import correction_lines
from omsorg.savings.pages.groups import (
    decision_link,
    fork_link,
    fund_rows,
    group_facts,
    group_line,
    meeting_row,
    members_of,
    open_line,
    other_facts,
    passbook_rows,
    refused_line,
)
from omsorg.savings.pages.words import PHASES
from omsorg.savings.queries.alarms import alarms_of
from omsorg.savings.queries.correcting import corrections_of
from omsorg.savings.queries.groups import broken_at, funds_of, groups_visible_to, meetings_of, open_documents
from omsorg.savings.queries.meetings import not_genuine
from omsorg.savings.queries.settling import open_forks, settlements_of

ON_A_PAGE = 50
SORTS = {"name": "name", "place": "unit__name", "phase": "phase", "held": "held_on", "received": "received_at"}
HEADINGS = {
    "name": _("Group"),
    "place": _("Place"),
    "phase": _("Phase"),
    "held": _("Last meeting"),
    "received": _("Last received"),
}
AGES = {"14": _("more than 14 days ago"), "30": _("more than 30 days ago"), "never": _("never")}
CSV_HEADINGS = ["group", "uuid", "organisation", "phase", "currency", "members", "meetings", "held_on", "received_on"]


class GroupsFilter(forms.Form):
    """Which groups are listed."""

    q = forms.CharField(label=_("Group or place"), required=False, max_length=100)
    phase = forms.ChoiceField(label=_("Phase"), required=False, choices=[("", _("all")), *PHASES.items()])
    heard = forms.ChoiceField(label=_("Last received"), required=False, choices=[("", _("any day")), *AGES.items()])
    look = forms.BooleanField(label=_("Only where a meeting is not in the ledger"), required=False)

    def chosen(self) -> dict[str, str]:
        said = self.cleaned_data if self.is_valid() else {}
        return {name: "1" if value is True else value for name, value in said.items() if value}


def reader(request: HttpRequest) -> Acting:
    """Whoever reads groups somewhere; others who work here are told which role it takes, strangers nothing."""
    acting = member(acting_of(request))
    if not acting.may_anywhere(FIGURES):
        raise NotAllowed(FIGURES)
    return acting


def _found(acting: Acting, chosen: dict[str, str], sort: str) -> QuerySet[Any]:
    found: QuerySet[Any] = groups_visible_to(acting)
    for word in chosen.get("q", "").split():
        found = found.filter(Q(name__icontains=word) | Q(unit__name__icontains=word))
    if "phase" in chosen:
        found = found.filter(phase=chosen["phase"])
    if "look" in chosen:
        found = found.filter(needs_look=True)
    if "heard" in chosen:
        never = Q(received_at=None)
        days = 0 if chosen["heard"] == "never" else int(chosen["heard"])
        found = found.filter(never | Q(received_at__lt=clock.now() - timedelta(days=days)) if days else never)
    field = F(SORTS[sort.lstrip("-")])
    order = field.desc(nulls_last=True) if sort.startswith("-") else field.asc(nulls_first=True)
    return found.order_by(order, "pk")


def _columns(sort: str, chosen: dict[str, str]) -> Iterable[dict[str, Any]]:
    for name, label in HEADINGS.items():
        is_sorted = sort.lstrip("-") == name
        turned = f"-{name}" if is_sorted and not sort.startswith("-") else name
        yield {
            "label": label,
            "url": f"?{urlencode({**chosen, 'sort': turned})}",
            "sort": ("descending" if sort.startswith("-") else "ascending") if is_sorted else "",
        }
    yield {"label": _("Members"), "figures": True}
    yield {"label": _("Needs a look")}


def _sort(request: HttpRequest) -> str:
    sort = request.GET.get("sort", "")
    return sort if sort.removeprefix("-") in SORTS else "name"


@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    acting = reader(request)
    form, sort = GroupsFilter(request.GET), _sort(request)
    chosen = form.chosen()
    page = Paginator(_found(acting, chosen, sort), ON_A_PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    alarms = alarms_of(listed, clock.now().date())
    number, asked = page.paginator.count, {**chosen, "sort": sort}
    return render(
        request,
        "savings/groups.html",
        {
            "form": form,
            "found_url": reverse("savings:found") if acting.may_anywhere(ACCOMPANY) else "",
            "lines": [group_line(each, alarms[each.pk], clock.now()) for each in listed],
            "columns": list(_columns(sort, chosen)),
            "listed": page,
            "found": ngettext("%(number)s group", "%(number)s groups", number) % {"number": number},
            "reset_url": reverse("savings:groups") if chosen else "",
            "query": f"&{urlencode(asked)}",
            "csv_url": f"{reverse('savings:groups-csv')}?{urlencode(asked)}",
        },
    )


@require_GET
def groups_csv(request: HttpRequest) -> HttpResponse:
    acting = reader(request)
    found = _found(acting, GroupsFilter(request.GET).chosen(), _sort(request)).iterator(500)
    return csv_file("savings-groups", [*CSV_HEADINGS, "needs_look", "alarms"], _csv_lines(found))


def _csv_lines(found: Iterator[Any]) -> Iterator[list[Any]]:
    """A line for each group, five hundred at a time: so many share the statements that look for their alarms."""
    today = clock.now().date()
    while some := list(islice(found, 500)):
        alarms = alarms_of(some, today)
        for each in some:
            yield [
                each.name,
                str(each.uuid),
                each.unit.code,
                each.phase,
                each.currency,
                members_of(each)[0] if each.state.seq else "",
                each.state.seq,
                each.held_on.isoformat() if each.held_on else "",
                each.received_at.date().isoformat() if each.received_at else "",
                "yes" if each.needs_look else "no",
                " ".join(f"{alarm.kind}:{alarm.number}" for alarm in alarms[each.pk]),
            ]


@require_GET
def group(request: HttpRequest, uuid: UUID) -> HttpResponse:
    acting = reader(request)
    found = group_for(acting, uuid, FIGURES)
    page = Paginator(meetings_of(found), ON_A_PAGE).get_page(request.GET.get("page"))
    last = meetings_of(found).first()
    funds = funds_of(found)
    accompanies = acting.may(ACCOMPANY, found.unit_id)
    return render(
        request,
        "savings/group.html",
        {
            "group": found,
            "facts": group_facts(found, last),
            "alarms": alarm_lines(alarms_of([found], clock.now().date())[found.pk]),
            "open": [open_line(each, found) for each in open_documents(found, found.state.seq)],
            "forks": [fork_link(found, each.seq) for each in open_forks(found)],
            "decisions": [decision_link(found, each) for each in settlements_of(found)],
            "may_decide": accompanies,
            "corrections": correction_lines(corrections_of(found)) if accompanies else [],
            "not_genuine": [refused_line(each, found) for each in not_genuine(found)],
            "broken_at": broken_at(found),
            "funds": fund_rows(funds, found.currency),
            "fund_columns": [
                {"label": _("Fund")},
                {"label": _("In the box"), "figures": True},
                {"label": _("At the bank"), "figures": True},
            ],
            "others": other_facts(funds, found.currency),
            "passbooks": passbook_rows(found),
            "passbook_columns": [
                {"label": _("Member")},
                {"label": _("Stamps"), "figures": True},
                {"label": _("Saved"), "figures": True},
                {"label": _("Common project"), "figures": True},
                {"label": _("Owed on loans"), "figures": True},
                {"label": _("Open fines"), "figures": True},
                {"label": _("To take home today"), "figures": True},
            ],
            "meetings": [meeting_row(each, found) for each in page.object_list],
            "meeting_columns": [
                {"label": _("Number")},
                {"label": _("Cycle"), "figures": True},
                {"label": _("Held on")},
                {"label": _("Received")},
                {"label": _("Fingerprint")},
            ],
            "listed": page,
            "books_url": reverse("savings:books", args=[found.uuid]) if accompanies else "",
            "crumbs": [Link(_("Savings groups"), reverse("savings:groups"))],
        },
    )
