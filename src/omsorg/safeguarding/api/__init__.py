"""Safeguarding in the HTTP API: concerns are raised, incidents read and worked, by the same actions as on the pages.

Whoever is complained of finds nothing here either: the same doors stand before it, and the same walls behind them.
"""

from ninja import Router

from omsorg.kernel.refusals import Refusal
from omsorg.safeguarding.actions.documents import DocumentGone, KeptAlready
from omsorg.safeguarding.api import acts, concerns, handling, incidents
from omsorg.safeguarding.rules.conflicts import ShutOutAlready
from omsorg.safeguarding.rules.progress import ClosedAlready, DoneAlready, MovedOnMeanwhile, NotClosed, NotYet

CONFLICTS: tuple[type[Refusal], ...] = (
    ClosedAlready,
    DocumentGone,
    DoneAlready,
    KeptAlready,
    MovedOnMeanwhile,
    NotClosed,
    NotYet,
    ShutOutAlready,
)

router = Router()
for part in (concerns, incidents, handling, acts):
    router.add_router("", part.router)
