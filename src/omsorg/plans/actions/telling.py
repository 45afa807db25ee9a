"""Who hears at once of what became of an answer: contested, given back, asked to be opened again.

Letters name indicators and never quote a reason: what was written about an answer is read where it is kept.
"""

from collections.abc import Sequence
from datetime import datetime

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import as_house
from omsorg.plans.letters import AboutAnswer, write_contested, write_given_back, write_opening_asked
from omsorg.plans.models import Assessment, Figure, OpeningAsked, SubmissionStep
from omsorg.plans.queries.asked import day_of_definition, definitions_on
from omsorg.plans.queries.lateness import Addressee, officers_of, reviewers_above


def tell_of_contest(contested: Sequence[Figure | Assessment], *, once: int, by: Acting, at: datetime) -> None:
    """Write to those who report there and to the nearest reviewers, of one organisation, one letter for each answer."""
    with as_house():
        answers = {(each.indicator.plan_id, each.period_start, each.period_months): each for each in contested}
        for cell, first in answers.items():
            plan, period = first.indicator.plan, Period(first.period_start, first.period_months)
            wanted = {
                each.indicator_id
                for each in contested
                if (each.indicator.plan_id, each.period_start, each.period_months) == cell
            }
            day = day_of_definition(period, on=at.date())
            defined = definitions_on(plan.pk, day, frequency_months=plan.frequency_months)
            about = AboutAnswer(plan, Organisation.objects.get(pk=first.organisation_id), period)
            contested_by = Organisation.objects.get(pk=by.organisation_id).name
            for people, is_reviewer in _both_sides(about, at):
                for person in people:
                    if person.id != by.person_id:
                        write_contested(
                            about,
                            [each for each in defined if each.id in wanted],
                            person,
                            contested_by=contested_by,
                            is_reviewer=is_reviewer,
                            once=f"{once}:{period.code}",
                            at=at,
                        )


def tell_it_came_back(step: SubmissionStep, *, by: Acting, at: datetime) -> None:
    """Write to those who report there that their answer is open again."""
    with as_house():
        about = AboutAnswer(step.plan, step.organisation, Period(step.period_start, step.period_months))
        for person in officers_of([about.organisation.pk], on=at.date()).get(about.organisation.pk, ()):
            if person.id != by.person_id:
                write_given_back(
                    about, person, is_returned=step.step == SubmissionStep.Step.RETURNED, once=step.pk, at=at
                )


def tell_opening_asked(asked: OpeningAsked, *, by: Acting, at: datetime) -> None:
    """Write to the nearest reviewers that an answer is to be opened again."""
    with as_house():
        about = AboutAnswer(asked.plan, asked.organisation, Period(asked.period_start, asked.period_months))
        above = reviewers_above([about.organisation.pk], on=at.date()).get(about.organisation.pk)
        for person in above.people if above else ():
            if person.id != by.person_id:
                write_opening_asked(about, person, once=asked.pk, at=at)


def _both_sides(about: AboutAnswer, at: datetime) -> list[tuple[Sequence[Addressee], bool]]:
    """Those who report for the organisation, and those who review above it; whoever is both is told once."""
    house = about.organisation.pk
    officers = officers_of([house], on=at.date()).get(house, ())
    above = reviewers_above([house], on=at.date()).get(house)
    reviewers = [person for person in above.people if person not in officers] if above else []
    return [(officers, False), (reviewers, True)]
