"""An organisation rates itself, the plan's owner sets a computed rating aside, another organisation verifies."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from omsorg.federation.access import NotAllowed, NothingHere
from omsorg.federation.models import Mandate, Position
from omsorg.kernel.models import Trace
from omsorg.kernel.numbers import DayOutOfReach
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.assessments import NotRatedHere, OwnRating, RatedMeanwhile, assess, override_rating
from omsorg.plans.actions.submissions import return_answer, submit_answer
from omsorg.plans.actions.verifications import verify
from omsorg.plans.models import Assessment, Figure, Verification
from omsorg.plans.rules.answers import AnswerIsLocked
from omsorg.plans.rules.judging import (
    CauseOnlyOffTrack,
    ContestSaysWhy,
    JudgedBeforeHandedIn,
    NewDateIsPast,
    NothingSetAside,
    OffTrackSaysWhy,
    OverriddenMeanwhile,
    OverrideMustEnd,
    OverrideSaysWhy,
    SupersededMeanwhile,
    VerifiesOwnHouse,
    VerifiesOwnWork,
)
from omsorg.plans.rules.measures import Cause, Rating
from omsorg.plans.tests.answering import AT, H1, LATER, acting, cases, record, record_all
from world import World, hand_in

AHEAD = date(2022, 12, 31)


def rate(world: World, rating: Rating, *, who: str = "officer", org: str = "tanzania", code: str = "trained", **more):
    """Rate one indicator; what the rules refuse comes out as it would be shown beside the row."""
    indicator = world.indicator[code].pk
    with acting(world, who) as by:
        done = assess(
            plan=world.plan,
            organisation=world.org[org],
            period=H1,
            ratings=[OwnRating(indicator, rating, **more)],
            by=by,
            at=AT,
        )
    if indicator in done.troubles:
        raise done.troubles[indicator]
    return {**done.kept, **done.unchanged}[indicator]


def override(world: World, *, who: str = "plan_owner", **more):
    said = {
        "rating": Rating.ON_TRACK, "reason": "Counted twice in the north", "ends_on": AHEAD, "expected": None, **more,
    }  # fmt: skip
    with acting(world, who) as by:
        return override_rating(indicator=world.indicator["trained"], period=H1, by=by, at=AT, **said)


def look(world: World, *, who: str = "verifier", **more):
    with acting(world, who) as by:
        return verify(by=by, at=AT, **more)


def figure_of(world: World) -> int:
    """A figure of Tanzania's in an answer that is handed in."""
    figure = record(world, cases(world, 12)).kept[(world.indicator["cases"].pk, 0)]
    hand_in(world, "tanzania", period=H1, at=AT)
    return figure


def give_back(world: World) -> None:
    with acting(world, "reviewer") as by:
        return_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, reason="Look", by=by, at=AT)


def verbs() -> list[str]:
    with as_house():
        return list(Trace.objects.order_by("id").values_list("verb", flat=True))


def test_an_organisation_rates_itself(world: World) -> None:
    rated = rate(world, Rating.OFF_TRACK, cause=Cause.RESOURCES, new_date=AHEAD, reason="Two trainers left")
    assert (rated.voice, rated.rating, rated.cause, rated.revision) == ("self", "off_track", "resources", 1)
    assert verbs() == ["assess"]


def test_the_same_rating_is_not_written_twice_and_a_new_one_follows_the_old(world: World) -> None:
    first = rate(world, Rating.ON_TRACK)
    assert rate(world, Rating.ON_TRACK) == first
    second = rate(world, Rating.COMPLETED, expected=first.pk)
    assert second.supersedes_id == first.pk
    with pytest.raises(RatedMeanwhile):
        rate(world, Rating.NOT_STARTED, expected=first.pk)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"rating": Rating.OFF_TRACK}, OffTrackSaysWhy),
        ({"rating": Rating.OFF_TRACK, "cause": Cause.TIME}, OffTrackSaysWhy),
        ({"rating": Rating.OFF_TRACK, "cause": Cause.TIME, "new_date": AT.date()}, NewDateIsPast),
        ({"rating": Rating.OFF_TRACK, "cause": Cause.TIME, "new_date": date(9999, 12, 31)}, DayOutOfReach),
        ({"rating": Rating.OFF_TRACK, "cause": Cause.TIME, "new_date": date(2090, 1, 1)}, DayOutOfReach),
        ({"rating": Rating.ON_TRACK, "cause": Cause.TIME}, CauseOnlyOffTrack),
    ],
    ids=[
        "off track says why",
        "and until when",
        "a day to come",
        "the end of the calendar",
        "long after the plan",
        "on track has no cause",
    ],
)
def test_a_rating_that_does_not_say_enough(world: World, said, refusal) -> None:
    with pytest.raises(refusal):
        rate(world, **said)


def test_what_is_sound_is_kept_where_the_page_asks_for_it(world: World) -> None:
    ratings = [
        OwnRating(world.indicator["trained"].pk, Rating.ON_TRACK),
        OwnRating(world.indicator["cases"].pk, Rating.OFF_TRACK),
    ]
    for whole, kept in ((True, 0), (False, 1)):
        with acting(world, "officer") as by:
            assess(
                plan=world.plan, organisation=world.org["tanzania"], period=H1, ratings=ratings, by=by, at=AT,
                whole=whole,
            )  # fmt: skip
            assert Assessment.objects.count() == kept


def test_only_whom_it_concerns_rates(world: World) -> None:
    with pytest.raises(NotAllowed):
        rate(world, Rating.ON_TRACK, org="kenya")
    with pytest.raises(NotRatedHere):
        rate(world, Rating.ON_TRACK, code="ombuds")


def test_a_locked_answer_keeps_its_ratings(world: World) -> None:
    record_all(world)
    with acting(world, "officer") as by:
        submit_answer(plan=world.plan, organisation=world.org["tanzania"], period=H1, by=by, at=AT)
    with pytest.raises(AnswerIsLocked):
        rate(world, Rating.ON_TRACK)
    with acting(world, "officer"), pytest.raises(IntegrityError, match="handed in"), transaction.atomic():
        Assessment.objects.create(
            indicator=world.indicator["trained"], organisation=world.org["tanzania"], revision=1, at=AT,
            period_start=H1.start, period_months=6, voice="self", rating="on_track", by=world.person["officer"],
        )  # fmt: skip


def test_the_owner_sets_a_computed_rating_aside_with_a_reason_until_a_day(world: World) -> None:
    said = override(world)
    assert (said.voice, said.organisation_id, said.ends_on) == ("override", world.org["international"].pk, AHEAD)
    assert verbs() == ["override_rating"]


def test_the_second_owner_is_told_what_the_first_has_said(world: World) -> None:
    first = override(world)
    with pytest.raises(OverriddenMeanwhile, match="until 31 December 2022: “Counted twice in the north”") as told:
        override(world, rating=Rating.COMPLETED, reason="Seen on site")
    assert (told.value.params["id"], told.value.params["rating"]) == (first.pk, Rating.ON_TRACK)
    second = override(world, rating=Rating.COMPLETED, reason="Seen on site", expected=first.pk)
    assert second.supersedes_id == first.pk
    with pytest.raises(OverriddenMeanwhile, match="Seen on site"):
        override(world, expected=first.pk)
    assert verbs() == ["override_rating"] * 2


def test_what_nobody_has_said_cannot_be_replaced(world: World) -> None:
    with pytest.raises(NothingSetAside):
        override(world, expected=7)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"reason": " "}, OverrideSaysWhy),
        ({"ends_on": None}, OverrideMustEnd),
        ({"ends_on": AT.date()}, OverrideMustEnd),
        ({"ends_on": date(2024, 1, 1)}, OverrideMustEnd),
        ({"rating": Rating.OFF_TRACK}, OffTrackSaysWhy),
    ],
    ids=[
        "without a reason",
        "without an end",
        "that ends today",
        "for longer than a year",
        "off track without a cause",
    ],
)
def test_an_override_that_does_not_say_enough(world: World, said, refusal) -> None:
    with pytest.raises(refusal):
        override(world, **said)


def test_only_the_owner_overrides(world: World) -> None:
    for who in ("officer", "reviewer", "verifier", "publisher"):
        with pytest.raises(NotAllowed):
            override(world, who=who)


def test_another_organisation_confirms_many_at_once(world: World) -> None:
    record_all(world)
    rated = rate(world, Rating.ON_TRACK)
    hand_in(world, "tanzania", period=H1, at=AT)
    with as_house():
        figures = list(Figure.objects.values_list("pk", flat=True))
    words = look(world, figures=figures, assessments=[rated.pk])
    assert {word.verdict for word in words} == {"confirmed"}
    assert {word.by_organisation_id for word in words} == {world.org["norway"].pk}
    assert len(words) == 4
    assert verbs().count("verify") == 1


def test_a_contest_says_why_and_may_say_how_it_should_be_rated(world: World) -> None:
    rated = rate(world, Rating.COMPLETED)
    hand_in(world, "tanzania", period=H1, at=AT)
    with pytest.raises(ContestSaysWhy):
        look(world, assessments=[rated.pk], is_contested=True)
    (word,) = look(world, assessments=[rated.pk], is_contested=True, reason="No list of staff", rating=Rating.OFF_TRACK)
    assert (word.verdict, word.rating, word.reason) == ("contested", "off_track", "No list of staff")


def test_what_was_corrected_meanwhile_is_looked_at_again(world: World) -> None:
    figure = figure_of(world)
    give_back(world)
    record(world, cases(world, 13, expected=figure))
    hand_in(world, "tanzania", period=H1, at=AT)
    with pytest.raises(SupersededMeanwhile):
        look(world, figures=[figure])


@pytest.mark.parametrize("is_returned", [False, True], ids=["never handed in", "returned"])
def test_what_is_not_handed_in_is_judged_by_nobody(world: World, is_returned: bool) -> None:
    figure = record(world, cases(world, 12)).kept[(world.indicator["cases"].pk, 0)]
    rated = rate(world, Rating.COMPLETED)
    if is_returned:
        hand_in(world, "tanzania", period=H1, at=AT)
        give_back(world)
    for reported in ({"figures": [figure]}, {"assessments": [rated.pk]}):
        with pytest.raises(JudgedBeforeHandedIn):
            look(world, **reported)
    with pytest.raises(IntegrityError, match="handed in"):
        around(world, "verifier", figure)
    with as_house():
        assert not Verification.objects.exists()


def test_a_rating_that_was_published_elsewhere_belongs_to_no_answer(world: World) -> None:
    hold(world, "verifier", "verifier", "international")
    with as_house():
        rated = Assessment.objects.create(
            indicator=world.indicator["ombuds"], organisation=world.org["international"], revision=1, at=AT,
            period_start=H1.start, period_months=6, voice="self", rating="on_track", as_published=True,
        )  # fmt: skip
    assert look(world, assessments=[rated.pk])[0].verdict == "confirmed"


def test_nobody_verifies_for_the_house_that_an_organisation_belonged_to_when_it_answered(world: World) -> None:
    """A programme of Tanzania answers and is then handed to Kenya: to both of them it is their own."""
    hold(world, "officer", "reporting_officer", "arusha")
    moved = date(2022, 9, 1)
    with as_house():
        rated = Assessment.objects.create(
            indicator=world.indicator["cases"], organisation=world.org["arusha"], revision=1, at=AT,
            period_start=H1.start, period_months=6, voice="self", rating="on_track", by=world.person["officer"],
        )  # fmt: skip
        Position.objects.filter(organisation=world.org["arusha"]).update(valid_until=moved)
        Position.objects.create(organisation=world.org["arusha"], parent=world.org["kenya"], valid_from=moved)
    hand_in(world, "arusha", period=H1, at=AT)
    hold(world, "officer_kenya", "verifier", "africa")
    for who in ("insider_verifier", "officer_kenya"):
        with acting(world, who, LATER) as by, pytest.raises(VerifiesOwnHouse):
            verify(assessments=[rated.pk], by=by, at=LATER)
        with pytest.raises(IntegrityError, match="another organisation"), acting(world, who, LATER):
            Verification.objects.create(
                assessment=rated, organisation=world.org["arusha"], verdict="confirmed", by=world.person[who],
                by_organisation_id=world.person[who].organisation_id, at=LATER,
            )  # fmt: skip
    with acting(world, "verifier", LATER) as by:
        assert verify(assessments=[rated.pk], by=by, at=LATER)[0].verdict == "confirmed"


def test_nobody_verifies_for_a_house_that_is_not_opened_to_them(world: World) -> None:
    figure = figure_of(world)
    with pytest.raises(NotAllowed):
        look(world, figures=[figure], who="reviewer")
    with pytest.raises(NothingHere):
        look(world, figures=[figure], who="stranger")


def hold(world: World, who: str, role: str, org: str) -> None:
    with as_house():
        Mandate.objects.create(
            person=world.person[who], role=role, organisation=world.org[org], valid_from=date(2000, 1, 1)
        )


def around(world: World, who: str, figure: int, org: str = "tanzania") -> None:
    """Write a verification without asking the rules."""
    person = world.person[who]
    with acting(world, who), transaction.atomic():
        Verification.objects.create(
            figure_id=figure,
            organisation=world.org[org],
            verdict="confirmed",
            by=person,
            by_organisation_id=person.organisation_id,
            at=AT,
        )


def test_nobody_verifies_their_own_figure(world: World) -> None:
    hold(world, "verifier", "reporting_officer", "tanzania")
    figure = record(world, cases(world, 12), who="verifier").kept[(world.indicator["cases"].pk, 0)]
    hand_in(world, "tanzania", period=H1, at=AT)
    with pytest.raises(VerifiesOwnWork):
        look(world, figures=[figure])
    with pytest.raises(IntegrityError, match="their own figure"):
        around(world, "verifier", figure)


def test_nobody_verifies_for_their_own_organisation(world: World) -> None:
    figure = figure_of(world)
    with pytest.raises(VerifiesOwnHouse):
        look(world, figures=[figure], who="insider_verifier")
    with pytest.raises(IntegrityError, match="another organisation"):
        around(world, "insider_verifier", figure)


def test_whoever_moved_away_judges_nothing_that_was_said_at_home(world: World) -> None:
    """Tanzania answers in July; its verifier belongs to Norway from August, and is asked in January."""
    figure = figure_of(world)
    moved = world.person["insider_verifier"]
    with as_house(day=date(2022, 8, 1)):
        moved.organisation = world.org["norway"]
        moved.save()
    with acting(world, "insider_verifier", LATER) as by, pytest.raises(VerifiesOwnHouse):
        verify(figures=[figure], by=by, at=LATER)
    with pytest.raises(IntegrityError, match="another organisation"), acting(world, "insider_verifier", LATER):
        Verification.objects.create(
            figure_id=figure, organisation=world.org["tanzania"], verdict="confirmed", by=moved,
            by_organisation=world.org["norway"], at=LATER,
        )  # fmt: skip


def test_a_programme_belongs_to_its_association_and_a_region_to_the_office_above(world: World) -> None:
    figure = figure_of(world)
    with as_house():
        world.person["insider_verifier"].organisation = world.org["arusha"]
        world.person["insider_verifier"].save()
    with pytest.raises(VerifiesOwnHouse):
        look(world, figures=[figure], who="insider_verifier")
    with pytest.raises(IntegrityError, match="another organisation"):
        around(world, "insider_verifier", figure)


def test_an_association_may_verify_what_the_office_above_it_says_of_itself(world: World) -> None:
    hold(world, "verifier", "verifier", "international")
    hold(world, "plan_owner", "reporting_officer", "international")
    rated = rate(world, Rating.ON_TRACK, who="plan_owner", org="international", code="ombuds")
    hand_in(world, "international", period=H1, at=AT)
    assert look(world, assessments=[rated.pk])[0].verdict == "confirmed"


def test_a_verification_that_goes_wrong_in_the_middle_leaves_nothing(world: World) -> None:
    figure = figure_of(world)
    with pytest.raises(NothingHere):
        look(world, figures=[figure, figure + 10_000])
    with as_house():
        assert not Verification.objects.exists()
