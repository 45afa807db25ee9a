"""hledger and ledger add up what we posted: two programs by others, that know nothing of ours but the journal.

Twenty groups of all sorts of law meet fifty-two times each. Every account comes to the same, to the last unit, and a
journal that somebody has touched is refused. Where neither program is installed nothing here is asked: then `./omsorg
test` says so.
"""

import csv
import os
import shutil
import subprocess
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command

from omsorg.kernel.wall import as_house
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Balance, Group
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical, fingerprint
from omsorg.savings.rules.journal import Books, Entry, journal, written
from omsorg.savings.rules.meeting import apply_written
from omsorg.savings.rules.state import State
from world import World

from .cast import founded
from .made_meetings import Secretary
from .test_receiving import send

pytestmark = pytest.mark.oracle

GROUPS, MEETINGS, SEED = 20, 52, 52
Balances = dict[str, str]


def asked(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Without anybody's own settings."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
    return subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False)


def by_hledger(file: Path) -> Balances:
    """By account, as it is written; nothing where it comes to nothing. Raises AssertionError where it is refused."""
    checked = asked("hledger", "-f", file, "check", "--strict")
    assert checked.returncode == 0, checked.stderr
    told = asked("hledger", "-f", file, "balance", "--flat", "--no-total", "--output-format=csv")
    assert told.returncode == 0, told.stderr
    return dict(row for row in list(csv.reader(told.stdout.splitlines()))[1:])


def by_ledger(file: Path) -> Balances:
    """The same of the other program."""
    words = ("--args-only", "-f", file, "--strict", "--pedantic", "balance", "--flat", "--no-total")
    told = asked("ledger", *words, "--format=%(account)\t%(display_total)\n")
    assert told.returncode == 0, told.stderr
    return dict(line.split("\t") for line in told.stdout.splitlines())


ORACLES: dict[str, Callable[[Path], Balances]] = {"hledger": by_hledger, "ledger": by_ledger}
HERE = [name for name in ORACLES if shutil.which(name)]


@pytest.fixture(params=HERE)
def oracle(request: pytest.FixtureRequest) -> Callable[[Path], Balances]:
    return ORACLES[request.param]


def a_life(number: int) -> tuple[Books, list[Entry]]:
    """Of the `number`-th invented group: what it posted in so many meetings. Each third has agreed to be named."""
    secretary = Secretary(Random(f"{SEED}.{number}"))  # noqa: S311
    entries: list[Entry] = []
    accounts: set[str] = set()
    while secretary.state.seq < MEETINGS:
        document = secretary.meeting()
        try:
            outcome = apply_written(secretary.state, document, fingerprint(canonical(document)))
        except Broken:
            secretary.rests += 1
            continue
        secretary.state = outcome.state
        for line, kind, postings in outcome.transactions:
            entries.append(Entry(document["seq"], document["held_on"], line, kind, postings))
            accounts.update(account for account, _amount in postings)
    return books_of(secretary.state, accounts, named=number % 3 == 0), entries


def books_of(state: State, accounts: set[str], *, named: bool) -> Books:
    return Books(
        group=state.group,
        name="Group; of\nnobody",
        currency=state.constitution["currency"],
        seq=state.seq,
        head=state.head,
        last_day=state.held_on,
        balances={code: state.balance(code) for code in accounts},
        names={number: member.name for number, member in state.members.items()} if named else {},
    )


@pytest.fixture(scope="module")
def lives() -> list[tuple[Books, list[Entry]]]:
    return [a_life(number) for number in range(GROUPS)]


def as_ours(books: Books) -> Balances:
    return {books.account(code): written(amount, books.currency) for code, amount in books.balances.items() if amount}


def test_every_account_of_every_group_comes_to_the_same(
    lives: list[tuple[Books, list[Entry]]], oracle: Callable[[Path], Balances], tmp_path: Path
) -> None:
    for number, (books, entries) in enumerate(lives):
        file = tmp_path / f"{number}.journal"
        file.write_text("".join(journal(books, entries)))
        assert oracle(file) == as_ours(books)


def test_the_lives_are_of_all_sorts(lives: list[tuple[Books, list[Entry]]]) -> None:
    """Or the oracles would have been asked little."""
    kinds = {entry.kind for _books, entries in lives for entry in entries}
    assert {"share_buy", "loan_out", "loan_in", "charge_due", "share_out", "member_out", "difference"} <= kinds
    assert {"project_in", "write_off", "bank_in", "external_loan_in", "carry_forward", "reversal_of"} <= kinds
    assert {books.currency for books, _entries in lives} == {"TZS", "UGX", "SEK"}
    assert max(abs(a) for _books, entries in lives for e in entries for _code, a in e.postings) > 2**53
    assert any(books.balances.values() for books, _entries in lives)


def one_amount_is_another(text: str, books: Books) -> str:
    return changed(text, books, sides=1)


def both_sides_are_another(text: str, books: Books) -> str:
    """The entry still sums to nothing: only what must come out at the end tells."""
    return changed(text, books, sides=2)


def changed(text: str, books: Books, sides: int) -> str:
    lines = text.splitlines(keepends=True)
    first = next(at for at, line in enumerate(lines) if "share_buy" in line)
    for at in range(first + 1, first + 1 + sides):
        account, amount = lines[at].rstrip("\n").rsplit("    ", 1)
        minus = "-" if amount.startswith("-") else ""
        lines[at] = f"{account}    {minus}1{amount.removeprefix('-')}\n"
    return "".join(lines)


def an_entry_is_gone(text: str, books: Books) -> str:
    blocks = text.split("\n\n")
    blocks.remove(next(block for block in blocks if "share_buy" in block))
    return "\n\n".join(blocks)


def an_entry_stands_twice(text: str, books: Books) -> str:
    blocks = text.split("\n\n")
    at = next(at for at, block in enumerate(blocks) if "share_buy" in block)
    return "\n\n".join([*blocks[: at + 1], *blocks[at:]])


def an_account_is_another(text: str, books: Books) -> str:
    """A name that was not declared, in each of its entries."""
    head, tail = text.split("\n\n2", 1)
    return f"{head}\n\n2{tail.replace('assets:box:loan fund', 'assets:box:loans fund')}"


@pytest.mark.parametrize(
    "tampered",
    [one_amount_is_another, both_sides_are_another, an_entry_is_gone, an_entry_stands_twice, an_account_is_another],
)
def test_a_journal_that_somebody_touched_is_refused(
    lives: list[tuple[Books, list[Entry]]],
    oracle: Callable[[Path], Balances],
    tampered: Callable[[str, Books], str],
    tmp_path: Path,
) -> None:
    books, entries = next(life for life in lives if sum(entry.kind == "share_buy" for entry in life[1]) > 20)
    text = "".join(journal(books, entries))
    file = tmp_path / "touched.journal"
    file.write_text(tampered(text, books))
    assert file.read_text() != text
    with pytest.raises(AssertionError):
        oracle(file)


@pytest.fixture
def exported(world: World, tmp_path: Path) -> Path:
    """The journal of a group as the house writes it."""
    phone = Phone()
    founded(world, phone)
    for _meeting in range(9):
        send(phone.meet())
    with as_house():
        Group.objects.update(figures_opened=True)
    call_command("export_savings_group", str(phone.group), to=tmp_path, stdout=StringIO())
    (file,) = tmp_path.glob("*.journal")
    return file


def test_what_the_house_writes_comes_to_what_the_house_keeps(
    exported: Path, oracle: Callable[[Path], Balances]
) -> None:
    with as_house():
        kept: dict[str, Any] = {each.account: int(each.amount) for each in Balance.objects.exclude(amount=0)}
    names = {number: f"Member {number}" for number in range(1, 21)}
    books = Books("", "", "TZS", 9, "", "", kept, names)
    assert oracle(exported) == as_ours(books)
