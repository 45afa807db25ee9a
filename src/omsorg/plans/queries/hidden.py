"""Whose words nobody reads any more: recommendations that were withdrawn, or are looked at again."""

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Func, JSONField, OuterRef, QuerySet, Subquery

from omsorg.plans.models import Recommendation, Report

Hidden = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""The recommendations whose words are hidden by now: the code, and by language what stands in their place."""


class JSONBArray(Func):
    """Values side by side in one JSON array."""

    function = "jsonb_build_array"
    output_field = JSONField()


def hidden_words(report: Report) -> Hidden:
    """Whose words nobody reads any more, in any report of the plan; not asked again where `with_hidden` has."""
    if hasattr(report, "hidden"):
        rows = report.hidden or []
    else:
        hidden = Recommendation.objects.filter(source__plan=report.plan_id, hidden_at__isnull=False).order_by("code")
        rows = list(hidden.values_list("code", "text"))
    return tuple((code, tuple(sorted(text.items()))) for code, text in rows)


def with_hidden(reports: QuerySet[Report]) -> QuerySet[Report]:
    """The same reports, each knowing whose words are hidden by now: no question more."""
    rows = Recommendation.objects.filter(source__plan=OuterRef("plan"), hidden_at__isnull=False).order_by()
    words = JSONBAgg(JSONBArray("code", "text"), order_by="code")
    return reports.annotate(hidden=Subquery(rows.values("source__plan").annotate(words=words).values("words")))
