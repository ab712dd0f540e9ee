"""Is a stream what was written? Every stored byte is held against the hashes, and every fault gets its place.

Nothing stored is trusted: the header must be its own canonical text and have its own hash, follow the entry
before it and equal every column; each field must answer its commitment; a field is missing only if a
redaction names it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from datumline.domain.evidence import chain
from datumline.domain.evidence.entry import EntryId, StreamId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.problem import Problem

HEADER_KEYS = {"commits", "kind", "prev", "recorded_at", "ref", "seq", "stream", "v"}
OF_HEADER = ("stream", "seq", "prev", "kind", "ref", "recorded_at")
OF_BODY = ("author", "source", "key")
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, RecursionError, Problem)


class Row(NamedTuple):
    """An entry's row: every column, as it is stored."""

    stream: StreamId
    seq: int
    prev: str
    hash: EntryId
    kind: str
    ref: EntryId | None
    recorded_at: str
    author: str | None
    source: str | None
    key: str | None
    header: str
    body: str


class StreamRow(NamedTuple):
    """A stream's row, and its head's (None where there is none)."""

    id: StreamId
    subject: str
    audience: str
    owner: str
    seq: int | None
    hash: EntryId | None
    recorded_at: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it was written.

    Attributes:
        stream: the stream; empty for a fault outside the ledger's own tables.
        seq: the position in it; None when the stream as a whole is meant.
        what: what is wrong.
        table: the table of repeated facts, for a fault there.
    """

    stream: StreamId = ""
    seq: int | None = None
    what: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class _Examined:
    """An entry's own faults, and what its stream needs to know of it.

    `placed` is False where place or time are not even of their type: such a row links nothing.
    """

    faults: list[str]
    header: Mapping[str, Any]
    fields: Mapping[str, Any]
    computed: EntryId
    placed: bool = True


def stream_faults(stream: StreamRow, rows: Iterable[Row]) -> Iterator[Fault]:
    """Every fault of one stream; `rows` in the order of their `seq`."""
    before, computed = chain.NOTHING_YET, chain.START
    missing: dict[EntryId, tuple[int, set[str]]] = {}
    struck: dict[EntryId, set[str]] = {}
    for row in rows:
        examined = _examine(row)
        if not examined.placed:
            place = row.seq if type(row.seq) is int else None
            yield from (Fault(stream=stream.id, seq=place, what=what) for what in examined.faults)
            continue
        faults = examined.faults + _links(row, before, computed)
        if row.seq == 0:
            faults += _opening(stream, row, examined.fields)
        if row.seq > before.seq + 1:
            yield Fault(stream=stream.id, seq=before.seq + 1, what=_gap(before.seq + 1, row.seq - 1))
        yield from (Fault(stream=stream.id, seq=_place(row, examined), what=what) for what in faults)
        gone = {name for name, field in examined.fields.items() if field is None}
        if gone:
            missing[examined.computed] = (row.seq, gone)
        if row.kind == Kind.REDACTION and row.ref:
            struck.setdefault(row.ref, set()).update(_named(examined.fields))
        before, computed = _link(row), examined.computed
    yield from _head_faults(stream, before)
    yield from _redaction_faults(stream.id, missing, struck)


def _place(row: Row, examined: _Examined) -> int:
    """The position that the header says, where its hash vouches for it; else the column's."""
    seq = examined.header.get("seq")
    return seq if examined.computed == row.hash and isinstance(seq, int) else row.seq


def _link(row: Row) -> chain.Link:
    return chain.Link(seq=row.seq, hash=row.hash, recorded_at=row.recorded_at)


def _gap(first: int, last: int) -> str:
    return "is missing" if first == last else f"is missing, with all up to seq {last}"


def _examine(row: Row) -> _Examined:
    wrong = [name for name, value in row._asdict().items() if not _right_type(name, value)]
    if wrong:
        faults = [f"column {name} is of a wrong type" for name in wrong]
        placed = not {"seq", "recorded_at"} & set(wrong)
        return _Examined(faults=faults, header={}, fields={}, computed=str(row.hash), placed=placed)
    computed = chain.hash_of(row.header) if _encodes(row.header) else ""
    faults = [] if computed == row.hash else ["the header does not have the hash that stands beside it"]
    header = _header(row.header)
    if header is None:
        faults.append("the header is not a canonical header")
    else:
        faults += [
            f"column {name} is not what the header says" for name in OF_HEADER if _differs(row, name, header)
        ]
    fields = _fields(row.body)
    if fields is None:
        faults.append("the body is not a canonical body")
    else:
        faults += list(_body_faults(row, fields, (header or {}).get("commits", {})))
    return _Examined(faults=faults, header=header or {}, fields=fields or {}, computed=computed)


def _right_type(name: str, value: object) -> bool:
    if name == "seq":
        return type(value) is int
    return isinstance(value, str) or (value is None and name in {"ref", *OF_BODY})


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _differs(row: Row, name: str, header: Mapping[str, Any]) -> bool:
    return bool(getattr(row, name) != header[name])


def _header(text: str) -> Mapping[str, Any] | None:
    """The header, if the text is exactly what would be written for it."""
    try:
        said = json.loads(text)
        regressed = said.pop("clock_regressed", False)
        if set(said) != HEADER_KEYS or said["v"] != chain.FORMAT:
            return None
        version = said.pop("v")
        again = chain.header_of(
            **said | {"commits": chain.commits_of(said["commits"])}, clock_regressed=regressed is True
        )
    except UNREADABLE:
        return None
    return said | {"v": version} if again == text else None


def _fields(text: str) -> Mapping[str, Any] | None:
    """The body's fields, if the text is exactly what would be written for them."""
    try:
        fields = json.loads(text)
        held = [field for field in fields.values() if field is not None]
        plain = all(type(part) is str for field in held for part in field)
        exact = plain and all(bytes.fromhex(salt).hex() == salt for salt, _ in held)
        if not exact or chain.body_of(fields) != text:
            return None
    except UNREADABLE:
        return None
    return dict(fields)


def _body_faults(row: Row, fields: Mapping[str, Any], commits: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(set(fields) ^ set(commits)):
        yield f"field {name} stands in only one of header and body"
    for name, field in fields.items():
        if field is None or name not in commits:
            continue
        if chain.commitment(name, bytes.fromhex(field[0]), field[1]) != commits[name]:
            yield f"field {name} is not what was committed to"
    for name in OF_BODY:
        field = fields.get(name)
        if getattr(row, name) != (None if field is None else _value(field[1])):
            yield f"column {name} is not what the body says"


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _links(row: Row, before: chain.Link, computed: EntryId) -> list[str]:
    faults = []
    if row.seq <= before.seq:
        faults.append("stands there twice")
    if row.seq == before.seq + 1 and row.prev not in {before.hash, computed}:
        faults.append(f"does not follow seq {before.seq}" if before.seq >= 0 else "does not begin its stream")
    if row.recorded_at <= before.recorded_at:
        faults.append("is not recorded later than the entry before it")
    return faults


def _opening(stream: StreamRow, row: Row, fields: Mapping[str, Any]) -> list[str]:
    said = {name: _value(field[1]) for name, field in fields.items() if field}
    wrong = [name for name in ("subject", "audience", "owner") if getattr(stream, name) != said.get(name, "")]
    faults = [] if row.kind == Kind.STREAM_OPENED else ["does not open its stream"]
    return faults + [f"the stream's {name} is not what its first entry says" for name in wrong]


def _named(fields: Mapping[str, Any]) -> set[str]:
    field = fields.get("fields")
    listed = _value(field[1]) if field else []
    return {name for name in listed if isinstance(name, str)} if isinstance(listed, list) else set()


def _head_faults(stream: StreamRow, last: chain.Link) -> Iterator[Fault]:
    if (stream.seq, stream.hash, stream.recorded_at) == (last.seq, last.hash, last.recorded_at):
        return
    if isinstance(stream.seq, int) and stream.seq > last.seq:
        yield Fault(stream=stream.id, seq=last.seq + 1, what=_gap(last.seq + 1, stream.seq))
    yield Fault(stream=stream.id, seq=max(last.seq, 0), what="the stream's head does not name its last entry")


def _redaction_faults(
    stream: StreamId, missing: Mapping[EntryId, tuple[int, set[str]]], struck: Mapping[EntryId, set[str]]
) -> Iterator[Fault]:
    for entry, (seq, names) in missing.items():
        for name in sorted(names - struck.get(entry, set())):
            yield Fault(stream=stream, seq=seq, what=f"field {name} is gone and no redaction names it")
