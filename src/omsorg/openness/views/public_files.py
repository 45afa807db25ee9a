"""Everything that the public pages of openness show, as files and as a feed."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as __

from omsorg.kernel.periods import Period
from omsorg.kernel.sheets import write_csv
from omsorg.openness.access import edition_of
from omsorg.openness.models import Edition, QuarterShown
from omsorg.openness.pages.public import case_row
from omsorg.openness.pages.words import CORRECTED_BECAUSE, language_now, place_name, quarter_name
from omsorg.openness.queries.quarters import corrections, editions_in_force, held_shown, shown_of, shown_quarters
from omsorg.openness.queries.register import PublicCase, case_of, cases
from omsorg.openness.rules.cases import Heading, told_in
from omsorg.openness.rules.figures import ALL, Measure
from omsorg.openness.rules.redactions import MARK

HEADINGS = (
    "code",
    "closed_in",
    "country",
    "region",
    "place",
    "organisation",
    "subject",
    "closed_as",
    "repaid",
    "language",
    "summary",
    "happened",
    "did",
    "learned",
    "edition",
    "is_withdrawn",
    "is_example",
)
NEWEST = 200


def _download(name: str, headings: tuple[str, ...], lines: list[list[Any]]) -> HttpResponse:
    response = HttpResponse(write_csv(list(headings), lines, separator=","), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def register_csv(request: HttpRequest) -> HttpResponse:
    """The register as a sheet, in the reader's language where it is written in it."""
    language = language_now()
    lines = []
    for each in cases():
        row, said = case_row(each), {heading: each.said(heading, language) for heading in Heading}
        lines.append(
            [
                each.code,
                row.machine_when,
                each.country,
                each.region,
                row.place,
                each.organisation,
                each.subject,
                each.closed_as,
                row.repaid,
                said[Heading.SUMMARY].language,
                *(MARK.sub("[…]", said[heading].text) for heading in Heading),
                each.number,
                int(each.is_withdrawn),
                int(each.is_example),
            ]
        )
    return _download("openness", HEADINGS, lines)


def as_plain(case: PublicCase) -> dict[str, Any]:
    """A case for programs, in every language that it is written in."""
    return {
        "code": case.code,
        "edition": case.number,
        "kind": case.kind,
        "published_at": case.first_at.isoformat(timespec="seconds"),
        "edition_at": case.at.isoformat(timespec="seconds"),
        "closed_in": f"{case.closed_in:%Y-%m}",
        "country": case.country,
        "region": case.region,
        "organisation": case.organisation,
        "subject": case.subject,
        "closed_as": case.closed_as,
        "original": case.original,
        "texts": case.texts,
        "repaid": list(case.repaid),
        "left_out": list(case.left_out),
        "is_example": case.is_example,
        "fingerprint": case.fingerprint,
        "address": settings.ENVIRONMENT.base_url.rstrip("/") + reverse("openness:case", args=[case.code]),
    }


def _json(found: Any) -> HttpResponse:
    return HttpResponse(json.dumps(found, ensure_ascii=False, indent=1), content_type="application/json")


def register_json(request: HttpRequest) -> HttpResponse:
    return _json([as_plain(each) for each in cases()])


def case_json(request: HttpRequest, code: str) -> HttpResponse:
    newest = edition_of(code)
    first = Edition.objects.filter(code=code).order_by("number").first()
    return _json(as_plain(case_of(newest, first.at if first else newest.at)))


def quarters_csv(request: HttpRequest) -> HttpResponse:
    """Every published figure of every quarter; an empty cell is not shown."""
    lines: list[list[Any]] = []
    for row in editions_in_force():
        each = shown_of(row)
        lines += _figure_lines(row, "", "")
        lines += _held_lines(each.quarter, each.held)
    published = {each.quarter for each in shown_quarters()}
    for quarter, held in held_shown():
        if quarter not in published:
            lines += _held_lines(quarter, held)
    for after, before in corrections():
        lines += _figure_lines(before, f"{after.published_at:%Y-%m-%d}", after.because)
    headings = (
        "quarter",
        "country",
        *(str(measure) for measure in Measure),
        "held",
        "held_because",
        "edition",
        "stood_until",
        "corrected_because",
    )
    return _download("openness-quarters", headings, lines)


def _held_lines(quarter: Period, held: Mapping[str, int]) -> list[list[Any]]:
    """How many cases are held back, all together and for each class of reason."""
    measures = [""] * len(Measure)
    return [[quarter.code, "all", *measures, number, reason or "all", "", "", ""] for reason, number in held.items()]


def _figure_lines(row: QuarterShown, until: str, because: str) -> list[list[Any]]:
    """The figures of a quarter line by line; of those that stood before, until when and why they were corrected."""
    each = shown_of(row)
    found: list[list[Any]] = []
    for country in (ALL, *each.countries):
        numbers = [each.get(measure, country) for measure in Measure]
        told = ("" if number is None else number for number in numbers)
        found.append([each.quarter.code, country or "all", *told, "", "", row.number, until, because])
    return found


def feed(request: HttpRequest) -> HttpResponse:
    """What is new in public: cases as they are released, corrections, withdrawals."""
    root = request.build_absolute_uri(reverse("openness:register"))
    atom = Atom1Feed(
        title=__("Openness: published failures"),
        link=root,
        description="",
        language=language_now(),
        feed_url=request.build_absolute_uri(),
        feed_guid=root,
    )
    titles = {
        Edition.Kind.RELEASE: __("Published: %(what)s"),
        Edition.Kind.CORRECTION: __("Corrected: %(what)s"),
        Edition.Kind.WITHDRAWAL: __("Text withdrawn: %(what)s"),
    }
    for edition in Edition.objects.order_by("-at")[:NEWEST]:
        case, row = case_of(edition, edition.at), case_row(case_of(edition, edition.at))
        place = place_name(case.country, case.region) if case.country or case.region else ""
        text = row.summary
        if edition.what:
            text = told_in(edition.what, language_now(), next(iter(edition.what))).text
        address = request.build_absolute_uri(row.url)
        atom.add_item(
            title=titles[Edition.Kind(edition.kind)] % {"what": ", ".join(x for x in (row.when, place) if x)},
            link=address,
            description=text,
            pubdate=edition.at,
            updateddate=edition.at,
            unique_id=f"{address}#{edition.number}",
        )
    for after, _before in corrections()[:NEWEST]:
        quarter = Period(after.start, 3)
        address = request.build_absolute_uri(reverse("openness:quarter", args=[quarter.code]))
        atom.add_item(
            title=__("Corrected: %(what)s") % {"what": quarter_name(quarter)},
            link=address,
            description=str(CORRECTED_BECAUSE[after.because]),
            pubdate=after.published_at,
            updateddate=after.published_at,
            unique_id=f"{address}#{after.number}",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
