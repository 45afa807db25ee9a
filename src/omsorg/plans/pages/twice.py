"""What a publisher should look at twice before a report is frozen or released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from omsorg.kernel.periods import Period
from omsorg.plans.pages.words import coverage_of, day, language_now, reason_told
from omsorg.plans.queries.agreed import agreed_limits
from omsorg.plans.rules.by_person import is_by_person
from omsorg.plans.rules.lateness import due_on
from omsorg.plans.rules.measures import Rating
from omsorg.plans.rules.sentences import why_so
from omsorg.plans.rules.snapshot import IndicatorPart, ReportDocument
from omsorg.plans.rules.status import Why


@dataclass(frozen=True, slots=True)
class Unrated:
    """Indicators without a rating for one and the same reason."""

    codes: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class SetByPerson:
    """An indicator whose rating a person has set, and why, as it will be read."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class LookTwice:
    """What may be wrong, or may be read wrongly. `earlier`: the last day on which no later answer was due yet."""

    expected: int
    missing: int
    contested: int
    not_rated: tuple[Unrated, ...]
    earlier: str
    good_by_few: tuple[str, ...]
    without_cause: tuple[str, ...]
    late_without_cause: tuple[str, ...]
    disagree: tuple[str, ...]
    by_person: tuple[SetByPerson, ...]


def look_twice(document: ReportDocument) -> LookTwice:
    """What to look at twice, in the reader's language."""
    active = [part for part in document.indicators if part.standing.is_active]
    unrated = [part for part in active if part.stated is Rating.NOT_RATED]
    is_overtaken = any(part.why is Why.ANSWER_MISSING and part.value is not None for part in unrated)
    return LookTwice(
        expected=document.answers.expected,
        missing=document.answers.expected - document.answers.received,
        contested=document.figures.contested,
        not_rated=_by_reason(unrated),
        earlier=day(last_day_for(Period.parse(document.period))) if is_overtaken else "",
        good_by_few=_codes(part for part in active if part.stated.is_good and _is_thin(part)),
        without_cause=_codes(
            part for part in document.indicators if part.stated is Rating.OFF_TRACK and part.cause is None
        ),
        late_without_cause=tuple(
            action.code for action in document.actions if action.slip_days > 0 and action.cause is None
        ),
        disagree=_codes(
            part
            for part in document.indicators
            if part.verified is not None and part.verified.rating is not part.stated
        ),
        by_person=tuple(
            SetByPerson(
                part.code,
                reason_told(part.override_reason, part.override_reason_language, part.override_reason_in),
            )
            for part in document.indicators
            if is_by_person(part)
        ),
    )


def last_day_for(period: Period) -> date:
    """The last day on which a report about `period` rates by its figures: then the next answer is due."""
    return due_on(period.next(), grace_days=agreed_limits().grace_days)


def _by_reason(parts: list[IndicatorPart]) -> tuple[Unrated, ...]:
    found: dict[str, list[IndicatorPart]] = {}
    for part in parts:
        found.setdefault(why_so(part, language_now()), []).append(part)
    return tuple(Unrated(_codes(all_), why_so(all_[0], language_now(), count=len(all_))) for all_ in found.values())


def _is_thin(part: IndicatorPart) -> bool:
    return part.coverage is not None and coverage_of(part.coverage.reported, part.coverage.expected).is_thin


def _codes(parts: Iterable[IndicatorPart]) -> tuple[str, ...]:
    return tuple(part.code for part in parts)
