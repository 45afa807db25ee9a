from datetime import UTC, date, datetime

import pytest

from omsorg.federation.access import NotAllowed, acting_as
from omsorg.kernel.models import Trace
from omsorg.kernel.periods import Period
from omsorg.kernel.wall import in_name_of
from omsorg.plans.actions.promises import revise_indicator
from omsorg.plans.actions.published_ratings import NotYetInThePlan, PublishedRating, take_over_ratings
from omsorg.plans.models import Assessment
from omsorg.plans.queries.promises import plan_as_of
from omsorg.plans.rules.answers import AnswerIsLocked
from omsorg.plans.rules.judging import CauseOnlyOffTrack
from omsorg.plans.rules.measures import Cause, Rating
from world import hand_in

AT = datetime(2024, 6, 3, 9, tzinfo=UTC)
PERIOD = Period.parse("2022-H2")
ON = date(2023, 3, 16)


@pytest.fixture
def owner(world):
    with in_name_of(world.person["plan_owner"].pk):
        yield acting_as(world.person["plan_owner"].pk, day=AT.date())


def rating(world, said, **more):
    given = {"indicator": world.indicator["policy"], "period": PERIOD, "on": ON, "rating": said}
    return PublishedRating(**given | more)


def take_over(world, owner, *ratings):
    return take_over_ratings(plan=world.plan, ratings=ratings, by=owner, at=AT)


def test_off_track_may_come_without_a_cause_and_is_marked_as_taken_over(world, owner):
    take_over(world, owner, rating(world, Rating.OFF_TRACK))
    kept = Assessment.objects.get()
    assert (kept.rating, kept.cause, kept.new_date, kept.as_published) == ("off_track", "", None, True)
    assert (kept.organisation, kept.voice) == (world.org["international"], "self")
    assert Trace.objects.filter(verb="take_over_ratings", subject="plan:example-plan").count() == 1


def test_what_stands_there_is_left_and_another_rating_supersedes_it(world, owner):
    take_over(world, owner, rating(world, Rating.ON_TRACK))
    assert take_over(world, owner, rating(world, Rating.ON_TRACK)) == {}
    take_over(world, owner, rating(world, Rating.COMPLETED))
    first, second = Assessment.objects.order_by("pk")
    assert (first.rating, second.rating, second.supersedes) == ("on_track", "completed", first)


def test_a_rating_belongs_to_the_definition_of_the_day_that_the_report_speaks_of(world, owner):
    terms = plan_as_of(world.plan, AT.date()).indicator["policy"].terms
    revise_indicator(
        indicator=world.indicator["policy"],
        terms=terms,
        expected=1,
        reason="Something else is measured",
        redefined=True,
        in_force_on=date(2024, 1, 1),
        by=owner,
        at=AT,
    )
    later = rating(world, Rating.COMPLETED, period=Period.parse("2023-H2"), on=date(2024, 3, 31))
    take_over(world, owner, rating(world, Rating.ON_TRACK), later)
    assert list(Assessment.objects.order_by("period_start").values_list("revision", flat=True)) == [1, 2]


def test_what_cannot_stand_is_refused_and_nothing_is_kept(world, owner):
    for wrong, refusal in (
        (rating(world, Rating.ON_TRACK, cause=Cause.TIME), CauseOnlyOffTrack),
        (rating(world, Rating.ON_TRACK, on=date(2021, 1, 1)), NotYetInThePlan),
    ):
        with pytest.raises(refusal):
            take_over(world, owner, rating(world, Rating.ON_TRACK, indicator=world.indicator["cases"]), wrong)
    assert Assessment.objects.count() == 0


def test_only_a_plan_owner_takes_ratings_over(world):
    person = world.person["officer"].pk
    with in_name_of(person), pytest.raises(NotAllowed):
        take_over(world, acting_as(person, day=AT.date()), rating(world, Rating.ON_TRACK))


def test_what_the_owner_has_handed_in_is_not_changed_by_a_published_report(world, owner):
    take_over(world, owner, rating(world, Rating.ON_TRACK))
    hand_in(world, "international", period=PERIOD, at=AT)
    assert take_over(world, owner, rating(world, Rating.ON_TRACK)) == {}
    with pytest.raises(AnswerIsLocked):
        take_over(world, owner, rating(world, Rating.COMPLETED))
