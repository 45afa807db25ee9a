"""Who has answered: searched, filtered, sorted, page by page, and as a file."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from omsorg.federation.access import acting_of
from omsorg.kernel.numbers import format_period
from omsorg.kernel.periods import Period
from omsorg.kernel.sheets import write_csv
from omsorg.plans.access import plan_for
from omsorg.plans.models import Plan
from omsorg.plans.pages.answers import SORTS, STANDINGS, answer_lines, late_text, sorted_rows
from omsorg.plans.pages.words import language_now, told
from omsorg.plans.queries.answers import AnswerStand, Standing, counted, stands_for_period
from omsorg.plans.queries.work import begun_periods
from omsorg.plans.views.frame import Link

ON_ONE_PAGE = 50
LATE = "late"


class AnswersFilter(forms.Form):
    """Which answers are listed."""

    period = forms.ChoiceField(label=_("Period"), required=False)
    q = forms.CharField(label=_("Organisation"), required=False)
    standing = forms.ChoiceField(label=_("How it stands"), required=False)
    above = forms.ChoiceField(label=_("Below"), required=False)

    def __init__(self, *args: object, periods: Sequence[Period], rows: Sequence[AnswerStand], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        above = {row.house.above_code: row.house.above for row in rows if row.house.above_code}
        choices = {
            "period": [(period.code, format_period(period, language_now())) for period in periods],
            "standing": [("", __("all")), *((s.value, STANDINGS[s]) for s in Standing), (LATE, __("late"))],
            "above": [("", __("all")), *sorted(above.items(), key=lambda pair: pair[1].casefold())],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def chosen(self, rows: Sequence[AnswerStand]) -> tuple[AnswerStand, ...]:
        """The rows that the filter lets through; a choice that is not offered narrows nothing."""
        said = self.cleaned_data if self.is_valid() else {}
        words = said.get("q", "").casefold().split()
        standing, above = said.get("standing", ""), said.get("above", "")
        return tuple(
            row
            for row in rows
            if all(word in f"{row.house.name} {row.house.code}".casefold() for word in words)
            and (not above or row.house.above_code == above)
            and (not standing or row.standing == standing or (standing == LATE and row.is_open and row.days_late))
        )


def answers(request: HttpRequest, plan: str) -> HttpResponse:
    """Where every answer stands that this person may see."""
    acting = acting_of(request)
    found = plan_for(acting, plan)
    periods = begun_periods(found, acting.day)
    period = _period(request, periods, acting.day)
    rows: tuple[AnswerStand, ...] = ()
    if period is not None:
        rows = stands_for_period(
            found,
            period,
            units=acting.units_for("plans.see"),
            on=acting.day,
            grace_days=settings.ENVIRONMENT.grace_days,
        )
    asked = request.GET.copy()
    if period is not None:
        asked["period"] = period.code
    form = AnswersFilter(asked, periods=periods, rows=rows)
    by = request.GET.get("sort", "").removeprefix("-")
    descending = request.GET.get("sort", "").startswith("-")
    chosen = sorted_rows(form.chosen(rows), by if by in SORTS else "organisation", descending=descending)
    if request.GET.get("format") == "csv" and period is not None:
        return _csv(found, period, chosen)
    page = Paginator(chosen, ON_ONE_PAGE).get_page(request.GET.get("page"))
    query = {name: value for name, value in request.GET.dict().items() if name not in ("page", "format") and value}
    return render(
        request,
        "plans/answers.html",
        {
            "plan": found,
            "title": told(found.title),
            "form": form,
            "lines": answer_lines(found, counted(found, list(page))),
            "listed": page,
            "query": f"&{urlencode(query)}" if query else "",
            "columns": _columns(query, by, descending=descending),
            "found": __("%(number)s of %(all)s") % {"number": len(chosen), "all": len(rows)},
            "counts": _counts(rows, query),
            "csv_url": f"?{urlencode({**query, 'format': 'csv'})}",
            "crumbs": (Link(__("My work"), reverse("plans:my-work")),),
            "reset_url": "?" if set(query) - {"period", "sort"} else "",
        },
    )


def _period(request: HttpRequest, periods: Sequence[Period], day: date) -> Period | None:
    """The period asked for; else the last one that is over, else the first."""
    by_code = {period.code: period for period in periods}
    asked = by_code.get(request.GET.get("period", ""))
    if asked is not None:
        return asked
    over = [period for period in periods if period.until <= day]
    return next(iter(over or periods), None)


def _counts(rows: Sequence[AnswerStand], query: dict[str, str]) -> list[Link]:
    """How many answers stand where, each leading to these."""
    rest = {name: value for name, value in query.items() if name in ("period", "sort")}
    found = [
        Link(str(STANDINGS[standing]), f"?{urlencode({**rest, 'standing': standing})}", count=number)
        for standing in Standing
        if (number := sum(1 for row in rows if row.standing is standing))
    ]
    late = sum(1 for row in rows if row.is_open and row.days_late)
    return [*found, *([Link(__("late"), f"?{urlencode({**rest, 'standing': LATE})}", count=late)] if late else [])]


def _columns(query: dict[str, str], by: str, *, descending: bool) -> list[dict[str, str]]:
    heads = [
        ("organisation", __("Organisation")),
        ("", __("Below")),
        ("standing", __("How it stands")),
        ("", __("Answered")),
        ("late", __("Late")),
        ("reminded", __("Last reminder")),
    ]
    found: list[dict[str, str]] = []
    for name, label in heads:
        column = {"label": label}
        if name:
            again = name == by and not descending
            column["url"] = f"?{urlencode({**query, 'sort': f'-{name}' if again else name})}"
            if name == by:
                column["sort"] = "descending" if descending else "ascending"
        found.append(column)
    return found


def _csv(plan: Plan, period: Period, rows: Sequence[AnswerStand]) -> HttpResponse:
    """The same list as a file."""
    content = write_csv(
        [
            __("Organisation"), __("Name"), __("Below"), __("Period"), __("How it stands"), __("Since"),
            __("Indicators answered"), __("Indicators asked"), __("Due on"), __("Late"), __("Days late"),
            __("Last reminder"), __("Reason"),
        ],
        (
            [
                row.house.code, row.house.name, row.house.above, period.code, str(STANDINGS[row.standing]),
                row.since.date() if row.since else None, row.reported, row.asked, row.due_on, late_text(row),
                row.days_late, row.reminded_on, row.reason,
            ]
            for row in counted(plan, rows)
        ),
    )  # fmt: skip
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="answers-{plan.code}-{period.code}.csv"'
    return response
