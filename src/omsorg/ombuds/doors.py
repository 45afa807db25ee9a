"""Who gets through each address of ombuds; a house test walks them all."""

from omsorg.federation.doors import EVERYBODY, Door, Who

IN_ITS_LANGUAGE = Door(Who.EVERYBODY, absent=True)
"""A child's page in a language; in one that is not among the eight there is only the choice of languages."""

DOORS: dict[str, Door] = {
    "child:languages": EVERYBODY,
    "child:entrance": EVERYBODY,
    "child:entrance-of-house": EVERYBODY,
    "child:exit": EVERYBODY,
    "child:first": IN_ITS_LANGUAGE,
    "child:danger": IN_ITS_LANGUAGE,
    "child:write": IN_ITS_LANGUAGE,
    "child:come-back": IN_ITS_LANGUAGE,
    "child:pick": IN_ITS_LANGUAGE,
    "child:case": IN_ITS_LANGUAGE,
}
