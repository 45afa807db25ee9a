"""The whole report, read as it was known at one moment."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from omsorg.federation.models import Organisation
from omsorg.federation.queries.organisations import name_on
from omsorg.plans.models import (
    Plan,
    Report,
)
from omsorg.plans.queries.freezing.across import over_organisations
from omsorg.plans.queries.freezing.answered import answers_of, figure_counts
from omsorg.plans.queries.freezing.gathered import gather
from omsorg.plans.queries.freezing.guarded import guard
from omsorg.plans.queries.freezing.moment import Frozen, Moment, standing_plan
from omsorg.plans.queries.freezing.promised import action_part, actions_of, recommendations_of
from omsorg.plans.queries.freezing.rated import indicator_part
from omsorg.plans.rules.snapshot import (
    PlanPart,
    ReportDocument,
    SourcePart,
)
from omsorg.plans.rules.status import RULE_VERSION


def read_report(
    moment: Moment, *, previous: Sequence[ReportDocument], trail_head: str, released: Sequence[Report] = ()
) -> Frozen:
    """The documents of a report. `previous` are the released reports before it, oldest first.

    `released` are all released reports of the plan: nothing is shown that tells of few children together with them.
    """
    plan, period = moment.plan, moment.period
    actions = actions_of(moment)
    reads = gather(moment, actions)
    guard(moment, reads, released)
    named = Organisation.objects.select_related("place").annotate(name_then=name_on("id", moment.as_at))
    organisations = {
        organisation.pk: organisation
        for organisation in named.filter(
            pk__in={f.organisation_id for read in reads for f in read.figures}
            | {pk for read in reads for pk in read.asked.get(period, ())}
            | {plan.owner_id}
        )
    }
    parts = [indicator_part(moment, read, previous) for read in reads]
    codes_by_action: defaultdict[int, list[str]] = defaultdict(list)
    for read in reads:
        for action in read.actions:
            codes_by_action[action.pk].append(read.indicator.code)
    said = standing_plan(moment)
    answered = answers_of(moment, reads)
    recommendations = recommendations_of(moment, {action.pk: action.code for action in actions})
    answers = {part.code: frozenset(part.actions) for part in recommendations}
    document = ReportDocument(
        plan=PlanPart(
            plan.code,
            said.title,
            plan.adopted_on,
            organisations[plan.owner_id].name_then,
            plan.currency,
            said.runs_from,
            said.runs_until,
        ),
        period=period.code,
        as_at=moment.as_at,
        rule_version=RULE_VERSION,
        actions=tuple(
            action_part(
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
        figures=figure_counts(moment, reads),
        answers=answered,
        previous=previous[-1].period if previous else None,
        trail_head=trail_head,
        held_against=tuple(sorted(report.code for report in released)),
    )
    listed = {
        organisation.pk: {
            "code": organisation.code,
            "name": organisation.name_then,
            "country": organisation.place.country_code if organisation.place else "",
        }
        for organisation in sorted(organisations.values(), key=lambda each: each.name_then)
    }
    return Frozen(document, {read.indicator.code: over_organisations(moment, read, listed) for read in reads})


def released_documents(plan: Plan, before: date) -> tuple[ReportDocument, ...]:
    """The overviews of the plan's released reports as at a day before `before`, oldest first."""
    from omsorg.plans.queries.published import document_of

    reports = Report.objects.filter(plan=plan, release__isnull=False, as_at__lt=before).order_by("as_at", "pk")
    return tuple(document_of(report) for report in reports)
