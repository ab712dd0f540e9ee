"""What left the house: receipts of shared streams, each by the entry that it is for, and digests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from datumline.domain.evidence.chain import moment, stamp
from datumline.domain.evidence.entry import Audience, EntryId, StreamId
from datumline.domain.evidence.receipt import Placed
from datumline.domain.people.person import PersonId
from datumline.store.sql import marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A shared stream whose end its subject holds no receipt for.

    Attributes:
        end: the stream's last entry; a receipt for it covers all before it.
        entries: how many entries no receipt covers that left the house.
    """

    subject: PersonId
    end: Placed
    entries: int


def due(subjects: Collection[PersonId] | None = None) -> list[Due]:
    """Every shared stream with entries that no receipt outside covers, by person."""
    condition = f" AND s.subject IN ({marks(len(subjects))})" if subjects else ""
    if subjects is not None and not subjects:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.subject, s.id, h.seq, h.hash, h.recorded_at, COALESCE(r.seq, -1) "
            "FROM ledger_stream s JOIN ledger_head h ON h.stream = s.id "
            "LEFT JOIN (SELECT stream, MAX(seq) AS seq FROM receipt_out GROUP BY stream) r "
            "ON r.stream = s.id "
            f"WHERE s.audience = %s AND h.seq > COALESCE(r.seq, -1){condition} ORDER BY s.subject, s.id",
            [Audience.SHARED.value, *(subjects or ())],
        )
        return [_due(row) for row in cursor.fetchall()]


def _due(row: Sequence[Any]) -> Due:
    stream, seq, entry, recorded_at, held = row[1:]
    end = Placed(stream=stream, seq=seq, hash=entry, recorded_at=recorded_at, new=False)
    return Due(subject=row[0], end=end, entries=seq - held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A receipt that left the house: for which entry, whose, by which way (`mail`, `download`) and when."""

    subject: PersonId
    end: Placed
    way: str
    at: datetime


def held(
    subjects: Collection[PersonId] | None = None, *, most: int, entry: EntryId | None = None
) -> list[Held]:
    """The receipts that left the house, of these persons or of all, the latest first; or an entry's."""
    if subjects is not None and not subjects:
        return []
    condition = f" AND s.subject IN ({marks(len(subjects))})" if subjects else ""
    condition += " AND e.hash = %s" if entry else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.subject, s.id, e.seq, e.hash, e.recorded_at, r.way, r.at FROM receipt_out r "
            "JOIN ledger_stream s ON s.id = r.stream "
            "JOIN ledger_entry e ON e.stream = r.stream AND e.seq = r.seq "
            f"WHERE s.audience = %s{condition} ORDER BY r.at DESC, e.recorded_at DESC, r.stream LIMIT %s",
            [Audience.SHARED.value, *(subjects or ()), *([entry] if entry else []), most],
        )
        return [_held(row) for row in cursor.fetchall()]


def _held(row: Sequence[Any]) -> Held:
    stream, seq, entry, recorded_at = row[1:5]
    end = Placed(stream=stream, seq=seq, hash=entry, recorded_at=recorded_at, new=False)
    return Held(subject=row[0], end=end, way=row[5], at=moment(row[6]))


def hand_out(stream: StreamId, seq: int, *, way: str, at: datetime) -> None:
    """Note that a receipt for that entry left the house; the first time that it did counts."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO receipt_out (stream, seq, way, at) VALUES ({marks(4)}) ON CONFLICT DO NOTHING",
            [stream, seq, way, stamp(at)],
        )


def take_digest(person: PersonId, day: date, *, at: datetime) -> bool:
    """Whether the person's digest of that day is the caller's to send: true once."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO digest_sent (person, day, at) VALUES ({marks(3)}) ON CONFLICT DO NOTHING",
            [person, day.isoformat(), stamp(at)],
        )
        return bool(cursor.rowcount == 1)


def give_back_digest(person: PersonId, day: date) -> None:
    """The digest was not sent after all."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM digest_sent WHERE person = %s AND day = %s", [person, day.isoformat()])
