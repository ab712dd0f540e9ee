"""Append: one transaction takes any number of drafts.

What stands already (the same `key` of an author, the same `source` in a stream) is found first and not
written again. The rest is sealed before the lock is taken; inside it the streams' ends and the clock are
read, places and times given, and all rows written at once.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from django.db import connection

from datumline.domain.evidence import chain
from datumline.domain.evidence.body import fields_of
from datumline.domain.evidence.canonical import canonical
from datumline.domain.evidence.chain import Link, Sealed
from datumline.domain.evidence.draft import Draft, KeyTaken
from datumline.domain.evidence.entry import Audience, EntryId, StreamId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import check_draft, check_verb, redacted_fields
from datumline.domain.evidence.receipt import Placed, Receipt, Signer, receipt_for
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.store import jobs, people_projection, workspace
from datumline.store.reading import by_id
from datumline.store.search_index import forget_words
from datumline.store.sql import Value, marks, matching, rows
from datumline.store.transaction import forget, in_transaction

Clock = Callable[[], datetime]
StreamKey = tuple[str, str, str]  # subject, audience, owner; "" where there is none
Name = tuple[str, str, str]  # "key" with author and key, or "source" with stream and source

ENTRY_COLUMNS = "stream, seq, prev, hash, kind, ref, recorded_at, author, source, key, header, body"
FORGET = "forget"  # the job that empties the database's journals where a redaction could not
LEDGER = "datumline"  # who asks for it
MICROSECOND = timedelta(microseconds=1)


def append(drafts: Sequence[Draft], *, clock: Clock, signer: Signer) -> tuple[Receipt, ...]:
    """Append in one transaction; a signed receipt for each draft, in order, once all is committed."""
    return tuple(receipt_for(placed, signer) for placed in place(drafts, clock=clock))


def place(drafts: Sequence[Draft], *, clock: Clock) -> tuple[Placed, ...]:
    """Append in one transaction and say where each draft stands and whether it is new; nothing is signed.

    For imports: one receipt for the last entry of a stream covers all that came before it. Raises Problem
    for a draft that cannot stand, and writes nothing then.
    """
    now = clock()
    for draft in drafts:
        check_draft(draft, now)
    found = _standing(drafts, _streams(drafts))
    _check_repeated(drafts, found)
    ready = [_seal_draft(draft) for draft in drafts if not _placed(draft, found)]
    new = in_transaction(lambda: _Appending(clock()).run(ready)) if ready else ()
    if any(draft.kind is Kind.REDACTION for draft in drafts) and not forget():
        jobs.add(FORGET, {}, asked_by=LEDGER, at=clock())  # in the transaction around this, if there is one
    following = iter(new)
    return tuple(_placed(draft, found) or next(following) for draft in drafts)


def stream_key(draft: Draft) -> StreamKey:
    """What names the stream of a draft."""
    owner = draft.author if draft.audience is Audience.PRIVATE else ""
    return draft.subject or "", draft.audience.value, owner


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """The streams of some drafts, and what stands already under their keys and sources."""

    streams: Mapping[StreamKey, StreamId]
    standing: dict[Name, Placed] = field(default_factory=dict)


def _streams(drafts: Sequence[Draft]) -> dict[StreamKey, StreamId]:
    keys = sorted({stream_key(draft) for draft in drafts})
    found = matching("id, subject, audience, owner", "ledger_stream", ("subject", "audience", "owner"), keys)
    return {(row[1], row[2], row[3]): row[0] for row in found}


def _names(draft: Draft, stream: StreamId | None) -> list[Name]:
    names = [("key", draft.author, draft.key)] if draft.key else []
    return [*names, ("source", stream, draft.source)] if draft.source and stream else names


def _standing(drafts: Sequence[Draft], streams: Mapping[StreamKey, StreamId]) -> _Found:
    found = _Found(streams=streams)
    names = [name for draft in drafts for name in _names(draft, streams.get(stream_key(draft)))]
    for first, second in (("author", "key"), ("stream", "source")):
        wanted = sorted({(name[1], name[2]) for name in names if name[0] == second})
        columns = f"{first}, {second}, stream, seq, hash, recorded_at"
        for row in matching(columns, "ledger_entry", (first, second), wanted):
            found.standing[second, row[0], row[1]] = Placed(
                stream=row[2], seq=row[3], hash=row[4], recorded_at=row[5], new=False
            )
    return found


def _placed(draft: Draft, found: _Found) -> Placed | None:
    names = _names(draft, found.streams.get(stream_key(draft)))
    return next((found.standing[name] for name in names if name in found.standing), None)


def _check_repeated(drafts: Sequence[Draft], found: _Found) -> None:
    """A key that stands for other words is a mistake of the caller; a source is trusted to know its own."""
    repeated = {
        placed.hash: draft
        for draft in drafts
        if draft.key and (placed := found.standing.get(("key", draft.author, draft.key)))
    }
    for entry, ref, body in rows("SELECT hash, ref, body FROM ledger_entry WHERE hash IN ({})", repeated):
        draft = repeated[entry]
        said = {name: held[1] for name, held in json.loads(body).items() if held}
        now = {name: canonical(value) for name, value in fields_of(draft).items()}
        if ref != draft.ref or any(now.get(name) != text for name, text in said.items()):
            raise KeyTaken(draft.key or "", entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A draft, sealed."""

    draft: Draft
    sealed: Sealed


def _seal_draft(draft: Draft) -> _Ready:
    return _Ready(draft=draft, sealed=_seal(fields_of(draft)))


def _seal(fields: Mapping[str, Json]) -> Sealed:
    texts = {name: canonical(value) for name, value in fields.items()}
    return chain.seal(texts, secrets.token_bytes(chain.SALT_BYTES * len(texts)))


class _Appending:
    """One append inside its transaction: what it found, and what it is about to write."""

    def __init__(self, now: datetime) -> None:
        self.now = chain.stamp(now)
        self.today = now.astimezone(UTC).date().isoformat()
        self.streams: dict[StreamKey, StreamId] = {}
        self.opened: set[StreamId] = set()
        self.ends: dict[StreamId, Link] = {}
        self.behind: set[StreamId] = set()
        self.rows: list[tuple[Value, ...]] = []
        self.new: list[Draft] = []

    def run(self, ready: Sequence[_Ready]) -> tuple[Placed, ...]:
        """Do it all; the transaction around it makes it one step."""
        drafts = [each.draft for each in ready]
        self.find_streams(drafts)
        before = self.find_ends()
        found = _standing(drafts, self.streams)
        self.check_verbs(drafts)
        placed = tuple(self.stand(each, found) for each in ready)
        self.write(before)
        people_projection.follow(self.new)
        return placed

    def find_streams(self, drafts: Sequence[Draft]) -> None:
        """The streams of the drafts; those that are missing are opened under a random id."""
        self.streams = _streams(drafts)
        for key in sorted({stream_key(draft) for draft in drafts} - set(self.streams)):
            self.streams[key] = secrets.token_hex(16)
            self.opened.add(self.streams[key])
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO ledger_stream (subject, audience, owner, id) VALUES ({marks(4)})",
                [(*key, stream) for key, stream in self.streams.items() if stream in self.opened],
            )

    def find_ends(self) -> dict[StreamId, Link]:
        """Read each stream's end and hold it: on PostgreSQL its row; on SQLite the transaction holds all."""
        lock = "FOR UPDATE" if connection.vendor == "postgresql" else ""
        found = rows(
            "SELECT stream, seq, hash, recorded_at FROM ledger_head "
            f"WHERE stream IN ({{}}) ORDER BY stream {lock}",
            sorted(set(self.streams.values()) - self.opened),
        )
        self.ends = {row[0]: Link(seq=row[1], hash=row[2], recorded_at=row[3]) for row in found}
        self.behind = {stream for stream, end in self.ends.items() if self.now < end.recorded_at}
        return dict(self.ends)

    def check_verbs(self, drafts: Sequence[Draft]) -> None:
        """Every entry that a draft names must allow it."""
        named = {entry.id: entry for entry in by_id({draft.ref for draft in drafts if draft.ref})}
        for draft in drafts:
            if draft.ref is not None:
                entry = named.get(draft.ref)
                same = entry is not None and entry.stream == self.streams[stream_key(draft)]
                check_verb(draft, entry if same else None)

    def stand(self, ready: _Ready, found: _Found) -> Placed:
        """Where a draft stands: where it stood already, or at the end of its stream."""
        draft, stream = ready.draft, self.streams[stream_key(ready.draft)]
        stood = _placed(draft, found)
        if stood is not None:
            return stood
        if stream not in self.ends:
            self.begin(stream, draft)
        placed = self.add(stream, draft, ready.sealed)
        self.new.append(draft)
        for name in _names(draft, stream):
            found.standing[name] = replace(placed, new=False)
        return placed

    def begin(self, stream: StreamId, draft: Draft) -> None:
        """The first entry of a stream commits to what the stream's row says."""
        subject, audience, owner = stream_key(draft)
        said = {"subject": subject, "audience": audience, "owner": owner}
        fields: dict[str, Json] = {"author": draft.author, "occurred_on": self.today}
        fields |= {name: value for name, value in said.items() if value}
        opening = replace(draft, kind=Kind.STREAM_OPENED, ref=None, source="", key=None)
        self.add(stream, opening, _seal(fields))

    def add(self, stream: StreamId, draft: Draft, sealed: Sealed) -> Placed:
        """Give the draft the next place and time of its stream."""
        end = self.ends.get(stream, chain.NOTHING_YET)
        recorded_at = self.now if self.now > end.recorded_at else _after(end.recorded_at)
        header = chain.header_of(
            commits=sealed.commits,
            kind=draft.kind.value,
            prev=end.hash,
            recorded_at=recorded_at,
            ref=draft.ref,
            seq=end.seq + 1,
            stream=stream,
            clock_regressed=stream in self.behind,
        )
        link = Link(seq=end.seq + 1, hash=chain.hash_of(header), recorded_at=recorded_at)
        place = (stream, link.seq, end.hash, link.hash, draft.kind.value, draft.ref, recorded_at)
        self.rows.append((*place, draft.author, draft.source or None, draft.key or None, header, sealed.body))
        self.ends[stream] = link
        return Placed(stream=stream, seq=link.seq, hash=link.hash, recorded_at=recorded_at)

    def write(self, before: Mapping[StreamId, Link]) -> None:
        """All rows, then what redactions strike, then the ends: a head never names what is not there."""
        moved = [
            (end.seq, end.hash, end.recorded_at, stream)
            for stream, end in sorted(self.ends.items())
            if before.get(stream) != end
        ]
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO ledger_entry ({ENTRY_COLUMNS}) VALUES ({marks(12)})", self.rows)
            for draft in self.new:
                if draft.kind is Kind.REDACTION and draft.ref is not None:
                    _strike(draft.ref, redacted_fields(draft))
            cursor.executemany(
                "UPDATE ledger_head SET seq = %s, hash = %s, recorded_at = %s WHERE stream = %s",
                [row for row in moved if row[3] not in self.opened],
            )
            cursor.executemany(
                f"INSERT INTO ledger_head (seq, hash, recorded_at, stream) VALUES ({marks(4)})",
                [row for row in moved if row[3] in self.opened],
            )


def _after(recorded_at: str) -> str:
    return chain.stamp(chain.moment(recorded_at) + MICROSECOND)


def _strike(entry: EntryId, fields: Collection[str]) -> None:
    """Take fields and their salts out of a body; the database demands the redaction entry that names them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stream, kind, body FROM ledger_entry WHERE hash = %s", [entry])
        stream, kind, before = cursor.fetchone()
        body: dict[str, list[str] | None] = json.loads(before)
        missing = sorted(name for name in fields if body.get(name) is None)
        if missing:
            raise Problem(
                f"nothing to redact in {', '.join(missing)}",
                where=f"entry {entry}",
                expected=f"some of {', '.join(sorted(name for name, field in body.items() if field))}",
            )
        struck = {
            name: None if name in fields or not field else (field[0], field[1])
            for name, field in body.items()
        }
        after = chain.body_of(struck)
        cursor.execute("UPDATE ledger_entry SET body = %s WHERE hash = %s", [after, entry])
        cursor.execute("DELETE FROM projection")  # a verdict kept ready may quote what was struck
    forget_words(stream, entry, kind, before, after)
    workspace.discard_about(_line_of(stream, entry))


def _line_of(stream: StreamId, entry: EntryId) -> set[EntryId]:
    """The entry, what it names and what names any of them: a form about one of these repeats its words."""
    named = rows("SELECT hash, ref FROM ledger_entry WHERE ref IS NOT NULL AND stream IN ({})", [stream])
    line, met = set[EntryId](), {entry}
    while not met <= line:
        line |= met
        met = {name for pair in named if not line.isdisjoint(pair) for name in pair}
    return line
