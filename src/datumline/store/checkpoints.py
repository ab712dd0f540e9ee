"""The log over all entries: the order of its leaves, and the checkpoints that were signed for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from datumline.domain.evidence import chain, merkle
from datumline.domain.evidence.entry import EntryId, StreamId
from datumline.store.transaction import in_transaction

AT_ONCE = 20_000


def take_in() -> int:
    """Give every entry that has none its place at the end of the log, in the order of writing; the size."""
    return in_transaction(_take_in)


def _take_in() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE ledger_log IN EXCLUSIVE MODE")
        size = _size()
        cursor.execute(
            "SELECT e.hash FROM ledger_entry e LEFT JOIN ledger_log l ON l.entry = e.hash "
            "WHERE l.entry IS NULL ORDER BY e.recorded_at, e.stream, e.seq"
        )
        missing = [row[0] for row in cursor.fetchall()]
        cursor.executemany(
            "INSERT INTO ledger_log (number, entry) VALUES (%s, %s)", list(enumerate(missing, start=size))
        )
    return size + len(missing)


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(number) + 1, 0) FROM ledger_log")
        return int(cursor.fetchone()[0])


def leaves() -> list[bytes]:
    """The leaf hashes in the log's order, each computed from the header's stored bytes.

    An entry that is gone leaves a hash that no checkpoint ever had.
    """
    return list(_leaves())


def _leaves() -> Iterator[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.header FROM ledger_log l LEFT JOIN ledger_entry e ON e.hash = l.entry ORDER BY l.number"
        )
        while found := cursor.fetchmany(AT_ONCE):
            for (header,) in found:
                yield merkle.EMPTY if header is None else merkle.leaf_of(_computed(header))


def _computed(header: str) -> EntryId:
    try:
        return chain.hash_of(header)
    except UnicodeEncodeError:  # bytes that are no text any more
        return "00" * 32


def named_leaves(size: int) -> list[bytes]:
    """The leaf hashes of the first `size` entries by the ids that the log names: quick, for a known root."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM ledger_log WHERE number < %s ORDER BY number", [size])
        return [merkle.leaf_of(row[0]) for row in cursor.fetchall()]


def numbers_of(stream: StreamId) -> dict[EntryId, int]:
    """The place in the log of each entry of a stream that has one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.entry, l.number FROM ledger_entry e JOIN ledger_log l ON l.entry = e.hash "
            "WHERE e.stream = %s",
            [stream],
        )
        return dict(cursor.fetchall())


def keep(size: int, note: str, at: datetime) -> None:
    """Keep a checkpoint that was signed; the same one again is the same, and so are two at once."""
    in_transaction(lambda: _keep(size, note, chain.stamp(at)))


def _keep(size: int, note: str, at: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM ledger_checkpoint WHERE size = %s", [size])
        if cursor.fetchone() is None:  # on SQLite nobody else writes until the end; PostgreSQL asks once more
            cursor.execute(
                "INSERT INTO ledger_checkpoint (size, note, at) VALUES (%s, %s, %s) "
                "ON CONFLICT (size) DO NOTHING",
                [size, note, at],
            )


def notes() -> list[tuple[int, str, datetime]]:
    """Every checkpoint that was kept, the largest last: its size, its text, when it was signed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size, note, at FROM ledger_checkpoint ORDER BY size")
        return [(row[0], row[1], datetime.fromisoformat(row[2])) for row in cursor.fetchall()]


def latest() -> tuple[int, str, datetime] | None:
    """The largest checkpoint that was kept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size, note, at FROM ledger_checkpoint ORDER BY size DESC LIMIT 1")
        row = cursor.fetchone()
        return None if row is None else (row[0], row[1], datetime.fromisoformat(row[2]))
