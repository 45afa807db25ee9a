"""Files that came with words: sealed in pieces, each bound to its place, and never opened on the server afterwards."""

import json
from collections.abc import Sequence
from datetime import date

from omsorg.kernel.sealing import seal
from omsorg.ombuds.access import CaseInHand
from omsorg.ombuds.actions.levels import next_number
from omsorg.ombuds.models import SealedFile, SealedPiece, place_of
from omsorg.ombuds.rules.attachments import Attachment

PIECE = 256 * 1024


def keep_files(hand: CaseInHand, files: Sequence[Attachment], *, with_words: int, on: date) -> None:
    """Seal files that were cleaned on the way in, beside the words they came with."""
    for number, file in enumerate(files, next_number(SealedFile, hand.case) if files else 1):
        parts = [file.content[start : start + PIECE] for start in range(0, len(file.content), PIECE)]
        row = SealedFile(
            case=hand.case, number=number, on=on, with_words=with_words, size=len(file.content), pieces=len(parts)
        )
        row.sealed = hand.seal(row, json.dumps({"name": file.name, "media_type": file.media_type}))
        row.save(force_insert=True)
        pieces = [SealedPiece(case=hand.case, file=row, number=part) for part in range(len(parts))]
        for piece, part in zip(pieces, parts, strict=True):
            piece.sealed = seal(hand.key, part, place_of(piece, f"sealed {piece.number} of {row.pk}"))
        SealedPiece.objects.bulk_create(pieces, batch_size=8)
