"""Keys to the HTTP API for the people of the tests' world."""

from collections.abc import Collection
from datetime import timedelta

from omsorg.federation.access import acting_as
from omsorg.federation.scopes import all_scopes
from omsorg.federation.tokens import make_token
from omsorg.kernel import clock
from omsorg.kernel.wall import in_name_of
from world import World


def key_of(world: World, who: str, scopes: Collection[str] | None = None) -> str:
    """A key of this person, with the scopes named, or with all there are."""
    now = clock.now()
    with in_name_of(world.person[who].pk):
        return make_token(
            name="test",
            scopes=[scope.code for scope in all_scopes()] if scopes is None else scopes,
            expires_on=now.date() + timedelta(days=30),
            by=acting_as(world.person[who].pk, day=now.date()),
            at=now,
        )


def bearer(world: World, who: str, scopes: Collection[str] | None = None) -> dict[str, str]:
    """The header of a request with that key, as the test client takes it."""
    return {"HTTP_AUTHORIZATION": f"Bearer {key_of(world, who, scopes)}"}
