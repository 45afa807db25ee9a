"""Everything that the public pages show, as files and as a feed."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.kernel.addresses import absolute
from omsorg.kernel.sheets import write_csv_in
from omsorg.plans.access import public_plan, published_report
from omsorg.plans.exports.document import report_pdf
from omsorg.plans.exports.rows import (
    ACTION_HEADINGS,
    INDICATOR_HEADINGS,
    ORGANISATION_HEADINGS,
    RECOMMENDATION_HEADINGS,
    action_lines,
    indicator_lines,
    organisation_lines,
    recommendation_lines,
)
from omsorg.plans.models import Report, ReportPart
from omsorg.plans.pages.news import newest
from omsorg.plans.pages.words import language_now
from omsorg.plans.queries.published import (
    OVERVIEW,
    FrozenText,
    document_of,
    frozen_text,
    indicator_part,
    released_reports,
)


def _csv(name: str, headings: Iterable[str], lines: Iterable[Any]) -> HttpResponse:
    response = HttpResponse(write_csv_in(language_now(), list(headings), lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _report(plan: str, report: str) -> Report:
    return published_report(public_plan(plan), report)


def _part(report: Report, name: str) -> FrozenText:
    try:
        return frozen_text(report, name)
    except ReportPart.DoesNotExist:
        raise NothingHere(name) from None


def actions_csv(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    document = document_of(_report(plan, report))
    return _csv(f"{report}-actions", ACTION_HEADINGS, action_lines(document, language_now()))


def indicators_csv(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    document = document_of(_report(plan, report))
    return _csv(f"{report}-indicators", INDICATOR_HEADINGS, indicator_lines(document, language_now()))


def recommendations_csv(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    document = document_of(_report(plan, report))
    return _csv(f"{report}-recommendations", RECOMMENDATION_HEADINGS, recommendation_lines(document, language_now()))


def indicator_csv(request: HttpRequest, plan: str, report: str, code: str) -> HttpResponse:
    part = _part(_report(plan, report), indicator_part(code))
    return _csv(f"{report}-{code}", ORGANISATION_HEADINGS, organisation_lines(part.text))


def report_json(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """The frozen overview, character for character, so that its fingerprint can be checked.

    Where words were withdrawn since, they are not in it, and `X-Withdrawn` names the recommendations.
    """
    return _json(_part(_report(plan, report), OVERVIEW))


def indicator_json(request: HttpRequest, plan: str, report: str, code: str) -> HttpResponse:
    """The frozen document of one indicator, character for character."""
    return _json(_part(_report(plan, report), indicator_part(code)))


def _json(part: FrozenText) -> HttpResponse:
    response = HttpResponse(part.text, content_type="application/json")
    response["X-Fingerprint-Sha256"] = part.fingerprint
    if part.hidden:
        response["X-Withdrawn"] = ", ".join(part.hidden)
    return response


def report_as_pdf(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """The report for paper, in the reader's language."""
    found = public_plan(plan)
    this = published_report(found, report)
    before = [each for each in released_reports(found) if (each.as_at, each.pk) < (this.as_at, this.pk)]
    address = absolute(reverse("plans:report", args=[plan, report]))
    pdf = report_pdf(
        document_of(this),
        document_of(before[0]) if before else None,
        fingerprint=this.fingerprint,
        language=language_now(),
        address=address,
        is_example=found.is_example,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{report}-{language_now()}.pdf"'
    return response


def feed(request: HttpRequest) -> HttpResponse:
    """What is new in public: reports as they are released, and every revision of a plan."""
    root = absolute(reverse("plans:promises"))
    atom = Atom1Feed(
        title=__("Promises: reports and changes of the plan"),
        link=root,
        description="",
        language=language_now(),
        feed_url=absolute(request.path),
        feed_guid=root,
    )
    for news in newest():
        address = absolute(news.path)
        atom.add_item(
            title=news.title,
            link=address,
            description=news.text,
            pubdate=news.at,
            updateddate=news.at,
            unique_id=f"{root}#{quote(news.id)}",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
