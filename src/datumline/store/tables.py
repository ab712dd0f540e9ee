"""Every table as lines of JSON, and back: what a backup holds, the same for both kinds of database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from datumline.domain.problem import Problem
from datumline.store.schema import APP
from datumline.store.sql import marks

# What ends with the database that it was made in: sessions, guesses, links, files that wait for their import.
PASSING = {"django_session", "usersessions_usersession", "sign_in_attempt", "account_link", "upload"}
NOT_KEPT = frozenset({"django_migrations", "sqlite_sequence", "projection"} | PASSING)
SEARCH = "search_"  # tables made anew from the ledger when somebody searches
# Streams before their entries, entries before the heads that name them; the rest follows.
FIRST = ("ledger_stream", "ledger_entry", "ledger_head")
ORDER = {"ledger_entry": "stream, seq", "ledger_stream": "id", "ledger_head": "stream"}
AT_ONCE = 1000
HEX, AT = "hex", "at"


def schema() -> list[str]:
    """The migrations that made the database's shape, in order."""
    return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == APP)


def table_names() -> list[str]:
    """Every table that holds something of its own, in the order in which they can be filled."""
    with connection.cursor() as cursor:
        found = set(connection.introspection.table_names(cursor)) - NOT_KEPT
        found = {name for name in found if not name.startswith(SEARCH)}
    return [*FIRST, *sorted(found - set(FIRST))]


def dump(table: str) -> Iterator[str]:
    """The table's columns, then its rows, each a line of JSON. Call inside a snapshot."""
    with connection.cursor() as cursor:
        columns = [each.name for each in connection.introspection.get_table_description(cursor, table)]
        yield json.dumps(columns)
        order = ORDER.get(table, ", ".join(map(quoted, columns)))
        cursor.execute(f"SELECT {', '.join(map(quoted, columns))} FROM {table} ORDER BY {order}")
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield json.dumps([_kept(value, table) for value in row], ensure_ascii=False)


def _kept(value: object, table: str) -> object:
    """A value as JSON has it; bytes (`memoryview` from PostgreSQL) and instants as objects that say so."""
    if isinstance(value, (bytes, memoryview)):
        return {HEX: bytes(value).hex()}
    if isinstance(value, datetime):  # without a zone from SQLite, which keeps UTC
        return {AT: (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()}
    if value is None or isinstance(value, (str, int)):
        return value
    raise Problem(
        "a value that no backup holds", where=table, expected="text, whole numbers, bytes, instants"
    )


def _found(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if AT in value:
        return connection.ops.adapt_datetimefield_value(datetime.fromisoformat(value[AT]))
    return bytes.fromhex(value[HEX])


def empty() -> bool:
    """Whether the database holds no ledger."""
    with connection.cursor() as cursor:
        if "ledger_stream" not in connection.introspection.table_names(cursor):
            return True
        cursor.execute("SELECT count(*) FROM ledger_stream")
        return not cursor.fetchone()[0]


def shaped_as(names: list[str]) -> None:
    """Give an empty database the shape that these migrations made. Raises Problem for a newer version's."""
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 - reads every migration

    unknown = set(names) - {name for app, name in MigrationLoader(connection).disk_migrations if app == APP}
    if unknown or not names:
        raise Problem(
            f"a backup with {', '.join(sorted(unknown)) or 'no shape'}",
            expected="a backup of this version of datumline or an older one",
        )
    call_command("migrate", APP, max(names), verbosity=0, interactive=False)


def load(table: str, lines: Iterable[str]) -> int:
    """Fill a table from its lines and say how many rows there were. The database's own guards stand.

    Raises Problem for a table of another shape and for rows that the database refuses.
    """
    try:
        return _load(table, iter(lines))
    except DatabaseError as wrong:
        raise Problem(
            f"the database refuses a row: {' '.join(str(wrong).split())}",
            where=table,
            expected="a whole ledger",
        ) from wrong


def _load(table: str, lines: Iterator[str]) -> int:
    columns: list[str] = json.loads(next(lines))
    with connection.cursor() as cursor:
        known = [each.name for each in connection.introspection.get_table_description(cursor, table)]
        if sorted(columns) != sorted(known):
            raise Problem("a table of another shape", where=table, expected=f"the columns {', '.join(known)}")
        named = ", ".join(map(quoted, columns))
        sql = f"INSERT INTO {table} ({named}) {_identity()} VALUES ({marks(len(columns))})"
        count = 0
        batch: list[list[Any]] = []
        for line in lines:
            batch.append([_found(value) for value in json.loads(line)])
            if len(batch) == AT_ONCE:
                cursor.executemany(sql, batch)
                count, batch = count + len(batch), []
        cursor.executemany(sql, batch)
        _continue_numbers(table, columns)
    return count + len(batch)


def quoted(column: str) -> str:
    """A column's name as SQL writes it; some are words of SQL."""
    return connection.ops.quote_name(column)


def _identity() -> str:
    return "OVERRIDING SYSTEM VALUE" if connection.vendor == "postgresql" else ""


def _continue_numbers(table: str, columns: list[str]) -> None:
    """Let PostgreSQL's own numbering go on after the numbers that were loaded."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for column in columns:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
            (sequence,) = cursor.fetchone()
            if sequence:
                cursor.execute(
                    f"SELECT setval(%s, (SELECT coalesce(max({column}), 0) + 1 FROM {table}), false)",
                    [sequence],
                )
