"""The indicators whose baselines tell of few children."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from omsorg.plans.models import IndicatorRevision, Target
from omsorg.plans.rules.baselines import Baseline, are_hidden
from omsorg.plans.rules.measures import Kind, RollUp, Series


def with_hidden_baselines(
    indicators: Collection[int], *, smallest_shown: int, known_at: datetime | None = None
) -> frozenset[int]:
    """Those of `indicators` whose baselines the public does not read, by what was written down at `known_at` or is now.

    As the mark "about children", a baseline counts from when it was written down, whenever it is in force.
    """
    revisions = IndicatorRevision.objects.filter(indicator__in=indicators)
    targets = Target.objects.filter(series=Series.BASELINE)
    if known_at is not None:
        revisions, targets = revisions.filter(at__lte=known_at), targets.filter(at__lte=known_at)
    marked = set(revisions.filter(about_children=True).values_list("indicator_id", flat=True))
    if not marked:
        return frozenset()
    stated: defaultdict[int, list[Baseline]] = defaultdict(list)
    for pk, owner, whose, number, denominator in targets.filter(indicator__in=marked).values_list(
        "indicator_id", "indicator__plan__owner_id", "organisation_id", "number", "denominator"
    ):
        stated[pk].append(Baseline(None if whose == owner else whose, number, denominator))
    defined = revisions.filter(indicator__in=stated).values_list("indicator_id", "kind", "roll_up").distinct()
    return frozenset(
        pk for pk, kind, roll_up in defined if are_hidden(Kind(kind), RollUp(roll_up), stated[pk], smallest_shown)
    )
