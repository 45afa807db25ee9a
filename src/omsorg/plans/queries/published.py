"""What the public reads: released reports, out of their frozen parts and nothing else."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from omsorg.plans.models import (
    ActionRevision,
    BudgetEntry,
    IndicatorRevision,
    Plan,
    PlanRevision,
    Recommendation,
    Report,
    ReportPart,
    Target,
)
from omsorg.plans.queries.hidden import Hidden, hidden_words, with_hidden
from omsorg.plans.rules.changes import Thing
from omsorg.plans.rules.measures import Series
from omsorg.plans.rules.revisions import FieldChange
from omsorg.plans.rules.snapshot import ReportDocument, canonical_json, fingerprint

OVERVIEW = "plan"
TRAIL = "trail"
"""The part that lists the heads of all books of the trail when the report was frozen."""


def indicator_part(code: str) -> str:
    """The name of the part that holds one indicator over all organisations."""
    return f"indicator/{code}"


@dataclass(frozen=True, slots=True)
class _Frozen:
    """A frozen report never changes: two are equal when their fingerprints are, and the same words are hidden."""

    fingerprint: str
    hidden: Hidden
    id: int = field(compare=False)


@lru_cache(maxsize=64)
def _overview_of(frozen: _Frozen) -> ReportDocument:
    """Read once for each fingerprint and kept in the process."""
    part = ReportPart.objects.get(report_id=frozen.id, name=OVERVIEW)
    return _without(ReportDocument.from_dict(json.loads(part.document)), frozen.hidden)


def _without(document: ReportDocument, hidden: Hidden) -> ReportDocument:
    told = dict(hidden)
    if not told:
        return document
    parts = (
        replace(part, text=dict(told[part.code]), response={}) if part.code in told else part
        for part in document.recommendations
    )
    return replace(document, recommendations=tuple(parts))


def document_of(report: Report, hidden: Hidden | None = None) -> ReportDocument:
    """The overview of a frozen report that the reader was shown to be there, without the words hidden since.

    `hidden` is what `hidden_words` told, where it was asked already.
    """
    told = hidden_words(report) if hidden is None else hidden
    return _overview_of(_Frozen(report.fingerprint, told, report.pk))


@dataclass(frozen=True, slots=True)
class FrozenText:
    """A part of a frozen report as it is given out. `fingerprint` is the sha-256 of this very text.

    `hidden` are the codes of the recommendations whose words were taken out since it was frozen; with none of them it
    is the frozen text, character for character.
    """

    text: str
    fingerprint: str
    hidden: tuple[str, ...] = ()


def frozen_text(report: Report, name: str) -> FrozenText:
    """One part as everybody may read it; raises ReportPart.DoesNotExist for an unknown name."""
    part = ReportPart.objects.get(report=report, name=name)
    told = hidden_words(report) if name == OVERVIEW else ()
    if told:
        frozen = ReportDocument.from_dict(json.loads(part.document))
        shown = _without(frozen, told)
        if shown != frozen:
            there = {each.code for each in frozen.recommendations}
            text = canonical_json(shown)
            return FrozenText(text, fingerprint(text), tuple(code for code, _why in told if code in there))
    return FrozenText(part.document, part.fingerprint)


def indicator_document(report: Report, code: str) -> dict[str, Any]:
    """One indicator over all organisations, as frozen; raises ReportPart.DoesNotExist for an unknown code."""
    part = ReportPart.objects.get(report=report, name=indicator_part(code))
    document: dict[str, Any] = json.loads(part.document)
    return document


def released_reports(plan: Plan) -> tuple[Report, ...]:
    """The released reports of a plan, newest first."""
    return tuple(
        with_hidden(Report.objects.filter(plan=plan, release__isnull=False))
        .select_related("release")
        .order_by("-as_at", "-pk")
    )


def reports_released_of(code: str | None = None) -> tuple[Report, ...]:
    """The released reports of the plan called `code`, or of every plan, each with its plan: in one query.

    The newest plan first, and of each the newest report first.
    """
    found = with_hidden(Report.objects.filter(release__isnull=False)).select_related("release", "plan")
    if code is not None:
        found = found.filter(plan__code=code)
    return tuple(found.order_by("-plan__runs_from", "plan_id", "-as_at", "-pk"))


def newest_reports(plans: Collection[Plan]) -> dict[int, str]:
    """The code of the newest released report of each of `plans` that has one, by the id of the plan."""
    found = Report.objects.filter(plan__in=plans, release__isnull=False).order_by("plan_id", "-as_at", "-pk")
    return dict(found.distinct("plan_id").values_list("plan_id", "code"))


def plans_with_reports() -> tuple[Plan, ...]:
    """The plans of which at least one report is released, the newest plan first."""
    return tuple(
        Plan.objects.filter(reports__release__isnull=False).select_related("owner").distinct().order_by("-runs_from")
    )


@dataclass(frozen=True, slots=True)
class PublicRevision:
    """One dated change of the plan itself, an action or an indicator, with the reason that stands in public beside it.

    `number` counts the revisions of that thing: with `thing` and `code` it tells this one from every other for good. It
    is in force from one day, and was written down on that day or on a later one. `stated` is a sum or a target that was
    changed; then `number` counts all of them.
    """

    thing: Thing
    code: str
    number: int
    title: dict[str, str]
    in_force_on: date
    reason: str
    entered_at: datetime
    reason_language: str
    reason_in: dict[str, str]
    stated: FieldChange | None = None

    @property
    def name(self) -> str:
        """What it is a change of, and which one: never given to another."""
        kind = self.stated.field if self.stated else self.thing
        return f"{kind}/{self.code}/{self.number}"


def newest_revisions(plan: Plan, most: int | None = None) -> list[PublicRevision]:
    """The changes of the plan since it was adopted, in words, money and targets, newest first; at most `most`."""
    actions = ActionRevision.objects.filter(action__plan=plan, number__gt=1).order_by("-in_force_on", "-pk")
    indicators = IndicatorRevision.objects.filter(indicator__plan=plan, number__gt=1).order_by("-in_force_on", "-pk")
    of_plan = PlanRevision.objects.filter(plan=plan, number__gt=1).order_by("-in_force_on", "-pk")
    said = ("number", "title", "in_force_on", "reason", "at", "reason_language", "reason_in")
    found = [
        *(PublicRevision(Thing.PLAN, *row) for row in of_plan.values_list("plan__code", *said)[:most]),
        *(PublicRevision(Thing.ACTION, *row) for row in actions.values_list("action__code", *said)[:most]),
        *(PublicRevision(Thing.INDICATOR, *row) for row in indicators.values_list("indicator__code", *said)[:most]),
        *_money_changed(plan),
        *_targets_changed(plan, most),
    ]
    return sorted(found, key=lambda revision: revision.in_force_on, reverse=True)[:most]


def _money_changed(plan: Plan) -> Iterator[PublicRevision]:
    """Every sum set otherwise than when the plan was adopted, and all money spent, with its sum till then."""
    title = ActionRevision.objects.filter(action=OuterRef("action")).order_by("-number").values("title")[:1]
    rows = BudgetEntry.objects.filter(action__plan=plan).annotate(title=Subquery(title)).select_related("action")
    whole: dict[tuple[int, str], tuple[int, str]] = {}
    spent: dict[tuple[int, str], int] = {}
    for row in rows.order_by("on_day", "pk"):
        now, key = (row.amount_minor, row.currency), (row.action_id, row.currency)
        if row.kind == BudgetEntry.Kind.SPENT:
            spent[key] = spent.get(key, 0) + row.amount_minor
            change = FieldChange("spent", None, (*now, spent[key]))
        else:
            change = FieldChange("budget", whole.get(key), now)
            whole[key] = now
        if row.kind != BudgetEntry.Kind.ORIGINAL or row.on_day > plan.adopted_on:
            yield _stated(Thing.ACTION, row.action.code, row, row.on_day, change)


def _targets_changed(plan: Plan, most: int | None) -> Iterator[PublicRevision]:
    """Every baseline and target of the plan as a whole stated since it was adopted.

    Baselines about children are left out: what is corrected in them, and why, could tell of few.
    """
    revisions = IndicatorRevision.objects.filter(indicator=OuterRef("indicator"))
    rows = (
        Target.objects.filter(indicator__plan=plan, organisation=plan.owner_id)
        .exclude(supersedes__isnull=True, in_force_on__lte=plan.adopted_on)
        .annotate(
            title=Subquery(revisions.order_by("-number").values("title")[:1]),
            guarded=Exists(revisions.filter(about_children=True)),
        )
        .exclude(series=Series.BASELINE, guarded=True)
        .select_related("indicator", "supersedes")
        .order_by("-in_force_on", "-pk")[:most]
    )
    for row in rows:
        before = row.supersedes
        change = FieldChange(
            "baseline" if row.series == Series.BASELINE else "target",
            (before.due_on, before.number, before.denominator) if before else None,
            (row.due_on, row.number, row.denominator),
        )
        yield _stated(Thing.INDICATOR, row.indicator.code, row, row.in_force_on, change)


def _stated(thing: Thing, code: str, row: Any, on: date, change: FieldChange) -> PublicRevision:
    said = (row.reason, row.at, row.reason_language, row.reason_in)
    return PublicRevision(thing, code, row.pk, row.title, on, *said, stated=change)


def plans_to_publish(owners: Collection[int]) -> tuple[Plan, ...]:
    """The plans whose owner is among `owners`, the newest first."""
    return tuple(Plan.objects.filter(owner_id__in=owners).select_related("owner").order_by("-runs_from", "code"))


def reports_of(plan: Plan) -> tuple[Report, ...]:
    """Every frozen report of a plan, released or not, newest first; row level security decides who sees drafts."""
    return tuple(Report.objects.filter(plan=plan).select_related("release").order_by("-as_at", "-pk"))


def newer_recommendations(plan: Plan, document: ReportDocument) -> int:
    """How many recommendations the plan has by now that a frozen report does not tell of."""
    told = {(part.source, part.code) for part in document.recommendations}
    known = Recommendation.objects.filter(source__plan=plan).values_list("source__code", "code")
    return sum(pair not in told for pair in known)
