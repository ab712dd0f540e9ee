# ruff: noqa: T201 - a program for a terminal, by itself
"""Check a Datumline receipt without Datumline: one file, Python's standard library only.

    python3 verify.py PROOF [--key FINGERPRINT]
    python3 verify.py RECEIPT|PROOF LEDGER [--key FINGERPRINT]

PROOF is your whole record with a signed checkpoint, checked by itself; RECEIPT is the JSON file for one
entry. LEDGER is a stream export (`datumline ledger export`), a later proof, or the SQLite database itself.
FINGERPRINT is the signing key's, as you were told it by another way (16 hex digits or more).

The first word of the answer, and the exit code:
    OK          0  your entries stand where and as you hold them, and every link of their stream holds
    REDACTED    0  the same, and some fields were struck by redactions that the stream names, or are withheld
                   in your file because they name somebody else; the ledger still commits to them
    BROKEN      1  an entry of the stream is not what was written; the position is named
    TRUNCATED   1  the stream ends before your entry
    FORK        1  the stream is whole, but tells another story than your receipt
    WRONG KEY   1  the receipt is not signed by the key that it names, or not by the one you were told
    UNKNOWN     2  nothing can be said: the stream is not in this file, or a file cannot be read

What an OK does not say: that what was written is true, or anything about entries later than your receipt.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import sqlite3
import sys
from pathlib import Path
from urllib.parse import quote

Point = tuple[int, int, int, int]
RECEIPT_KEYS = {"v", "origin", "key_id", "public_key", "stream", "seq", "hash", "recorded_at", "signature"}
HEADER_KEYS = {"commits", "kind", "prev", "recorded_at", "ref", "seq", "stream", "v"}
OF_HEADER = ("stream", "prev", "kind", "ref", "recorded_at")  # columns that repeat the header
OF_BODY = ("author", "source", "key")  # and the body
START = "0" * 64
LEAST_FINGERPRINT = 16


class Answer(Exception):  # noqa: N818 - an answer is not an error
    """What is to be said, with its exit code."""

    def __init__(self, word: str, words: str, code: int = 1) -> None:
        super().__init__(word, words, code)
        self.line = f"{word}: {words}"
        self.code = code


# Ed25519 (RFC 8032, section 5.1), verification only; nothing here is secret.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
IDENTITY: Point = (0, 1, 1, 0)


def _x(y: int, sign: int) -> int:
    if y >= P:
        raise ValueError
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        raise ValueError
    return P - x if x & 1 != sign else x


def _decoded(raw: bytes) -> Point:
    number = int.from_bytes(raw, "little")
    y = number & ((1 << 255) - 1)
    x = _x(y, number >> 255)
    return x, y, 1, x * y % P


def _sum(left: Point, right: Point) -> Point:
    a = (left[1] - left[0]) * (right[1] - right[0]) % P
    b = (left[1] + left[0]) * (right[1] + right[0]) % P
    c = 2 * left[3] * right[3] * D % P
    d = 2 * left[2] * right[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(scalar: int, point: Point) -> Point:
    total = IDENTITY
    while scalar:
        if scalar & 1:
            total = _sum(total, point)
        point = _sum(point, point)
        scalar >>= 1
    return total


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE: Point = (_x(BASE_Y, 0), BASE_Y, 1, _x(BASE_Y, 0) * BASE_Y % P)


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature (64 bytes) of the message is the key's (32 bytes)."""
    try:
        if len(public) != len(signature) // 2 or len(signature) != hashlib.sha512().digest_size:
            return False
        key, commitment = _decoded(public), _decoded(signature[:32])
    except ValueError:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = _times(scalar, BASE), _sum(commitment, _times(challenge, key))
    return not (
        (left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P
    )


def canonical(value: object) -> str:
    """RFC 8785 for what receipts and bodies hold: ASCII names, texts, whole numbers, null, true."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_receipt(path: Path) -> dict[str, object]:
    """The receipt; its fields and their types are checked, nothing else."""
    receipt = _json(path)
    if not isinstance(receipt, dict) or set(receipt) != RECEIPT_KEYS:
        raise Answer("UNKNOWN", f"{path} is not a receipt", 2)
    numbers = {"v", "seq"}
    if receipt["v"] != 1 or not all(
        type(value) is (int if name in numbers else str) for name, value in receipt.items()
    ):
        raise Answer("UNKNOWN", f"{path} is a receipt of another format", 2)
    return receipt


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Answer("UNKNOWN", f"{path} cannot be read: {error}", 2) from error


def check_key(receipt: dict[str, object], pinned: str) -> None:
    """The receipt must be signed by the key that it names, and that key must be the one you were told."""
    said = {name: value for name, value in receipt.items() if name != "signature"}
    try:
        public, signature = (
            bytes.fromhex(str(receipt["public_key"])),
            bytes.fromhex(str(receipt["signature"])),
        )
    except ValueError:
        raise Answer("WRONG KEY", "the receipt's key or signature is not hexadecimal") from None
    if hashlib.sha256(public).hexdigest() != receipt["key_id"]:
        raise Answer("WRONG KEY", "the receipt's key does not have the fingerprint that it names")
    if not signature_holds(public, b"evl1/receipt\0" + canonical(said).encode(), signature):
        raise Answer("WRONG KEY", "the signature is not the key's, or the receipt was changed")
    if pinned and not (len(pinned) >= LEAST_FINGERPRINT and str(receipt["key_id"]).startswith(pinned)):
        raise Answer("WRONG KEY", f"signed by {receipt['key_id']}, not by {pinned}")


def read_ledger(path: Path, stream: str) -> list[dict[str, object]]:
    """The stream's entries in their order: `seq`, `hash`, `header` and `body` as they are stored.

    From a database also the columns that repeat a part of them, since that is what its pages show.
    """
    try:
        with path.open("rb") as file:
            database = file.read(16) == b"SQLite format 3\0"
    except OSError as error:
        raise Answer("UNKNOWN", f"{path} cannot be read: {error}", 2) from error
    entries = _from_database(path, stream) if database else _from_export(path, stream)
    if not entries:
        raise Answer("UNKNOWN", f"the stream {stream} is not in {path}", 2)
    return entries


def _from_database(path: Path, stream: str) -> list[dict[str, object]]:
    names = ("seq", "hash", "header", "body", *OF_HEADER, *OF_BODY)
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        with connection:
            found = connection.execute(
                f"SELECT {', '.join(names)} FROM ledger_entry WHERE stream = ? ORDER BY seq",  # noqa: S608
                [stream],
            ).fetchall()
        connection.close()
    except sqlite3.Error as error:
        raise Answer("UNKNOWN", f"{path} cannot be read: {error}", 2) from error
    return [dict(zip(names, row, strict=True)) for row in found]


def _from_export(path: Path, stream: str) -> list[dict[str, object]]:
    said = _json(path)
    try:
        if said["v"] != 1:  # type: ignore[index]  # what is no export fails here
            raise Answer("UNKNOWN", f"{path} is an export of another format", 2)
        found = [each for each in said["streams"] if each["stream"] == stream]  # type: ignore[index]
        entries = [dict(entry, seq=at) for each in found for at, entry in enumerate(each["entries"])]
    except (TypeError, KeyError, ValueError):
        raise Answer("UNKNOWN", f"{path} is not an export", 2) from None
    return entries


def check_stream(entries: list[dict[str, object]], stream: str) -> tuple[list[str], list[str]]:
    """The hash of every entry, and a line for each redacted field; every link and every field is checked."""
    hashes: list[str] = []
    before: dict[str, object] = {}
    gone: dict[str, tuple[int, set[str]]] = {}
    withheld: list[str] = []
    struck: dict[str, dict[str, str]] = {}
    for at, entry in enumerate(entries):
        header, fields = _header(entry, at), _fields(entry, at)
        name = hashlib.sha256(b"evl1/entry\0" + str(entry["header"]).encode()).hexdigest()
        if (header["stream"], header["seq"], entry["seq"]) != (stream, at, at):
            raise Answer(
                "FORK" if header["seq"] == at - 1 else "BROKEN", f"at seq {at}: another entry stands there"
            )
        if entry.get("hash", name) != name:
            raise Answer("BROKEN", f"at seq {at}: the header is not what was hashed")
        if header["prev"] != (hashes[-1] if hashes else START):
            raise Answer("BROKEN", f"at seq {at}: it does not follow the entry before it")
        if before and str(header["recorded_at"]) <= str(before["recorded_at"]):
            raise Answer("BROKEN", f"at seq {at}: it is not recorded later than the entry before it")
        _check_fields(header, fields, at)
        _check_columns(entry, header, fields, at)
        missing = {field for field, held in fields.items() if held is None}
        if missing:
            kept_back = entry.get("withheld", [])
            held = set(map(str, kept_back)) if isinstance(kept_back, list) else set()
            withheld += [
                f"{field} of seq {at}, withheld: it names somebody else" for field in sorted(missing & held)
            ]
            gone[name] = (at, missing - held)
        if header["kind"] == "redaction":
            struck.setdefault(str(header["ref"]), {}).update(_struck(fields, at))
        hashes.append(name)
        before = header
    return hashes, _redactions(gone, struck) + withheld


def _header(entry: dict[str, object], at: int) -> dict[str, object]:
    try:
        header = json.loads(str(entry["header"]))
        keys = set(header) - {"clock_regressed"}
        if keys == HEADER_KEYS and header["v"] == 1 and canonical(header) == entry["header"]:
            str(entry["header"]).encode()
            return dict(header)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise Answer("BROKEN", f"at seq {at}: the header is not canonical")


def _fields(entry: dict[str, object], at: int) -> dict[str, list[str] | None]:
    try:
        fields = json.loads(str(entry["body"]))
        held = [field for field in fields.values() if field is not None]
        exact = all(bytes.fromhex(salt).hex() == salt and isinstance(text, str) for salt, text in held)
        if exact and canonical(fields) == entry["body"]:
            return dict(fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise Answer("BROKEN", f"at seq {at}: the body is not canonical")


def _check_fields(header: dict[str, object], fields: dict[str, list[str] | None], at: int) -> None:
    commits = header["commits"]
    if not isinstance(commits, dict) or set(commits) != set(fields):
        raise Answer("BROKEN", f"at seq {at}: header and body do not name the same fields")
    for name, field in fields.items():
        if field is not None:
            message = b"evl1/field/" + name.encode() + b"\0" + field[1].encode(errors="surrogateescape")
            if hmac.digest(bytes.fromhex(field[0]), message, "sha256").hex() != commits[name]:
                raise Answer("BROKEN", f"at seq {at}: {name} is not what was written")


def _check_columns(
    entry: dict[str, object], header: dict[str, object], fields: dict[str, list[str] | None], at: int
) -> None:
    said = {name: header[name] for name in OF_HEADER}
    for name in OF_BODY:
        field = fields.get(name)
        said[name] = None if field is None else _value(field[1])
    for name, value in said.items():
        if entry.get(name, value) != value:
            raise Answer("BROKEN", f"at seq {at}: column {name} is not what was written")


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _struck(fields: dict[str, list[str] | None], at: int) -> dict[str, str]:
    named, basis = fields.get("fields"), fields.get("basis")
    said = f"by seq {at}, basis {json.loads(basis[1])}" if basis else f"by seq {at}"
    return dict.fromkeys(json.loads(named[1]), said) if named else {}


def _redactions(gone: dict[str, tuple[int, set[str]]], struck: dict[str, dict[str, str]]) -> list[str]:
    lines = []
    for name, (at, fields) in gone.items():
        for field in sorted(fields):
            by = struck.get(name, {}).get(field)
            if by is None:
                raise Answer("BROKEN", f"at seq {at}: {field} is gone and no redaction names it")
            lines.append(f"{field} of seq {at}, {by}")
    return lines


PROOF_KEYS = {"v", "origin", "key_id", "public_key", "checkpoint", "streams"}


def read_proof(path: Path) -> dict[str, object] | None:
    """The proof; None for a file of another kind."""
    said = _json(path)
    if not isinstance(said, dict) or set(said) != PROOF_KEYS:
        return None
    texts = PROOF_KEYS - {"v", "streams"}
    if said["v"] != 1 or not all(isinstance(said[name], str) for name in texts):
        raise Answer("UNKNOWN", f"{path} is a proof of another format", 2)
    return said


def check_checkpoint(proof: dict[str, object], pinned: str) -> tuple[int, bytes]:
    """Size and root of the checkpoint, once its signature is that of the key that the proof names."""
    try:
        public = bytes.fromhex(str(proof["public_key"]))
    except ValueError:
        raise Answer("WRONG KEY", "the proof's key is not hexadecimal") from None
    if hashlib.sha256(public).hexdigest() != proof["key_id"]:
        raise Answer("WRONG KEY", "the proof's key does not have the fingerprint that it names")
    if pinned and not (len(pinned) >= LEAST_FINGERPRINT and str(proof["key_id"]).startswith(pinned)):
        raise Answer("WRONG KEY", f"signed by {proof['key_id']}, not by {pinned}")
    origin = str(proof["origin"])
    try:
        named, size, root, empty, line, end = str(proof["checkpoint"]).split("\n")
        signer, _, sealed = line.removeprefix("— ").partition(" ")
        raw = base64.b64decode(sealed, validate=True)
        found = int(size), base64.b64decode(root, validate=True)
    except ValueError:
        raise Answer("UNKNOWN", "the checkpoint cannot be read", 2) from None
    key = hashlib.sha256(origin.encode() + b"\n\x01" + public).digest()[:4]
    body = f"{named}\n{size}\n{root}\n".encode()
    if (named, signer, empty, end, raw[:4]) != (origin, origin, "", "", key) or not signature_holds(
        public, body, raw[4:]
    ):
        raise Answer("WRONG KEY", "the checkpoint is not signed by the key that the proof names")
    return found


def root_by(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root to which an inclusion path leads (RFC 9162, section 2.1.3.2); None where it cannot fit."""
    last, found = size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            found = hashlib.sha256(b"\1" + step + found).digest()
            while index and not index % 2:
                index, last = index // 2, last // 2
        else:
            found = hashlib.sha256(b"\1" + found + step).digest()
        index, last = index // 2, last // 2
    return found if last == 0 else None


def check_inclusion(entry: dict[str, object], name: str, at: int, tree: tuple[int, bytes]) -> None:
    """The entry's id must be a leaf of the signed tree, at the place that the proof says."""
    size, root = tree
    try:
        path = [base64.b64decode(str(step), validate=True) for step in entry["path"]]  # type: ignore[attr-defined]
        index = int(str(entry["index"]))
    except (ValueError, KeyError, TypeError):
        raise Answer("UNKNOWN", f"at seq {at}: there is no path to the checkpoint", 2) from None
    leaf = hashlib.sha256(b"\0" + bytes.fromhex(name)).digest()
    if not 0 <= index < size or root_by(leaf, index, size, path) != root:
        raise Answer("BROKEN", f"at seq {at}: it is not in the checkpoint that was signed")


def verify_proof(proof: dict[str, object], path: Path, ledger_path: Path | None, pinned: str = "") -> Answer:
    """The answer for a proof alone, or held against a ledger."""
    streams, redacted, checked = proof["streams"], list[str](), 0
    try:
        tree = check_checkpoint(proof, pinned)
        if not isinstance(streams, list) or not streams:
            return Answer("UNKNOWN", f"{path} holds no stream", 2)
        for each in streams:
            stream = str(each["stream"]) if isinstance(each, dict) and "stream" in each else ""
            entries = _from_export(path, stream)
            if not entries:
                return Answer("UNKNOWN", f"{path} holds an empty stream", 2)
            hashes, struck = check_stream(entries, stream)
            for at, entry in enumerate(entries):
                check_inclusion(entry, hashes[at], at, tree)
            if ledger_path is not None:
                struck = _held_against(hashes, ledger_path, stream)
            redacted += struck
            checked += len(hashes)
    except Answer as answer:
        return answer
    said = f"{checked} entries stand in the signed checkpoint of {tree[0]} entries"
    said += f", and as you hold them in {ledger_path}" if ledger_path else ""
    return Answer("REDACTED", f"{said}; {'; '.join(redacted)}", 0) if redacted else Answer("OK", said, 0)


def _held_against(kept: list[str], path: Path, stream: str) -> list[str]:
    """What was redacted by now in a ledger that must go on from the entries that you hold."""
    now, redacted = check_stream(read_ledger(path, stream), stream)
    if len(now) < len(kept):
        raise Answer(
            "TRUNCATED", f"the stream ends at seq {len(now) - 1}, you hold it up to seq {len(kept) - 1}"
        )
    differing = next((at for at, name in enumerate(kept) if now[at] != name), None)
    if differing is not None:
        raise Answer("FORK", f"at seq {differing} stands {now[differing]}, you hold {kept[differing]}")
    return redacted


def verify(receipt_path: Path, ledger_path: Path | None, pinned: str = "") -> Answer:  # noqa: PLR0911 - one each
    """The answer for what you kept, a receipt or a proof, and a ledger; a proof needs none."""
    try:
        proof = read_proof(receipt_path)
    except Answer as answer:
        return answer
    if proof is not None:
        return verify_proof(proof, receipt_path, ledger_path, pinned)
    if ledger_path is None:
        return Answer("UNKNOWN", f"{receipt_path} is no proof: a receipt is checked against a LEDGER", 2)
    try:
        receipt = read_receipt(receipt_path)
        check_key(receipt, pinned)
        stream, seq = str(receipt["stream"]), int(str(receipt["seq"]))
        hashes, redacted = check_stream(read_ledger(ledger_path, stream), stream)
    except Answer as answer:
        return answer
    if seq >= len(hashes):
        return Answer("TRUNCATED", f"the stream ends at seq {len(hashes) - 1}, your entry is seq {seq}")
    if hashes[seq] != receipt["hash"]:
        return Answer("FORK", f"at seq {seq} stands {hashes[seq]}, your receipt says {receipt['hash']}")
    said = f"seq {seq} stands as recorded at {receipt['recorded_at']}, {len(hashes)} entries checked"
    return Answer("REDACTED", f"{said}; {'; '.join(redacted)}", 0) if redacted else Answer("OK", said, 0)


def main() -> int:
    """Parse the arguments, print the answer, give the exit code."""
    parser = argparse.ArgumentParser(description="Check a Datumline proof, or a receipt against a ledger.")
    parser.add_argument("receipt", type=Path, help="the proof or the receipt that you kept")
    parser.add_argument(
        "ledger", type=Path, nargs="?", help="an export, a later proof, or the SQLite database"
    )
    parser.add_argument("--key", default="", help="the signing key's fingerprint, as you were told it")
    given = parser.parse_args()
    answer = verify(given.receipt, given.ledger, given.key.lower())
    print(answer.line.encode(errors="backslashreplace").decode())
    if not answer.code and not given.key:
        key = json.loads(given.receipt.read_text(encoding="utf-8"))["key_id"]
        print(f"The key was not pinned: compare its fingerprint {key} with the one that you were told.")
    return answer.code


if __name__ == "__main__":
    sys.exit(main())
