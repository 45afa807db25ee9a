"""Who leaves, is let go, or dies: what is paid out, by the group's own rule for each."""

from dataclasses import dataclass
from typing import Final

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.shareout import projected
from omsorg.savings.rules.state import State

RULE_OF: Final = {"left": "leave", "expelled": "expulsion", "died": "death"}


@dataclass(frozen=True, slots=True)
class Settlement:
    """saved + earned + project - forfeited - debt = paid. `forgiven` is the loan that dies with its borrower."""

    saved: int
    earned: int
    project: int
    forfeited: int
    debt: int
    forgiven: int
    paid: int
    later: bool


def settlement(state: State, number: int, reason: str) -> Settlement:
    """What a member gets who goes today. Refuses a debt above what there is to settle it with."""
    rule = state.constitution[RULE_OF[reason]]
    saved = -state.balance(f"share:{number}")
    own_project = -state.balance(f"project-share:{number}")
    pays = rule["pays"]
    if state.seq - state.members[number].since < rule["after_meetings"]:
        pays = "nothing"
    earned = 0
    if pays == "earnings" and state.members[number].shares:
        earned = projected(state).payouts[number].gross - saved
    forfeited = saved if pays == "nothing" else 0
    keeps_project = pays != "nothing" and state.constitution["project"]["leaver"] == "own"
    project = own_project if keeps_project else 0
    owed = sum(state.loans[loan].principal + state.loans[loan].charge for loan in state.loans_of(number))
    forgiven = owed if rule.get("forgive") else 0
    debt = owed - forgiven
    paid = saved + earned - forfeited - debt
    if paid < 0:
        raise Broken("debt-above-savings", member=number, amount=debt, balance=saved + earned - forfeited)
    rest = paid % state.constitution.step
    return Settlement(
        saved, earned - rest, project, forfeited, debt, forgiven, paid - rest, rule["when"] == "cycle_end"
    )
