"""How an indicator stands: computed from its figures, said by people, and both side by side."""

from collections.abc import Sequence
from datetime import date

from omsorg.plans.models import (
    Target,
)
from omsorg.plans.queries.freezing.hidden_ratings import without_telling
from omsorg.plans.queries.freezing.moment import Moment, Read, as_override
from omsorg.plans.queries.freezing.shown import BEFORE, added_up, overview_figure, rolled_up, value_of
from omsorg.plans.rules.codes import sorted_codes
from omsorg.plans.rules.measures import Activity, Cause, Rating
from omsorg.plans.rules.paths import Point, TargetFigure, TargetPath, target_paths
from omsorg.plans.rules.ratings import stated_rating
from omsorg.plans.rules.rollup import Missing, RolledUp, rated_by, rolled_figure
from omsorg.plans.rules.snapshot import (
    CoveragePart,
    HistoryPart,
    IndicatorPart,
    NumberPart,
    ReportDocument,
)
from omsorg.plans.rules.status import PeriodFigure, Standing, Why, indicator_status

TOLD_BY_THE_NUMBERS = (Why.PATH, Why.REACHED, Why.NO_CASES, Why.NOT_APPLICABLE, Why.BEFORE_DUE_DAY)


def _period_figures(read: Read) -> list[PeriodFigure]:
    """The rolled-up figure of every period, as the status rule wants them: absence stays absence.

    A milestone of a period is proven when everybody who says that it is reached attached a document to that answer.
    """
    found = []
    for period in sorted(read.tallies):
        proven = all((organisation, period) in read.evidence for organisation in read.reached.get(period, ()))
        rolled = rolled_up(read, period)
        figure = rolled_figure(rolled, read.definition, evidence=proven)
        found.append(PeriodFigure(period, figure, rolled.tally.reported, rolled.tally.expected))
    return found


def _paths(read: Read) -> tuple[tuple[TargetPath, ...], Point | None, Target | None]:
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


def _computed(read: Read, moment: Moment) -> Standing | None:
    """The computed standing, or None where no rule exists: no target, or nothing that could be rated."""
    paths, baseline, _row = _paths(read)
    if not paths:
        return None

    def rule(figures: Sequence[PeriodFigure], baseline: Point | None) -> Standing:
        return indicator_status(
            definition=rated_by(read.definition),
            figures=figures,
            paths=paths,
            baseline=baseline,
            on=moment.as_at,
            starts_on=read.changed_on or read.runs_from,
            grace_days=moment.limits.grace_days,
            coverage_floor=moment.limits.coverage_floor,
        )

    return without_telling(read, _period_figures(read), baseline, rule, smallest_shown=moment.limits.small_cell)


def indicator_part(moment: Moment, read: Read, previous: Sequence[ReportDocument]) -> IndicatorPart:
    revision, own, override = read.revision, read.self_assessment, read.override
    activity = Activity(revision.activity)
    computed = _computed(read, moment)
    # A rating taken over as it was published stands where there is no figure at all to compute another one from.
    taken_over = own is not None and own.as_published and computed is not None and computed.value is None
    stated, source = stated_rating(
        override=as_override(override) if override else None,
        computed=computed.status if computed and not taken_over else None,
        self_rating=Rating(own.rating) if own else None,
        on=moment.as_at,
    )
    rolled = overview_figure(moment, read)
    goals = [target for target in read.targets if target.series == 1]
    replaced = {target.supersedes_id for target in goals}
    standing = [target for target in goals if target.pk not in replaced]
    _paths_of, _point, baseline = _paths(read)
    says = override or own
    return IndicatorPart(
        code=read.indicator.code,
        title=revision.title,
        kind=read.definition.kind,
        adopted=read.indicator.adopted,
        activity=activity,
        about_children=read.about_children,
        stated=stated,
        source=source,
        actions=sorted_codes(action.code for action in read.actions),
        unit=revision.unit,
        direction=read.definition.direction,
        per=revision.per,
        activity_reason=revision.activity_reason,
        superseded_by=revision.superseded_by.code if revision.superseded_by else None,
        changed_on=read.changed_on,
        self_rating=Rating(own.rating) if own else None,
        computed=computed.status if computed else None,
        why=_why(computed),
        rated_on=_rated_on(moment, computed, rolled),
        override=Rating(override.rating) if override else None,
        override_reason=override.reason if override else "",
        override_reason_language=override.reason_language if override else "",
        override_reason_in=override.reason_in if override else {},
        verified=read.verified,
        cause=Cause(says.cause) if says and says.cause else None,
        new_date=says.new_date if says else None,
        slower_but_as_wished=bool(says and says.slower_but_as_wished),
        value=value_of(rolled),
        missing=rolled.missing,
        coverage=CoveragePart(
            reported=rolled.tally.reported,
            expected=rolled.tally.expected,
            estimated=rolled.tally.estimated,
            not_applicable=rolled.tally.not_applicable,
        )
        if read.asked or read.figures
        else None,
        added_up=added_up(read),
        baseline=NumberPart(baseline.number, baseline.denominator, baseline.due_on)
        if baseline and BEFORE not in read.hidden
        else None,
        baseline_missing=Missing.HIDDEN if baseline and BEFORE in read.hidden else None,
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


def _why(computed: Standing | None) -> Why | None:
    """What decided, where neither the numbers nor the reason for their absence tell it already."""
    why = computed.why if computed else Why.NO_TARGET
    return None if why in TOLD_BY_THE_NUMBERS else why


def _rated_on(moment: Moment, computed: Standing | None, shown: RolledUp) -> date | None:
    """The day of the figures that decided, where it is not what is shown: those of few, or none at all."""
    if computed is None or computed.value_on is None:
        return None
    is_of_before = value_of(shown) is None and computed.value_on < moment.period.start
    by_the_figures = computed.why in (Why.PATH, Why.REACHED) and is_of_before
    return computed.value_on if by_the_figures or computed.why is Why.EARLIER_FIGURES else None


def _goal(goals: Sequence[Target]) -> NumberPart | None:
    """The last dated target, as it was stated last."""
    if not goals:
        return None
    goal = max(goals, key=lambda target: (target.due_on, target.in_force_on, target.pk))
    return NumberPart(goal.number, goal.denominator, goal.due_on)
