"""The tree of organisations as everybody may see it, as it stood on any day."""

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from omsorg.federation.models import Lineage, Organisation, Position
from omsorg.federation.queries.organisations import name_on


def _on(day: date, start: str, until: str) -> Q:
    return Q(**{f"{start}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day}))


def organisations_on(day: date) -> QuerySet[Any]:
    """Those that there are on `day`, with the name of then (`name_then`) and where each stands (`parent_code`)."""
    above = Position.objects.filter(_on(day, "valid_from", "valid_until"), organisation=OuterRef("pk"))
    return (
        Organisation.objects.filter(_on(day, "exists_from", "exists_until"))
        .select_related("place")
        .annotate(parent_code=Subquery(above.values("parent__code")[:1]), name_then=name_on("id", day))
        .order_by("name_then", "code")
    )


def only_below(organisations: QuerySet[Any], code: str, day: date) -> QuerySet[Any]:
    """Those of `organisations` that stand below the one called `code` on `day`, itself left out."""
    lineage = Lineage.objects.filter(
        _on(day, "valid_from", "valid_until"), ancestor__code=code, descendant=OuterRef("pk"), depth__gt=0
    )
    return organisations.filter(Exists(lineage))


def line_of(organisation: Organisation, day: date) -> list[str]:
    """The codes of those above `organisation` on `day`, the top first."""
    lines = Lineage.objects.filter(_on(day, "valid_from", "valid_until"), descendant=organisation, depth__gt=0)
    return list(lines.order_by("-depth").annotate(code=F("ancestor__code")).values_list("code", flat=True))
