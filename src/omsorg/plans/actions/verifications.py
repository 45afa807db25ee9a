"""A second pair of eyes: somebody of another organisation confirms or contests what was reported."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction

from omsorg.federation.access import Acting, NothingHere, require
from omsorg.kernel.periods import Period
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.locks import hold_answer
from omsorg.plans.actions.telling import tell_of_contest
from omsorg.plans.models import Assessment, Figure, Verification
from omsorg.plans.rules.entries import as_kept
from omsorg.plans.rules.judging import JudgedBeforeHandedIn, SupersededMeanwhile, check_verdict, check_verifier
from omsorg.plans.rules.measures import Rating


@transaction.atomic
def verify(
    *,
    figures: Sequence[int] = (),
    assessments: Sequence[int] = (),
    is_contested: bool = False,
    rating: Rating | None = None,
    reason: str = "",
    by: Acting,
    at: datetime,
) -> tuple[Verification, ...]:
    """Confirm or contest figures and own ratings, all of them or none. The newest word holds; none is removed.

    Refused: to whoever entered one of them, to whoever belongs to the house it is about, today or on the day it was
    entered, without a reason where it is contested, where its answer is not handed in, and where it was corrected
    meanwhile: then there is something new to look at. Until the end nobody returns or corrects these answers.
    `rating` says how the verifier would rate what is contested. The database refuses the same.
    """
    check_verdict(is_contested=is_contested, reason=reason)
    found: list[Figure | Assessment] = [
        *Figure.objects.filter(pk__in=figures).select_related("indicator__plan"),
        *Assessment.objects.filter(pk__in=assessments).select_related("indicator__plan"),
    ]
    if len(found) != len(set(figures)) + len(set(assessments)):
        raise NothingHere("one of what is to be verified")
    for reported in found:
        require(by, "plans.verify", reported.organisation_id)
        check_verifier(
            verifier=by.person_id,
            entered_by=reported.by_id,
            is_of_the_house=_is_of_the_house(reported.organisation_id, reported.at.date()),
        )
    _hold_handed_in(found)
    for reported in found:
        if type(reported).objects.filter(supersedes=reported.pk).exists():
            raise SupersededMeanwhile
    written = tuple(_word(reported, is_contested, rating, reason, by, at) for reported in found)
    for organisation in sorted({reported.organisation_id for reported in found}):
        of_it = [word for word in written if word.organisation_id == organisation]
        leave_trace(
            "verify",
            f"plan:{found[0].indicator.plan.code}",
            by=by.person_id,
            at=at,
            organisation=organisation,
            details={
                "verdict": of_it[0].verdict,
                "figures": [word.figure_id for word in of_it if word.figure_id],
                "assessments": [word.assessment_id for word in of_it if word.assessment_id],
            },
        )
        if is_contested:
            tell_of_contest(
                [
                    reported
                    for reported in found
                    if reported.organisation_id == organisation and _is_of_an_answer(reported)
                ],
                once=of_it[0].pk,
                by=by,
                at=at,
            )
    return written


def _hold_handed_in(found: Sequence[Figure | Assessment]) -> None:
    """Keep the answers that these belong to as they are, always in the same order; refuses one that is open.

    Only an answer's own rating belongs to it: one taken over from a published report was handed in by nobody.
    """
    answers = {
        (reported.indicator.plan_id, reported.organisation_id, reported.period_start, reported.period_months)
        for reported in found
        if _is_of_an_answer(reported)
    }
    for plan, organisation, start, months in sorted(answers):
        if not hold_answer(plan, organisation, Period(start, months)).is_locked:
            raise JudgedBeforeHandedIn


def _is_of_an_answer(reported: Figure | Assessment) -> bool:
    return isinstance(reported, Figure) or (reported.voice == "self" and not reported.as_published)


def _is_of_the_house(organisation: int, day: date) -> bool:
    """Whether the verifier works, or worked on `day`, in the house that the organisation belongs to, or did then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT plans_is_my_house(%s, %s)", [organisation, day])
        found: tuple[bool] = cursor.fetchone()
    return found[0]


def _word(
    reported: Figure | Assessment, is_contested: bool, rating: Rating | None, reason: str, by: Acting, at: datetime
) -> Verification:
    return Verification.objects.create(
        figure=reported if isinstance(reported, Figure) else None,
        assessment=reported if isinstance(reported, Assessment) else None,
        organisation_id=reported.organisation_id,
        verdict="contested" if is_contested else "confirmed",
        rating=rating if is_contested and rating else "",
        reason=as_kept(reason),
        by_id=by.person_id,
        by_organisation_id=by.organisation_id,
        at=at,
    )
