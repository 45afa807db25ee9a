"""What every page of one answer stands in: whose it is, where it stands, its tabs, what this person may do."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.federation.access import Acting, acting_of
from omsorg.kernel.numbers import format_period
from omsorg.plans.access import Answer, answer_for, plan_for
from omsorg.plans.pages.words import day, language_now, plain
from omsorg.plans.queries.grid import Grid, grid_of
from omsorg.plans.queries.objections import wish_for
from omsorg.plans.rules.answers import Step
from omsorg.plans.rules.lateness import days_late, due_on
from omsorg.plans.views.frame import Link


@dataclass(frozen=True, slots=True)
class AnswerFrame:
    """One answer with the tab that is open. `stands` says in a sentence where it is and what comes next.

    `may_ask`: it is locked, and who reports may ask for it to be opened; `asked_because`: why that was asked.
    """

    acting: Acting
    answer: Answer
    grid: Grid
    title: str
    period: str
    stands: str
    kind: str
    is_late: bool
    may_edit: bool
    may_review: bool
    may_ask: bool
    asked_because: str
    tabs: tuple[Link, ...]
    crumbs: tuple[Link, ...]

    @property
    def args(self) -> list[str]:
        return [self.answer.plan.code, self.answer.organisation.code, self.answer.period.code]


def answer_at(request: HttpRequest, plan: str, organisation: str, period: str) -> tuple[Acting, Answer]:
    """Through the door to one answer."""
    acting = acting_of(request)
    return acting, answer_for(acting, plan_for(acting, plan), organisation, period)


def answer_frame(acting: Acting, answer: Answer, tab: str) -> AnswerFrame:
    """The frame of an answer as it stands now."""
    grid = grid_of(answer, on=acting.day)
    reports = acting.may("plans.report", answer.organisation.pk)
    stands, kind, is_late = _stands(acting, answer, grid)
    args = [answer.plan.code, answer.organisation.code, answer.period.code]
    tabs = [
        ("figures", __("Figures"), "plans:answer", None),
        ("ratings", __("Own rating"), "plans:answer-ratings", len(grid.unrated) or None),
        ("documents", __("Documents"), "plans:answer-documents", len(grid.files_in_force) or None),
    ]
    may_edit = reports and not grid.stand.is_locked
    if may_edit:
        tabs.append(("upload", __("File or paste"), "plans:answer-upload", None))
    if reports:
        tabs.append(("hand-in", __("Hand in"), "plans:answer-hand-in", None))
    may_review = acting.may("plans.approve", answer.organisation.pk)
    if may_review:
        tabs.append(("review", __("Review"), "plans:answer-review", None))
    wish = wish_for(answer) if grid.stand.is_locked and (reports or may_review) else None
    return AnswerFrame(
        acting=acting,
        answer=answer,
        grid=grid,
        title=answer.organisation.name,
        period=format_period(answer.period, language_now()),
        stands=stands,
        kind=kind,
        is_late=is_late,
        may_edit=may_edit,
        may_review=may_review,
        may_ask=reports and grid.stand.is_locked and wish is None,
        asked_because=wish.reason if wish else "",
        tabs=tuple(
            Link(label, reverse(name, args=args), current=key == tab, count=count) for key, label, name, count in tabs
        ),
        crumbs=(
            Link(__("My work"), reverse("plans:my-work")),
            Link(
                __("%(plan)s: answers") % {"plan": plain(answer.plan.title)},
                f"{reverse('plans:answers', args=[answer.plan.code])}?period={answer.period.code}",
            ),
        ),
    )


def _stands(acting: Acting, answer: Answer, grid: Grid) -> tuple[str, str, bool]:
    """Where the answer stands in a sentence, how the notice looks, and whether it is late."""
    due = due_on(answer.period, grace_days=settings.ENVIRONMENT.grace_days)
    last = grid.steps[-1] if grid.steps else None
    if last is None:
        if not any(row.cells for row in grid.rows):
            return "", "", False
        late = days_late(due, on=acting.day)
        if late:
            said = ngettext("This answer is %(days)s day late.", "This answer is %(days)s days late.", late)
            return said % {"days": late}, "warning", True
        left = (due - acting.day).days
        said = ngettext("Due on %(day)s, in %(days)s day.", "Due on %(day)s, in %(days)s days.", left)
        if not left:
            said = __("Due today.")
        return said % {"day": day(due), "days": left}, "", False
    on = {
        "day": day(last.at.date()),
        "who": last.by_name or (__("the reporting officer") if last.step is Step.SUBMITTED else __("the reviewer")),
        "reason": last.reason,
    }
    if last.step is Step.SUBMITTED:
        return __("Handed in on %(day)s by %(who)s. It is locked until it has been reviewed.") % on, "", False
    if last.step is Step.APPROVED:
        return __("Approved on %(day)s by %(who)s.") % on, "success", False
    if last.step is Step.RETURNED:
        return __("Returned on %(day)s by %(who)s: %(reason)s") % on, "warning", False
    return __("Opened again on %(day)s by %(who)s: %(reason)s") % on, "warning", False


def columns(*labels: str) -> list[dict[str, str]]:
    """The heads of a plain table."""
    return [{"label": label} for label in labels]
