"""Everything shown, as rows: one line an action, an indicator, a recommendation, an organisation.

Headings are English codes that do not change, so that a file can be read by a program; texts are in the reader's
language, and cells and decimals are set apart as spreadsheets do it where that is spoken. Missing is an empty cell
with its reason in the column beside it, never zero. No percentage is exported: numerator and denominator are. Money
stands in main units of its currency, exact to the last: 1,800,000 euro are 1800000, never their cents.
"""

import json
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as __

from omsorg.kernel.money import Money
from omsorg.kernel.sheets import Value
from omsorg.plans.pages.overview import action_rows
from omsorg.plans.pages.words import plain, reason_by_language
from omsorg.plans.rules.sentences import unit_said
from omsorg.plans.rules.snapshot import NumberPart, ReportDocument

ACTION_HEADINGS = (
    "code", "title", "prioritised", "owner", "starts_on", "original_due_on", "due_on", "done_on", "slip_days", "cause",
    "activity", "activity_reason", "superseded_by", "currency", "budget_original", "budget_revised",
    "budget_spent", "budget_missing", "recommendations", "indicators", "moved_forward",
)  # fmt: skip
INDICATOR_HEADINGS = (
    "code", "title", "kind", "unit", "direction", "adopted", "activity", "activity_reason", "superseded_by",
    "changed_on", "rating", "rating_source", "self_rating", "computed", "computed_because", "computed_by", "override",
    "override_reason", "override_reason_language", "verified_rating", "verified_by", "verified_on", "cause", "new_date",
    "numerator", "denominator", "missing", "reported", "expected", "periods_added_up", "periods_incomplete",
    "baseline", "baseline_denominator", "baseline_missing", "first_target", "first_target_on", "target",
    "target_denominator", "target_on", "actions", "history",
)  # fmt: skip
RECOMMENDATION_HEADINGS = ("code", "source", "area", "text", "accepted", "response", "actions")
ORGANISATION_HEADINGS = (
    "organisation", "name", "country", "state", "numerator", "denominator", "text", "verdict", "verified_by",
)  # fmt: skip

Line = list[Value]


def action_lines(document: ReportDocument, language: str) -> Iterator[Line]:
    """One line an action and currency."""
    indicators = {part.code: part for part in document.indicators}
    for action in document.actions:
        moved = any(indicators[code].standing.is_good for code in action.indicators if code in indicators)
        for budget in action.budget or (None,):
            yield [
                action.code,
                plain(action.title, language),
                _yes(action.prioritised),
                action.owner,
                action.starts_on,
                action.original_due_on,
                action.due_on,
                action.done_on,
                action.slip_days,
                action.cause.value if action.cause else "",
                action.activity.value,
                plain(action.activity_reason, language),
                action.superseded_by or "",
                budget.currency if budget else "",
                *(
                    (_money(sum_, budget.currency) for sum_ in (budget.original, budget.revised, budget.spent))
                    if budget
                    else [None] * 3
                ),
                "no_original_amount" if budget and budget.original is None else "",
                " ".join(action.recommendations),
                " ".join(action.indicators),
                _yes(moved),
            ]


def indicator_lines(document: ReportDocument, language: str) -> Iterator[Line]:
    """One line an indicator."""
    for part in document.indicators:
        yield [
            part.code,
            plain(part.title, language),
            part.kind.value,
            unit_said(part.unit, language)[0],
            part.direction.value if part.direction else "",
            _yes(part.adopted),
            part.activity.value,
            plain(part.activity_reason, language),
            part.superseded_by or "",
            part.changed_on,
            part.stated.value,
            part.source.value,
            part.self_rating.value if part.self_rating else "",
            part.computed.value if part.computed else "",
            part.why.value if part.why else "",
            part.rated_on,
            part.override.value if part.override else "",
            *reason_by_language(part.override_reason, part.override_reason_language, part.override_reason_in, language),
            part.verified.rating.value if part.verified else "",
            part.verified.by if part.verified else "",
            part.verified.on if part.verified else None,
            part.cause.value if part.cause else "",
            part.new_date,
            *_both(part.value),
            part.missing.value if part.missing else "",
            part.coverage.reported if part.coverage else None,
            part.coverage.expected if part.coverage else None,
            part.added_up.periods if part.added_up else None,
            part.added_up.incomplete if part.added_up else None,
            *_both(part.baseline),
            part.baseline_missing.value if part.baseline_missing else "",
            part.first_target.numerator if part.first_target else None,
            part.first_target.on if part.first_target else None,
            *_both(part.present_target),
            part.present_target.on if part.present_target else None,
            " ".join(part.actions),
            " ".join(f"{each.report}:{each.rating.value}:{each.activity.value}" for each in part.history),
        ]


def recommendation_lines(document: ReportDocument, language: str) -> Iterator[Line]:
    """One line a recommendation."""
    for part in document.recommendations:
        yield [
            part.code,
            part.source,
            plain(part.area, language),
            plain(part.text, language),
            part.accepted,
            plain(part.response, language),
            " ".join(part.actions),
        ]


def organisation_lines(document: str) -> Iterator[Line]:
    """One line an organisation, out of the frozen document of one indicator."""
    for row in json.loads(document)["organisations"]:
        yield [
            row["code"],
            row["name"],
            row["country"],
            row["state"],
            _decimal(row.get("numerator")),
            _decimal(row.get("denominator")),
            row.get("text", ""),
            row.get("verdict", ""),
            row.get("verified_by", ""),
        ]


def _both(part: NumberPart | None) -> tuple[Decimal | None, Decimal | None]:
    return (part.numerator, part.denominator) if part else (None, None)


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _money(minor: int | None, currency: str) -> Decimal | None:
    return Money(minor, currency).amount if minor is not None else None


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


def plain_rows_of_actions(document: ReportDocument) -> list[dict[str, str]]:
    """The actions as the printed report lists them: everybody's money, in the order of the plan."""
    return [
        {
            "code": row.code,
            "title": row.plain_title,
            "original": ", ".join(money.original for money in row.budget),
            "revised": ", ".join(money.revised for money in row.budget if money.revised),
            "spent": ", ".join(money.spent for money in row.budget),
        }
        for row in action_rows(document)
    ]


def plain_rows_of_delays(document: ReportDocument) -> list[dict[str, str]]:
    """What is later than first promised, the latest first, and why; where nobody said why, that is said."""
    late = sorted((row for row in action_rows(document) if row.slip_days > 0), key=lambda row: -row.slip_days)
    return [
        {"code": row.code, "title": row.plain_title, "slip": row.slip, "cause": row.cause or __("no cause given")}
        for row in late
    ]
