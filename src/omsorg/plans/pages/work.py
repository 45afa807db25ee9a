"""What is due, said as somebody would say it, with a link to where it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import ngettext

from omsorg.federation.access import Acting
from omsorg.kernel.numbers import format_period
from omsorg.kernel.periods import Period
from omsorg.plans.models import Plan
from omsorg.plans.pages.words import day, language_now, told
from omsorg.plans.queries.answers import AnswerRow, AnswerStand, Standing
from omsorg.plans.queries.work import PlanWork

SHOWN_ONE_BY_ONE = 8
SHOWN_PERIODS = 4
Row = TypeVar("Row", bound=AnswerStand)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `is_late` marks what should have been done; `places` are where, if in several places."""

    title: str
    url: str
    text: str
    is_late: bool = False
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WorkOfPlan:
    """What one plan asks, and the other pages of it that this person may open."""

    title: str
    is_example: bool
    tasks: tuple[Task, ...]
    links: tuple[tuple[str, str], ...]


def work_view(work: Sequence[PlanWork], acting: Acting) -> tuple[WorkOfPlan, ...]:
    """Every plan with its tasks, what is late first."""
    return tuple(
        WorkOfPlan(told(each.plan.title), each.plan.is_example, _tasks(each, acting), _links(each.plan, acting))
        for each in work
    )


def _tasks(work: PlanWork, acting: Acting) -> tuple[Task, ...]:
    tasks = [
        *_to_answer(work, acting),
        *_wishes(work),
        *_to_review(work),
        *_contested(work, acting),
        *_late(work),
        *_to_verify(work),
        *_to_release(work),
    ]
    return tuple(sorted(tasks, key=lambda task: not task.is_late))


def _to_answer(work: PlanWork, acting: Acting) -> list[Task]:
    if len(work.to_answer) <= SHOWN_ONE_BY_ONE:
        return [_answer_task(work.plan, row, acting) for row in work.to_answer]
    shown, older = _newest_periods(work.to_answer)
    tasks: list[Task] = []
    for period, rows in shown:
        number, late = len(rows), any(row.days_late for row in rows)
        said = ngettext("%(period)s: %(number)s answer to give", "%(period)s: %(number)s answers to give", number)
        tasks.append(Task(said % _said(number, period), _list_url(work.plan, period), "", is_late=late))
    said = ngettext("%(number)s older answer to give", "%(number)s older answers to give", len(older))
    return tasks + _older(work.plan, older, said, "")


def _answer_task(plan: Plan, row: AnswerRow, acting: Acting) -> Task:
    said = {
        "organisation": row.house.name,
        "period": format_period(row.period, language_now()),
        "done": row.reported,
        "all": row.asked,
        "day": day(row.due_on),
        "days": row.days_late,
        "reason": row.reason,
    }
    url = reverse("plans:answer", args=[plan.code, row.house.code, row.period.code])
    title = __("Answer of %(organisation)s, %(period)s") % said
    answered = __("%(done)s of %(all)s indicators answered.") % said
    if row.standing in (Standing.RETURNED, Standing.REOPENED):
        return Task(title, url, __("It came back to you: %(reason)s") % said, is_late=True)
    if row.days_late:
        late = ngettext("%(days)s day late.", "%(days)s days late.", row.days_late) % said
        return Task(title, url, f"{late} {answered}", is_late=True)
    if row.period.until > acting.day:
        return Task(title, url, f"{__('You can begin; it is due on %(day)s.') % said} {answered}")
    return Task(title, url, f"{__('Due on %(day)s.') % said} {answered}")


def _to_review(work: PlanWork) -> list[Task]:
    if len(work.to_review) <= SHOWN_ONE_BY_ONE:
        return [
            Task(
                __("Review the answer of %(organisation)s, %(period)s")
                % {"organisation": row.house.name, "period": format_period(row.period, language_now())},
                reverse("plans:answer-review", args=[work.plan.code, row.house.code, row.period.code]),
                __("Handed in on %(day)s.") % {"day": day(row.since.date() if row.since else None)},
            )
            for row in work.to_review
        ]
    shown, older = _newest_periods(work.to_review)
    tasks: list[Task] = []
    for period, rows in shown:
        said = ngettext(
            "%(period)s: %(number)s answer waits for review", "%(period)s: %(number)s answers wait for review",
            len(rows),
        )  # fmt: skip
        tasks.append(Task(said % _said(len(rows), period), _list_url(work.plan, period, Standing.SUBMITTED), ""))
    said = ngettext("%(number)s older answer waits for review", "%(number)s older answers wait for review", len(older))
    return tasks + _older(work.plan, older, said, Standing.SUBMITTED, is_late=False)


def _wishes(work: PlanWork) -> list[Task]:
    """The answers that a reviewer is asked to open again."""
    tasks: list[Task] = []
    for wish in work.wishes:
        said = {"organisation": wish.organisation, "period": format_period(wish.period, language_now())}
        url = reverse("plans:answer-review", args=[work.plan.code, wish.organisation_code, wish.period.code])
        title = __("Asked to be opened again: %(organisation)s, %(period)s") % said
        tasks.append(Task(title, url, __("They say: %(reason)s") % {"reason": wish.reason}))
    return tasks


def _contested(work: PlanWork, acting: Acting) -> list[Task]:
    """The newest answers in which something is contested; how many older ones there are stands with the last."""
    tasks: list[Task] = []
    for answer in work.contested[:SHOWN_ONE_BY_ONE]:
        said = {"organisation": answer.organisation, "period": format_period(answer.period, language_now())}
        page = "plans:answer" if acting.may("plans.report", answer.organisation_id) else "plans:answer-review"
        text = __("A verifier contests %(indicators)s.") % {"indicators": ", ".join(answer.indicators)}
        url = reverse(page, args=[work.plan.code, answer.organisation_code, answer.period.code])
        tasks.append(Task(__("Contested: %(organisation)s, %(period)s") % said, url, text))
    more = len(work.contested) - SHOWN_ONE_BY_ONE
    if more > 0:
        said_more = ngettext("And %(number)s older one.", "And %(number)s older ones.", more) % {"number": more}
        tasks[-1] = replace(tasks[-1], text=f"{tasks[-1].text} {said_more}")
    return tasks


def _late(work: PlanWork) -> list[Task]:
    shown, older = _newest_periods(work.late)
    tasks: list[Task] = []
    for period, of_it in shown:
        said = ngettext("%(period)s: %(number)s answer is late", "%(period)s: %(number)s answers are late", len(of_it))
        names = ", ".join(row.house.name for row in of_it[:SHOWN_ONE_BY_ONE])
        more = len(of_it) - SHOWN_ONE_BY_ONE
        text = __("%(names)s and %(more)s more") % {"names": names, "more": more} if more > 0 else names
        tasks.append(Task(said % _said(len(of_it), period), _list_url(work.plan, period, "late"), text, is_late=True))
    said = ngettext("%(number)s older answer is late", "%(number)s older answers are late", len(older))
    return tasks + _older(work.plan, older, said, "late")


def _newest_periods(rows: Sequence[Row]) -> tuple[list[tuple[Period, list[Row]]], list[Row]]:
    """The newest periods, each with its answers, and the answers of all older ones. `rows` begin with the newest."""
    periods: dict[Period, list[Row]] = {}
    for row in rows:
        periods.setdefault(row.period, []).append(row)
    found = list(periods.items())
    return found[:SHOWN_PERIODS], [row for _period, of_it in found[SHOWN_PERIODS:] for row in of_it]


def _older(plan: Plan, rows: Sequence[AnswerStand], said: str, standing: str, *, is_late: bool = True) -> list[Task]:
    """One line for what is older, with the way to each of the periods."""
    if not rows:
        return []
    periods = dict.fromkeys(row.period for row in rows)
    places = tuple((format_period(each, language_now()), _list_url(plan, each, standing)) for each in periods)
    return [Task(said % {"number": len(rows)}, "", "", is_late=is_late, places=places)]


def _to_verify(work: PlanWork) -> list[Task]:
    tasks: list[Task] = []
    for each in work.to_verify:
        said = ngettext(
            "%(period)s: %(number)s figure waits for your word",
            "%(period)s: %(number)s figures wait for your word",
            each.waiting,
        )
        text = ngettext("%(number)s is contested.", "%(number)s are contested.", each.contested)
        address = reverse("plans:verification", args=[work.plan.code])
        tasks.append(
            Task(
                said % _said(each.waiting, each.period),
                f"{address}?{urlencode({'period': each.period.code})}",
                text % {"number": each.contested} if each.contested else "",
            )
        )
    return tasks


def _to_release(work: PlanWork) -> list[Task]:
    return [
        Task(
            __("The report %(report)s waits for your release") % {"report": report.code},
            reverse("plans:frozen-report", args=[work.plan.code, report.code]),
            __("Frozen on %(day)s. Read it, then release it.") % {"day": day(report.frozen_at.date())},
        )
        for report in work.to_release
    ]


def _said(number: int, period: Period) -> dict[str, object]:
    return {"number": number, "period": format_period(period, language_now())}


def _list_url(plan: Plan, period: Period, standing: str = "") -> str:
    asked = {"period": period.code, **({"standing": standing} if standing else {})}
    return f"{reverse('plans:answers', args=[plan.code])}?{urlencode(asked)}"


def _links(plan: Plan, acting: Acting) -> tuple[tuple[str, str], ...]:
    found = [
        (__("Who has answered"), reverse("plans:answers", args=[plan.code])),
        (__("All associations, year by year"), reverse("plans:board", args=[plan.code])),
    ]
    if acting.may_anywhere("plans.verify"):
        found.append((__("Verify"), reverse("plans:verification", args=[plan.code])))
    if acting.may("plans.rate", plan.owner_id):
        found.append((__("Ratings of the plan"), reverse("plans:plan-ratings", args=[plan.code])))
    if acting.may("plans.publish", plan.owner_id):
        found.append((__("Reports"), reverse("plans:reports")))
    return (*found, (__("What everybody reads"), reverse("plans:public-plan", args=[plan.code])))
