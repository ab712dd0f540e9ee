"""Which entry a key stands for: a request that was sent twice is answered like the first time."""

from __future__ import annotations

from django.db import connection

from datumline.domain.evidence.entry import EntryId


def entry_under(author: str, key: str) -> EntryId | None:
    """The entry that an author wrote under a key; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM ledger_entry WHERE author = %s AND key = %s", [author, key])
        row = cursor.fetchone()
    return None if row is None else str(row[0])
