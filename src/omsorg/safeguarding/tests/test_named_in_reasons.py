"""Whoever is named in a reason, a title or a note beside an act is asked about as in every other text."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from omsorg.federation.access import Acting
from omsorg.federation.models import Person
from omsorg.kernel.wall import as_house
from omsorg.safeguarding.actions.closing import close, decide_on_publication, reopen
from omsorg.safeguarding.actions.documents import keep_document, withdraw_document
from omsorg.safeguarding.actions.duties import agree_not_to_tell, decide_duty, duty_done, owe
from omsorg.safeguarding.actions.lessons import write_lesson
from omsorg.safeguarding.actions.measures import let_measure_live_on, set_measure
from omsorg.safeguarding.actions.pausing import pause_clock
from omsorg.safeguarding.actions.people import set_name_apart
from omsorg.safeguarding.actions.shutting_out import let_in, shut_out
from omsorg.safeguarding.actions.triage import acknowledge, take_up
from omsorg.safeguarding.forms.fields import Long, WordedForm
from omsorg.safeguarding.forms.registry import ACTS
from omsorg.safeguarding.forms.work import WithdrawDocumentForm
from omsorg.safeguarding.models import Document, Duty, Incident, Measure, Shutout, Step
from omsorg.safeguarding.queries.naming import asked_about, called
from omsorg.safeguarding.rules.codes import Addressee, Clock, HoldReason, Publication, Side
from omsorg.safeguarding.rules.conflicts import NamesSomebody
from omsorg.safeguarding.tests.handling import AT, acting, closed, enter_people, led_to_closing, raised
from world import World

LATER = AT + timedelta(days=10)
NAMES_HER = "Zawadi Focal locked the door"
BYTES = b"%PDF-1.7\n%%EOF\n"
Given = dict[str, Any]
WHERE_IT_IS_OTHERWISE = {
    ("allegation", "text"): "whoever is named in it is shut out at once",
    ("name", "name"): "sealed, and whoever is called so and complained of is shut out at once",
    ("shut-out", "named"): "whoever is called so is shut out by it",
}


@pytest.fixture
def house(world: World) -> World:
    return enter_people(world)


def given(code: str, by: Acting) -> Given:
    return {"incident": Incident.objects.get(code=code), "by": by, "at": LATER}


def owed(code: str, to: Addressee = Addressee.POLICE) -> Duty:
    return Duty.objects.get(incident__code=code, to=to)


def live_on(stamp: Given) -> None:
    measure = Measure.objects.get(incident=stamp["incident"], done_on=None)
    let_measure_live_on(**stamp, measure=measure, reason=NAMES_HER)


def keep(stamp: Given, **words: Any) -> None:
    keep_document(**{"name": "a.pdf", **stamp, **words}, content=BYTES, limit=1000)


def take_back(stamp: Given) -> None:
    document = Document.objects.get(incident=stamp["incident"])
    said = {name: value for name, value in stamp.items() if name != "incident"}
    withdraw_document(**said, document=document, reason=NAMES_HER)


def lift(stamp: Given) -> None:
    let_in(**stamp, shutout=Shutout.objects.get(incident=stamp["incident"]), reason=NAMES_HER)


def shut(stamp: Given) -> None:
    with as_house():
        worker = Person.objects.get(name="Imani Worker")
    shut_out(**stamp, person=worker, reason=NAMES_HER)


def decide(stamp: Given) -> None:
    decide_duty(**stamp, duty=owed(stamp["incident"].code), is_told=False, reason=NAMES_HER)


OPEN: dict[str, Callable[[Given], object]] = {
    "why a measure lives on": live_on,
    "why a clock stands still": lambda stamp: pause_clock(
        **stamp, clock=Clock.CLOSURE, reason=NAMES_HER, until_on=(LATER + timedelta(days=3)).date(), at_most=30
    ),
    "whom telling is owed": lambda stamp: owe(**stamp, to=Addressee.DONOR, whom=NAMES_HER, deadline_on=LATER.date()),
    "why they are not told": decide,
    "who took it": lambda stamp: duty_done(**stamp, duty=owed(stamp["incident"].code), on=LATER.date(), note=NAMES_HER),
    "what a document shows": lambda stamp: keep(stamp, note=NAMES_HER),
    "how a document is called": lambda stamp: keep(stamp, name=NAMES_HER.replace(" ", "_")[:90] + ".pdf"),
    "why it stays as it came": lambda stamp: keep(stamp, as_it_came=NAMES_HER),
    "why a document is withdrawn": take_back,
    "why a name is set apart": lambda stamp: set_name_apart(
        **stamp, side=Side.AFFECTED, name="Amani", reason=NAMES_HER
    ),
    "why somebody is shut out": shut,
    "why somebody is let in": lift,
}


def prepared(house: World, code: str) -> None:
    """An incident in which each of these can be done: a measure not done, a duty, a document, somebody shut out."""
    led_to_closing(house, code)
    with acting(house, "focal", LATER) as by:
        set_measure(**given(code, by), text="A light", due_on=(LATER + timedelta(days=9)).date())
        owe(**given(code, by), to=Addressee.POLICE, deadline_on=LATER.date())
        keep_document(**given(code, by), name="b.pdf", content=BYTES + b"%", limit=1000)
        with as_house():
            friend = Person.objects.get(pk=house.person["outside_top"].pk)
        shut_out(**given(code, by), person=friend, reason="Is an uncle")


def steps() -> int:
    with as_house():
        return Step.objects.count()


def reads(house: World, who: str) -> bool:
    with acting(house, who, LATER):
        return Incident.objects.exists()


def refused_then_kept(house: World, code: str, act: Callable[[Given], object], who: str = "focal") -> None:
    before = steps()
    with acting(house, who, LATER) as by, pytest.raises(NamesSomebody, match="Zawadi Focal"):
        act({**given(code, by)})
    assert (steps(), reads(house, "second_focal")) == (before, True)
    with acting(house, who, LATER) as by:
        act({**given(code, by), "said_of": {house.person["second_focal"].pk: True}})
    assert (steps() > before, reads(house, "second_focal")) == (True, False)


@pytest.mark.parametrize("how", OPEN)
def test_it_is_asked_before_it_is_kept(house: World, how: str) -> None:
    code = raised(house)
    prepared(house, code)
    refused_then_kept(house, code, OPEN[how])


def test_it_is_asked_of_the_personal_word(house: World) -> None:
    code = raised(house)
    with acting(house, "focal", LATER) as by:
        take_up(**given(code, by))
    refused_then_kept(house, code, lambda stamp: acknowledge(**stamp, note=NAMES_HER))


def test_it_is_asked_of_why_one_agrees(house: World) -> None:
    code = raised(house)
    prepared(house, code)
    with acting(house, "focal", LATER) as by:
        decide_duty(**given(code, by), duty=owed(code), is_told=False, reason="No offence")
    refused_then_kept(
        house, code, lambda stamp: agree_not_to_tell(**stamp, duty=owed(code), reason=NAMES_HER), "focal_africa"
    )


CLOSED: dict[str, Callable[[Given], object]] = {
    "why it is opened again": lambda stamp: reopen(**stamp, reason=NAMES_HER),
    "why the public is not told": lambda stamp: decide_on_publication(
        **stamp,
        decision=Publication.HOLD,
        reason_class=HoldReason.OTHER,
        reason=NAMES_HER,
        review_on=(LATER + timedelta(days=30)).date(),
    ),
}


@pytest.mark.parametrize("how", CLOSED)
def test_it_is_asked_after_closing_as_well(house: World, how: str) -> None:
    code = raised(house)
    closed(house, code)
    refused_then_kept(house, code, CLOSED[how])


def test_a_lesson_is_asked_about_too(house: World) -> None:
    code = raised(house)
    closed(house, code)
    said = {"area": "Doors", "text": "Whoever is like Wanja Writer locks no door"}
    with acting(house, "focal", LATER) as by, pytest.raises(NamesSomebody, match="Wanja Writer"):
        write_lesson(**given(code, by), **said)
    with acting(house, "focal", LATER) as by:
        write_lesson(**given(code, by), **said, said_of={house.person["writer"].pk: True})
    with as_house():
        assert Shutout.objects.filter(incident__code=code, person=house.person["writer"]).exists()


def test_whom_the_act_itself_shuts_out_is_not_asked_about(house: World) -> None:
    code = raised(house)
    with acting(house, "focal", LATER) as by:
        with as_house():
            her = Person.objects.get(pk=house.person["second_focal"].pk)
        shut_out(**given(code, by), person=her, reason=NAMES_HER)
    assert not reads(house, "second_focal")
    client = Client()
    client.force_login(house.account["focal"])
    page = reverse("safeguarding:act", args=[code, "shut-out"])
    assert client.post(page, {"named": "Abebe Focal", "reason": "Abebe Focal is the uncle"}).status_code == 302
    assert (
        "complain of somebody who is named"
        in client.post(page, {"named": "Ines Focal", "reason": "Solveig Focal saw her"}).content.decode()
    )


def test_every_text_that_is_written_in_an_incident_is_asked_about() -> None:
    forms_of = {**ACTS, "withdraw": WithdrawDocumentForm}
    free = {
        (do, name)
        for do, form in forms_of.items()
        for name, field in form.base_fields.items()
        if isinstance(field, Long) or type(field) is forms.CharField
    }
    asked = {(do, name) for do, form in forms_of.items() if issubclass(form, WordedForm) for name in form.said_in}
    assert free - asked == set(WHERE_IT_IS_OTHERWISE)
    assert asked - free == {("resume", "note")} & asked


def test_two_of_one_name_are_told_apart(house: World) -> None:
    code = raised(house)
    with as_house():
        Person.objects.create(organisation=house.org["norway"], name="Zawadi Focal", email="", is_example=True)
    with acting(house, "focal", LATER) as by:
        people = asked_about(Incident.objects.get(code=code), NAMES_HER, by=by)
    assert sorted(name for _person, name in called(people)) == sorted(
        f"Zawadi Focal, {house.org[place].name}" for place in ("tanzania", "norway")
    )


def test_the_refusal_names_the_codes_that_answer_it(house: World) -> None:
    code = raised(house)
    prepared(house, code)
    with acting(house, "focal", LATER) as by, pytest.raises(NamesSomebody) as refused:
        keep({**given(code, by), "said_of": {}}, note=NAMES_HER)
    assert house.person["second_focal"].code in str(refused.value)
    said_of = {house.person[each].pk: False for each in ("second_focal", "worker")}
    with acting(house, "focal", LATER) as by, pytest.raises(NamesSomebody):
        keep({**given(code, by), "said_of": said_of}, note=NAMES_HER)


def test_a_document_is_asked_for_once_more(house: World) -> None:
    code = raised(house)
    prepared(house, code)
    client = Client()
    client.force_login(house.account["focal"])
    page = client.post(reverse("safeguarding:act", args=[code, "document"]), {"note": NAMES_HER}).content.decode()
    assert "Choose the file once more" in page
    with as_house():
        document = Document.objects.get(filename="b.pdf")
    asked = client.post(reverse("safeguarding:withdraw-document", args=[document.code]), {"reason": NAMES_HER})
    assert "Does the incident complain of somebody who is named here?" in asked.content.decode()


def test_nothing_is_said_by_closing_words_of_somebody_named_before(house: World) -> None:
    code = raised(house)
    led_to_closing(house, code)
    with acting(house, "focal", LATER) as by:
        her = {house.person["second_focal"].pk: False}
        close(**given(code, by), note=NAMES_HER, said_of=her)
    with acting(house, "focal", LATER) as by:
        reopen(**given(code, by), reason=NAMES_HER)
    assert reads(house, "second_focal")
