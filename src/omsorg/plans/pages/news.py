"""What is new in public: reports as they are released, and every revision of a plan; told in the feed and the API."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as __

from omsorg.plans.models import Plan
from omsorg.plans.pages.stated import stated_told
from omsorg.plans.pages.words import language_now, plain, plain_reason
from omsorg.plans.queries.published import (
    PublicRevision,
    document_of,
    newest_revisions,
    plans_with_reports,
    released_reports,
)
from omsorg.plans.rules.sentences import headline

MOST = 200


class NewsKind(StrEnum):
    """What has happened."""

    REPORT = "report"
    REVISION = "revision"


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new, in the reader's language. `code` is that of the report, action or indicator.

    `id` stays as it is for good, whatever is said otherwise later, and is the same in every language.
    """

    id: str
    at: datetime
    kind: NewsKind
    plan: str
    code: str
    title: str
    text: str
    path: str


def newest() -> list[News]:
    """What is new in every published plan, the newest first."""
    found = [news for plan in plans_with_reports() for news in (*_reports(plan), *_revisions(plan))]
    return sorted(found, key=lambda news: news.at, reverse=True)[:MOST]


def _reports(plan: Plan) -> list[News]:
    name = plain(plan.title)
    return [
        News(
            id=f"{plan.code}/report/{report.code}",
            at=report.release.at,
            kind=NewsKind.REPORT,
            plan=plan.code,
            code=report.code,
            title=__("Report released: %(plan)s, %(code)s") % {"plan": name, "code": report.code},
            text=headline(document_of(report), language_now()),
            path=reverse("plans:report", args=[plan.code, report.code]),
        )
        for report in released_reports(plan)
    ]


def _revisions(plan: Plan) -> list[News]:
    return [
        News(
            id=f"{plan.code}/{revision.name}",
            at=datetime.combine(revision.in_force_on, time(), UTC),
            kind=NewsKind.REVISION,
            plan=plan.code,
            code=revision.code,
            title=__("%(code)s revised: %(title)s") % {"code": revision.code, "title": plain(revision.title)},
            text=_text(revision),
            path=f"{reverse('plans:public-plan-on', args=[plan.code])}"
            f"?day={revision.in_force_on.isoformat()}#{revision.code}",
        )
        for revision in newest_revisions(plan, 100)
    ]


def _text(revision: PublicRevision) -> str:
    reason = plain_reason(revision.reason, revision.reason_language, revision.reason_in)
    if revision.stated is None:
        return reason
    return f"{stated_told(revision.stated)}. {reason}"
