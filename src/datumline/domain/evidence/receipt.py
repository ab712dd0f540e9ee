"""Receipts: a signed statement that an entry stood at a place and a time, for somebody outside to keep.

The signature is Ed25519 over "evl1/receipt" NUL and the RFC 8785 text of the receipt without `signature`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from typing import Any, Protocol

from datumline.domain.evidence.canonical import canonical
from datumline.domain.evidence.entry import EntryId, StreamId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

RECEIPT_DOMAIN = b"evl1/receipt\0"
FORMAT = 1
NUMBERS = frozenset({"v", "seq"})


class Signer(Protocol):
    """The installation's signing key, behind a port."""

    @property
    def origin(self) -> str:
        """The installation's name."""

    @property
    def public_key(self) -> str:
        """The 32 bytes of the public key, in hex."""

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the Ed25519 signature of `message`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where an entry stands. `new` is false when it stood there before this request."""

    stream: StreamId
    seq: int
    hash: EntryId
    recorded_at: str
    new: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A placed entry, signed. Keys and signature are lower-case hex; `origin` names the installation."""

    v: int = FORMAT
    origin: str
    key_id: str
    public_key: str
    stream: StreamId
    seq: int
    hash: EntryId
    recorded_at: str
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return RECEIPT_DOMAIN + canonical(said).encode()

    def document(self) -> dict[str, Json]:
        """The receipt as the JSON document that leaves the house."""
        return asdict(self)


def key_id_of(public_key: str) -> str:
    """The fingerprint of a public key: SHA-256 of its 32 bytes."""
    return sha256(bytes.fromhex(public_key)).hexdigest()


def receipt_for(placed: Placed, signer: Signer) -> Receipt:
    """Sign for one placed entry."""
    unsigned = Receipt(
        origin=signer.origin,
        key_id=key_id_of(signer.public_key),
        public_key=signer.public_key,
        stream=placed.stream,
        seq=placed.seq,
        hash=placed.hash,
        recorded_at=placed.recorded_at,
    )
    return replace(unsigned, signature=signer.sign(unsigned.signed_bytes()).hex())


def receipt_from(document: Json, *, where: str) -> Receipt:
    """Read a receipt's JSON document back, strictly. Raises Problem."""
    expected = "a receipt as `datumline ledger receipt` writes it"
    if not isinstance(document, dict) or set(document) != {field.name for field in fields(Receipt)}:
        raise Problem("not a receipt", where=where, expected=expected)
    if document["v"] != FORMAT:
        raise Problem("a receipt of another format", where=where, expected=expected)
    said: dict[str, Any] = dict(document)
    if not all(type(value) is (int if name in NUMBERS else str) for name, value in said.items()):
        raise Problem("a receipt with a wrong field", where=where, expected=expected)
    return Receipt(**said)
