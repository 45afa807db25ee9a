"""How the tests of this domain act: in one person's name, on one day, as the database sees it too."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from omsorg.federation.access import Acting, acting_as
from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house, in_name_of
from world import World

DAY = date(2024, 3, 31)
AT = datetime(2024, 3, 31, 12, tzinfo=UTC)


@contextmanager
def in_the_name_of(world: World, who: str, day: date = DAY) -> Iterator[Acting]:
    person_id = world.person[who].pk
    with in_name_of(person_id, day=day):
        yield acting_as(person_id, day=day)


def traces() -> list[tuple[str, str, dict[str, Any]]]:
    """Verb, subject and details of every trace, oldest first."""
    with as_house():
        rows = Trace.objects.order_by("id").values_list("verb", "subject", "details")
        return [(verb, subject, json.loads(details)) for verb, subject, details in rows]
