"""The outbox is seen by those who look after the readers, and one of them decides on a letter in doubt."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from omsorg.federation.roles import codes_that_may
from omsorg.kernel.letters import write_letter
from omsorg.kernel.models import Letter, Trace
from omsorg.kernel.wall import as_house, in_name_of
from world import World

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)
OFFICER, KENYAN, NOBODY_KNOWN = "officer@example.org", "officer_kenya@example.org", "nobody-known@example.org"


@pytest.fixture
def letters(world: World) -> None:
    """Three letters in doubt: to the Tanzanian officer, to the Kenyan one, and to an address without a person."""
    for address, person in ((OFFICER, "officer"), (KENYAN, "officer_kenya"), (NOBODY_KNOWN, None)):
        write_letter(
            once=address,
            to_address=address,
            to_person=world.person[person].pk if person else None,
            language="en",
            subject="Late answer",
            body="A secret link",
            at=AT,
        )
    with as_house():
        Letter.objects.update(standing="in_doubt", settled_at=AT)


def signed_in(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.account[who])
    return client


def seen(client: Client, **query: str) -> set[str]:
    page = client.get(reverse("site:letters"), query).content.decode()
    assert "A secret link" not in page
    return {address for address in (OFFICER, KENYAN, NOBODY_KNOWN) if address in page}


def number_of(address: str) -> int:
    with as_house():
        return Letter.objects.get(to_address=address).pk


def decide(client: Client, address: str, decision: str = "send-again") -> int:
    return client.post(reverse("site:letter-decision", args=[number_of(address)]), {"decision": decision}).status_code


@pytest.mark.usefixtures("letters")
class TestWhoSees:
    def test_each_keeper_sees_the_letters_to_the_own_people(self, world: World) -> None:
        assert seen(signed_in(world, "housekeeper")) == {OFFICER, KENYAN, NOBODY_KNOWN}
        assert seen(signed_in(world, "national_housekeeper")) == {OFFICER}

    @pytest.mark.parametrize("who", ["officer", "publisher", "stranger"])
    def test_nobody_else_comes_in(self, world: World, who: str) -> None:
        assert signed_in(world, who).get(reverse("site:letters")).status_code in (403, 404)

    def test_the_database_itself_shows_a_keeper_no_letters_to_others(self, world: World) -> None:
        with in_name_of(world.person["national_housekeeper"].pk):
            assert [letter.to_address for letter in Letter.objects.all()] == [OFFICER]
            assert Letter.objects.update(tries=0) == 1
        with in_name_of(world.person["plan_owner"].pk):
            assert Letter.objects.update(tries=0) == 0

    def test_the_role_that_the_database_asks_for_is_the_one_that_may(self) -> None:
        assert codes_that_may("letters.see") == ["housekeeper"]

    def test_they_are_searched_and_filtered(self, world: World) -> None:
        client = signed_in(world, "housekeeper")
        assert seen(client, words="kenya") == {KENYAN}
        assert seen(client, standing="sent") == set()
        assert seen(client, standing="in_doubt", words="late ANSWER") == {OFFICER, KENYAN, NOBODY_KNOWN}


@pytest.mark.usefixtures("letters")
class TestDeciding:
    def test_a_keeper_has_it_sent_again(self, world: World) -> None:
        client = signed_in(world, "national_housekeeper")
        assert decide(client, OFFICER) == 302
        with as_house():
            assert Letter.objects.get(to_address=OFFICER).standing == "waiting"
            assert Trace.objects.get(verb="send_letter_again").actor == world.person["national_housekeeper"].pk

    def test_a_keeper_says_that_it_arrived(self, world: World) -> None:
        assert decide(signed_in(world, "national_housekeeper"), OFFICER, "it-arrived") == 302
        with as_house():
            assert Letter.objects.get(to_address=OFFICER).standing == "sent"
            assert Trace.objects.get(verb="confirm_letter_arrived").actor == world.person["national_housekeeper"].pk

    def test_the_second_decision_is_told_that_it_is_too_late(self, world: World) -> None:
        client = signed_in(world, "national_housekeeper")
        decide(client, OFFICER)
        decide(client, OFFICER, "it-arrived")
        assert "not waiting for a decision any more" in client.get(reverse("site:letters")).content.decode()
        with as_house():
            assert Letter.objects.get(to_address=OFFICER).standing == "waiting"

    def test_a_letter_to_somebody_else_is_not_there(self, world: World) -> None:
        assert decide(signed_in(world, "national_housekeeper"), KENYAN) == 404
