"""What each kind of line does, besides loans and the project."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.money import read_amount
from omsorg.savings.rules.project import project_part
from omsorg.savings.rules.state import Member
from omsorg.savings.rules.table import Table, same

Line = Mapping[str, Any]
OFFICERS: Final = {"chair": 1, "secretary": 1, "box_keeper": 1, "money_counter": 2}
FINE_ACCOUNTS: Final = {"loan": ("cash:loan", "income:fine"), "social": ("cash:social", "social-fund")}


def attendance(table: Table, line: Line) -> None:
    """Who is here, late, absent, or stood in for; each is called once."""
    number, _member = table.member(line)
    how = line.get("how")
    if how not in ("present", "late", "absent", "represented"):
        raise Broken("line", field="how")
    if number in table.present and number in table.called:
        raise Broken("called-twice", member=number)
    table.called.add(number)
    table.present[number] = how


def recited_balance(table: Table, line: Line) -> None:
    """Right or wrong is written down; where the number is written too, the two must agree."""
    fund = table.fund(line)
    right = line.get("right")
    if type(right) is not bool:
        raise Broken("line", field="right")
    if "said" in line:
        last = table.before.closing.get(fund, 0)
        if right is not (read_amount(line["said"]) == last):
            raise Broken("recited", fund=fund, amount=read_amount(line["said"]), expected=last)


def counted(table: Table, line: Line) -> None:
    """Coins and notes add up; a gap to the book takes a line of difference before the fund is touched."""
    fund = table.fund(line)
    amount = read_amount(line.get("amount"))
    if amount < 0:
        raise Broken("amount")
    notes = line.get("notes", {})
    if not isinstance(notes, Mapping):
        raise Broken("line", field="notes")
    if notes:
        total = sum(read_amount(note) * table.count(notes, note) for note in sorted(notes))
        if total != amount:
            raise Broken("notes", fund=fund, amount=total, expected=amount)
    when = line.get("when")
    seen = table.opened if when == "opening" else table.shut
    if when not in ("opening", "closing"):
        raise Broken("line", field="when")
    if fund in seen:
        raise Broken("counted-twice", fund=fund)
    seen.add(fund)
    if when == "closing":
        table.state.closing[fund] = amount
    table.gaps[fund] = amount - table.state.balance(f"cash:{fund}")


def difference(table: Table, line: Line) -> None:
    """The gap between box and book, with its reason, by vote."""
    fund = table.fund(line)
    amount = read_amount(line.get("amount"))
    table.text(line, "reason")
    if not amount or amount != table.gaps.get(fund, 0):
        raise Broken("difference", fund=fund, amount=amount, expected=table.gaps.get(fund, 0))
    table.decided(line["n"], "other")
    table.post(line, (f"cash:{fund}", amount), ("difference", -amount))
    table.gaps[fund] = 0


def fine_set(table: Table, line: Line) -> None:
    """A fine by the tariff; it is owed until it is paid."""
    number, member = table.member(line)
    amount, reason = table.amount(line), table.text(line, "reason")
    tariff = table.state.constitution.fines
    if tariff and reason not in tariff:
        raise Broken("fine-unknown", reason=reason)
    if tariff and amount != tariff[reason]:
        raise Broken("fine-amount", member=number, amount=amount, expected=tariff[reason])
    member.fines += amount


def fine_paid(table: Table, line: Line) -> None:
    """An open fine, or a part of it, to the fund the constitution names."""
    number, member = table.member(line)
    amount = table.amount(line)
    if amount > member.fines:
        raise Broken("fine-too-much", member=number, amount=amount, balance=member.fines)
    member.fines -= amount
    cash, income = FINE_ACCOUNTS[table.state.constitution.fine_fund]
    table.post(line, (cash, amount), (income, -amount))


def social_in(table: Table, line: Line) -> None:
    """The contribution to the social fund, once or several times over."""
    number, _member = table.member(line)
    amount, expected = table.amount(line), table.state.constitution.social_amount
    if not expected or amount % expected:
        raise Broken("social-amount", member=number, amount=amount, expected=expected)
    table.post(line, ("cash:social", amount), ("social-fund", -amount))


def social_grant(table: Table, line: Line) -> None:
    """Given out of the social fund, by vote."""
    table.member(line)
    amount = table.amount(line)
    table.text(line, "reason")
    table.decided(line["n"], "grant")
    table.post(line, ("social-fund", amount), ("cash:social", -amount))


def share_buy(table: Table, line: Line) -> None:
    """Stamps, within the least and the most of one meeting; notes the part due to the project."""
    number, member = table.member(line, here=True)
    shares = table.count(line, "shares", 1)
    law = table.state.constitution
    bought = table.bought.get(number, 0) + shares
    most = law.shares_max * member.hands
    least = most if law["equal_hands"] else law.shares_min
    if not least <= bought <= most:
        raise Broken("shares", member=number, shares=bought, least=least, most=most)
    table.bought[number] = bought
    member.shares += shares
    amount = shares * law.share_value
    if law.project_mode == "own" and not law.project_fixed:
        part = project_part(bought * law.share_value, law.project_rate, law.step)
        if part:
            table.part_due[number] = part
    table.post(line, ("cash:loan", amount), (f"share:{number}", -amount))


def share_sellback(table: Table, line: Line) -> None:
    """At what was paid; the part that went into the project stays there, in the member's name."""
    number, member = table.member(line)
    shares = table.count(line, "shares", 1)
    law = table.state.constitution
    if shares > member.shares:
        raise Broken("shares", member=number, shares=shares, least=1, most=member.shares)
    if table.state.loans_of(number):
        raise Broken("loan-open", member=number)
    value = shares * law.share_value
    part = member.project_part if shares == member.shares else 0
    if not part:
        part = min(member.project_part, project_part(value, law.project_rate, law.step))
    member.shares -= shares
    member.project_part -= part
    table.post(line, (f"share:{number}", value - part), ("cash:loan", part - value))


def expense(table: Table, line: Line) -> None:
    """Spent out of one fund, and said on what."""
    fund, amount = table.fund(line), table.amount(line)
    table.text(line, "what")
    account = {"loan": "expense:cost", "social": "social-fund", "project": "expense:project"}[fund]
    table.post(line, (account, amount), (f"cash:{fund}", -amount))


def bank(table: Table, line: Line) -> None:
    """Cash brought to a bank, or back."""
    fund, amount = table.fund(line), table.amount(line)
    if line["kind"] == "bank_out":
        amount = -amount
    table.post(line, (f"bank:{fund}", amount), (f"cash:{fund}", -amount))


def external_loan(table: Table, line: Line) -> None:
    """Money lent to the group from outside, by vote, or paid back."""
    amount = table.amount(line)
    if line["kind"] == "external_loan_in":
        table.text(line, "from")
        table.decided(line["n"], "constitution")
    else:
        table.text(line, "to")
        if amount > -table.state.balance("external-loan"):
            raise Broken("external-loan", amount=amount, balance=-table.state.balance("external-loan"))
        amount = -amount
    table.post(line, ("cash:loan", amount), ("external-loan", -amount))


def member_in(table: Table, line: Line) -> None:
    """Somebody new, with a number nobody had."""
    number = table.count(line, "member", 1)
    if number in table.state.members:
        raise Broken("member-number", member=number)
    hands = table.count(line, "hands", 1) if "hands" in line else 1
    table.state.members[number] = Member(table.text(line, "name"), table.state.seq, hands)
    table.present[number] = "present"


def role_change(table: Table, line: Line) -> None:
    """Key-holders are never officers; each office has its number of people."""
    number, _member = table.member(line)
    role, holds = table.text(line, "role"), line.get("holds")
    if role != "key_holder" and role not in OFFICERS:
        raise Broken("line", field="role")
    if type(holds) is not bool:
        raise Broken("line", field="holds")
    roles = table.state.roles
    now = roles.setdefault(role, [])
    if not holds:
        if number not in now:
            raise Broken("role-not-held", member=number)
        now.remove(number)
        return
    table.decided(line["n"], "election")
    others = [other for other in roles if number in roles[other]]
    if role in others or (others if role == "key_holder" else "key_holder" in others):
        raise Broken("role-separation", member=number)
    most = table.state.constitution["key_holders"] if role == "key_holder" else OFFICERS[role]
    if len(now) >= most:
        raise Broken("role-taken", member=number, most=most)
    now.append(number)
    now.sort()


def vote(table: Table, line: Line) -> None:
    """Read before all other lines, see `meeting.read_votes`."""


_UNDONE: Final[Mapping[str, Callable[[int], tuple[tuple[str, int], ...]]]] = {
    "social_in": lambda amount: (("cash:social", -amount), ("social-fund", amount)),
    "social_grant": lambda amount: (("social-fund", -amount), ("cash:social", amount)),
    "expense": lambda amount: (("expense:cost", -amount), ("cash:loan", amount)),
    "project_income": lambda amount: (("cash:project", -amount), ("income:project", amount)),
}

REVERSIBLE: Final = frozenset({"share_buy", "fine_paid", *_UNDONE})


def reversal_of(table: Table, line: Line) -> None:
    """A former line is countered, once: `of` is that line as it stood, which whoever keeps the meetings compares."""
    seq, number = table.count(line, "meeting", 1), table.count(line, "line", 1)
    table.text(line, "reason")
    of = line.get("of")
    mark = f"{seq}:{number}"
    if seq >= table.state.seq or not isinstance(of, Mapping) or not same(of.get("n"), number):
        raise Broken("reversal", meeting=seq, of_line=number)
    if mark in table.state.reversed:
        raise Broken("reversed-already", meeting=seq, of_line=number)
    table.state.reversed |= {mark}
    kind = of.get("kind")
    if type(kind) is not str:
        raise Broken("line", field="of")
    if kind == "share_buy":
        share_sellback(table, {**of, "n": line["n"], "kind": line["kind"]})
    elif kind == "fine_paid":
        _member_number, member = table.member(of)
        amount = table.amount(of)
        member.fines += amount
        cash, income = FINE_ACCOUNTS[table.state.constitution.fine_fund]
        table.post(line, (cash, -amount), (income, amount))
    elif kind in _UNDONE and of.get("fund", "loan") == "loan":
        table.post(line, *_UNDONE[kind](table.amount(of)))
    else:
        raise Broken("not-reversible", kind=kind)
