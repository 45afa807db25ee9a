"""The share-out: the whole box, in real coins, and nothing lost.

Each member's share is the floor of the exact quota in whole coins, or one coin more (largest remainder). What is
below one coin is the residue, posted where everybody sees it. Debts are netted: the whole payout is posted, and a
repayment beside it. Where a debt is above what its member gets, the rest stays owed and is not in the pool.
"""

from dataclasses import dataclass
from typing import Any

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.money import equal_split, largest_remainder
from omsorg.savings.rules.state import State


@dataclass(frozen=True, slots=True)
class Payout:
    """One member's share-out: net = gross + welfare + payable - loan - fines, and is what is handed over."""

    member: int
    gross: int
    welfare: int
    payable: int
    loan: int
    fines: int

    @property
    def net(self) -> int:
        return self.gross + self.welfare + self.payable - self.loan - self.fines


@dataclass(frozen=True, slots=True)
class ShareOut:
    """All payouts by member number, the pool, what is left of it, and the figure to check by hand on paper."""

    pool: int
    residue: int
    total_shares: int
    paper_value: int
    payouts: dict[int, Payout]

    def to_json(self) -> dict[str, Any]:
        return {
            "pool": str(self.pool),
            "residue": str(self.residue),
            "paper_value": str(self.paper_value),
            "payouts": [
                {
                    "member": p.member,
                    **{name: str(getattr(p, name)) for name in ("gross", "welfare", "payable", "loan", "fines", "net")},
                }
                for p in self.payouts.values()
            ],
        }


def share_out(state: State) -> ShareOut:
    """What everybody would get if the cycle ended now. Refuses: nothing saved, money at a bank, a loan from outside."""
    if state.balance("bank:loan") or state.balance("bank:social"):
        raise Broken("bank-not-home", balance=state.balance("bank:loan") + state.balance("bank:social"))
    if state.balance("external-loan"):
        raise Broken("external-loan-open", balance=-state.balance("external-loan"))
    return projected(state)


def projected(state: State) -> ShareOut:
    """The same, with what lies at a bank and what is owed outside counted: what a member has today."""
    law = state.constitution
    numbers = state.active()
    payable = {n: -state.balance(f"payable:{n}") for n in sorted(state.members) if state.balance(f"payable:{n}")}
    debts = {
        n: sum(state.loans[loan].principal + state.loans[loan].charge for loan in state.loans_of(n)) for n in numbers
    }
    fines = {n: state.members[n].fines if law.fine_fund == "loan" else 0 for n in numbers}
    weights = [(n, state.members[n].shares) for n in numbers]
    total = sum(weight for _n, weight in weights)
    if total <= 0:
        raise Broken("nothing-saved")
    cash = state.balance("cash:loan") + state.balance("bank:loan") + state.balance("external-loan")
    whole = cash - sum(payable.values()) + sum(debts.values()) + sum(fines.values())
    pool = _collectible(state, whole, {n: debts[n] + fines[n] for n in numbers}, weights)
    gross, residue = _shared(state, pool, weights)
    welfare: dict[int, int] = dict.fromkeys(numbers, 0)
    if law["social_end"] == "split":
        social = state.balance("cash:social") + state.balance("bank:social")
        welfare, _rest = equal_split(social, numbers, law.step, state.cycle - 1)
    payouts = {}
    for n in sorted({*numbers, *payable}):
        repaid = min(debts.get(n, 0), gross.get(n, 0))
        fined = min(fines.get(n, 0), gross.get(n, 0) - repaid)
        payouts[n] = Payout(n, gross.get(n, 0), welfare.get(n, 0), payable.get(n, 0), repaid, fined)
    return ShareOut(pool, residue, total, max(pool, 0) // total, payouts)


def _collectible(state: State, whole: int, debts: dict[int, int], weights: list[tuple[int, int]]) -> int:
    """The pool without what members owe above what they surely get. It is only ever lowered, so it comes to rest."""
    pool = whole
    while True:
        least = _least(state, max(pool, 0), weights)
        lower = whole - sum(max(debts[n] - least[n], 0) for n, _weight in weights)
        if lower >= pool:
            return max(pool, 0)
        pool = lower


def _least(state: State, pool: int, weights: list[tuple[int, int]]) -> dict[int, int]:
    """What each gets before the coins over are given out."""
    step, total = state.constitution.step, sum(weight for _n, weight in weights)
    if state.constitution["share_out"]["paper_mode"]:
        value = pool // total // step * step
        return {n: value * weight for n, weight in weights}
    earned = _earned(state, pool, weights)
    if earned >= 0:
        return {n: -state.balance(f"share:{n}") + earned // step // len(weights) * step for n, _weight in weights}
    return {n: pool // step * weight // total * step for n, weight in weights}


def _shared(state: State, pool: int, weights: list[tuple[int, int]]) -> tuple[dict[int, int], int]:
    law = state.constitution
    if law["share_out"]["paper_mode"]:
        given = _least(state, pool, weights)
        return given, pool - sum(given.values())
    earned = _earned(state, pool, weights)
    if earned >= 0:
        given, residue = largest_remainder(earned, [(n, 1) for n, _weight in weights], law.step)
        return {n: -state.balance(f"share:{n}") + given[n] for n, _weight in weights}, residue
    return largest_remainder(pool, weights, law.step)


def _earned(state: State, pool: int, weights: list[tuple[int, int]]) -> int:
    """What all split equally above what each saved; -1 where the group splits by shares, or made a loss."""
    if state.constitution["share_out"]["basis"] != "equal":
        return -1
    return pool + sum(state.balance(f"share:{n}") for n, _weight in weights)
