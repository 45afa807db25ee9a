"""The register of panels: children help to choose whoever is to listen to them."""

from collections.abc import Mapping
from datetime import date, datetime

from omsorg.federation.access import Acting
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.zones import latest_day
from omsorg.ombuds.access import OpenRing, at_the_desk, ombuds_database, require_ear
from omsorg.ombuds.actions.cases import Kept
from omsorg.ombuds.actions.passphrases import OFFICE_BOOK
from omsorg.ombuds.models import Panel, random_id
from omsorg.ombuds.queries.mandates import who_may_be_recruited
from omsorg.ombuds.queries.rings import ring_that_counts
from omsorg.ombuds.rules.awareness import AGES, SEXES
from omsorg.ombuds.rules.refusals import DayAhead, MoreThanWereThere, NothingSaid, NotThisPerson


def enter_panel(
    *,
    on: date,
    country: str,
    place: str,
    post: str,
    children: int,
    unit: str = "",
    by_age: Mapping[str, int | None] | None = None,
    by_sex: Mapping[str, int | None] | None = None,
    recruited: int | None = None,
    looked_for: str = "",
    record: int | None = None,
    ring: OpenRing,
    by: Acting,
    at: datetime,
) -> Kept:
    """Keep a panel: where, how many children, for which post, what they looked for, and who got it if that is known.

    `recruited` is somebody who holds a role of this office today. `record` is made with the form; sending it twice is
    harmless.
    """
    require_ear(by, ring)
    if not (place.strip() and post.strip() and children):
        raise NothingSaid
    if on > latest_day(at):
        raise DayAhead
    ages, sexes = _groups(AGES, by_age), _groups(SEXES, by_sex)
    if max(sum(ages.values()), sum(sexes.values())) > children:
        raise MoreThanWereThere
    if recruited is not None and recruited not in dict(who_may_be_recruited(at.date())):
        raise NotThisPerson
    with at_the_desk(by.person_id):
        ring_that_counts(by.person_id)
        number = record or random_id()
        if Panel.objects.filter(pk=number).exists():
            return Kept(number, False)
        Panel.objects.create(
            id=number,
            on=on,
            by=by.person_id,
            country=country.upper(),
            unit=unit,
            place=place.strip(),
            post=post.strip(),
            recruited=recruited,
            children=children,
            by_age=ages,
            by_sex=sexes,
            looked_for=looked_for.strip(),
        )
        leave_trace(
            "enter_panel", f"panel:{number:x}", by=by.person_id, at=at, book=OFFICE_BOOK, using=ombuds_database()
        )
        return Kept(number, True)


def _groups(known: tuple[str, ...], counts: Mapping[str, int | None] | None) -> dict[str, int]:
    """The groups that were told; a group that is none of ours is left out."""
    return {name: count for name in known if (count := (counts or {}).get(name))}
