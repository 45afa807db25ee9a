"""Who gets through each address of savings; the words are those of `federation.doors`."""

from omsorg.federation.doors import EVERYBODY, Door, Who

READERS = Door(Who.KEEPERS, "savings.figures")

DOORS: dict[str, Door] = {
    "savings:groups": READERS,
    "savings:groups-csv": READERS,
    "savings:found": Door(Who.KEEPERS, "savings.accompany", absent=True),
    "savings:group": Door(Who.KEEPERS, "savings.figures", absent=True),
    "savings:correct": Door(Who.KEEPERS, "savings.accompany", absent=True),
    "savings:figures": Door(Who.KEEPERS, "savings.figures", absent=True),
    "savings:indicators": READERS,
    "savings:indicators-csv": READERS,
    "savings:books": Door(Who.KEEPERS, "savings.accompany", absent=True),
    "savings:meeting": Door(Who.KEEPERS, "savings.figures", absent=True),
    "savings:meeting-csv": Door(Who.KEEPERS, "savings.figures", absent=True),
    "savings:decide": Door(Who.KEEPERS, "savings.accompany", absent=True),
    "savings:decision": Door(Who.KEEPERS, "savings.figures", absent=True),
    "savings:decision-draft": Door(Who.KEEPERS, "savings.figures", absent=True),
    "savings:keys": Door(Who.KEEPERS, "savings.accompany", absent=True),
    "savings:machine-meetings": EVERYBODY,
    "savings:machine-kept": EVERYBODY,
    "savings:machine-settlements": EVERYBODY,
    "phone:shell": EVERYBODY,  # the same for all: what a group keeps is on its own phone
    "phone:program": EVERYBODY,
    "phone:worker": EVERYBODY,
    "phone:manifest": EVERYBODY,
    "phone:words": Door(Who.EVERYBODY, absent=True),
}
