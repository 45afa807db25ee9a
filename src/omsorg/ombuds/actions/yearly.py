"""A year is told to everybody: counted by the house, frozen by a member of the board, and never changed."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from omsorg.federation.access import Acting, NotAllowed
from omsorg.kernel.trail import leave_trace
from omsorg.ombuds.access import OpenRing, at_the_desk, in_name_of_the_house, ombuds_database, require_ear
from omsorg.ombuds.actions.passphrases import OFFICE_BOOK
from omsorg.ombuds.models import Advice, Case, Panel, Visit, YearTold
from omsorg.ombuds.queries.rings import highest_level
from omsorg.ombuds.rules.levels import Level
from omsorg.ombuds.rules.refusals import YearNotOver, YearToldAlready
from omsorg.ombuds.rules.yearly import Heard, panels_shown, share_shown, year_shown

KEPT, MISSED = "kept", "missed"


def count_year(year: int, *, reader: int) -> dict[str, Any]:
    """What the report of a year would say now: nothing in it is a small number of children.

    Cases are counted by the house, which opens none. Visits and panels are the office's own: they are counted in the
    name of somebody who hears.
    """
    smallest = settings.ENVIRONMENT.small_cell
    with in_name_of_the_house():
        cases = Case.objects.filter(opened_on__year=year, is_example=False).values_list(
            "country", "channel", "level", "promises_missed", "helped"
        )
        told = year_shown(
            (
                Heard(country, channel, level, MISSED if missed else KEPT, helped)
                for country, channel, level, missed, helped in cases
            ),
            smallest=smallest,
        )
    with at_the_desk(reader):
        visits = list(Visit.objects.filter(on__year=year).values_list("children", "know_their_ombudsperson"))
        panels = list(Panel.objects.filter(on__year=year).values_list("children", "by_age", "by_sex"))
        advice = list(Advice.objects.filter(published_on__year=year).values_list("answer", "done_on"))
    met = sum(children for children, _known in visits)
    asked = [(children, known) for children, known in visits if known is not None]
    return {
        **asdict(told),
        "smallest": smallest,
        "visits": len(visits),
        "met": met if met >= smallest else None,
        "know": share_shown(sum(k for _c, k in asked), sum(c for c, _k in asked), smallest=smallest),
        "panels": panels_shown(panels, smallest=smallest),
        "advice": {
            "made": len(advice),
            "accepted": sum(answer in ("accepted", "partly") for answer, _done in advice),
            "refused": sum(answer == "refused" for answer, _done in advice),
            "done": sum(done is not None for _answer, done in advice),
        },
    }


def tell_year(*, year: int, ring: OpenRing, by: Acting, at: datetime) -> YearTold:
    """Publish the report of a year that is over. It never changes, and there is one of each year."""
    require_ear(by, ring)
    with at_the_desk(by.person_id):
        if highest_level(by.person_id, at.date()) is not Level.BOARD:
            raise NotAllowed("ombuds.recover")
    if at.date() < date(year + 1, 1, 1):
        raise YearNotOver(year=year)
    said = count_year(year, reader=by.person_id)
    with at_the_desk(by.person_id):
        try:
            with transaction.atomic(using=ombuds_database()):
                told = YearTold.objects.create(year=year, said=said, told_on=at.date(), told_by=by.person_id)
        except IntegrityError:
            raise YearToldAlready(year=year) from None
        leave_trace("tell_year", f"year:{year}", by=by.person_id, at=at, book=OFFICE_BOOK, using=ombuds_database())
        return told
