"""Who revises has read a revision: it must still be the newest, so that nobody writes over what was not seen."""

from collections.abc import Callable, Mapping
from typing import Any

from omsorg.plans.rules.promises import RevisedMeanwhile
from omsorg.plans.rules.revisions import difference


def newest_as_read(revisions: Any, expected: int, said: Callable[[Any], Mapping[str, Any]]) -> Any:
    """The newest revision; RevisedMeanwhile tells what `said` is different where `expected` is not its number."""
    latest = revisions.latest("number")
    if latest.number != expected:
        read = revisions.filter(number=expected).first()
        raise RevisedMeanwhile(
            number=latest.number, changes=difference(said(read) if read else None, said(latest)), reason=latest.reason
        )
    return latest
