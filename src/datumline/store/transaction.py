"""One transaction, tried again when another writer was in the way."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, connection, transaction

Result = TypeVar("Result")

TRIES = 8
FIRST_PAUSE_SECONDS = 0.005
# serialization failure, deadlock, unique violation: what a second look at the stream's end can mend
AGAIN = frozenset({"40001", "40P01", "23505"})


def in_transaction(work: Callable[[], Result]) -> Result:
    """Do the work in one transaction; inside another one, as part of it (and then tried only once)."""
    if connection.in_atomic_block:
        return work()
    for attempt in range(1, TRIES):
        try:
            return _once(work)
        except DatabaseError as error:
            if getattr(error.__cause__, "sqlstate", None) not in AGAIN:
                raise
        time.sleep(random.uniform(0, FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311 - a pause, not a secret
    return _once(work)


def _once(work: Callable[[], Result]) -> Result:
    with transaction.atomic():
        return work()


def forget() -> bool:
    """Let nothing of what was struck be left over beside the tables, as far as the database allows.

    SQLite's journal is folded into the file and emptied; PostgreSQL gives up the rows' old versions, and
    writes the search's table and index anew, because an index keeps a word that no row says any more. Says
    whether it is done: not inside a transaction, and not while somebody reads what SQLite's journal holds.
    """
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _, _ = cursor.fetchone()
            return not busy
        cursor.execute("VACUUM ledger_entry")
        cursor.execute("VACUUM FULL search_entry")
        cursor.execute("VACUUM FULL search_word")
    return True
