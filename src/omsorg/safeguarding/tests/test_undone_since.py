"""What somebody did in an incident who is shut out of it since holds no more: whom they let in, what they closed, what
they decided for the public. And nobody does anything in the name of another."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding import neighbours
from omsorg.safeguarding.actions.anew import LET_IN_BY_THEM, NotLookedAt, look_for_what_is_undone
from omsorg.safeguarding.actions.closing import close, decide_on_publication
from omsorg.safeguarding.actions.duties import agree_not_to_tell, decide_duty, owe
from omsorg.safeguarding.actions.needs import answer_need, name_need
from omsorg.safeguarding.actions.people import give_support
from omsorg.safeguarding.actions.shutting_out import let_in, shut_out, shut_out_quietly
from omsorg.safeguarding.actions.triage import triage
from omsorg.safeguarding.actions.working import write_note
from omsorg.safeguarding.jobs import look_for_undone
from omsorg.safeguarding.models import Duty, Incident, Shutout, Step
from omsorg.safeguarding.pages.told import step_in_words
from omsorg.safeguarding.pages.words import SHUT_BY_ITSELF
from omsorg.safeguarding.queries.needs import needs_of
from omsorg.safeguarding.queries.people import rests_on_shut_out
from omsorg.safeguarding.rules.codes import (
    About,
    Addressee,
    DutyStanding,
    NeedAnswered,
    Publication,
    SaidBy,
    Stage,
    StepKind,
    SupportKind,
)
from omsorg.safeguarding.rules.progress import MoreThanHelped
from omsorg.safeguarding.tests.handling import (
    AT,
    SEEN,
    acting,
    closed,
    enter_people,
    incident,
    led_to_closing,
    looked_at,
    police_not_told,
    raised,
)
from world import World

ACTIONS = Path(__file__).parents[1] / "actions"
LATER = AT + timedelta(days=10)


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def given(code: str, by: Any) -> dict[str, Any]:
    return {"incident": Incident.objects.get(code=code), "by": by, "at": LATER}


def shuts(house: World, code: str, who: str, by_whom: str) -> None:
    with as_house():
        person = Person.objects.get(pk=house.person[who].pk)
    with acting(house, by_whom, LATER) as by:
        shut_out(**given(code, by), person=person, reason="Is a friend of theirs")


def lifts(house: World, code: str, who: str, by_whom: str) -> None:
    with acting(house, by_whom, LATER) as by:
        shutout = Shutout.objects.get(incident__code=code, person=house.person[who], lifted_at=None)
        let_in(**given(code, by), shutout=shutout, reason="A mistake")


def let_in_by_two(house: World, code: str, who: str, first: str, second: str = "focal_africa") -> None:
    lifts(house, code, who, first)
    lifts(house, code, who, second)


def reads(house: World, who: str, code: str) -> bool:
    with acting(house, who, LATER):
        return Incident.objects.filter(code=code).exists()


@pytest.mark.parametrize("since", ["second_focal", "focal_africa"], ids=["who asked for it", "who lifted it"])
def test_whom_somebody_let_in_who_is_shut_out_since_is_shut_out_again(house: World, since: str) -> None:
    code = raised(house)
    looked_at(house, code)
    shuts(house, code, "focal_arusha", "focal")
    let_in_by_two(house, code, "focal_arusha", "second_focal")
    assert reads(house, "focal_arusha", code)
    shuts(house, code, since, "focal")
    assert not reads(house, "focal_arusha", code)


def test_who_was_let_in_by_whom_they_let_in_goes_with_them(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    shuts(house, code, "focal_arusha", "focal")
    shuts(house, code, "second_focal", "focal")
    let_in_by_two(house, code, "second_focal", "focal_top", "focal")
    let_in_by_two(house, code, "focal_arusha", "second_focal")
    shuts(house, code, "focal_top", "focal")
    assert [reads(house, who, code) for who in ("second_focal", "focal_arusha", "focal")] == [False, False, True]


def test_what_one_alone_has_asked_for_is_asked_for_no_more(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    shuts(house, code, "focal_arusha", "focal")
    lifts(house, code, "focal_arusha", "second_focal")
    shuts(house, code, "second_focal", "focal")
    lifts(house, code, "focal_arusha", "focal_africa")
    assert not reads(house, "focal_arusha", code), "the first of two again"
    lifts(house, code, "focal_arusha", "focal")
    assert reads(house, "focal_arusha", code)


def test_whom_others_let_in_once_more_stays_in(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    shuts(house, code, "focal_arusha", "focal")
    let_in_by_two(house, code, "focal_arusha", "second_focal")
    shuts(house, code, "second_focal", "focal")
    let_in_by_two(house, code, "focal_arusha", "focal")
    shuts(house, code, "outside_top", "focal")
    assert reads(house, "focal_arusha", code)


def test_a_conflict_that_they_settled_is_not_settled(house: World) -> None:
    code = raised(house, about=About.A_PERSON, complained_of="Rehma Fokal")
    looked_at(house, code, who="focal_africa")
    assert incident(code).handled_at.code == "tanzania"
    shuts(house, code, "focal_africa", "focal_top")
    assert (incident(code).handled_at.code, reads(house, "focal", code)) == ("africa", False)
    with acting(house, "focal_top", LATER) as by:
        triage(**given(code, by), seen=SEEN, duty_days=3)
    assert reads(house, "focal", code)


@pytest.mark.parametrize("who", ["focal", "worker"], ids=["who closed it", "who found it"])
def test_what_was_closed_on_their_word_is_open_again(house: World, who: str) -> None:
    code = raised(house)
    closed(house, code)
    shuts(house, code, who, "second_focal")
    found = incident(code)
    assert (found.stage, found.closed_at) == (Stage.FOUND, None)
    with as_house():
        last = Step.objects.filter(incident=found).order_by("-number")[0]
    assert (last.kind, last.by_id, last.facts) == (StepKind.REOPENED, None, {"closed_by_them": True})


def test_who_had_no_part_in_its_end_opens_nothing(house: World) -> None:
    code = raised(house)
    closed(house, code)
    shuts(house, code, "outside_top", "second_focal")
    assert incident(code).stage == Stage.CLOSED


def test_somebody_named_after_closing_opens_it_as_well(house: World) -> None:
    code = raised(house)
    closed(house, code)
    with acting(house, "second_focal", LATER) as by:
        write_note(**given(code, by), note="Rehema Focal knew it", said_of={house.person["focal"].pk: True})
    assert incident(code).stage == Stage.FOUND
    assert not reads(house, "focal", code)
    with acting(house, "second_focal", LATER), pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.filter(code=code).update(stage=Stage.CLOSED, closed_at=LATER)


class _Desk:
    """A desk for the public that writes down what it is told."""

    def __init__(self) -> None:
        self.held: list[int] = []

    def hold_back(self, incident: int, *, reason_class: str, review_on: Any, at: Any) -> None:
        self.held.append(incident)

    def written_up(self, incidents: Any) -> list[int]:
        return []


def last_step(code: str) -> Step:
    with as_house():
        return Step.objects.filter(incident__code=code).order_by("-number")[0]


def not_told_by_two(house: World, code: str) -> None:
    with acting(house, "focal", LATER) as by:
        owe(**given(code, by), to=Addressee.POLICE, deadline_on=LATER.date())
    police_not_told(house, code, at=LATER)


@pytest.mark.parametrize("since", ["focal", "focal_africa"], ids=["who decided it", "who agreed"])
def test_what_they_decided_not_to_tell_is_owed_again_and_a_step_says_so(house: World, since: str) -> None:
    code = raised(house)
    looked_at(house, code)
    not_told_by_two(house, code)
    shuts(house, code, since, "second_focal")
    with as_house():
        duty = Duty.objects.get(incident__code=code, to=Addressee.POLICE)
    assert (duty.standing, duty.reason, duty.decided_by_id, duty.agreed_by_id) == (DutyStanding.OWED, "", None, None)
    last = last_step(code)
    assert (last.kind, last.by_id, last.facts) == (StepKind.NOTED, None, {"owed_again": 1, "to": "police"})
    assert "telling the police is owed again" in step_in_words(last, "TZ")["reason"]
    steps = last.number
    shuts(house, code, "outside_top", "second_focal")
    assert last_step(code).number == steps + 1, "owed once"


def joins_who_is_shut_out(house: World, who: str, code: str) -> None:
    """A unit is shut out, and somebody who belongs elsewhere moves there later."""
    with as_house():
        unit = house.org["norway"]
        Shutout.objects.create(incident=Incident.objects.get(code=code), organisation=unit, reason="x", at=AT)
        Person.objects.filter(pk=house.person[who].pk).update(organisation=unit)


def test_each_night_it_is_looked_for_what_is_undone_since_somebody_moved(house: World) -> None:
    code, other = raised(house), raised(house, what="Something else is not right")
    closed(house, code)
    closed(house, other)
    joins_who_is_shut_out(house, "focal", code)
    assert incident(code).stage == Stage.CLOSED
    look_for_undone(0)
    assert (incident(code).stage, incident(other).stage) == (Stage.FOUND, Stage.CLOSED)
    steps = last_step(code).number
    look_for_undone(0)
    assert last_step(code).number == steps, "a second night finds nothing more"


def test_where_a_copy_shut_somebody_out_no_step_says_why_it_is_open_again(house: World) -> None:
    code = raised(house)
    closed(house, code)
    with as_house():
        shut_out_quietly(Incident.objects.get(code=code), {house.person["focal"].pk}, at=LATER)
    last = last_step(code)
    assert (incident(code).stage, last.kind, last.facts) == (Stage.FOUND, StepKind.REOPENED, {"looked_at_anew": True})
    assert step_in_words(last, "TZ")["reason"] == "it is looked at once more before it counts as settled"


def test_whom_a_copy_shut_out_is_shut_out_again_as_quietly(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    shuts(house, code, "focal_arusha", "focal")
    let_in_by_two(house, code, "focal_arusha", "second_focal")
    with as_house():
        Shutout.objects.filter(person=house.person["focal_arusha"]).update(is_quiet=True)
    shuts(house, code, "second_focal", "focal")
    with as_house():
        newest = Shutout.objects.filter(person=house.person["focal_arusha"]).order_by("-pk")[0]
    assert (newest.reason, newest.is_quiet) == (LET_IN_BY_THEM, True)


def test_what_comes_back_because_of_whom_nobody_is_told_comes_back_as_quietly(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    shuts(house, code, "focal_arusha", "focal")
    let_in_by_two(house, code, "focal_arusha", "second_focal")
    with as_house():
        shut_out_quietly(Incident.objects.get(code=code), {house.person["second_focal"].pk}, at=LATER)
        newest = Shutout.objects.filter(person=house.person["focal_arusha"]).order_by("-pk")[0]
    assert (newest.reason, newest.lifted_at, newest.is_quiet) == (LET_IN_BY_THEM, None, True)
    assert not reads(house, "focal_arusha", code)


def test_what_is_owed_again_because_of_whom_nobody_is_told_says_nothing_of_them(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    not_told_by_two(house, code)
    with as_house():
        shut_out_quietly(Incident.objects.get(code=code), {house.person["focal"].pk}, at=LATER)
    last = last_step(code)
    assert last.facts == {"owed_again": 1, "to": "police", "looked_at_anew": True}
    said = step_in_words(last, "TZ")["reason"]
    assert "telling the police is owed again" in said
    assert "may still see" not in said


def test_one_that_cannot_be_looked_at_keeps_no_other_from_it(house: World, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = [raised(house), raised(house)]
    for code in codes:
        looked_at(house, code)
        shuts(house, code, "outside_top", "focal")
    looked: list[str] = []

    def breaks_at_the_first(found: Incident, *, at: datetime) -> None:
        looked.append(found.code)
        if found.code == codes[0]:
            Incident.objects.filter(pk=found.pk).update(received_at=None)

    monkeypatch.setattr("omsorg.safeguarding.actions.anew.decide_anew", breaks_at_the_first)
    with pytest.raises(NotLookedAt, match=f"^{incident(codes[0]).pk}$"):
        look_for_what_is_undone(at=LATER)
    assert looked == codes


def test_why_the_police_is_not_told_stays_as_the_second_person_read_it(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "focal", LATER) as by:
        owe(**given(code, by), to=Addressee.POLICE, deadline_on=LATER.date())
        duty = Duty.objects.get(incident__code=code, to=Addressee.POLICE)
        decide_duty(**given(code, by), duty=duty, is_told=False, reason="No offence")
        with pytest.raises(IntegrityError, match="as it was read"), transaction.atomic():
            Duty.objects.filter(pk=duty.pk).update(reason="She agreed to nothing of this")
    with acting(house, "focal_africa", LATER) as by:
        agree_not_to_tell(**given(code, by), duty=duty, reason="I see none")
    refused = pytest.raises(IntegrityError, match="stays on record")
    with acting(house, "focal", LATER), refused, transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(reason="She agreed to nothing of this")


def test_a_closing_over_midnight_is_that_of_the_day_on_which_it_was_begun(house: World) -> None:
    """A need that is put off until the last day of the page does not block what was sent from it a minute later."""
    code = raised(house)
    led_to_closing(house, code)
    day, before = LATER.date(), LATER - timedelta(days=1)
    with acting(house, "focal", before) as by:
        need = {"kind": SupportKind.LEGAL, "said_by": SaidBy.TEAM, "since_on": AT.date(), "needed_by_on": day}
        name_need(**{**given(code, by), "at": before}, **need, persons=1, note="Papers")
        found = Incident.objects.get(code=code)
        put_off = {"answer": NeedAnswered.LATER, "next_on": day, "note": "The office opens", "on": before.date()}
        answer_need(**{**given(code, by), "at": before}, need=found.needs.get(), **put_off)
    with acting(house, "second_focal", LATER) as by:
        midnight = datetime.combine(day, time(), UTC) + timedelta(days=1, minutes=1)
        close(incident=found, note="Meals are served again", by=by, at=midnight)
    assert incident(code).stage == Stage.CLOSED


def test_what_they_decided_for_the_public_is_decided_anew(house: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = raised(house)
    closed(house, code)
    with acting(house, "focal_africa", LATER) as by:
        decide_on_publication(**given(code, by), decision=Publication.PUBLISH)
    desk = _Desk()
    monkeypatch.setattr(neighbours, "_desk", desk)
    shuts(house, code, "focal_africa", "second_focal")
    found = incident(code)
    assert (found.stage, found.decision, desk.held) == (Stage.CLOSED, "", [found.pk])
    with acting(house, "second_focal", LATER) as by:
        decide_on_publication(**given(code, by), decision=Publication.PUBLISH)
    assert incident(code).stage == Stage.DECIDED


# ---- by oneself --------------------------------------------------------------------------------------------------


FORGED = {
    "a finding": "INSERT INTO safeguarding_allegationfinding (incident_id, allegation_id, finding, reasons, by_id, at)"
    " SELECT incident_id, id, 'unsubstantiated', 'x', %s, now() FROM safeguarding_allegation",
    "a step": "INSERT INTO safeguarding_step (incident_id, number, kind, note, facts, by_id, at)"
    " SELECT id, 99, 'noted', 'x', '{}', %s, now() FROM safeguarding_incident",
    "a member of the team": "INSERT INTO safeguarding_teammember (incident_id, person_id, part, level, by_id, at)"
    " SELECT t.incident_id, p.id, 'member', '', %s, now() FROM safeguarding_teammember t, federation_person p"
    " WHERE p.name = 'Imani Worker'",
    "a lifting": "UPDATE safeguarding_shutout SET lifting_asked_by_id = %s",
    "who lifted it": "UPDATE safeguarding_shutout SET lifted_by_id = %s, lifted_at = now()",
}


@pytest.mark.parametrize("what", FORGED)
def test_nobody_writes_a_row_in_the_name_of_another(house: World, what: str) -> None:
    code = raised(house)
    led_to_closing(house, code)
    shuts(house, code, "outside_top", "focal")
    other = house.person["second_focal"].pk
    with acting(house, "focal", LATER):
        with pytest.raises(IntegrityError, match="name of another"), transaction.atomic(), connection.cursor() as c:
            c.execute(FORGED[what], [other])
        with connection.cursor() as c:
            c.execute(FORGED[what], [house.person["focal"].pk])
            assert c.rowcount == 1


def test_nobody_lifts_a_shutting_out_without_a_name_nor_wipes_one(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    shuts(house, code, "focal_arusha", "focal")
    lifts(house, code, "focal_arusha", "focal")
    for raw in ("lifted_at = now()", "lifting_asked_by_id = NULL"):
        refused = pytest.raises(IntegrityError, match="name of another")
        with acting(house, "focal", LATER), connection.cursor() as cursor, refused, transaction.atomic():
            cursor.execute(f"UPDATE safeguarding_shutout SET {raw}")


def test_nobody_writes_a_row_in_nobodys_name(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    refused = pytest.raises(IntegrityError, match="name of another")
    with acting(house, "focal", LATER), connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(FORGED["a step"], [None])


def test_what_is_decided_of_a_duty_bears_the_name_of_whoever_decided_it(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    with acting(house, "second_focal", LATER) as by:
        owe(**given(code, by), to=Addressee.DONOR, deadline_on=LATER.date())
        duty = Duty.objects.get(incident__code=code)
        decide_duty(**given(code, by), duty=duty, is_told=True)
    with acting(house, "focal", LATER) as by:
        for said in ({"standing": "not_to_tell", "reason": "No need"}, {"reason": "As he says"}):
            with pytest.raises(IntegrityError, match="name of another"), transaction.atomic():
                Duty.objects.filter(pk=duty.pk).update(**said)
        with pytest.raises(IntegrityError, match="name of another"), transaction.atomic():
            Duty.objects.create(
                incident=Incident.objects.get(code=code),
                to=Addressee.INSURER,
                deadline_on=LATER.date(),
                standing=DutyStanding.NOT_TO_TELL,
                reason="x",
                decided_on=LATER.date(),
                by_id=by.person_id,
                at=LATER,
            )
        decide_duty(**given(code, by), duty=duty, is_told=False, reason="No need")


def test_in_nobodys_name_a_unit_alone_waits_until_the_first_look(house: World) -> None:
    code = raised(house)
    row = (
        "INSERT INTO safeguarding_shutout (incident_id, person_id, organisation_id, reason, at, until_settled)"
        " SELECT id, %s, %s, 'x', now(), true FROM safeguarding_incident"
    )
    unit, friend = house.org["norway"].pk, house.person["outside_top"].pk

    def writes(values: list[int | None]) -> None:
        with acting(house, "focal", LATER), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(row, values)

    with pytest.raises(IntegrityError, match="name of nobody"):
        writes([friend, None])
    writes([None, unit])
    looked_at(house, code)
    with pytest.raises(IntegrityError, match="name of nobody"):
        writes([None, unit])


def test_whether_its_end_rests_on_them_is_told_to_those_who_see_it(house: World) -> None:
    code = raised(house)
    closed(house, code)
    number = incident(code).pk
    with acting(house, "focal", LATER):
        assert rests_on_shut_out(number) is False
    with acting(house, "writer", LATER):
        assert rests_on_shut_out(number) is None


# ---- needs met by help -------------------------------------------------------------------------------------------


def test_help_meets_the_need_of_no_more_than_it_was_given_to(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    day = LATER.date()
    with acting(house, "focal", LATER) as by:
        name_need(
            **given(code, by),
            kind=SupportKind.MEDICAL,
            persons=300,
            said_by=SaidBy.TEAM,
            since_on=AT.date(),
            needed_by_on=day,
            note="Vaccines",
        )
        give_support(**given(code, by), kind=SupportKind.MEDICAL, persons=2, given_on=day, note="Two")
        found = Incident.objects.get(code=code)
        met = {"need": found.needs.get(), "answer": NeedAnswered.MET, "support": found.support.get(), "on": day}
        with pytest.raises(MoreThanHelped, match="2 more"):
            answer_need(**given(code, by), **met)
        answer_need(**given(code, by), **met, persons=1)
        with pytest.raises(MoreThanHelped, match="1 more"):
            answer_need(**given(code, by), **met, persons=2)
        answer_need(**given(code, by), **met, persons=1)
        assert needs_of([found.pk])[0].persons == 298
    row = (
        'INSERT INTO safeguarding_needanswer (incident_id, need_id, answer, persons, support_id, "on", note, by_id, at)'
    )
    with acting(house, "focal", LATER) as by, connection.cursor() as cursor:
        values = [found.pk, met["need"].pk, met["support"].pk, day, by.person_id]
        with pytest.raises(IntegrityError, match="given to"), transaction.atomic():
            cursor.execute(f"{row} VALUES (%s, %s, 'met', 1, %s, %s, '', %s, now())", values)


def test_left_out_it_is_said_of_all_who_still_have_it(house: World) -> None:
    code = raised(house)
    looked_at(house, code)
    need = {"kind": SupportKind.LEGAL, "said_by": SaidBy.TEAM, "since_on": AT.date(), "needed_by_on": LATER.date()}
    with acting(house, "focal", LATER) as by:
        name_need(**given(code, by), **need, persons=7, note="Papers")
        found = Incident.objects.get(code=code)
        said = {"need": found.needs.get(), "on": LATER.date(), "note": "They moved away"}
        answer_need(**given(code, by), **said, answer=NeedAnswered.OVER, persons=3)
        answer_need(**given(code, by), **said, answer=NeedAnswered.OVER)
        assert needs_of([found.pk])[0].persons == 0
        answer_need(**given(code, by), **said, answer=NeedAnswered.AGAIN)
        assert needs_of([found.pk])[0].persons == 7


def test_it_is_closed_again_by_those_who_are_left(house: World) -> None:
    code = raised(house)
    closed(house, code)
    shuts(house, code, "focal", "second_focal")
    with acting(house, "second_focal", LATER) as by:
        triage(**given(code, by), seen=SEEN, duty_days=3)
        close(**given(code, by), note="Meals are served again")
    assert incident(code).stage == Stage.CLOSED


def test_why_somebody_is_shut_out_without_a_reason_is_said_in_words_of_the_reader() -> None:
    reasons = {
        reason
        for name in ("naming", "anew", "raising")
        for reason in re.findall(r'(?:reason=|"reason": |= )"([a-z ]+)"', (ACTIONS / f"{name}.py").read_text())
    }
    assert reasons - {"came with the copy"} == set(SHUT_BY_ITSELF)
