"""Sealing: what is kept can be read by those who hold the key, and moved, exchanged or shortened by nobody.

No cryptography of our own. Four standard constructions from one well-kept library are put together here: AES-256-GCM
for what is kept, HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) for a key that is handed to a person, Argon2id for a
key that a person remembers, Ed25519 (RFC 8032) for what a person says of another. Each sealed value begins with one
byte that says how it was made, and is bound to its place: table, column and row. In another place, and under another
key, it does not open.
"""

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES, TAG_BYTES, SALT_BYTES = 32, 12, 16, 16
Kept = bytes | memoryview
"""A value as the database hands it out."""

UNDER_A_KEY, TO_A_PERSON = b"\x01", b"\x02"
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class DoesNotOpen(Exception):
    """What was sealed was changed, moved or cut short, or the key is another one. Which of these, nobody can tell."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lies: it opens nowhere else. `thing` is what the row belongs to, `row` the row itself."""

    table: str
    column: str
    thing: int | str
    row: int | str

    def bound(self, made: bytes) -> bytes:
        """The place as it is bound in: no two places read the same, since each part is told with its length."""
        parts = ("omsorg", self.table, self.column, str(self.thing), str(self.row))
        return made + b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, content: bytes, place: Place) -> bytes:
    """`content` under `key`, bound to `place`. Sealing the same content twice gives two different values."""
    nonce = os.urandom(NONCE_BYTES)
    return UNDER_A_KEY + nonce + AESGCM(key).encrypt(nonce, content, place.bound(UNDER_A_KEY))


def unseal(key: bytes, sealed: Kept, place: Place) -> bytes:
    """What was sealed under `key` at `place`; raises DoesNotOpen."""
    sealed = bytes(sealed)
    if sealed[:1] != UNDER_A_KEY or len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
        raise DoesNotOpen
    nonce, content = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, content, place.bound(UNDER_A_KEY))
    except InvalidTag:
        raise DoesNotOpen from None


def seal_text(key: bytes, text: str, place: Place) -> bytes:
    return seal(key, text.encode(), place)


def unseal_text(key: bytes, sealed: Kept, place: Place) -> str:
    return unseal(key, sealed, place).decode()


# ---- to a person -----------------------------------------------------------------------------------------------


def new_pair() -> tuple[bytes, bytes]:
    """A private key and its public key, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private key of `new_pair`."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal_to(public: Kept, content: bytes, place: Place) -> bytes:
    """`content` for whoever holds the private key of `public`, bound to `place`."""
    whom = X25519PublicKey.from_public_bytes(bytes(public))
    return TO_A_PERSON + SUITE.encrypt(content, whom, place.bound(TO_A_PERSON))


def unseal_with(private: bytes, sealed: Kept, place: Place) -> bytes:
    """What was sealed to the public key of `private` at `place`; raises DoesNotOpen."""
    sealed = bytes(sealed)
    if sealed[:1] != TO_A_PERSON:
        raise DoesNotOpen
    try:
        return SUITE.decrypt(sealed[1:], X25519PrivateKey.from_private_bytes(private), place.bound(TO_A_PERSON))
    except (InvalidTag, ValueError):
        raise DoesNotOpen from None


# ---- in one's own name -----------------------------------------------------------------------------------------


def _signing(private: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(key_for(private, "signing"))


def signing_key_of(private: bytes) -> bytes:
    """The public key (Ed25519) by which everybody sees what the holder of a private key has signed.

    The signing key follows from the private key (HKDF, a purpose of its own): it is kept, opened and lost with it.
    """
    return _signing(private).public_key().public_bytes_raw()


def sign(private: bytes, said: bytes) -> bytes:
    """The signature of whoever holds a private key under `said`."""
    return _signing(private).sign(said)


@lru_cache(maxsize=4096)
def is_signed(public: bytes, said: bytes, signature: bytes) -> bool:
    """Whether the holder of the signing key `public` has said so, and exactly so."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


# ---- from something remembered ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear each guess is: memory in KiB, and how often it is gone through. Written and read as "8192:1"."""

    memory: int
    passes: int

    LEAST_MEMORY: ClassVar[int] = 8192

    def __post_init__(self) -> None:
        if self.memory < self.LEAST_MEMORY or self.passes < 1:
            raise ValueError(f"Guessing must cost at least {self.LEAST_MEMORY} KiB and one pass, not {self}.")

    def __str__(self) -> str:
        return f"{self.memory}:{self.passes}"

    @classmethod
    def parse(cls, text: str) -> "Cost":
        memory, _, passes = text.partition(":")
        return cls(int(memory), int(passes))


def new_salt() -> bytes:
    return os.urandom(SALT_BYTES)


def key_from(remembered: bytes, *, salt: Kept, cost: Cost) -> bytes:
    """The key that follows from something remembered (Argon2id): slow on purpose, the same each time."""
    stretched = Argon2id(salt=bytes(salt), length=KEY_BYTES, iterations=cost.passes, lanes=1, memory_cost=cost.memory)
    return stretched.derive(remembered)


def key_for(key: bytes, purpose: str) -> bytes:
    """A key for one purpose out of another key (HKDF): whoever has this one has neither that one nor its sisters."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"omsorg {purpose}".encode()).derive(key)
