"""What the tests of answers share: acting in somebody's name on a day, and an answer that is complete."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal

from omsorg.federation.access import Acting, acting_as
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.figures import Entry, Recorded, record_figures
from world import World

H1 = Period.parse("2022-H1")
H2 = Period.parse("2022-H2")
AT = datetime(2022, 7, 10, 9, tzinfo=UTC)
LATER = datetime(2023, 1, 10, 9, tzinfo=UTC)


@contextmanager
def acting(world: World, who: str, at: datetime = AT) -> Iterator[Acting]:
    """In the name of a person, as a page does it."""
    with in_name_of(world.person[who].pk, day=at.date()):
        yield acting_as(world.person[who].pk, day=at.date())


def record(
    world: World, *entries: Entry, who: str = "officer", org: str = "tanzania", period: Period = H1, **more
) -> Recorded:
    at = more.pop("at", AT if period == H1 else LATER)
    with acting(world, who, at) as by:
        return record_figures(
            plan=world.plan,
            organisation=world.org[org],
            period=period,
            entries=entries,
            by=by,
            at=at,
            **{"source": "grid", **more},
        )


def trained(world: World, n: int | str, d: int, **more) -> Entry:
    return Entry(world.indicator["trained"].pk, numerator=Decimal(n), denominator=Decimal(d), **more)


def cases(world: World, n: int, **more) -> Entry:
    return Entry(world.indicator["cases"].pk, numerator=Decimal(n), **more)


def policy(world: World, reached: int, **more) -> Entry:
    return Entry(world.indicator["policy"].pk, numerator=Decimal(reached), **more)


def record_all(world: World, **more) -> Recorded:
    """A complete answer of Tanzania for the first half of 2022."""
    return record(world, trained(world, 40, 50), cases(world, 12), policy(world, 1), **more)
