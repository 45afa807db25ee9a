"""Erasing a case: by the decision of two, once it was kept as long as promised. The keys go first, then the words."""

import os
from datetime import datetime
from enum import StrEnum

from omsorg.federation.access import Acting
from omsorg.ombuds.access import CaseInHand, OpenRing, fingerprint
from omsorg.ombuds.actions.cases import working
from omsorg.ombuds.actions.colleagues import is_shut_out, trace_of_case
from omsorg.ombuds.actions.levels import settles
from omsorg.ombuds.models import (
    Assent,
    Case,
    CaseKey,
    CheckIn,
    Disclosure,
    Erasure,
    Handover,
    Misplaced,
    Note,
    OldCode,
    Risk,
    SealedFile,
    SealedPiece,
    ShutOut,
    Wish,
    Words,
)
from omsorg.ombuds.queries.days import day_at
from omsorg.ombuds.rules.levels import Status
from omsorg.ombuds.rules.refusals import CaseOpen, DecidedAlready, KeptUntil, NotForOneself, NotYoursToSettle

IN_THIS_ORDER = (
    OldCode,
    SealedPiece,
    SealedFile,
    Handover,
    Disclosure,
    Assent,
    CheckIn,
    Risk,
    ShutOut,
    Misplaced,
    Wish,
    Note,
    Words,
)


class ErasureGround(StrEnum):
    """Why a case is erased."""

    KEPT_LONG_ENOUGH = "kept_long_enough"
    ASKED_FOR = "asked_for"


def _require_kept_long_enough(case: Case, ground: ErasureGround, at: datetime) -> None:
    if case.status != Status.CLOSED:
        raise CaseOpen
    is_due = case.keep_until is not None and day_at(case.country, at) >= case.keep_until
    if ground is ErasureGround.KEPT_LONG_ENOUGH and not is_due:
        raise KeptUntil(day=case.keep_until)


def _holds(hand: CaseInHand, row: Erasure) -> bool:
    """Whether a proposal still stands: nothing was said since, and whoever made it may hear the case."""
    return row.words_count == hand.case.words_count and not is_shut_out(hand, row.asked_by)


def propose_erasure(*, case: str, ground: str, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Propose to erase a closed case: since it was kept as long as promised, or since whoever told it asks for it.

    Refused to those whom the case went past. A proposal ends when words come to the case after it, or when whoever made
    it is shut out; then it is made anew.
    """
    with working(case, ring, by, closed=True) as hand:
        if not settles(hand.case, by.person_id):
            raise NotYoursToSettle
        _require_kept_long_enough(hand.case, ErasureGround(ground), at)
        row = Erasure.objects.select_for_update().filter(case=hand.case).first()
        if row is not None and _holds(hand, row):
            raise DecidedAlready
        row = row or Erasure(case=hand.case)
        row.on, row.ground, row.asked_by = day_at(hand.case.country, at), ErasureGround(ground), by.person_id
        row.words_count = hand.case.words_count
        row.save()
        trace_of_case("propose_erasure", hand.case, by, at, ground=str(ErasureGround(ground)))


def erase_case(*, case: str, ring: OpenRing, by: Acting, at: datetime) -> None:
    """Erase a case that a colleague proposed to erase: every key of it, every word, every file, for good.

    What stays is that there was a case, its country, its days, and who decided. Copies of the database made before
    hold it until they are destroyed as well. Refused to those whom the case went past, and on a proposal that has ended
    (`propose_erasure`).
    """
    with working(case, ring, by, closed=True) as hand:
        row = Erasure.objects.select_for_update().filter(case=hand.case, done_on__isnull=True).first()
        if row is None or not _holds(hand, row):
            raise DecidedAlready
        if not settles(hand.case, by.person_id):
            raise NotYoursToSettle
        if row.asked_by == by.person_id:
            raise NotForOneself
        kept = hand.case
        _require_kept_long_enough(kept, ErasureGround(row.ground), at)
        row.agreed_by, row.done_on = by.person_id, day_at(kept.country, at)
        row.save(update_fields=["agreed_by", "done_on"])
        trace_of_case("erase_case", kept, by, at)
        kept.status = Status.ERASED
        kept.lookup, kept.key_by_code, kept.form, kept.stakes = fingerprint(os.urandom(32)), b"", b"", None
        kept.code_by = None
        kept.save(update_fields=["status", "lookup", "key_by_code", "form", "stakes", "code_by"])
        for model in IN_THIS_ORDER:
            model.objects.filter(case=kept).delete()
        CaseKey.objects.filter(case=kept).delete()
