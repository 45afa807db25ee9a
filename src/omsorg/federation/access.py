"""Who may do what, where: access follows the tree, and everything not opened is closed.

A person acts through mandates. Each opens its organisation and all organisations below it, on the day asked, to what
its role may. A page asks once who is acting (`acting_of`) and hands that on; actions ask `require`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.http import HttpRequest

from omsorg.federation.models import Lineage, Organisation, Person
from omsorg.federation.roles import UnknownRole, role_called
from omsorg.kernel import clock


class NothingHere(Exception):
    """What was asked for is not there for this person: answered like something that does not exist (404)."""


class NobodySignedIn(NothingHere):
    """A page of those who work here was asked for without signing in: led to the sign-in page."""


class NotAllowed(Exception):
    """The person may see this, but none of their roles may do that here (403, with a sentence)."""

    def __init__(self, verb: str) -> None:
        super().__init__(verb)
        self.verb = verb


@dataclass(frozen=True, slots=True)
class Held:
    """One mandate in force: the role's code and the organisation where it is held."""

    role: str
    organisation_id: int


@dataclass(slots=True)
class Acting:
    """A person who acts today: where they belong, which mandates are in force, and what those open.

    Somebody who has left acts no more; `is_example` marks the invented people of the example federation. `only` holds
    the verbs that a key to the HTTP API lets through, None where the person acts at the keyboard.
    """

    person_id: int
    name: str
    organisation_id: int
    language: str
    day: date
    mandates: tuple[Held, ...]
    is_example: bool = False
    only: frozenset[str] | None = None
    _below: dict[int, frozenset[int]] = field(default_factory=dict)
    _ever_below: dict[int, frozenset[int]] = field(default_factory=dict)

    def may_anywhere(self, verb: str) -> bool:
        return any(self._allows(held, verb) for held in self.mandates)

    def seats_for(self, verb: str) -> frozenset[int]:
        """The organisations at which a mandate that may `verb` is held (not those below)."""
        return frozenset(held.organisation_id for held in self.mandates if self._allows(held, verb))

    def units_for(self, verb: str) -> frozenset[int]:
        """The ids of all organisations where this person may `verb` today, from the top of the mandate down."""
        found: set[int] = set()
        for seat in self.seats_for(verb):
            if seat not in self._below:
                self._below.update(_below([held.organisation_id for held in self.mandates], self.day))
            found |= self._below.get(seat, frozenset())
        return frozenset(found)

    def may(self, verb: str, organisation_id: int) -> bool:
        return self.may_anywhere(verb) and organisation_id in self.units_for(verb)

    def units_answered_for(self, verb: str) -> frozenset[int]:
        """The same, and those that have ended and stood below a seat on their last day: what was begun goes on."""
        seats = self.seats_for(verb)
        if not seats <= self._ever_below.keys():
            self._ever_below.update(_below(list(seats), self.day, also_ended=True))
        return frozenset[int]().union(*(self._ever_below.get(seat, frozenset()) for seat in seats))

    def answers_for(self, verb: str, organisation_id: int) -> bool:
        """Whether this person may `verb` there today, or could on its last day where it has ended."""
        return self.may_anywhere(verb) and organisation_id in self.units_answered_for(verb)

    def _allows(self, held: Held, verb: str) -> bool:
        if self.only is not None and verb not in self.only:
            return False
        try:
            return verb in role_called(held.role).may
        except UnknownRole:
            return False  # a role of a system that is off opens nothing


def _below(ancestors: list[int], day: date, *, also_ended: bool = False) -> dict[int, frozenset[int]]:
    on = "LEAST(%s, o.exists_until - 1)" if also_ended else "%s"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.ancestor_id, l.descendant_id FROM federation_lineage l"  # noqa: S608 - ours
            " JOIN federation_organisation o ON o.id = l.descendant_id WHERE l.ancestor_id = ANY(%s)"
            f" AND l.valid_from <= {on} AND (l.valid_until IS NULL OR l.valid_until > {on})",
            [ancestors, day, day],
        )
        found: defaultdict[int, set[int]] = defaultdict(set)
        for ancestor, descendant in cursor.fetchall():
            found[ancestor].add(descendant)
    return {ancestor: frozenset(below) for ancestor, below in found.items()}


def acting_as(person_id: int, *, day: date) -> Acting:
    """The person with the mandates in force on `day`, in one query.

    Raises NothingHere for a person who is unknown, or who has left by then.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, p.organisation_id, p.language, p.is_example, m.role, m.organisation_id"
            " FROM federation_person p LEFT JOIN federation_mandate m ON m.person_id = p.id"
            "  AND m.valid_from <= %s AND (m.valid_until IS NULL OR m.valid_until > %s)"
            " WHERE p.id = %s AND (p.left_on IS NULL OR p.left_on > %s) ORDER BY m.id",
            [day, day, person_id, day],
        )
        rows = cursor.fetchall()
    if not rows:
        raise NothingHere(f"person {person_id}")
    name, organisation_id, language, is_example = rows[0][:4]
    mandates = tuple(Held(role, at) for *_person, role, at in rows if role is not None)
    return Acting(person_id, name, organisation_id, language, day, mandates, is_example)


def acting_of(request: HttpRequest) -> Acting:
    """Who acts in this request; a visitor is asked to sign in (NobodySignedIn). Kept for the request."""
    kept: Acting | None = getattr(request, "_acting", None)
    if kept is not None:
        return kept
    person_id = getattr(request.user, "person_id", None)
    if person_id is None:
        raise NobodySignedIn("nobody is signed in")
    acting = acting_as(person_id, day=clock.today())
    request._acting = acting  # type: ignore[attr-defined]
    return acting


def require(acting: Acting, verb: str, organisation_id: int) -> None:
    """Pass, or raise NotAllowed: the one question every action asks first."""
    if not acting.may(verb, organisation_id):
        raise NotAllowed(verb)


def require_answering(acting: Acting, verb: str, organisation_id: int) -> None:
    """The same for what outlives an organisation: whoever stood above it on its last day still may."""
    if not acting.answers_for(verb, organisation_id):
        raise NotAllowed(verb)


def member(acting: Acting) -> Acting:
    """The door to what everybody who works with the federation may read; a stranger finds nothing here."""
    if not acting.mandates:
        raise NothingHere("no mandate in force")
    return acting


def organisation_known_to(acting: Acting, code: str) -> Organisation:
    """The door to the page of an organisation, closed ones too: open to all who hold a role."""
    member(acting)
    found = Organisation.objects.select_related("place").filter(code=code).first()
    if found is None:
        raise NothingHere(code)
    return found


def person_for(acting: Acting, code: str) -> Person:
    """The one door to a person: open to those who look after the person's organisation."""
    found = Person.objects.select_related("organisation", "account").filter(code=code).first()
    if found is None or not acting.may("people.keep", found.organisation_id):
        raise NothingHere(code)
    return found


def keeps_the_top(acting: Acting, verb: str) -> bool:
    """Whether this person may `verb` from a seat above which nobody stands: over what belongs to everybody."""
    seats = acting.seats_for(verb)
    above = Lineage.objects.filter(descendant_id__in=seats, depth__gt=0, valid_from__lte=acting.day)
    below = set(above.exclude(valid_until__lte=acting.day).values_list("descendant_id", flat=True))
    return bool(seats - below)


def require_at_the_top(acting: Acting, verb: str) -> None:
    """Pass, or raise NotAllowed: the question before touching what belongs to everybody."""
    if not keeps_the_top(acting, verb):
        raise NotAllowed(verb)
