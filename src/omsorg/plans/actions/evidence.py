"""Documents that show what a figure rests on: attached while the answer is open, withdrawn with a reason."""

import secrets
from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.files import forget_file, keep_file
from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.kernel.uploads import check_upload
from omsorg.plans.access import answers_to, periods_of
from omsorg.plans.actions.figures import NotAsked
from omsorg.plans.actions.locks import hold_answer
from omsorg.plans.models import Evidence, Indicator
from omsorg.plans.rules.answers import ReasonMissing, require_open
from omsorg.plans.rules.entries import as_kept


class AttachedAlready(Refusal):
    sentence = _("“%(name)s” is attached to this indicator already.")


class WithdrawnAlready(Refusal):
    sentence = _("This document has been withdrawn already.")


@transaction.atomic
def attach_evidence(
    *,
    indicator: Indicator,
    organisation: Organisation,
    period: Period,
    name: str,
    content: bytes | BinaryIO,
    note: str = "",
    limit: int,
    by: Acting,
    at: datetime,
) -> Evidence:
    """Keep a document for one indicator of an answer. It is looked at first: what it is, how large, what it hides.

    `limit` is the most bytes. The same bytes are not kept twice for the same indicator and period.
    """
    plan = indicator.plan
    require(by, "plans.report", organisation.pk)
    if period not in periods_of(plan) or period.start > at.date() or not answers_to(plan, organisation, period):
        raise NotAsked(organisation=organisation.name, period=PeriodSaid(period))
    require_open(hold_answer(plan.pk, organisation.pk, period))
    checked = check_upload(name, content, limit=limit)
    cell = {
        "plan": plan,
        "indicator": indicator,
        "organisation": organisation,
        "period_start": period.start,
        "period_months": period.months,
    }
    if Evidence.objects.filter(**cell, fingerprint=checked.sha256, withdrawn_at=None).exists():
        raise AttachedAlready(name=checked.name)
    evidence = Evidence.objects.create(
        **cell,
        code=secrets.token_urlsafe(16),
        filename=checked.name,
        media_type=checked.content_type,
        size=checked.size,
        fingerprint=checked.sha256,
        stored_as=keep_file(content, holder=Evidence, limit=limit).stored_as,
        note=as_kept(note),
        by_id=by.person_id,
        at=at,
    )
    _trace("attach_evidence", evidence, by, at)
    return evidence


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, reason: str, by: Acting, at: datetime) -> None:
    """Take a document back. The file is deleted; that it was there, its fingerprint and the reason stay.

    Only while the answer is open: what has been handed in, verified or approved keeps its documents.
    """
    require(by, "plans.report", evidence.organisation_id)
    period = Period(evidence.period_start, evidence.period_months)
    require_open(hold_answer(evidence.plan_id, evidence.organisation_id, period))
    if not reason.strip():
        raise ReasonMissing
    taken = Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_reason=as_kept(reason)
    )
    if not taken:
        raise WithdrawnAlready
    _trace("withdraw_evidence", evidence, by, at)
    transaction.on_commit(lambda: forget_file(evidence.stored_as))


def _trace(verb: str, evidence: Evidence, by: Acting, at: datetime) -> None:
    period = Period(evidence.period_start, evidence.period_months)
    leave_trace(
        verb,
        f"evidence:{evidence.code}",
        by=by.person_id,
        at=at,
        organisation=evidence.organisation_id,
        details={
            "indicator": f"{evidence.plan.code}/{evidence.indicator.code}",
            "period": period.code,
            "fingerprint": evidence.fingerprint,
            "size": evidence.size,
        },
    )
