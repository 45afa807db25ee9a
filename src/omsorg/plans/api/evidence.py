"""Documents behind an answer, over the HTTP API: attached, given out at the door, withdrawn with a reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest
from ninja import File, Form, Router
from ninja.files import UploadedFile

from omsorg.federation.access import acting_of
from omsorg.federation.api_door import Key
from omsorg.kernel import clock
from omsorg.kernel.api.given import KEYED, WRITING
from omsorg.kernel.api.types import Code, HandedIn, PeriodCode, Text
from omsorg.kernel.periods import Period
from omsorg.plans.access import evidence_for, file_of, indicator_called
from omsorg.plans.actions.evidence import attach_evidence, withdraw_evidence
from omsorg.plans.api.answers import Reason, answer_at
from omsorg.plans.models import Evidence

router = Router(tags=["Answers"])

MEGABYTE = 1_000_000
AS_A_FILE: dict[str, Any] = {
    "responses": {200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}
}


class AboutDocument(HandedIn):
    """For which indicator the document is, and what it shows."""

    indicator: Code
    note: Text = ""


@dataclass(frozen=True, slots=True)
class DocumentKept:
    """A document behind an answer. `fingerprint`: the sha-256 of its bytes."""

    code: str
    organisation: str
    indicator: str
    period: str
    filename: str
    media_type: str
    size: int
    fingerprint: str
    note: str
    at: datetime
    withdrawn_at: datetime | None


@router.post(
    "/plans/{plan}/answers/{organisation}/{period}/documents",
    response={200: DocumentKept, **WRITING},
    auth=Key("plans.report"),
)
def attach_document(
    request: HttpRequest,
    plan: Code,
    organisation: Code,
    period: PeriodCode,
    about: Form[AboutDocument],
    file: File[UploadedFile],
) -> DocumentKept:
    """Attach a document to one indicator of an answer. What it is, and what it hides, is looked at first."""
    by, answer = answer_at(request, plan, organisation, period)
    kept = attach_evidence(
        indicator=indicator_called(answer.plan, about.indicator),
        organisation=answer.organisation,
        period=answer.period,
        name=file.name or "",
        content=file.read(),
        note=about.note,
        limit=settings.ENVIRONMENT.evidence_max_mb * MEGABYTE,
        by=by,
        at=clock.now(),
    )
    return _told(kept)


@router.get("/documents/{code}", response={200: DocumentKept, **KEYED}, auth=Key("plans.see"))
def read_document(request: HttpRequest, code: Code) -> DocumentKept:
    """What is known of a document, withdrawn or not."""
    return _told(evidence_for(acting_of(request), code))


@router.get("/documents/{code}/file", response={200: None, **KEYED}, auth=Key("plans.see"), openapi_extra=AS_A_FILE)
def download_document(request: HttpRequest, code: Code) -> FileResponse:
    """The document itself, in its own media type, to be saved; a withdrawn one is not there any more."""
    return file_of(evidence_for(acting_of(request), code))


@router.post("/documents/{code}/withdraw", response={200: DocumentKept, **WRITING}, auth=Key("plans.report"))
def withdraw_document(request: HttpRequest, code: Code, why: Reason) -> DocumentKept:
    """Take a document back while the answer is open. The file goes; that it was there and the reason stay."""
    by = acting_of(request)
    evidence = evidence_for(by, code)
    withdraw_evidence(evidence=evidence, reason=why.reason, by=by, at=clock.now())
    return _told(evidence_for(by, code))


def _told(evidence: Evidence) -> DocumentKept:
    return DocumentKept(
        code=evidence.code,
        organisation=evidence.organisation.code,
        indicator=evidence.indicator.code,
        period=Period(evidence.period_start, evidence.period_months).code,
        filename=evidence.filename,
        media_type=evidence.media_type,
        size=evidence.size,
        fingerprint=evidence.fingerprint,
        note=evidence.note,
        at=evidence.at,
        withdrawn_at=evidence.withdrawn_at,
    )
