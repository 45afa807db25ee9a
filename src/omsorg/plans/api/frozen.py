"""Frozen texts over the HTTP API: given out character for character, and not sent again to whoever has them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from omsorg.federation.access import NothingHere
from omsorg.kernel.api.given import READING
from omsorg.kernel.api.types import Code
from omsorg.plans.access import public_plan, published_report
from omsorg.plans.api.documents import IndicatorDocument
from omsorg.plans.models import Report, ReportPart
from omsorg.plans.queries.published import OVERVIEW, FrozenText, frozen_text, indicator_part
from omsorg.plans.rules.snapshot import ReportDocument

router = Router(tags=["Reports"])
FROZEN: dict[Any, Any] = {304: None, **READING}
"""What is frozen changes by a withdrawal alone: whoever knows the fingerprint of what is given out is told so (304)."""


@router.get("/plans/{plan}/reports/{report}/document", response={200: ReportDocument, **FROZEN})
def read_report_document(request: HttpRequest, plan: Code, report: Code) -> HttpResponse:
    """The frozen report itself, character for character; its sha-256 is the `ETag`.

    Where words were withdrawn since it was frozen, they are not in it: `X-Withdrawn` names the recommendations.
    """
    return _frozen(request, published_report(public_plan(plan), report), OVERVIEW)


@router.get("/plans/{plan}/reports/{report}/indicators/{code}/document", response={200: IndicatorDocument, **FROZEN})
def read_indicator_document(request: HttpRequest, plan: Code, report: Code, code: Code) -> HttpResponse:
    """The frozen document of one indicator over all organisations, character for character."""
    return _frozen(request, published_report(public_plan(plan), report), indicator_part(code))


def frozen_part(report: Report, name: str) -> FrozenText:
    """One text of a frozen report, by its name, without the words withdrawn since."""
    try:
        return frozen_text(report, name)
    except ReportPart.DoesNotExist:
        raise NothingHere(name) from None


def _frozen(request: HttpRequest, report: Report, name: str) -> HttpResponse:
    """A frozen text under its fingerprint; not sent again to whoever has it."""
    part = frozen_part(report, name)
    tag = f'"{part.fingerprint}"'
    known = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    if known & {tag, "*"}:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(part.text, content_type="application/json")
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    if part.hidden:
        response["X-Withdrawn"] = ", ".join(part.hidden)
    return response
