"""What lies in the files of a case."""

from omsorg.kernel.sealing import unseal
from omsorg.ombuds.access import CaseInHand
from omsorg.ombuds.models import SealedFile, SealedPiece, place_of


def content_of(hand: CaseInHand, number: int) -> bytes | None:
    """What is in a file of the case, as it was cleaned on the way in; None where the case has no such file."""
    row = SealedFile.objects.filter(pk=number, case=hand.case).first()
    if row is None:
        return None
    parts = SealedPiece.objects.filter(file=row, case=hand.case).order_by("number")
    found = [unseal(hand.key, part.sealed, place_of(part, f"sealed {part.number} of {row.pk}")) for part in parts]
    whole = b"".join(found)
    return whole if (len(found), len(whole)) == (row.pieces, row.size) else None
