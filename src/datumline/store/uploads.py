"""Files that were uploaded and wait for their job: in the database, where every worker finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection

from datumline.domain.evidence.chain import stamp
from datumline.store.sql import marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it was sent, under the name that its sender gave it."""

    id: str
    name: str
    owner: str
    content: bytes


def keep(name: str, content: bytes, *, owner: str, at: datetime) -> str:
    """Keep a file; its random id."""
    made = uuid4().hex
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO upload (id, name, owner, kept_at, content) VALUES ({marks(5)})",
            [made, name, owner, stamp(at), content],
        )
    return made


def kept(upload: str) -> Upload | None:
    """The file of that id, unless it was removed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, owner, content FROM upload WHERE id = %s", [upload])
        row = cursor.fetchone()
    return row and Upload(id=row[0], name=row[1], owner=row[2], content=bytes(row[3]))


def remove(upload: str) -> None:
    """Remove a file; one that is gone already is no fault."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM upload WHERE id = %s", [upload])


def remove_older(before: datetime) -> int:
    """Remove files that nobody asked about since; how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM upload WHERE kept_at < %s", [stamp(before)])
        return int(cursor.rowcount)
