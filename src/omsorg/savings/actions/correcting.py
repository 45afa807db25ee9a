"""Correcting what a group is called, where it stands and in which phase it is. Its money is not touched."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.trail import leave_trace
from omsorg.savings.access import ACCOMPANY
from omsorg.savings.models import Group, GroupCorrection
from omsorg.savings.queries.correcting import last_correction


class Particulars(NamedTuple):
    """What may be corrected of a group."""

    name: str
    unit: Organisation
    phase: str


class NothingCorrected(Exception):
    """Everything is said as it stands already."""


class CorrectedMeanwhile(Exception):
    """Somebody corrected the group after what was read."""


@transaction.atomic
def correct_group(
    *, group: Group, said: Particulars, why: str, after: int, by: Acting, at: datetime
) -> GroupCorrection:
    """Correct the particulars of `group`; what they were is kept, with who, when and why.

    `after` is the id of the last correction that was read, 0 where there was none. Raises NotAllowed (here, or at the
    place it moves to), NothingCorrected and CorrectedMeanwhile.
    """
    require(by, ACCOMPANY, group.unit_id)
    require(by, ACCOMPANY, said.unit.pk)
    was = Group.objects.select_for_update().filter(pk=group.pk, unit=group.unit_id).first()
    if was is None or last_correction(was) != after:
        raise CorrectedMeanwhile
    if (was.name, was.unit_id, was.phase) == (said.name, said.unit.pk, said.phase):
        raise NothingCorrected
    made = GroupCorrection.objects.create(
        group=was,
        name_was=was.name,
        unit_was_id=was.unit_id,
        phase_was=was.phase,
        name=said.name,
        unit=said.unit,
        phase=said.phase,
        why=why,
        by_id=by.person_id,
        at=at,
    )
    leave_trace(
        "correct_group",
        f"savings_group:{was.uuid}",
        by=by.person_id,
        at=at,
        organisation=said.unit.pk,
        details={"correction": made.pk, "phase": said.phase},
    )
    return made
