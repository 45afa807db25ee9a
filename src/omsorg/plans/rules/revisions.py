"""The plan as it stood on any day, out of its dated revisions; nothing is ever overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from .measures import Activity


class RevisionWithoutReason(Refusal):
    sentence = _("Say why this is changed: the reason stands in public beside the change.")


class NothingChanged(Refusal):
    sentence = _("Nothing is different from what stands already.")


class Dated(Protocol):
    """A revision: the whole state from a day on. `number` orders revisions of one day."""

    @property
    def in_force_on(self) -> date: ...
    @property
    def number(self) -> int: ...


class Worked(Dated, Protocol):
    """A revision of something that is worked on, or stopped: on hold, superseded, dropped."""

    @property
    def activity(self) -> str: ...


AnyRevision = TypeVar("AnyRevision", bound=Dated)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after. A field that was not there before, or is no more, is None on that side."""

    field: str
    before: Any
    after: Any


def standing_on(revisions: Iterable[AnyRevision], day: date) -> AnyRevision | None:
    """The revision in force at the end of `day`; None when there was nothing yet.

    Revisions that take force later change nothing about it, in whatever order they are handed in.
    """
    in_force = (revision for revision in revisions if revision.in_force_on <= day)
    return max(in_force, key=lambda revision: (revision.in_force_on, revision.number), default=None)


def stopped_since(revisions: Iterable[Worked], day: date) -> date | None:
    """Since when nothing is worked on, as it stood at the end of `day`; None while it is active.

    It stopped with the first revision after the last active one. What was taken up again in between had not stopped;
    what was on hold and is dropped later stopped when it was put on hold.
    """
    since = None
    in_force = (revision for revision in revisions if revision.in_force_on <= day)
    for revision in sorted(in_force, key=lambda revision: (revision.in_force_on, revision.number)):
        if revision.activity == Activity.ACTIVE:
            since = None
        elif since is None:
            since = revision.in_force_on
    return since


def difference(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[FieldChange, ...]:
    """What is different between two states, field by field, in the order of the fields' names."""
    old, new = before or {}, after or {}
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )
