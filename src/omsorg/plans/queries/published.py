"""What the public reads: released reports, out of their frozen parts and nothing else."""

import json
from functools import lru_cache
from typing import Any

from omsorg.plans.models import Report, ReportPart
from omsorg.plans.rules.snapshot import ReportDocument

OVERVIEW = "plan"


def indicator_part(code: str) -> str:
    """The name of the part that holds one indicator over all organisations."""
    return f"indicator/{code}"


@lru_cache(maxsize=64)
def _parsed(fingerprint: str, document: str) -> ReportDocument:
    """A frozen overview never changes: read once for each fingerprint and kept in the process."""
    return ReportDocument.from_dict(json.loads(document))


def document_of(report: Report) -> ReportDocument:
    """The overview of a frozen report."""
    part = ReportPart.objects.get(report=report, name=OVERVIEW)
    return _parsed(part.fingerprint, part.document)


def indicator_document(report: Report, code: str) -> dict[str, Any]:
    """One indicator over all organisations, as frozen; raises ReportPart.DoesNotExist for an unknown code."""
    part = ReportPart.objects.get(report=report, name=indicator_part(code))
    document: dict[str, Any] = json.loads(part.document)
    return document
