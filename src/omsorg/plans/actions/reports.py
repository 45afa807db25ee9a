"""Freezing a report and releasing it: two acts of two people."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.kernel.numbers import DaySaid, PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import fingerprint_of_heads, heads_of_trail, leave_trace
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.locks import hold_releases
from omsorg.plans.models import IndicatorRevision, Plan, Release, Report, ReportPart
from omsorg.plans.queries.freezing import Frozen, Moment, read_report, released_documents
from omsorg.plans.queries.late_changes import changed_since_frozen
from omsorg.plans.queries.published import OVERVIEW, TRAIL, document_of, indicator_part, released_reports
from omsorg.plans.rules.limits import PeriodNotOver, ReportLimits
from omsorg.plans.rules.snapshot import canonical_json, fingerprint


class ReportNameTaken(Refusal):
    sentence = _("There is already a report called %(code)s. A frozen report is never replaced: choose another name.")


class FrozenBySamePerson(Refusal):
    sentence = _("You froze this report yourself: somebody else must release it.")


class AlreadyReleased(Refusal):
    sentence = _("This report is already released.")


class ReleasedMeanwhile(Refusal):
    sentence = _(
        "The report %(code)s has been released since this one was frozen. Read side by side, they could tell of a small"
        " group of children: freeze this report again, under another name, and release that one."
    )


class MarkedSinceFrozen(Refusal):
    sentence = _(
        "Since this report was frozen, the indicator %(code)s was marked as being about children, and the report hides"
        " none of its small counts: freeze it again, under another name, and release that one."
    )


class ChangedSinceFrozen(Refusal):
    sentence = _(
        "The plan was changed with force from %(day)s after this report was frozen, and the report tells of that day:"
        " freeze it again, under another name, and release that one."
    )


class DayNotOver(Refusal):
    sentence = _("A report cannot be frozen as at a day that is still to come.")


class PeriodOfOtherLength(Refusal):
    sentence = _("The periods of this plan are of another length: choose one such as %(example)s.")


def draft_report(*, plan: Plan, period: Period, as_at: date, by: Acting, at: datetime, limits: ReportLimits) -> Frozen:
    """What a report would say if it were frozen at `at`; writes nothing.

    Refused: a period that is not over, or of another length than the plan's; a day to come.
    """
    require(by, "plans.publish", plan.owner_id)
    if as_at > at.date():
        raise DayNotOver
    if period.months != plan.frequency_months:
        raise PeriodOfOtherLength(
            months=plan.frequency_months, example=PeriodSaid(Period.holding(period.start, plan.frequency_months))
        )
    if period.until > as_at:
        raise PeriodNotOver(
            period=PeriodSaid(period), until=DaySaid.of(period.until - timedelta(days=1)), day=DaySaid.of(as_at)
        )
    moment = Moment(plan, period, as_at, at, limits)
    # Who stood below the owner in the period may stand elsewhere today: the house reads, for whoever may publish.
    with as_house(day=at.date()):
        heads = heads_of_trail()
        frozen = read_report(
            moment,
            previous=released_documents(plan, as_at),
            trail_head=fingerprint_of_heads(heads),
            released=released_reports(plan),
        )
    return replace(frozen, heads=heads)


def check_name(plan: Plan, code: str) -> None:
    """Pass, or refuse the name of a report that is there already: its address never leads to another."""
    if Report.objects.filter(plan=plan, code=code).exists():
        raise ReportNameTaken(code=code)


@transaction.atomic
def freeze_report(
    *,
    plan: Plan,
    period: Period,
    as_at: date,
    code: str,
    by: Acting,
    at: datetime,
    limits: ReportLimits,
) -> Report:
    """Freeze the state of `plan` as of `as_at` for `period`, as known at `at`.

    All documents, their fingerprints and the trace are kept in one transaction: a report is there whole or not at all.
    Refused: what `draft_report` refuses, and a name that is taken.
    """
    hold_releases(plan.pk)
    check_name(plan, code)
    frozen = draft_report(plan=plan, period=period, as_at=as_at, by=by, at=at, limits=limits)
    texts = {OVERVIEW: canonical_json(frozen.document), TRAIL: _plain_json(frozen.heads)}
    for indicator_code, document in frozen.indicators.items():
        texts[indicator_part(indicator_code)] = _plain_json(document)
    prints = {name: fingerprint(text) for name, text in texts.items()}
    whole = sha256("\n".join(f"{name} {prints[name]}" for name in sorted(prints)).encode()).hexdigest()
    report = Report.objects.create(
        plan=plan,
        code=code,
        period_start=period.start,
        period_months=period.months,
        as_at=as_at,
        rule_version=frozen.document.rule_version,
        fingerprint=whole,
        trail_head=frozen.document.trail_head,
        frozen_by_id=by.person_id,
        frozen_at=at,
    )
    for name, text in texts.items():
        ReportPart.objects.create(report=report, name=name, document=text, fingerprint=prints[name])
    leave_trace(
        "freeze_report",
        f"report:{plan.code}/{code}",
        by=by.person_id,
        at=at,
        organisation=plan.owner_id,
        details={"period": period.code, "as_at": as_at.isoformat(), "fingerprint": whole},
    )
    return report


@transaction.atomic
def release_report(*, report: Report, by: Acting, at: datetime) -> Release:
    """Release a frozen report to everybody. Refused to the person who froze it, by this rule and by the database.

    Refused, too, where the plan counts children and another report was released since this one was frozen: nobody has
    seen whether the two give away a small group together; where an indicator was marked as being about children since;
    and where the plan was changed since, with force on a day that the report tells of. One release at a time.
    """
    require(by, "plans.publish", report.plan.owner_id)
    hold_releases(report.plan_id)
    if report.frozen_by_id == by.person_id:
        raise FrozenBySamePerson
    if Release.objects.filter(report=report).exists():
        raise AlreadyReleased
    _refuse_to_tell_of_few_children(report)
    late = changed_since_frozen(report)
    if late is not None:
        raise ChangedSinceFrozen(day=DaySaid.of(late.in_force_on))
    release = Release.objects.create(report=report, by_id=by.person_id, at=at)
    leave_trace(
        "release_report",
        f"report:{report.plan.code}/{report.code}",
        by=by.person_id,
        at=at,
        organisation=report.plan.owner_id,
        details={"fingerprint": report.fingerprint},
    )
    return release


def _plain_json(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refuse_to_tell_of_few_children(report: Report) -> None:
    marked = IndicatorRevision.objects.filter(indicator__plan=report.plan, about_children=True)
    codes = set(marked.values_list("indicator__code", flat=True))
    if not codes:
        return
    document = document_of(report)
    for part in document.indicators:
        if part.code in codes and not part.about_children:
            raise MarkedSinceFrozen(code=part.code)
    for other in released_reports(report.plan):
        if other.code not in document.held_against:
            raise ReleasedMeanwhile(code=other.code)
