"""A need of those affected is a record of its own: open until it is answered, also after closing."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close
from omsorg.safeguarding.actions.needs import answer_need, name_need
from omsorg.safeguarding.actions.people import give_support
from omsorg.safeguarding.actions.reminders import Agreed, remind_of_clocks
from omsorg.safeguarding.actions.shutting_out import shut_out
from omsorg.safeguarding.models import Incident, Need, NeedAnswer, Support
from omsorg.safeguarding.queries.incident import clocks_of, facts_of
from omsorg.safeguarding.queries.lists import overdue_below
from omsorg.safeguarding.queries.needs import needs_of
from omsorg.safeguarding.rules import days, progress
from omsorg.safeguarding.rules.codes import Clock, NeedAnswered, SaidBy, SupportKind
from omsorg.safeguarding.tests.handling import AT, acting, enter_people, led_to_closing, raised
from world import World

LATER = AT + timedelta(days=6)
BY = (LATER + timedelta(days=14)).date()


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


@pytest.fixture
def code(house: World) -> str:
    """An incident with everything done but closing, and a need of two children."""
    found = raised(house)
    led_to_closing(house, found)
    named(house, found)
    return found


def named(house: World, code: str, *, who: str = "worker", at: datetime = LATER, **more: Any) -> None:
    said = {"kind": SupportKind.PSYCHOLOGICAL, "persons": 2, "said_by": SaidBy.THEMSELVES, "since_on": AT.date()}
    said |= {"needed_by_on": (at + timedelta(days=14)).date(), "note": "To sleep without fear"} | more
    with acting(house, who, at) as by:
        name_need(incident=Incident.objects.get(code=code), by=by, at=at, **said)


def answered(
    house: World, code: str, answer: NeedAnswered, *, who: str = "worker", at: datetime = LATER, **said: Any
) -> None:
    with acting(house, who, at) as by:
        incident = Incident.objects.get(code=code)
        need = incident.needs.order_by("pk").last()
        answer_need(incident=incident, need=need, answer=answer, on=said.pop("on", at.date()), by=by, at=at, **said)


def helped(house: World, code: str, kind: SupportKind = SupportKind.PSYCHOLOGICAL) -> Support:
    with acting(house, "worker", LATER) as by:
        incident = Incident.objects.get(code=code)
        give_support(incident=incident, kind=kind, persons=1, given_on=LATER.date(), note="A talk", by=by, at=LATER)
        return incident.support.order_by("-pk")[0]


def closes(house: World, code: str, *, who: str = "focal", at: datetime = LATER) -> None:
    with acting(house, who, at) as by:
        close(incident=Incident.objects.get(code=code), note="Done", by=by, at=at)


def open_for(code: str) -> int:
    with as_house():
        return needs_of([Incident.objects.get(code=code).pk])[0].persons


def test_an_open_need_keeps_it_from_being_closed_silently(house: World, code: str) -> None:
    with pytest.raises(progress.StillBlocked, match="need 1 of those affected is open"):
        closes(house, code)
    with as_house(), pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(code=code).update(stage="closed", closed_at=LATER)


def test_it_is_met_by_help_for_some_and_not_met_for_others_with_a_reason(house: World, code: str) -> None:
    help_given = helped(house, code)
    answered(house, code, NeedAnswered.MET, persons=1, support=help_given)
    assert open_for(code) == 1
    with pytest.raises(progress.StillBlocked):
        closes(house, code)
    answered(house, code, NeedAnswered.NOT_MET, persons=1, note="She does not want to")
    assert open_for(code) == 0
    closes(house, code)


def test_whoever_leaves_a_need_unmet_does_not_close(house: World, code: str) -> None:
    answered(house, code, NeedAnswered.NOT_MET, who="focal", persons=2, note="Nobody there who could")
    with pytest.raises(progress.ClosedByAnother):
        closes(house, code)
    closes(house, code, who="second_focal")


def test_put_off_until_a_day_it_lives_on_after_closing_and_is_written_about(house: World, code: str) -> None:
    again = (LATER + timedelta(days=30)).date()
    answered(house, code, NeedAnswered.LATER, note="The psychologist comes in spring", next_on=again)
    closes(house, code)
    assert open_for(code) == 2
    agreed = Agreed([1, 3, 7], 3)
    for passed, is_late in ((0, False), (1, True)):
        at = morning(again, passed)
        assert overdue(code, at) is is_late
        assert bool(remind_of_clocks(agreed=agreed, at=at)) >= is_late
    at = morning(again, 4)
    with acting(house, "focal_africa", at) as by:
        assert code in [line.incident.code for line in overdue_below(by, now=at)]
    answered(house, code, NeedAnswered.OVER, at=at, persons=2, note="They sleep well")
    assert not overdue(code, morning(again, 300))


def morning(day: date, later: int) -> datetime:
    return datetime.combine(day + timedelta(days=later), AT.time(), AT.tzinfo)


def overdue(code: str, at: datetime) -> bool:
    with as_house():
        found = Incident.objects.get(code=code)
        running = [each for each in clocks_of([found], now=at)[found.pk] if each.clock is Clock.NEED]
    return any(each.is_overdue(at) for each in running)


def test_not_met_by_its_day_it_is_overdue(house: World, code: str) -> None:
    assert not overdue(code, morning(BY, 0))
    assert overdue(code, morning(BY, 1))


def test_what_was_said_wrongly_is_needed_again(house: World, code: str) -> None:
    answered(house, code, NeedAnswered.OVER, persons=2, note="They say so")
    with pytest.raises(progress.MoreThanNeeded):
        answered(house, code, NeedAnswered.AGAIN, persons=3, note="One more")
    answered(house, code, NeedAnswered.AGAIN, persons=1, note="It was another child")
    assert open_for(code) == 1
    with pytest.raises(progress.StillBlocked):
        closes(house, code)


def test_a_need_comes_up_after_closing_as_well(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    closes(house, code)
    named(house, code)
    assert open_for(code) == 2
    assert overdue(code, morning(BY, 1))


def test_what_somebody_shut_out_since_has_said_leaves_it_open(house: World, code: str) -> None:
    answered(house, code, NeedAnswered.NOT_MET, persons=2, note="They are fine")
    assert open_for(code) == 0
    with acting(house, "focal", LATER) as by:
        worker = house.person["worker"]
        shut_out(incident=Incident.objects.get(code=code), person=worker, reason="Is his sister", by=by, at=LATER)
    assert open_for(code) == 2
    with as_house():
        assert facts_of(Incident.objects.get(code=code)).open_needs == [1]
    with as_house(), pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(code=code).update(stage="closed", closed_at=LATER)


@pytest.mark.parametrize(
    ("answer", "said", "refused"),
    [
        (NeedAnswered.MET, {"persons": 1}, progress.SayWhichHelp),
        (NeedAnswered.NOT_MET, {"persons": 1}, progress.SayMore),
        (NeedAnswered.NOT_MET, {"persons": 3, "note": "x"}, progress.MoreThanNeeded),
        (NeedAnswered.OVER, {"persons": 0, "note": "x"}, progress.MoreThanNeeded),
        (NeedAnswered.AGAIN, {"persons": 1, "note": "x"}, progress.MoreThanNeeded),
        (NeedAnswered.LATER, {"note": "x"}, progress.DayMissing),
        (NeedAnswered.LATER, {"next_on": BY}, progress.SayMore),
        (NeedAnswered.LATER, {"next_on": AT.date(), "note": "x"}, days.DayIsPast),
        (NeedAnswered.OVER, {"persons": 1, "note": "x", "on": BY}, days.NotInFuture),
    ],
)
def test_refused(house: World, code: str, answer: NeedAnswered, said: dict[str, Any], refused: type) -> None:
    with pytest.raises(refused):
        answered(house, code, answer, **said)
    assert open_for(code) == 2


def test_help_of_none_or_of_another_incident_meets_no_need(house: World, code: str) -> None:
    with pytest.raises(progress.SayWhichHelp):
        answered(house, code, NeedAnswered.MET, persons=1, support=helped(house, code, SupportKind.NONE))
    other = raised(house)
    led_to_closing(house, other)
    with as_house():
        foreign = Support.objects.get(incident__code=other)
        incident = Incident.objects.get(code=code)
        row = {"need": incident.needs.get(), "incident": incident, "answer": "met", "persons": 1, "on": AT.date()}
        with pytest.raises(IntegrityError), transaction.atomic():
            NeedAnswer.objects.create(support=foreign, at=AT, **row)


@pytest.mark.parametrize("said", [{"persons": 0}, {"kind": SupportKind.NONE}, {"note": " "}])
def test_a_need_is_of_something_and_of_somebody(house: World, code: str, said: dict[str, Any]) -> None:
    with pytest.raises((progress.MoreThanNeeded, progress.KindMissing, progress.SayMore)):
        named(house, code, **said)


def test_rows_beside_the_actions_answer_for_no_more_than_have_it_and_stay(house: World, code: str) -> None:
    with as_house():
        incident = Incident.objects.get(code=code)
        need = incident.needs.get()
        row = {"need": need, "incident": incident, "note": "x", "on": AT.date(), "at": AT}
        for answer, persons in (("over", 3), ("again", 1)):
            with pytest.raises(IntegrityError), transaction.atomic():
                NeedAnswer.objects.create(answer=answer, persons=persons, **row)
        NeedAnswer.objects.create(answer="over", persons=2, **row)
    with acting(house, "focal", LATER), connection.cursor() as cursor:
        for table in ("need", "needanswer"):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                cursor.execute(f"DELETE FROM safeguarding_{table}")


def test_whoever_is_shut_out_reads_no_need(house: World, code: str) -> None:
    with acting(house, "focal", LATER) as by:
        person = house.person["second_worker"]
        shut_out(incident=Incident.objects.get(code=code), person=person, reason="Named", by=by, at=LATER)
    with acting(house, "second_worker", LATER):
        assert not Need.objects.exists()
    with acting(house, "focal", LATER):
        assert Need.objects.count() == 1


def test_what_is_needed_again_counts_in_the_order_in_which_it_was_said(house: World, code: str) -> None:
    answered(house, code, NeedAnswered.NOT_MET, who="second_focal", persons=2, note="They are fine")
    answered(house, code, NeedAnswered.AGAIN, persons=2, note="They are not")
    with acting(house, "focal", LATER) as by:
        person = house.person["second_focal"]
        shut_out(incident=Incident.objects.get(code=code), person=person, reason="A friend", by=by, at=LATER)
    assert open_for(code) == 2
    answered(house, code, NeedAnswered.OVER, persons=2, note="They sleep well")
    assert open_for(code) == 0


def test_a_need_put_off_until_a_day_that_is_past_keeps_it_open(house: World, code: str) -> None:
    answered(house, code, NeedAnswered.LATER, note="In spring", next_on=(LATER + timedelta(days=2)).date())
    late = LATER + timedelta(days=60)
    with pytest.raises(progress.StillBlocked):
        closes(house, code, at=late)
    with as_house(day=late.date()), pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(code=code).update(stage="closed", closed_at=late)
