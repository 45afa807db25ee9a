"""The common project: a small part of each saving, for something that shall earn.

`own`: each member has a project share, fed by a part of each saving (`rate_bp`) or by a fixed sum beside it; the
project has a box of its own. `inside`: the meeting moves loan-fund money into something. `none`: no project.
"""

from collections.abc import Mapping
from typing import Any

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.money import largest_remainder
from omsorg.savings.rules.state import State
from omsorg.savings.rules.table import Table

Line = Mapping[str, Any]


def project_part(saving: int, rate_bp: int, step: int) -> int:
    """What of a saving goes to the project: the rate, cut to whole coins. The rest is saving; together all of it."""
    return saving * rate_bp // 10000 // step * step


def project_in(table: Table, line: Line) -> None:
    """The part of today's saving, or the fixed sum: exactly that."""
    number, member = table.member(line)
    law = table.state.constitution
    if law.project_mode != "own":
        raise Broken("no-project")
    amount = table.amount(line)
    if law.project_fixed:
        if amount != law.project_fixed:
            raise Broken("project-part", member=number, amount=amount, expected=law.project_fixed)
        table.post(line, ("cash:project", amount), (f"project-share:{number}", -amount))
        return
    due = table.part_due.pop(number, 0)
    if amount != due:
        raise Broken("project-part", member=number, amount=amount, expected=due)
    member.project_part += amount
    table.post(
        line,
        ("cash:project", amount),
        ("cash:loan", -amount),
        (f"share:{number}", amount),
        (f"project-share:{number}", -amount),
    )


def project_out(table: Table, line: Line) -> None:
    """`inside`: loan-fund money becomes something, by vote. `own`: a member draws of the own project share."""
    amount = table.amount(line)
    if table.state.constitution.project_mode == "inside":
        table.decided(line["n"], "other")
        table.post(line, ("project-asset", amount), ("cash:loan", -amount))
        return
    number, _member = table.member(line)
    account = f"project-share:{number}"
    if amount > -table.state.balance(account):
        raise Broken("project-share", member=number, amount=amount, balance=-table.state.balance(account))
    table.decided(line["n"], "other")
    table.post(line, (account, amount), (_cash(table), -amount))


def project_income(table: Table, line: Line) -> None:
    """What the project earned."""
    amount = table.amount(line)
    table.post(line, (_cash(table), amount), ("income:project", -amount))


def project_cost(table: Table, line: Line) -> None:
    """What the project cost."""
    amount = table.amount(line)
    table.post(line, ("expense:project", amount), (_cash(table), -amount))


def project_asset(table: Table, line: Line) -> None:
    """Bought at cost; with `sold` it leaves at what it stood at, and any gain is a line of income."""
    amount = table.amount(line)
    table.text(line, "what")
    if table.whether(line, "sold"):
        if amount > table.state.balance("project-asset"):
            raise Broken("project-asset", amount=amount, balance=table.state.balance("project-asset"))
        amount = -amount
    else:
        table.decided(line["n"], "other")
    table.post(line, ("project-asset", amount), (_cash(table), -amount))


def spread(state: State) -> list[tuple[str, int]]:
    """At the end of a cycle what an own project earned or lost goes to its shares. In minor units, none left."""
    if state.constitution.project_mode != "own":
        return []
    income, cost = state.balance("income:project"), state.balance("expense:project")
    result = -income - cost
    weights = [(number, -state.balance(f"project-share:{number}")) for number in sorted(state.members)]
    if not result or sum(weight for _number, weight in weights) <= 0:
        return []
    given, _rest = largest_remainder(abs(result), weights, 1)
    sign = 1 if result > 0 else -1
    return [
        ("income:project", -income),
        ("expense:project", -cost),
        *((f"project-share:{number}", -sign * given[number]) for number in sorted(given)),
    ]


def _cash(table: Table) -> str:
    mode = table.state.constitution.project_mode
    if mode == "none":
        raise Broken("no-project")
    return "cash:project" if mode == "own" else "cash:loan"
