"""The exact bytes of an entry: header, body, commitments and hash. This format is final (version 1).

    header      RFC 8785 text of {"v":1,"stream","seq","prev","kind","ref","recorded_at","commits"}, and
                "clock_regressed":true only where the clock was behind
    hash        SHA-256 of "evl1/entry" NUL header; the entry's id, and the next entry's `prev`
    commitment  HMAC-SHA256, keyed with 32 random bytes, of "evl1/field/" name NUL text
    body        RFC 8785 text of {field: [salt in hex, the field's own RFC 8785 text]}, null once redacted

A header holds no personal data and is kept for ever; a field can be struck from the body with its salt, and
the rest stays provable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from datumline.domain.evidence.canonical import quoted
from datumline.domain.evidence.entry import EntryId, StreamId

FORMAT = 1
START = "0" * 64  # `prev` of the first entry of a stream
SALT_BYTES = 32
ENTRY_DOMAIN = b"evl1/entry\0"
FIELD_DOMAIN = b"evl1/field/"

# HMAC-SHA256 (RFC 2104), written out: an entry has a dozen commitments, and setting the library's up costs
# more than hashing does. The offline verifier uses the library's, and tests compare the two.
_BLOCK = 64
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))

Field = tuple[str, str]  # salt in hex, RFC 8785 text of the value


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An entry's fields, committed to: ready before its place and time are known.

    `commits` and `body` are RFC 8785 texts, as they will stand in the header and beside it.
    """

    commits: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a stream ends: what the next entry is hung on."""

    seq: int
    hash: EntryId
    recorded_at: str


NOTHING_YET = Link(seq=-1, hash=START, recorded_at="")


def commitment(name: str, salt: bytes, text: str) -> str:
    """What the header says of a field: 64 hex digits that reveal nothing without the salt."""
    said = FIELD_DOMAIN + name.encode() + b"\0" + text.encode()
    key = salt if len(salt) <= _BLOCK else sha256(salt).digest()
    inner = sha256(key.translate(_INNER).ljust(_BLOCK, b"\x36") + said).digest()
    return sha256(key.translate(_OUTER).ljust(_BLOCK, b"\x5c") + inner).hexdigest()


def seal(texts: Mapping[str, str], salts: bytes) -> Sealed:
    """Commit to each field's RFC 8785 text with its own 32 bytes of `salts`, in the order of their names."""
    commits, fields = [], []
    for at, name in enumerate(sorted(texts)):
        salt, text = salts[at * SALT_BYTES : (at + 1) * SALT_BYTES], texts[name]
        commits.append(f'"{name}":"{commitment(name, salt, text)}"')
        fields.append(f'"{name}":["{salt.hex()}",{quoted(text)}]')
    return Sealed(commits=f"{{{','.join(commits)}}}", body=f"{{{','.join(fields)}}}")


def commits_of(commits: Mapping[str, str]) -> str:
    """The RFC 8785 text of the commitments. Field names are lower-case ASCII, so that they sort by letter."""
    listed = ",".join(f'"{name}":"{commits[name]}"' for name in sorted(commits))
    return f"{{{listed}}}"


def body_of(fields: Mapping[str, Field | None]) -> str:
    """The body's RFC 8785 text."""
    listed = ",".join(f'"{name}":{_field(fields[name])}' for name in sorted(fields))
    return f"{{{listed}}}"


def _field(field: Field | None) -> str:
    return "null" if field is None else f'["{field[0]}",{quoted(field[1])}]'


def header_of(  # noqa: PLR0913 - one argument for each word of the header
    *,
    commits: str,
    kind: str,
    prev: str,
    recorded_at: str,
    ref: EntryId | None,
    seq: int,
    stream: StreamId,
    clock_regressed: bool = False,
) -> str:
    """The header's RFC 8785 text; `commits` is such a text already."""
    regressed = '"clock_regressed":true,' if clock_regressed else ""
    named = "null" if ref is None else f'"{ref}"'
    return (
        f'{{{regressed}"commits":{commits},"kind":"{kind}","prev":"{prev}","recorded_at":"{recorded_at}",'
        f'"ref":{named},"seq":{seq},"stream":"{stream}","v":{FORMAT}}}'
    )


def hash_of(header: str) -> EntryId:
    """The entry's id: 64 hex digits over the header's exact bytes."""
    return sha256(ENTRY_DOMAIN + header.encode()).hexdigest()


def stamp(moment: datetime) -> str:
    """An instant as the ledger writes it: `2026-05-04T09:30:00.123456Z`."""
    return f"{moment.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"


def moment(written: str) -> datetime:
    """The instant that a stamp says."""
    return datetime.fromisoformat(written)
