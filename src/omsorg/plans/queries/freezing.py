"""Everything that a report freezes, read as it was known at one moment: the overview and one document per indicator.

The number of statements does not depend on the number of actions, indicators or organisations.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Min, Prefetch

from omsorg.federation.models import Organisation
from omsorg.kernel.periods import Period
from omsorg.plans.models import (
    Action,
    ActionRevision,
    Assessment,
    BudgetEntry,
    Evidence,
    Indicator,
    IndicatorRevision,
    Plan,
    Recommendation,
    Report,
    SubmissionStep,
    Target,
    Verification,
)
from omsorg.plans.queries.definitions import definition_of
from omsorg.plans.queries.promises import links_that_hold
from omsorg.plans.queries.tallies import (
    OrganisationFigure,
    asked_organisations,
    figures_of_period,
    tallies_over_time,
)
from omsorg.plans.rules.codes import in_order, sorted_codes
from omsorg.plans.rules.lateness import due_on
from omsorg.plans.rules.measures import Activity, Cause, Definition, Rating, RollUp, State
from omsorg.plans.rules.paths import Point, TargetFigure, TargetPath, target_paths
from omsorg.plans.rules.ratings import Override, stated_rating
from omsorg.plans.rules.revisions import standing_on
from omsorg.plans.rules.rollup import Missing, RolledUp, rated_by, roll_up, rolled_figure
from omsorg.plans.rules.slip import slip
from omsorg.plans.rules.snapshot import (
    ActionPart,
    AnswersPart,
    BudgetPart,
    CoveragePart,
    FiguresPart,
    HistoryPart,
    IndicatorPart,
    NumberPart,
    PlanPart,
    RecommendationPart,
    ReportDocument,
    SourcePart,
    VerifiedPart,
)
from omsorg.plans.rules.status import RULE_VERSION, PeriodFigure, Standing, indicator_status
from omsorg.plans.rules.suppression import TOTAL, hidden_keys
from omsorg.plans.rules.tally import Tally

INDICATOR_FORMAT = "omsorg-indicator-1"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a report speaks of: the plan as of a day, a period, and what was known when it was frozen."""

    plan: Plan
    period: Period
    as_at: date
    known_at: datetime
    grace_days: int
    small_cell: int


@dataclass(frozen=True, slots=True)
class Frozen:
    """The documents of one report: the overview, and one for each indicator by its code."""

    document: ReportDocument
    indicators: Mapping[str, dict[str, Any]]


@dataclass(slots=True)
class _Read:
    """What was read about one indicator."""

    indicator: Indicator
    revision: IndicatorRevision
    definition: Definition
    first_revision: int
    changed_on: date | None
    targets: list[Target]
    tallies: dict[Period, Tally]
    figures: list[OrganisationFigure]
    asked: dict[Period, frozenset[int]]
    self_assessment: Assessment | None
    override: Assessment | None
    verified: VerifiedPart | None


def read_report(moment: Moment, *, previous: Sequence[ReportDocument], trail_head: str) -> Frozen:
    """The documents of a report. `previous` are the released reports before it, oldest first."""
    plan, period = moment.plan, moment.period
    actions = _actions(moment)
    reads = _indicators(moment, actions)
    organisations = {
        organisation.pk: organisation
        for organisation in Organisation.objects.select_related("place").filter(
            pk__in={f.organisation_id for read in reads for f in read.figures}
            | {pk for read in reads for pk in read.asked.get(period, ())}
            | {plan.owner_id}
        )
    }
    parts = [_indicator_part(moment, read, previous) for read in reads]
    codes_by_action: defaultdict[int, list[str]] = defaultdict(list)
    for read in reads:
        for action in read.indicator.actions.all():
            codes_by_action[action.pk].append(read.indicator.code)
    answered = _answers(moment, reads)
    recommendations = _recommendations(moment, {action.pk: action.code for action in actions})
    answers = {part.code: frozenset(part.actions) for part in recommendations}
    document = ReportDocument(
        plan=PlanPart(plan.code, plan.title, plan.adopted_on, organisations[plan.owner_id].name, plan.currency),
        period=period.code,
        as_at=moment.as_at,
        rule_version=RULE_VERSION,
        actions=tuple(
            _action_part(
                moment,
                action,
                codes_by_action[action.pk],
                (code for code, answered_by in answers.items() if action.code in answered_by),
            )
            for action in actions
        ),
        indicators=tuple(parts),
        recommendations=recommendations,
        sources=tuple(
            SourcePart(source.code, source.kind, source.title, source.published_on)
            for source in plan.sources.filter(in_plan_from__lte=moment.as_at).order_by("code")
        ),
        figures=_figure_counts(moment, reads),
        answers=answered,
        previous=previous[-1].period if previous else None,
        trail_head=trail_head,
    )
    return Frozen(document, {read.indicator.code: _over_organisations(moment, read, organisations) for read in reads})


def released_documents(plan: Plan, before: date) -> tuple[ReportDocument, ...]:
    """The overviews of the plan's released reports as at a day before `before`, oldest first."""
    from omsorg.plans.queries.published import document_of

    reports = Report.objects.filter(plan=plan, release__isnull=False, as_at__lt=before).order_by("as_at", "pk")
    return tuple(document_of(report) for report in reports)


# ---- the plan as it stood --------------------------------------------------------------------------------------


def _standing_revision(revisions: Iterable[Any], moment: Moment) -> Any:
    """The newest revision in force on the day and already written down at the moment; None before the first."""
    return standing_on((r for r in revisions if r.at <= moment.known_at), moment.as_at)


def _actions(moment: Moment) -> list[Action]:
    """The actions that were in the plan, each with `standing` and `first`, its present and original revision."""
    found = []
    revisions = ActionRevision.objects.select_related("owner", "superseded_by").order_by("number")
    actions = moment.plan.actions.prefetch_related(
        Prefetch("revisions", revisions),
        Prefetch(
            "budget",
            BudgetEntry.objects.filter(on_day__lte=moment.as_at, at__lte=moment.known_at).order_by("on_day", "pk"),
        ),
    )
    for action in sorted(actions, key=lambda action: in_order(action.code)):
        standing = _standing_revision(action.revisions.all(), moment)
        if standing is None:
            continue
        action.standing = standing  # type: ignore[attr-defined]
        action.first = action.revisions.all()[0]  # type: ignore[attr-defined]
        found.append(action)
    return found


def _action_part(
    moment: Moment, action: Any, indicator_codes: list[str], recommendation_codes: Iterable[str]
) -> ActionPart:
    standing, first = action.standing, action.first
    stopped_on = None
    if standing.activity != Activity.ACTIVE:
        inactive = [
            r for r in action.revisions.all() if r.number <= standing.number and r.activity == standing.activity
        ]
        stopped_on = inactive[0].in_force_on
    put_off = [r.cause for r in action.revisions.all() if r.number <= standing.number and r.cause]
    slipped = slip(
        original_due_on=first.due_on,
        present_due_on=standing.due_on,
        as_of=moment.as_at,
        done_on=standing.done_on,
        stopped_on=stopped_on,
    )
    return ActionPart(
        code=action.code,
        title=standing.title,
        prioritised=standing.prioritised,
        owner=standing.owner.name,
        starts_on=standing.starts_on,
        due_on=standing.due_on,
        original_due_on=first.due_on,
        slip_days=slipped.days,
        done_on=standing.done_on,
        activity=Activity(standing.activity),
        activity_reason=standing.activity_reason,
        superseded_by=standing.superseded_by.code if standing.superseded_by else None,
        cause=Cause(put_off[-1]) if put_off else None,
        new_date=standing.due_on if standing.due_on != first.due_on else None,
        budget=_budget(action.budget.all()),
        recommendations=sorted_codes(recommendation_codes),
        indicators=sorted_codes(indicator_codes),
    )


def _budget(entries: Iterable[BudgetEntry]) -> tuple[BudgetPart, ...]:
    sums: dict[str, dict[str, int | None]] = {}
    for entry in entries:
        of_currency = sums.setdefault(entry.currency, {"original": 0, "spent": 0, "revised": None})
        if entry.kind == BudgetEntry.Kind.SPENT:
            of_currency["spent"] = (of_currency["spent"] or 0) + entry.amount_minor
        else:
            of_currency[entry.kind] = entry.amount_minor
    return tuple(
        BudgetPart(currency, each["original"] or 0, each["spent"] or 0, each["revised"])
        for currency, each in sorted(sums.items())
    )


def _recommendations(moment: Moment, action_codes: Mapping[int, str]) -> tuple[RecommendationPart, ...]:
    links: defaultdict[int, list[str]] = defaultdict(list)
    for action_id, recommendation_id in links_that_hold(moment.plan, moment.as_at, known_at=moment.known_at):
        if action_id in action_codes:
            links[recommendation_id].append(action_codes[action_id])
    parts = []
    for recommendation in (
        Recommendation.objects.filter(source__plan=moment.plan, in_plan_from__lte=moment.as_at)
        .select_related("source")
        .prefetch_related("responses")
        .order_by("source__code", "pk")
    ):
        answer = _standing_revision(recommendation.responses.all(), moment)
        parts.append(
            RecommendationPart(
                code=recommendation.code,
                source=recommendation.source.code,
                area=recommendation.area,
                text=recommendation.text,
                accepted=answer.accepted if answer else "open",
                response=answer.response if answer else {},
                actions=sorted_codes(links[recommendation.pk]),
            )
        )
    return tuple(parts)


# ---- indicators ------------------------------------------------------------------------------------------------


def _indicators(moment: Moment, actions: Sequence[Any]) -> list[_Read]:
    plan, period = moment.plan, moment.period
    standing: list[tuple[Indicator, IndicatorRevision, int, date | None]] = []
    indicators = plan.indicators.prefetch_related(
        Prefetch("revisions", IndicatorRevision.objects.select_related("superseded_by").order_by("number")),
        Prefetch("actions", Action.objects.order_by("code")),
    )
    for indicator in sorted(indicators, key=lambda indicator: in_order(indicator.code)):
        revision = _standing_revision(indicator.revisions.all(), moment)
        if revision is None:
            continue
        redefined = [r for r in indicator.revisions.all() if r.redefined and 1 < r.number <= revision.number]
        first = redefined[-1].number if redefined else 1
        standing.append((indicator, revision, first, redefined[-1].in_force_on if redefined else None))
    ids = [indicator.pk for indicator, *_rest in standing]
    asked_ids = {indicator.pk for indicator, revision, *_rest in standing if revision.asked_of_associations}
    days = _period_ends(plan, period)
    asked = asked_organisations(plan.owner_id, plan.reporting_kind, list(days.values()))
    everybody = frozenset().union(*asked.values())
    firsts = {indicator.pk: first for indicator, _revision, first, _changed in standing}
    tallies = tallies_over_time(
        revision_from={pk: firsts[pk] for pk in asked_ids},
        organisations=everybody,
        until=period.until,
        known_at=moment.known_at,
    )
    owners = {plan.owner_id, *(action.standing.owner_id for action in actions)}
    tallies |= tallies_over_time(
        revision_from={pk: first for pk, first in firsts.items() if pk not in asked_ids},
        organisations=owners,
        until=period.until,
        known_at=moment.known_at,
    )
    figures = figures_of_period(indicators=ids, period=period, known_at=moment.known_at)
    targets = _targets(moment, ids)
    assessments = _assessments(moment, ids)
    reads = []
    for indicator, revision, first, changed_on in standing:
        of_owner = {
            action.standing.owner_id for action in actions if action.pk in {each.pk for each in indicator.actions.all()}
        } | {plan.owner_id}
        judged = [a for a in assessments.get(indicator.pk, ()) if a.organisation_id in of_owner and a.revision >= first]
        own = [
            a
            for a in judged
            if a.voice == "self" and (a.period_start, a.period_months) == (period.start, period.months)
        ]
        overrides = [a for a in judged if a.voice == "override"]
        self_assessment = own[-1] if own else None
        is_asked = indicator.pk in asked_ids
        reads.append(
            _Read(
                indicator=indicator,
                revision=revision,
                definition=definition_of(indicator.code, revision, plan.frequency_months),
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
                override=overrides[-1] if overrides else None,
                verified=_verified(self_assessment, moment),
            )
        )
    return reads


def _period_ends(plan: Plan, period: Period) -> dict[Period, date]:
    """Each period of the plan up to `period` with its last day."""
    ends = {}
    each = period
    while each.until > plan.runs_from:
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


def _assessments(moment: Moment, ids: list[int]) -> dict[int, list[Assessment]]:
    found: defaultdict[int, list[Assessment]] = defaultdict(list)
    for assessment in (
        Assessment.objects.filter(indicator_id__in=ids, at__lte=moment.known_at)
        .order_by("at", "pk")
        .prefetch_related(Prefetch("verifications", Verification.objects.select_related("by_organisation")))
    ):
        found[assessment.indicator_id].append(assessment)
    return found


def _verified(assessment: Assessment | None, moment: Moment) -> VerifiedPart | None:
    if assessment is None:
        return None
    known = [v for v in assessment.verifications.all() if v.at <= moment.known_at]
    if not known:
        return None
    newest = max(known, key=lambda v: (v.at, v.pk))
    rating = newest.rating or (assessment.rating if newest.verdict == "confirmed" else Rating.NOT_RATED)
    return VerifiedPart(Rating(rating), newest.by_organisation.name, newest.at.date())


def _expected(tally: Tally, asked: frozenset[int] | None) -> Tally:
    """The tally with the number of answers that were expected: those asked, less those it does not concern."""
    expected = 1 if asked is None else len(asked)
    return replace(tally, expected=max(expected - tally.not_applicable, 0))


def _rolled(read: _Read, period: Period) -> RolledUp:
    asked = read.asked.get(period, frozenset()) if read.asked else None
    return roll_up(_expected(read.tallies.get(period, Tally()), asked), read.definition)


def _period_figures(read: _Read, moment: Moment, evidence: bool) -> list[PeriodFigure]:
    """The rolled-up figure of every period, as the status rule wants them: absence stays absence."""
    found = []
    for period in sorted(read.tallies):
        figure = rolled_figure(
            _rolled(read, period), read.definition, evidence=evidence or not read.revision.evidence_needed
        )
        found.append(PeriodFigure(period, figure))
    return found


def _paths(read: _Read) -> tuple[tuple[TargetPath, ...], Point | None, Target | None]:
    goals = [target for target in read.targets if target.series == 1]
    baselines = [target for target in read.targets if target.series == 2]
    rated = rated_by(read.definition)
    by_pk = {target.pk: target for target in goals}
    withdrawn = [
        TargetFigure(by_pk[t.supersedes_id].due_on, None, t.in_force_on)
        for t in goals
        if t.supersedes_id in by_pk and by_pk[t.supersedes_id].due_on != t.due_on
    ]
    stated = [TargetFigure(t.due_on, rated.value_of(t.number, t.denominator), t.in_force_on) for t in goals]
    baseline = baselines[-1] if baselines else None
    point = Point(baseline.due_on, rated.value_of(baseline.number, baseline.denominator)) if baseline else None
    return target_paths([*withdrawn, *stated]), point, baseline


def _computed(read: _Read, moment: Moment) -> Standing | None:
    """The computed standing, or None where no rule exists: no target, or nothing that could be rated."""
    paths, baseline, _row = _paths(read)
    if not paths:
        return None
    evidence = (
        Evidence.objects.filter(indicator=read.indicator, withdrawn_at__isnull=True).exists()
        if (read.revision.evidence_needed)
        else False
    )
    return indicator_status(
        definition=rated_by(read.definition),
        figures=_period_figures(read, moment, evidence),
        paths=paths,
        baseline=baseline,
        on=moment.as_at,
        starts_on=read.changed_on or moment.plan.runs_from,
        grace_days=moment.grace_days,
    )


def _indicator_part(moment: Moment, read: _Read, previous: Sequence[ReportDocument]) -> IndicatorPart:
    revision, own, override = read.revision, read.self_assessment, read.override
    activity = Activity(revision.activity)
    computed = _computed(read, moment)
    in_force = (
        Override(Rating(override.rating), override.reason, override.at.date(), override.ends_on) if override else None
    )
    # A rating taken over as it was published stands where there is no figure at all to compute another one from.
    taken_over = own is not None and own.as_published and computed is not None and computed.value is None
    stated, source = stated_rating(
        override=in_force,
        computed=computed.status if computed and not taken_over else None,
        self_rating=Rating(own.rating) if own else None,
        on=moment.as_at,
    )
    rolled = _shown(moment, read, moment.period)
    goals = [target for target in read.targets if target.series == 1]
    replaced = {target.supersedes_id for target in goals}
    standing = [target for target in goals if target.pk not in replaced]
    _paths_of, _point, baseline = _paths(read)
    says = override if in_force and in_force.is_in_force(moment.as_at) else own
    return IndicatorPart(
        code=read.indicator.code,
        title=revision.title,
        kind=read.definition.kind,
        adopted=read.indicator.adopted,
        activity=activity,
        stated=stated,
        source=source,
        actions=sorted_codes(action.code for action in read.indicator.actions.all()),
        unit=revision.unit,
        direction=read.definition.direction,
        per=revision.per,
        activity_reason=revision.activity_reason,
        superseded_by=revision.superseded_by.code if revision.superseded_by else None,
        changed_on=read.changed_on,
        self_rating=Rating(own.rating) if own else None,
        computed=computed.status if computed else None,
        override=in_force.rating if in_force and in_force.is_in_force(moment.as_at) else None,
        override_reason=in_force.reason if in_force and in_force.is_in_force(moment.as_at) else "",
        verified=read.verified,
        cause=Cause(says.cause) if says and says.cause else None,
        new_date=says.new_date if says else None,
        slower_but_as_wished=bool(says and says.slower_but_as_wished),
        value=_value(rolled, read.definition),
        missing=rolled.missing,
        coverage=CoveragePart(
            reported=rolled.tally.reported,
            expected=rolled.tally.expected,
            estimated=rolled.tally.estimated,
            not_applicable=rolled.tally.not_applicable,
        )
        if read.asked or read.figures
        else None,
        baseline=NumberPart(baseline.number, baseline.denominator, baseline.due_on) if baseline else None,
        first_target=_goal([target for target in goals if target.in_force_on == goals[0].in_force_on]),
        present_target=_goal(standing),
        target_due=max((t.due_on for t in standing), default=revision.due_on),
        history=tuple(
            HistoryPart(document.period, part.stated, part.activity)
            for document in previous
            for part in document.indicators
            if part.code == read.indicator.code
        ),
    )


def _goal(goals: Sequence[Target]) -> NumberPart | None:
    """The last dated target, as it was stated last."""
    if not goals:
        return None
    goal = max(goals, key=lambda target: (target.due_on, target.in_force_on, target.pk))
    return NumberPart(goal.number, goal.denominator, goal.due_on)


def _value(rolled: RolledUp, definition: Definition) -> NumberPart | None:
    if rolled.value is None:
        return None
    if rolled.numerator is not None:
        return NumberPart(rolled.numerator, rolled.denominator)
    figure = rolled_figure(rolled, definition)
    return NumberPart(figure.numerator or Decimal(0), figure.denominator)


# ---- small counts of children ----------------------------------------------------------------------------------


def _hidden(moment: Moment, read: _Read) -> frozenset[str]:
    """The organisations whose count is too small to be shown, and `TOTAL` where the total would give one away."""
    if not read.revision.about_children:
        return frozenset()
    counts = {str(figure.organisation_id): figure.numerator for figure in read.figures}
    return hidden_keys(counts, moment.small_cell, total_is_shown=_adds(read.definition))


def _shown(moment: Moment, read: _Read, period: Period) -> RolledUp:
    """The rolled-up figure of a period as the public may see it."""
    rolled = _rolled(read, period)
    if not read.revision.about_children or rolled.value is None or not _adds(read.definition):
        return rolled
    is_small = 0 < rolled.tally.numerator < moment.small_cell
    if is_small or (period == moment.period and TOTAL in _hidden(moment, read)):
        return RolledUp(None, Missing.SUPPRESSED, rolled.tally)
    return rolled


def _adds(definition: Definition) -> bool:
    """Whether the organisations' numbers add up to the one that is shown above them."""
    return definition.roll_up in (RollUp.SUM, RollUp.RATIO_OF_SUMS)


# ---- one indicator over all organisations ----------------------------------------------------------------------


def _over_organisations(moment: Moment, read: _Read, organisations: Mapping[int, Organisation]) -> dict[str, Any]:
    """One indicator's own document: every organisation's figure, the periods before, the targets, the definition."""
    revision = read.revision
    told = {figure.organisation_id: figure for figure in read.figures}
    asked = read.asked.get(moment.period, frozenset(told)) if read.asked else frozenset(told)
    rows = sorted((organisations[pk] for pk in asked | told.keys()), key=lambda each: each.name)
    hidden = _hidden(moment, read)
    return {
        "format": INDICATOR_FORMAT,
        "code": read.indicator.code,
        "period": moment.period.code,
        "text": revision.text,
        "numerator": revision.numerator,
        "denominator": revision.denominator,
        "time_rule": revision.time_rule,
        "roll_up": revision.roll_up,
        "threshold": _text(revision.threshold),
        "comparison": revision.comparison,
        "tolerance": _text(revision.tolerance),
        "organisations": [
            _organisation_row(organisation, told.get(organisation.pk), str(organisation.pk) in hidden)
            for organisation in rows
        ],
        "periods": [_period_row(moment, read, period) for period in sorted(read.tallies)],
        "targets": [
            {
                "series": "baseline" if target.series == 2 else "target",
                "due_on": target.due_on.isoformat(),
                "number": _text(target.number),
                "denominator": _text(target.denominator),
                "in_force_on": target.in_force_on.isoformat(),
                "reason": target.reason,
            }
            for target in read.targets
        ],
    }


def _organisation_row(organisation: Organisation, figure: OrganisationFigure | None, hidden: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": organisation.code,
        "name": organisation.name,
        "country": organisation.place.country_code if organisation.place else "",
        "state": "silent",
    }
    if figure is None:
        return row
    if hidden:
        return {**row, "state": "suppressed"}
    return {
        **row,
        "state": State(figure.state).name.lower(),
        "numerator": _text(figure.numerator),
        "denominator": _text(figure.denominator),
        "text": figure.text,
        "verdict": figure.verdict,
        "verified_by": figure.verified_by,
    }


def _period_row(moment: Moment, read: _Read, period: Period) -> dict[str, Any]:
    rolled = _shown(moment, read, period)
    value = _value(rolled, read.definition)
    return {
        "period": period.code,
        "numerator": _text(value.numerator) if value else None,
        "denominator": _text(value.denominator) if value else None,
        "missing": rolled.missing.value if rolled.missing else None,
        "reported": rolled.tally.reported,
        "expected": rolled.tally.expected,
        "estimated": rolled.tally.estimated,
    }


def _text(number: Decimal | None) -> str | None:
    if number is None:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# ---- how the answers came about --------------------------------------------------------------------------------


def _figure_counts(moment: Moment, reads: Sequence[_Read]) -> FiguresPart:
    figures = [figure for read in reads for figure in read.figures]
    with_evidence = set(
        Evidence.objects.filter(
            plan=moment.plan,
            period_start=moment.period.start,
            period_months=moment.period.months,
            at__lte=moment.known_at,
            withdrawn_at__isnull=True,
        ).values_list("organisation_id", "indicator_id")
    )
    return FiguresPart(
        total=len(figures),
        confirmed=sum(figure.verdict == "confirmed" for figure in figures),
        contested=sum(figure.verdict == "contested" for figure in figures),
        with_evidence=sum((figure.organisation_id, figure.indicator_id) in with_evidence for figure in figures),
    )


def _answers(moment: Moment, reads: Sequence[_Read]) -> AnswersPart:
    """Who was asked for the period, who answered by the moment, and who of those answered late."""
    expected = frozenset().union(*(read.asked.get(moment.period, frozenset()) for read in reads))
    due = due_on(moment.period, grace_days=moment.grace_days)
    first = dict(
        SubmissionStep.objects.filter(
            plan=moment.plan,
            period_start=moment.period.start,
            period_months=moment.period.months,
            step="submitted",
            at__lte=moment.known_at,
            organisation_id__in=expected,
        )
        .values("organisation_id")
        .annotate(first=Min("at"), times=Count("pk"), org=F("organisation_id"))
        .values_list("org", "first")
    )
    late = sum(at.date() > due for at in first.values())
    return AnswersPart(expected=len(expected), received=len(first), late=late)
