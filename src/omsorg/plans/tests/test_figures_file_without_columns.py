"""Columns of the form for figures that are not in the file: what is there stays, and a need is told once."""

from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from omsorg.kernel.models import ImportDraft
from omsorg.kernel.wall import as_house
from omsorg.plans.models import Figure
from omsorg.plans.rules.measures import State
from omsorg.plans.tests.answering import cases, record, trained
from omsorg.plans.tests.test_figures_file import _july, confirm, csv, faults, hand_in, officer, told
from world import World

__all__ = ["_july", "officer"]

ESTIMATED = {"state": State.ESTIMATED, "reason": "By telephone"}


def warned(client: Client, *rows: str, head: str) -> list[str]:
    return [str(each.sentence) for each in told(hand_in(client, csv(*rows, head=head))).warnings]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Indicator;Figure;Of how many;Reason", "trained;5;11;By telephone"),
        ("Indicator;Figure;Of how many;Kind of answer", "trained;5;11;estimated"),
        ("Indicator;Figure;Of how many", "trained;5;11"),
        ("Indicator;Of how many;Kind of answer", "trained;11;estimated"),
        ("Indicator;Figure;Kind of answer", "trained;5;estimated"),
    ],
)
def test_a_column_that_is_not_in_the_file_leaves_what_is_there(
    officer: Client, world: World, head: str, row: str
) -> None:
    record(world, trained(world, 5, 11, **ESTIMATED))
    draft = hand_in(officer, csv(row, head=head))
    assert faults(draft) == []
    assert [str(count) for count in told(draft).counts] == ["Figures that stand there already: 1."]


def test_an_estimated_figure_that_changes_stays_estimated_and_a_new_one_is_counted(
    officer: Client, world: World
) -> None:
    record(world, trained(world, 5, 11, **ESTIMATED))
    confirm(officer, hand_in(officer, csv("trained;6;11", "cases;12;", head="Indicator;Figure;Of how many")))
    with as_house():
        kept = {f.indicator.code: f for f in Figure.objects.select_related("indicator").order_by("pk")}
    assert (kept["trained"].numerator, kept["trained"].state) == (Decimal(6), State.ESTIMATED)
    assert (kept["cases"].numerator, kept["cases"].state) == (Decimal(12), State.MEASURED)


def test_a_figure_where_there_was_none_is_counted_without_the_column_that_said_so(
    officer: Client, world: World
) -> None:
    none = cases(world, 0, state=State.NOT_COLLECTED, reason="Nobody counted")
    record(world, type(none)(none.indicator, state=none.state, reason=none.reason))
    confirm(officer, hand_in(officer, csv("cases;12", head="Indicator;Figure")))
    with as_house():
        now = Figure.objects.order_by("pk").last()
    assert now is not None
    assert (now.numerator, now.state, now.reason) == (Decimal(12), State.MEASURED, "")


@pytest.mark.parametrize(
    ("head", "rows", "said"),
    [
        (
            "Indicator;Figure",
            ("trained;40", "cases;3"),
            ["“Of how many” is not in the file, and these need it: trained"],
        ),
        (
            "Indicator;Of how many;Kind of answer",
            ("trained;50;", "cases;;estimated", "policy;;estimated"),
            ["“Figure” is not in the file, and these need it: trained, cases, policy"],
        ),
        (
            "Indicator;Kind of answer",
            ("trained;estimated", "cases;estimated"),
            [
                "“Figure” is not in the file, and these need it: trained, cases",
                "“Of how many” is not in the file, and these need it: trained",
            ],
        ),
    ],
)
def test_a_column_that_is_needed_and_not_in_the_file_is_one_fault_of_the_file(
    officer: Client, head: str, rows: tuple[str, ...], said: list[str]
) -> None:
    expected = [("", f"The column {each}. Put it back, or take a new form.") for each in said]
    assert faults(hand_in(officer, csv(*rows, head=head))) == expected


def test_a_reason_that_is_needed_and_whose_column_is_not_in_the_file_is_one_fault_of_the_file(
    officer: Client, world: World
) -> None:
    record(world, trained(world, 40, 50))
    with time_machine.travel("2023-01-10T09:00:00+00:00", tick=False):
        officer.force_login(world.account["officer"])
        later = reverse("plans:answer-upload", args=["example-plan", "tanzania", "2022-H2"])
        content = csv("trained;30;50", head="Indicator;Figure;Of how many")
        officer.post(later, {"file": SimpleUploadedFile("f.csv", content)})
        with as_house():
            draft = ImportDraft.objects.get()
    sentence = "The column “Reason” is not in the file, and these need it: trained. Put it back, or take a new form."
    assert faults(draft) == [("", sentence)]


def test_another_fault_of_a_row_is_told_beside_it(officer: Client) -> None:
    found = faults(hand_in(officer, csv("trained;40", "cases;-1", head="Indicator;Figure")))
    assert [cell for cell, _said in found] == ["", "B3"]


def test_each_column_that_is_not_in_the_file_is_told_with_what_that_means(officer: Client) -> None:
    mark = "The column “Leave as it is” is not in the file."
    assert warned(officer, "cases;12", head="Indicator;Figure")[:-1] == [
        "Not in the file, and not needed: Organisation, Period. Every row is read as one of this page: Example"
        " Association Tanzania, first half of 2022.",
        "The column “Part” is not in the file: every row is read as the total of its indicator.",
        "Not in the file: Of how many, In words. What stands there already stays as it is.",
        "The column “Kind of answer” is not in the file: a figure that is estimated stays so, and one that is new is"
        " taken as counted.",
        "The column “Reason” is not in the file: a figure that stays as it is keeps its reason, and one that changes"
        " comes in without.",
    ]
    assert warned(officer, "cases;12", head="Indicator;Figure")[-1].startswith(mark)
    whole = "Organisation;Period;Indicator;Part;Figure;Of how many;Kind of answer;In words;Reason;Leave as it is"
    assert warned(officer, "tanzania;2022-H1;cases;;12;;;;;", head=whole) == []
