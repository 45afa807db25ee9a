"""Sealed values open for whoever holds the key, in their own place, whole; and for nobody else, nowhere else."""

import struct
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from omsorg.kernel.sealing import (
    Cost,
    DoesNotOpen,
    Place,
    key_for,
    key_from,
    new_key,
    new_pair,
    seal,
    seal_text,
    seal_to,
    unseal,
    unseal_text,
    unseal_with,
)

KEY = bytes(range(32))
HERE = Place("ombuds_words", "sealed", 7, 11)
ELSEWHERE = [
    pytest.param({"table": "ombuds_note"}, id="another table"),
    pytest.param({"column": "form"}, id="another column"),
    pytest.param({"thing": 8}, id="another case"),
    pytest.param({"row": 12}, id="another row of the same case"),
    pytest.param({"table": "ombuds_word", "column": "ssealed"}, id="a letter moved from one part to the next"),
    pytest.param({"thing": 71, "row": 1}, id="a figure moved from one part to the next"),
]


@given(st.text(max_size=300))
def test_what_is_sealed_opens_with_the_key(text: str) -> None:
    assert unseal_text(KEY, seal_text(KEY, text, HERE), HERE) == text


def test_the_same_text_is_never_sealed_the_same_way() -> None:
    assert len({seal(KEY, b"help", HERE) for _ in range(50)}) == 50


def every_single_change(sealed: bytes) -> list[bytes]:
    """One bit changed in each byte: of the version, the nonce, the text, the tag; then cut short and made longer."""
    flipped = [bytes([*sealed[:at], sealed[at] ^ 1 << at % 8, *sealed[at + 1 :]]) for at in range(len(sealed))]
    return [*flipped, *(sealed[:length] for length in range(len(sealed))), sealed + b"\0", b"\0" + sealed]


def test_no_byte_can_be_changed() -> None:
    for changed in every_single_change(seal(KEY, b"they lock the gate", HERE)):
        with pytest.raises(DoesNotOpen):
            unseal(KEY, changed, HERE)


def test_no_byte_of_what_is_sealed_to_a_person_can_be_changed() -> None:
    private, public = new_pair()
    for changed in every_single_change(seal_to(public, KEY, HERE)):
        with pytest.raises(DoesNotOpen):
            unseal_with(private, changed, HERE)


@pytest.mark.parametrize("where", ELSEWHERE)
def test_it_opens_nowhere_else(where: dict[str, object]) -> None:
    elsewhere = replace(HERE, **where)
    private, public = new_pair()
    with pytest.raises(DoesNotOpen):
        unseal(KEY, seal(KEY, b"help", HERE), elsewhere)
    with pytest.raises(DoesNotOpen):
        unseal_with(private, seal_to(public, b"help", HERE), elsewhere)


def test_another_key_opens_nothing() -> None:
    private, public = new_pair()
    another, _ = new_pair()
    with pytest.raises(DoesNotOpen):
        unseal(new_key(), seal(KEY, b"help", HERE), HERE)
    with pytest.raises(DoesNotOpen):
        unseal_with(another, seal_to(public, b"help", HERE), HERE)
    with pytest.raises(DoesNotOpen):
        unseal(KEY, seal_to(public, b"help", HERE), HERE)
    with pytest.raises(DoesNotOpen):
        unseal_with(private, seal(KEY, b"help", HERE), HERE)


def test_the_library_alone_opens_what_was_sealed() -> None:
    """Whoever has the key needs none of our code: nonce, AES-256-GCM, and the place told part by part."""
    parts = ("omsorg", "ombuds_words", "sealed", "7", "11")
    told = b"".join(struct.pack(">I", len(part)) + part.encode() for part in parts)
    sealed = seal(KEY, b"they lock the gate", HERE)
    assert AESGCM(KEY).decrypt(sealed[1:13], sealed[13:], b"\x01" + told) == b"they lock the gate"
    private, public = new_pair()
    handed = seal_to(public, KEY, HERE)
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    assert suite.decrypt(handed[1:], X25519PrivateKey.from_private_bytes(private), b"\x02" + told) == KEY


def test_the_library_alone_derives_the_same_keys() -> None:
    stretched = Argon2id(salt=b"s" * 16, length=32, iterations=2, lanes=1, memory_cost=9000).derive(b"fish 5")
    assert key_from(b"fish 5", salt=b"s" * 16, cost=Cost(9000, 2)) == stretched
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"omsorg lookup").derive(stretched)
    assert key_for(stretched, "lookup") == derived != key_for(stretched, "opening")


@pytest.mark.parametrize(("memory", "passes"), [(8191, 1), (8192, 0), (0, 0)])
def test_guessing_is_never_cheaper_than_the_least(memory: int, passes: int) -> None:
    with pytest.raises(ValueError, match="must cost"):
        Cost(memory, passes)


def test_a_cost_is_written_and_read() -> None:
    assert Cost.parse(str(Cost(65536, 3))) == Cost(65536, 3)
