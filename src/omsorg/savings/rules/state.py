"""Where a group stands after a meeting: its people, its accounts, its loans."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import NOTHING_BEFORE
from omsorg.savings.rules.constitution import Constitution, read_constitution


@dataclass(slots=True)
class Member:
    """One member: stamps of this cycle, the part of them that went into the project, fines not paid yet."""

    name: str
    since: int
    hands: int = 1
    shares: int = 0
    project_part: int = 0
    fines: int = 0
    left: str = ""

    def copy(self) -> "Member":
        return Member(self.name, self.since, self.hands, self.shares, self.project_part, self.fines, self.left)


@dataclass(slots=True)
class Loan:
    """One loan and its terms, frozen when it was given. `principal` and `charge` are what is still owed."""

    member: int
    amount: int
    principal: int
    charge: int
    term: int
    rate_bp: int
    method: str
    period: str
    meetings_per_period: int
    from_seq: int
    from_day: str
    charged: int = 0
    standing: str = "open"

    def copy(self) -> "Loan":
        return Loan(
            self.member, self.amount, self.principal, self.charge, self.term, self.rate_bp, self.method, self.period,
            self.meetings_per_period, self.from_seq, self.from_day, self.charged, self.standing,
        )  # fmt: skip


@dataclass(slots=True)
class State:
    """A group between two meetings. `balances` is debit positive; what is 0 is left out when written."""

    group: str
    constitution: Constitution
    seq: int = 0
    head: str = NOTHING_BEFORE
    cycle: int = 1
    closed: bool = False
    held_on: str = ""
    pen: int = 0
    pending: Mapping[str, Any] | None = None
    members: dict[int, Member] = field(default_factory=dict)
    roles: dict[str, list[int]] = field(default_factory=dict)
    balances: dict[str, int] = field(default_factory=dict)
    loans: dict[int, Loan] = field(default_factory=dict)
    closing: dict[str, int] = field(default_factory=dict)
    reversed: frozenset[str] = frozenset()

    @classmethod
    def founded(cls, group: str, constitution: Mapping[str, Any]) -> "State":
        """A group before its first meeting."""
        return cls(group, read_constitution(constitution))

    def copy(self) -> "State":
        return replace(
            self,
            members={number: member.copy() for number, member in sorted(self.members.items())},
            roles={role: list(members) for role, members in self.roles.items()},
            balances=dict(self.balances),
            loans={number: loan.copy() for number, loan in self.loans.items()},
            closing=dict(self.closing),
        )

    def balance(self, account: str) -> int:
        return self.balances.get(account, 0)

    def active(self) -> list[int]:
        """The numbers of who is a member today."""
        return [number for number, member in self.members.items() if not member.left]

    def loans_of(self, member: int) -> list[int]:
        return [n for n, loan in self.loans.items() if loan.member == member and loan.standing == "open"]

    def to_json(self) -> dict[str, Any]:
        """Ready for `canonical`: amounts are strings of digits, what is not set is left out."""
        return {
            "format": 1,
            "group": self.group,
            "constitution": dict(self.constitution.whole),
            "pending": dict(self.pending) if self.pending else {},
            "seq": self.seq,
            "head": self.head,
            "cycle": self.cycle,
            "closed": self.closed,
            "held_on": self.held_on,
            "pen": self.pen,
            "members": {
                str(number): {
                    "name": m.name,
                    "since": m.since,
                    "hands": m.hands,
                    "shares": m.shares,
                    "project_part": str(m.project_part),
                    "fines": str(m.fines),
                    "left": m.left,
                }
                for number, m in self.members.items()
            },
            "roles": {role: sorted(members) for role, members in self.roles.items() if members},
            "balances": {account: str(amount) for account, amount in self.balances.items() if amount},
            "loans": {
                str(number): {
                    "member": loan.member,
                    "amount": str(loan.amount),
                    "principal": str(loan.principal),
                    "charge": str(loan.charge),
                    "term": loan.term,
                    "rate_bp": loan.rate_bp,
                    "method": loan.method,
                    "period": loan.period,
                    "meetings_per_period": loan.meetings_per_period,
                    "from_seq": loan.from_seq,
                    "from_day": loan.from_day,
                    "charged": loan.charged,
                    "standing": loan.standing,
                }
                for number, loan in self.loans.items()
            },
            "closing": {fund: str(amount) for fund, amount in self.closing.items()},
            "reversed": sorted(self.reversed),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "State":
        """The state that `to_json` wrote. Raises Broken("state") for another format."""
        if kept.get("format") != 1:
            raise Broken("state")
        return cls(
            group=kept["group"],
            constitution=read_constitution(kept["constitution"]),
            pending=kept["pending"] or None,
            seq=kept["seq"],
            head=kept["head"],
            cycle=kept["cycle"],
            closed=kept["closed"],
            held_on=kept["held_on"],
            pen=kept["pen"],
            members={
                int(number): Member(
                    m["name"], m["since"], m["hands"], m["shares"], int(m["project_part"]), int(m["fines"]), m["left"]
                )
                for number, m in sorted(kept["members"].items(), key=_by_number)
            },
            roles={role: list(members) for role, members in kept["roles"].items()},
            balances={account: int(amount) for account, amount in kept["balances"].items()},
            loans={
                int(number): Loan(
                    k["member"],
                    int(k["amount"]),
                    int(k["principal"]),
                    int(k["charge"]),
                    k["term"],
                    k["rate_bp"],
                    k["method"],
                    k["period"],
                    k["meetings_per_period"],
                    k["from_seq"],
                    k["from_day"],
                    k["charged"],
                    k["standing"],
                )
                for number, k in sorted(kept["loans"].items(), key=_by_number)
            },
            closing={fund: int(amount) for fund, amount in kept["closing"].items()},
            reversed=frozenset(kept["reversed"]),
        )


def _by_number(item: tuple[str, Any]) -> int:
    return int(item[0])
