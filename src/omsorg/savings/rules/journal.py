"""A group's postings as a plain-text journal that hledger and ledger read, and hold against balances written in it.

Amounts stand in main units with the decimals of their currency, debit positive. Accounts have names that both programs
sort into assets, liabilities, equity, income and expenses. Whoever reads needs no tag, no setting and nothing of ours.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from omsorg.savings.rules.money import CURRENCIES

FUNDS: Final = {"loan": "loan fund", "social": "social fund", "project": "common project"}
FIXED: Final = {
    **{f"{place}:{fund}": f"assets:{said}:{name}" for place, said in (("cash", "box"), ("bank", "bank"))
       for fund, name in FUNDS.items()},
    "project-asset": "assets:common project",
    "external-loan": "liabilities:loan from outside",
    "social-fund": "equity:social fund",
    "carried": "equity:carried to the next cycle",
    "difference": "equity:differences when counting",
    "income:charge": "income:charges on loans",
    "income:fine": "income:fines",
    "income:project": "income:common project",
    "income:other": "income:other",
    "expense:cost": "expenses:costs",
    "expense:write-off": "expenses:loans written off",
    "expense:project": "expenses:common project",
}  # fmt: skip
OF_MEMBERS: Final = {
    "loan": "assets:loans",
    "payable": "liabilities:owed to members",
    "share": "equity:savings",
    "project-share": "equity:part in the common project",
}


class Entry(NamedTuple):
    """One transaction of a posted meeting. `held_on` is ISO, `postings` are (account code, minor units)."""

    seq: int
    held_on: str
    line: int
    kind: str
    postings: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Books:
    """What a journal says of a group besides its transactions.

    `balances` holds every account that ever had a posting, in minor units. `names` are those of members by their
    number, empty where the group did not agree to be read by name. `last_day` is the latest day of its meetings.
    """

    group: str
    name: str
    currency: str
    seq: int
    head: str
    last_day: str
    balances: Mapping[str, int]
    names: Mapping[int, str] = field(default_factory=dict)

    def account(self, code: str) -> str:
        """The name of an account. Two accounts never have one name: a member's begins with the number."""
        kind, _colon, rest = code.partition(":")
        if code in FIXED:
            return FIXED[code]
        if kind in OF_MEMBERS and rest.isdecimal():
            name = one_line(self.names.get(int(rest), ""))
            return f"{OF_MEMBERS[kind]}:{' '.join(filter(None, ('member', rest, name)))}"
        return f"equity:other:{one_line(code).replace(':', ' ')}"

    def amount(self, minor: int) -> str:
        return written(minor, self.currency)


def journal(books: Books, entries: Iterable[Entry]) -> Iterator[str]:
    """The text, piece by piece: what it is, its accounts, each transaction in order, and what must come out."""
    yield (
        f"; The books of the savings group {one_line(books.name)}, {books.group}\n"
        f"; {books.seq} meetings; fingerprint of the last: {books.head}\n"
        "; Debit is positive. The last entry moves nothing: it says what stands on each account.\n\n"
        f"commodity {books.currency}\n\n"
    )
    for code in sorted(books.balances):
        yield f"account {books.account(code)}\n"
    for entry in entries:
        said = f"meeting {entry.seq}, line {entry.line}, {entry.kind}"
        yield f"\n{entry.held_on} Meeting {entry.seq}: {entry.kind}  ; {said}\n"
        yield "".join(f"    {books.account(code)}    {books.amount(amount)}\n" for code, amount in entry.postings)
    if books.balances:
        yield f"\n{books.last_day} Balances after meeting {books.seq}\n"
        nothing = books.amount(0)
        for code, amount in sorted(books.balances.items()):
            yield f"    {books.account(code)}    {nothing} = {books.amount(amount)}\n"


def written(minor: int, currency: str) -> str:
    """Minor units as a decimal number and the currency: "-1500.05 TZS", "7 UGX"."""
    exponent = CURRENCIES[currency].exponent
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    whole, cents = digits[: len(digits) - exponent], digits[len(digits) - exponent :]
    return f"{'-' if minor < 0 else ''}{whole}{'.' + cents if cents else ''} {currency}"


def one_line(text: str) -> str:
    """A name that can stand within an account: one line, no sign that a journal reads as its own."""
    kept = "".join(
        " " if each in ':;|"()[]{}' or unicodedata.category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") else each
        for each in text
    )
    return " ".join(kept.split())
