"""The plan as it stood on any day, out of its dated revisions; nothing is ever overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _


class RevisionWithoutReason(Refusal):
    sentence = _("Say why this is changed: the reason stands in public beside the change.")


class NothingChanged(Refusal):
    sentence = _("Nothing is different from what stands already.")


@dataclass(frozen=True, slots=True)
class Revision:
    """One dated change of one thing: the fields that it sets, and why. `number` orders changes of one day."""

    number: int
    made_on: date
    fields: Mapping[str, Any]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after. A field that was not there before, or is no more, is None on that side."""

    field: str
    before: Any
    after: Any


def state_as_of(revisions: Iterable[Revision], day: date) -> dict[str, Any] | None:
    """Every field as it stood at the end of `day`; None when there was nothing yet."""
    made = sorted((r for r in revisions if r.made_on <= day), key=lambda r: (r.made_on, r.number))
    if not made:
        return None
    state: dict[str, Any] = {}
    for revision in made:
        state.update(revision.fields)
    return state


def difference(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[FieldChange, ...]:
    """What is different between two states, field by field, in the order of the fields' names."""
    old, new = before or {}, after or {}
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    )


def revise(
    before: Mapping[str, Any], wanted: Mapping[str, Any], *, number: int, made_on: date, reason: str
) -> Revision:
    """The revision that leads from `before` to `wanted`: only what differs, and never without a reason."""
    changes = {change.field: change.after for change in difference({k: before.get(k) for k in wanted}, wanted)}
    if not changes:
        raise NothingChanged
    if not reason.strip():
        raise RevisionWithoutReason
    return Revision(number, made_on, changes, reason.strip())
