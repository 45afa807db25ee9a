"""Which organisations there are, where each stands and stood, and what was done to it."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from omsorg.federation.models import Lineage, Organisation, OrganisationName, Position
from omsorg.federation.words import ACTS
from omsorg.kernel.models import Trace

MOST_ACTS_SHOWN = 50
OLDEST_FIRST = (F("from_on").asc(nulls_first=True), "pk")
"""The order of names in which the last one that had begun is the one that holds."""


def in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gt=day))


def name_on(organisation: str, day: date) -> Subquery:
    """What the organisation in that column was called on a day; to be read along with whatever names it."""
    until_then = Q(from_on=None) | Q(from_on__lte=day)
    names = OrganisationName.objects.filter(until_then, organisation=OuterRef(organisation))
    return Subquery(names.order_by(F("from_on").desc(nulls_last=True), "-pk").values("name")[:1])


def names_on_days(organisations: Collection[int], days: Iterable[date]) -> dict[date, dict[str, str]]:
    """What each of them was called on each of the days, by its code. One query."""
    known = OrganisationName.objects.filter(organisation__in=organisations).order_by(*OLDEST_FIRST)
    rows = list(known.values_list("organisation__code", "name", "from_on"))
    return {day: {code: name for code, name, on in rows if on is None or on <= day} for day in days}


@dataclass(frozen=True, slots=True)
class FormerName:
    """What an organisation was called before: `until` is the first day of the name after it."""

    name: str
    begins: date
    until: date


def former_names(organisation: Organisation) -> list[FormerName]:
    """The names that it bore before today's, the newest first. What was put right is not among them."""
    borne: dict[date | None, str] = {}
    for name, from_on in organisation.names.order_by(*OLDEST_FIRST).values_list("name", "from_on"):
        borne[from_on] = name
    days = [on or organisation.exists_from for on in borne]
    stretches = zip(borne.values(), pairwise(days), strict=False)
    return [FormerName(name, begins, until) for name, (begins, until) in stretches][::-1]


def listed_organisations(day: date, *, words: str = "", kind: str = "", closed: bool = False) -> QuerySet[Organisation]:
    """By name, each with the one it stands under that day (`parent_name`, `parent_code`). Closed ones only if asked."""
    parent = Position.objects.filter(in_force(day), organisation=OuterRef("pk"))
    found = Organisation.objects.select_related("place").annotate(
        parent_name=Subquery(parent.values("parent__name")[:1]),
        parent_code=Subquery(parent.values("parent__code")[:1]),
    )
    is_open = Q(exists_until=None) | Q(exists_until__gt=day)
    found = found.exclude(is_open) if closed else found.filter(is_open)
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(code__icontains=words))
    return found.order_by(Lower("name"), "pk")


@dataclass(slots=True)
class Branch:
    """An organisation with those that stand below it."""

    name: str
    code: str
    kind: str
    below: list["Branch"] = field(default_factory=list)


def tree_on(day: date) -> list[Branch]:
    """The tree as it stands on a day, from the tops down, siblings by name. One query."""
    parent = Position.objects.filter(in_force(day), organisation=OuterRef("pk")).values("parent_id")[:1]
    there = Organisation.objects.filter(Q(exists_until=None) | Q(exists_until__gt=day), exists_from__lte=day)
    rows = there.annotate(parent_id=Subquery(parent)).order_by(Lower("name"), "pk")
    branches: dict[int, Branch] = {}
    under: defaultdict[int | None, list[int]] = defaultdict(list)
    for pk, code, name, kind, parent_id in rows.values_list("pk", "code", "name", "kind", "parent_id"):
        branches[pk] = Branch(name, code, kind)
        under[parent_id].append(pk)
    for parent_id, children in under.items():
        if parent_id in branches:
            branches[parent_id].below = [branches[child] for child in children]
    tops = [pk for parent_id, children in under.items() if parent_id not in branches for pk in children]
    return [branches[pk] for pk in tops]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days with one and the same line of ancestors, the nearest first; `until` is the first day after."""

    begins: date
    until: date | None
    line: tuple[Organisation, ...]


def line_over_time(organisation: Organisation) -> list[Stretch]:
    """Under which organisations it stood and stands, stretch by stretch, newest first; the top: none. One query."""
    above = Lineage.objects.filter(descendant=organisation, depth__gt=0).select_related("ancestor")
    rows = list(above.order_by("depth"))
    cuts = sorted({row.valid_from for row in rows} | {row.valid_until for row in rows if row.valid_until})
    found: list[Stretch] = []
    for begins, until in zip(cuts, [*cuts, None][1:], strict=True):
        holding = [x for x in rows if x.valid_from <= begins and (x.valid_until is None or x.valid_until > begins)]
        line = tuple(row.ancestor for row in holding)
        if line:
            found.append(Stretch(begins, until, line))
    return found[::-1]


def standing_below(organisation: Organisation, day: date) -> QuerySet[Organisation]:
    """The organisations that stand directly under this one on a day, by name."""
    positions = Position.objects.filter(in_force(day), parent=organisation).values("organisation_id")
    there = Organisation.objects.filter(Q(exists_until=None) | Q(exists_until__gt=day), pk__in=positions)
    return there.order_by(Lower("name"), "pk")


def newest_position(organisation: Organisation) -> Position | None:
    newest = Position.objects.filter(organisation=organisation).select_related("parent")
    return newest.order_by("-valid_from").first()


def position_on(organisation: Organisation, day: date) -> Position | None:
    """Where it stands on a day; None at the top of the tree, and where it was not there."""
    return Position.objects.filter(in_force(day), organisation=organisation).select_related("parent").first()


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, as the history of an organisation or a person shows it."""

    verb: str
    at: date
    actor_id: int | None
    reason: str


def acts_on(subject: str) -> list[Act]:
    """What was done to an organisation or a person, newest first: as far as the reader may see the trail."""
    seen = Trace.objects.filter(subject=subject, verb__in=ACTS).order_by("-at", "-id")[:MOST_ACTS_SHOWN]
    return [
        Act(trace.verb, trace.at.date(), trace.actor, str(json.loads(trace.details).get("reason", "")))
        for trace in seen
    ]


def where_kept(units: frozenset[int], *, but: Organisation | None = None) -> QuerySet[Organisation]:
    """The organisations to choose from among `units`, by name."""
    found = Organisation.objects.filter(pk__in=units, exists_until=None).order_by(Lower("name"), "pk")
    return found.exclude(pk=but.pk) if but else found
