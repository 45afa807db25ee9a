"""What a plan says of itself: its title, what it is about, and for which time it was promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from omsorg.kernel.numbers import DaySaid
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _

from .promises import Texts, TitleMissing, check_days
from .revisions import FieldChange, NothingChanged, RevisionWithoutReason, difference


class PlanEndsBeforeItBegins(Refusal):
    sentence = _("The plan ends on %(until)s, but begins on %(start)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """Everything that one revision of a plan says of the plan itself. It runs until the day before `runs_until`."""

    title: Texts
    runs_from: date
    runs_until: date
    summary: Texts = field(default_factory=dict)


def plan_state(terms: PlanTerms) -> Mapping[str, Any]:
    """The terms field by field, to be compared with those before or after."""
    return {
        "title": dict(terms.title),
        "summary": dict(terms.summary),
        "runs_from": terms.runs_from,
        "runs_until": terms.runs_until,
    }


def plan_change(
    before: PlanTerms,
    wanted: PlanTerms,
    *,
    reason: str,
    last_in_force_on: date,
    in_force_on: date,
    today: date,
) -> tuple[FieldChange, ...]:
    """What is different from `before` to `wanted`, or the first reason for which the change cannot stand."""
    changes = difference(plan_state(before), plan_state(wanted))
    if not changes:
        raise NothingChanged
    if not reason.strip():
        raise RevisionWithoutReason
    check_days(in_force_on, last_in_force_on=last_in_force_on, today=today)
    if not any(said.strip() for said in wanted.title.values()):
        raise TitleMissing
    if wanted.runs_until <= wanted.runs_from:
        raise PlanEndsBeforeItBegins(until=DaySaid.of(wanted.runs_until), start=DaySaid.of(wanted.runs_from))
    return changes
