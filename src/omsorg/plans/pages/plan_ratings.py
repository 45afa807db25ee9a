"""All ratings of a plan beside each other: own, verifier, computed, set by a person, and what is stated."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as __

from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.pages.words import STATUSES, language_now, reason_told, short_day, source_of_rating, told
from omsorg.plans.rules.measures import Activity, Rating
from omsorg.plans.rules.sentences import why_so
from omsorg.plans.rules.snapshot import IndicatorPart, ReportDocument


@dataclass(frozen=True, slots=True)
class PlanRatingLine:
    """One indicator; codes of ratings are empty where a voice says nothing."""

    code: str
    title: str
    own: str
    verified: str
    verifier: str
    computed: str
    computed_word: str | Promise
    override: str
    override_reason: str
    stated: str
    source: str
    because: str
    url: str


def plan_rating_lines(plan: Plan, period: Period, document: ReportDocument) -> tuple[PlanRatingLine, ...]:
    """Every indicator that is still worked on."""
    return tuple(_line(plan, period, part) for part in document.indicators if part.activity is Activity.ACTIVE)


def _line(plan: Plan, period: Period, part: IndicatorPart) -> PlanRatingLine:
    verifier = ""
    if part.verified is not None:
        said = {"who": part.verified.by, "day": short_day(part.verified.on)}
        verifier = __("%(who)s, %(day)s") % said
    return PlanRatingLine(
        code=part.code,
        title=told(part.title),
        own=part.self_rating or "",
        verified=part.verified.rating if part.verified else "",
        verifier=verifier,
        computed=part.computed or "",
        computed_word=STATUSES[part.computed] if part.computed else "",
        override=part.override or "",
        override_reason=reason_told(part.override_reason, part.override_reason_language, part.override_reason_in),
        stated=part.stated,
        source=source_of_rating(part.stated, part.source),
        because=why_so(part, language_now()) if part.stated is Rating.NOT_RATED else "",
        url=f"{reverse('plans:override', args=[plan.code, part.code])}?{urlencode({'period': period.code})}",
    )
