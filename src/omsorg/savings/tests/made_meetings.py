"""Meetings by the dozen, made by chance from a seed: groups with laws of their own, from the first meeting on.

A secretary who tries what comes to mind: each line is tried on the table first, and mostly stands only where it may. So
most meetings are posted; the spoilt ones beside them are refused, each for something else.
"""

import copy
from collections.abc import Iterator
from dataclasses import fields
from random import Random
from typing import Any

from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.constitution import STEPS
from omsorg.savings.rules.leaving import settlement
from omsorg.savings.rules.loans import charge_of, charges_due
from omsorg.savings.rules.meeting import KINDS, apply, one_line
from omsorg.savings.rules.shareout import share_out
from omsorg.savings.rules.state import State
from omsorg.savings.rules.table import Table

GROUP = "018f0000-0000-7000-8000-000000000001"
NAMES = ("Neema", "Ruth Öhman", "Baraka 🐐", "a\u2028b", "Zawadi\n", "\u00a0x", "__proto__", "İ", "\ufeff")
ODD: tuple[Any, ...] = (
    "", " ", "0", "-0", "-5000", "5000", "05", "9" * 30, "1" + "0" * 31, "\x1f", "\x85", "\ufeff", "e\u0301", "\ud800",
    "loan", "opening", "constructor", "2026-02-30", "2024-02-29", "2026-1-01", "20260101", 0, -1, 1, 2,
    10**6, 10**6 + 1, 2**53 - 1, 2**53, 0.5, True, False, None, [], {}, [1], {"5000": 1}, {"a": "b"},
    {"1": 1, "10": 2, "9": "x"},
)  # fmt: skip

Line = dict[str, Any]


def made_cases(seed: int, groups: int, meetings: int, spoilt: int) -> Iterator[tuple[State, Any]]:
    """(state, document): of each group so many meetings, each followed by so many spoilt copies of it."""
    for number in range(groups):
        secretary = Secretary(Random(f"{seed}.{number}"))  # noqa: S311
        for _ in range(meetings):
            state, document = secretary.state, secretary.meeting()
            yield state, document
            for _copy in range(spoilt):
                yield state, spoil(document, secretary.chance)
            try:
                secretary.state = apply(state, document).state
            except Broken:
                secretary.rests += 1


class Secretary:
    """Of one group: its state, and the document of its next meeting."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.state = State.founded(GROUP, law(chance))
        self.rests = 0
        self.table: Table
        self.reached = ""

    def meeting(self) -> dict[str, Any]:
        """One document, its lines as the group's own order of steps wants them."""
        state, chance = self.state, self.chance
        months = state.seq * chance.choice((1, 1, 2)) + self.rests
        document: dict[str, Any] = {
            "format": 1, "id": GROUP, "group": GROUP, "seq": state.seq + 1, "cycle": state.cycle + state.closed,
            "prev": state.head, "constitution": 0, "held_on": "", "device": GROUP, "pen": state.pen + (state.seq == 0),
            "clock": {"began": "1970-01-01T00:00:00Z", "monotonic_ms": 5}, "lines": [],
        }  # fmt: skip
        held_on = f"{2026 + months // 12}-{months % 12 + 1:02}-{chance.randint(1, 28):02}"
        document["held_on"] = max(held_on, state.held_on)
        version = state.constitution.version
        document["constitution"] = state.pending["version"] if state.closed and state.pending else version
        self.table, self.reached = Table(state, document), ""
        now = self.table.state
        now.seq = document["seq"]
        if state.closed:
            now.cycle, now.closed = state.cycle + 1, False
            if state.pending:
                now.constitution, now.pending = State.founded(GROUP, state.pending).constitution, None
            self.says("cycle_open", cycle=now.cycle)
        for step in now.constitution["steps"]:
            getattr(self, f"at_{step}")()
        return document

    def says(self, kind: str, vote: bool | None = None, **facts: Any) -> bool:
        """One line, with a vote on it where it takes one. Where it may not stand it is mostly taken back."""
        lines = self.table.lines
        was, stood, posted = copy.deepcopy(self.table.state), len(lines), len(self.table.transactions)
        kept = copy.deepcopy({name: value for name, value in vars(self.table).items() if name in LOOSE})
        line = {"n": stood + 1, "kind": kind, **facts}
        lines.append(line)
        if vote is not None:
            people = len(self.table.state.active())
            cast = {"yes": people, "no": 0, "abstain": 0} if vote else {"yes": 0, "no": 1, "abstain": people - 1}
            if vote and self.chance.random() < 0.2:
                cast = {"yes": people // 2, "no": people - people // 2, "abstain": 0}
            lines.append({"n": stood + 2, "kind": "vote", "about": stood + 1, **cast})
            self.table.votes[stood + 1] = lines[-1]
        try:
            self.reached = one_line(self.table, line, stood + 1, self.reached)
        except Broken:
            if self.chance.random() < 0.004:
                return False
            del lines[stood:], self.table.transactions[posted:]
            self.table.votes.pop(stood + 1, None)
            vars(self.table).update(kept)
            for field in fields(State):
                setattr(self.table.state, field.name, getattr(was, field.name))
            return False
        return True

    def amount(self, most: int) -> str:
        step = self.table.state.constitution.step
        return str(self.chance.randint(1, max(most // step, 1)) * step)

    def counts(self, fund: str, when: str) -> None:
        state, chance = self.table.state, self.chance
        book = state.balance(f"cash:{fund}")
        gap = chance.choice((-1, 1)) * state.constitution.step if chance.random() < 0.06 and when == "opening" else 0
        if book + gap < 0:
            gap = 0
        notes = {str(book + gap): 1, "1": 0} if book + gap and chance.random() < 0.5 else {}
        self.says("counted", fund=fund, when=when, amount=str(book + gap), **({"notes": notes} if notes else {}))
        if gap:
            self.says("difference", fund=fund, amount=str(gap), reason="wind", vote=True)

    def at_roll(self) -> None:
        state, chance = self.table.state, self.chance
        if not state.members:
            for number in chance.sample(range(1, 12), chance.randint(4, 8)):
                self.says(
                    "member_in", member=number, name=chance.choice(NAMES) + str(number), hands=chance.randint(1, 2)
                )
            chair, key, *_others = state.members
            self.says("role_change", member=chair, role="chair", holds=True, vote=True)
            self.says("role_change", member=key, role="key_holder", holds=True, vote=True)
        elif chance.random() < 0.1:
            self.says("member_in", member=chance.randint(1, 30), name="New")
        for number in state.active():
            how = chance.choice(("present", "present", "late", "absent", "represented"))
            self.says("attendance", member=number, how=how)
            if how == "late" and state.constitution.fines:
                reason, fine = chance.choice(sorted(state.constitution.fines.items()))
                self.says("fine_set", member=number, reason=reason, amount=str(fine))
        for fund in ("loan", "social", "project"):
            said = str(state.closing.get(fund, 0))
            self.says("recited_balance", fund=fund, right=True, **({"said": said} if chance.random() < 0.5 else {}))
            if fund != "project" or state.constitution.project_mode == "own":
                self.counts(fund, "opening")

    def at_social(self) -> None:
        state = self.table.state
        for number in state.active():
            self.says("social_in", member=number, amount=str(state.constitution.social_amount))
        if self.chance.random() < 0.3:
            of = self.somebody()
            self.says(
                "social_grant", member=of, amount=self.amount(state.balance("cash:social")), reason="ill", vote=True
            )

    def at_fund(self) -> None:
        state, chance = self.table.state, self.chance
        for number in state.active():
            if state.members[number].fines and chance.random() < 0.6:
                self.says("fine_paid", member=number, amount=str(state.members[number].fines))

    def at_shares(self) -> None:
        state, chance = self.table.state, self.chance
        law = state.constitution
        for number in state.active():
            self.says("share_buy", member=number, shares=chance.randint(1, law.shares_max) * chance.choice((1, 1, 2)))
        if chance.random() < 0.2:
            self.says("share_sellback", member=self.somebody(), shares=chance.randint(1, 3))
        if law.project_mode == "own" and law["steps"].index("project") < law["steps"].index("shares"):
            for number, part in list(self.table.part_due.items()):
                self.says("project_in", member=number, amount=str(part))

    def at_repayments(self) -> None:
        state, chance = self.table.state, self.chance
        for number, loan in list(state.loans.items()):
            if loan.standing != "open":
                continue
            for _ in range(charges_due(loan, state.seq, self.table.today)):
                self.says("charge_due", loan=number, amount=str(charge_of(loan, state.constitution.step)))
            what, owed = chance.random(), state.loans[number].principal + state.loans[number].charge
            if what < 0.5:
                self.says("loan_in", loan=number, amount=self.amount(owed))
            elif what < 0.6:
                self.says("rollover", loan=number, term=chance.randint(1, 3))
            elif what < 0.7:
                self.says("reschedule", loan=number, term=chance.randint(1, 3), vote=True)
            elif what < 0.75:
                self.says("write_off", loan=number, amount=str(owed), vote=True)
        if chance.random() < 0.1:
            self.says("recovery", member=self.somebody(), amount=self.amount(50000))

    def at_loans(self) -> None:
        state, chance = self.table.state, self.chance
        for _ in range(chance.randint(0, 4)):
            who, amount, term = self.somebody(), self.amount(state.balance("cash:loan")), chance.randint(1, 3)
            if self.says("loan_request", member=who, amount=amount, term=term, vote=chance.random() < 0.9):
                self.says("loan_out", member=who, loan=len(state.loans) + 1, amount=amount, term=term)
        if chance.random() < 0.1:
            self.says("external_loan_in", amount=self.amount(10**6), vote=True, **{"from": "bank"})
        if state.balance("external-loan"):
            self.says("external_loan_out", amount=str(-state.balance("external-loan")), to="bank")

    def at_project(self) -> None:
        state, chance = self.table.state, self.chance
        law = state.constitution
        for number, part in list(self.table.part_due.items()):
            self.says("project_in", member=number, amount=str(part))
        if law.project_fixed:
            self.says("project_in", member=self.somebody(), amount=str(law.project_fixed))
        for kind in ("project_out", "project_income", "project_cost", "project_asset"):
            if chance.random() < 0.2:
                who = {"member": self.somebody()} if kind == "project_out" else {"what": "goats"}
                self.says(kind, amount=self.amount(100000), vote=True, **who)
        if chance.random() < 0.2:
            self.says("project_asset", amount=str(state.balance("project-asset")), what="goats", sold=True)

    def at_business(self) -> None:
        state, chance = self.table.state, self.chance
        fund = chance.choice(("loan", "social", "project"))
        if chance.random() < 0.3:
            self.says("expense", fund=fund, amount=self.amount(10000), what="book")
        for kind in ("bank_in", "bank_out"):
            if chance.random() < 0.2:
                self.says(kind, fund=fund, amount=self.amount(20000))
        for bank in ("loan", "social"):
            if chance.random() < 0.5 and state.balance(f"bank:{bank}"):
                self.says("bank_out", fund=bank, amount=str(state.balance(f"bank:{bank}")))
        if chance.random() < 0.5:
            role, holds = chance.choice(("chair", "money_counter", "key_holder")), chance.random() < 0.7
            self.says("role_change", member=self.somebody(), role=role, holds=holds, vote=True)
        if chance.random() < 0.3:
            self.somebody_goes()
        if chance.random() < 0.15:
            self.countered()
        if chance.random() < 0.1:
            version = state.constitution.version + 1
            whole = {**law(chance), "version": version, "currency": state.constitution["currency"]}
            whole.pop("cash_step", None)
            self.says("constitution_change", version=version, constitution=whole, vote=True)
        if state.seq > 4 and chance.random() < 0.25:
            self.all_is_shared_out()

    def at_closing(self) -> None:
        for fund in sorted(self.table.opened):
            self.counts(fund, "closing")

    def somebody(self) -> int:
        return self.chance.choice([*self.table.state.active(), 99])

    def somebody_goes(self) -> None:
        state, number = self.table.state, self.somebody()
        reason = self.chance.choice(("left", "expelled", "died"))
        try:
            due = settlement(state, number, reason)
        except (Broken, KeyError):
            return
        step = state.constitution.step
        self.says(
            "member_out", member=number, reason=reason, paid=str(due.paid + due.project // step * step), vote=True
        )

    def countered(self) -> None:
        chance, law = self.chance, self.table.state.constitution
        of = {"n": 3, "member": self.somebody(), "amount": self.amount(50000), "what": "book", "shares": 1}
        of["kind"] = chance.choice(("share_buy", "fine_paid", "social_in", "social_grant", "expense", "project_income"))
        if of["kind"] == "social_in":
            of["amount"] = str(law.social_amount)
        seq = chance.randint(1, self.table.state.seq)
        self.says("reversal_of", meeting=seq, line=3, reason="written wrongly", of=of)

    def all_is_shared_out(self) -> None:
        try:
            result = share_out(self.table.state)
        except Broken:
            return
        for payout in result.payouts.values():
            parts = {
                name: str(getattr(payout, name)) for name in ("gross", "welfare", "payable", "loan", "fines", "net")
            }
            if not self.says("share_out", member=payout.member, **parts):
                return
        target = {"social": "social", "next": "loan"}[self.table.state.constitution["residue_target"]]
        self.says("carry_forward", fund=target, amount=str(result.residue))
        self.says("cycle_close")


LOOSE = (
    "present", "called", "bought", "part_due", "opened", "gaps", "shut", "requests", "share_out", "paid_out", "carried",
)  # fmt: skip


def law(chance: Random) -> dict[str, Any]:
    """A constitution: of every choice each comes up."""
    step = chance.choice((1, 50, 5000))
    steps = list(STEPS[1:-1])
    if chance.random() < 0.3:
        chance.shuffle(steps)
    large = chance.choice((1, 1, 1, 10**19))
    rule = {"pays": chance.choice(("principal", "earnings", "nothing")), "when": chance.choice(("now", "cycle_end"))}
    return {
        "version": 1,
        "currency": chance.choice(("TZS", "UGX", "SEK")),
        "cash_step": str(step),
        "share_value": str(step * chance.choice((1, 7, 40)) * large),
        "shares_max": chance.randint(1, 5),
        "shares_min": chance.randint(0, 1),
        "equal_hands": chance.random() < 0.1,
        "social_amount": str(step * chance.choice((0, 10))),
        "social_end": chance.choice(("carry", "split")),
        "project": {
            "mode": chance.choice(("own", "own", "inside", "none")),
            "rate_bp": chance.choice((0, 333, 500, 2500)),
            "fixed": str(chance.choice((0, 0, 0, step * 3))),
            "leaver": chance.choice(("own", "nothing")),
        },
        "loan_multiple": chance.randint(1, 4),
        "loans_at_once": chance.randint(1, 3),
        "loan_order": chance.choice(("charge", "principal")),
        "charge": {
            "method": chance.choice(("flat", "declining", "none")),
            "rate_bp": chance.choice((0, 333, 1000)),
            "period": chance.choice(("month", "meeting")),
        },
        "late": {"rule": chance.choice(("rollover", "stop", "fine"))},
        "fines": chance.choice(({}, {"late": str(step * 2), "__proto__": str(step), "9": "0", "10": str(step)})),
        "fine_fund": chance.choice(("loan", "social")),
        "leave": rule,
        "expulsion": {**rule, "after_meetings": 3},
        "death": {**rule, "forgive": chance.random() < 0.5},
        "share_out": {"basis": chance.choice(("shares", "equal")), "paper_mode": chance.random() < 0.2},
        "residue_target": chance.choice(("social", "next")),
        "quorum": {
            what: chance.choice((0, 5000, 7500)) for what in ("loan", "other", "election", "expulsion", "grant")
        },
        "meetings_per_month": chance.randint(1, 3),
        "steps": [STEPS[0], *steps, STEPS[-1]],
    }


def spoil(document: dict[str, Any], chance: Random) -> Any:
    """The same meeting with one or two things wrong."""
    spoilt = copy.deepcopy(document)
    lines = spoilt["lines"]
    for _ in range(chance.choice((1, 1, 2))):
        what, line = chance.random(), chance.choice(lines)
        if what < 0.15:
            spoilt[chance.choice(sorted(spoilt) if chance.random() < 0.8 else ["more"])] = chance.choice(ODD)
            if type(spoilt["lines"]) is not list or not all(isinstance(each, dict) for each in spoilt["lines"]):
                return spoilt
        elif what < 0.3:
            lines.remove(line)
        elif what < 0.4:
            lines.insert(chance.randint(0, len(lines)), copy.deepcopy(line))
        elif what < 0.5:
            lines.insert(chance.randint(0, len(lines)), chance.choice(lines) if lines.remove(line) or lines else line)
        elif what < 0.6:
            line["kind"] = chance.choice(sorted(KINDS))
        elif what < 0.65 and "constitution" in line:
            _spoil_one(line["constitution"], chance)
        else:
            _spoil_one(line, chance)
        if not lines:
            return spoilt
        if chance.random() < 0.95:
            for n, each in enumerate(lines, start=1):
                each["n"] = n
    return spoilt


def _spoil_one(part: Line, chance: Random) -> None:
    name = chance.choice(sorted(part))
    if isinstance(part[name], dict) and part[name] and chance.random() < 0.7:
        _spoil_one(part[name], chance)
    elif chance.random() < 0.2:
        del part[name]
    elif isinstance(part[name], str) and part[name].isdigit() and chance.random() < 0.6:
        part[name] = str(int(part[name]) + chance.choice((-5000, -1, 1, 5000)))
    elif type(part[name]) is int and chance.random() < 0.6:
        part[name] += chance.choice((-1, 1))
    else:
        part[name] = chance.choice(ODD)
