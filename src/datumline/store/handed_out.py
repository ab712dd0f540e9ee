"""What left the house: up to which entry of each shared stream a receipt did, and which digests were sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from datumline.domain.evidence.chain import stamp
from datumline.domain.evidence.entry import Audience, StreamId
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
            "LEFT JOIN receipt_out r ON r.stream = s.id "
            f"WHERE s.audience = %s AND h.seq > COALESCE(r.seq, -1){condition} ORDER BY s.subject, s.id",
            [Audience.SHARED.value, *(subjects or ())],
        )
        return [_due(row) for row in cursor.fetchall()]


def _due(row: Sequence[Any]) -> Due:
    stream, seq, entry, recorded_at, held = row[1:]
    end = Placed(stream=stream, seq=seq, hash=entry, recorded_at=recorded_at, new=False)
    return Due(subject=row[0], end=end, entries=seq - held)


def hand_out(stream: StreamId, seq: int, *, way: str, at: datetime) -> None:
    """Note that a receipt for that entry left the house; an earlier one never stands for a later one."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO receipt_out (stream, seq, way, at) VALUES ({marks(4)}) ON CONFLICT (stream) "
            "DO UPDATE SET seq = excluded.seq, way = excluded.way, at = excluded.at "
            "WHERE receipt_out.seq < excluded.seq",
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
