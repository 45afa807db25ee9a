"""A whole plan comes in from a file, or a plan that is there is brought up to what a file says: all of it or nothing.

`import_plan` with `rehearse` does everything that it would do and takes it all back. The outcome says what it rests on:
where that is another when the file is taken in, nothing is, until somebody has looked again. So what is promised before
the person confirms is what will happen, to the last row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from omsorg.federation.access import Acting
from omsorg.federation.models import Organisation
from omsorg.kernel.imports import fingerprint_of, rows_done
from omsorg.kernel.numbers import DaySaid
from omsorg.kernel.refusals import InLanguages, Refusal, Sentence
from omsorg.kernel.refusals import written as _
from omsorg.kernel.trail import leave_trace
from omsorg.plans.actions.adoption import adopt_plan
from omsorg.plans.actions.import_plan.changes import Changes
from omsorg.plans.actions.import_plan.dated import DatedSteps
from omsorg.plans.actions.import_plan.organisations import take_organisations
from omsorg.plans.actions.import_plan.outcome import Done, Ledger, Outcome, ReportDue, What
from omsorg.plans.actions.import_plan.told import take_figures, take_ratings
from omsorg.plans.actions.import_plan.why import Why, why_of_house, why_of_page, why_of_row
from omsorg.plans.imports.drafting import Frame, frame_of, language_of, plan_draft
from omsorg.plans.imports.objections import objections_in, odd_periods, texts_not_kept
from omsorg.plans.imports.reading import Book, Fault, Row
from omsorg.plans.imports.references import Known, loose_ends
from omsorg.plans.imports.sheets import BY_NAME
from omsorg.plans.imports.sound import sound_part
from omsorg.plans.imports.stand_in import is_plan_read, not_looked_at, stand_in
from omsorg.plans.models import Action, DisaggregationKey, Indicator, Plan, Recommendation, Source

__all__ = ["ChangedSinceRehearsal", "Done", "Outcome", "ReportDue", "What", "import_plan"]

ADOPTED = _("The plan “%(code)s” is adopted as of %(day)s.")
AS_ADOPTED = _("As adopted")


class WhichPlan(Refusal):
    sentence = _("Say which plan this belongs to: fill in the sheet “%(sheet)s”, or choose a plan that is there.")


class OneRowOnly(Refusal):
    sentence = _("One file holds one plan: the sheet “%(sheet)s” has one row.")


class OtherPlan(Refusal):
    sentence = _("The file is of the plan “%(code)s”, but another plan is chosen.")


class ChangedSinceRehearsal(Refusal):
    """Nothing was taken in. `rests_on` is what it would rest on now."""

    sentence = _(
        "The plan has changed since this was rehearsed, so nothing was taken in. Rehearse it again, and look at what"
        " would be done now."
    )


def import_plan(
    *,
    book: Book,
    plan: Plan | None = None,
    reason: str = "",
    is_example: bool = False,
    rehearse: bool = False,
    as_rehearsed: str | None = None,
    verifiers: Mapping[str, Acting] | None = None,
    by: Acting,
    at: datetime,
) -> Outcome:
    """Take in what was read; where one row cannot be taken in, none is, and the outcome says why.

    The same file again changes nothing. What differs from a plan that is there becomes revisions, with `reason`.
    `verifiers` are people by the code of their organisation, in whose name verified ratings are entered: nobody
    verifies what they bring in themselves. `as_rehearsed` is what the rehearsal rested on (None: nobody was shown any).
    """
    verifiers = verifiers or {}
    ledger = Ledger(book)
    ledger.outcome.faults += book.faults
    ledger.outcome.more_faults = book.more_faults
    with transaction.atomic():
        _take_all(ledger, plan, reason, is_example, verifiers, by, at)
        ledger.outcome.rests_on = fingerprint_of(ledger.grounds)
        if not ledger.outcome.faults and as_rehearsed not in (None, ledger.outcome.rests_on):
            raise ChangedSinceRehearsal(rests_on=ledger.outcome.rests_on)
        if ledger.outcome.faults or rehearse:
            transaction.set_rollback(True)
    if ledger.outcome.faults:
        _look_further(ledger, plan, lambda trial: _take_all(trial, plan, reason, is_example, verifiers, by, at))
        is_there = (plan or _plan_named(book)) is not None
        ledger.outcome.not_looked_at = not_looked_at(book, ledger.outcome.faults, is_there=is_there)
    ledger.outcome.tell_within_measure(book.in_order)
    if ledger.outcome.faults or rehearse:
        ledger.outcome.plan = plan
    return ledger.outcome


def _take_all(
    ledger: Ledger,
    plan: Plan | None,
    reason: str,
    is_example: bool,
    verifiers: Mapping[str, Acting],
    by: Acting,
    at: datetime,
) -> None:
    book, outcome = ledger.book, ledger.outcome
    row = next(iter(book["plan"]), None)
    outcome.faults += _of_which_plan(book, plan)
    plan = plan or _plan_named(book)
    outcome.faults += loose_ends(book, _known(plan, book))
    if outcome.faults and plan is None and row is None:
        row = stand_in(book, outcome.faults)
    if plan is not None or row is not None:
        outcome.faults += _unfit(book, plan, row, by, at)
    if outcome.faults:
        return
    take_organisations(ledger, is_example=is_example, by=by, at=at)
    if outcome.faults or (plan is None and row is None):
        return
    frame = _frame(book, plan, row, by)
    why = _why(reason, row, frame)
    answered_by = _answered_by(book)
    is_fresh = plan is None
    if plan is None and row is not None:
        why = why if why.reason.strip() else why_of_house(Sentence(AS_ADOPTED))
        draft = plan_draft(book, row, frame, answered_by)
        with why.in_its_language():
            plan = ledger.attempt(
                row,
                lambda: adopt_plan(
                    draft=draft,
                    reason=why.reason,
                    reason_in=why.elsewhere,
                    is_example=is_example,
                    is_dated=frame.knows("adopted_on", "runs_from", "runs_until"),
                    by=by,
                    at=at,
                ),
            )
        if plan is None:
            return
        ledger.note(What.NEW, row, Sentence(ADOPTED, {"code": plan.code, "day": DaySaid.of(plan.adopted_on)}))
        for name in ("sources", "recommendations", "actions", "indicators", "targets"):
            outcome.new[name] += len(book[name])
            rows_done(len(book[name]) if name != "targets" else 0)
    if plan is None:
        return
    outcome.plan = plan
    changes = Changes(ledger, plan, frame, why=why, by=by, at=at)
    with why.in_its_language():
        changes.take(row, answered_by, is_fresh=is_fresh)
    outcome.reports = tuple(ReportDue(each["code"], each["period"], each["as_at"]) for each in book["reports"])
    days = DatedSteps(ledger, plan, frame, outcome.reports, why=why, by=by, at=at)
    days.take(is_fresh=is_fresh)
    if not outcome.faults:
        take_ratings(ledger, plan, days, verifiers=verifiers, by=by, at=at)
        take_figures(ledger, plan, by=by, at=at)
        if row is not None:
            changes.reason_of_sheet(row, is_used=outcome.changes_anything and not reason)
        ledger.is_through = True
    if outcome.changes_anything and not outcome.faults:
        leave_trace(
            "import_plan",
            f"plan:{plan.code}",
            by=by.person_id,
            at=at,
            organisation=plan.owner_id,
            details={"new": dict(outcome.new), "there": dict(outcome.there)},
        )


def _why(reason: str, row: Row | None, frame: Frame) -> Why:
    """Why the file changes the plan: what was typed beside it, else what its sheet `plan` says."""
    of_the_sheet = why_of_row(row, frame.language) if row is not None and not reason else None
    return of_the_sheet or why_of_page(reason)


def _look_further(ledger: Ledger, plan: Plan | None, take_all: Callable[[Ledger], None]) -> None:
    """Add what else is wrong: the rows that rest on no fault are taken in for a trial, and that is taken back.

    A fault holds up what would come after it, so it is tried again without each until the last sheet is reached.
    """
    faults, trial = ledger.outcome.faults, ledger
    plan = plan or _plan_named(ledger.book)
    known = _known(plan, ledger.book)
    told = {_as_told(fault) for fault in faults}
    while not trial.is_through:
        book = sound_part(ledger.book, known, faults, is_there=plan is not None)
        trial = Ledger(book)
        with transaction.atomic():
            take_all(trial)
            transaction.set_rollback(True)
        in_the_file = [fault for fault in trial.outcome.faults if (fault.sheet, fault.row) != ("plan", 0)]
        fresh = {_as_told(fault): fault for fault in in_the_file if _as_told(fault) not in told}
        if not fresh:
            return
        faults += fresh.values()
        told |= fresh.keys()


def _as_told(fault: Fault) -> tuple[str, int, str, Sentence]:
    return fault.sheet, fault.row, fault.column, fault.sentence


def _of_which_plan(book: Book, plan: Plan | None) -> Iterator[Fault]:
    """What is wrong with the sheet `plan`, where it could be read: one row, of the plan that was chosen."""
    rows = book.all_of("plan")
    sheet = book.name_of("plan")
    if len(rows) > 1:
        yield book.fault(rows[1], "code", OneRowOnly(sheet=sheet).said)
    if rows and plan is not None and rows[0]["code"] not in (None, plan.code):
        yield book.fault(rows[0], "code", OtherPlan(code=rows[0]["code"]).said)
    others = [sheet for sheet in book.rows if sheet != "organisations" and book.all_of(sheet)]
    if plan is None and others and not rows and "plan" not in book.unreadable:
        yield Fault(WhichPlan(sheet=sheet).said)


def _frame(book: Book, plan: Plan | None, row: Row | None, by: Acting) -> Frame:
    """The frame of a plan that is there, or of the new one that the sheet `plan` tells of."""
    if plan is None and row is not None:
        return frame_of(book, row, owner=_home_of(by))
    return _frame_of(plan, row)


def _unfit(book: Book, plan: Plan | None, row: Row | None, by: Acting, at: datetime) -> Iterator[Fault]:
    """What cannot stand in rows that could be read, whatever they name: told in the same look as all the rest."""
    frame = _frame(book, plan, row, by)
    yield from objections_in(book, frame, today=at.date())
    yield from texts_not_kept(book, frame)
    yield from odd_periods(book, frame, today=at.date())


def _plan_named(book: Book) -> Plan | None:
    """The plan that the file is about, where it is there already."""
    codes = [row["code"] for row in book.all_of("plan")]
    return Plan.objects.filter(code=codes[0]).first() if codes else None


def _known(plan: Plan | None, book: Book) -> Known:
    """What the house knows already: all organisations and parts of breakdowns, and what is in the plan."""
    of_house = {
        "organisations": _codes(Organisation.objects.all()),
        "keys": _codes(DisaggregationKey.objects.all()),
    }
    if plan is not None:
        return Known(of_house | _codes_in([plan]))
    is_named = is_plan_read(book) and book.all_of("plan")[0]["code"] is not None
    return Known(of_house, {} if is_named else _codes_in(Plan.objects.all()))


def _codes_in(plans: Iterable[Plan]) -> dict[str, frozenset[str]]:
    """The codes of all that is in these plans, by what they name."""
    return {
        "sources": _codes(Source.objects.filter(plan__in=plans)),
        "recommendations": _codes(Recommendation.objects.filter(source__plan__in=plans)),
        "actions": _codes(Action.objects.filter(plan__in=plans)),
        "indicators": _codes(Indicator.objects.filter(plan__in=plans)),
    }


def _codes(things: QuerySet[Any]) -> frozenset[str]:
    return frozenset(things.values_list("code", flat=True))


def _frame_of(plan: Plan | None, row: Row | None) -> Frame:
    """The frame of a plan that is there. The file says in which language it is written; else as the title is."""
    if plan is None:
        raise WhichPlan(sheet=str(InLanguages(BY_NAME["plan"].labels)))
    language = "en" if "en" in plan.title else next(iter(plan.title), "en")
    if row is not None and row["language"]:
        language = language_of(row)
    return Frame(
        plan.owner.code,
        language,
        plan.adopted_on,
        plan.runs_from,
        plan.runs_until,
        plan.currency,
        plan.frequency_months,
    )


def _home_of(by: Acting) -> str:
    """The organisation for which the person may promise: where the mandate is held, or where the person belongs."""
    seats = by.seats_for("plans.revise") or {by.organisation_id}
    return Organisation.objects.filter(pk__in=seats).order_by("pk").values_list("code", flat=True)[0]


def _answered_by(book: Book) -> dict[str, tuple[str, ...]]:
    """Action -> recommendations that name it on their own sheet."""
    found: dict[str, list[str]] = {}
    for row in book["recommendations"]:
        for code in row["actions"] or ():
            found.setdefault(code, []).append(row["code"])
    return {code: tuple(answers) for code, answers in found.items()}
