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


class AnotherImportError(Problem):
    """Another import runs; when it has ended this one can."""


@contextmanager
def one_import(home: Path) -> Iterator[None]:
    """Hold the home's imports inside the block; the lock ends with the process, however that ends.

    Raises Problem at once when another import runs.
    """
    if connection.vendor == "postgresql":
        with _in_database():
            yield
        return
    with held(home / FILE) as mine:
        if not mine:
            raise _another()
        yield


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Whether this process has the file's lock inside the block; the kernel takes it back in the end."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            mine = False
        else:
            mine = True
        yield mine


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


def _another() -> AnotherImportError:
    return AnotherImportError(
        "another import is running", expected="it to end first; then run this one again"
    )
