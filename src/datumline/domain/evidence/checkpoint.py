"""A checkpoint: how many entries there are and the root over all of them, signed (C2SP signed note).

    ORIGIN
    SIZE
    ROOT in base64

    — ORIGIN BASE64 of the first 4 bytes of the key's hash and the 64 bytes of the signature

The signature is Ed25519 over the three lines. The key's hash is SHA-256 of the origin, a line feed, the byte
1 and the public key, so that a line says which key it is of.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from datumline.domain.evidence.receipt import Signer
from datumline.domain.problem import Problem

ED25519 = b"\1"
DASH = "— "
KEY_BYTES = 4
EXPECTED = "a checkpoint as `datumline ledger checkpoint` writes it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What was signed, read back from its note.

    Attributes:
        size: how many entries the tree holds.
        root: its root, 32 bytes.
        key: the first four bytes of the hash of origin and key.
        note: the exact text.
    """

    origin: str
    size: int
    root: bytes
    key: bytes
    signature: bytes
    note: str

    @property
    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        return body_of(self.origin, self.size, self.root).encode()


def body_of(origin: str, size: int, root: bytes) -> str:
    """The three lines that are signed."""
    return f"{origin}\n{size}\n{b64encode(root).decode()}\n"


def key_hash(origin: str, public_key: str) -> bytes:
    """The four bytes by which a signature line names its key; `public_key` in hex."""
    return sha256(f"{origin}\n".encode() + ED25519 + bytes.fromhex(public_key)).digest()[:KEY_BYTES]


def signed(size: int, root: bytes, signer: Signer) -> Checkpoint:
    """Sign a tree. Raises Problem for an origin that no signed note can name."""
    origin = signer.origin
    if not origin or "+" in origin or any(each.isspace() for each in origin):
        raise Problem(f"the origin '{origin}' cannot sign", expected="a name without spaces and plus signs")
    body = body_of(origin, size, root)
    key, signature = key_hash(origin, signer.public_key), signer.sign(body.encode())
    note = f"{body}\n{DASH}{origin} {b64encode(key + signature).decode()}\n"
    return Checkpoint(origin=origin, size=size, root=root, key=key, signature=signature, note=note)


def checkpoint_from(note: str) -> Checkpoint:
    """Read a note of ours back. Raises Problem for any other text."""
    try:
        origin, size, root, empty, line, end = note.split("\n")
        name, sealed = line.removeprefix(DASH).split(" ")
        raw = b64decode(sealed, validate=True)
        found = Checkpoint(
            origin=origin,
            size=int(size),
            root=b64decode(root, validate=True),
            key=raw[:KEY_BYTES],
            signature=raw[KEY_BYTES:],
            note=note,
        )
    except ValueError as wrong:
        raise Problem("not a checkpoint", expected=EXPECTED) from wrong
    exact = f"{body_of(origin, found.size, found.root)}\n{DASH}{name} {b64encode(raw).decode()}\n"
    if empty or end or name != origin or exact != note:
        raise Problem("not a checkpoint", expected=EXPECTED)
    return found
