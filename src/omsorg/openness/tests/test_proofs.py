"""What is said of telling is true: proofs, words in the reader's language, what a provider's machine reads."""

from datetime import date, timedelta

import pytest
from django.test import Client

from omsorg.federation.access import Acting
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.openness.actions.following import follow_mail
from omsorg.openness.actions.form_letters import agree_to_template, write_template
from omsorg.openness.actions.replies import take_in_reply
from omsorg.openness.actions.telling import list_those_told, prove_each, prove_notices
from omsorg.openness.exports.letters import letters_pdf, sms_csv
from omsorg.openness.models import Notice, Publication, Round
from omsorg.openness.rules.telling import (
    Channel,
    MailProvesItself,
    Proof,
    ProofBackward,
    ProofBeforeListing,
    ProofFromTheFuture,
    Reading,
    SentAgainHow,
    SmsTooLong,
    WhoSaysSo,
    check_proof,
    machine_number,
)
from world import World

from .cast import AT, acting, begun, handed_in, later, recipient, written

TODAY = AT.date()


def listed(world: World, *, only: bool = True, **changes: object) -> tuple[Publication, Round, Acting]:
    recipient(world, "S-1", **changes)
    publication = begun(world)
    written(world, publication)
    handed_in(world, publication)
    by = acting(world, "openness_teller")
    with in_name_of(by.person_id, day=TODAY):
        return publication, list_those_told(publication=publication, nobody_because="", by=by, at=later(3)), by


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, None),
        ({"on": date(1990, 1, 1)}, ProofBeforeListing),
        ({"source": " "}, WhoSaysSo),
        ({"channel": Channel.EMAIL}, MailProvesItself),
        ({"channel": Channel.EMAIL, "now": Proof.RETURNED}, MailProvesItself),
        ({"channel": Channel.EMAIL, "now": Proof.RETURNED, "before": Proof.SENT}, None),
        ({"before": Proof.DELIVERED}, ProofBackward),
        ({"before": Proof.HANDED_OVER}, ProofBackward),
        ({"before": Proof.DELIVERED, "now": Proof.HANDED_OVER}, ProofBackward),
        ({"before": Proof.SENT, "now": Proof.HANDED_OVER}, None),
        ({"before": Proof.RETURNED}, SentAgainHow),
        ({"before": Proof.RETURNED, "now": Proof.HANDED_OVER}, None),
        ({"channel": Channel.EMAIL, "before": Proof.RETURNED}, SentAgainHow),
        ({"channel": Channel.EMAIL, "before": Proof.RETURNED, "now": Proof.DELIVERED}, None),
        ({"channel": Channel.EMAIL, "before": Proof.SENT, "now": Proof.DELIVERED}, MailProvesItself),
    ],
)
def test_a_proof_that_cannot_be_true_is_refused(changes: dict[str, object], refused: type[Exception] | None) -> None:
    given = {"before": None, "now": Proof.SENT, "on": TODAY, "channel": Channel.LETTER, "source": "The post", **changes}
    before, now = given.pop("before"), given.pop("now")
    asked = {"listed_on": TODAY, "today": TODAY, "reference": "S-1", **given}
    if refused is None:
        check_proof(before, now, **asked)  # type: ignore[arg-type]
        return
    with pytest.raises(refused):
        check_proof(before, now, **asked)  # type: ignore[arg-type]


def test_nobody_invents_that_an_e_mail_was_sent(world: World) -> None:
    _publication, made, by = listed(world)
    with in_name_of(by.person_id, day=TODAY):
        with pytest.raises(MailProvesItself):
            prove_each(made=made, told=[("S-1", Proof.DELIVERED, TODAY)], source="me", by=by, at=later(4))
        with pytest.raises(MailProvesItself):
            prove_notices(made=made, channel=Channel.EMAIL, proof=Proof.SENT, on=TODAY, source="me", by=by, at=later(4))
    assert follow_mail(at=later(5)) == 0


@pytest.mark.parametrize(
    ("hours", "ahead", "refused"),
    [
        (12.5, 1, None),  # half past nine in the evening by UTC: in Dar es Salaam it is tomorrow
        (12.5, 2, ProofFromTheFuture),
        (0.5, 1, ProofFromTheFuture),  # nowhere on earth has tomorrow begun at half past nine in the morning
        (0.5, -1, ProofBeforeListing),
    ],
)
def test_a_day_is_that_of_whoever_writes_it_down(
    world: World, hours: float, ahead: int, refused: type[Exception] | None
) -> None:
    publication, made, by = listed(world, channel="sms", address="+47 12 34 56 78")
    at, on = AT + timedelta(hours=hours), TODAY + timedelta(days=ahead)
    waiting = {"made": made, "channel": Channel.SMS, "proof": Proof.SENT, "source": "The provider"}
    reply = {"reference": "", "name": "Kari", "channel": Channel.LETTER, "text": "Thank you for telling us"}
    with in_name_of(by.person_id, day=TODAY):
        if refused is None:
            assert prove_notices(**waiting, on=on, by=by, at=at) == 1
            assert take_in_reply(publication=publication, **reply, received_on=on, by=by, at=at).received_on == on
            return
        with pytest.raises(refused):
            prove_notices(**waiting, on=on, by=by, at=at)
        if ahead > 0:
            with pytest.raises(refused):
                take_in_reply(publication=publication, **reply, received_on=on, by=by, at=at)


def test_what_is_listed_after_midnight_may_have_been_sent_on_the_evening_before(world: World) -> None:
    """At 03:30 by UTC it is half past nine in the evening of the day before in Guatemala."""
    recipient(world, "S-1", channel="sms", address="+47 12 34 56 78")
    publication = begun(world)
    written(world, publication)
    handed_in(world, publication)
    by, at = acting(world, "openness_teller"), AT + timedelta(hours=18.5)
    with in_name_of(by.person_id, day=TODAY):
        made = list_those_told(publication=publication, nobody_because="", by=by, at=at)
        waiting = {"made": made, "channel": Channel.SMS, "proof": Proof.SENT, "source": "The provider", "by": by}
        with pytest.raises(ProofBeforeListing):
            prove_notices(**waiting, on=TODAY - timedelta(days=1), at=at)
        assert prove_notices(**waiting, on=TODAY, at=at) == 1


def test_one_file_does_not_go_back_from_delivered(world: World) -> None:
    _publication, made, by = listed(world, channel="sms", address="+47 12 34 56 78")
    told = [("S-1", Proof.DELIVERED, TODAY), ("S-1", Proof.SENT, TODAY)]
    with in_name_of(by.person_id, day=TODAY), pytest.raises(ProofBackward):
        prove_each(made=made, told=told, source="provider", by=by, at=later(4))


def test_a_providers_machine_reads_digits_and_one_plus(world: World) -> None:
    assert [machine_number(each) for each in ("+47 22 33-44 55", "0047 22334455")] == ["+4722334455"] * 2
    _publication, made, by = listed(world, channel="sms", address="+47 12 34 56 78")
    with in_name_of(by.person_id, day=TODAY):
        lines = sms_csv(list(made.notices.all())).decode().split("\r\n")
    assert lines[0] == "reference,phone,language,message"
    assert lines[1].startswith("S-1,+4712345678,nb,")


@pytest.mark.usefixtures("real_people")
def test_a_message_is_measured_as_it_is_filled(world: World) -> None:
    by = acting(world, "openness_teller")
    long = "{happened} {did} {learned} " + "x" * 560 + " {link}"
    with in_name_of(by.person_id, day=TODAY):
        of = {"channel": Channel.SMS, "language": "nb", "reading": Reading.STANDARD, "at": AT}
        write_template(subject="", body=long, by=by, **of)
    releaser = acting(world, "openness_releaser")
    with in_name_of(releaser.person_id, day=TODAY):
        agree_to_template(number=1, by=releaser, **of)
    with pytest.raises(SmsTooLong):
        listed(world, channel="sms", address="+4712345678")


def test_a_text_in_another_language_says_so_and_money_says_that_it_was_repaid(world: World) -> None:
    publication, _made, _by = listed(world, language="da")
    with as_house():
        body = Notice.objects.get().body
    assert "Vi har ikke teksten på dit sprog endnu. Her er den, som den blev skrevet (engelsk): Money meant" in body
    assert "[en]" not in body
    assert "Betalt tilbage: " in body
    assert ", til Norad." in body
    teller = Client()
    teller.force_login(world.account["openness_teller"])
    page = teller.get(f"/openness/work/cases/{publication.code}/telling/").content.decode()
    assert "The text is not written in Danish" in page


def test_a_link_in_a_letter_leads_somewhere_before_the_release(world: World, client: Client) -> None:
    publication, _made, _by = listed(world)
    answer = client.get(f"/openness/cases/{publication.code}/")
    said = answer.content.decode()
    assert (answer.status_code, "it stands under this same link" in said) == (404, True)
    other = client.get("/openness/cases/0000000000/")
    same = said.replace(publication.code, "0000000000")
    assert (other.status_code, other.content.decode()) == (404, same), "nobody finds out whether there is a case"
    with as_house():
        assert "bliver offentlig" in Notice.objects.get().body or "blir offentlig" in Notice.objects.get().body


def test_each_letter_has_its_day_in_its_readers_language(world: World) -> None:
    _publication, made, _by = listed(world, channel="letter", address="Veien 1")
    with as_house():
        notices = list(made.notices.all())
    print_nb = letters_pdf(notices, house="House", on=TODAY)
    notices[0].language = "en"
    assert letters_pdf(notices, house="House", on=TODAY) != print_nb
