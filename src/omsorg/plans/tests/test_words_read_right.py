"""What is missing is said to be missing, one is one, and a refusal speaks of what people do."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from omsorg.federation.refusals import HoldsRolesElsewhere
from omsorg.federation.roles import said_of
from omsorg.kernel.sheets import read_table, write_csv
from omsorg.plans.actions.import_plan.outcome import MayNot
from omsorg.plans.exports.rows import ACTION_HEADINGS, action_lines
from omsorg.plans.models import BudgetEntry
from omsorg.plans.pages.overview import action_rows, slip_text
from omsorg.plans.pages.words import value_text
from omsorg.plans.queries.freezing.promised import _budget
from omsorg.plans.rules.measures import Kind
from omsorg.plans.rules.sentences import action_sentences, budget
from omsorg.plans.rules.sentences.speech import speech
from omsorg.plans.rules.snapshot import ActionPart, BudgetPart, NumberPart, PlanPart, ReportDocument

DAY = date(2024, 3, 31)
ACTION = ActionPart("A1", {"en": "Train"}, False, "Owner", DAY, DAY, DAY, 0)


def report(*budgets: BudgetPart) -> ReportDocument:
    actions = tuple(replace(ACTION, code=f"A{n}", budget=(part,)) for n, part in enumerate(budgets, start=1))
    return ReportDocument(PlanPart("p", {"en": "Plan"}, DAY), "2023-H2", DAY, "1", actions)


def test_money_that_was_only_revised_has_no_original_amount() -> None:
    entry = BudgetEntry(kind="revised", amount_minor=500_00, currency="EUR", on_day=DAY)
    assert _budget([entry]) == (BudgetPart("EUR", None, None, 500_00),)


@pytest.mark.parametrize(
    ("currency", "minor", "main"),
    [("EUR", 180_000_000, "1800000"), ("EUR", 1_50, "1.5"), ("JPY", 1_500, "1500"), ("TND", 1_500, "1.5")],
)
def test_money_in_the_file_of_actions_is_in_main_units(currency: str, minor: int, main: str) -> None:
    """EUR 1,800,000 used to stand there as 180000000 cents."""
    lines = action_lines(report(BudgetPart(currency, minor, minor, minor)), "en")
    row = read_table(write_csv(ACTION_HEADINGS, lines), "a.csv").only().rows
    found = dict(zip(row[0], row[1], strict=True))
    assert [found[f"budget_{name}"] for name in ("original", "revised", "spent")] == [main] * 3
    assert found["currency"] == currency


def test_an_original_amount_that_is_missing_is_never_zero() -> None:
    document = report(BudgetPart("EUR", None, 20_00, 500_00), BudgetPart("EUR", 100_00, None))
    assert ReportDocument.from_dict(document.to_dict()) == document
    assert document.to_dict()["actions"][0]["budget"][0]["original"] is None
    row = dict(zip(ACTION_HEADINGS, next(action_lines(document, "en")), strict=True))
    assert (row["budget_original"], row["budget_missing"]) == (None, "no_original_amount")
    assert action_rows(document)[0].budget[0].original == "no original amount"
    said = " ".join(action_sentences(document.actions[0], document, "en"))
    assert "no original amount, EUR 500 as revised" in said.replace("\u00a0", " ")


def test_a_sum_says_how_many_of_its_lines_are_without_an_original_amount() -> None:
    said = " ".join(budget(report(BudgetPart("EUR", None, None, 500_00), BudgetPart("EUR", 100_00, None)), "en"))
    assert "100 as adopted" in said
    assert "Lines without an original amount, not in the sum: 1." in said
    assert "without an original" not in " ".join(budget(report(BudgetPart("EUR", 100_00, None)), "en"))


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day later"), (2, "2 days later"), (-1, "1 day earlier"), (-2, "2 days earlier"), (0, "as promised")],
)
def test_one_day_is_one_day(days: int, said: str) -> None:
    assert slip_text(days) == said


@pytest.mark.parametrize(("number", "said"), [(1, "1 person"), (2, "2 persons"), (0, "0 persons")])
def test_one_of_a_unit_never_reads_wrong(number: int, said: str) -> None:
    assert value_text(Kind.COUNT, NumberPart(Decimal(number)), unit={"en": "persons"}) == said


def test_a_refusal_says_what_somebody_may_do_and_not_the_code_of_it() -> None:
    said = str(MayNot(what=said_of("plans.report")))
    assert "enter figures, attach evidence and hand answers in" in said
    assert "plans.report" not in said


def test_roles_elsewhere_are_told_in_plain_words() -> None:
    assert str(HoldsRolesElsewhere(name="Neema")) == (
        "Neema also has roles in organisations that you do not look after. Ask those who look after them to end these"
        " roles first."
    )


@pytest.mark.parametrize(
    ("key", "one", "many"),
    [
        ("contested", "1 ifrågasatt av en annan organisation", "3 ifrågasatta av en annan organisation"),
        ("confirmed", "1 bekräftad av en annan organisation", "3 bekräftade av en annan organisation"),
        ("computed", "1 är beräknad ur siffrorna", "3 är beräknade ur siffrorna"),
    ],
)
def test_swedish_agrees_with_one_and_with_many(key: str, one: str, many: str) -> None:
    say = speech("sv")
    assert [say.say(f"verification.{key}", one_if=count, count=count) for count in (1, 3)] == [one, many]
