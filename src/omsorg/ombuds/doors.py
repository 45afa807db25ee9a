"""Who gets through each address of ombuds; a house test walks them all."""

from omsorg.federation.doors import EVERYBODY, Door, Who

IN_ITS_LANGUAGE = Door(Who.EVERYBODY, absent=True)
"""A child's page in a language; in one that is not among the eight there is only the choice of languages."""

EARS = Door(Who.KEEPERS, "ombuds.hear")
EARS_IF_THERE = Door(Who.KEEPERS, "ombuds.hear", absent=True)
"""What lies behind these opens to the keys that one holds; to others who hear as well it is not there."""

DOORS: dict[str, Door] = {
    "child:languages": EVERYBODY,
    "child:entrance": EVERYBODY,
    "child:entrance-of-house": EVERYBODY,
    "child:exit": EVERYBODY,
    "child:relay": IN_ITS_LANGUAGE,
    "child:first": IN_ITS_LANGUAGE,
    "child:danger": IN_ITS_LANGUAGE,
    "child:write": IN_ITS_LANGUAGE,
    "child:come-back": IN_ITS_LANGUAGE,
    "child:pick": IN_ITS_LANGUAGE,
    "child:case": IN_ITS_LANGUAGE,
    "child:heard": IN_ITS_LANGUAGE,
    "child:mistyped": IN_ITS_LANGUAGE,
    "child:mistyped-language": IN_ITS_LANGUAGE,
    "ombuds:heard": EVERYBODY,
    "ombuds:year": EARS,
    "ombuds:desk": EARS,
    "ombuds:lock": EARS,
    "ombuds:keys": EARS,
    "ombuds:passphrase": EARS,
    "ombuds:pictures": EARS,
    "ombuds:key-lost": EARS,
    "ombuds:colleagues": EARS,
    "ombuds:take-down": EARS,
    "ombuds:travelling": EARS,
    "ombuds:travelling-worker": EARS,
    "ombuds:advice-list": EARS,
    "ombuds:recommend": EARS,
    "ombuds:visits": EARS,
    "ombuds:unvisited": EARS,
    "ombuds:unvisited-csv": EARS,
    "ombuds:panels": EARS,
    "ombuds:open-half": EARS_IF_THERE,
    "ombuds:vouch": EARS_IF_THERE,
    "ombuds:retire": EARS_IF_THERE,
    "ombuds:case": EARS_IF_THERE,
    "ombuds:new-code": EARS_IF_THERE,
    "ombuds:file": EARS_IF_THERE,
    "ombuds:act": EARS_IF_THERE,
    "ombuds:advice": EARS_IF_THERE,
}
