"""A new return code for a child who lost the old one, which opens nothing from then on and says that it was changed."""

from datetime import datetime

from django.conf import settings

from omsorg.federation.access import Acting
from omsorg.kernel.sealing import new_key, seal
from omsorg.ombuds.access import OpenRing, at_the_desk, costs_of_codes, fingerprint, keys_of_code, place_of_code
from omsorg.ombuds.actions.cases import NoteKind, leave_note, working
from omsorg.ombuds.actions.colleagues import trace_of_case
from omsorg.ombuds.actions.levels import settles
from omsorg.ombuds.models import Case, OldCode
from omsorg.ombuds.rules.refusals import NotYoursToSettle, ReasonMissing
from omsorg.ombuds.rules.return_code import ReturnCode, code_of_token


def give_new_code(*, case: str, how_known: str, ring: OpenRing, by: Acting, at: datetime) -> ReturnCode:
    """Give a child who lost the code a new one, in person. The old one opens nothing from then on, and says so.

    `how_known` says how the ombudsperson knows that it is this child; it is kept as a note. What comes with the new
    code is marked until the child has confirmed it: the ombudsperson has seen it as well.
    """
    if not how_known.strip():
        raise ReasonMissing
    with working(case, ring, by, closed=True) as hand:
        kept = hand.case
        if not settles(kept, by.person_id):
            raise NotYoursToSettle
        while True:
            code = code_of_token(new_key(), settings.ENVIRONMENT.ombuds_code_signs)
            keys = keys_of_code(code)
            if not is_taken(keys.lookup):
                break
        OldCode(case=kept, lookup=kept.lookup).save(force_insert=True)
        kept.lookup, kept.cost = fingerprint(keys.lookup), str(costs_of_codes()[0])
        kept.key_by_code = seal(keys.opening, hand.key, place_of_code(kept.pk))
        kept.codes_given += 1
        kept.code_by = by.person_id
        kept.save(update_fields=["lookup", "cost", "key_by_code", "codes_given", "code_by"])
        leave_note(hand, how_known, NoteKind.NEW_CODE, by, at=at)
        trace_of_case("give_new_code", kept, by, at)
        return code


def is_taken(lookup: bytes) -> bool:
    """Whether another child has this code, or had it; asked as whoever comes with it."""
    with at_the_desk(None, lookup=fingerprint(lookup)):
        found = {"lookup": fingerprint(lookup)}
        return Case.objects.filter(**found).exists() or OldCode.objects.filter(**found).exists()
