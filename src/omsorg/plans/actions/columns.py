"""What is promised as it is kept in the tables, and the organisations that are named in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from omsorg.federation.models import Organisation
from omsorg.plans.rules.drafts import CodeNotKnown
from omsorg.plans.rules.promises import ActionTerms, IndicatorTerms, state_of


def columns_of(terms: ActionTerms | IndicatorTerms) -> dict[str, Any]:
    """The terms as they are kept in a revision, but for what is named by a code."""
    columns = state_of(terms)
    columns.pop("superseded_by")
    columns.pop("owner", None)
    plain = {name: dict(value) if isinstance(value, Mapping) else value for name, value in columns.items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def owners_called(codes: Iterable[str]) -> dict[str, Organisation]:
    """The organisations of these codes; refuses one that is not there."""
    wanted = set(codes)
    found = {organisation.code: organisation for organisation in Organisation.objects.filter(code__in=wanted)}
    for code in sorted(wanted - set(found)):
        raise CodeNotKnown(code=code)
    return found
