"""The tables of the ombuds system. None of them points out of it: they can lie in a database of their own."""

from omsorg.ombuds.models.cases import (
    Case,
    CaseKey,
    Misplaced,
    Note,
    OfCase,
    OldCode,
    SealedFile,
    SealedPiece,
    ShutOut,
    Wish,
    Words,
    place_of,
)
from omsorg.ombuds.models.entrance import KnownDay, UsedTicket
from omsorg.ombuds.models.keys import (
    Office,
    Opening,
    Recovery,
    RecoveryShare,
    Ring,
    RingSecret,
    Seat,
    VouchedBefore,
    random_id,
)
from omsorg.ombuds.models.office import Advice, Panel, Visit, YearTold
from omsorg.ombuds.models.protection import Assent, CheckIn, Disclosure, Erasure, Handover, Risk
from omsorg.ombuds.models.relay import RelayedCall

__all__ = [
    "Advice",
    "Assent",
    "Case",
    "CaseKey",
    "CheckIn",
    "Disclosure",
    "Erasure",
    "Handover",
    "KnownDay",
    "Misplaced",
    "Note",
    "OfCase",
    "Office",
    "OldCode",
    "Opening",
    "Panel",
    "Recovery",
    "RecoveryShare",
    "RelayedCall",
    "Ring",
    "RingSecret",
    "Risk",
    "SealedFile",
    "SealedPiece",
    "Seat",
    "ShutOut",
    "UsedTicket",
    "Visit",
    "VouchedBefore",
    "Wish",
    "Words",
    "YearTold",
    "place_of",
    "random_id",
]
