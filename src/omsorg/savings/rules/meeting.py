"""One sealed meeting, all of it or nothing.

The document's head is checked against the state (chain, number, cycle, constitution, pen), then its lines in the
order in which they stand: the steps of a meeting follow each other as the constitution says, and each line does
its own. At the end the roll is full, the boxes are counted and agree with the book, and the stamps agree with the
accounts. Signatures, devices and former meetings are for whoever keeps them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from omsorg.savings.rules import lines, loans, project, turning
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical, fingerprint
from omsorg.savings.rules.constitution import read_constitution
from omsorg.savings.rules.state import State
from omsorg.savings.rules.table import Table, Transaction, read_day, same

Rule = Callable[[Table, Mapping[str, Any]], None]

# What a line does, its step in the meeting ("" = any), and the fund whose opening count it needs.
KINDS: Final[Mapping[str, tuple[Rule, str, str]]] = {
    "cycle_open": (turning.cycle_open, "roll", ""),
    "member_in": (lines.member_in, "roll", ""),
    "attendance": (lines.attendance, "roll", ""),
    "social_in": (lines.social_in, "social", "social"),
    "social_grant": (lines.social_grant, "social", "social"),
    "share_buy": (lines.share_buy, "shares", "loan"),
    "share_sellback": (lines.share_sellback, "shares", "loan"),
    "charge_due": (loans.charge_due, "repayments", ""),
    "loan_in": (loans.loan_in, "repayments", "loan"),
    "rollover": (loans.rollover, "repayments", ""),
    "reschedule": (loans.reschedule, "repayments", ""),
    "write_off": (loans.write_off, "repayments", ""),
    "recovery": (loans.recovery, "repayments", "loan"),
    "loan_request": (loans.loan_request, "loans", ""),
    "loan_out": (loans.loan_out, "loans", "loan"),
    "project_in": (project.project_in, "project", "project"),
    "project_out": (project.project_out, "project", ""),
    "project_income": (project.project_income, "project", ""),
    "project_asset": (project.project_asset, "project", ""),
    "project_cost": (project.project_cost, "project", ""),
    "member_out": (turning.member_out, "business", "loan"),
    "constitution_change": (turning.constitution_change, "business", ""),
    "share_out": (turning.pay_share, "business", "loan"),
    "carry_forward": (turning.carry_forward, "business", "loan"),
    "cycle_close": (turning.cycle_close, "business", "loan"),
    "recited_balance": (lines.recited_balance, "", ""),
    "counted": (lines.counted, "", ""),
    "difference": (lines.difference, "", ""),
    "fine_set": (lines.fine_set, "", ""),
    "fine_paid": (lines.fine_paid, "", ""),
    "vote": (lines.vote, "", ""),
    "expense": (lines.expense, "", "loan"),
    "bank_in": (lines.bank, "", ""),
    "bank_out": (lines.bank, "", ""),
    "external_loan_in": (lines.external_loan, "", "loan"),
    "external_loan_out": (lines.external_loan, "", "loan"),
    "role_change": (lines.role_change, "", ""),
    "reversal_of": (lines.reversal_of, "", "loan"),
}
_HEAD: Final = {
    "format",
    "id",
    "group",
    "seq",
    "cycle",
    "prev",
    "constitution",
    "held_on",
    "device",
    "pen",
    "clock",
    "lines",
}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII).fullmatch


class Outcome(NamedTuple):
    """The state after the meeting, and what was posted, in the order of the lines."""

    state: State
    transactions: list[Transaction]


def apply(state: State, document: Mapping[str, Any]) -> Outcome:
    """Post one meeting. `state` is left as it was. Raises Broken with the first rule that stands in the way."""
    return apply_written(state, document, fingerprint(canonical(document)))


def apply_written(state: State, document: Mapping[str, Any], hashed: str) -> Outcome:
    """The same for whoever has the document's fingerprint already."""
    _check_head(state, document)
    table = Table(state, document)
    now = table.state
    if state.closed:
        now.cycle, now.closed = state.cycle + 1, False
        if state.pending:
            now.constitution, now.pending = read_constitution(state.pending), None
    if document["constitution"] != now.constitution.version:
        raise Broken("constitution-version", version=now.constitution.version)
    now.seq, now.head, now.held_on, now.pen = document["seq"], hashed, document["held_on"], document["pen"]
    _read_votes(table)
    reached = ""
    for at, line in enumerate(table.lines, start=1):
        try:
            reached = one_line(table, line, at, reached)
        except Broken as broken:
            raise broken.at(at) from None
    _check_end(table)
    return Outcome(now, table.transactions)


def one_line(table: Table, line: Mapping[str, Any], at: int, reached: str) -> str:
    """Do what one line does at the table. Gives the step that the meeting has reached with it."""
    known = KINDS.get(line["kind"])
    if known is None:
        raise Broken("line", field="kind")
    rule, step, fund = known
    if table.state.closed and line["kind"] not in ("counted", "difference", "vote"):
        raise Broken("cycle-closed")
    place = table.state.constitution.place
    if step:
        if reached and place[step] < place[reached]:
            raise Broken("order", step_now=reached, step_of_line=step)
        reached = step
    if line["kind"] == "cycle_open" and at != 1:
        raise Broken("order", step_now=reached, step_of_line="roll")
    if line["kind"] == "expense":
        fund = table.fund(line)
    if fund and fund not in table.opened:
        raise Broken("not-counted", fund=fund)
    rule(table, line)
    return reached


def _check_head(state: State, document: Mapping[str, Any]) -> None:
    if not isinstance(document, Mapping) or set(document) != _HEAD:
        raise Broken("format")
    if not same(document["format"], 1) or type(document["lines"]) is not list:
        raise Broken("format")
    for at, line in enumerate(document["lines"], start=1):
        if type(line) is not dict or not same(line.get("n"), at) or type(line.get("kind")) is not str:
            raise Broken("line", at, field="n")
    for name in ("seq", "cycle", "constitution", "pen"):
        if type(document[name]) is not int:
            raise Broken("format")
    for name in ("id", "group", "device"):
        if type(document[name]) is not str or _UUID(document[name]) is None:
            raise Broken("format")
    if document["group"] != state.group:
        raise Broken("group")
    if document["prev"] != state.head:
        raise Broken("chain", seq=document["seq"])
    if document["seq"] != state.seq + 1:
        raise Broken("seq", seq=document["seq"], expected_number=state.seq + 1)
    if document["pen"] < state.pen:
        raise Broken("pen", pen=document["pen"], now=state.pen)
    if read_day(document["held_on"]).isoformat() < state.held_on:
        raise Broken("day-before-last", day=document["held_on"], last=state.held_on)
    opens = bool(document["lines"]) and document["lines"][0]["kind"] == "cycle_open"
    if state.closed and not (opens and document["cycle"] == state.cycle + 1):
        raise Broken("cycle-closed")
    if not state.closed and document["cycle"] != state.cycle:
        raise Broken("cycle", cycle=state.cycle)


def _read_votes(table: Table) -> None:
    """Votes first: a decision may stand after the line it is about. Nobody votes who is not a member."""
    voters = len(table.state.members) + len([line for line in table.lines if line["kind"] == "member_in"])
    for line in table.lines:
        if line["kind"] != "vote":
            continue
        try:
            cast = sum(table.count(line, name) for name in ("yes", "no", "abstain"))
            about = table.count(line, "about", 1)
        except Broken as broken:
            raise broken.at(line["n"]) from None
        if cast > voters:
            raise Broken("votes", line["n"], cast=cast, most=voters)
        if about in table.votes:
            raise Broken("voted-twice", line["n"], about=about)
        table.votes[about] = line


def _check_end(table: Table) -> None:
    state = table.state
    law = state.constitution
    for number in state.active():
        if number not in table.present:
            raise Broken("roll", member=number)
    for fund, used in (
        ("loan", True),
        ("social", law.social_amount or state.balance("cash:social")),
        ("project", law.project_mode == "own"),
    ):
        if used and fund not in table.opened:
            raise Broken("not-counted", fund=fund)
        if used and fund not in table.shut:
            raise Broken("not-counted-closing", fund=fund)
    for fund, gap in table.gaps.items():
        if gap:
            raise Broken("difference-missing", fund=fund, amount=gap)
    if table.part_due:
        number, part = next(iter(table.part_due.items()))
        raise Broken("project-part", member=number, amount=0, expected=part)
    if table.share_out is not None and not state.closed:
        raise Broken("not-closed")
    for number, member in state.members.items():
        stamps = member.shares * law.share_value
        if -state.balance(f"share:{number}") + member.project_part != stamps:
            raise Broken("stamps", member=number, amount=-state.balance(f"share:{number}"), expected=stamps)
    if not state.closed:
        for number, loan in state.loans.items():
            if loan.standing == "open":
                loans.charges_written(table, number)
