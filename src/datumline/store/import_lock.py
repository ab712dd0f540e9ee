"""One import at a time: two at once would each make the same unknown address a person of its own."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from datumline.domain.problem import Problem

LOCK = 0x646C_696D_706F_7274  # this lock's number among the database's advisory locks: "dlimport"
FILE = "import.lock"


@contextmanager
def one_import(home: Path) -> Iterator[None]:
    """Hold the home's imports inside the block; the lock ends with the process, however that ends.

    Raises Problem at once when another import runs.
    """
    if connection.vendor == "postgresql":
        with _in_database():
            yield
        return
    with (home / FILE).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise _another() from taken
        yield


@contextmanager
def _in_database() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise _another()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _another() -> Problem:
    return Problem("another import is running", expected="it to end first; then run this one again")
