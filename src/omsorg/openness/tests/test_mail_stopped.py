"""No e-mail leaves whose text was taken back, held or changed: not from the list, not from the outbox."""

from datetime import date

import pytest

from omsorg.federation.letters import Decision
from omsorg.kernel.letters import due_letters
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.deciding import hand_back, hold_case
from omsorg.openness.actions.doubtful_mail import decide_on_notice
from omsorg.openness.actions.editions import withdraw_text
from omsorg.openness.actions.telling import TextMayNotLeave, hand_over_mail, list_those_told
from omsorg.openness.jobs import send_mail
from omsorg.openness.models import Notice, Publication, Round
from omsorg.openness.queries.mail import name_of_notice
from omsorg.openness.rules.cases import Tell
from omsorg.openness.rules.deciding import ReasonClass
from omsorg.openness.rules.redactions import Why
from world import World

from .cast import AT, acting, begun, handed_in, later, recipient, released, written

Standing = Letter.Standing


def listed(world: World, publication: Publication, *, hour: int = 3) -> Round:
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()):
        return list_those_told(publication=publication, nobody_because="", by=by, at=later(hour))


def told(world: World, tell: Tell) -> tuple[Publication, Round]:
    recipient(world, "S-1")
    publication = begun(world)
    written(world, publication, tell=tell)
    handed_in(world, publication)
    return publication, listed(world, publication)


def withdrawn(world: World, publication: Publication, *, hour: int = 6) -> None:
    by = acting(world, "openness_releaser")
    with in_name_of(by.person_id, day=AT.date()):
        withdraw_text(publication=publication, because=Why.CHILD, by=by, at=later(hour))


def standings() -> list[tuple[str, str]]:
    with as_house():
        letters = Letter.objects.filter(once__startswith="openness-notice:").order_by("pk")
        return [(letter.standing, letter.body[:4]) for letter in letters]


def test_nothing_is_written_after_the_text_was_withdrawn(world: World) -> None:
    publication, made = told(world, Tell.TOGETHER)
    released(world, publication)
    withdrawn(world, publication)
    send_mail(made.pk)
    assert standings() == []
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()), pytest.raises(TextMayNotLeave):
        hand_over_mail(made=made, by=by, at=later(7))


def test_what_waits_in_the_outbox_is_stopped_and_wiped(world: World) -> None:
    publication, made = told(world, Tell.TOGETHER)
    released(world, publication)
    send_mail(made.pk)
    assert standings() == [("waiting", "Kjær")]
    withdrawn(world, publication)
    assert standings() == [("taken_back", "")]
    assert due_letters(later(8)) == [], "the worker finds nothing to send"


def test_one_that_is_being_handed_over_is_in_doubt_and_not_sent_again(world: World) -> None:
    publication, made = told(world, Tell.TOGETHER)
    released(world, publication)
    send_mail(made.pk)
    with as_house():
        notice = Notice.objects.select_related("round__publication").get()
        Letter.objects.filter(once=name_of_notice(notice.pk)).update(standing=Standing.HANDED_OVER)
    withdrawn(world, publication)
    assert [standing for standing, _said in standings()] == ["in_doubt"]
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=AT.date()), pytest.raises(TextMayNotLeave):
        decide_on_notice(notice=notice, decision=Decision.SEND_AGAIN, by=by, at=later(7))


@pytest.mark.parametrize("act", ["hold", "hand_back"])
def test_a_held_or_returned_text_goes_to_nobody_and_can_go_later(world: World, act: str) -> None:
    publication, made = told(world, Tell.BEFORE)
    teller, by = acting(world, "openness_teller"), acting(world, "openness_releaser")
    with in_name_of(teller.person_id, day=AT.date()):
        assert hand_over_mail(made=made, by=teller, at=later(4)) == 1
    with in_name_of(by.person_id, day=AT.date()):
        if act == "hold":
            said = {"reason_class": ReasonClass.INQUIRY, "reason": "The police asked.", "review_on": date(2024, 9, 1)}
            hold_case(publication=publication, by=by, at=later(5), **said)  # type: ignore[arg-type]
        else:
            hand_back(publication=publication, reason="The month is wrong.", by=by, at=later(5))
    assert standings() == [("taken_back", "")]
    with in_name_of(teller.person_id, day=AT.date()), pytest.raises(TextMayNotLeave):
        hand_over_mail(made=made, by=teller, at=later(6))
    if act == "hand_back":
        handed_in(world, publication, hour=7)
        with in_name_of(teller.person_id, day=AT.date()):
            assert hand_over_mail(made=made, by=teller, at=later(8)) == 1
        assert standings() == [("taken_back", ""), ("waiting", "Kjær")]
