"""The worked numbers of three pages under docs/rules are the tables of these tests."""

import pytest

from omsorg.plans.tests.doc_tables import Row, case, rows
from omsorg.savings.rules.loans import charge_of
from omsorg.savings.rules.money import largest_remainder
from omsorg.savings.rules.project import project_part
from omsorg.savings.rules.state import Loan


def numbers(cell: str) -> list[int]:
    return [int(number) for number in cell.split(", ")]


@pytest.mark.parametrize("row", rows("share-out", "By shares"), ids=case)
def test_the_share_out(row: Row) -> None:
    weights = list(enumerate(numbers(row["Shares"]), start=1))
    given, residue = largest_remainder(int(row["Pool"]), weights, 5000)
    assert list(given.values()) == numbers(row["Each gets"])
    assert residue == int(row["Residue"])


@pytest.mark.parametrize("row", rows("loan-charges", "One charge"), ids=case)
def test_one_charge(row: Row) -> None:
    rate = int(row["Rate in hundredths of a percent"])
    owed = int(row["Still owed"])
    loan = Loan(1, int(row["Lent"]), owed, 0, 3, rate, row["Method"], "month", 4, 1, "2026-01-01")
    assert charge_of(loan, int(row["Coin"])) == int(row["Charge"])


@pytest.mark.parametrize("row", rows("project-part", "The part"), ids=case)
def test_the_project_part(row: Row) -> None:
    saved = int(row["Saved"])
    part = project_part(saved, int(row["Rate in hundredths of a percent"]), int(row["Coin"]))
    assert part == int(row["Part"])
    assert saved - part == int(row["Rest"])
