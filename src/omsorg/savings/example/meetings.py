"""A group that meets each week, as its phone would write it: every document follows from the state before it.

Nothing here is drawn by chance: the same group and the same number of meetings give the same bytes.
"""

import base64
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from omsorg.savings.rules.canonical import canonical, fingerprint
from omsorg.savings.rules.loans import charge_of, charges_due, limit_of
from omsorg.savings.rules.meeting import apply_written
from omsorg.savings.rules.state import State

MEMBERS = 20
BEGAN = date(2026, 1, 5)
HOLDERS = (18, 19, 20)
OFFICES = (("chair", 1), ("secretary", 2), ("box_keeper", 3), *(("key_holder", member) for member in HOLDERS))
CONSTITUTION: dict[str, Any] = {"currency": "TZS", "project": {"mode": "none"}}
Line = dict[str, Any]


class Phone:
    """The phone of the `number`-th invented group: its identity, its keys, and the state after what it sealed."""

    def __init__(self, number: int = 1, constitution: Mapping[str, Any] = CONSTITUTION) -> None:
        self.group = uuid_of(number, 0xF)
        self.device = uuid_of(number, 0xD)
        self.constitution = constitution
        self.state = State.founded(str(self.group), constitution)
        self.secrets = {
            member: ec.derive_private_key(number * 1000 + member, ec.SECP256R1()) for member in (1, *HOLDERS)
        }

    def public_keys(self) -> list[tuple[UUID, int, str]]:
        """(uuid, member, public key) of everybody who has one."""
        return [(self.key_of(member), member, public(secret)) for member, secret in self.secrets.items()]

    def key_of(self, member: int) -> UUID:
        return uuid_of(int(self.group.hex[-6:], 16), 0xE00 + member)

    def next_document(self, lines: Sequence[Line] | None = None, **changes: Any) -> dict[str, Any]:
        """The next meeting: an ordinary one, or of these lines. `changes` replace what its head says."""
        seq = self.state.seq + 1
        day = (BEGAN + timedelta(weeks=self.state.seq)).isoformat()
        if lines is None:
            lines = first_lines() if seq == 1 else ordinary_lines(self.state, seq, day)
        return {
            "format": 1,
            "id": str(uuid_of(seq, int(self.group.hex[-6:], 16))),
            "group": str(self.group),
            "seq": seq,
            "cycle": self.state.cycle,
            "prev": self.state.head,
            "constitution": self.state.constitution.version,
            "held_on": day,
            "device": str(self.device),
            "pen": 1,
            "clock": {"began": f"{day}T14:00:00Z", "sealed": f"{day}T16:00:00Z", "monotonic_ms": 7200000},
            "lines": [{"n": n, **line} for n, line in enumerate(lines, start=1)],
            **changes,
        }

    def sealed(self, document: Mapping[str, Any], signers: Sequence[int] = HOLDERS) -> dict[str, Any]:
        """The envelope of a document, signed by these members."""
        text = canonical(dict(document))
        return {
            "document": text.decode(),
            "hash": fingerprint(text),
            "signatures": [
                {"member": member, "key": str(self.key_of(member)), "signature": signed(self.secrets[member], text)}
                for member in signers
            ],
        }

    def meet(self, lines: Sequence[Line] | None = None) -> dict[str, Any]:
        """Hold the next meeting: its envelope. The phone goes on from there."""
        document = self.next_document(lines)
        self.state = apply_written(self.state, document, fingerprint(canonical(document))).state
        return self.sealed(document)


def uuid_of(number: int, kind: int) -> UUID:
    """A uuid that looks like one made on 1 January 2026, and is the same each time."""
    return UUID(f"019b7629-{kind & 0xFFFF:04x}-7000-8000-{number:012x}")


def public(secret: ec.EllipticCurvePrivateKey) -> str:
    point = secret.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def signed(secret: ec.EllipticCurvePrivateKey, text: bytes) -> str:
    r, s = decode_dss_signature(secret.sign(text, ec.ECDSA(SHA256())))
    return base64.urlsafe_b64encode(r.to_bytes(32, "big") + s.to_bytes(32, "big")).rstrip(b"=").decode()


def first_lines() -> list[Line]:
    """Twenty come in, choose who keeps what, and save for the first time."""
    lines: list[Line] = [{"kind": "member_in", "member": m, "name": f"Member {m}"} for m in range(1, MEMBERS + 1)]
    for role, member in OFFICES:
        lines.append({"kind": "role_change", "member": member, "role": role, "holds": True})
        lines.append({"kind": "vote", "about": len(lines), "yes": MEMBERS, "no": 0, "abstain": 0})
    return lines + saving_lines(0, 0, ())


def ordinary_lines(state: State, seq: int, day: str) -> list[Line]:
    """The roll, the balances recited, all save; every fourth time loans come back and go out."""
    lines: list[Line] = [{"kind": "attendance", "member": m, "how": "present"} for m in range(1, MEMBERS + 1)]
    lines += [
        {"kind": "recited_balance", "fund": fund, "member": 7, "said": str(state.closing[fund]), "right": True}
        for fund in ("social", "loan")
    ]
    loans: list[Line] = []
    back = 0
    for number, loan in state.loans.items():
        if loan.standing != "open":
            continue
        due = charges_due(loan, seq, day)
        charge = charge_of(loan, state.constitution.step)
        loans += [{"kind": "charge_due", "loan": number, "amount": str(charge)} for _time in range(due)]
        if seq % 4 == 0:
            back += loan.principal + loan.charge + due * charge
            owed = str(loan.principal + loan.charge + due * charge)
            loans.append({"kind": "loan_in", "loan": number, "amount": owed})
    out = 0
    if seq % 4 == 0:
        for place in range(5):
            member = (seq // 4 * 5 + place) % MEMBERS + 1
            amount = str(limit_of(state, member) // 3 // 5000 * 5000)
            about = len(lines) + 42 + len(loans) + 1
            loans += [
                {"kind": "loan_request", "member": member, "amount": amount, "term": 3, "for": "seed"},
                {"kind": "vote", "about": about, "yes": MEMBERS, "no": 0, "abstain": 0},
                {
                    "kind": "loan_out",
                    "member": member,
                    "loan": len(state.loans) + place + 1,
                    "amount": amount,
                    "term": 3,
                },
            ]
            out += int(amount)
    return lines + saving_lines(state.balance("cash:social"), state.balance("cash:loan"), loans, back - out)


def saving_lines(social: int, loan: int, others: Sequence[Line], change: int = 0) -> list[Line]:
    """Both funds counted, saved into, and counted again; `others` after the shares change the loan fund by `change`."""
    members = range(1, MEMBERS + 1)
    shares = {member: 1 + member % 5 for member in members}
    lines: list[Line] = [{"kind": "counted", "fund": "social", "when": "opening", "amount": str(social)}]
    lines += [{"kind": "social_in", "member": member, "amount": "50000"} for member in members]
    lines.append({"kind": "counted", "fund": "loan", "when": "opening", "amount": str(loan)})
    lines += [{"kind": "share_buy", "member": member, "shares": shares[member]} for member in members]
    lines += others
    social += 50000 * MEMBERS
    loan += 200000 * sum(shares.values()) + change
    lines.append({"kind": "counted", "fund": "social", "when": "closing", "amount": str(social)})
    lines.append({"kind": "counted", "fund": "loan", "when": "closing", "amount": str(loan)})
    return lines
