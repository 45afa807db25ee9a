"""A reason that is given in further languages, as it is kept beside the one in which it was written."""

from omsorg.plans.models.plans import written_in
from omsorg.plans.rules.promises import Texts


def also_said(reason_in: Texts | None) -> dict[str, str]:
    """The same reason in other languages, without what is empty: in its own language the reason itself stands."""
    own = written_in()
    said = {code: text.strip() for code, text in sorted((reason_in or {}).items()) if code != own}
    return {code: text for code, text in said.items() if text}
