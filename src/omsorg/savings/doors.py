"""Who gets through each address of savings; the words are those of `federation.doors`."""

from omsorg.federation.doors import EVERYBODY, Door, Who

READERS = Door(Who.KEEPERS, "savings.figures")

DOORS: dict[str, Door] = {
    "savings:groups": READERS,
    "savings:groups-csv": READERS,
    "savings:group": Door(Who.KEEPERS, "savings.figures", absent=True),
    "savings:machine-meetings": EVERYBODY,
    "savings:machine-kept": EVERYBODY,
}
