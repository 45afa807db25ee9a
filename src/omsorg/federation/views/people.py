"""People: the list of those one looks after, and the page of each one."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from omsorg.federation.access import Acting, NotAllowed, acting_of, member, person_for
from omsorg.federation.actions.roles import KEEP
from omsorg.federation.forms import PeopleChoice
from omsorg.federation.models import Mandate, Person
from omsorg.federation.queries.organisations import acts_on
from omsorg.federation.queries.people import every_mandate_of, mandates_of, names_of, people_kept_by
from omsorg.federation.second_factor import has_second_factor, roles_with_second_factor
from omsorg.federation.views.frame import csv_file
from omsorg.federation.words import ACTS, Link, day, days_of_mandate, role_title

ON_A_PAGE = 50
COLUMNS = [{"label": _("Name")}, {"label": _("Belongs to")}, {"label": _("Roles")}, {"label": _("Account")}]
ROLE_COLUMNS = [{"label": _("Role")}, {"label": _("Days")}, {"label": _("What you can do")}]


def keeper(request: HttpRequest) -> Acting:
    """Whoever looks after people somewhere; others who work here are told which role it takes."""
    acting = member(acting_of(request))
    if not acting.may_anywhere(KEEP):
        raise NotAllowed(KEEP)
    return acting


def crumbs(*people: Person) -> list[Link]:
    way = [Link(_("People"), reverse("federation:people"))]
    return way + [Link(x.name, reverse("federation:person", args=[x.code])) for x in people]


def _chosen(request: HttpRequest) -> tuple[PeopleChoice, dict[str, Any]]:
    form = PeopleChoice(request.GET)
    return form, {name: value for name, value in (form.cleaned_data if form.is_valid() else {}).items() if value}


def _found(acting: Acting, chosen: dict[str, Any]) -> Any:
    return people_kept_by(
        acting,
        words=chosen.get("words", ""),
        role=chosen.get("role", ""),
        standing=chosen.get("standing", "here"),
    )


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    acting = keeper(request)
    form, chosen = _chosen(request)
    page = Paginator(_found(acting, chosen), ON_A_PAGE).get_page(request.GET.get("page"))
    held = mandates_of(page.object_list, acting.day)
    rows = [
        {
            "name": person.name,
            "url": reverse("federation:person", args=[person.code]),
            "email": person.email,
            "organisation": person.organisation.name,
            "roles": [f"{role_title(m.role)}, {m.organisation.name}" for m in held.get(person.pk, [])],
            "account": account_in_words(person, held.get(person.pk, []), person.has_second_factor),
            "is_example": person.is_example,
        }
        for person in page.object_list
    ]
    return render(
        request,
        "federation/people.html",
        {
            "form": form,
            "columns": COLUMNS,
            "rows": rows,
            "page_of_list": page,
            "query": f"&{urlencode(chosen)}" if chosen else "",
            "is_narrowed": bool(chosen),
            "csv_url": reverse("federation:people-csv") + (f"?{urlencode(chosen)}" if chosen else ""),
        },
    )


@require_GET
def people_csv(request: HttpRequest) -> HttpResponse:
    acting = keeper(request)
    _form, chosen = _chosen(request)
    found = list(_found(acting, chosen))
    held = mandates_of(found, acting.day)
    lines = []
    for person in found:
        roles = " ".join(f"{m.role}@{m.organisation.code}" for m in held.get(person.pk, []))
        left = person.left_on.isoformat() if person.left_on else ""
        lines.append([person.name, person.email, person.organisation.code, roles, left])
    return csv_file("people", ["name", "email", "organisation", "roles", "left_on"], lines)


def account_in_words(person: Person, held: list[Mandate], has_factor: bool) -> str:
    """How the account stands: left, not yet used, without the second factor that a role asks for, in use."""
    if person.left_on is not None:
        return __("ended, %(day)s was the first day without") % {"day": day(person.left_on)}
    account = getattr(person, "account", None)
    if account is None:
        return __("no account")
    if account.last_login is None:
        return __("invited, not yet signed in")
    if not has_factor and any(m.role in roles_with_second_factor() for m in held):
        return __("no second factor yet")
    return __("last signed in %(day)s") % {"day": day(account.last_login.date())}


@require_GET
def person(request: HttpRequest, code: str) -> HttpResponse:
    acting = acting_of(request)
    shown = person_for(acting, code)
    account = getattr(shown, "account", None)
    has_factor = account is not None and has_second_factor(account.pk)
    mandates = every_mandate_of(shown.pk)
    acts = acts_on(f"person:{shown.pk}")
    names = names_of(act.actor_id for act in acts)
    in_force = [m for m in mandates if m.valid_until is None or m.valid_until > acting.day]
    return render(
        request,
        "federation/person.html",
        {
            "shown": shown,
            "has_second_factor": has_factor,
            "is_self": shown.pk == acting.person_id,
            "crumbs": crumbs(),
            "facts": _facts(shown, in_force, has_factor),
            "columns": ROLE_COLUMNS,
            "mandates": [_mandate_row(acting, shown, mandate) for mandate in mandates],
            "may_invite_again": account is not None and shown.left_on is None and account.last_login is None,
            "acts": [
                {
                    "on": day(act.at),
                    "machine_on": act.at.isoformat(),
                    "title": ACTS[act.verb],
                    "by": names.get(act.actor_id or 0, ""),
                }
                for act in acts
            ],
        },
    )


def _facts(shown: Person, in_force: list[Mandate], has_factor: bool) -> list[dict[str, Any]]:
    organisation = shown.organisation
    account = getattr(shown, "account", None)
    return [
        {
            "word": __("Belongs to"),
            "value": organisation.name,
            "url": reverse("federation:organisation", args=[organisation.code]),
        },
        *([{"word": __("Signs in with"), "value": account.email}] if account else []),
        {"word": __("Letters in"), "value": dict(settings.LANGUAGES).get(shown.language, shown.language)},
        {"word": __("Account"), "value": account_in_words(shown, in_force, has_factor)},
        {"word": __("Second factor"), "value": __("yes") if has_factor else __("no")},
    ]


def _mandate_row(acting: Acting, shown: Person, mandate: Mandate) -> dict[str, Any]:
    is_over = mandate.valid_until is not None and mandate.valid_until <= acting.day
    may_end = not is_over and acting.may(KEEP, mandate.organisation_id)
    return {
        "role": role_title(mandate.role),
        "where": mandate.organisation.name,
        "where_url": reverse("federation:organisation", args=[mandate.organisation.code]),
        "days": days_of_mandate(mandate, acting.day),
        "is_over": is_over,
        "end_url": reverse("federation:role-end", args=[shown.code, mandate.pk]) if may_end else "",
    }
