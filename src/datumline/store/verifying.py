"""Hold every row of the ledger, and every row made from it, against what was written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import DatabaseError, connection

from datumline.domain.evidence.entry import StreamId
from datumline.domain.evidence.verification import Fault, Row, StreamRow, stream_faults
from datumline.domain.problem import Problem
from datumline.store import people_projection, projections, search_faults
from datumline.store.projections import Making
from datumline.store.snapshot import snapshot
from datumline.store.sql import marks

COLUMNS = ", ".join(Row._fields)
MOST_DAMAGE = 20  # lines of SQLite's own check
NOTHING_KEPT: Mapping[str, Making] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a verification found."""

    streams: int
    entries: int
    faults: tuple[Fault, ...]


def verify(*, making: Mapping[str, Making] = NOTHING_KEPT) -> Verified:
    """Recompute the whole ledger and every projection, as they are at one moment.

    `making` says how each kind of document that is kept ready is worked out.
    """
    with snapshot():
        streams = _streams()
        faults = [fault for stream in streams for fault in _stream_faults(stream)]
        faults += [*_orphans(), *_file_faults(), *_projection_faults(making, damaged=bool(faults))]
        return Verified(streams=len(streams), entries=_count(), faults=tuple(faults))


def _streams(condition: str = "", *values: str) -> list[StreamRow]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.subject, s.audience, s.owner, h.seq, h.hash, h.recorded_at "
            "FROM ledger_stream s LEFT JOIN ledger_head h ON h.stream = s.id"
            f"{condition} ORDER BY s.id",
            list(values),
        )
        return [StreamRow._make(row) for row in cursor.fetchall()]


def stream_row(stream: StreamId) -> StreamRow:
    """A stream's row with its head's. Raises LookupError when there is none."""
    return _streams(" WHERE s.id = %s", stream)[0]


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        return int(cursor.fetchone()[0])


def rows_of(stream: StreamId) -> list[Row]:
    """Every entry of a stream as it is stored, in order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COLUMNS} FROM ledger_entry WHERE stream = {marks(1)} ORDER BY seq", [stream])
        return [Row._make(row) for row in cursor.fetchall()]


def _stream_faults(stream: StreamRow) -> Iterator[Fault]:
    try:
        rows = rows_of(stream.id)
    except (DatabaseError, UnicodeEncodeError) as error:
        yield Fault(stream=shown(stream.id), what=f"cannot be read: {shown(error)}")
        return
    yield from stream_faults(stream, rows)


def _orphans() -> Iterator[Fault]:
    """Entries and heads whose stream has no row."""
    for table in ("ledger_entry", "ledger_head"):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT t.stream, t.seq FROM {table} t LEFT JOIN ledger_stream s ON s.id = t.stream "
                "WHERE s.id IS NULL"
            )
            for stream, seq in cursor.fetchall():
                yield Fault(
                    stream=str(stream), seq=seq, what=f"stands in {table}, and its stream is not there"
                )


def _file_faults() -> Iterator[Fault]:
    """What SQLite itself says of its file: pages, indexes, constraints."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({MOST_DAMAGE})")
        said = [str(row[0]) for row in cursor.fetchall()]
    yield from (Fault(what=f"the file is damaged: {line}", table="database") for line in said if line != "ok")


def shown(value: object) -> str:
    """A value that may have been tampered with, as text that any terminal can print."""
    return str(value).encode(errors="backslashreplace").decode()


def _projection_faults(making: Mapping[str, Making], *, damaged: bool) -> Iterator[Fault]:
    """Rows that differ from what the ledger gives; a damaged ledger gives nothing to compare with."""
    if damaged:
        return
    try:
        for table, person in people_projection.faults():
            yield Fault(table=table, what=f"the rows of {shown(person)} are not what the ledger says")
        for subject, what in projections.differences(making):
            yield Fault(
                table="projection", what=f"{shown(what)} of {shown(subject)} is not what the ledger says"
            )
        for what in search_faults.faults():
            yield Fault(table="search_entry", what=f"{shown(what)} is not what the ledger says")
    except Problem as problem:
        yield Fault(table="people", what=str(problem))
