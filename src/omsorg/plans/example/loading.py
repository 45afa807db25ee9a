"""The years of the example, lived through in order: adopted, answered, revised, verified, frozen, released."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from omsorg.federation.access import Acting
from omsorg.federation.actions.found_organisations import found_organisations
from omsorg.federation.models import Organisation
from omsorg.kernel.refusals import Refusal
from omsorg.kernel.refusals import written as _
from omsorg.kernel.wall import as_house
from omsorg.plans.actions.answers_at_once import bring_in_answers
from omsorg.plans.actions.import_plan import Outcome, import_plan
from omsorg.plans.actions.import_plan.organisations import organisation_drafts
from omsorg.plans.actions.reminders import remind_of_late_answers
from omsorg.plans.actions.reports import freeze_report, release_report
from omsorg.plans.actions.verifications import verify
from omsorg.plans.example.answers import PERIODS, answers_for
from omsorg.plans.example.people import acting_officers, acting_people, enter_people
from omsorg.plans.imports.reading import Book, Row, read_book
from omsorg.plans.jobs import agreed_days
from omsorg.plans.models import Figure, Plan
from omsorg.plans.queries.agreed import agreed_limits
from omsorg.plans.rules.lateness import due_on

FOLDER = Path(__file__).resolve().parent
CODE = "safeguarding-example"
VERIFIERS = ("norway", "denmark", "sweden", "tanzania", "kenya")
RELEASED_ON = {
    "example-2022-03": date(2022, 4, 20),
    "example-2023-03": date(2023, 3, 16),
    "example-2024-03": date(2024, 4, 17),
}
EVERYBODY_HAS_ANSWERED = timedelta(days=90)
CONTESTED = "The list that was shown to us does not bear this number out."


class ExampleIsFaulty(Refusal):
    sentence = _("The files of the example do not fit: %(faults)s")


def is_loaded() -> bool:
    return Plan.objects.filter(code=CODE).exists()


def example_book() -> Book:
    """The files of the example, as a plan owner would hand them in."""
    return read_book([(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.csv"))])


def load_example() -> None:
    """Live through the years of the example, each act on its own day and by the person whose task it is.

    All in one transaction and in the name of the house, since the days are long past; every action still asks who may
    what. Nothing is done where the plan is there already.
    """
    with as_house(day=PERIODS[-1].until):
        if is_loaded():
            return
        book = example_book()
        if book.faults:
            raise ExampleIsFaulty(faults="; ".join(f"{f.sheet} {f.cell}: {f.sentence}" for f in book.faults[:5]))
        found_organisations(
            drafts=organisation_drafts(book["organisations"]), is_example=True, by=None, at=_at(date(2021, 1, 4))
        )
        organisations = {each.code: each for each in Organisation.objects.filter(is_example=True)}
        enter_people(organisations)
        _live_through(book, organisations)


def _live_through(book: Book, organisations: Mapping[str, Organisation]) -> None:
    adopted: date = book["plan"][0]["adopted_on"]
    reports = {row["code"]: row for row in book["reports"]}
    plan = _take_in(book, adopted, None, adopted)
    associations = {
        code: each for code, each in organisations.items() if each.kind == Organisation.Kind.NATIONAL_ASSOCIATION
    }
    days = sorted({*_days_of(book), *(row["as_at"] for row in reports.values())})
    answered = iter(PERIODS)
    waiting = next(answered, None)
    for day in days:
        while waiting is not None and waiting.until <= day:
            reviewer = acting_people(["reviewer"], day=day)["reviewer"]
            bring_in_answers(
                plan=plan,
                period=waiting,
                answers=answers_for(waiting, associations, acting_officers(day=day), reviewer),
                source="example",
                by=None,
                at=_at(waiting.until + EVERYBODY_HAS_ANSWERED),
            )
            waiting = next(answered, None)
        if day > adopted:
            _take_in(book, day, plan, adopted)
        for code, row in reports.items():
            if row["as_at"] == day:
                _verify_some(plan, row, organisations)
                _report(plan, code, row)
    _remind()


def _remind() -> None:
    """The associations that did not answer for the last period are reminded on each of the agreed days."""
    days = agreed_days()
    due = due_on(PERIODS[-1], grace_days=days.grace)
    for number in days.reminders:
        remind_of_late_answers(days=days, at=_at(due + timedelta(days=number)))


def _take_in(book: Book, day: date, plan: Plan | None, adopted: date) -> Plan:
    """What of the files belongs to this day, through the import, by the plan owner."""
    people = acting_people(["plan.owner", *(f"verifier.{code}" for code in VERIFIERS)], day=day)
    outcome = import_plan(
        book=_of_day(book, day, adopted),
        plan=plan,
        is_example=True,
        verifiers={code: people[f"verifier.{code}"] for code in VERIFIERS},
        by=people["plan.owner"],
        at=_at(day),
    )
    return _sound(outcome)


def _sound(outcome: Outcome) -> Plan:
    if outcome.faults or outcome.plan is None:
        raise ExampleIsFaulty(faults="; ".join(f"{f.sheet} {f.cell}: {f.sentence}" for f in outcome.faults[:5]))
    return outcome.plan


def _verify_some(plan: Plan, report: Row, organisations: Mapping[str, Organisation]) -> None:
    """Each verifier looks at the figures of a few associations of other countries; one in twenty-five is contested."""
    period, day = report["period"], report["as_at"] - timedelta(days=3)
    people = acting_people([f"verifier.{code}" for code in VERIFIERS], day=day)
    looked_at = sorted(
        code
        for code, each in organisations.items()
        if each.kind == Organisation.Kind.NATIONAL_ASSOCIATION and code not in VERIFIERS
    )
    for number, code in enumerate(VERIFIERS):
        codes = looked_at[number::31]
        figures = list(
            Figure.objects.filter(
                indicator__plan=plan,
                organisation__code__in=codes,
                period_start=period.start,
                period_months=period.months,
                state=1,
                at__lt=_at(day),
            )
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        contested = figures[7::25]
        verifier = people[f"verifier.{code}"]
        verify(figures=[pk for pk in figures if pk not in contested], by=verifier, at=_at(day))
        if contested:
            verify(figures=contested, is_contested=True, reason=CONTESTED, by=verifier, at=_at(day))


def _report(plan: Plan, code: str, row: Row) -> None:
    """One freezes the report, another releases it."""
    released_on = RELEASED_ON[code]
    people: Mapping[str, Acting] = acting_people(["publisher", "second.publisher"], day=row["as_at"])
    report = freeze_report(
        plan=plan,
        period=row["period"],
        as_at=row["as_at"],
        code=code,
        by=people["publisher"],
        at=_at(row["as_at"], 16),
        limits=agreed_limits(),
    )
    release_report(report=report, by=people["second.publisher"], at=_at(released_on))


# ---- which rows belong to which day ----------------------------------------------------------------------------

DATED = {"targets": "in_force_on", "budget": "on_day", "revisions": "in_force_on"}


def _days_of(book: Book) -> Iterator[date]:
    for sheet, column in DATED.items():
        yield from (row[column] for row in book[sheet] if row[column] is not None)


def _of_day(book: Book, day: date, adopted: date) -> Book:
    """The part of the files that was known on this day and not before: on the first day all that has no day."""
    if day == adopted:
        rows = {name: book[name] for name in ("plan", "sources", "recommendations", "actions", "indicators")}
        rows |= {sheet: [row for row in book[sheet] if row[column] is None] for sheet, column in DATED.items()}
    else:
        rows = {sheet: [row for row in book[sheet] if row[column] == day] for sheet, column in DATED.items()}
        told = {row["code"] for row in book["reports"] if row["as_at"] == day}
        rows["reports"] = [row for row in book["reports"] if row["code"] in told]
        rows["ratings"] = [row for row in book["ratings"] if row["report"] in told]
    claimed = {name: frozenset(row["code"] for row in rows.get(name, ())) for name in ("sources", "reports")}
    return replace(book, rows=rows, claimed=book.claimed | claimed, faults=[])


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), UTC)
