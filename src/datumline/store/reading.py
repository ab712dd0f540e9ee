"""Read the ledger: entries in one query, plain rows decoded once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection

from datumline.domain.evidence import chain
from datumline.domain.evidence.body import Stored, entry_of
from datumline.domain.evidence.entry import Audience, Entry, EntryId, StreamId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.receipt import Placed
from datumline.domain.people.access_filter import Clause
from datumline.domain.people.person import PersonId
from datumline.domain.period import AsOf
from datumline.store.readable import where
from datumline.store.sql import Value, marks, rows

STORED_COLUMNS = "e.stream, e.seq, s.audience, e.hash, e.kind, e.ref, e.recorded_at, e.body"


def entries(  # noqa: PLR0913 - each of them narrows the one question
    *,
    subjects: Collection[PersonId] | None,
    audiences: Collection[Audience],
    kinds: Collection[Kind] | None = None,
    owner: str | None = None,
    until: AsOf | None = None,
    readable: Sequence[Clause] | None = None,
) -> list[Entry]:
    """The entries of these streams in one query, oldest record first. `subjects` None: of everybody.

    For the organisation's stream `subjects` is `[""]`. `owner` keeps private streams to one author's. `until`
    leaves out what was written after its `known_at`; what had occurred by `as_of` is for `standing` to say,
    because a correction or a retraction may concern it. `readable` leaves out what a reader may not see.
    """
    conditions = [f"s.audience IN ({marks(len(audiences))})"]
    values: list[Value] = [audience.value for audience in audiences]
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
    if readable is not None:
        condition, named = where(readable)
        conditions.append(condition)
        values += named
    return _read(" AND ".join(conditions), values)


def _read(condition: str, values: Sequence[Value]) -> list[Entry]:
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


def placed(beginning: str) -> list[Placed]:
    """Where the entries stand whose id begins with these digits; two at most are looked for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream, seq, hash, recorded_at FROM ledger_entry "
            "WHERE hash >= %s AND hash < %s ORDER BY hash LIMIT 2",
            [beginning, f"{beginning}g"],
        )
        return [
            Placed(stream=row[0], seq=row[1], hash=row[2], recorded_at=row[3], new=False)
            for row in cursor.fetchall()
        ]


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


HEAD_COLUMNS = "s.id, s.subject, s.audience, s.owner, h.seq, h.hash, h.recorded_at"


def streams_of(
    subjects: Collection[PersonId] | None, audiences: Collection[Audience]
) -> tuple[str, list[Value]]:
    """A condition on streams `s`, and its values; `subjects` None: of everybody."""
    condition = f"s.audience IN ({marks(len(audiences))})"
    values: list[Value] = [audience.value for audience in audiences]
    if subjects is None:
        return condition, values
    condition += f" AND s.subject IN ({marks(len(subjects))})" if subjects else " AND 1 = 0"
    return condition, [*values, *subjects]


def heads(
    *, subjects: Collection[PersonId] | None = None, audiences: Collection[Audience] = tuple(Audience)
) -> list[Head]:
    """The ends of these streams, in the order of their ids; `subjects` None: of everybody."""
    condition, values = streams_of(subjects, audiences)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {HEAD_COLUMNS} FROM ledger_stream s JOIN ledger_head h ON h.stream = s.id "
            f"WHERE {condition} ORDER BY s.id",
            values,
        )
        return [head_of(row) for row in cursor.fetchall()]


def head_of(row: Sequence[Any]) -> Head:
    """A stream's end from its row of `HEAD_COLUMNS`."""
    return Head(
        stream=row[0],
        subject=row[1],
        audience=Audience(row[2]),
        owner=row[3],
        seq=row[4],
        hash=row[5],
        recorded_at=row[6],
    )


def digest(found: Iterable[Head]) -> str:
    """One name for all that these streams hold: it changes with every entry."""
    return sha256("\n".join(sorted(f"{head.stream} {head.hash}" for head in found)).encode()).hexdigest()
