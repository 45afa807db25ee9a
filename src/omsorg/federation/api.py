"""The federation in the HTTP API: which organisations there are, which roles, and in whose name a key acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from omsorg.federation.access import NothingHere, acting_of
from omsorg.federation.api_door import Key, KeyHolder
from omsorg.federation.models import Organisation
from omsorg.federation.queries.public_tree import line_of, only_below, organisations_on
from omsorg.federation.roles import Role, all_roles
from omsorg.federation.scopes import all_scopes
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, READING, Page, Paging, page_of, page_of_query
from omsorg.kernel.api.types import Code, Day, Words

router = Router(tags=["Federation"])


class OrganisationKind(StrEnum):
    """What sort of organisation it is."""

    INTERNATIONAL = Organisation.Kind.INTERNATIONAL.value
    REGION = Organisation.Kind.REGION.value
    NATIONAL_ASSOCIATION = Organisation.Kind.NATIONAL_ASSOCIATION.value
    PROGRAMME = Organisation.Kind.PROGRAMME.value
    LOCAL_PARTNER = Organisation.Kind.LOCAL_PARTNER.value
    MUNICIPALITY = Organisation.Kind.MUNICIPALITY.value
    AUTHORITY = Organisation.Kind.AUTHORITY.value
    NETWORK = Organisation.Kind.NETWORK.value


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation on one day. `parent` is the code of the one it stands under; `country` ISO 3166-1 alpha-2."""

    code: str
    kind: OrganisationKind
    name: str
    parent: str | None
    country: str
    language: str
    exists_from: date
    exists_until: date | None
    is_example: bool


@dataclass(frozen=True, slots=True)
class OrganisationInTree:
    """One organisation with those above it (the top first) and those directly below it."""

    organisation: OrganisationRow
    above: Sequence[str]
    below: Sequence[OrganisationRow]


class WhichOrganisations(Paging):
    """Which organisations are asked for."""

    q: Words = Field("", description="Words of the name or the code.")
    kind: OrganisationKind | None = Field(None, description="Only this kind.")
    below: Code | None = Field(None, description="Only those below this one, however deep.")
    country: Words = Field("", description="Only those of this country, by its code of two letters.")
    on: Day | None = Field(None, description="As it stood on this day; today where none is given.")


class OnDay(BaseModel):
    """As of which day."""

    on: Day | None = Field(None, description="As it stood on this day; today where none is given.")


@router.get("/organisations", response={200: Page[OrganisationRow], **READING})
def list_organisations(request: HttpRequest, which: Query[WhichOrganisations]) -> Page[OrganisationRow]:
    """The organisations of the federation, and those beside it, as they stood on a day."""
    day = which.on or clock.today()
    found = organisations_on(day)
    if which.below:
        found = only_below(found, which.below, day)
    if which.kind:
        found = found.filter(kind=which.kind)
    if which.country:
        found = found.filter(place__country_code__iexact=which.country)
    for word in which.q.split():
        found = found.filter(Q(name_then__icontains=word) | Q(code__icontains=word))
    return page_of_query(found, which, _row)


@router.get("/organisations/{code}", response={200: OrganisationInTree, **READING})
def read_organisation(request: HttpRequest, code: Code, which: Query[OnDay]) -> OrganisationInTree:
    """One organisation with its place in the tree on a day."""
    day = which.on or clock.today()
    found = organisations_on(day).filter(code=code).first()
    if found is None:
        raise NothingHere(code)
    below = [_row(each) for each in organisations_on(day).filter(parent_code=code)]
    return OrganisationInTree(_row(found), line_of(found, day), below)


def _row(found: Any) -> OrganisationRow:
    return OrganisationRow(
        code=found.code,
        kind=OrganisationKind(found.kind),
        name=found.name_then,
        parent=found.parent_code,
        country=found.place.country_code if found.place else "",
        language=found.language,
        exists_from=found.exists_from,
        exists_until=found.exists_until,
        is_example=found.is_example,
    )


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role: what it lets a person do, in words and as verbs, and at which kinds of organisation it is held."""

    code: str
    title: str
    sentence: str
    may: Sequence[str]
    held_at: Sequence[str]


@router.get("/roles", response={200: Page[RoleRow], **READING})
def list_roles(request: HttpRequest, paging: Query[Paging]) -> Page[RoleRow]:
    """The roles of the systems that are on. A role opens its organisation and everything below it."""
    return page_of([_role(role) for role in all_roles()], paging)


def _role(role: Role) -> RoleRow:
    return RoleRow(role.code, str(role.title), str(role.sentence), sorted(role.may), sorted(role.held_at))


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One thing that a key may be made for. It never opens more than its person's roles do."""

    code: str
    sentence: str
    may: Sequence[str]


@router.get("/scopes", response={200: Page[ScopeRow], **READING})
def list_scopes(request: HttpRequest, paging: Query[Paging]) -> Page[ScopeRow]:
    """What a key can be made for."""
    return page_of([ScopeRow(each.code, str(each.sentence), sorted(each.may)) for each in all_scopes()], paging)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that is held today, and the organisation at which it is held."""

    role: str
    organisation: str


@dataclass(frozen=True, slots=True)
class KeyShown:
    """In whose name the key acts today, for what it was made, and which roles it can use."""

    person: str
    organisation: str
    scopes: Sequence[str]
    roles: Sequence[HeldRole]


@router.get("/key", response={200: KeyShown, **KEYED}, auth=Key())
def read_key(request: HttpRequest) -> KeyShown:
    """In whose name this key acts, and what it opens."""
    acting = acting_of(request)
    ids = {acting.organisation_id, *(held.organisation_id for held in acting.mandates)}
    codes = dict(Organisation.objects.filter(pk__in=ids).values_list("pk", "code"))
    scopes = request.user.scopes if isinstance(request.user, KeyHolder) else ()
    return KeyShown(
        person=acting.name,
        organisation=codes[acting.organisation_id],
        scopes=sorted(scopes),
        roles=[HeldRole(held.role, codes[held.organisation_id]) for held in acting.mandates],
    )
