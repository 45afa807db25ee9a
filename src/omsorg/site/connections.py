"""Openings that a system leaves for another: filled here when the house starts, where both are on.

The ombuds system hands a copy that a child agreed to over to the desk for incidents, and asks it about its clocks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from omsorg.federation.models import Organisation
from omsorg.kernel import clock
from omsorg.kernel.wall import as_house

if TYPE_CHECKING:
    from omsorg.ombuds.neighbours import Clock, Copy


def connect_systems() -> None:
    """Fill every opening whose other side is on. Run again it changes nothing."""
    if {"ombuds", "safeguarding"} <= set(settings.SYSTEMS):
        from omsorg.ombuds.neighbours import connect

        connect(incident_desk=Incidents())


class Incidents:
    """The desk for incidents, as the ombuds system knows it (`omsorg.ombuds.neighbours.IncidentDesk`)."""

    def receive_copy(self, copy: Copy, *, at: datetime) -> str:
        """Take a copy in, as a concern about its unit, or about the association of its country where it names none."""
        from omsorg.safeguarding.actions.raising import Concern, receive_copy

        with as_house():
            concern = Concern(place=_place_of(copy.unit, copy.country), what=copy.what)
            return receive_copy(concern=concern, reference=f"ombuds {copy.reference}", at=at)

    def clocks_of(self, reference: str) -> tuple[Clock, ...]:
        """The steps that are owed for a copy, each with its last day and the day on which it was done."""
        from omsorg.ombuds.neighbours import Clock
        from omsorg.safeguarding.queries.incident import clocks_of_copy

        with as_house():
            running = clocks_of_copy(reference, now=clock.now())
        return tuple(
            Clock(each.clock, _last_day(each.due_at), each.done_at.date() if each.done_at else None) for each in running
        )


def _last_day(due_at: datetime) -> date:
    """The last day on which it is in time: what is over at midnight was due the day before."""
    return (due_at - timedelta(microseconds=1)).date()


def _place_of(unit: str, country: str) -> Organisation:
    """The organisation a copy is about: its unit, else the association of its country, else the top."""
    named = Organisation.objects.filter(code=unit).first()
    if named is not None:
        return named
    there = Organisation.objects.filter(place__country_code=country, kind=Organisation.Kind.NATIONAL_ASSOCIATION)
    top = Organisation.objects.filter(kind=Organisation.Kind.INTERNATIONAL)
    return there.order_by("pk").first() or top.order_by("pk")[0]
