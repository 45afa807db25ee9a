"""Files of an incident: looked at before they are kept, given out at the door alone, withdrawn with a reason."""

import secrets
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from omsorg.federation.access import Acting
from omsorg.kernel.cleaning import NotWhole, is_picture, without_metadata
from omsorg.kernel.files import forget_file, keep_file
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.uploads import check_upload
from omsorg.safeguarding.actions.naming import SaidOf, add_worded_step, settle_names
from omsorg.safeguarding.actions.steps import hold_to_work
from omsorg.safeguarding.models import Document, Duty, Incident
from omsorg.safeguarding.rules.codes import StepKind
from omsorg.safeguarding.rules.conflicts import ReasonMissing


class KeptAlready(Refusal):
    sentence = _("“%(name)s” is kept with this incident already.")


class CannotBeCleaned(Refusal):
    sentence = _(
        "Where and when “%(name)s” was taken cannot be taken out of it. Send a picture of the screen, or keep it as it"
        " came, and say why."
    )


class ShowsThatTold(Refusal):
    sentence = _("This document shows that somebody was told. It stays as long as the incident.")


class DocumentGone(Refusal):
    sentence = _("This document has been withdrawn already.")


@transaction.atomic
def keep_document(
    *,
    incident: Incident,
    name: str,
    content: bytes | BinaryIO,
    note: str = "",
    as_it_came: str | None = None,
    limit: int,
    said_of: SaidOf | None = None,
    expected: int | None = None,
    by: Acting,
    at: datetime,
) -> Document:
    """Keep a file with the incident, at most `limit` bytes. The same bytes are not kept twice.

    Out of a picture is taken where, when and with which device it was made. `as_it_came`: why it is kept with all that,
    as evidence; the reason stays on record. Refused for a picture that cannot be cleaned and is not called evidence.
    """
    held = hold_to_work(incident, expected, by, also_closed=True)
    checked = check_upload(name, content, limit=limit)
    if as_it_came is not None and not as_it_came.strip():
        raise ReasonMissing
    named = settle_names(held, f"{checked.name}\n{note}\n{as_it_came or ''}", said_of, by=by)
    cleaned = _without_metadata(checked.name, content) if as_it_came is None else None
    if cleaned is not None:
        content, checked = cleaned, check_upload(name, cleaned, limit=limit)
    if Document.objects.filter(incident=held, fingerprint=checked.sha256, withdrawn_at=None).exists():
        raise KeptAlready(name=checked.name)
    document = Document.objects.create(
        incident=held,
        code=secrets.token_urlsafe(16),
        filename=checked.name,
        media_type=checked.content_type,
        size=checked.size,
        fingerprint=checked.sha256,
        stored_as=keep_file(content, holder=Document, limit=limit).stored_as,
        note=note.strip(),
        by_id=by.person_id,
        at=at,
    )
    facts = {"document": document.code, "is_cleaned": cleaned is not None, "as_it_came": as_it_came is not None}
    said = as_it_came or ""
    add_worded_step(named, held, StepKind.DOCUMENT_KEPT, verb="keep_document", by=by, at=at, note=said, facts=facts)
    return document


def _without_metadata(name: str, content: bytes | BinaryIO) -> bytes | None:
    """A picture without what it tells beside what one sees; None for what is no picture."""
    whole = content
    if not isinstance(whole, bytes):
        file = whole
        whole = file.read()
        file.seek(0)
    if not is_picture(whole):
        return None
    try:
        return without_metadata(whole)
    except NotWhole:
        raise CannotBeCleaned(name=name) from None


def is_evidence(document: Document) -> bool:
    """Whether it is what shows that a duty to tell was done."""
    return Duty.objects.filter(evidence=document).exists()


@transaction.atomic
def withdraw_document(
    *, document: Document, reason: str, said_of: SaidOf | None = None, by: Acting, at: datetime
) -> None:
    """Take a file back. It is deleted; that it was there, its fingerprint and the reason stay. One that shows that
    somebody was told is not taken back."""
    held = hold_to_work(document.incident, None, by, also_closed=True)
    if not reason.strip():
        raise ReasonMissing
    named = settle_names(held, reason, said_of, by=by)
    if is_evidence(document):
        raise ShowsThatTold
    taken = Document.objects.filter(pk=document.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_reason=reason.strip()
    )
    if not taken:
        raise DocumentGone
    facts = {"document": document.code}
    add_worded_step(named, held, StepKind.DOCUMENT_WITHDRAWN, verb="withdraw_document", by=by, at=at, facts=facts)
    transaction.on_commit(lambda: forget_file(document.stored_as))
