"""Who gets through each address of openness; the words are those of `federation.doors`."""

from omsorg.federation.doors import EVERYBODY, Door, Who

WRITERS = Door(Who.KEEPERS, "openness.write", "organisation")
WRITERS_ANYWHERE = Door(Who.KEEPERS, "openness.write")
RELEASERS = Door(Who.KEEPERS, "openness.release", "organisation")
TELLERS = Door(Who.KEEPERS, "openness.tell", "organisation")
TELLERS_IF_THERE = Door(Who.KEEPERS, "openness.tell", "organisation", absent=True)
TELLERS_ANYWHERE = Door(Who.KEEPERS, "openness.tell")
PUBLISHED = Door(Who.EVERYBODY, absent=True)

DOORS: dict[str, Door] = {
    # /openness/: what is published, read by everybody
    "openness:register": EVERYBODY,
    "openness:register-csv": EVERYBODY,
    "openness:register-json": EVERYBODY,
    "openness:quarters-csv": EVERYBODY,
    "openness:feed": EVERYBODY,
    "openness:case": PUBLISHED,
    "openness:case-json": PUBLISHED,
    "openness:edition": PUBLISHED,
    "openness:quarter": PUBLISHED,
    "openness:year": PUBLISHED,
    # /openness/work/
    "openness:desk": Door(Who.KEEPERS, "openness.see"),
    "openness:begin": WRITERS_ANYWHERE,
    "openness:draft": WRITERS,
    "openness:write": WRITERS,
    "openness:leave-out": WRITERS,
    "openness:programmes": WRITERS,
    "openness:preview": WRITERS,
    "openness:hand-in": WRITERS,
    "openness:hand-back": RELEASERS,
    "openness:hold": RELEASERS,
    "openness:take-up": RELEASERS,
    "openness:release": Door(Who.KEEPERS, "openness.write", "organisation", to_send="openness.release"),
    "openness:withdraw": RELEASERS,
    "openness:telling": TELLERS,
    "openness:letters": TELLERS_IF_THERE,
    "openness:sms": TELLERS_IF_THERE,
    "openness:proofs": TELLERS,
    "openness:proofs-template": TELLERS_IF_THERE,
    "openness:proofs-draft": TELLERS_IF_THERE,
    "openness:reply-take-in": TELLERS,
    "openness:replies-import": TELLERS,
    "openness:replies-import-template": TELLERS_IF_THERE,
    "openness:replies-import-draft": TELLERS_IF_THERE,
    "openness:audience": Door(Who.KEEPERS, "openness.tell", absent=True),
    "openness:audience-import": TELLERS_ANYWHERE,
    "openness:audience-import-template": Door(Who.KEEPERS, "openness.tell", absent=True),
    "openness:audience-import-draft": Door(Who.KEEPERS, "openness.tell", absent=True),
    "openness:notice-template": Door(Who.KEEPERS, "openness.tell", absent=True),
    "openness:replies": TELLERS_ANYWHERE,
    "openness:reply": TELLERS_IF_THERE,
    "openness:quarters": Door(Who.KEEPERS, "openness.release", "top"),
}
