"""The table around which one meeting is held: the state as it stands at this line, and what has been posted."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.money import read_amount
from omsorg.savings.rules.shareout import ShareOut
from omsorg.savings.rules.state import Loan, Member, State

FUNDS = ("loan", "social", "project")
MOST = 10**6


class Transaction(NamedTuple):
    """What one line does to the accounts. `postings` are (account, amount), debit positive, and sum to 0."""

    line: int
    kind: str
    postings: tuple[tuple[str, int], ...]


class Table:
    """One meeting while it is read: `state` is a copy and belongs to this table."""

    def __init__(self, state: State, document: Mapping[str, Any]) -> None:
        self.before = state
        self.state = state.copy()
        self.document = document
        self.lines: list[Mapping[str, Any]] = document["lines"]
        self.today = document["held_on"]
        self.transactions: list[Transaction] = []
        self.votes: dict[int, Mapping[str, Any]] = {}
        self.present: dict[int, str] = {}
        self.called: set[int] = set()
        self.bought: dict[int, int] = {}
        self.part_due: dict[int, int] = {}
        self.opened: set[str] = set()
        self.gaps: dict[str, int] = {}
        self.shut: set[str] = set()
        self.requests: dict[int, list[tuple[int, int]]] = {}
        self.share_out: ShareOut | None = None
        self.paid_out: set[int] = set()
        self.carried = False

    def post(self, line: Mapping[str, Any], *postings: tuple[str, int]) -> None:
        """Post what is not 0. Refuses a sum that is not 0, cash below 0, and a fund that is counted and closed."""
        kept = tuple(posting for posting in postings if posting[1])
        if not kept:
            return
        balances = self.state.balances
        total = 0
        for account, amount in kept:
            total += amount
            balance = balances.get(account, 0) + amount
            balances[account] = balance
            if account.startswith(("cash:", "bank:")):
                fund = account[5:]
                if account.startswith("cash:"):
                    if amount % self.state.constitution.step:
                        raise Broken("cash-step", amount=amount, step=self.state.constitution.step)
                    if self.gaps.get(fund) and line["kind"] != "difference":
                        raise Broken("difference-missing", fund=fund, amount=self.gaps[fund])
                    if fund in self.shut and line["kind"] != "difference":
                        raise Broken("counted-and-closed", fund=fund)
                if balance < 0:
                    raise Broken("not-enough-cash", fund=fund, amount=-amount, balance=balance - amount)
        if total:
            raise Broken("sum-not-zero", amount=total)
        self.transactions.append(Transaction(line["n"], line["kind"], kept))

    def amount(self, line: Mapping[str, Any], name: str = "amount") -> int:
        """An amount above 0. Raises Broken("amount")."""
        amount = read_amount(line.get(name))
        if amount <= 0:
            raise Broken("amount")
        return amount

    def member(self, line: Mapping[str, Any], here: bool = False) -> tuple[int, Member]:
        """Who the line is about: a member today, and `here` where it takes being present or represented."""
        number = line.get("member")
        member = self.state.members.get(number) if type(number) is int else None
        if number is None or member is None or member.left:
            raise Broken("member-unknown", member=number if type(number) is int else 0)
        if here and self.present.get(number) == "absent":
            raise Broken("absent", member=number)
        return number, member

    def loan(self, line: Mapping[str, Any]) -> tuple[int, Loan]:
        """The open loan this line is about."""
        number = line.get("loan")
        loan = self.state.loans.get(number) if type(number) is int else None
        if number is None or loan is None:
            raise Broken("loan-unknown", loan=number if type(number) is int else 0)
        if loan.standing != "open":
            raise Broken("loan-settled", loan=number)
        return number, loan

    def fund(self, line: Mapping[str, Any]) -> str:
        """Which of the three funds; Broken for any other."""
        fund = line.get("fund")
        if fund not in FUNDS:
            raise Broken("fund-unknown")
        return str(fund)

    def decided(self, line_number: int, quorum: str) -> None:
        """The meeting said yes to this line. Raises Broken("not-decided")."""
        share = self.state.constitution.quorum[quorum]
        if share == 0:
            return
        vote = self.votes.get(line_number)
        if vote is None:
            raise Broken("not-decided", about=line_number)
        said = vote["yes"] + vote["no"] + vote["abstain"]
        if not said or vote["yes"] * 10000 < share * said:
            raise Broken("not-decided", about=line_number)

    def count(self, line: Mapping[str, Any], name: str, least: int = 0) -> int:
        """A whole number from `least` to `MOST`: people, stamps, notes, months."""
        value = line.get(name)
        if type(value) is not int or not least <= value <= MOST:
            raise Broken("line", field=name)
        return value

    def whether(self, line: Mapping[str, Any], name: str) -> bool:
        """True or false; what is not said is false."""
        value = line.get(name, False)
        if type(value) is not bool:
            raise Broken("line", field=name)
        return value

    def text(self, line: Mapping[str, Any], name: str) -> str:
        """Words that are not blank."""
        value = line.get(name)
        if type(value) is not str or not value.strip():
            raise Broken("line", field=name)
        return value


def same(value: Any, number: int) -> bool:
    """This whole number, and not a truth that counts as one."""
    return type(value) is int and value == number


def read_day(text: Any) -> date:
    """A day as a document writes it. Raises Broken("day")."""
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError) as wrong:
        raise Broken("day") from wrong
    if day.isoformat() != text:
        raise Broken("day")
    return day
