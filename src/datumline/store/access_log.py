"""Who opened whose record: one insert a reading, beside the ledger, only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from datumline.domain.evidence import chain
from datumline.domain.people.person import PersonId
from datumline.store.sql import Value, marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Somebody read something about a person.

    Attributes:
        at: when.
        actor: the person who read, or `operator`.
        noun: what of the person's record, in the words of the access matrix.
        what: more about it, such as a command or a page; never anything that was read.
    """

    at: datetime
    actor: str
    subject: PersonId
    noun: str
    what: str


def note(reading: Reading) -> None:
    """Add one reading."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO access_log (at, actor, subject, noun, what) VALUES ({marks(5)})",
            [chain.stamp(reading.at), reading.actor, reading.subject, reading.noun, reading.what],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which readings: of these people's records (None: of everybody's), by whom or not, before when."""

    subjects: Sequence[PersonId] | None = None
    actor: str | None = None
    not_actor: str | None = None
    before: datetime | None = None


def readings(which: Which, *, most: int) -> list[Reading]:
    """The latest of these readings, newest first."""
    conditions, values = ["1 = 1"], list[Value]()
    if which.subjects is not None:
        conditions.append(f"subject IN ({marks(len(which.subjects))})" if which.subjects else "1 = 0")
        values += which.subjects
    for sql, value in (("actor = %s", which.actor), ("actor <> %s", which.not_actor)):
        if value is not None:
            conditions.append(sql)
            values.append(value)
    if which.before is not None:
        conditions.append("at < %s")
        values.append(chain.stamp(which.before))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT at, actor, subject, noun, what FROM access_log WHERE {' AND '.join(conditions)} "
            "ORDER BY number DESC LIMIT %s",
            [*values, most],
        )
        return [
            Reading(at=datetime.fromisoformat(row[0]), actor=row[1], subject=row[2], noun=row[3], what=row[4])
            for row in cursor.fetchall()
        ]
