"""How the answers of the period came about: who was asked, who answered, what was looked at."""

from collections.abc import Sequence

from django.db.models import Count, F, Min

from omsorg.plans.models import SubmissionStep
from omsorg.plans.queries.freezing.moment import Moment, Read
from omsorg.plans.rules.lateness import due_on
from omsorg.plans.rules.snapshot import (
    AnswersPart,
    FiguresPart,
)


def figure_counts(moment: Moment, reads: Sequence[Read]) -> FiguresPart:
    figures = [figure for read in reads for figure in read.figures]
    return FiguresPart(
        total=len(figures),
        confirmed=sum(figure.verdict == "confirmed" for figure in figures),
        contested=sum(figure.verdict == "contested" for figure in figures),
        with_evidence=sum(
            (figure.organisation_id, moment.period) in read.evidence
            for read in reads
            if read.evidence
            for figure in read.figures
        ),
    )


def answers_of(moment: Moment, reads: Sequence[Read]) -> AnswersPart:
    """Who was asked for the period, who answered by the moment, and who of those answered late."""
    expected = frozenset().union(*(read.asked.get(moment.period, frozenset()) for read in reads))
    due = due_on(moment.period, grace_days=moment.limits.grace_days)
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
