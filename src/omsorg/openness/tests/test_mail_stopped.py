"""No e-mail leaves whose text was taken back, held or changed: not from the list, not from the outbox."""

from datetime import date, timedelta

import pytest
from django.db import connection

from omsorg.federation.letters import Decision
from omsorg.federation.models import Mandate
from omsorg.kernel.letters import due_letters
from omsorg.kernel.models import Letter
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.deciding import hand_back, hold_case, take_up_again
from omsorg.openness.actions.doubtful_mail import decide_on_notice
from omsorg.openness.actions.editions import withdraw_text
from omsorg.openness.actions.telling import TextMayNotLeave, hand_over_mail, list_those_told
from omsorg.openness.actions.untold import remind_of_untold
from omsorg.openness.jobs import send_mail
from omsorg.openness.models import Notice, Proof, Publication, Round
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


def held(world: World, publication: Publication, *, hour: int) -> None:
    by = acting(world, "openness_releaser")
    said = {"reason_class": ReasonClass.INQUIRY, "reason": "The police asked.", "review_on": date(2024, 9, 1)}
    with in_name_of(by.person_id, day=AT.date()):
        hold_case(publication=publication, by=by, at=later(hour), **said)  # type: ignore[arg-type]


def taken_up(world: World, publication: Publication, *, hour: int) -> list[int]:
    """Taken up again; the lists whose e-mails were asked for with it."""
    by = acting(world, "openness_releaser")
    before = asked_for()
    with in_name_of(by.person_id, day=AT.date()):
        take_up_again(publication=publication, reason="They are done.", by=by, at=later(hour))
    return asked_for()[len(before) :]


def asked_for() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->>'round')::integer FROM procrastinate_jobs WHERE task_name = 'openness.send_mail'"
        )
        return sorted(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("was_written", [True, False])
def test_what_a_hold_stopped_of_a_public_text_goes_once_it_is_taken_up(world: World, was_written: bool) -> None:
    publication, made = told(world, Tell.TOGETHER)
    released(world, publication)
    if was_written:
        send_mail(made.pk)
    held(world, publication, hour=6)
    send_mail(made.pk)
    assert [standing for standing, _said in standings()] == (["taken_back"] if was_written else [])
    assert taken_up(world, publication, hour=7) == [made.pk]
    send_mail(made.pk)
    send_mail(made.pk)
    assert [standing for standing, _said in standings()][-1:] == ["waiting"]
    assert len(standings()) == 1 + was_written, "nobody is told twice"


def test_who_was_told_before_the_hold_is_not_told_again(world: World) -> None:
    publication, made = told(world, Tell.TOGETHER)
    released(world, publication)
    send_mail(made.pk)
    with as_house():
        Letter.objects.filter(once__startswith="openness-notice:").update(standing=Standing.SENT, settled_at=later(5))
    held(world, publication, hour=6)
    taken_up(world, publication, hour=7)
    send_mail(made.pk)
    assert [standing for standing, _said in standings()] == ["sent"]


def test_a_text_that_is_not_public_goes_to_nobody_when_it_is_taken_up(world: World) -> None:
    publication, _made = told(world, Tell.TOGETHER)
    held(world, publication, hour=5)
    assert taken_up(world, publication, hour=6) == []
    released_once, made = told_again(world)
    released(world, released_once)
    withdrawn(world, released_once)
    held(world, released_once, hour=7)
    assert taken_up(world, released_once, hour=8) == []
    send_mail(made.pk)
    assert standings() == []


def told_again(world: World) -> tuple[Publication, Round]:
    publication = begun(world)
    written(world, publication, tell=Tell.TOGETHER)
    handed_in(world, publication)
    return publication, listed(world, publication)


def reminded() -> list[str]:
    with as_house():
        found = Letter.objects.filter(once__startswith="openness-untold:").order_by("pk")
        return [letter.to_address for letter in found]


def test_where_nobody_tells_any_more_those_who_release_are_reminded_then_those_who_give_roles(world: World) -> None:
    publication, _made = told(world, Tell.TOGETHER)
    released(world, publication)
    for gone, asked in (("openness_teller", "releaser"), ("openness_releaser", "housekeeper")):
        with as_house():
            Mandate.objects.filter(role=gone).delete()
            Letter.objects.filter(once__startswith="openness-untold:").delete()
        assert remind_of_untold(days=7, at=AT + timedelta(days=8)) >= 1
        assert all(asked in address for address in reminded()), reminded()


def test_whoever_tells_is_reminded_of_those_who_were_not_reached(world: World) -> None:
    publication, made = told(world, Tell.TOGETHER)
    assert remind_of_untold(days=7, at=AT + timedelta(days=30)) == 0, "nothing of it is public"
    released(world, publication)
    assert remind_of_untold(days=7, at=AT + timedelta(days=6)) == 0
    assert remind_of_untold(days=7, at=AT + timedelta(days=8)) == 1
    assert remind_of_untold(days=7, at=AT + timedelta(days=9)) == 0, "once a week"
    assert reminded() == ["openness_teller@example.org"]
    with as_house():
        letter = Letter.objects.get(once__startswith="openness-untold:")
        assert "S-1" not in letter.body
        assert "Giver" not in letter.body
        notice = made.notices.get()
        Proof.objects.create(notice=notice, proof="sent", on=AT.date(), at=later(9))
    assert remind_of_untold(days=7, at=AT + timedelta(days=16)) == 0
    with as_house():
        Proof.objects.create(notice=notice, proof="returned", on=AT.date(), at=later(10))
    assert remind_of_untold(days=7, at=AT + timedelta(days=16)) == 1, "it came back"
    held(world, publication, hour=12)
    assert remind_of_untold(days=7, at=AT + timedelta(days=30)) == 0, "it is held"
    taken_up(world, publication, hour=13)
    assert remind_of_untold(days=7, at=AT + timedelta(days=8)) >= 1, (
        "the weeks are counted anew, and nobody falls silent"
    )
