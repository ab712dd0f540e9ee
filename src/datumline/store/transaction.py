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


def forget() -> None:
    """Fold SQLite's journal into the file and empty it: what was struck must not be left over there."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
