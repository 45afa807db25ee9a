"""A member's passbook: what is saved, what is owed, and what there would be to take home today."""

from dataclasses import dataclass

from omsorg.savings.rules.loans import limit_of
from omsorg.savings.rules.shareout import projected
from omsorg.savings.rules.state import State


@dataclass(frozen=True, slots=True)
class Passbook:
    """One member's numbers, in minor units."""

    shares: int
    saved: int
    project: int
    owed: int
    fines: int
    may_borrow: int
    today: int


def passbook(state: State, number: int) -> Passbook:
    """One member's numbers; `today` is net of what is owed and never below 0."""
    member = state.members[number]
    loans = [state.loans[loan] for loan in state.loans_of(number)]
    today = projected(state).payouts[number].net if member.shares else 0
    return Passbook(
        shares=member.shares,
        saved=-state.balance(f"share:{number}"),
        project=-state.balance(f"project-share:{number}"),
        owed=sum(loan.principal + loan.charge for loan in loans),
        fines=member.fines,
        may_borrow=max(limit_of(state, number) - sum(loan.principal for loan in loans), 0),
        today=max(today, 0),
    )
