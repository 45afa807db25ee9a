"""Openness in the HTTP API: everything public without a key, and with one what its person may do.

The operations say what the pages say, out of the same queries, and write by the same actions. `CONFLICTS` are the
refusals that mean that what stands there is not what the writer thought.
"""

from ninja import Router

from omsorg.kernel.refusals import Refusal
from omsorg.openness.actions.editions import NothingNew, WithdrawnAlready
from omsorg.openness.actions.telling import ListedAlready
from omsorg.openness.actions.writing import BegunAlready, WrittenMeanwhile
from omsorg.openness.api import deciding, register, telling, writing
from omsorg.openness.rules.deciding import (
    HandedInAlready,
    HeldNow,
    NotHandedIn,
    NotHeld,
    NotReady,
    NotWhatWasRead,
)

CONFLICTS: tuple[type[Refusal], ...] = (
    BegunAlready,
    HandedInAlready,
    HeldNow,
    ListedAlready,
    NotHandedIn,
    NotHeld,
    NotReady,
    NotWhatWasRead,
    NothingNew,
    WithdrawnAlready,
    WrittenMeanwhile,
)

router = Router()
for part in (register, writing, deciding, telling):
    router.add_router("", part.router)
