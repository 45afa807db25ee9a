"""What a phone keeps of a savings group: the tab is killed, the program changes, the disk is full, two tabs type, the
network answers nonsense. No line is lost and no sealed meeting is written over.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from secrets import token_hex
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, BrowserContext, Error, Page

from journeys.house import ROOT
from journeys.phone import HERE, a_phone
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.canonical import canonical, fingerprint
from omsorg.savings.rules.meeting import apply
from omsorg.savings.rules.signing import check_signatures
from omsorg.savings.rules.state import State

TABLE = json.loads((ROOT / "src" / "omsorg" / "savings" / "vectors" / "meetings.json").read_text())
FIRST, SECOND = (
    next(vector for vector in TABLE["vectors"] if vector["name"] == name)
    for name in ("first meeting", "ordinary meeting")
)
STATES = [TABLE["states"][name] for name in (FIRST["state"], SECOND["state"], SECOND["outcome"]["state"])]
GROUP = STATES[0]["group"]
KEY = {"id": "018f0000-0000-7000-8000-00000000000a", "group": GROUP, "member": 3}
COMMON = """async (given) => {
  const [{ Store, UPGRADES }, { sendAll }, keys, { open }] = await Promise.all(
    ["store", "outbox", "keys", "database"].map((name) => import(`/savings/${name}.js`)));
  globalThis.store ??= await Store.open();
  const tried = async (does) => {
    try {
      return await does();
    } catch (wrong) {
      return wrong.why ?? (wrong.constructor.name === "DOMException" ? wrong.name : wrong.constructor.name);
    }
  };
  %s
}"""

Envelope = dict[str, Any]
HOLDERS = {member: derive_private_key(member, SECP256R1()) for member in (3, 4, 5)}


def text_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def key_of(member: int) -> dict[str, Any]:
    """A key-holder's key as a phone keeps it; what is wrapped with her PIN is not asked for here."""
    point = HOLDERS[member].public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"id": f"key {member}", "group": GROUP, "member": member, "public": text_of(point)}


def signature_of(member: int, text: bytes) -> dict[str, Any]:
    r, s = decode_dss_signature(HOLDERS[member].sign(text, ECDSA(SHA256())))
    raw = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return {"member": member, "key": f"key {member}", "signature": text_of(raw)}


def envelope_of(vector: dict[str, Any]) -> Envelope:
    text = canonical(vector["document"])
    signatures = [signature_of(member, text) for member in HOLDERS]
    return {"document": text.decode(), "hash": fingerprint(text), "signatures": signatures}


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    with a_phone(browser) as context:
        yield context


def opens(phone: BrowserContext) -> Page:
    page = phone.new_page()
    page.goto(HERE)
    return page


def does(page: Page, script: str, given: Any = None) -> Any:
    """What the script brings; `store` is this tab's, open since the first time."""
    return page.evaluate(COMMON % script, given)


def begins(page: Page, state: dict[str, Any] | None = None) -> None:
    group = {"id": GROUP, "name": "Upendo", "state": state or STATES[0]}
    does(page, "await store.addGroup(given)", group)
    does(page, "for (const key of given) await store.keepKey(key)", [key_of(member) for member in HOLDERS])


def dies(page: Page) -> None:
    """The tab is killed, as a phone does that needs its memory."""
    with pytest.raises(Error):
        page.goto("chrome://crash")
    page.close()


TYPES = "return store.keepDraft(given)"
DRAFT = "return (await store.draft(given)) ?? null"
SEALS = "return tried(() => store.seal(given.draft, given.envelope, given.state))"


def types_and_seals(page: Page, vector: dict[str, Any], state: dict[str, Any]) -> Envelope:
    draft = does(page, TYPES, {"group": GROUP, "revision": 0, "step": "closing"})
    envelope = envelope_of(vector)
    assert does(page, SEALS, {"draft": draft, "envelope": envelope, "state": state}) is None
    return envelope


def test_a_killed_tab_comes_back_to_the_same_step(phone: BrowserContext) -> None:
    page = opens(phone)
    begins(page)
    lines = [{"kind": "social_in", "member": 3, "amount": "50 0"}]
    does(page, TYPES, {"group": GROUP, "revision": 0, "step": "social", "typed": lines})
    dies(page)
    draft = does(opens(phone), DRAFT, GROUP)
    assert draft == {"group": GROUP, "revision": 1, "step": "social", "typed": lines}


def test_a_tab_killed_while_it_writes_leaves_a_whole_draft(phone: BrowserContext) -> None:
    page = opens(phone)
    begins(page)
    does(
        page,
        """(async () => {
          let draft = { group: given, revision: 0, typed: [] };
          for (;;) draft = await store.keepDraft({ ...draft, typed: [...draft.typed, "x".repeat(2000)] });
        })();
        while (!((await store.draft(given))?.revision > 5)) await new Promise((done) => setTimeout(done));""",
        GROUP,
    )
    dies(page)
    draft = does(opens(phone), DRAFT, GROUP)
    assert draft["revision"] == len(draft["typed"]) > 5


def test_two_tabs_do_not_write_over_each_other(phone: BrowserContext) -> None:
    one, other = opens(phone), opens(phone)
    begins(one)
    kept = does(one, TYPES, {"group": GROUP, "revision": 0, "step": "roll"})
    twice = "return [await tried(() => store.keepDraft(given)), await tried(() => store.keepDraft(given))]"
    first, second = does(other, twice, {**kept, "step": "social"})
    assert (first["revision"], second) == (2, "draft-elsewhere")
    assert does(one, f"return tried(() => {{ {TYPES} }})", {**kept, "step": "fund"}) == "draft-elsewhere"
    assert does(one, DRAFT, GROUP)["step"] == "social"


def test_a_double_tap_seals_once(phone: BrowserContext) -> None:
    page = opens(phone)
    begins(page)
    draft = does(page, TYPES, {"group": GROUP, "revision": 0, "step": "closing"})
    sealing = {"draft": draft, "envelope": envelope_of(FIRST), "state": STATES[1]}
    once = "store.seal(given.draft, given.envelope, given.state)"
    assert does(page, f"return Promise.all([tried(() => {once}), tried(() => {once})])", sealing) == [None, "no-draft"]
    kept = does(page, "return [await store.meetings(given), await store.group(given)]", GROUP)
    assert [meeting["seq"] for meeting in kept[0]] == [1]
    assert kept[1]["state"] == STATES[1]
    assert does(page, DRAFT, GROUP) is None


@pytest.mark.parametrize(
    ("spoils", "why"),
    [
        (lambda sealing: sealing["envelope"].update(hash="0" * 64), "hash"),
        (lambda sealing: sealing["envelope"].update(envelope_of(SECOND)), "head"),
        (lambda sealing: sealing.update(state=STATES[2]), "head"),
        (lambda sealing: sealing["draft"].update(revision=0), "draft-elsewhere"),
        (lambda sealing: sealing["draft"].update(group="another"), "group"),
        (lambda sealing: sealing["envelope"]["signatures"].pop(), "signature"),
        (lambda sealing: sealing["envelope"]["signatures"][0].update(member=1), "signature"),
        (lambda sealing: sealing["envelope"].update(signatures=envelope_of(SECOND)["signatures"]), "signature"),
    ],
)
def test_what_does_not_follow_is_not_sealed_and_the_draft_stays(phone: BrowserContext, spoils: Any, why: str) -> None:
    page = opens(phone)
    begins(page)
    draft = does(page, TYPES, {"group": GROUP, "revision": 0, "step": "closing"})
    sealing = {"draft": dict(draft), "envelope": envelope_of(FIRST), "state": STATES[1]}
    spoils(sealing)
    assert does(page, SEALS, sealing) == why
    assert does(page, DRAFT, GROUP) == draft
    assert does(page, "return [await store.meetings(given), (await store.group(given)).state.seq]", GROUP) == [[], 0]


def test_a_new_program_finds_all_that_the_old_one_kept(phone: BrowserContext) -> None:
    old = opens(phone)
    begins(old)
    sealed = types_and_seals(old, FIRST, STATES[1])
    draft = does(old, TYPES, {"group": GROUP, "revision": 0, "step": "shares", "typed": ["5 000"]})
    new = opens(phone)
    found = does(
        new,
        """const later = [...UPGRADES, (database, transaction) => {
          database.createObjectStore("receipts", { keyPath: "hash" });
          transaction.objectStore("meetings").createIndex("group", "group");
        }];
        store.close();
        globalThis.store = await Store.open(later);
        return [await store.unsent(), await store.draft(given), await store.group(given)];""",
        GROUP,
    )
    assert [meeting["hash"] for meeting in found[0]] == [sealed["hash"]]
    assert found[0][0]["document"] == sealed["document"]
    assert found[1] == draft
    assert found[2]["state"] == STATES[1]
    told = does(old, f"return tried(() => {{ {TYPES} }})", {**draft, "step": "loans"})
    assert told == "Outdated"
    assert does(old, "return tried(() => Store.open())") == "Outdated"
    assert does(new, DRAFT, GROUP) == draft


def test_a_full_disk_refuses_the_new_and_keeps_the_old(phone: BrowserContext) -> None:
    page = opens(phone)
    room = {"origin": HERE.rstrip("/"), "quotaSize": 200_000}
    phone.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", room)
    begins(page)
    draft = does(page, TYPES, {"group": GROUP, "revision": 0, "step": "roll"})
    large = {**draft, "typed": token_hex(10**6)}
    assert does(page, f"return tried(() => {{ {TYPES} }})", large) == "QuotaExceededError"
    assert does(page, DRAFT, GROUP) == draft
    assert does(page, TYPES, {**draft, "step": "social"})["revision"] == 2


def test_meetings_are_sent_in_order_and_only_the_house_says_they_arrived(phone: BrowserContext) -> None:
    page = opens(phone)
    begins(page)
    first, second = types_and_seals(page, FIRST, STATES[1]), types_and_seals(page, SECOND, STATES[2])
    sending = """
      const said = [];
      const post = async (envelope) => {
        said.push(envelope.hash);
        return eval(given)(envelope);
      };
      return [await sendAll(store, post), said, (await store.unsent()).map(({ hash }) => hash)];"""
    both = [first["hash"], second["hash"]]
    nothing = [{"sent": 0, "left": 2}, both[:1], both]
    for unsaid in (
        "() => { throw new TypeError('network') }",
        "() => null",
        "() => ({ welcome: 'to the hotel' })",
        "() => ({ hash: '0'.repeat(64), standing: 'posted' })",
        "({ hash }) => ({ hash, standing: 'perhaps' })",
    ):
        assert does(page, sending, unsaid) == nothing
    half = "({ hash, document }) => document.includes('\"seq\":1') && { hash, standing: 'waiting' }"
    assert does(page, sending, half) == [{"sent": 1, "left": 1}, both, both[1:]]
    refused = "({ hash }) => ({ hash, standing: 'not-posted', broken: { rule: 'votes', line: 3, facts: {} } })"
    again = [both[1], both[0]]  # what waits there is asked about once more
    assert does(page, sending, refused) == [{"sent": 1, "left": 0}, again, []]
    assert does(page, "return store.answer(given)", second["hash"])["broken"]["rule"] == "votes"
    assert does(page, sending, refused) == [{"sent": 0, "left": 0}, [], []]


def test_two_tabs_send_a_meeting_once(phone: BrowserContext) -> None:
    page, other = opens(phone), opens(phone)
    begins(page)
    types_and_seals(page, FIRST, STATES[1])
    does(
        page,
        """globalThis.sent = 0;
        const post = ({ hash }) => new Promise((done) => {
          sent += 1;
          globalThis.house = () => done({ hash, standing: "posted" });
        });
        globalThis.sending = sendAll(store, post);
        while (!globalThis.house) await new Promise((done) => setTimeout(done));""",
    )
    assert does(other, "return sendAll(store, () => { throw new Error('twice') })") == {"sent": 0, "left": 1}
    assert does(page, "house(); return [await sending, sent]") == [{"sent": 1, "left": 0}, 1]


def test_two_meetings_of_one_number_are_both_kept_and_one_twice_is_once(phone: BrowserContext) -> None:
    page = opens(phone)
    begins(page)
    sealed = types_and_seals(page, FIRST, STATES[1])
    document = {**FIRST["document"], "device": "018f0000-0000-7000-8000-0000000000ff"}
    other = envelope_of({"document": document})
    for carried in (sealed, other, other):
        does(page, "return store.carry(given)", carried)
    kept = does(page, "return (await store.exported(given)).meetings", GROUP)
    assert sorted(meeting["hash"] for meeting in kept) == sorted([sealed["hash"], other["hash"]])
    assert does(page, "return tried(() => store.carry(given))", {**other, "document": sealed["document"]}) == "hash"


def test_a_meeting_held_on_the_phone_ends_where_the_house_ends(phone: BrowserContext) -> None:
    page = opens(phone)
    begins(page)
    types_and_seals(page, FIRST, STATES[1])
    reckoned = does(
        page,
        """const [{ apply }, { State }, { canonical, fingerprint }] = await Promise.all(
          ["meeting", "state", "canonical"].map((name) => import(`/savings/rules/${name}.js`)));
        const before = State.fromJSON((await store.group(given.written.group)).state);
        const { group } = given.written;
        const document = canonical(given.written);
        const hash = await fingerprint(document);
        const state = apply(before, given.written, hash).state.toJSON();
        const draft = await store.keepDraft({ group, revision: 0 });
        await store.seal(draft, { document, hash, signatures: given.signatures }, state);
        return (await store.group(group)).state;""",
        {"written": SECOND["document"], "signatures": envelope_of(SECOND)["signatures"]},
    )
    assert reckoned == apply(State.from_json(STATES[1]), SECOND["document"]).state.to_json()


def is_signed(key: dict[str, str], signature: dict[str, Any], text: bytes) -> bool:
    """What the house makes of it: the key as handed in at the founding, the signature as it comes with a meeting."""
    known = {key["id"]: (KEY["member"], key["public"])}
    try:
        check_signatures([signature], known, text)
    except Broken as broken:
        return broken.rule == "signatures"  # genuine, and two are missing
    return False


def test_a_key_holder_signs_with_her_pin_and_the_house_can_tell(phone: BrowserContext) -> None:
    page = opens(phone)
    text = canonical(SECOND["document"])
    key, signature, known = does(
        page,
        """await store.keepKey(await keys.makeKey(given.key, "2718"));
        const [key] = await store.keysOf(given.key.group);
        const signature = await keys.sign(key, "2718", given.text);
        const known = await Promise.all([given.text, `${given.text} `].map((text) =>
          keys.verify(key.public, signature.signature, text)));
        return [key, signature, known];""",
        {"key": KEY, "text": text.decode()},
    )
    assert (signature["member"], signature["key"]) == (3, KEY["id"])
    assert is_signed(key, signature, text)
    assert not is_signed(key, signature, text + b" ")
    assert known == [True, False]
    assert "2718" not in json.dumps(key)


def test_another_pin_opens_nothing_and_a_moved_key_neither(phone: BrowserContext) -> None:
    page = opens(phone)
    told = does(
        page,
        """const key = await keys.makeKey(given, "2718");
        const signed = (key, pin) => tried(async () => typeof (await keys.sign(key, pin, "{}")).signature);
        const changed = await keys.changePin(key, "2718", "٣١٤١".replace(/./g, (sign) => sign.codePointAt(0) - 0x660));
        const other = await keys.makeKey(given, "2718");
        return [
          await signed(key, "2718"), await signed(key, " ２７１８ "), await signed(key, "2719"),
          await signed(key, "271"), await signed(key, "27a8"), await signed({ ...key, member: 4 }, "2718"),
          await signed({ ...key, public: other.public }, "2718"), await signed(changed, "3141"),
          await signed(changed, "2718"), await tried(() => keys.changePin(key, "0000", "1111")),
        ];""",
        KEY,
    )
    assert told == [
        "string", "string", "WrongPin", "NoPin", "NoPin", "WrongPin", "WrongPin", "string", "WrongPin", "WrongPin",
    ]  # fmt: skip


def test_a_wrong_pin_too_often_is_waited_for_longer_each_time(phone: BrowserContext) -> None:
    page = opens(phone)
    tries = """
      const { tried: slowly } = await import("/savings/tries.js");
      const key = { id: "key" };
      const { WrongPin } = keys;
      Date.now = () => given.now;
      let made = 0;
      const does = async () => { made += 1; if (given.pin !== "2718") throw new WrongPin(); return "signed"; };
      const told = await slowly(store, key, given.pin, does).catch((wrong) => wrong.ms ?? wrong.constructor.name);
      return [told, made];"""

    def after(now: int, pin: str = "1111") -> list[Any]:
        told: list[Any] = does(page, tries, {"now": now, "pin": pin})
        return told

    minute = 60_000
    assert after(0, "27") == ["NoPin", 0]
    assert [after(0) for _ in range(4)] == [["WrongPin", 1]] * 3 + [[minute, 0]]
    assert after(minute - 1, "2718") == [1, 0], "the right one waits too: it is not told apart"
    page.close()
    page = opens(phone)
    assert after(minute - 1) == [1, 0], "a page opened anew changes nothing"
    assert after(minute) == ["WrongPin", 1]
    assert after(minute) == [2 * minute, 0]
    assert after(-(10**12)) == [2 * minute, 0], "a clock turned back begins the wait anew and lengthens it no more"
    now = -(10**12)
    for wait in (2, 4, 8, 16, 32, 60, 60):
        now += wait * minute
        assert after(now - 1) == [1, 0]
        assert after(now) == ["WrongPin", 1]
    now += 60 * minute
    assert after(now, "2718") == ["signed", 1]
    assert [after(now) for _ in range(3)] == [["WrongPin", 1]] * 3, "who was right begins afresh"


def test_what_leaves_the_phone_holds_no_key(phone: BrowserContext) -> None:
    page = opens(phone)
    begins(page)
    does(page, 'await store.keepKey(await keys.makeKey(given, "2718"))', KEY)
    types_and_seals(page, FIRST, STATES[1])
    exported = does(page, "return store.exported(given)", GROUP)
    assert set(exported) == {"format", "group", "draft", "meetings"}
    assert "wrapped" not in json.dumps(exported)
    assert [set(meeting) for meeting in exported["meetings"]] == [{"document", "hash", "signatures"}]
