"""A code that its child knows by now is not shown again by the form that it was told with."""

import hashlib
from datetime import datetime

from django.conf import settings

from omsorg.kernel.sealing import seal
from omsorg.ombuds.access import CaseInHand, at_the_desk, fingerprint, keys_of_code
from omsorg.ombuds.actions.levels import hold
from omsorg.ombuds.actions.submissions import COME_BACK, MOST_TURNS, form_of
from omsorg.ombuds.models import Case, place_of
from omsorg.ombuds.rules.return_code import code_of_token


def code_is_known(*, token: bytes, by: None = None, at: datetime) -> None:
    """Whoever told it knows the code: the form it was told with shows it no more. Nothing where no case came by it."""
    form = hashlib.sha256(token).digest()
    for turn in range(MOST_TURNS):
        keys = keys_of_code(code_of_token(token, settings.ENVIRONMENT.ombuds_code_signs, turn))
        with at_the_desk(None, lookup=fingerprint(keys.lookup)):
            case = Case.objects.filter(lookup=fingerprint(keys.lookup)).first()
            known = form_of(hold(case), keys) if case else None
            if known is not None and known[1] == form:
                show_code_no_more(known[0], form)
            if known is None or known[1].removesuffix(COME_BACK) == form:
                return


def show_code_no_more(hand: CaseInHand, form: bytes) -> None:
    """Seal with the case that its code is known, beside the fingerprint of the form it came by."""
    hand.case.form = seal(hand.key, form + COME_BACK, place_of(hand.case, "form"))
    hand.case.save(update_fields=["form"])
