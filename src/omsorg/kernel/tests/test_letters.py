"""A letter is written with its act, sent once, tried again when refused, and in doubt when nobody can know."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import override_settings

from mailserver import Taken, mail_server
from omsorg.kernel import letters
from omsorg.kernel.models import Letter, Trace
from omsorg.kernel.wall import as_house, in_name_of

AT = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[Taken]:
    with (
        mail_server() as taken,
        override_settings(
            EMAIL_BACKEND="omsorg.kernel.post.Postman", EMAIL_HOST="127.0.0.1", EMAIL_PORT=taken.port, EMAIL_TIMEOUT=0.5
        ),
    ):
        yield taken


def write(to: str = "amina@example.org", once: str = "reminder 1", person: int | None = None) -> bool:
    return letters.write_letter(
        once=once,
        to_address=to,
        to_person=person,
        language="nb",
        subject="Svar\nmangler",
        body="Hei.\n\nSe http://localhost/ & svar <nå>.",
        at=AT,
    )


def kept(once: str = "reminder 1") -> Letter:
    with as_house():
        return Letter.objects.get(once=once)


def jobs() -> list[tuple[str, datetime | None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, scheduled_at FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def deliver(at: datetime = AT, once: str = "reminder 1") -> Letter:
    letters.deliver_letter(kept(once).pk, at=at)
    return kept(once)


@pytest.mark.django_db
class TestWriting:
    def test_whoever_writes_need_not_be_able_to_read(self) -> None:
        with in_name_of(5):
            assert write(person=6)
            assert not Letter.objects.exists()
        assert kept().subject == "Svar mangler"

    def test_the_same_is_written_once(self) -> None:
        with in_name_of(5):
            assert [write(), write(), write(once="reminder 7")] == [True, False, True]
        assert len(jobs()) == 2

    def test_without_the_act_there_is_neither_letter_nor_job(self) -> None:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
        with as_house():
            assert not Letter.objects.exists()
        assert jobs() == []

    @pytest.mark.parametrize("statement", ["UPDATE kernel_letter SET tries = 9", "DELETE FROM kernel_letter"])
    def test_nobody_but_the_house_changes_or_removes_a_letter(self, statement: str) -> None:
        write()
        with in_name_of(5), connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.rowcount == 0


@pytest.mark.django_db
class TestDelivery:
    def test_a_letter_is_sent_as_text_and_html_with_a_lasting_id(self, server: Taken) -> None:
        write()
        letter = deliver()
        assert (letter.standing, letter.tries, letter.settled_at) == ("sent", 1, AT)
        [message] = server.letters["amina@example.org"]
        assert message["Message-ID"] == f"<letter.{letter.pk}.{int(AT.timestamp())}@localhost>"
        assert (message["Content-Language"], message["Auto-Submitted"]) == ("nb", "auto-generated")
        text, html = (part.get_payload(decode=True).decode() for part in message.get_payload())
        assert text.replace("\r\n", "\n").rstrip() == letter.body
        assert 'lang="nb"' in html
        assert "svar &lt;nå&gt;" in html
        assert '<a href="http://localhost/"' in html

    def test_what_was_sent_is_not_sent_again(self, server: Taken) -> None:
        write()
        deliver()
        deliver(AT + timedelta(days=1))
        assert len(server.letters["amina@example.org"]) == 1

    def test_a_letter_that_is_not_due_waits(self, server: Taken) -> None:
        write()
        assert deliver(AT - timedelta(seconds=1)).standing == "waiting"
        assert server.named == []

    @pytest.mark.parametrize("to", ["busy@example.org", "full@example.org"])
    def test_refused_for_now_it_waits_and_is_asked_for_again(self, server: Taken, to: str) -> None:
        write(to)
        letter = deliver()
        assert (letter.standing, letter.next_try_at, letter.settled_at) == ("waiting", AT + timedelta(minutes=1), None)
        assert letter.trouble.startswith("45")
        assert jobs()[-1] == ("kernel.deliver_letter", AT + timedelta(minutes=1))

    @pytest.mark.parametrize("to", ["gone@example.org", "spam@example.org"])
    def test_refused_for_good_it_is_given_up_with_the_reason(self, server: Taken, to: str) -> None:
        write(to)
        letter = deliver()
        assert (letter.standing, letter.trouble[:2]) == ("given_up", "55")

    def test_a_server_that_cannot_be_reached_is_asked_again(self) -> None:
        with override_settings(
            EMAIL_BACKEND="omsorg.kernel.post.Postman", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1, EMAIL_TIMEOUT=0.5
        ):
            write()
            assert deliver().standing == "waiting"

    def test_silence_before_the_text_was_sent_leaves_no_doubt(self, server: Taken) -> None:
        write("silent@example.org")
        assert deliver().standing == "waiting"

    @pytest.mark.parametrize("to", ["mute@example.org", "dropped@example.org"])
    def test_silence_after_the_text_was_sent_is_a_doubt_and_is_not_sent_again(self, server: Taken, to: str) -> None:
        write(to)
        letter = deliver()
        assert letter.standing == "in_doubt"
        deliver(AT + timedelta(days=1))
        assert server.whole == [to]
        with as_house():
            assert Trace.objects.get(verb="put_letter_in_doubt").subject == f"letter:{letter.pk}"

    def test_what_was_taken_is_sent_even_where_the_farewell_is_not_answered(self, server: Taken) -> None:
        write("slow@example.org")
        letter = deliver()
        assert (letter.standing, letter.trouble) == ("sent", "")

    def test_a_letter_that_cannot_be_made_into_a_message_is_given_up(self, server: Taken) -> None:
        write("two@words@example.org\nBcc: all@example.org")
        assert deliver().standing == "given_up"
        assert server.named == []

    def test_after_the_last_try_it_is_given_up(self, server: Taken) -> None:
        write("busy@example.org")
        at = AT
        for _try in range(letters.MOST_TRIES):
            letter = deliver(at)
            at = letter.next_try_at
        assert (letter.standing, letter.tries) == ("given_up", letters.MOST_TRIES)

    def test_the_net_finds_what_is_due(self) -> None:
        write()
        assert letters.due_letters(AT) == [kept().pk]
        assert letters.due_letters(AT - timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 5), (3, 25), (4, 125), (5, 625), (6, 720), (10, 720)], ids=str
)
def test_the_pause_grows_up_to_twelve_hours(tries: int, minutes: int) -> None:
    assert letters.pause_after(tries) == timedelta(minutes=minutes)


@pytest.mark.django_db
class TestAfterwards:
    def left_in_doubt(self) -> Letter:
        write()
        with as_house():
            Letter.objects.update(standing="handed_over", handed_over_at=AT)
        assert letters.put_in_doubt(at=AT + timedelta(seconds=59)) == 0
        assert letters.put_in_doubt(at=AT + timedelta(seconds=61)) == 1
        return kept()

    def test_a_letter_left_by_a_dead_worker_is_put_in_doubt(self) -> None:
        assert self.left_in_doubt().standing == "in_doubt"

    def test_a_person_sends_it_again(self, server: Taken) -> None:
        letter = self.left_in_doubt()
        with as_house():
            letters.send_again(letter.pk, by=None, at=AT)
        letter = deliver()
        assert (letter.standing, letter.trouble) == ("sent", "")
        with as_house():
            assert Trace.objects.filter(verb="send_letter_again").count() == 1
            with pytest.raises(letters.LetterMovedOn):
                letters.send_again(letter.pk, by=None, at=AT)

    def test_a_person_says_that_it_arrived(self, server: Taken) -> None:
        letter = self.left_in_doubt()
        with as_house():
            letters.it_arrived(letter.pk, by=None, at=AT)
        letter = deliver()
        assert (letter.standing, letter.trouble) == ("sent", "")
        assert server.named == []

    def test_what_old_letters_said_is_forgotten_but_not_that_they_were_sent(self, server: Taken) -> None:
        write(person=5)
        deliver()
        assert letters.forget_old_letters(at=AT + timedelta(days=90)) == 0
        assert letters.forget_old_letters(at=AT + timedelta(days=91)) == 1
        letter = kept()
        assert (letter.body, letter.subject, letter.to_address, letter.to_person) == ("", "", "", None)
        assert write() is False
