"""What a person has handed in and not yet confirmed: tried dry, taken in once, whole or not at all, or forgotten."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import get_language, override

from omsorg.kernel.files import forget_file, keep_file, open_file
from omsorg.kernel.imports.kinds import Handed, ImportFault, ImportKind, Told, as_plain, from_plain, kind_called
from omsorg.kernel.imports.progress import TASK, Run, followed, run_of
from omsorg.kernel.later import do_later
from omsorg.kernel.models import ImportDraft
from omsorg.kernel.refusals import Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.kernel.sheets import Habits, Limits
from omsorg.kernel.wall import as_house, in_name_of

FORGOTTEN_AFTER = timedelta(days=7)
ROWS_AT_ONCE = 2000
log = logging.getLogger(__name__)

SOMETHING_WENT_WRONG = _("Something went wrong while the file was taken in. Nothing of it was kept; please try again.")

DOES_NOT_FIT = _("Something in the file does not fit what is kept already. Nothing of it is taken in.")


class DraftGone(Refusal):
    sentence = _("This file was given up, or has waited too long. Hand it in again.")


class RestsOnNothing(TypeError):
    """A mistake in the code: an import tells what it does and not what that rests on."""


class HasFaults(Refusal):
    sentence = _("There is still something wrong in the file, so nothing can be taken in.")


def hand_in(kind: ImportKind, handed: Handed, *, context: Mapping[str, Any], person: int, at: datetime) -> ImportDraft:
    """Try a file dry and keep it with what was told. Nothing else in the house changes.

    What the database itself refuses becomes a fault of the whole file, and a line in the log.
    """
    told = _tried(kind, handed, context, person, at)
    stored = keep_file(handed.content, holder=ImportDraft, limit=Limits().size)
    return ImportDraft.objects.create(
        code=secrets.token_hex(16),
        kind=kind.code,
        person=person,
        filename=handed.name[:200],
        stored_as=stored.stored_as,
        size=stored.size,
        fingerprint=stored.fingerprint,
        context={
            "of": dict(context),
            "habits": asdict(handed.habits),
            "language": get_language() or settings.LANGUAGE_CODE,
        },
        told=as_plain(told),
        made_at=at,
    )


def told_of(draft: ImportDraft) -> Told:
    return from_plain(draft.told)


def _tried(kind: ImportKind, handed: Handed, context: Mapping[str, Any], person: int, at: datetime) -> Told:
    """What would become of it: everything is done, and taken back."""
    with transaction.atomic():
        told = _done(kind, handed, context, person, at)
        transaction.set_rollback(True)
    return told


def _done(kind: ImportKind, handed: Handed, context: Mapping[str, Any], person: int, at: datetime) -> Told:
    try:
        told = kind.take_in(handed, context, person, at)
        if not (told.faults or told.rests_on):
            raise RestsOnNothing(kind.code)
        return told
    except Refusal as refusal:
        return Told(faults=[ImportFault(refusal.said)])
    except (IntegrityError, DataError):
        log.exception("The database refused what an import of kind %s wrote", kind.code)
        return Told(faults=[ImportFault(Sentence(DOES_NOT_FIT))])


def _handed(draft: ImportDraft) -> Handed:
    with open_file(draft.stored_as) as file:
        return Handed(draft.filename, file.read(), Habits(**draft.context["habits"]))


def draft_of(person: int, code: str, *, hold: bool = False) -> ImportDraft:
    """The one door to a draft: only who handed the file in goes on with it. `hold` waits for anybody who is at it."""
    drafts = ImportDraft.objects.select_for_update() if hold else ImportDraft.objects
    found = drafts.filter(code=code, person=person).first()
    if found is None:
        raise DraftGone
    return found


@transaction.atomic
def confirm(code: str, *, person: int, at: datetime, shown: str | None = None) -> ImportDraft:
    """Take a file in, once: who confirms twice is told the same twice. A long one is left to the worker.

    One at which worker after worker has died is begun anew when it is confirmed again.

    Whole or not at all, and as it was told. It is tried against what is there now; where there is a fault by now, or
    anything else would happen than what was told, nothing is taken in: the draft tells what would happen now, and waits
    to be confirmed again. `shown` is the fingerprint of what the person has seen: somebody who presses a button twice
    does not confirm what was told between.
    """
    draft = draft_of(person, code, hold=True)
    if draft.confirmed_at is not None and not was_given_up(draft):
        return draft
    told = told_of(draft)
    if told.faults:
        raise HasFaults
    if shown not in (None, told.fingerprint):
        return draft
    draft.confirmed_at = at
    draft.save(update_fields=["confirmed_at"])
    if told.rows > ROWS_AT_ONCE:
        do_later(TASK, draft=draft.code, person=person)
    else:
        _take_in(draft, at)
    return draft


def was_given_up(draft: ImportDraft) -> bool:
    """Whether a confirmed file is not taken in, and nobody will go on with it."""
    return draft.confirmed_at is not None and draft.done_at is None and run_of(draft.code) is Run.GIVEN_UP


def _take_in(draft: ImportDraft, at: datetime) -> None:
    """Take in a confirmed draft that is held, in the caller's transaction.

    In the language in which it was tried: numbers and days are read by it, and it is held against what was told then.
    """
    before = told_of(draft)
    with override(draft.context["language"]):
        with transaction.atomic(), followed(draft.code, before.rows):
            told = _done(kind_called(draft.kind), _handed(draft), draft.context["of"], draft.person, at)
            if not told.faults:
                told = replace(told, asks_again=told.fingerprint != before.fingerprint)
            if told.faults or told.asks_again:
                transaction.set_rollback(True)
        draft.told = as_plain(told)
    if told.faults or told.asks_again:
        draft.confirmed_at = None
    else:
        draft.done_at = at
        stored_as = draft.stored_as
        transaction.on_commit(lambda: forget_file(stored_as))
    draft.save(update_fields=["told", "confirmed_at", "done_at"])


def take_in_confirmed(code: str, *, person: int, at: datetime) -> None:
    """What the worker does with a long file. Called again after a worker has died, it finds what is left to do."""
    try:
        with in_name_of(person):
            draft = draft_of(person, code, hold=True)
            if draft.confirmed_at is not None and draft.done_at is None:
                _take_in(draft, at)
    except DraftGone:
        return
    except Exception:
        log.exception("The import %s could not be taken in", code)
        with in_name_of(person):
            draft = draft_of(person, code, hold=True)
            fault = ImportFault(Sentence(SOMETHING_WENT_WRONG))
            draft.told = as_plain(replace(told_of(draft), faults=[fault]))
            draft.confirmed_at = None
            draft.save(update_fields=["told", "confirmed_at"])


@transaction.atomic
def give_up(code: str, *, person: int) -> None:
    """Forget a draft that was not taken in, and its file."""
    draft = draft_of(person, code, hold=True)
    if draft.done_at is None and (draft.confirmed_at is None or was_given_up(draft)):
        _forget(draft)


def _forget(draft: ImportDraft) -> None:
    stored_as = draft.stored_as
    draft.delete()
    transaction.on_commit(lambda: forget_file(stored_as))


def forget_old_drafts(*, at: datetime) -> int:
    """Forget drafts a week after they were handed in, taken in or not. Says how many."""
    with as_house():
        old = list(ImportDraft.objects.filter(made_at__lt=at - FORGOTTEN_AFTER))
        for draft in old:
            _forget(draft)
    return len(old)
