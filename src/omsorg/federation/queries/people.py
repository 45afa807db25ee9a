"""The people one looks after, the roles they hold, and where an account is signed in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from omsorg.federation.access import Acting
from omsorg.federation.models import Mandate, Organisation, Person
from omsorg.federation.queries.organisations import in_force
from omsorg.federation.second_factor import SECOND_FACTORS
from omsorg.federation.words import browser_in_words

STANDINGS = ("here", "invited", "left")


def people_kept_by(
    acting: Acting,
    *,
    words: str = "",
    organisation: Organisation | None = None,
    role: str = "",
    standing: str = "here",
) -> QuerySet[Person]:
    """The people this person looks after, by name, with organisation, account and `has_second_factor`.

    `standing`: here (not left), invited (here, and has never signed in), left.
    """
    units = acting.units_for("people.keep")
    gone = Q(left_on__lte=acting.day)
    factors = Authenticator.objects.filter(user_id=OuterRef("account__pk"), type__in=SECOND_FACTORS)
    found = Person.objects.select_related("organisation", "account").annotate(has_second_factor=Exists(factors))
    found = found.filter(organisation_id__in=[organisation.pk] if organisation else units)
    found = found.filter(gone) if standing == "left" else found.exclude(gone)
    if standing == "invited":
        found = found.filter(account__last_login=None)
    if role:
        found = found.filter(Exists(Mandate.objects.filter(in_force(acting.day), person=OuterRef("pk"), role=role)))
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(email__icontains=words) | Q(organisation__name__icontains=words)
        )
    return found.order_by(Lower("name"), "pk")


def mandates_of(people: Iterable[Person], day: date) -> dict[int, list[Mandate]]:
    """The roles that each of these people holds on a day, as far as the reader may see them. One query."""
    held = Mandate.objects.filter(in_force(day), person__in=[person.pk for person in people])
    found: defaultdict[int, list[Mandate]] = defaultdict(list)
    for mandate in held.select_related("organisation").order_by("role", "pk"):
        found[mandate.person_id].append(mandate)
    return found


def every_mandate_of(person_id: int) -> list[Mandate]:
    """Every role this person has held, holds or will hold, the newest first."""
    return list(
        Mandate.objects.filter(person_id=person_id).select_related("organisation").order_by("-valid_from", "-pk")
    )


def mandates_at(organisation: Organisation, day: date) -> list[Mandate]:
    """Who holds which role at this organisation on a day, people from elsewhere included."""
    held = Mandate.objects.filter(in_force(day), organisation=organisation)
    return list(held.select_related("person", "person__organisation").order_by("role", "person__name"))


def holders_by_role(units: frozenset[int], day: date) -> dict[str, list[Mandate]]:
    """Who holds which role at these organisations on a day, by the role's code. One query."""
    held = Mandate.objects.filter(in_force(day), organisation_id__in=units).select_related("person", "organisation")
    found: defaultdict[str, list[Mandate]] = defaultdict(list)
    for mandate in held.order_by("organisation__name", "person__name"):
        found[mandate.role].append(mandate)
    return found


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """The names of those among these people whom the reader may see."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class SignedInAt:
    """One place where an account is signed in."""

    number: int
    since: datetime
    address: str
    browser: str
    is_here: bool


def sessions_of(account_id: int, *, here: str | None, at: datetime) -> list[SignedInAt]:
    """Where the account is signed in now, this very session first. Those that have run out are not shown."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    found = UserSession.objects.filter(Exists(alive), user_id=account_id).order_by("-created_at")
    rows = [SignedInAt(x.pk, x.created_at, x.ip, browser_in_words(x.user_agent), x.session_key == here) for x in found]
    return sorted(rows, key=lambda row: not row.is_here)
