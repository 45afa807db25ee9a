"""Who hears a case, and who is kept in readiness above: by country and level, without anybody who has a stake in it.

Whoever the child has shut out, whoever is named in what was said, and whoever belongs to the house complained of does
not hear it. Where that leaves nobody at a level, the next one hears.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from omsorg.ombuds.rules.levels import UPWARD, Level
from omsorg.ombuds.rules.naming import Said
from omsorg.ombuds.rules.refusals import NobodyListens

EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody with a ring that counts and a seat today: one entry for each level at which the person sits.

    `units`: the codes of the house the person belongs to, of all above it, and of the houses she came from.
    """

    ring: int
    person: int
    level: Level
    countries: frozenset[str]
    shown_name: str = ""
    units: frozenset[str] = frozenset()
    unit_name: str = ""
    public_key: bytes = b""
    earlier_names: tuple[str, ...] = ()
    earlier_unit_names: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the person is called, and was called before."""
        return (self.shown_name, *self.earlier_names)

    @property
    def houses(self) -> tuple[str, ...]:
        """What the house the person belongs to is called, and was called before, and those she came from."""
        return (self.unit_name, *self.earlier_unit_names)

    def hears(self, country: str) -> bool:
        return EVERYWHERE in self.countries or (country != "" and country in self.countries)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The rings shut out. `named_in_part`: only a part of the name was said, which may mean somebody else."""

    shut_out: frozenset[int] = frozenset()
    named_in_part: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        return self.shut_out | self.named_in_part


@dataclass(frozen=True, slots=True)
class Route:
    """Where a case goes: who hears it now, at which level, and who holds its key in readiness at the levels above."""

    level: Level
    hearing: tuple[Hearer, ...]
    waiting: tuple[Hearer, ...]


def conflicts(
    hearers: Iterable[Hearer], *, said: str, excluded: Collection[int] = (), units: Collection[str] = ()
) -> Conflicts:
    """Who has a stake: shut out by the child (`excluded`, rings), named in what was `said`, belonging to one of the
    `units` complained of or to a house below it, or to a house that is named."""
    words, complained_of = Said.of(said), frozenset(unit_code(unit) for unit in units)
    shut_out, in_part = set(excluded), set()
    for hearer in hearers:
        if hearer.units & complained_of or any(map(words.names, (*hearer.names, *hearer.houses))):
            shut_out.add(hearer.ring)
        elif any(map(words.names_in_part, hearer.names)):
            in_part.add(hearer.ring)
    return Conflicts(frozenset(shut_out), frozenset(in_part - shut_out))


def unit_code(said: str) -> str:
    """The code of a house as it is kept, however it was typed."""
    return said.strip().casefold()


def route(hearers: Collection[Hearer], country: str, conflict: Conflicts) -> Route:
    """Who hears, and who waits above.

    Where everybody at every level has a stake, those of the highest level hear who were only named in part: a child is
    not left alone because of a first name. Raises NobodyListens where nobody at all is left.
    """
    for is_first, shut_out in ((True, conflict.all), (False, conflict.shut_out)):
        able = _lowest_seats(hearer for hearer in hearers if hearer.ring not in shut_out and hearer.hears(country))
        levels = [level for level in UPWARD if any(hearer.level is level for hearer in able)]
        if levels:
            level = levels[0] if is_first else levels[-1]
            return Route(
                level,
                tuple(hearer for hearer in able if hearer.level is level),
                tuple(hearer for hearer in able if hearer.level.rank > level.rank),
            )
    raise NobodyListens


def _lowest_seats(hearers: Iterable[Hearer]) -> list[Hearer]:
    """Each ring once, at the lowest level at which its person sits."""
    found: dict[int, Hearer] = {}
    for hearer in hearers:
        kept = found.get(hearer.ring)
        if kept is None or hearer.level.rank < kept.level.rank:
            found[hearer.ring] = hearer
    return sorted(found.values(), key=lambda hearer: (hearer.level.rank, hearer.ring))
