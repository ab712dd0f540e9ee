"""Read everything as it was at one moment, while others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database for the reads inside; nothing that a writer would wait for.

    On SQLite a text that is no longer UTF-8 is read as it is, so that it can be held against its hash.
    """
    if connection.in_atomic_block:  # a restore looks at what it has just written
        with _bytes_as_they_are():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
    try:
        with _bytes_as_they_are():
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


@contextmanager
def _bytes_as_they_are() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    usual = connection.connection.text_factory
    connection.connection.text_factory = _decoded
    try:
        yield
    finally:
        connection.connection.text_factory = usual


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
