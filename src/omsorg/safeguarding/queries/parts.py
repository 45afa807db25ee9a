"""The parts of an incident by their numbers within it. The number that a row has in its table is never given out: a gap
would tell of incidents that one must not find. Nothing is ever removed, so a number stays."""

from typing import TypeVar

from django.db.models import Model

from omsorg.safeguarding.models import Incident

Part = TypeVar("Part", bound=Model)


def parts_of(model: type[Part], incident: Incident, *related: str) -> dict[int, Part]:
    """Everything of a kind that the incident has, by number, the oldest first. What is `related` comes with it:
    who is out of the reader's sight is None there, or leaves the part out; the others keep their numbers."""
    rows = model._default_manager.filter(incident=incident)
    numbers = enumerate(rows.order_by("pk").values_list("pk", flat=True), start=1)
    seen = (rows.select_related(*related) if related else rows).in_bulk()
    return {number: seen[pk] for number, pk in numbers if pk in seen}


def number_in(model: type[Part], incident: Incident, row: Part) -> int:
    """The number of one part within its incident."""
    return model._default_manager.filter(incident=incident, pk__lte=row.pk).count()
