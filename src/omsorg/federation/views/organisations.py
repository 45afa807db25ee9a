"""Organisations: the list, the tree, and the page of each one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.access import Acting, acting_of, member, organisation_known_to
from omsorg.federation.forms import OrganisationChoice
from omsorg.federation.models import Organisation
from omsorg.federation.queries.organisations import (
    acts_on,
    former_names,
    line_over_time,
    listed_organisations,
    newest_position,
    standing_below,
    tree_on,
)
from omsorg.federation.queries.people import mandates_at, mandates_of, names_of, people_kept_by
from omsorg.federation.views.frame import csv_file
from omsorg.federation.words import (
    ACTS,
    Link,
    day,
    days,
    days_of_mandate,
    days_seen_on,
    kind_word,
    listed,
    place_name,
    role_title,
)

ON_A_PAGE = 50
COLUMNS = [{"label": _("Name")}, {"label": _("Kind")}, {"label": _("Stands under")}, {"label": _("Since")}]
HOLDER_COLUMNS = [{"label": _("Who")}, {"label": _("Role")}, {"label": _("Days")}]
PEOPLE_COLUMNS = [{"label": _("Name")}, {"label": _("Roles")}]


def crumbs(*organisations: Organisation) -> list[Link]:
    """The way to an organisation's page from the list."""
    way = [Link(_("Organisations"), reverse("federation:organisations"))]
    return way + [Link(x.name, reverse("federation:organisation", args=[x.code])) for x in organisations]


def tabs(current: str) -> list[Link]:
    pages = (("organisations", _("List")), ("organisation-tree", _("Tree")), ("places", _("Places")))
    return [Link(label, reverse(f"federation:{name}"), name == current) for name, label in pages]


def _chosen(request: HttpRequest) -> tuple[OrganisationChoice, dict[str, Any]]:
    form = OrganisationChoice(request.GET)
    return form, {name: value for name, value in (form.cleaned_data if form.is_valid() else {}).items() if value}


def _found(acting: Acting, chosen: dict[str, Any]) -> Any:
    return listed_organisations(
        acting.day,
        words=chosen.get("words", ""),
        kind=chosen.get("kind", ""),
        closed=chosen.get("standing") == "closed",
    )


@require_GET
def organisations(request: HttpRequest) -> HttpResponse:
    acting = member(acting_of(request))
    form, chosen = _chosen(request)
    page = Paginator(_found(acting, chosen), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "name": x.name,
            "url": reverse("federation:organisation", args=[x.code]),
            "place": place_name(x.place),
            "kind": kind_word(x.kind),
            "under": x.parent_name,
            "under_url": reverse("federation:organisation", args=[x.parent_code]) if x.parent_code else "",
            "days": days(x.exists_from, x.exists_until),
            "is_example": x.is_example,
        }
        for x in page.object_list
    ]
    return render(
        request,
        "federation/organisations.html",
        {
            "form": form,
            "tabs": tabs("organisations"),
            "columns": COLUMNS,
            "rows": rows,
            "page_of_list": page,
            "query": f"&{urlencode(chosen)}" if chosen else "",
            "is_narrowed": bool(chosen),
            "csv_url": reverse("federation:organisations-csv") + (f"?{urlencode(chosen)}" if chosen else ""),
        },
    )


@require_GET
def organisations_csv(request: HttpRequest) -> HttpResponse:
    acting = member(acting_of(request))
    _form, chosen = _chosen(request)
    headings = ["code", "name", "kind", "under", "country", "place", "exists_from", "exists_until"]
    lines = []
    for x in _found(acting, chosen):
        where = [x.place.country_code, x.place.code] if x.place else ["", ""]
        until = x.exists_until.isoformat() if x.exists_until else ""
        lines.append([x.code, x.name, x.kind, x.parent_code or "", *where, x.exists_from.isoformat(), until])
    return csv_file("organisations", headings, lines)


@require_GET
def organisation_tree(request: HttpRequest) -> HttpResponse:
    acting = member(acting_of(request))
    return render(
        request,
        "federation/organisation_tree.html",
        {"tabs": tabs("organisation-tree"), "branches": tree_on(acting.day), "day": day(acting.day)},
    )


@require_GET
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    acting = acting_of(request)
    shown = organisation_known_to(acting, code)
    position = newest_position(shown)
    keeps = acting.may("organisations.keep", shown.pk)
    keeps_above = position is not None and acting.may("organisations.keep", position.parent_id)
    context = {
        "shown": shown,
        "crumbs": crumbs(),
        "facts": _facts(shown),
        "line": [
            {
                "days": days_seen_on(acting.day, stretch.begins, stretch.until),
                "above": [(x.name, reverse("federation:organisation", args=[x.code])) for x in stretch.line],
            }
            for stretch in line_over_time(shown)
        ],
        "below": [
            (x.name, kind_word(x.kind), reverse("federation:organisation", args=[x.code]))
            for x in standing_below(shown, acting.day)
        ],
        "keeps": keeps and shown.exists_until is None,
        "may_move": keeps and keeps_above and shown.exists_until is None,
        "may_reopen": keeps_above and shown.exists_until is not None,
        "planned": _planned(shown, position, acting) if keeps and keeps_above else "",
        "people": None,
    }
    if acting.may("people.keep", shown.pk):
        context |= _people_of(acting, shown)
    if keeps:
        context["acts"] = _acts(shown)
    return render(request, "federation/organisation.html", context)


def _facts(shown: Organisation) -> list[dict[str, Any]]:
    facts = [{"word": __("Kind"), "value": kind_word(shown.kind)}]
    if shown.place:
        facts.append({"word": __("Place"), "value": place_name(shown.place)})
    facts.append({"word": __("There"), "value": days(shown.exists_from, shown.exists_until)})
    if former := former_names(shown):
        told = [f"{each.name} ({days(each.begins, each.until)})" for each in former]
        facts.append({"word": __("Called before"), "value": "; ".join(told)})
    facts.append({"word": __("Code"), "value": shown.code})
    return facts


def _planned(shown: Organisation, position: Any, acting: Acting) -> str:
    """The sentence on a move that may still be taken back, empty where there is none."""
    if position.valid_from < acting.day or position.valid_from == shown.exists_from:
        return ""
    return __("Stands under %(parent)s from %(day)s. This can be taken back until then.") % {
        "parent": position.parent.name,
        "day": day(position.valid_from),
    }


def _people_of(acting: Acting, shown: Organisation) -> dict[str, Any]:
    people = list(people_kept_by(acting, organisation=shown)[:200])
    held = mandates_of(people, acting.day)
    return {
        "people_columns": PEOPLE_COLUMNS,
        "people": [
            {
                "name": person.name,
                "url": reverse("federation:person", args=[person.code]),
                "roles": listed(f"{role_title(m.role)} ({m.organisation.name})" for m in held.get(person.pk, [])),
            }
            for person in people
        ],
        "holder_columns": HOLDER_COLUMNS,
        "holders": [
            {
                "name": mandate.person.name,
                "from": mandate.person.organisation.name,
                "role": role_title(mandate.role),
                "days": days_of_mandate(mandate, acting.day),
            }
            for mandate in mandates_at(shown, acting.day)
        ],
        "invite_url": f"{reverse('federation:person-invite')}?organisation={shown.code}",
    }


def _acts(shown: Organisation) -> list[dict[str, Any]]:
    found = acts_on(f"organisation:{shown.code}")
    names = names_of(act.actor_id for act in found)
    return [
        {
            "on": day(act.at),
            "machine_on": act.at.isoformat(),
            "title": ACTS[act.verb],
            "by": names.get(act.actor_id or 0, ""),
            "reason": act.reason,
        }
        for act in found
    ]
