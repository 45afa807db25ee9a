"""Sums over groups, quarter by quarter, as the database tells them: of few groups that have not agreed, nothing."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from omsorg.federation.access import Acting
from omsorg.federation.models import Lineage, Organisation
from omsorg.savings.access import ACCOMPANY, FIGURES
from omsorg.savings.models import Group, Quarter
from omsorg.savings.rules.quarters import Figures


@dataclass(frozen=True, slots=True)
class Told:
    """The groups of one place and of all below it, in one currency. `groups`: how many met in the quarter; `closed` of
    them have not agreed that their figures are opened. `figures` is None where they are withheld."""

    unit_id: int
    currency: str
    groups: int
    closed: int
    figures: Figures | None


def told_of(units: Collection[int], quarter: date, *, example: bool = False) -> list[Told]:
    """What is told of each of these places to whoever asks, who reads figures or accompanies groups there; nothing of a
    place where no group met. Sums may be thousands of groups; what is withheld is decided over all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id, currency, groups, closed, figures::text[] FROM savings_told(%s, %s, %s, %s)"
            " ORDER BY currency, unit_id",
            [quarter, example, list(units), settings.ENVIRONMENT.small_cell],
        )
        return [
            Told(unit, currency, groups, closed, Figures(*map(int, figures)) if figures else None)
            for unit, currency, groups, closed, figures in cursor.fetchall()
        ]


def places_read_by(acting: Acting) -> list[Organisation]:
    """The places whose figures this person reads, those above first."""
    found = Organisation.objects.filter(pk__in={*acting.units_for(FIGURES), *acting.units_for(ACCOMPANY)})
    depth = dict(
        Lineage.objects.filter(Lineage.standing(acting.day), descendant__in=found)
        .order_by("depth")
        .values_list("descendant_id", "depth")
    )
    return sorted(found, key=lambda each: (depth.get(each.pk, 0), each.name))


def places_right_below(place: Organisation, day: date) -> list[Organisation]:
    """What stands right below a place, by name."""
    below = Lineage.objects.filter(Lineage.standing(day), ancestor=place, depth=1).values("descendant_id")
    return list(Organisation.objects.filter(pk__in=below).order_by("name", "pk"))


def quarters_met(*, example: bool) -> list[date]:
    """The quarters in which any group met in the places that the reader reads, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT savings_quarters_met(%s)", [example])
        return [row[0] for row in cursor.fetchall()]


def groups_seen(place: Organisation, quarter: date, *, example: bool = False) -> list[Quarter]:
    """The groups of a place itself that met in a quarter and that the reader may see one by one, by name."""
    of_place = Quarter.objects.filter(group__unit=place, group__is_example=example, quarter=quarter)
    found = of_place.select_related("group")
    return list(found.order_by("group__name", "group"))


def quarters_of_group(group: Group) -> list[Quarter]:
    """A group's quarters, the newest first."""
    return list(Quarter.objects.filter(group=group).order_by("-quarter"))


@dataclass(frozen=True, slots=True)
class MeetingFigures:
    """One meeting of a cycle: who came, and what stood on the accounts after it."""

    seq: int
    mark: str
    held_on: date
    called: int
    present: int
    saved: int
    lent: int
    cash: int


CYCLE = """
SELECT m.seq, m.cycle, r.mark, m.held_on, r.document,
    coalesce(-sum(p.amount) FILTER (WHERE p.account LIKE 'share:%%'), 0)::text,
    coalesce(sum(p.amount) FILTER (WHERE p.account LIKE 'loan:%%'), 0)::text,
    coalesce(sum(p.amount) FILTER (WHERE p.account IN ('cash:loan', 'bank:loan')), 0)::text
FROM savings_meeting m JOIN savings_received r ON r.id = m.received_id
LEFT JOIN savings_posting p ON p.meeting_id = m.received_id
WHERE m.group_id = %s GROUP BY m.received_id, r.id ORDER BY m.seq
"""


def meetings_of_cycle(group: Group) -> list[MeetingFigures]:
    """The meetings of a group's newest cycle, in their order, added up from their postings."""
    found: list[MeetingFigures] = []
    saved = lent = cash = now = 0
    with connection.cursor() as cursor:
        cursor.execute(CYCLE, [group.pk])
        for seq, cycle, mark, held_on, document, *amounts in cursor.fetchall():
            saved, lent, cash = (was + int(more) for was, more in zip((saved, lent, cash), amounts, strict=True))
            if cycle != now:
                found, now = [], cycle
            lines = json.loads(document)["lines"]
            roll = [line["how"] for line in lines if line["kind"] == "attendance"]
            present = roll.count("present") + roll.count("late")
            found.append(MeetingFigures(seq, mark, held_on, len(roll), present, saved, lent, cash))
    return found
