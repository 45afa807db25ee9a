"""The outbox: what must be told is written down in the transaction that made it necessary, and sent by the worker.

A letter waits, is handed over, and is sent. That it is being handed over is kept before the mail server hears of it; so
a worker that dies in between leaves a letter of which nobody knows whether the server took it. Such a letter is put in
doubt, is never sent again by itself, and is shown to a person who decides.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction

from omsorg.kernel.later import do_later
from omsorg.kernel.models import Letter
from omsorg.kernel.post import NobodyKnows, NotTaken, hand_over, message_of
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.wall import as_house

MOST_TRIES = 10
LONGEST_PAUSE = timedelta(hours=12)
ALIVE = timedelta(minutes=1)
REMEMBERED = timedelta(days=90)
APART = "apart:"
"""So begins the name of a letter of which nobody but its reader learns that it was written: it stands in no outbox, no
count and no trace. It must say nothing that harms if it comes twice, since nobody decides on it."""
Standing = Letter.Standing


class LetterMovedOn(Refusal):
    sentence = _("This letter is not waiting for a decision any more.")


def write_letter(
    *, once: str, to_address: str, to_person: int | None, language: str, subject: str, body: str, at: datetime
) -> bool:
    """Write a letter and ask the worker to deliver it, both in the caller's transaction.

    `once` names what the letter is about: the same name is written once, however often it is asked for. Says whether
    the letter is new. Whoever writes need not be able to read it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_letter (once, to_address, to_person, language, subject, body, standing, tries,"
            " next_try_at, written_at, trouble) VALUES (%s, %s, %s, %s, %s, %s, %s, 0, %s, %s, '')"
            " ON CONFLICT DO NOTHING",
            [once, to_address, to_person, language, " ".join(subject.split())[:200], body, Standing.WAITING, at, at],
        )
        if cursor.rowcount == 0:
            return False
        cursor.execute("SELECT currval(pg_get_serial_sequence('kernel_letter', 'id'))")
        number = cursor.fetchone()[0]
    do_later("kernel.deliver_letter", letter=number)
    return True


def pause_after(tries: int) -> timedelta:
    """How long to wait after the given number of tries: 1, 5, 25, 125 minutes and so on, at most 12 hours."""
    return min(timedelta(minutes=5 ** min(tries - 1, 6)), LONGEST_PAUSE)


def deliver_letter(letter_id: int, *, at: datetime) -> None:
    """Hand one waiting letter over, if it is due and nobody else is at it. Must not run inside a transaction."""
    with transaction.atomic(durable=True), as_house():
        due = Letter.objects.select_for_update(skip_locked=True).filter(
            pk=letter_id, standing=Standing.WAITING, next_try_at__lte=at
        )
        letter = due.first()
        if letter is None:
            return
        letter.standing, letter.tries, letter.handed_over_at = Standing.HANDED_OVER, letter.tries + 1, at
        letter.save(update_fields=["standing", "tries", "handed_over_at"])
    with transaction.atomic(durable=True), as_house():
        # The row stays locked while the mail server is spoken to: whoever can lock it knows that nobody is at it.
        held = Letter.objects.select_for_update(skip_locked=True).filter(pk=letter_id, standing=Standing.HANDED_OVER)
        letter = held.first()
        if letter is not None:
            _speak(letter, at)


def _speak(letter: Letter, at: datetime) -> None:
    letter.trouble, letter.settled_at = "", at
    try:
        hand_over(message_of(letter))
        letter.standing = Standing.SENT
    except NobodyKnows as fault:
        letter.trouble = str(fault)
        _doubt(letter, at)
    except NotTaken as fault:
        letter.trouble = str(fault)
        if fault.for_good or letter.tries >= MOST_TRIES:
            letter.standing = Standing.GIVEN_UP
        else:
            _try_again(letter, at)
    letter.save(update_fields=["standing", "settled_at", "next_try_at", "trouble"])


def _try_again(letter: Letter, at: datetime) -> None:
    letter.standing, letter.settled_at = Standing.WAITING, None
    letter.next_try_at = at + pause_after(letter.tries)
    do_later("kernel.deliver_letter", at=letter.next_try_at, letter=letter.pk)


def _doubt(letter: Letter, at: datetime) -> None:
    """Show it to a person who decides; one that is written apart is tried again, and shown to nobody."""
    letter.settled_at = at
    if not letter.once.startswith(APART):
        letter.standing = Standing.IN_DOUBT
        leave_trace("put_letter_in_doubt", f"letter:{letter.pk}", by=None, at=at)
    elif letter.tries >= MOST_TRIES:
        letter.standing = Standing.GIVEN_UP
    else:
        _try_again(letter, at)


def due_letters(at: datetime) -> list[int]:
    """The letters whose time has come: a net under the jobs that were asked for one by one."""
    with as_house():
        waiting = Letter.objects.filter(standing=Standing.WAITING, next_try_at__lte=at).order_by("next_try_at", "pk")
        return list(waiting.values_list("pk", flat=True)[:500])


def put_in_doubt(*, at: datetime) -> int:
    """Put every letter in doubt that was handed over by somebody who is no longer there. Says how many."""
    with transaction.atomic(), as_house():
        orphaned = Letter.objects.select_for_update(skip_locked=True).filter(
            standing=Standing.HANDED_OVER, handed_over_at__lt=at - ALIVE
        )
        found = list(orphaned)
        for letter in found:
            _doubt(letter, at)
            letter.save(update_fields=["standing", "settled_at", "next_try_at"])
    return len(found)


def forget_old_letters(*, at: datetime) -> int:
    """Wipe what old letters said and to whom; that they were sent stays, so that none is sent a second time."""
    with as_house():
        old = Letter.objects.filter(standing=Standing.SENT, settled_at__lt=at - REMEMBERED).exclude(body="")
        return old.update(to_address="", to_person=None, subject="", body="", trouble="")


def take_back(names: Collection[str], *, at: datetime) -> int:
    """Stop these letters where they have not gone out: words and address are wiped, and the name is free again.

    One that is being handed over to the mail server in this moment is put in doubt. Runs in the caller's transaction,
    in the name of the house; waits for whoever is speaking to the mail server. Says how many were stopped.
    """
    unsent = [Standing.WAITING, Standing.GIVEN_UP, Standing.HANDED_OVER]
    found = list(Letter.objects.select_for_update().filter(once__in=names, standing__in=unsent).order_by("pk"))
    stopped = [letter for letter in found if letter.standing != Standing.HANDED_OVER]
    for letter in found:
        if letter.standing == Standing.HANDED_OVER:
            _doubt(letter, at)
        else:
            letter.settled_at = at
            letter.standing, letter.once = Standing.TAKEN_BACK, f"{letter.once}:{letter.pk}"
            letter.to_address, letter.to_person, letter.subject, letter.body = "", None, "", ""
        letter.save()
    return len(stopped)


def _decided(letter_id: int) -> Letter:
    undecided = [Standing.IN_DOUBT, Standing.GIVEN_UP]
    letter = Letter.objects.select_for_update().filter(pk=letter_id, standing__in=undecided).first()
    if letter is None:
        raise LetterMovedOn
    return letter


@transaction.atomic
def send_again(letter_id: int, *, by: int, at: datetime) -> None:
    """A person decides that a letter in doubt, or given up, is tried again from the beginning."""
    letter = _decided(letter_id)
    letter.standing, letter.tries, letter.next_try_at, letter.settled_at = Standing.WAITING, 0, at, None
    letter.save(update_fields=["standing", "tries", "next_try_at", "settled_at"])
    leave_trace("send_letter_again", f"letter:{letter_id}", by=by, at=at)
    do_later("kernel.deliver_letter", letter=letter_id)


@transaction.atomic
def it_arrived(letter_id: int, *, by: int, at: datetime) -> None:
    """A person says that a letter in doubt, or given up, has reached its reader: it counts as sent."""
    letter = _decided(letter_id)
    letter.standing, letter.settled_at = Standing.SENT, at
    letter.save(update_fields=["standing", "settled_at"])
    leave_trace("confirm_letter_arrived", f"letter:{letter_id}", by=by, at=at)
