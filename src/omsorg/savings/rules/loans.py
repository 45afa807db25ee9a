"""Loans: what may be lent, what it costs, what happens when it is late.

The terms are frozen when the money is handed over. A charge falls due once per period, rounded half up to the
smallest coin, for as many periods as the term has; it is never worked out again afterwards.
"""

from collections.abc import Mapping
from typing import Any

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.money import half_up
from omsorg.savings.rules.state import Loan, State
from omsorg.savings.rules.table import Table, read_day

Line = Mapping[str, Any]


def limit_of(state: State, member: int) -> int:
    """The most this member may owe in principal: a multiple of what is saved."""
    return int(state.constitution["loan_multiple"]) * -state.balance(f"share:{member}")


def periods_since(loan: Loan, seq: int, today: str) -> int:
    """Whole periods since the loan was given: counted meetings, or whole months."""
    if loan.period == "meeting":
        return (seq - loan.from_seq) // loan.meetings_per_period
    began, now = read_day(loan.from_day), read_day(today)
    months = (now.year - began.year) * 12 + now.month - began.month
    return max(months - (now.day < began.day), 0)


def charge_of(loan: Loan, step: int) -> int:
    """What the next charge comes to: on the sum lent (flat) or on what is still owed of it (declining)."""
    if loan.method == "none":
        return 0
    return half_up((loan.amount if loan.method == "flat" else loan.principal) * loan.rate_bp, 10000, step)


def charges_due(loan: Loan, seq: int, today: str) -> int:
    """How many charges are due by this meeting and not written down yet."""
    if loan.method == "none" or not loan.rate_bp or loan.standing != "open":
        return 0
    return max(min(periods_since(loan, seq, today), loan.term) - loan.charged, 0)


def is_late(loan: Loan, seq: int, today: str) -> bool:
    """Still owed after its term."""
    return loan.standing == "open" and periods_since(loan, seq, today) > loan.term


def loan_request(table: Table, line: Line) -> None:
    """What a member asks for, before the meeting decides."""
    number, _member = table.member(line)
    amount = table.amount(line)
    table.count(line, "term", 1)
    table.requests.setdefault(number, []).append((line["n"], amount))


def loan_out(table: Table, line: Line) -> None:
    """Handed over as decided: within the limit, the term and the box. The terms are frozen here."""
    state, law = table.state, table.state.constitution
    number, member = table.member(line, here=True)
    amount, term = table.amount(line), table.count(line, "term", 1)
    loan = line.get("loan")
    if type(loan) is not int or loan != len(state.loans) + 1:
        raise Broken("loan-number", expected_number=len(state.loans) + 1)
    asked = [at for at, sum_asked in table.requests.get(number, ()) if sum_asked >= amount]
    if not asked:
        raise Broken("loan-not-asked", member=number, amount=amount)
    table.decided(asked[0], "loan")
    if term > law["loan_max_term"]:
        raise Broken("loan-term", term=term, most=law["loan_max_term"])
    owed = state.loans_of(number)
    if len(owed) >= law["loans_at_once"]:
        raise Broken("loan-open", member=number)
    limit = limit_of(state, number) - sum(state.loans[n].principal for n in owed)
    if amount > limit:
        raise Broken("loan-limit", member=number, amount=amount, limit=limit)
    if member.fines and law["late"]["rule"] == "fine":
        raise Broken("fines-open", member=number, amount=member.fines)
    charge = law["charge"]
    per = 1 if charge["period"] == "meeting" else law["meetings_per_month"]
    state.loans[loan] = Loan(
        number, amount, amount, 0, term, charge["rate_bp"], charge["method"], charge["period"], per,
        state.seq, table.today,
    )  # fmt: skip
    table.requests[number] = [asked_for for asked_for in table.requests[number] if asked_for[0] != asked[0]]
    table.post(line, (f"loan:{number}", amount), ("cash:loan", -amount))


def charge_due(table: Table, line: Line) -> None:
    """One charge, in its time, and of the sum the frozen terms give."""
    number, loan = table.loan(line)
    amount = table.amount(line)
    if not charges_due(loan, table.state.seq, table.today):
        raise Broken("charge-not-due", loan=number)
    expected = charge_of(loan, table.state.constitution.step)
    if amount != expected:
        raise Broken("charge-amount", loan=number, amount=amount, expected=expected)
    loan.charged += 1
    loan.charge += amount
    table.post(line, (f"loan:{loan.member}", amount), ("income:charge", -amount))


def loan_in(table: Table, line: Line) -> None:
    """Paid back, after the charges due stand in the book, and no more than is owed."""
    number, loan = table.loan(line)
    amount = table.amount(line)
    charges_written(table, number)
    if amount > loan.principal + loan.charge:
        raise Broken("loan-too-much", loan=number, amount=amount, balance=loan.principal + loan.charge)
    pay_off(loan, amount, table.state.constitution["loan_order"])
    table.post(line, ("cash:loan", amount), (f"loan:{loan.member}", -amount))


def pay_off(loan: Loan, amount: int, order: str) -> None:
    """Take an amount off a loan, the charge or the principal first. At nothing owed it is repaid."""
    if order == "charge":
        charge = min(amount, loan.charge)
        principal = amount - charge
    else:
        principal = min(amount, loan.principal)
        charge = amount - principal
    loan.charge -= charge
    loan.principal -= principal
    if not loan.charge and not loan.principal:
        loan.standing = "repaid"


def charges_written(table: Table, number: int) -> None:
    """Nothing happens to a loan before the charges due by today stand in the book. Raises Broken."""
    loan = table.state.loans[number]
    if charges_due(loan, table.state.seq, table.today) and charge_of(loan, table.state.constitution.step):
        raise Broken("charge-missing", loan=number, expected=charge_of(loan, table.state.constitution.step))


def rollover(table: Table, line: Line) -> None:
    """What is left becomes a new loan from today, with new charges: only where the constitution says so."""
    number, loan = table.loan(line)
    term = table.count(line, "term", 1)
    if table.state.constitution["late"]["rule"] != "rollover":
        raise Broken("no-rollover")
    charges_written(table, number)
    if periods_since(loan, table.state.seq, table.today) < loan.term:
        raise Broken("not-late", loan=number)
    _new_term(table, loan, term)
    loan.principal += loan.charge
    loan.amount, loan.charge = loan.principal, 0


def reschedule(table: Table, line: Line) -> None:
    """More time, by vote: the terms begin again from today on what is still owed of the sum lent."""
    number, loan = table.loan(line)
    term = table.count(line, "term", 1)
    table.decided(line["n"], "loan")
    charges_written(table, number)
    _new_term(table, loan, term)
    loan.amount = loan.principal


def _new_term(table: Table, loan: Loan, term: int) -> None:
    if term > table.state.constitution["loan_max_term"]:
        raise Broken("loan-term", term=term, most=table.state.constitution["loan_max_term"])
    loan.term, loan.charged, loan.from_seq, loan.from_day = term, 0, table.state.seq, table.today


def write_off(table: Table, line: Line) -> None:
    """The whole of what is owed becomes a loss of the loan fund, by vote."""
    number, loan = table.loan(line)
    amount = table.amount(line)
    table.decided(line["n"], "other")
    owed = loan.principal + loan.charge
    if amount != owed:
        raise Broken("write-off-amount", loan=number, amount=amount, expected=owed)
    loan.principal = loan.charge = 0
    loan.standing = "written_off"
    table.post(line, ("expense:write-off", amount), (f"loan:{loan.member}", -amount))


def recovery(table: Table, line: Line) -> None:
    """Something comes back of what was written off."""
    amount = table.amount(line)
    table.post(line, ("cash:loan", amount), ("income:other", -amount))
