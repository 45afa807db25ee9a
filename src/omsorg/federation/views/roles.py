"""Roles: what each lets a person do, and who holds it for those who look after people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from omsorg.federation.access import acting_of, member
from omsorg.federation.actions.roles import KEEP
from omsorg.federation.queries.people import holders_by_role
from omsorg.federation.roles import EVERY_KIND, Role, all_roles, what_it_may
from omsorg.federation.second_factor import is_excused, roles_with_second_factor
from omsorg.federation.words import days_of_mandate, kind_word, listed

MOST_SHOWN = 100


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    acting = member(acting_of(request))
    looks_after_people = acting.may_anywhere(KEEP)
    holders = holders_by_role(acting.units_for(KEEP), acting.day) if looks_after_people else {}
    own = {held.role for held in acting.mandates}
    return render(
        request,
        "federation/roles.html",
        {
            "looks_after_people": looks_after_people,
            "is_excused": is_excused(acting),
            "roles": [
                {
                    **in_words(role),
                    "is_own": role.code in own,
                    "count": len(holders.get(role.code, [])),
                    "holders": [
                        {
                            "name": mandate.person.name,
                            "url": reverse("federation:person", args=[mandate.person.code]),
                            "where": mandate.organisation.name,
                            "days": days_of_mandate(mandate, acting.day),
                        }
                        for mandate in holders.get(role.code, [])[:MOST_SHOWN]
                    ],
                }
                for role in all_roles()
            ],
        },
    )


def in_words(role: Role) -> dict[str, Any]:
    """A role as it is told to people, here and in the reference."""
    return {
        "code": role.code,
        "title": role.title,
        "sentence": role.sentence,
        "may": what_it_may(role),
        "asks_for_second_factor": role.code in roles_with_second_factor(),
        "held_at": "" if role.held_at == EVERY_KIND else listed(sorted(kind_word(kind) for kind in role.held_at)),
    }
