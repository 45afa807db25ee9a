"""A group leaves with everything: what it takes is whole, is read without us, and says no name it should not."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.management import CommandError, call_command
from django.test import Client

from omsorg.kernel.models import Trace
from omsorg.kernel.wall import as_house
from omsorg.savings.example.meetings import Phone
from omsorg.savings.models import Balance, Group, Received
from omsorg.savings.rules.journal import Books, one_line, written
from omsorg.savings.rules.meeting import apply
from omsorg.savings.rules.state import State
from world import World

from .cast import founded
from .test_pages import page, signed_in, url
from .test_receiving import send, tampered


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone()
    founded(world, phone)
    return phone


def everything(phone: Phone, folder: Path) -> dict[str, Any]:
    call_command("export_savings_group", str(phone.group), to=folder)
    (file,) = folder.glob("*.json")
    said: dict[str, Any] = json.loads(file.read_text())
    return said


def a_life(phone: Phone) -> None:
    """Five posted, one tampered with, one that breaks a rule, two with one number, one that waits for them."""
    first = phone.meet()
    send(tampered(first, phone))
    send(first)
    send(phone.sealed(phone.next_document(cycle=2)))
    for _meeting in range(4):
        send(phone.meet())
    other = phone.sealed(phone.next_document(clock={"began": "", "sealed": "", "monotonic_ms": 1}))
    send(phone.meet())
    send(other)
    send(phone.meet())


def signature_holds(public: str, signature: str, text: bytes) -> None:
    """Raises where it does not."""
    point, raw = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in (public, signature))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    encoded = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(encoded, text, ec.ECDSA(SHA256()))


def test_the_file_is_checked_with_nothing_of_ours(phone: Phone, tmp_path: Path) -> None:
    a_life(phone)
    said = everything(phone, tmp_path)
    assert (said["format"], said["version"], said["end"]) == ("omsorg-savings-group", 1, True)
    keys = {key["uuid"]: (key["member"], key["public"]) for key in said["keys"]}
    posted = {}
    for each in said["received"]:
        envelope = each["envelope"]
        text = envelope["document"].encode()
        assert hashlib.sha256(text).hexdigest() == envelope["hash"]
        if not each["genuine"]:
            continue
        for signature in envelope["signatures"]:
            member, public = keys[signature["key"]]
            assert member == signature["member"]
            signature_holds(public, signature["signature"], text)
        if each["answers"][-1]["outcome"] == "posted":
            posted[each["meeting"]] = envelope
    before = "0" * 64
    for seq in range(1, said["head"]["seq"] + 1):
        assert json.loads(posted[seq]["document"])["prev"] == before
        before = posted[seq]["hash"]
    assert (len(posted), before) == (6, said["head"]["hash"])
    sums: dict[str, int] = {}
    for each in said["transactions"]:
        assert sum(int(amount) for _code, amount in each["postings"]) == 0
        for code, amount in each["postings"]:
            sums[code] = sums.get(code, 0) + int(amount)
    assert sums == {code: int(amount) for code, amount in said["balances"].items()}


def test_its_meetings_applied_anew_come_to_the_same_balances(phone: Phone, tmp_path: Path) -> None:
    a_life(phone)
    said = everything(phone, tmp_path)
    state = State.founded(said["group"]["uuid"], said["founded_with"])
    posted = [each for each in said["received"] if each["answers"][-1]["outcome"] == "posted"]
    transactions = []
    for each in sorted(posted, key=lambda each: int(each["meeting"])):
        outcome = apply(state, json.loads(each["envelope"]["document"]))
        state = outcome.state
        transactions += [
            (each["meeting"], line, kind, [[code, str(amount)] for code, amount in postings])
            for line, kind, postings in outcome.transactions
        ]
    assert State.from_json(said["state"]) == state
    assert {code: int(amount) for code, amount in said["balances"].items() if amount != "0"} == {
        code: amount for code, amount in state.balances.items() if amount
    }
    assert [(t["meeting"], t["line"], t["kind"], t["postings"]) for t in said["transactions"]] == transactions


def test_what_was_not_posted_is_in_it_byte_for_byte_with_its_reason(phone: Phone, tmp_path: Path) -> None:
    a_life(phone)
    said = everything(phone, tmp_path)
    with as_house():
        kept = list(Received.objects.order_by("pk"))
    assert [each["envelope"]["document"] for each in said["received"]] == [each.document for each in kept]
    assert [each["envelope"]["signatures"] for each in said["received"]] == [json.loads(e.signatures) for e in kept]
    answers = [each["answers"][-1] for each in said["received"]]
    assert {answer["outcome"] for answer in answers} == {"posted", "refused", "broken", "forked", "waiting"}
    assert all(answer["reason"] for answer in answers if answer["outcome"] != "posted")
    by_hash = {each["envelope"]["hash"]: each for each in said["received"]}
    (fork,) = said["forks"]
    assert {by_hash[fork[side]]["meeting"] for side in ("one", "other")} == {fork["seq"]}
    assert fork["one"] != fork["other"]


def test_a_constitution_that_was_decided_is_in_it(phone: Phone, tmp_path: Path) -> None:
    send(phone.meet())
    law = {"version": 2, "currency": "TZS", "project": {"mode": "none"}, "shares_max": 3}
    lines = [{k: v for k, v in line.items() if k != "n"} for line in phone.next_document()["lines"]]
    at = max(n for n, line in enumerate(lines) if line["kind"] == "share_buy") + 1
    change = {"kind": "constitution_change", "version": 2, "constitution": law}
    vote = {"kind": "vote", "about": at + 1, "yes": 20, "no": 0, "abstain": 0}
    assert send(phone.meet([*lines[:at], change, vote, *lines[at:]])).outcome == "posted"
    laws = everything(phone, tmp_path)["constitutions"]
    assert [(each["version"], each["decided_in"]) for each in laws] == [(1, 0), (2, 2)]
    assert laws[1]["constitution"] == law


def test_the_command_overwrites_nothing_and_leaves_no_half_file(phone: Phone, tmp_path: Path) -> None:
    send(phone.meet())
    everything(phone, tmp_path)
    names = sorted(file.name for file in tmp_path.iterdir())
    stem = f"savings-example-group-tumaini-{str(phone.group)[:8]}-after-1"
    assert names == [f"{stem}.journal", f"{stem}.json"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())
    with pytest.raises(CommandError, match="there already"):
        call_command("export_savings_group", str(phone.group), to=tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    with pytest.raises(CommandError, match="no savings group"):
        call_command("export_savings_group", str(Phone(9).group), to=tmp_path)
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_savings_group", str(phone.group), to=tmp_path / "nowhere")


def fetched(client: Client, phone: Phone, kind: str) -> tuple[str, str]:
    answer = client.post(f"{url(phone)}everything/", {"kind": kind, "asked": "on"})
    assert answer.status_code == 200
    return answer["Content-Disposition"], b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_field_officer_fetches_both_files_and_the_trail_keeps_it(world: World, phone: Phone) -> None:
    send(phone.meet())
    client = signed_in(world, "visitor")
    assert "everything/" in page(client, url(phone))
    assert "Fetch the file" in page(client, f"{url(phone)}everything/")
    for kind in ("json", "journal"):
        named, text = fetched(client, phone, kind)
        assert f'-after-1.{kind}"' in named
        with as_house():
            trace = Trace.objects.filter(verb="hand_out_books").latest("pk")
        assert trace.actor == world.person["visitor"].pk
        fingerprint = hashlib.sha256(text.encode()).hexdigest()
        assert json.loads(trace.details) == {"fingerprint": fingerprint, "kind": kind, "meetings": 1}
    assert json.loads(fetched(client, phone, "json")[1])["head"]["seq"] == 1


def test_nobody_fetches_what_the_group_has_not_asked_for(world: World, phone: Phone) -> None:
    client = signed_in(world, "visitor")
    answer = client.post(f"{url(phone)}everything/", {"kind": "json"})
    assert "Only the group can ask for its books" in answer.content.decode()
    with as_house():
        assert not Trace.objects.filter(verb="hand_out_books").exists()


def test_who_reads_figures_is_told_that_it_takes_another_role(world: World, phone: Phone) -> None:
    with as_house():
        Group.objects.update(figures_opened=True)
    client = signed_in(world, "figures", role="savings_reader")
    assert "everything/" not in page(client, url(phone))
    answer = client.post(f"{url(phone)}everything/", {"kind": "json", "asked": "on"})
    assert answer.status_code == 403
    assert "Field officer of savings groups" in answer.content.decode()
    elsewhere = signed_in(world, "elsewhere", at="sweden")
    assert elsewhere.post(f"{url(phone)}everything/", {"kind": "json", "asked": "on"}).status_code == 404


@pytest.mark.parametrize("opened", [True, False])
def test_the_journal_names_members_only_where_the_group_agreed(world: World, phone: Phone, opened: bool) -> None:
    send(phone.meet())
    with as_house():
        Group.objects.update(figures_opened=opened)
        balance = int(Balance.objects.get(account="share:7").amount)
    _name, text = fetched(signed_in(world, "visitor"), phone, "journal")
    account = "equity:savings:member 7 Member 7" if opened else "equity:savings:member 7"
    assert f"account {account}\n" in text
    assert f"    {account}    0.00 TZS = {written(balance, 'TZS')}\n" in text
    assert ("Member 7" in text) is opened


def test_a_group_that_has_not_met_leaves_with_what_there_is(phone: Phone, tmp_path: Path) -> None:
    said = everything(phone, tmp_path)
    assert (said["received"], said["transactions"], said["state"], said["balances"]) == ([], [], {}, {})
    assert said["head"] == {"seq": 0, "hash": "0" * 64}
    assert (said["key_changes"], said["decisions"], said["forks"]) == ([], [], [])


def test_no_two_accounts_have_one_name() -> None:
    names = dict.fromkeys(range(1, 13), "Neema; a:b | c\u2028d\t (x)")
    books = Books("", "", "TZS", 0, "", "", {}, names)
    members = [f"{kind}:{n}" for kind in ("loan", "payable", "share", "project-share") for n in (1, 11, 12)]
    codes = [*members, "cash:loan", "bank:loan", "cash:project", "project-asset", "income:project", "expense:project"]
    assert len({books.account(code) for code in [*codes, "not:known", "not known yet"]}) == len(codes) + 2
    assert books.account("share:1") == "equity:savings:member 1 Neema a b c d x"


def test_amounts_have_the_decimals_of_their_currency() -> None:
    assert [written(n, "TZS") for n in (0, 5, -5, 150005, -(10**30))] == [
        "0.00 TZS", "0.05 TZS", "-0.05 TZS", "1500.05 TZS", f"-1{'0' * 28}.00 TZS",
    ]  # fmt: skip
    assert [written(n, "UGX") for n in (0, 7, -1200)] == ["0 UGX", "7 UGX", "-1200 UGX"]
    assert one_line(" a\nb  c") == "a b c"
