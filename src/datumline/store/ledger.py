"""Append to the ledger and read it. There is no update and no delete.

One transaction takes any number of drafts. Fields are sealed before the lock is taken; inside it the streams' ends
are read, places and times given, and all rows written at once. A draft whose `key` (per author) or `source` (per
stream) stands already is not written again.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.db import connection

from datumline.domain.evidence import chain
from datumline.domain.evidence.body import Stored, entry_of, fields_of
from datumline.domain.evidence.canonical import canonical
from datumline.domain.evidence.chain import Link, Sealed
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry, EntryId, StreamId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import check_draft, check_verb, redacted_fields
from datumline.domain.evidence.receipt import Placed, Receipt, Signer, receipt_for
from datumline.domain.people.person import PersonId
from datumline.domain.period import AsOf
from datumline.domain.problem import Problem
from datumline.store.sql import marks, matching, rows
from datumline.store.transaction import in_transaction

Clock = Callable[[], datetime]
StreamKey = tuple[str, str, str]  # subject, audience, owner; "" where there is none

ENTRY_COLUMNS = "stream, seq, prev, hash, kind, ref, recorded_at, author, source, key, header, body"
STORED_COLUMNS = "e.stream, e.seq, s.audience, e.hash, e.kind, e.ref, e.recorded_at, e.body"
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A draft, checked and sealed, and the stream that it belongs to."""

    draft: Draft
    of: StreamKey
    texts: Mapping[str, str]
    sealed: Sealed


def append(drafts: Sequence[Draft], *, clock: Clock, signer: Signer) -> tuple[Receipt, ...]:
    """Append in one transaction; a signed receipt for each draft, in order, once all is committed."""
    return tuple(receipt_for(placed, signer) for placed in place(drafts, clock=clock))


def place(drafts: Sequence[Draft], *, clock: Clock) -> tuple[Placed, ...]:
    """Append in one transaction and say where each draft stands and whether it is new; nothing is signed.

    For imports: one receipt for the last entry of a stream covers all that came before it. The clock is read
    inside the lock, once for each entry. Raises Problem for a draft that cannot stand, and writes nothing then.
    """
    ready = [_ready(draft, clock()) for draft in drafts]
    return in_transaction(lambda: _Appending(ready, clock).run()) if ready else ()


def _ready(draft: Draft, now: datetime) -> _Ready:
    check_draft(draft, now)
    texts = {name: canonical(value) for name, value in fields_of(draft).items()}
    owner = draft.author if draft.audience is Audience.PRIVATE else ""
    return _Ready(
        draft=draft,
        of=(draft.subject or "", draft.audience.value, owner),
        texts=texts,
        sealed=_seal(texts),
    )


def _seal(texts: Mapping[str, str]) -> Sealed:
    return chain.seal(texts, secrets.token_bytes(chain.SALT_BYTES * len(texts)))


class _Appending:
    """One append inside its transaction: what it found, and what it is about to write."""

    def __init__(self, ready: Sequence[_Ready], clock: Clock) -> None:
        self.ready = ready
        self.clock = clock
        self.streams: dict[StreamKey, StreamId] = {}
        self.ends: dict[StreamId, Link] = {}
        self.opened: set[StreamId] = set()
        self.standing: dict[tuple[str, str, str], Placed] = {}
        self.rows: list[tuple[object, ...]] = []
        self.moved: set[StreamId] = set()

    def run(self) -> tuple[Placed, ...]:
        """Do it all; the transaction around it makes it one step."""
        self.find_streams()
        self.find_ends()
        self.find_standing()
        self.check_verbs()
        placed = tuple(self.stand(ready) for ready in self.ready)
        self.write()
        return placed

    def find_streams(self) -> None:
        keys = sorted({ready.of for ready in self.ready})
        self.streams = _streams(keys)
        for key in keys:
            if key not in self.streams:
                self.streams[key] = self.open(key)

    def open(self, key: StreamKey) -> StreamId:
        stream = secrets.token_hex(16)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO ledger_stream (id, subject, audience, owner) VALUES ({marks(4)})",
                [stream, *key],
            )
        self.opened.add(stream)
        return stream

    def find_ends(self) -> None:
        """Read each stream's end and hold it: on PostgreSQL by row, on SQLite the transaction holds all."""
        ids = sorted(set(self.streams.values()) - self.opened)
        lock = "FOR UPDATE" if connection.vendor == "postgresql" else ""
        found = rows(
            "SELECT stream, seq, hash, recorded_at FROM ledger_head WHERE stream IN ({}) ORDER BY stream " + lock,
            ids,
        )
        self.ends = {row[0]: Link(seq=row[1], hash=row[2], recorded_at=row[3]) for row in found}

    def find_standing(self) -> None:
        sources = [
            (self.streams[ready.of], ready.draft.source)
            for ready in self.ready
            if ready.draft.source and self.streams[ready.of] not in self.opened
        ]
        keys = [(ready.draft.author, ready.draft.key) for ready in self.ready if ready.draft.key]
        for first, second, wanted in (("stream", "source", sources), ("author", "key", keys)):
            for row in matching(
                f"SELECT {first}, {second}, stream, seq, hash, recorded_at FROM ledger_entry",
                (first, second),
                wanted,
            ):
                self.standing[second, row[0], row[1]] = Placed(
                    stream=row[2], seq=row[3], hash=row[4], recorded_at=row[5], new=False
                )

    def check_verbs(self) -> None:
        named = {entry.id: entry for entry in by_id({r.draft.ref for r in self.ready if r.draft.ref})}
        for ready in self.ready:
            if ready.draft.ref is not None:
                entry = named.get(ready.draft.ref)
                same = entry is not None and entry.stream == self.streams[ready.of]
                check_verb(ready.draft, entry if same else None)

    def stand(self, ready: _Ready) -> Placed:
        """Where a draft stands: where it stood already, or at the end of its stream."""
        stream, draft = self.streams[ready.of], ready.draft
        names = [("source", stream, draft.source)] if draft.source else []
        names += [("key", draft.author, draft.key)] if draft.key else []
        for name in names:
            if name in self.standing:
                return self.standing[name]
        if stream not in self.ends:
            self.begin(stream, ready)
        placed = self.add(stream, draft.kind, draft.ref, ready.sealed, (draft.author, draft.source, draft.key))
        for name in names:
            self.standing[name] = Placed(
                stream=stream, seq=placed.seq, hash=placed.hash, recorded_at=placed.recorded_at, new=False
            )
        return placed

    def begin(self, stream: StreamId, ready: _Ready) -> None:
        """The first entry of a stream commits to what the stream's row says."""
        subject, audience, owner = ready.of
        said = {
            "author": ready.draft.author,
            "occurred_on": self.clock().astimezone(UTC).date().isoformat(),
            "subject": subject,
            "audience": audience,
            "owner": owner,
        }
        sealed = _seal({name: canonical(value) for name, value in said.items() if value})
        self.add(stream, Kind.STREAM_OPENED, None, sealed, (ready.draft.author, "", None))

    def add(
        self,
        stream: StreamId,
        kind: Kind,
        ref: EntryId | None,
        sealed: Sealed,
        columns: tuple[str, str, str | None],
    ) -> Placed:
        end = self.ends.get(stream, chain.NOTHING_YET)
        recorded_at, regressed = _next_time(self.clock(), end)
        header = chain.header_of(
            commits=sealed.commits,
            kind=kind.value,
            prev=end.hash,
            recorded_at=recorded_at,
            ref=ref,
            seq=end.seq + 1,
            stream=stream,
            clock_regressed=regressed,
        )
        link = Link(seq=end.seq + 1, hash=chain.hash_of(header), recorded_at=recorded_at)
        author, source, key = columns
        self.rows.append(
            (
                stream,
                link.seq,
                end.hash,
                link.hash,
                kind.value,
                ref,
                recorded_at,
                author,
                source or None,
                key,
                header,
                sealed.body,
            )
        )
        self.ends[stream] = link
        self.moved.add(stream)
        return Placed(stream=stream, seq=link.seq, hash=link.hash, recorded_at=recorded_at)

    def write(self) -> None:
        """All rows, then what redactions strike, then the ends: a head never names what is not there."""
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO ledger_entry ({ENTRY_COLUMNS}) VALUES ({marks(12)})", self.rows)
            for ready in self.ready:
                if ready.draft.kind is Kind.REDACTION and ready.draft.ref is not None:
                    _strike(ready.draft.ref, redacted_fields(ready.draft))
            ends = [(self.ends[stream], stream) for stream in sorted(self.moved)]
            cursor.executemany(
                "UPDATE ledger_head SET seq = %s, hash = %s, recorded_at = %s WHERE stream = %s",
                [(e.seq, e.hash, e.recorded_at, stream) for e, stream in ends if stream not in self.opened],
            )
            cursor.executemany(
                f"INSERT INTO ledger_head (seq, hash, recorded_at, stream) VALUES ({marks(4)})",
                [(e.seq, e.hash, e.recorded_at, stream) for e, stream in ends if stream in self.opened],
            )


def _next_time(now: datetime, end: Link) -> tuple[str, bool]:
    """The time of the next entry, and whether the clock was behind the last one."""
    read = chain.stamp(now)
    if read > end.recorded_at:
        return read, False
    return chain.stamp(chain.moment(end.recorded_at) + MICROSECOND), read < end.recorded_at


def _streams(keys: Sequence[StreamKey]) -> dict[StreamKey, StreamId]:
    found = matching(
        "SELECT id, subject, audience, owner FROM ledger_stream", ("subject", "audience", "owner"), keys
    )
    return {(row[1], row[2], row[3]): row[0] for row in found}


def _strike(entry: EntryId, fields: Collection[str]) -> None:
    """Take fields and their salts out of a body; the database demands the redaction entry that names them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_entry WHERE hash = %s", [entry])
        body: dict[str, list[str] | None] = json.loads(cursor.fetchone()[0])
        missing = sorted(name for name in fields if body.get(name) is None)
        if missing:
            raise Problem(
                f"nothing to redact in {', '.join(missing)}",
                where=f"entry {entry}",
                expected=f"some of {', '.join(sorted(name for name, field in body.items() if field))}",
            )
        struck = {name: None if name in fields or not field else (field[0], field[1]) for name, field in body.items()}
        cursor.execute("UPDATE ledger_entry SET body = %s WHERE hash = %s", [chain.body_of(struck), entry])
        cursor.execute("DELETE FROM projection")  # a verdict kept ready may quote what was struck


def entries(
    *,
    subjects: Collection[PersonId] | None,
    audiences: Collection[Audience],
    kinds: Collection[Kind] | None = None,
    owner: str | None = None,
    until: AsOf | None = None,
) -> list[Entry]:
    """The entries of these streams in one query, oldest record first. `subjects` None: of everybody.

    For the organisation's stream `subjects` is `[""]`. `owner` keeps private streams to one author's. `until`
    leaves out what was written after its `known_at`; what had occurred by `as_of` is for `standing` to say,
    because a correction or a retraction may concern it.
    """
    conditions = [f"s.audience IN ({marks(len(audiences))})"]
    values: list[object] = [audience.value for audience in audiences]
    for column, wanted in (("s.subject", subjects), ("e.kind", kinds)):
        if wanted is not None:
            conditions.append(f"{column} IN ({marks(len(wanted))})" if wanted else "1 = 0")
            values += wanted
    if owner is not None:
        conditions.append("s.owner IN ('', %s)")
        values.append(owner)
    if until is not None:
        conditions.append("e.recorded_at <= %s")
        values.append(chain.stamp(until.known_at))
    return _read(" AND ".join(conditions), values)


def _read(condition: str, values: Sequence[object]) -> list[Entry]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {STORED_COLUMNS} FROM ledger_stream s JOIN ledger_entry e ON e.stream = s.id "
            f"WHERE {condition} ORDER BY e.recorded_at, e.stream, e.seq",
            values,
        )
        return [entry_of(Stored._make(row)) for row in cursor.fetchall()]


def by_id(ids: Iterable[EntryId]) -> list[Entry]:
    """The entries with these ids, as far as they exist."""
    found = rows(
        f"SELECT {STORED_COLUMNS} FROM ledger_entry e JOIN ledger_stream s ON s.id = e.stream "
        "WHERE e.hash IN ({})",
        sorted(set(ids)),
    )
    return [entry_of(Stored._make(row)) for row in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A stream and its last entry."""

    stream: StreamId
    subject: PersonId
    audience: Audience
    owner: str
    seq: int
    hash: EntryId
    recorded_at: str


def heads(
    *, subjects: Collection[PersonId] | None = None, audiences: Collection[Audience] = tuple(Audience)
) -> list[Head]:
    """The ends of these streams, in the order of their ids; `subjects` None: of everybody."""
    condition = f"s.audience IN ({marks(len(audiences))})"
    values: list[object] = [audience.value for audience in audiences]
    if subjects is not None:
        condition += f" AND s.subject IN ({marks(len(subjects))})" if subjects else " AND 1 = 0"
        values += subjects
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.subject, s.audience, s.owner, h.seq, h.hash, h.recorded_at "
            f"FROM ledger_stream s JOIN ledger_head h ON h.stream = s.id WHERE {condition} ORDER BY s.id",
            values,
        )
        return [
            Head(
                stream=row[0],
                subject=row[1],
                audience=Audience(row[2]),
                owner=row[3],
                seq=row[4],
                hash=row[5],
                recorded_at=row[6],
            )
            for row in cursor.fetchall()
        ]


def digest(found: Iterable[Head]) -> str:
    """One name for all that these streams hold: it changes with every entry."""
    return sha256("\n".join(sorted(f"{head.stream} {head.hash}" for head in found)).encode()).hexdigest()
