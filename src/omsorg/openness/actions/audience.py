"""Keeping the lists of sponsors and donors: changed in place, ended and not deleted."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.trail import leave_trace
from omsorg.openness.access import TELL
from omsorg.openness.actions.locks import hold
from omsorg.openness.models import AudienceList, Recipient

FIELDS = ["name", "giver", "language", "channel", "address", "reading", "ended_on"]


class Line(Protocol):
    """One line of a list, and what stands there already."""

    @property
    def programme(self) -> Organisation: ...
    @property
    def reference(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def giver(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def reading(self) -> str: ...
    @property
    def standing(self) -> Recipient | None: ...


@transaction.atomic
def keep_audience(*, rows: Sequence[Line], is_whole: bool, by: Acting, at: datetime) -> int:
    """Keep lines of lists. `is_whole`: whoever is not among them is ended in their programmes. Says how many are."""
    by_programme: defaultdict[Organisation, list[Line]] = defaultdict(list)
    for row in rows:
        by_programme[row.programme].append(row)
    ended = 0
    for programme, mine in sorted(by_programme.items(), key=lambda each: each[0].pk):
        require(by, TELL, programme.pk)
        hold("audience", programme.pk)
        Recipient.objects.bulk_create(_recipient(row) for row in mine if row.standing is None)
        known = [_changed(row) for row in mine if row.standing is not None]
        Recipient.objects.bulk_update(known, FIELDS)
        gone = 0
        if is_whole:
            others = Recipient.objects.filter(programme=programme, ended_on=None)
            gone = others.exclude(reference__in=[row.reference for row in mine]).update(ended_on=at.date())
        ended += gone
        if is_whole:
            _looked_through(programme, by, at)
        leave_trace(
            "keep_audience",
            f"organisation:{programme.code}",
            by=by.person_id,
            at=at,
            organisation=programme.pk,
            details={"lines": len(mine), "ended": gone},
        )
    return ended


@transaction.atomic
def look_through(*, programme: Organisation, by: Acting, at: datetime) -> None:
    """Say that a programme's whole list was looked through, and is right as it stands."""
    require(by, TELL, programme.pk)
    hold("audience", programme.pk)
    _looked_through(programme, by, at)
    subject = f"organisation:{programme.code}"
    leave_trace("look_through", subject, by=by.person_id, at=at, organisation=programme.pk)


def _looked_through(programme: Organisation, by: Acting, at: datetime) -> None:
    AudienceList.objects.update_or_create(
        programme=programme, defaults={"looked_through_on": at.date(), "by_id": by.person_id}
    )


def _recipient(row: Line) -> Recipient:
    return Recipient(
        programme=row.programme,
        reference=row.reference,
        name=row.name,
        giver=row.giver,
        language=row.language,
        channel=row.channel,
        address=row.address,
        reading=row.reading,
    )


def _changed(row: Line) -> Recipient:
    kept = row.standing
    if kept is None:
        raise LookupError(row.reference)
    kept.name, kept.giver, kept.language = row.name, row.giver, row.language
    kept.channel, kept.address, kept.reading, kept.ended_on = row.channel, row.address, row.reading, None
    return kept
