"""The installation's Ed25519 key: one file in the home's `keys`, outside the database and outside backups."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from datumline.domain.evidence.receipt import Receipt, key_id_of
from datumline.domain.problem import Problem
from datumline.signing.files import write_once

KEY_FILE = "ledger-signing-key.pem"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key and the installation that it signs for."""

    origin: str
    public_key: str
    private: Ed25519PrivateKey

    @property
    def key_id(self) -> str:
        """The public key's fingerprint, 64 hex digits."""
        return key_id_of(self.public_key)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self.private.sign(message)


def signing_key(folder: Path, *, origin: str) -> SigningKey:
    """The key in this folder, made and written on first use. Raises Problem when it cannot be read."""
    path = folder / KEY_FILE
    if not path.exists():
        _make(path)
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as wrong:
        raise Problem("the signing key cannot be read", where=str(path), expected="an Ed25519 key") from wrong
    if not isinstance(private, Ed25519PrivateKey):
        raise Problem("the signing key is of another kind", where=str(path), expected="an Ed25519 key")
    public = private.public_key().public_bytes_raw().hex()
    return SigningKey(origin=origin, public_key=public, private=private)


def _make(path: Path) -> None:
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_once(path, content, mode=0o600)
    except OSError as wrong:
        raise Problem(
            "the signing key cannot be written", where=str(path), expected="a folder that can be written"
        ) from wrong


def signed_by_its_key(receipt: Receipt) -> bool:
    """Whether the receipt's signature and key id are those of the public key that it names."""
    try:
        signature = bytes.fromhex(receipt.signature)
    except ValueError:
        return False
    signed = signature_of(receipt.public_key, receipt.signed_bytes(), signature)
    return signed and receipt.key_id == key_id_of(receipt.public_key)


def signature_of(public_key: str, message: bytes, signature: bytes) -> bool:
    """Whether the signature of the message is that of the key, which is given in hex."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
