"""Nothing leaves the house that is held or has moved on, and the page says truly how far the telling has come."""

from datetime import date, timedelta

import pytest
from django.test import Client

from omsorg.federation.models import Organisation, Position
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness import models
from omsorg.openness.actions.deciding import hand_back, hold_case, take_up_again
from omsorg.openness.actions.telling import (
    TextMayNotLeave,
    hand_over_mail,
    list_those_told,
    prove_each,
)
from omsorg.openness.actions.writing import add_programmes, begin_case
from omsorg.openness.jobs import send_mail
from omsorg.openness.models import Publication, Round, Step
from omsorg.openness.queries.drafts import newest_revision, standing_of
from omsorg.openness.rules.cases import Tell
from omsorg.openness.rules.deciding import NotReady, ReasonClass, Standing
from omsorg.openness.rules.telling import Proof
from omsorg.safeguarding.actions.closing import decide_on_publication, reopen
from omsorg.safeguarding.models import Incident
from omsorg.safeguarding.rules import codes
from omsorg.safeguarding.tests import handling
from world import World

from .cast import (
    AT,
    acting,
    begun,
    handed_in,
    later,
    nobody_told,
    published,
    recipient,
    released,
    written,
)

END = handling.AT + timedelta(days=20)


def listed(world: World, **changes: object) -> tuple[Publication, Round]:
    """A case that is handed in, with a list of all who give."""
    publication = begun(world)
    written(world, publication, **changes)
    handed_in(world, publication)
    return publication, list_anew(world, publication)


def list_anew(world: World, publication: Publication) -> Round:
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()):
        return list_those_told(publication=publication, nobody_because="", by=by, at=later(3))


def test_no_mail_leaves_for_a_case_that_is_held(world: World) -> None:
    recipient(world, "S-1")
    recipient(world, "S-2", channel="letter", address="Veien 1")
    recipient(world, "S-3", channel="sms", address="+4712345678")
    publication, made = listed(world)
    by, teller = acting(world, "openness_releaser"), acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()):
        hold_case(
            publication=publication,
            reason_class=ReasonClass.INQUIRY,
            reason="The police ask us to wait.",
            review_on=date(2024, 9, 1),
            by=by,
            at=later(4),
        )
    with in_name_of(teller.person_id, day=AT.date()), pytest.raises(TextMayNotLeave):
        hand_over_mail(made=made, by=teller, at=later(5))
    send_mail(round=made.pk)
    with as_house():
        assert not Letter.objects.filter(once__startswith="openness-notice").exists()
    client = Client()
    client.force_login(world.account["openness_teller"])
    work = f"/openness/work/cases/{publication.code}/telling/"
    assert [client.get(f"{work}{name}").status_code for name in ("letters.pdf", "sms.csv")] == [302, 302]
    assert "letters.pdf" not in client.get(work).content.decode()
    with in_name_of(by.person_id, day=AT.date()):
        take_up_again(publication=publication, reason="They are done.", by=by, at=later(6))
    with in_name_of(teller.person_id, day=AT.date()), pytest.raises(TextMayNotLeave):
        hand_over_mail(made=made, by=teller, at=later(7))
    handed_in(world, publication, hour=8)
    with in_name_of(teller.person_id, day=AT.date()):
        assert hand_over_mail(made=made, by=teller, at=later(9)) == 1
    answer = client.get(f"{work}sms.csv")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")


def test_no_mail_leaves_with_words_that_have_moved_on(world: World) -> None:
    recipient(world, "S-1")
    publication, made = listed(world)
    by, teller = acting(world, "openness_releaser"), acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()):
        hand_back(publication=publication, reason="A child can be known.", by=by, at=later(4))
    written(world, publication, expected=1, closed_in=date(2024, 4, 1))
    handed_in(world, publication, hour=5)
    with in_name_of(teller.person_id, day=AT.date()), pytest.raises(TextMayNotLeave):
        hand_over_mail(made=made, by=teller, at=later(6))


def told_on_the_page(publication: Publication) -> str:
    page = Client().get(f"/openness/cases/{publication.code}/").content.decode()
    return page.split("Who was told</h2>")[1].split("<p>")[1].split("</p>")[0]


def test_the_page_says_why_nobody_was_told(world: World) -> None:
    publication = published(world)
    because = "Nobody was told by letter or message: The programme has no sponsors yet."
    assert told_on_the_page(publication) == because


def test_the_page_says_that_they_are_being_told_then_how_many_then_that_it_came_back(world: World) -> None:
    for number in range(6):
        recipient(world, f"S-{number}")
    publication, made = listed(world, tell=Tell.TOGETHER)
    released(world, publication)
    assert told_on_the_page(publication) == "Sponsors and donors are being told now."
    teller = acting(world, "openness_teller")
    with as_house():
        models.Proof.objects.bulk_create(
            models.Proof(notice=each, proof=Proof.SENT, on=AT.date(), at=later(5)) for each in made.notices.all()
        )
    assert told_on_the_page(publication) == "6 sponsors and donors were told, on 1 July 2024."
    back = [(f"S-{number}", Proof.RETURNED, AT.date()) for number in range(6)]
    with in_name_of(teller.person_id, day=AT.date()):
        prove_each(made=made, told=back[:1], source="x", by=teller, at=later(6))
    assert told_on_the_page(publication).endswith("What was sent to some of them came back.")
    with in_name_of(teller.person_id, day=AT.date()):
        prove_each(made=made, told=back, source="x", by=teller, at=later(7))
    said = "What was sent to sponsors and donors came back: nobody has been reached yet."
    assert told_on_the_page(publication) == said


def test_a_programme_that_was_forgotten_is_added_and_all_are_listed_anew(world: World) -> None:
    with as_house():
        second = Organisation.objects.create(
            code="moshi",
            kind="programme",
            name="Example Programme Moshi",
            exists_from=date(2000, 1, 1),
            is_example=True,
        )
        Position.objects.create(organisation=second, parent=world.org["tanzania"], valid_from=date(2000, 1, 1))
    recipient(world, "S-1", channel="letter", address="Veien 1")
    recipient(world, "M-1", channel="letter", address="Veien 2", programme=second)
    publication, made = listed(world)
    by, writer = acting(world, "openness_releaser"), acting(world, "openness_writer")
    with in_name_of(by.person_id, day=AT.date()):
        hand_back(publication=publication, reason="Moshi is missing.", by=by, at=later(4))
    client = Client()
    client.force_login(world.account["openness_writer"])
    page = f"/openness/work/cases/{publication.code}/programmes/"
    assert "Example Programme Moshi" in client.get(page).content.decode()
    with in_name_of(writer.person_id, day=AT.date()):
        given = {"publication": publication, "programmes": [second], "by": writer, "at": later(4)}
        assert [add_programmes(**given), add_programmes(**given)] == [1, 0]
        assert newest_revision(publication).number == 2
    handed_in(world, publication, hour=5)
    with pytest.raises(NotReady, match="for an earlier text"):
        released(world, publication, hour=6)
    with as_house():
        assert set(list_anew(world, publication).notices.values_list("reference", flat=True)) == {"S-1", "M-1"}
        assert made.listed == 1


# ---- the incident behind a case ----------------------------------------------------------------------------------


@pytest.fixture
def house(world: World) -> World:
    return handling.enter_people(world)


def ready(house: World) -> tuple[str, Publication]:
    """A case of a decided incident with nothing in the way of its release."""
    code = handling.raised(house)
    handling.closed(house, code)
    decided(house, code, codes.Publication.PUBLISH)
    with handling.acting(house, "writer", END) as by:
        publication = begin_case(
            organisation=house.org["tanzania"],
            programmes=[],
            incident=handling.incident(code).pk,
            by=by,
            at=END,
        )
    return code, publication


def decided(house: World, code: str, decision: codes.Publication, **more: object) -> None:
    with handling.acting(house, "focal", END) as by:
        decide_on_publication(incident=Incident.objects.get(code=code), decision=decision, by=by, at=END, **more)


def to_be_released(house: World, publication: Publication) -> None:
    written(house, publication)
    handed_in(house, publication)
    nobody_told(house, publication)


def test_the_programme_of_the_incident_is_always_one_of_them(house: World) -> None:
    _code, publication = ready(house)
    with as_house():
        assert [each.programme.code for each in publication.concerns.all()] == ["arusha"]


def test_a_draft_is_held_when_its_incident_is_opened_again(house: World) -> None:
    code, publication = ready(house)
    with handling.acting(house, "focal", END) as by:
        reopen(incident=Incident.objects.get(code=code), reason="Something new.", by=by, at=END)
    with as_house():
        step = Step.objects.get(publication=publication)
        assert (step.step, step.reason_class, step.review_on) == ("held", "other", END.date() + timedelta(days=90))
        assert standing_of(publication) is Standing.HELD


def test_a_draft_is_held_when_its_incident_is(house: World) -> None:
    code, publication = ready(house)
    review_on = END.date() + timedelta(days=40)
    held = {"reason_class": codes.HoldReason.POLICE_OR_COURT, "reason": "The police.", "review_on": review_on}
    decided(house, code, codes.Publication.HOLD, **held)
    with as_house():
        step = Step.objects.get(publication=publication)
        assert (step.step, step.reason_class, step.review_on) == ("held", "inquiry", review_on)


def test_nothing_is_released_of_an_incident_that_is_not_decided_to_be_published(house: World) -> None:
    code, publication = ready(house)
    to_be_released(house, publication)
    with as_house():
        Incident.objects.filter(code=code).update(stage="closed", decision="")
    with pytest.raises(NotReady, match="open again"):
        released(house, publication)
    with as_house():
        Incident.objects.filter(code=code).update(stage="decided", decision="publish")
    assert released(house, publication).number == 1
