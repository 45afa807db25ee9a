"""Everything that is known about the indicators, read at once: definitions, figures, targets, judgements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch

from omsorg.federation.queries.organisations import name_on
from omsorg.kernel.periods import Period
from omsorg.plans.models import (
    Assessment,
    Evidence,
    Indicator,
    IndicatorRevision,
    Target,
    Verification,
)
from omsorg.plans.queries.definitions import definition_of
from omsorg.plans.queries.freezing.moment import Moment, Read, as_override, standing_plan, standing_revision
from omsorg.plans.queries.promises import measures_that_hold
from omsorg.plans.queries.tallies import (
    answers_handed_in,
    asked_organisations,
    figures_of_period,
    reached_over_time,
    tallies_over_time,
)
from omsorg.plans.rules.codes import in_order
from omsorg.plans.rules.measures import Activity, Definition, Kind, Rating, RollUp
from omsorg.plans.rules.revisions import standing_on
from omsorg.plans.rules.rollup import rated_by
from omsorg.plans.rules.snapshot import (
    VerifiedPart,
)

HandedIn = Mapping[tuple[int, Period], datetime]
"""When each answer was handed in last, by organisation and period."""


def gather(moment: Moment, actions: Sequence[Any]) -> list[Read]:
    plan, period = moment.plan, moment.period
    standing: list[tuple[Indicator, IndicatorRevision, Definition, int, date | None]] = []
    indicators = plan.indicators.prefetch_related(
        Prefetch("revisions", IndicatorRevision.objects.select_related("superseded_by").order_by("number")),
    )
    for indicator in sorted(indicators, key=lambda indicator: in_order(indicator.code)):
        revision = standing_revision(indicator.revisions.all(), moment)
        if revision is None:
            continue
        redefined = [r for r in indicator.revisions.all() if r.redefined and 1 < r.number <= revision.number]
        first = redefined[-1].number if redefined else 1
        definition = definition_of(indicator.code, revision, plan.frequency_months)
        standing.append((indicator, revision, definition, first, redefined[-1].in_force_on if redefined else None))
    ids = [indicator.pk for indicator, *_rest in standing]
    asked_ids = {indicator.pk for indicator, revision, *_rest in standing if revision.asked_of_associations}
    runs_from = standing_plan(moment).runs_from
    days = _period_ends(runs_from, period)
    asked = asked_organisations(plan.owner_id, plan.reporting_kind, list(days.values()))
    everybody = frozenset().union(*asked.values())
    firsts = {indicator.pk: first for indicator, _revision, _definition, first, _changed in standing}
    worst = {indicator.pk: d for indicator, _revision, d, *_rest in standing if d.roll_up is RollUp.WORST}
    tallies = tallies_over_time(
        plan_id=plan.pk,
        revision_from={pk: firsts[pk] for pk in asked_ids},
        organisations=everybody,
        until=period.until,
        known_at=moment.known_at,
        worst={pk: definition for pk, definition in worst.items() if pk in asked_ids},
    )
    owners = {plan.owner_id, *(action.standing.owner_id for action in actions)}
    tallies |= tallies_over_time(
        plan_id=plan.pk,
        revision_from={pk: first for pk, first in firsts.items() if pk not in asked_ids},
        organisations=owners,
        until=period.until,
        known_at=moment.known_at,
        worst={pk: definition for pk, definition in worst.items() if pk not in asked_ids},
    )
    figures = figures_of_period(
        plan_id=plan.pk, indicators=ids, period=period, known_at=moment.known_at, as_at=moment.as_at
    )
    proven = {
        indicator.pk: first
        for indicator, revision, definition, first, _changed in standing
        if revision.evidence_needed and rated_by(definition).kind is Kind.MILESTONE
    }
    reached = reached_over_time(
        plan_id=plan.pk,
        organisations={pk: everybody if pk in asked_ids else owners for pk in proven},
        revision_from=proven,
        until=period.until,
        known_at=moment.known_at,
    )
    targets = _targets(moment, ids)
    judged = _assessments(moment, ids)
    documents = _evidence(moment)
    handed_in = answers_handed_in(
        plan_id=plan.pk,
        organisations={each.organisation_id for each in judged} | {each.organisation_id for each in documents},
        known_at=moment.known_at,
    )
    assessments = _handed_in(judged, handed_in)
    evidence = _behind_answers(documents, handed_in)
    measures = measures_that_hold(plan, moment.as_at, known_at=moment.known_at)
    reads = []
    for indicator, revision, definition, first, changed_on in standing:
        measured = tuple(action for action in actions if action.pk in measures.get(indicator.pk, ()))
        of_owner = {action.standing.owner_id for action in measured} | {plan.owner_id}
        of_those = [
            a for a in assessments.get(indicator.pk, ()) if a.organisation_id in of_owner and a.revision >= first
        ]
        own = [
            a
            for a in of_those
            if a.voice == "self" and (a.period_start, a.period_months) == (period.start, period.months)
        ]
        self_assessment = own[-1] if own else None
        is_asked = indicator.pk in asked_ids
        reads.append(
            Read(
                indicator=indicator,
                revision=revision,
                definition=definition,
                actions=measured,
                runs_from=runs_from,
                first_revision=first,
                changed_on=changed_on,
                targets=targets.get(indicator.pk, []),
                tallies=tallies.get(indicator.pk, {}),
                figures=[
                    f
                    for f in figures.get(indicator.pk, [])
                    if f.revision >= first and f.organisation_id in (everybody if is_asked else owners)
                ],
                asked={p: asked[day] for p, day in days.items()} if is_asked else {},
                self_assessment=self_assessment,
                override=_override(of_those, moment),
                verified=_verified(self_assessment, moment),
                evidence=evidence.get(indicator.pk, frozenset()),
                reached=reached.get(indicator.pk, {}),
                about_children=any(r.about_children for r in indicator.revisions.all() if r.at <= moment.known_at),
                worked_on=_worked_on(indicator, first, days, moment),
            )
        )
    return reads


def _worked_on(indicator: Indicator, first: int, days: Mapping[Period, date], moment: Moment) -> tuple[Period, ...]:
    """The periods on whose last day the indicator was active, by a definition that can be compared."""
    known = [revision for revision in indicator.revisions.all() if revision.at <= moment.known_at]
    standing = {period: standing_on(known, day) for period, day in sorted(days.items(), key=lambda each: each[1])}
    return tuple(
        period
        for period, revision in standing.items()
        if revision is not None and revision.number >= first and revision.activity == Activity.ACTIVE
    )


def _period_ends(runs_from: date, period: Period) -> dict[Period, date]:
    """Each period of the plan up to `period` with its last day."""
    ends = {}
    each = period
    while each.until > runs_from:
        ends[each] = each.until - timedelta(days=1)
        each = each.previous()
    return ends or {period: period.until - timedelta(days=1)}


def _targets(moment: Moment, ids: list[int]) -> dict[int, list[Target]]:
    found: defaultdict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(
        indicator_id__in=ids,
        organisation_id=moment.plan.owner_id,
        in_force_on__lte=moment.as_at,
        at__lte=moment.known_at,
    ).order_by("in_force_on", "pk"):
        found[target.indicator_id].append(target)
    return found


def _assessments(moment: Moment, ids: list[int]) -> Sequence[Assessment]:
    """What was judged by the moment, the oldest first, with what verifiers said of it."""
    named = Verification.objects.annotate(verifier_name=name_on("by_organisation_id", moment.as_at))
    judged = Assessment.objects.filter(indicator_id__in=ids, at__lte=moment.known_at).order_by("at", "pk")
    return list(judged.prefetch_related(Prefetch("verifications", named)))


def _handed_in(judged: Sequence[Assessment], handed_in: HandedIn) -> dict[int, list[Assessment]]:
    """By indicator; of own ratings those that were handed in with their answer.

    A rating taken over from a published report, and one that sets a computed rating aside, belong to no answer.
    """
    found: defaultdict[int, list[Assessment]] = defaultdict(list)
    for assessment in judged:
        of_answer = assessment.voice == "self" and not assessment.as_published
        if not of_answer or _is_handed_in(assessment, assessment.at, handed_in):
            found[assessment.indicator_id].append(assessment)
    return found


def _is_handed_in(part: Assessment | Evidence, at: datetime, handed_in: HandedIn) -> bool:
    last = handed_in.get((part.organisation_id, Period(part.period_start, part.period_months)))
    return last is not None and at <= last


def _override(judged: Sequence[Assessment], moment: Moment) -> Assessment | None:
    """The newest override that counts on the day; what was said after that day neither counts nor replaces any."""
    said = [a for a in judged if a.voice == "override" and a.at.date() <= moment.as_at]
    replaced = {a.supersedes_id for a in said}
    counting = [a for a in said if a.pk not in replaced and as_override(a).is_in_force(moment.as_at)]
    return counting[-1] if counting else None


def _verified(assessment: Assessment | None, moment: Moment) -> VerifiedPart | None:
    if assessment is None:
        return None
    known = [v for v in assessment.verifications.all() if v.at <= moment.known_at]
    if not known:
        return None
    newest: Any = max(known, key=lambda v: (v.at, v.pk))
    rating = newest.rating or (assessment.rating if newest.verdict == "confirmed" else Rating.NOT_RATED)
    return VerifiedPart(Rating(rating), newest.verifier_name, newest.at.date())


def _evidence(moment: Moment) -> Sequence[Evidence]:
    columns = ("organisation_id", "indicator_id", "period_start", "period_months", "at", "withdrawn_at")
    return list(Evidence.objects.filter(plan=moment.plan, at__lte=moment.known_at).only(*columns))


def _behind_answers(documents: Sequence[Evidence], handed_in: HandedIn) -> dict[int, frozenset[tuple[int, Period]]]:
    """Behind which answers a document stood when they were handed in, by indicator."""
    found: defaultdict[int, set[tuple[int, Period]]] = defaultdict(set)
    for each in documents:
        if _is_handed_in(each, each.at, handed_in) and not (
            each.withdrawn_at is not None and _is_handed_in(each, each.withdrawn_at, handed_in)
        ):
            found[each.indicator_id].add((each.organisation_id, Period(each.period_start, each.period_months)))
    return {indicator: frozenset(answers) for indicator, answers in found.items()}
