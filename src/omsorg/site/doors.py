"""Who gets through which door of the site itself; the words are those of `federation.doors`."""

from omsorg.federation.doors import EVERYBODY, Door, Who

LETTERS = Door(Who.KEEPERS, "letters.see")

DOORS: dict[str, Door] = {
    "site:home": EVERYBODY,
    "site:health": EVERYBODY,
    "site:gallery": EVERYBODY,
    "site:api-reference": EVERYBODY,
    "site:letters": LETTERS,
    "site:letter-decision": Door(Who.KEEPERS, "letters.see", absent=True),
}
