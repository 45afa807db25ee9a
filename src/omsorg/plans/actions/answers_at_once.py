"""The answers of many organisations for one period, brought in together: the same rules, a few statements for all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction

from omsorg.federation.access import Acting, require
from omsorg.federation.models import Organisation
from omsorg.kernel.numbers import PeriodSaid
from omsorg.kernel.periods import Period
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.access import periods_of
from omsorg.plans.actions.figures import NotAsked
from omsorg.plans.models import Evidence, Plan, SubmissionStep
from omsorg.plans.queries.asked import Defined, asked_of, day_of_definition, definitions_on
from omsorg.plans.queries.tallies import asked_organisations
from omsorg.plans.rules.answers import (
    AlreadyHandedIn,
    PeriodNotOver,
    SomethingMissing,
    Stand,
    Step,
    calls_for_document,
    take_step,
)
from omsorg.plans.rules.definitions import threshold_of
from omsorg.plans.rules.entries import check_size
from omsorg.plans.rules.measures import Figure, State
from omsorg.plans.rules.observations import check_figure, check_reason
from omsorg.plans.rules.tally import meets


class StillToCome(Refusal):
    sentence = _("The answer of %(organisation)s is dated later than today.")


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of an answer, by the code of its indicator; totals only."""

    indicator: str
    state: State
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    reason: str = ""

    @property
    def figure(self) -> Figure:
        return Figure(self.state, self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """Everything that one organisation says for the period, who said it when, and who approved it (None: nobody)."""

    organisation: Organisation
    said: Sequence[Said]
    by: Acting
    at: datetime
    approved_by: Acting | None = None
    approved_at: datetime | None = None


@transaction.atomic
def bring_in_answers(
    *, plan: Plan, period: Period, answers: Sequence[WholeAnswer], source: str, by: Acting | None, at: datetime
) -> int:
    """Keep whole answers that nobody has given yet, hand them in and, where somebody approves, approve them.

    All or none; returns how many figures were kept. `by` brings them together at the instant `at` (None: the house);
    everybody named in an answer acts within their own mandates: who reports may report there, who approves may approve
    there and is another person. Refused like `record_figures` and `submit_answer`: an organisation that is not asked,
    a figure that the rules do not let pass, an answer that is not complete, has been given already or is still to come,
    a period that is not over. Documents that are asked for have been attached before.
    """
    ends_on = period.until - timedelta(days=1)
    asked = asked_organisations(plan.owner_id, plan.reporting_kind, [ends_on])[ends_on]
    definitions = definitions_on(plan.pk, day_of_definition(period, on=ends_on), frequency_months=plan.frequency_months)
    before = _figures_before(period, [answer.organisation.pk for answer in answers], definitions)
    documents = _documents(plan, period, answers, definitions)
    rows: list[dict[str, object]] = []
    steps: list[SubmissionStep] = []
    for answer in answers:
        require(answer.by, "plans.report", answer.organisation.pk)
        if answer.organisation.pk not in asked or period not in periods_of(plan):
            raise NotAsked(organisation=answer.organisation.name, period=PeriodSaid(period))
        if answer.at.date() < period.until:
            raise PeriodNotOver(period=PeriodSaid(period))
        if max(answer.at, answer.approved_at or answer.at) > at:
            raise StillToCome(organisation=answer.organisation.name)
        wanted = {d.code: d for d in asked_of(definitions, plan, answer.organisation)}
        rows += _checked(answer, wanted, before, documents)
        steps += _steps(plan, period, answer)
    _refuse_known(plan, period, answers)
    _keep(period, rows, source)
    SubmissionStep.objects.bulk_create(steps)
    for answer in answers:
        leave_trace(
            "bring_in_answer",
            f"answer:{plan.code}/{answer.organisation.code}/{period.code}",
            by=answer.by.person_id,
            at=answer.at,
            organisation=answer.organisation.pk,
            details={"figures": len(answer.said), "source": source, "approved": answer.approved_by is not None},
        )
    leave_trace(
        "bring_in_answers",
        f"plan:{plan.code}",
        by=by.person_id if by else None,
        at=at,
        organisation=plan.owner_id,
        details={"period": period.code, "answers": len(answers), "figures": len(rows)},
    )
    return len(rows)


def _checked(
    answer: WholeAnswer,
    wanted: dict[str, Defined],
    before: dict[tuple[int, int], Figure],
    documents: dict[tuple[int, int], datetime],
) -> list[dict[str, object]]:
    """The rows of one answer; refuses what is not asked, what is missing, and what the rules do not let pass."""
    said = {each.indicator: each for each in answer.said}
    unproven = sum(_lacks_document(answer, wanted[code], said[code], documents) for code in wanted.keys() & said.keys())
    if len(said) != len(answer.said) or set(said) != set(wanted) or unproven:
        raise SomethingMissing(figures=len(set(wanted) - set(said)), documents=unproven)
    rows: list[dict[str, object]] = []
    for code, each in said.items():
        defined = wanted[code]
        check_figure(each.figure, defined.definition)
        check_size(each.figure)
        check_reason(before.get((answer.organisation.pk, defined.id)), each.figure, defined.definition, each.reason)
        value = each.figure.value(defined.definition)
        has_threshold = threshold_of(defined.definition) is not None
        rows.append(
            {
                "organisation": answer.organisation.pk,
                "indicator": defined.id,
                "revision": defined.revision,
                "state": int(each.state),
                "numerator": None if each.numerator is None else str(each.numerator),
                "denominator": None if each.denominator is None else str(each.denominator),
                "meets": meets(defined.definition, value) if has_threshold and value is not None else None,
                "reason": each.reason,
                "by": answer.by.person_id,
                "at": answer.at.isoformat(),
            }
        )
    return rows


def _lacks_document(
    answer: WholeAnswer, defined: Defined, said: Said, documents: dict[tuple[int, int], datetime]
) -> bool:
    """Whether a document is asked for behind the figure, and none was there when the answer was given."""
    if not defined.evidence_needed or not calls_for_document(defined.definition.kind, said.state, said.numerator):
        return False
    attached_at = documents.get((answer.organisation.pk, defined.id))
    return attached_at is None or attached_at > answer.at


def _documents(
    plan: Plan, period: Period, answers: Sequence[WholeAnswer], definitions: Sequence[Defined]
) -> dict[tuple[int, int], datetime]:
    """(Organisation, indicator) -> when its first document was attached, where documents are asked for."""
    asked_for = [defined.id for defined in definitions if defined.evidence_needed]
    if not asked_for:
        return {}
    attached = Evidence.objects.filter(
        plan=plan,
        period_start=period.start,
        period_months=period.months,
        indicator__in=asked_for,
        organisation__in=[answer.organisation.pk for answer in answers],
        withdrawn_at=None,
    )
    return {
        (organisation, indicator): at
        for organisation, indicator, at in attached.order_by("-at").values_list("organisation_id", "indicator_id", "at")
    }


def _steps(plan: Plan, period: Period, answer: WholeAnswer) -> list[SubmissionStep]:
    stand = take_step(Stand(), Step.SUBMITTED, by=answer.by.person_id, reason="")
    taken = [(stand.number, Step.SUBMITTED, answer.by.person_id, answer.at)]
    if answer.approved_by is not None and answer.approved_at is not None:
        require(answer.approved_by, "plans.approve", answer.organisation.pk)
        stand = take_step(stand, Step.APPROVED, by=answer.approved_by.person_id, reason="")
        taken.append((stand.number, Step.APPROVED, answer.approved_by.person_id, answer.approved_at))
    return [
        SubmissionStep(
            plan=plan,
            organisation=answer.organisation,
            period_start=period.start,
            period_months=period.months,
            number=number,
            step=step,
            by_id=person,
            at=at,
        )
        for number, step, person, at in taken
    ]


def _refuse_known(plan: Plan, period: Period, answers: Sequence[WholeAnswer]) -> None:
    given = SubmissionStep.objects.filter(
        plan=plan,
        period_start=period.start,
        period_months=period.months,
        organisation__in=[answer.organisation.pk for answer in answers],
    )
    if given.exists():
        raise AlreadyHandedIn


def _figures_before(
    period: Period, organisations: Sequence[int], definitions: Sequence[Defined]
) -> dict[tuple[int, int], Figure]:
    """(Organisation, indicator) -> the newest value measured before, under a definition that can be compared."""
    found: dict[tuple[int, int], Figure] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (f.organisation_id, f.indicator_id) f.organisation_id, f.indicator_id, f.state,"
            " f.numerator, f.denominator FROM plans_current_figure f"
            " JOIN unnest(%s::bigint[], %s::smallint[]) AS wanted(indicator_id, comparable_from)"
            " ON wanted.indicator_id = f.indicator_id AND f.revision >= wanted.comparable_from"
            " WHERE f.organisation_id = ANY(%s) AND f.period_start < %s AND f.period_months = %s AND f.key_id = 0"
            " AND f.state IN (1, 2) AND f.denominator IS DISTINCT FROM 0"
            " ORDER BY f.organisation_id, f.indicator_id, f.period_start DESC",
            [
                [defined.id for defined in definitions],
                [defined.comparable_from for defined in definitions],
                list(organisations),
                period.start,
                period.months,
            ],
        )
        for organisation, indicator, state, numerator, denominator in cursor.fetchall():
            found[organisation, indicator] = Figure(State(state), numerator, denominator)
    return found


def _keep(period: Period, rows: Sequence[dict[str, object]], source: str) -> None:
    """All figures in one statement: the database sums them up the tree once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO plans_figure (organisation_id, indicator_id, revision, period_start, period_months, key_id,"
            " state, numerator, denominator, text, published, meets, source, source_ref, reason, by_id, at)"
            " SELECT u.organisation, u.indicator, u.revision, %s, %s, 0, u.state, u.numerator, u.denominator, '', '',"
            " u.meets, %s, '', u.reason, u.by, u.at"
            " FROM json_to_recordset(%s::json) AS u(organisation bigint, indicator bigint, revision smallint,"
            " state smallint, numerator numeric, denominator numeric, meets boolean, reason text, by bigint,"
            " at timestamptz)",
            [period.start, period.months, source, json.dumps(list(rows))],
        )
