"""Traces of a case. One of an incident stands in the book of the house: the book of an organisation is read by
everybody who has a role there, and whoever is complained of may be one of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from omsorg.federation.access import Acting
from omsorg.kernel.trail import leave_trace
from omsorg.openness.models import Publication


def trace_case(
    verb: str,
    publication: Publication,
    *,
    by: Acting,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    subject: str = "",
) -> None:
    """Leave the trace of an act on a case, or on something of it (`subject`)."""
    leave_trace(
        verb,
        subject or f"case:{publication.code}",
        by=by.person_id,
        at=at,
        organisation=publication.organisation_id if publication.incident is None else None,
        details=details,
    )
