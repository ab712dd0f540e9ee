"""The words of entries, kept for searching: a projection of the ledger, taken in when somebody searches.

Appending costs nothing here. `take_in` brings the index up to the ledger; a redaction takes its words out in
its own transaction (`forget_words`); `faults` holds the index against the ledger.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import DatabaseError, connection

from datumline.domain.evidence.entry import EntryId, StreamId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.sought import SOUGHT, SOUGHT_IN, words_in
from datumline.domain.problem import Problem
from datumline.store.sql import marks
from datumline.store.transaction import in_transaction
from datumline.store.version import ledger_version

AT_ONCE = 20_000  # entries taken in by one transaction: about two seconds during which nobody else can write
STREAM, KIND = ":s", ":k"  # no word of a text begins with a colon
Words = frozenset[str]

_taken_in: dict[tuple[str, ...], tuple[int, int]] = {}  # by database, the ledger's version that is wholly in


def take_in(*, most: int | None = None) -> bool:
    """Take in what was written since; at most so many entries. Says whether the index is now complete.

    Where the database cannot be written, what is there is searched.
    """
    version, database = ledger_version(), _database()
    if _taken_in.get(database) == version:
        return True
    left = most
    while left is None or left > 0:
        wanted = AT_ONCE if left is None else min(left, AT_ONCE)
        try:
            count = in_transaction(lambda limit=wanted: _take_in(limit))  # type: ignore[misc]  # this round's
        except DatabaseError:
            if connection.in_atomic_block:
                raise
            return False
        if count < wanted:
            _taken_in[database] = version
            return True
        left = None if left is None else left - count
    return False


def _database() -> tuple[str, ...]:
    return tuple(str(connection.settings_dict[name]) for name in ("NAME", "HOST", "PORT"))


def _take_in(most: int) -> int:
    """Take in the entries that were written first among those that are missing; how many there were."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE search_mark IN EXCLUSIVE MODE")
        cursor.execute(
            "SELECT e.stream, e.seq, e.hash, e.kind, e.body FROM ledger_head h "
            "JOIN ledger_stream s ON s.id = h.stream LEFT JOIN search_mark m ON m.stream = h.stream "
            "JOIN ledger_entry e ON e.stream = h.stream AND e.seq > COALESCE(m.seq, -1) "
            f"WHERE (m.seq IS NULL OR m.seq < h.seq) AND s.audience IN ({marks(len(SOUGHT_IN))}) "
            "ORDER BY e.recorded_at, e.stream, e.seq LIMIT %s",
            [*SOUGHT_IN, most],
        )
        missing = cursor.fetchall()
        cursor.execute("SELECT COALESCE(MAX(number), 0) FROM search_entry")
        number = int(cursor.fetchone()[0])
        found = [(row[2], words) for row in missing if (words := tokens_of(row[0], row[3], row[4]))]
        _write([(number + at, entry, words) for at, (entry, words) in enumerate(found, start=1)])
        ends = {row[0]: row[1] for row in missing}
        cursor.executemany(
            "INSERT INTO search_mark (stream, seq) VALUES (%s, %s) "
            "ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq",
            list(ends.items()),
        )
    return len(missing)


def tokens_of(stream: StreamId, kind: str, body: str) -> Words:
    """The words of an entry, with its stream and kind as two more; nothing for what is not sought.

    Raises Problem for a body that cannot be read.
    """
    if kind not in SOUGHT:
        return frozenset()
    try:
        said = {name: json.loads(held[1]) for name, held in json.loads(body).items() if held}
        return words_in(Kind(kind), said) | {f"{STREAM}{stream}", f"{KIND}{plain(kind)}"}
    except (ValueError, TypeError, AttributeError, KeyError, IndexError) as wrong:
        raise Problem(
            "an entry is damaged", where=f"stream {stream}", expected="see `datumline ledger verify`"
        ) from wrong


def plain(kind: str) -> str:
    """A kind as a token: letters only."""
    return kind.replace("-", "")


def _write(rows: Sequence[tuple[int, EntryId, Words]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO search_entry (number, entry, words) VALUES (%s, %s, array_to_tsvector(%s))",
                [(number, entry, sorted(words)) for number, entry, words in rows],
            )
            return
        cursor.executemany(
            "INSERT INTO search_entry (number, entry) VALUES (%s, %s)", [row[:2] for row in rows]
        )
        cursor.executemany(
            "INSERT INTO search_words (rowid, words) VALUES (%s, %s)",
            [(number, " ".join(sorted(words))) for number, _, words in rows],
        )


def forget_words(stream: StreamId, entry: EntryId, kind: str, before: str, after: str) -> None:
    """Take out of the index what a redaction took out of a body, in the redaction's own transaction.

    An index keeps a word that it once held for a while, so it is written anew as a whole: on SQLite here, on
    PostgreSQL once all is committed (`transaction.forget`). It takes seconds in a large ledger.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM search_entry WHERE entry = %s", [entry])
        row = cursor.fetchone()
        if row is None:
            return
        old, new = tokens_of(stream, kind, before), tokens_of(stream, kind, after)
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE search_entry SET words = array_to_tsvector(%s) WHERE number = %s",
                [sorted(new), row[0]],
            )
            return
        cursor.execute(
            "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', %s, %s)",
            [row[0], " ".join(sorted(old))],
        )
        cursor.execute(
            "INSERT INTO search_words (rowid, words) VALUES (%s, %s)", [row[0], " ".join(sorted(new))]
        )
        cursor.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")


def rebuild() -> None:
    """Make the index anew from the ledger."""
    _taken_in.pop(_database(), None)
    in_transaction(_empty)
    take_in()


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_entry")
        cursor.execute("DELETE FROM search_mark")
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")


def faults() -> Iterator[str]:
    """Each entry whose words in the index are not what the ledger says, as far as the index has come."""
    held = dict(_held())
    for stream, entry, kind, body in _taken():
        words = tokens_of(stream, kind, body)
        if held.pop(entry, None) != (_sum(words) if words else None):
            yield f"the words of entry {entry}"
    yield from (f"the words of {entry}, which no stream holds" for entry in held)


def _taken() -> Iterable[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.stream, e.hash, e.kind, e.body FROM search_mark m "
            "JOIN ledger_entry e ON e.stream = m.stream AND e.seq <= m.seq"
        )
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def _held() -> Iterator[tuple[str, int]]:
    """Each entry of the index with one number for all its words; words of no entry under their number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, entry FROM search_entry")
        names: dict[int, str] = dict(cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute("SELECT number, tsvector_to_array(words) FROM search_entry")
            yield from ((names[number], _sum(words)) for number, words in cursor.fetchall())
            return
        sums: dict[int, int] = dict.fromkeys(names, 0)
        cursor.execute("SELECT doc, term FROM search_term")
        while rows := cursor.fetchmany(AT_ONCE):
            for doc, term in rows:
                sums[doc] = sums.get(doc, 0) + hash(term)
        yield from ((names.get(number, f"number {number}"), total) for number, total in sums.items())


def _sum(words: Iterable[str]) -> int:
    return sum(map(hash, words))
