"""What the meetings of a quarter say of their group in figures: counts and sums, and nothing of any one member."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any, Final

from omsorg.savings.rules.loans import is_late
from omsorg.savings.rules.state import State
from omsorg.savings.rules.table import read_day

EARLIEST: Final = date(2000, 1, 1)
"""A phone that shows an earlier day shows a wrong one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A group in one quarter. Amounts are minor units, of the group's own currency.

    As of its last meeting in it: `members`; `borrowers`, those who owe on a loan; `loans` that are open, what is `lent`
    with charges, and `late` of it past its term; the `cash` of the loan fund in the box and at the bank; the `social`
    fund; the common `project`; what is `saved` in shares and not shared out; what was `earned` in this cycle beyond its
    costs.

    Over all its meetings in it: how many; members `called`, `present`, `represented`; loans given, and how much; loans
    written off, and how much; members who joined and left. `members_before`: when its first meeting in it began.
    """

    members: int = 0
    borrowers: int = 0
    loans: int = 0
    lent: int = 0
    late: int = 0
    cash: int = 0
    social: int = 0
    project: int = 0
    saved: int = 0
    earned: int = 0
    meetings: int = 0
    called: int = 0
    present: int = 0
    represented: int = 0
    loans_given: int = 0
    amount_given: int = 0
    written_off: int = 0
    amount_written_off: int = 0
    joined: int = 0
    left: int = 0
    members_before: int = 0


NAMES: Final = tuple(field.name for field in fields(Figures))
STANDS, ADDS = NAMES[:10], NAMES[10:20]
"""The figures as of the last meeting, and those added up over the meetings; `members_before` is of the first."""


def figures_of(before: State, after: State, document: Mapping[str, Any]) -> Figures:
    """Of one posted meeting: where the group stood before it and after it, and what was written."""
    owed = {number: loan.principal + loan.charge for number, loan in after.loans.items() if loan.standing == "open"}
    sums = _sums(after)
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for line in document["lines"]:
        lines.setdefault(line["kind"], []).append(line)
    how = [line["how"] for line in lines.get("attendance", ())]
    given, written_off = lines.get("loan_out", ()), lines.get("write_off", ())
    return Figures(
        members=len(after.active()),
        borrowers=len({after.loans[number].member for number, amount in owed.items() if amount}),
        loans=len(owed),
        lent=sum(owed.values()),
        late=sum(amount for n, amount in owed.items() if is_late(after.loans[n], after.seq, after.held_on)),
        cash=sums.get("cash:loan", 0) + sums.get("bank:loan", 0),
        social=sums.get("cash:social", 0) + sums.get("bank:social", 0),
        project=sum(sums.get(account, 0) for account in ("cash:project", "bank:project", "project-asset")),
        saved=-sums.get("share", 0),
        earned=-sums.get("income", 0) - sums.get("expense", 0),
        meetings=1,
        called=len(how),
        present=how.count("present") + how.count("late"),
        represented=how.count("represented"),
        loans_given=len(given),
        amount_given=sum(int(line["amount"]) for line in given),
        written_off=len(written_off),
        amount_written_off=sum(int(line["amount"]) for line in written_off),
        joined=len(lines.get("member_in", ())),
        left=len(lines.get("member_out", ())),
        members_before=len(before.active()),
    )


def _sums(state: State) -> dict[str, int]:
    """Balances by account, and of those of members, of income and of costs together by what stands before the colon."""
    found: dict[str, int] = {}
    for account, amount in state.balances.items():
        head = account.partition(":")[0]
        name = account if head in ("cash", "bank") else head
        found[name] = found.get(name, 0) + amount
    return found


def then(earlier: Figures, later: Figures) -> Figures:
    """Two meetings of one quarter, one after the other, as one."""
    added = {name: getattr(earlier, name) + getattr(later, name) for name in ADDS}
    return replace(later, **added, members_before=earlier.members_before)


def quarter_of(held_on: str, posted_on: date) -> date:
    """The first day of the quarter that a meeting is counted in: that of its own day; where the phone showed a day that
    cannot be, that of the day on which it was posted."""
    day = read_day(held_on)
    if not EARLIEST <= day <= posted_on + timedelta(days=1):
        day = posted_on
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def by_quarter(meetings: Iterable[tuple[date, Figures]]) -> dict[date, Figures]:
    """The figures of each quarter, of meetings in their order."""
    found: dict[date, Figures] = {}
    for quarter, figures in meetings:
        found[quarter] = then(found[quarter], figures) if quarter in found else figures
    return found
