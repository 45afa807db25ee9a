"""What holds for every group, whatever its numbers."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.loans import charge_of, charges_due, pay_off
from omsorg.savings.rules.meeting import KINDS, apply
from omsorg.savings.rules.money import equal_split, half_up, largest_remainder
from omsorg.savings.rules.project import project_part
from omsorg.savings.rules.shareout import projected, share_out
from omsorg.savings.rules.state import Loan, Member, State

STEPS = st.sampled_from([1, 5, 50, 100, 5000])
AMOUNTS = st.integers(0, 10**22)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=30).map(lambda many: list(enumerate(many, start=1)))
MEETINGS = json.loads((Path(__file__).parents[1] / "vectors" / "meetings.json").read_text())


@given(AMOUNTS, WEIGHTS, STEPS)
def test_a_share_out_loses_nothing_and_is_payable_in_coins(
    pool: int, weights: list[tuple[int, int]], step: int
) -> None:
    given_, residue = largest_remainder(pool, weights, step)
    total = sum(weight for _member, weight in weights)
    assert sum(given_.values()) + residue == pool
    for member, weight in weights:
        assert given_[member] % step == 0
        if total and weight:
            floor = pool // step * weight // total * step
            assert given_[member] in (floor, floor + step)
        else:
            assert given_[member] == 0
    if total:
        assert 0 <= residue < step


@given(AMOUNTS, WEIGHTS, STEPS, st.randoms())
def test_the_order_of_the_list_decides_nothing(pool: int, weights: list, step: int, chance: object) -> None:
    turned = list(weights)
    chance.shuffle(turned)
    assert largest_remainder(pool, weights, step)[0] == largest_remainder(pool, turned, step)[0]


@given(AMOUNTS, st.integers(1, 30), STEPS, st.integers(0, 40))
def test_an_equal_split_differs_by_one_coin_at_most(pool: int, people: int, step: int, start: int) -> None:
    given_, rest = equal_split(pool, list(range(1, people + 1)), step, start)
    assert sum(given_.values()) + rest == pool
    assert max(given_.values()) - min(given_.values()) <= step
    assert rest < step


@given(AMOUNTS, st.integers(0, 10000), STEPS)
def test_the_project_part_and_the_rest_are_the_saving(saving: int, rate: int, step: int) -> None:
    part = project_part(saving, rate, step)
    assert 0 <= part <= saving
    assert part % step == 0
    assert part * 10000 <= saving * rate < (part + step) * 10000


@given(AMOUNTS, st.integers(1, 10**6), STEPS)
def test_half_up_is_never_further_than_half_a_coin(numerator: int, denominator: int, step: int) -> None:
    off = 2 * (half_up(numerator, denominator, step) * denominator - numerator)
    assert -step * denominator < off <= step * denominator


def loan_of(amount: int, method: str, rate: int, term: int) -> Loan:
    return Loan(1, amount, amount, 0, term, rate, method, "meeting", 1, 1, "2026-01-01")


@given(
    st.integers(1, 10**12), st.sampled_from(["flat", "declining"]), st.integers(1, 3000), st.integers(1, 12), st.data()
)
def test_a_loan_owes_what_was_lent_and_charged_less_what_came_back(amount, method, rate, term, data) -> None:
    loan, charged, paid = loan_of(amount, method, rate, term), 0, 0
    for seq in range(2, 20):
        for _time in range(charges_due(loan, seq, "2026-01-01")):
            charge = charge_of(loan, 50)
            loan.charge, loan.charged, charged = loan.charge + charge, loan.charged + 1, charged + charge
        back = data.draw(st.integers(0, loan.principal + loan.charge))
        pay_off(loan, back, data.draw(st.sampled_from(["charge", "principal"])))
        paid += back
        assert loan.principal >= 0
        assert loan.charge >= 0
        assert loan.principal + loan.charge == amount + charged - paid
        assert loan.charged <= term
        assert (loan.standing == "repaid") is (loan.principal + loan.charge == 0)


@st.composite
def groups(draw) -> State:
    """A group in the middle of a cycle: stamps, loans (some above what is saved), fines, a profit or a loss."""
    split = draw(st.sampled_from(["carry", "split"]))
    basis = draw(st.sampled_from(["shares", "equal"]))
    how = {"basis": basis, "paper_mode": draw(st.booleans())}
    state = State.founded("g", {"project": {"mode": "none"}, "social_end": split, "share_out": how})
    owed = 0
    for number in range(1, draw(st.integers(2, 12)) + 1):
        shares = draw(st.integers(0, 60))
        state.members[number] = Member(f"M{number}", 1, shares=shares, fines=5000 * draw(st.integers(0, 3)))
        state.balances[f"share:{number}"] = -shares * 200000
        if draw(st.booleans()):
            amount = 5000 * draw(st.integers(1, 2000))
            state.loans[len(state.loans) + 1] = loan = loan_of(amount, "flat", 500, 3)
            loan.member = number
            state.balances[f"loan:{number}"] = amount
            owed += amount
    state.balances["cash:loan"] = 5000 * draw(st.integers(0, 4000))
    state.balances["cash:social"] = 5000 * draw(st.integers(0, 300))
    state.cycle = draw(st.integers(1, 9))
    return state


@given(groups())
def test_what_is_handed_over_is_in_the_box(state: State) -> None:
    if not any(member.shares for member in state.members.values()):
        with pytest.raises(Broken):
            share_out(state)
        return
    result = share_out(state)
    payouts = result.payouts.values()
    assert sum(payout.gross for payout in payouts) + result.residue == result.pool
    assert sum(payout.net - payout.welfare for payout in payouts) + result.residue // 5000 * 5000 <= state.balance(
        "cash:loan"
    )
    assert sum(payout.welfare for payout in payouts) <= state.balance("cash:social")
    assert all(payout.net >= 0 and payout.net % 5000 == 0 for payout in payouts)
    assert projected(state) == result


@given(st.data())
def test_no_order_of_the_lines_posts_a_meeting_out_of_step(data) -> None:
    vector = next(vector for vector in MEETINGS["vectors"] if vector["name"] == "ordinary meeting")
    state = State.from_json(MEETINGS["states"][vector["state"]])
    turned = data.draw(st.permutations(vector["document"]["lines"]))
    lines = [{**line, "n": n} for n, line in enumerate(turned, start=1)]
    place = state.constitution.place
    steps = [place[KINDS[line["kind"]][1]] for line in lines if KINDS[line["kind"]][1]]
    try:
        outcome = apply(state, {**vector["document"], "lines": lines})
    except Broken:
        return
    assert steps == sorted(steps)
    assert sum(outcome.state.balances.values()) == 0
    assert all(amount >= 0 for account, amount in outcome.state.balances.items() if account.startswith("cash:"))


JSON = st.recursive(
    st.integers(-3, 9) | st.booleans() | st.sampled_from(["", "5000", "-1", "loan", "opening", "chair", "left"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["n", "kind", "fund", "project"]), inner)
    ),
    max_leaves=4,
)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_whatever_stands_in_a_line_it_is_posted_or_refused(kind: str, data) -> None:
    vector = next(vector for vector in MEETINGS["vectors"] if vector["name"] == "ordinary meeting")
    state = State.from_json(MEETINGS["states"][vector["state"]])
    lines = list(vector["document"]["lines"])
    at = data.draw(st.integers(0, len(lines) - 1))
    names = ["member", "amount", "fund", "loan", "role", "reason", "how", "when", "notes", "constitution", "of", "term"]
    lines[at] = {**data.draw(st.dictionaries(st.sampled_from(names), JSON)), "n": at + 1, "kind": kind}
    try:
        outcome = apply(state, {**vector["document"], "lines": lines})
    except Broken:
        return
    assert sum(outcome.state.balances.values()) == 0
