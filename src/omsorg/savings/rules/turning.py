"""Members going, the constitution changing, and one cycle giving way to the next."""

from collections.abc import Mapping
from typing import Any

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.constitution import filled_in, read_constitution
from omsorg.savings.rules.leaving import RULE_OF, settlement
from omsorg.savings.rules.loans import charges_written, pay_off
from omsorg.savings.rules.money import read_amount
from omsorg.savings.rules.project import spread
from omsorg.savings.rules.shareout import ShareOut, share_out
from omsorg.savings.rules.table import Table, same

Line = Mapping[str, Any]


def member_out(table: Table, line: Line) -> None:
    """The line tells what is `paid`, and it must be what the group's own rule says."""
    number, member = table.member(line)
    reason = table.text(line, "reason")
    if reason not in RULE_OF:
        raise Broken("line", field="reason")
    if reason == "expelled":
        table.decided(line["n"], "expulsion")
    state, step = table.state, table.state.constitution.step
    for loan in state.loans_of(number):
        charges_written(table, loan)
    due = settlement(state, number, reason)
    paid = read_amount(line.get("paid"))
    project = due.project // step * step
    if paid != due.paid + project:
        raise Broken("settlement", member=number, amount=paid, expected=due.paid + project)
    for loan in state.loans_of(number):
        kept = state.loans[loan]
        if due.forgiven:
            kept.principal = kept.charge = 0
            kept.standing = "written_off"
        else:
            pay_off(kept, kept.principal + kept.charge, "charge")
    own = -state.balance(f"project-share:{number}")
    table.post(
        line,
        (f"share:{number}", due.saved),
        ("expense:cost", due.earned),
        ("income:other", -due.forfeited),
        (f"loan:{number}", -due.debt - due.forgiven),
        ("expense:write-off", due.forgiven),
        (f"payable:{number}" if due.later else "cash:loan", -due.paid),
        (f"project-share:{number}", own),
        ("cash:project", -project),
        ("income:project", project - own),
    )
    member.left, member.shares, member.project_part, member.fines = reason, 0, 0, 0
    for holders in state.roles.values():
        if number in holders:
            holders.remove(number)


def constitution_change(table: Table, line: Line) -> None:
    """Decided now, in force when the next cycle opens. Its version is the one after the newest."""
    table.decided(line["n"], "constitution")
    given = line.get("constitution")
    if not isinstance(given, Mapping):
        raise Broken("line", field="constitution")
    law = read_constitution(given)
    now = table.state.constitution
    if law.version != now.version + 1 or not same(line.get("version"), law.version):
        raise Broken("constitution-version", version=law.version)
    if law["currency"] != now["currency"]:
        raise Broken("constitution", setting="currency")
    table.state.pending = filled_in(given)


def pay_share(table: Table, line: Line) -> None:
    """One member's share-out. All are worked out at the first such line, before anything is paid."""
    state = table.state
    number = line.get("member")
    due = _due(table)
    if type(number) is not int or number not in due.payouts:
        raise Broken("share-out-member", member=number if type(number) is int else 0)
    if number in table.paid_out:
        raise Broken("share-out-twice", member=number)
    table.paid_out.add(number)
    payout = due.payouts[number]
    for name in ("gross", "welfare", "payable", "loan", "fines", "net"):
        said, expected = read_amount(line.get(name, "0")), getattr(payout, name)
        if said != expected:
            raise Broken("share-out", member=number, part=name, amount=said, expected=expected)
    saved = -state.balance(f"share:{number}")
    cash = payout.gross + payout.payable - payout.loan - payout.fines
    rest = payout.loan
    for loan in state.loans_of(number):
        kept = state.loans[loan]
        part = min(rest, kept.principal + kept.charge)
        pay_off(kept, part, state.constitution["loan_order"])
        rest -= part
    member = state.members[number]
    member.shares = member.project_part = 0
    member.fines -= payout.fines
    table.post(
        line,
        (f"share:{number}", saved),
        ("carried", payout.gross - saved),
        (f"payable:{number}", payout.payable),
        (f"loan:{number}", -payout.loan),
        ("income:fine", -payout.fines),
        ("cash:loan", -cash),
        ("social-fund", payout.welfare),
        ("cash:social", -payout.welfare),
    )


def _due(table: Table) -> ShareOut:
    if table.share_out is None:
        for loan, kept in table.state.loans.items():
            if kept.standing == "open":
                charges_written(table, loan)
        table.share_out = share_out(table.state)
    return table.share_out


def carry_forward(table: Table, line: Line) -> None:
    """The residue of the share-out, where everybody sees it: to the social fund, or into the next cycle."""
    if table.share_out is None:
        raise Broken("nothing-to-carry")
    residue, amount = table.share_out.residue, table.amount(line)
    target = {"social": "social", "next": "loan"}[table.state.constitution["residue_target"]]
    if amount != residue or line.get("fund") != target or table.carried:
        raise Broken("residue", amount=amount, expected=residue)
    table.carried = True
    step = table.state.constitution.step
    coins = amount // step * step
    if target == "social" and coins:
        table.post(line, ("carried", coins), ("social-fund", -coins), ("cash:loan", -coins), ("cash:social", coins))


def cycle_close(table: Table, line: Line) -> None:
    """Everybody is paid, the residue is named, and income and expense give way to what is carried."""
    state = table.state
    if any(state.members[n].shares for n in state.active()):
        raise Broken("not-shared-out")
    if table.share_out is not None:
        unpaid = set(table.share_out.payouts) - table.paid_out
        if unpaid:
            raise Broken("not-paid-out", member=min(unpaid))
        if table.share_out.residue and not table.carried:
            raise Broken("residue", amount=0, expected=table.share_out.residue)
    postings = spread(state)
    moved = {account for account, _amount in postings}
    closing = [
        (account, -amount)
        for account, amount in sorted(state.balances.items())
        if amount and account not in moved and account.startswith(("income:", "expense:", "difference"))
    ]
    table.post(line, *postings, *closing, ("carried", -sum(amount for _account, amount in closing)))
    state.closed = True


def cycle_open(table: Table, line: Line) -> None:
    """The first line of the first meeting after a cycle closed."""
    state = table.state
    if not same(line.get("cycle"), state.cycle):
        raise Broken("cycle", cycle=state.cycle)
    if not table.before.closed:
        raise Broken("cycle-open", cycle=table.before.cycle)
