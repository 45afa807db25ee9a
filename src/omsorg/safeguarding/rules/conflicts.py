"""Conflict of interest: who handles an incident when a unit, its leadership or a person is complained of."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.safeguarding.rules.codes import Level

RANKS = {"international": 3, "region": 2, "national_association": 1}
RANK_OF = {Level.NATIONAL: 1, Level.REGIONAL: 2, Level.INTERNATIONAL: 3}


class ReasonMissing(Refusal):
    sentence = _("Say why: whoever looks at this in ten years will ask.")


class ConflictUnsettled(Refusal):
    sentence = _("There is a conflict of interest: first shut out whoever has it, then look at the concern.")


class ShutOutAlready(Refusal):
    sentence = _("This person or unit is shut out already.")


class LiftedAlready(Refusal):
    sentence = _("This shutting out has been lifted already.")


class LiftedByTwo(Refusal):
    sentence = _("You have asked for it. Somebody else who handles the incident lifts it.")


class OneOfThemAbove(Refusal):
    sentence = _("One of the two who lift it must be of a level above. Ask there.")


class StaysShutOut(Refusal):
    sentence = _("The concern itself complains of them: they stay shut out.")


class NamesSomebody(Refusal):
    """`names`: who is named. Nothing was written."""

    sentence = _(
        "This text names people who work here: %(names)s. Say of which of them the incident complains, or of none:"
        " whom it complains of finds nothing of it from then on."
    )


class NobodyCalledSo(Refusal):
    sentence = _("We know nobody of that name or address. Write it as the house knows it, or shut out their unit.")


class WhichUnit(Refusal):
    sentence = _("Say which organisation it is about, or whose leadership.")


class NobodyLeft(Refusal):
    sentence = _("Then nobody could handle this incident any more. Ask the organisation above to take it first.")


class IsShutOut(Refusal):
    sentence = _("%(name)s cannot work this incident.")


class NobodyOfLevel(Refusal):
    """The incident takes a team of a level; the plan is made once somebody of that level is in it."""

    sentence = _("Nobody in the team is of the level that this incident takes. Name somebody of that level first.")


class MoreThanCounted(Refusal):
    sentence = _("That would be more persons than are counted as complained of. Count them first.")


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation in a line upward: its id and its kind."""

    id: int
    kind: str


def level_of(kinds: Iterable[str]) -> Level | None:
    """The highest level that somebody is of, by the kinds of the organisations at which they hold a role; or none."""
    rank = max((RANKS.get(kind, 0) for kind in kinds), default=0)
    return next((level for level, wanted in RANK_OF.items() if wanted == rank), None)


def is_of_level(asked: Level, levels: Iterable[str]) -> bool:
    """Whether somebody in a team of these levels is of the level asked for, or above it."""
    return any(RANK_OF[Level(level)] >= RANK_OF[asked] for level in levels if level)


def handled_at(line: Sequence[Unit], *, shut: Collection[int], level: Level | None = None) -> int:
    """Who handles an incident: the nearest organisation upward of the level's rank that is not complained of.

    `line` begins with the organisation it is about and ends with the top. Whatever stands below a unit that is shut
    out is shut out with it. The top handles what nobody else may, also where it is itself complained of: then by those
    who do not belong to it.
    """
    highest = max((number for number, unit in enumerate(line) if unit.id in shut), default=-1)
    wanted = RANK_OF[level or Level.NATIONAL]
    free = line[highest + 1 :] or line[-1:]
    fitting = [unit for unit in free if RANKS.get(unit.kind, 0) >= wanted]
    return (fitting or list(free[-1:]))[0].id
