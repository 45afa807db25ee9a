"""A reason that is given in further languages, as it is kept beside the one in which it was written."""

from typing import Any

from omsorg.plans.models import Assessment
from omsorg.plans.models.plans import written_in
from omsorg.plans.rules.promises import Texts
from omsorg.plans.rules.reasons import Reason


def also_said(reason_in: Texts | None) -> dict[str, str]:
    """The same reason in other languages, without what is empty: in its own language the reason itself stands."""
    own = written_in()
    said = {code: text.strip() for code, text in sorted((reason_in or {}).items()) if code != own}
    return {code: text for code, text in said.items() if text}


def reason_of(kept: Assessment) -> Reason:
    """Why somebody rated it so."""
    return Reason(kept.reason, kept.reason_language, kept.reason_in)


def columns_of_reason(why: Reason) -> dict[str, Any]:
    """The same as a row keeps it."""
    return {"reason": why.text, "reason_language": why.language, "reason_in": dict(why.elsewhere)}
