"""Who opened whose record: one insert a reading, beside the ledger, only ever added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from datumline.domain.evidence import chain
from datumline.domain.people.person import PersonId
from datumline.store.sql import marks


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


def readings_of(subject: PersonId, *, most: int) -> list[Reading]:
    """The latest readings of a person's record, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT at, actor, subject, noun, what FROM access_log WHERE subject = %s "
            "ORDER BY number DESC LIMIT %s",
            [subject, most],
        )
        return [
            Reading(at=datetime.fromisoformat(row[0]), actor=row[1], subject=row[2], noun=row[3], what=row[4])
            for row in cursor.fetchall()
        ]
