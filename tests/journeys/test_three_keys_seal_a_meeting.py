"""A meeting is reckoned, signed by three key-holders with their PINs, sealed, and read by a second phone."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from journeys.house import ROOT
from journeys.phone import HERE, a_phone
from omsorg.savings.rules.canonical import fingerprint
from omsorg.savings.rules.meeting import apply
from omsorg.savings.rules.state import State

TABLE = json.loads((ROOT / "src" / "omsorg" / "savings" / "vectors" / "meetings.json").read_text())
SECOND = next(vector for vector in TABLE["vectors"] if vector["name"] == "ordinary meeting")
STATE, AFTER = TABLE["states"][SECOND["state"]], TABLE["states"][SECOND["outcome"]["state"]]
DOCUMENT = SECOND["document"]


def typed(document: dict[str, Any]) -> dict[str, Any]:
    """What people say of a meeting: all else follows from where the group stands."""
    said = {name: document[name] for name in ("id", "held_on", "device", "pen", "clock")}
    return {**said, "lines": [{name: fact for name, fact in line.items() if name != "n"} for line in document["lines"]]}


TYPED = typed(DOCUMENT)
SEALED = """async ([kept, typed]) => {
  const [sealing, keys] = await Promise.all(["sealing", "keys"].map((name) => import(`/savings/${name}.js`)));
  const holders = [];
  for (const member of [...kept.roles.key_holder, 1]) {
    const id = sealing.newId();
    holders.push(await keys.makeKey({ id, group: kept.group, member }, `100${member}`));
  }
  const { document, hash, state } = await sealing.reckoned(kept, sealing.written(kept, typed));
  const signatures = [];
  for (const key of holders) signatures.push(await sealing.signed({ document }, key, `100${key.member}`));
  const codes = await Promise.all([1, 1, 2].map((member) => sealing.memberCode(hash, member)));
  return { keys: holders, envelope: { document, hash, signatures }, state, codes };
}"""
CHECKED = """async ([envelope, kept, keys]) => {
  const { checked } = await import("/savings/sealing.js");
  try {
    return (await checked(envelope, kept, keys)).seq;
  } catch (wrong) {
    return wrong.why ?? wrong.rule;
  }
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with a_phone(browser) as phone:
        page = phone.new_page()
        page.goto(HERE)
        yield page


@pytest.fixture(scope="module")
def sealed(page: Page) -> dict[str, Any]:
    return page.evaluate(SEALED, [STATE, TYPED])


def whole(sealed: dict[str, Any]) -> dict[str, Any]:
    """The envelope with the three signatures it takes; the fourth is the chair's, who holds no key."""
    return {**sealed["envelope"], "signatures": sealed["envelope"]["signatures"][:3]}


def test_what_was_typed_is_the_document_and_ends_where_the_house_ends(sealed: dict[str, Any]) -> None:
    envelope = sealed["envelope"]
    assert json.loads(envelope["document"]) == DOCUMENT
    assert envelope["hash"] == fingerprint(envelope["document"].encode()) == AFTER["head"]
    assert sealed["state"] == AFTER == apply(State.from_json(STATE), DOCUMENT).state.to_json()


def test_every_meeting_of_the_table_is_written_from_what_was_typed(page: Page) -> None:
    posted = [vector for vector in TABLE["vectors"] if "outcome" in vector]
    script = """async (all) => {
      const { written } = await import("/savings/sealing.js");
      return all.map((given) => written(...given));
    }"""
    given = [[TABLE["states"][vector["state"]], typed(vector["document"])] for vector in posted]
    assert "the next cycle" in [vector["name"] for vector in posted]
    assert page.evaluate(script, given) == [vector["document"] for vector in posted]


def test_a_second_phone_reads_it(page: Page, sealed: dict[str, Any]) -> None:
    assert page.evaluate(CHECKED, [whole(sealed), STATE, sealed["keys"]]) == DOCUMENT["seq"]


def test_one_sign_changed_one_signature_less_or_of_another_is_refused(page: Page, sealed: dict[str, Any]) -> None:
    envelope, keys = whole(sealed), sealed["keys"]
    one, two, three, chair = sealed["envelope"]["signatures"]
    changed = envelope["document"].replace('"50000"', '"50001"', 1)
    for spoilt, why in (
        ({**envelope, "document": changed}, "hash"),
        ({**envelope, "document": changed, "hash": fingerprint(changed.encode())}, "signature"),
        ({**envelope, "document": envelope["document"] + " "}, "canonical"),
        ({**envelope, "signatures": [one, two]}, "signature"),
        ({**envelope, "signatures": [one, two, two]}, "signature"),
        ({**envelope, "signatures": [one, two, chair]}, "signature"),
        ({**envelope, "signatures": [one, two, {**three, "member": one["member"]}]}, "signature"),
        ({**envelope, "signatures": [one, two, {**three, "signature": two["signature"]}]}, "signature"),
        ({**envelope, "signatures": [one, two, {**three, "signature": "?"}]}, "signature"),
    ):
        assert page.evaluate(CHECKED, [spoilt, STATE, keys]) == why
    assert page.evaluate(CHECKED, [envelope, STATE, keys[1:]]) == "signature"


def test_each_member_has_a_code_of_her_own(sealed: dict[str, Any]) -> None:
    first, again, other = sealed["codes"]
    assert first == again != other
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", first)


def test_typed_text_is_put_in_normal_form_and_what_the_rules_refuse_is_not_sealed(page: Page) -> None:
    script = """async ([kept, typed]) => {
      const { written, reckoned } = await import("/savings/sealing.js");
      const document = written(kept, typed);
      return [document.clock.place, await reckoned(kept, document).catch((wrong) => wrong.rule)];
    }"""
    clock = {**TYPED["clock"], "place": "Re\u0301union"}
    said = page.evaluate(script, [STATE, {**TYPED, "clock": clock, "lines": TYPED["lines"][:-1]}])
    assert said == ["R\u00e9union", "not-counted-closing"]


@pytest.mark.parametrize("now", [0, 1, 1767225600000, 2145916800000, -5])
def test_an_identifier_holds_at_any_clock(page: Page, now: int) -> None:
    made = page.evaluate("async (now) => (await import('/savings/sealing.js')).newId(now)", now)
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made)
    assert int(made[:8] + made[9:13], 16) == max(now, 0)
