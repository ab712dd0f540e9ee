"""Whether the database is as the ledger needs it: settings, guards, heads."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from datumline.store.ledger_tables import guards
from datumline.store.postgresql.base import DEMANDED as POSTGRESQL_DEMANDED
from datumline.store.sqlite.base import DEMANDED as SQLITE_DEMANDED


def kind() -> str:
    """The kind of database with its version, for people."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def settings() -> dict[str, str]:
    """The settings that durability rests on, as they are now."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        found = {}
        for name in SQLITE_DEMANDED if sqlite else POSTGRESQL_DEMANDED:
            cursor.execute(f"PRAGMA {name}" if sqlite else f"SHOW {name}")
            found[name] = str(cursor.fetchone()[0])
        return found


def missing_guards() -> list[str]:
    """The triggers that should keep the ledger append-only and are not there, or are switched off."""
    wanted = guards(connection.vendor)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal")
        return sorted(set(wanted) - {row[0] for row in cursor.fetchall()})


def wrong_heads() -> Iterator[str]:
    """The streams whose head does not name their last entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id FROM ledger_stream s LEFT JOIN ledger_head h ON h.stream = s.id "
            "LEFT JOIN ledger_entry e ON e.stream = s.id AND e.seq = h.seq AND e.hash = h.hash "
            "WHERE e.hash IS NULL OR EXISTS "
            "(SELECT 1 FROM ledger_entry n WHERE n.stream = s.id AND n.seq = h.seq + 1) ORDER BY s.id"
        )
        yield from (row[0] for row in cursor.fetchall())
