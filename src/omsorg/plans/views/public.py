"""What everybody may read: the plan, its released reports, and what changed between two of them."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.federation.access import NothingHere
from omsorg.plans.access import public_plan
from omsorg.plans.pages import editions, overview
from omsorg.plans.pages.indicator import ORGANISATION_ORDERS, chosen_organisations
from omsorg.plans.pages.words import ACTIVITIES, RATINGS, day, language_now, short_day, told
from omsorg.plans.queries.published import newer_recommendations, reports_released_of
from omsorg.plans.rules.measures import Activity
from omsorg.plans.rules.sentences import action_sentences, indicator_sentences
from omsorg.plans.views.frame import Frame, Link, frame_of, open_frame

ORGANISATIONS_ON_ONE_PAGE = 150
"""All associations of a federation stand on one page; programmes, of which there are ten times as many, on several."""
ORGANISATIONS_WITHOUT_SEARCH = 20


def promises(request: HttpRequest) -> HttpResponse:
    """The one plan that is published, at a glance; where there are several, a choice of them."""
    reports = reports_released_of()
    plans = list(dict.fromkeys(each.plan for each in reports))
    if len(plans) == 1:
        return _overview(request, frame_of(reports[0], reports, "overview"))
    cards = [
        {
            "title": told(each.title),
            "text": told(each.summary),
            "url": reverse("plans:public-plan", args=[each.code]),
            "is_example": each.is_example,
        }
        for each in plans
    ]
    return render(request, "plans/promises.html", {"plans": cards})


def plan(request: HttpRequest, plan: str) -> HttpResponse:
    """The newest released report of a plan."""
    reports = reports_released_of(plan)
    if not reports:
        return _without_report(request, plan)
    return _overview(request, frame_of(reports[0], reports, "overview"))


def report(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """One released report, under the link that stays."""
    return _overview(request, open_frame(plan, report, "overview"))


def _without_report(request: HttpRequest, plan: str) -> HttpResponse:
    found = public_plan(plan)
    return render(request, "plans/plan_without_report.html", {"title": told(found.title), "plan": found})


def _overview(request: HttpRequest, frame: Frame) -> HttpResponse:
    document, edition = frame.document, frame.edition
    earlier = editions.edition_of(frame.earlier) if frame.earlier else None
    actions = editions.action_rows(edition)
    late = sorted((row for row in actions if row.slip_days > 0), key=lambda row: -row.slip_days)
    return render(
        request,
        "plans/report.html",
        {
            "frame": frame,
            "said": editions.sentences(edition, earlier),
            "adopted": overview.base_view(document.bases.adopted),
            "active": overview.base_view(document.bases.active),
            "bars": editions.bars(edition),
            "prioritised": [row for row in actions if row.prioritised],
            "late": late[:8],
            "late_count": len(late),
            "glossary": overview.GLOSSARY,
        },
    )


def actions(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """Every action of a report, to be searched, narrowed and sorted."""
    frame = open_frame(plan, report, "actions")
    words, rating = request.GET.get("q", "")[:100], request.GET.get("rating", "")
    prioritised, order = request.GET.get("prioritised") == "1", request.GET.get("order", "")
    rows = editions.action_rows(frame.edition)
    found = overview.chosen_actions(rows, words=words, rating=rating, prioritised=prioritised, order=order)
    return render(
        request,
        "plans/report_actions.html",
        {
            "frame": frame,
            "rows": found,
            "chosen": {"q": words, "rating": rating, "prioritised": prioritised, "order": order},
            "ratings": _ratings(),
            "orders": overview.ACTION_ORDERS.items(),
            "found": _found(len(found), len(rows)),
            "is_narrowed": bool(words or rating or prioritised),
        },
    )


def action(request: HttpRequest, plan: str, report: str, code: str) -> HttpResponse:
    """One action: what was promised, how it goes, what it costs, which recommendations it answers."""
    frame = open_frame(plan, report, "actions")
    document = frame.document
    part = next((each for each in document.actions if each.code == code), None)
    if part is None:
        raise NothingHere(code)
    return render(
        request,
        "plans/report_action.html",
        {
            "frame": frame,
            "row": next(row for row in editions.action_rows(frame.edition) if row.code == code),
            "due": day(part.due_on),
            "original_due": day(part.original_due_on),
            "starts": day(part.starts_on),
            "done": day(part.done_on),
            "sentences": action_sentences(part, document, language_now()),
            "indicators": [row for row in editions.indicator_rows(frame.edition) if row.code in part.indicators],
            "recommendations": [
                row for row in editions.recommendation_rows(frame.edition) if row.code in part.recommendations
            ],
        },
    )


def indicators(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """Every indicator of a report, with its stated and its verified rating side by side."""
    frame = open_frame(plan, report, "indicators")
    words, rating = request.GET.get("q", "")[:100], request.GET.get("rating", "")
    rows = editions.indicator_rows(frame.edition)
    found = overview.chosen_indicators(rows, words=words, rating=rating)
    return render(
        request,
        "plans/report_indicators.html",
        {
            "frame": frame,
            "rows": found,
            "chosen": {"q": words, "rating": rating},
            "ratings": [*_ratings(), ("disagree", __("verified differently"))],
            "found": _found(len(found), len(rows)),
            "is_narrowed": bool(words or rating),
        },
    )


def indicator(request: HttpRequest, plan: str, report: str, code: str) -> HttpResponse:
    """One indicator: ratings side by side, target path, every organisation's figure."""
    frame = open_frame(plan, report, "indicators")
    view = editions.one_indicator(frame.report, frame.edition, code)
    if view is None:
        raise NothingHere(code)
    where = [frame.plan.code, frame.report.code, code]
    words, order = request.GET.get("q", "")[:100], request.GET.get("order", "")
    found = chosen_organisations(view.organisations, words=words, order=order)
    page = Paginator(found, ORGANISATIONS_ON_ONE_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "plans/report_indicator.html",
        {
            "frame": frame,
            "row": next(row for row in editions.indicator_rows(frame.edition) if row.code == code),
            "view": view,
            "sentences": indicator_sentences(view.part, language_now(), frame.edition.document.as_at),
            "listed": page,
            "chosen": {"q": words, "order": order},
            "orders": ORGANISATION_ORDERS.items(),
            "query": f"&{urlencode({'q': words, 'order': order})}#each-organisation",
            "found": _found(len(found), len(view.organisations)),
            "is_long": len(view.organisations) > ORGANISATIONS_WITHOUT_SEARCH,
            "files": [
                Link("CSV", reverse("plans:indicator-csv", args=where), kind="text/csv"),
                Link("JSON", reverse("plans:indicator-json", args=where), kind="application/json"),
            ],
        },
    )


def recommendations(request: HttpRequest, plan: str, report: str) -> HttpResponse:
    """Every recommendation by area, what was answered, and which actions answer it."""
    frame = open_frame(plan, report, "recommendations")
    rows = editions.recommendation_rows(frame.edition)
    sources = {source.code: told(source.title) for source in frame.document.sources}
    return render(
        request,
        "plans/report_recommendations.html",
        {
            "frame": frame,
            "areas": overview.areas(rows).items(),
            "sources": sources.items(),
            "newer": newer_recommendations(frame.plan, frame.document),
        },
    )


def changes(request: HttpRequest, plan: str) -> HttpResponse:
    """What changed between any two released reports."""
    reports = reports_released_of(plan)
    if len(reports) < 2:
        return _without_report(request, plan)
    by_code = {each.code: each for each in reports}
    later = by_code.get(request.GET.get("to", ""), reports[0])
    before = [each for each in reports if (each.as_at, each.pk) < (later.as_at, later.pk)]
    earlier = by_code.get(request.GET.get("from", ""), before[0] if before else reports[-1])
    if (earlier.as_at, earlier.pk) > (later.as_at, later.pk):
        earlier, later = later, earlier
    return render(
        request,
        "plans/changes.html",
        {
            "frame": frame_of(later, reports, "changes"),
            "reports": [{"code": each.code, "label": f"{short_day(each.as_at)} · {each.code}"} for each in reports],
            "earlier": {"code": earlier.code, "day": day(earlier.as_at)},
            "later": {"code": later.code, "day": day(later.as_at)},
            "view": editions.changes(editions.edition_of(earlier), editions.edition_of(later)),
        },
    )


def _ratings() -> list[tuple[str, object]]:
    inactive = [(code, word) for code, word in ACTIVITIES.items() if code != Activity.ACTIVE]
    return [*RATINGS.items(), *inactive]


def _found(found: int, total: int) -> str:
    if found == total:
        return __("%(total)s in all") % {"total": total}
    return __("%(found)s of %(total)s") % {"found": found, "total": total}
