"""Groups in figures: what is counted of a quarter, what is divided by what, and of how few nothing is told."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from omsorg.federation.models import Organisation, Position
from omsorg.kernel.wall import as_house, in_name_of
from omsorg.plans.tests.doc_tables import Row, case, rows
from omsorg.savings.actions.rebuilding import rebuild_group
from omsorg.savings.actions.receiving import receive
from omsorg.savings.checks import meetings_post_the_same
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Group, Quarter
from omsorg.savings.queries.indicators import told_of
from omsorg.savings.rules.indicators import INDICATORS, Kind
from omsorg.savings.rules.quarters import Figures, figures_of, quarter_of, then
from world import World, make_world

from .cast import AT, founded, one_more

BY_CODE = {each.code: each for each in INDICATORS}
FIRST, OVER = date(2026, 1, 1), date(2025, 10, 1)


def first_cell(row: Row) -> str:
    return next(iter(row.values()))


def figures_in(cell: str) -> Figures:
    return Figures(**{name: int(value) for name, value in (part.split() for part in cell.split(", "))})


@pytest.mark.parametrize("row", rows("savings-indicators", "One quarter"), ids=first_cell)
def test_what_is_divided_by_what(row: Row) -> None:
    indicator, figures = BY_CODE[row["Indicator"]], figures_in(row["Figures"])
    assert indicator.parts(figures) == (int(row["Above"]), int(row["Below"]))
    value = indicator.value(figures)
    if value is None:
        assert row["Value"] == "none"
    elif indicator.kind is Kind.SHARE:
        assert f"{float(value) * 100:.1f} %" == row["Value"]
    else:
        assert str(value) == row["Value"]


def test_every_indicator_has_a_worked_number() -> None:
    assert {row["Indicator"] for row in rows("savings-indicators", "One quarter")} == set(BY_CODE)


@pytest.mark.parametrize("row", rows("savings-indicators", "Two meetings of one quarter"), ids=first_cell)
def test_two_meetings_of_one_quarter(row: Row) -> None:
    first, second = (Figures(**{row["Figure"]: int(row[column])}) for column in ("First", "Second"))
    assert getattr(then(first, second), row["Figure"]) == int(row["Together"])


@pytest.mark.parametrize("row", rows("savings-indicators", "Which quarter"), ids=first_cell)
def test_which_quarter(row: Row) -> None:
    posted_on = date.fromisoformat(row["Posted on"])
    assert quarter_of(row["Day on the phone"], posted_on).isoformat() == row["Counted in the quarter of"]


# ---- kept with each posting -----------------------------------------------------------------------------------------


def send(phone: Phone, lines: Any = None) -> None:
    with in_name_of(None, day=AT.date()):
        answer = receive(envelope=json.dumps(phone.meet(lines)).encode(), by=None, at=AT)
    assert answer.outcome == "posted"


def quarter() -> Figures:
    with as_house():
        return Quarter.objects.get().figures


def test_a_quarter_is_kept_with_each_posting(world: World) -> None:
    phone = Phone()
    founded(world, phone)
    send(phone)
    assert quarter() == Figures(
        members=20,
        cash=quarter().saved,
        social=quarter().social,
        saved=quarter().saved,
        meetings=1,
        joined=20,
    )
    assert (quarter().saved, quarter().social) == (-sum(_shares(phone)), phone.state.balance("cash:social"))
    for _meeting in range(4):
        send(phone)
    now = quarter()
    assert (now.meetings, now.called, now.present, now.joined, now.members_before) == (5, 80, 80, 20, 0)
    assert (now.loans_given, now.loans, now.borrowers) == (5, 5, 5)
    assert now.lent == sum(loan.principal + loan.charge for loan in phone.state.loans.values())
    assert now.cash == phone.state.balance("cash:loan")


def _shares(phone: Phone) -> list[int]:
    return [amount for account, amount in phone.state.balances.items() if account.startswith("share:")]


def test_who_was_not_there_is_counted() -> None:
    phone = Phone()
    phone.meet()
    before, document = phone.state, phone.next_document()
    phone.meet()
    roll = [line for line in document["lines"] if line["kind"] == "attendance"]
    for line, how in zip(roll, ("absent", "late", "represented"), strict=False):
        line["how"] = how
    now = figures_of(before, phone.state, document)
    assert (now.called, now.present, now.represented) == (20, 18, 1)


def test_a_loan_is_late_after_its_term_and_counts_with_what_is_owed() -> None:
    phone = Phone()
    for _meeting in range(5):
        phone.meet()
    state, document = phone.state, phone.next_document()
    now = figures_of(state, state, document)
    assert (now.late, now.loans) == (0, 5)
    late = replace(state, held_on="2027-01-01")
    assert figures_of(state, late, document).late == now.lent


def test_it_is_made_anew_from_the_meetings_and_looked_at_each_night(own_database: str) -> None:
    world, phone = make_world(), Phone()
    group = founded(world, phone)
    for _meeting in range(5):
        send(phone)
    was = quarter()
    with as_house():
        assert meetings_post_the_same().wrong == ()
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE savings_quarter SET present = present - 1")
    with as_house():
        assert "is not what its meetings say" in meetings_post_the_same().wrong[0]
        rebuild_group(group=group, by=None, at=AT)
        assert meetings_post_the_same().wrong == ()
    assert quarter() == was


def test_nobody_who_works_here_writes_a_figure(world: World) -> None:
    phone = Phone()
    founded(world, phone)
    send(phone)
    officer = one_more(world, "another", "savings_field_officer", "tanzania")
    with in_name_of(officer.person_id, day=AT.date()):
        assert Quarter.objects.count() == 1
        assert Quarter.objects.update(members=1) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Quarter.objects.create(group=Group.objects.get(), quarter=date(2025, 1, 1), **_bare())


def _bare() -> dict[str, Any]:
    return {"seq": 1, "held_on": FIRST, **dict.fromkeys(Figures.__slots__, 0)}


# ---- of how few nothing is told -------------------------------------------------------------------------------------


def place(code: str, above: str, world: World) -> Organisation:
    made = Organisation.objects.create(
        code=code, kind="programme", name=f"Example {code}", exists_from=date(2000, 1, 1), is_example=True
    )
    Position.objects.create(organisation=made, parent=world.org[above], valid_from=date(2000, 1, 1))
    world.org[code] = made
    return made


def groups_at(code: str, world: World, *, closed: int = 0, opened: int = 0, currency: str = "TZS") -> None:
    """Groups that met once and saved a hundred."""
    first = Group.objects.count()
    for number in range(first, first + closed + opened):
        group = Group.objects.create(
            uuid=f"019b7629-000a-7000-8000-{number:012}",
            unit=world.org[code],
            name=f"Example {number}",
            currency=currency,
            constitution="{}",
            figures_opened=number >= first + closed,
            at=AT,
        )
        Quarter.objects.create(group=group, quarter=OVER, **{**_bare(), "members": 20, "saved": 100, "meetings": 1})


def withheld(world: World, reader: Any, codes: list[str]) -> set[str]:
    units = {world.org[code].pk: code for code in codes}
    with in_name_of(reader.person_id, day=AT.date()):
        return {units[each.unit_id] for each in told_of(units, OVER) if each.figures is None}


@pytest.fixture
def reader(world: World) -> Any:
    return one_more(world, "reads", "savings_reader", "africa")


@pytest.mark.parametrize("row", rows("savings-indicators", "Of how many groups a sum is told"), ids=case)
def test_of_few_groups_nothing_is_told(world: World, reader: Any, row: Row) -> None:
    said = dict(part.split() for part in row["Groups of the places that have not agreed"].split(", "))
    with as_house():
        for code, closed in said.items():
            place(code, "tanzania", world)
            groups_at(code, world, closed=int(closed), opened=0 if int(closed) else 3)
    expected = set() if row["Withheld"] == "nothing" else set(row["Withheld"].split(", "))
    assert withheld(world, reader, list(said)) == expected


def test_what_lies_below_is_withheld_too_and_the_places_own_groups_are_a_place(world: World, reader: Any) -> None:
    with as_house():
        for code, above in (("A", "tanzania"), ("A1", "A"), ("A2", "A"), ("B", "tanzania")):
            place(code, above, world)
        groups_at("A", world, closed=3)
        groups_at("A1", world, closed=6)
        groups_at("A2", world, opened=2)
        groups_at("B", world, closed=8)
    assert withheld(world, reader, ["tanzania", "A", "A1", "A2", "B"]) == {"A1"}, "else A less A1 were three groups"
    with as_house():
        place("C", "tanzania", world)
        groups_at("C", world, closed=1)
    assert withheld(world, reader, ["tanzania", "A", "A1", "A2", "B", "C"]) == {"A1", "B", "C"}


def test_two_currencies_are_two_sums(world: World, reader: Any) -> None:
    with as_house():
        place("A", "tanzania", world)
        groups_at("A", world, closed=5)
        groups_at("A", world, closed=1, currency="KES")
    with in_name_of(reader.person_id, day=AT.date()):
        told = {each.currency: each for each in told_of([world.org["A"].pk], OVER)}
    assert told["TZS"].figures is not None
    assert (told["TZS"].groups, told["TZS"].figures.saved, told["TZS"].figures.members) == (5, 500, 100)
    assert (told["KES"].groups, told["KES"].figures) == (1, None)


def test_who_accompanies_reads_the_sum_and_a_stranger_nothing(world: World, reader: Any) -> None:
    with as_house():
        place("A", "tanzania", world)
        groups_at("A", world, closed=2)
    officer = one_more(world, "visits", "savings_field_officer", "tanzania")
    elsewhere = one_more(world, "elsewhere", "savings_reader", "norway")
    assert withheld(world, reader, ["A"]) == {"A"}
    assert withheld(world, officer, ["A"]) == set()
    with in_name_of(elsewhere.person_id, day=AT.date()):
        assert told_of([world.org["A"].pk], OVER) == []
    with in_name_of(reader.person_id, day=AT.date()), connection.cursor() as cursor:
        cursor.execute("SELECT hidden, figures FROM savings_told(%s, false, %s, 0)", [OVER, [world.org["A"].pk]])
        assert cursor.fetchall() == [(True, None)], "asked for sums of nought groups, too"


def test_examples_are_summed_apart(world: World, reader: Any) -> None:
    with as_house():
        place("A", "tanzania", world)
        groups_at("A", world, closed=5)
        Group.objects.filter(name="Example 0").update(is_example=True)
    with in_name_of(reader.person_id, day=AT.date()):
        assert [each.groups for each in told_of([world.org["A"].pk], OVER)] == [4]
        assert [each.groups for each in told_of([world.org["A"].pk], OVER, example=True)] == [1]


def test_of_a_quarter_that_is_not_over_only_those_who_agreed_are_told(world: World, reader: Any) -> None:
    """Else the sum before a meeting and the sum after it would tell of that meeting."""
    with as_house():
        place("A", "tanzania", world)
        place("B", "tanzania", world)
        groups_at("A", world, closed=9)
        groups_at("B", world, opened=2)
        Quarter.objects.update(quarter=FIRST)
    units = {world.org[code].pk: code for code in ("A", "B")}
    with in_name_of(reader.person_id, day=AT.date()):
        told = {units[each.unit_id]: each.figures is not None for each in told_of(units, FIRST)}
    assert told == {"A": False, "B": True}
    with in_name_of(reader.person_id, day=date(2026, 4, 1)):
        assert all(each.figures for each in told_of(units, FIRST))
