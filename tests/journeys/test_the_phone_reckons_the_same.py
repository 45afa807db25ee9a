"""The rules of a savings group in a browser: the same vectors, and meetings by the dozen made by chance.

A page with nothing on it asks for the modules as they lie in `static/js`, so that only the rules are looked at.
"""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser

from journeys.house import ROOT
from journeys.phone import HERE, a_phone
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical, fingerprint, read_canonical
from omsorg.savings.rules.constitution import DEFAULTS, STEPS
from omsorg.savings.rules.meeting import KINDS, apply
from omsorg.savings.rules.money import CURRENCIES, equal_split, largest_remainder
from omsorg.savings.rules.passbook import passbook
from omsorg.savings.rules.state import State
from omsorg.savings.tests.made_meetings import made_cases

Reckons = Callable[[str, Any], Any]
VECTORS = ROOT / "src" / "omsorg" / "savings" / "vectors"
MEETINGS = [json.loads(path.read_text()) for path in sorted(VECTORS.glob("*.json")) if path.stem != "arithmetic"]
GROUPS, EACH, SPOILT = 30, 10, 3

RULES = """async ([does, given]) => {
  const [meeting, state, broken, written, money, part, out, book, law] = await Promise.all(
    ["meeting", "state", "broken", "canonical", "money", "project", "shareout", "passbook", "constitution"]
      .map((name) => import(`/savings/rules/${name}.js`)));
  const { State } = state;
  const { canonical, readCanonical, fingerprint } = written;
  const refused = (wrong) => {
    if (!(wrong instanceof broken.Broken)) throw wrong;
    return { ...wrong.toJSON(), line: wrong.line ?? 0 };
  };
  const text = (amounts) => Object.fromEntries(Array.from(amounts, ([name, amount]) => [name, String(amount)]));
  const weighed = (weights) => weights.map(([member, weight]) => [member, BigInt(weight)]);
  const DO = {
    async meeting({ state, document }) {
      const before = State.fromJSON(state);
      const kept = canonical(before.toJSON());
      let outcome;
      try {
        const { state: after, transactions } = meeting.apply(before, document, await fingerprint(canonical(document)));
        const posted = transactions.map(({ line, kind, postings }) =>
          [line, kind, postings.map(([account, amount]) => [account, String(amount)])]);
        const books = [...after.members.keys()].sort((a, b) => a - b).map((number) => {
          try {
            return text(Object.entries(book.passbook(after, number)));
          } catch (wrong) {
            return refused(wrong);
          }
        });
        outcome = { state: after.toJSON(), transactions: posted, books };
      } catch (wrong) {
        outcome = refused(wrong);
      }
      if (canonical(before.toJSON()) !== kept) throw new Error("the state before was written into");
      return canonical(outcome);
    },
    async read(bytes) {
      try {
        const read = canonical(readCanonical(Uint8Array.from(bytes)));
        return [read, await fingerprint(read)];
      } catch (wrong) {
        return refused(wrong).rule;
      }
    },
    largest_remainder({ pool, weights, step }) {
      const [given, residue] = money.largestRemainder(BigInt(pool), weighed(weights), BigInt(step));
      return [text(given), String(residue)];
    },
    equal_split({ pool, members, step, start }) {
      const [given, residue] = money.equalSplit(BigInt(pool), members, BigInt(step), start);
      return [text(given), String(residue)];
    },
    half_up: ({ numerator, denominator, step }) =>
      String(money.halfUp(BigInt(numerator), BigInt(denominator), BigInt(step))),
    project_part: ({ saving, rate_bp: rate, step }) => String(part.projectPart(BigInt(saving), rate, BigInt(step))),
    share_out({ state }) {
      const { pool, residue, paperValue, payouts } = out.shareOut(State.fromJSON(state));
      const told = ({ member, ...amounts }) => ({ member, ...text(Object.entries(amounts)) });
      const each = Array.from(payouts.values(), told);
      return { ...text(Object.entries({ pool, residue, paper_value: paperValue })), payouts: each };
    },
    known: () => ({
      kinds: Array.from(meeting.KINDS, ([kind, [, step, fund]]) => [kind, step, fund]),
      defaults: law.DEFAULTS,
      steps: law.STEPS,
      currencies: Array.from(money.CURRENCIES, ([code, { exponent, step }]) => [code, exponent, Number(step)]),
    }),
  };
  const answers = [];
  for (const each of JSON.parse(given)) answers.push(await DO[does](each));
  return JSON.stringify(answers);
}"""


@pytest.fixture(scope="module")
def reckons(browser: Browser) -> Iterator[Reckons]:
    """`reckons("half_up", rows)`: what the phone's rules make of each row."""
    with a_phone(browser) as phone:
        page = phone.new_page()
        page.goto(HERE)
        yield lambda does, given: json.loads(page.evaluate(RULES, [does, json.dumps(given)]))


def outcome(state: State, document: Any) -> str:
    """What Python makes of it, as canonical JSON: state, postings and passbooks, or the refusal."""
    try:
        after, transactions = apply(state, document)
    except Broken as broken:
        return canonical(told(broken)).decode()
    posted = [[t.line, t.kind, [[account, str(amount)] for account, amount in t.postings]] for t in transactions]
    books = [book(after, number) for number in sorted(after.members)]
    return canonical({"state": after.to_json(), "transactions": posted, "books": books}).decode()


def book(state: State, number: int) -> dict[str, Any]:
    try:
        mine = passbook(state, number)
    except Broken as broken:
        return told(broken)
    camel = {"may_borrow": "mayBorrow"}
    return {camel.get(name, name): str(getattr(mine, name)) for name in mine.__slots__}


def told(broken: Broken) -> dict[str, Any]:
    return {**broken.to_json(), "line": broken.line or 0}


@pytest.mark.parametrize("table", MEETINGS, ids=lambda table: table["vectors"][0]["name"])
def test_every_meeting_of_the_table(table: dict[str, Any], reckons: Reckons) -> None:
    cases = [{"state": table["states"][each["state"]], "document": each["document"]} for each in table["vectors"]]
    for vector, said in zip(table["vectors"], map(json.loads, reckons("meeting", cases)), strict=True):
        if "broken" in vector:
            assert said == {**vector["broken"], "line": vector["broken"]["line"] or 0}, vector["name"]
        else:
            assert said["state"] == table["states"][vector["outcome"]["state"]], vector["name"]
            assert said["transactions"] == vector["outcome"]["transactions"], vector["name"]


def test_the_arithmetic_of_the_table(reckons: Reckons) -> None:
    table = json.loads((VECTORS / "arithmetic.json").read_text())
    for name in ("largest_remainder", "equal_split"):
        assert reckons(name, table[name]) == [[row["given"], row["residue"]] for row in table[name]]
    assert reckons("half_up", table["half_up"]) == [row["result"] for row in table["half_up"]]
    assert reckons("project_part", table["project_part"]) == [row["part"] for row in table["project_part"]]
    assert reckons("share_out", table["share_out"]) == [row["share_out"] for row in table["share_out"]]
    texts = [list(row["text"].encode()) for row in table["canonical"]]
    assert reckons("read", texts) == [[row["text"], row["hash"]] for row in table["canonical"]]


def test_dividing_by_chance_comes_out_the_same(reckons: Reckons) -> None:
    chance = Random(20261123)  # noqa: S311
    rows = []
    for _ in range(400):
        weights = [[member, chance.choice((0, 1, 2, 3, 7, 10**19))] for member in range(1, chance.randint(2, 20))]
        chance.shuffle(weights)
        pool, step = chance.randint(-1, 10 ** chance.randint(1, 25)), chance.choice((1, 50, 5000))
        members = [member for member, _weight in weights]
        start = chance.randint(0, 40)
        rows.append({"pool": str(pool), "weights": weights, "step": str(step), "members": members, "start": start})
    ours = []
    for row in rows:
        pool, step = int(row["pool"]), int(row["step"])
        ours.append(
            [largest_remainder(pool, row["weights"], step), equal_split(pool, row["members"], step, row["start"])]
        )
    in_text = [{**row, "weights": [[member, str(weight)] for member, weight in row["weights"]]} for row in rows]
    theirs = zip(reckons("largest_remainder", in_text), reckons("equal_split", in_text), strict=True)
    for row, one, other in zip(rows, ours, theirs, strict=True):
        told = [[{str(member): str(amount) for member, amount in given.items()}, str(rest)] for given, rest in one]
        assert told == [*other], row


def test_meetings_by_the_dozen_come_out_the_same_to_the_last_sign(reckons: Reckons) -> None:
    cases = list(made_cases(20261123, GROUPS, EACH, SPOILT))
    ours = [outcome(state, document) for state, document in cases]
    theirs = reckons("meeting", [{"state": state.to_json(), "document": document} for state, document in cases])
    for (_state, document), one, other in zip(cases, ours, theirs, strict=True):
        assert one == other, document
    posted = [case[1]["lines"] for case, said in zip(cases, ours, strict=True) if said.startswith('{"books"')]
    assert {line["kind"] for lines in posted for line in lines} == set(KINDS)
    assert len(posted) > len(cases) / 5
    assert len({said["rule"] for said in map(json.loads, ours) if "rule" in said}) > 35


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":1.0}', b'{"a":1e2}', b'{"a":-0}', b'{"a":1,"a":2}', b'{"b":1,"a":2}', b'{"a":NaN}', b'{"a":null}',
        b'{"a": 1}', b'\xef\xbb\xbf{"a":1}', b'{"a":"\xff"}', b'{"a":"\\/"}', b'{"a":"\\u00e5"}', b'{"a":"\\ud800"}',
        b'{"a":9007199254740993}', b'{"a":"e\xcc\x81"}', b'{"a":"\\u001F"}', "{}\x00".encode("utf-16"), b"", b"[" * 40,
        b"[" * 33 + b"]" * 33, b'{"__proto__":1,"a":"\xe2\x80\xa8\x7f"}', b"[" * 32 + b"]" * 32, b'"\\u2028"', b"true",
    ],
)  # fmt: skip
def test_a_text_is_read_or_refused_by_both(text: bytes, reckons: Reckons) -> None:
    assert reckons("read", [list(text)]) == [as_read(text)]


def as_read(text: bytes) -> list[str] | str:
    try:
        read = canonical(read_canonical(text))
    except Broken as broken:
        return broken.rule
    return [read.decode(), fingerprint(read)]


def test_both_know_the_same_words_coins_and_customs(reckons: Reckons) -> None:
    [known] = reckons("known", [None])
    assert known["kinds"] == [[kind, step, fund] for kind, (_rule, step, fund) in KINDS.items()]
    assert known["defaults"] == json.loads(json.dumps(DEFAULTS))
    assert known["steps"] == list(STEPS)
    assert known["currencies"] == [[code, *currency] for code, currency in CURRENCIES.items()]
