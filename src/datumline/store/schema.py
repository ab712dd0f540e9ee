"""Bring a database to this version's shape, once, however many processes start at the same time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.recorder import MigrationRecorder

from datumline.domain.problem import Problem

APP = "store"
LOCK_FILE = "migrating.lock"
LOCK = 0x646C_6D69_6772_6174  # this lock's number among the database's advisory locks: "dlmigrat"


def point_at(database: dict[str, Any]) -> None:
    """Let this process's connection lead to another database from now on."""
    if all(connections.settings["default"].get(name) == value for name, value in database.items()):
        return
    connection.close()
    connections.settings = connections.configure_settings({"default": dict(database)})
    del connections["default"]


def let_go() -> None:
    """Close this process's connection: on SQLite the file is then whole without its journal beside it."""
    connection.close()


def bring_up_to_date(folder: Path) -> bool:
    """Run the migrations that are missing and say whether any were. Raises Problem for a newer database.

    On SQLite `folder` holds the lock. A migration is one transaction: one that was killed is run again.
    """
    if not _missing():
        return False
    with _locked(folder / LOCK_FILE):
        if _missing():
            _migrate()
    return True


def _migrate() -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except InconsistentMigrationHistory as wrong:
        raise _damaged() from wrong


def _damaged() -> Problem:
    return Problem(
        "the database is damaged",
        where=str(connection.settings_dict["NAME"]),
        expected="a whole file; `datumline restore` brings a backup back",
    )


def _missing() -> set[str]:
    shipped = {path.stem for path in (Path(__file__).parent / "migrations").glob("[0-9]*.py")}
    try:
        applied = {name for app, name in MigrationRecorder(connection).applied_migrations() if app == APP}
    except UnicodeDecodeError as wrong:  # what SQLite says of a damaged schema repeats the damage
        raise _damaged() from wrong
    if not applied and connection.vendor == "sqlite" and _tables() - {"django_migrations"}:
        raise Problem(
            "a database of something else",
            where=str(connection.settings_dict["NAME"]),
            expected="datumline's own file, or none",
        )
    if applied - shipped:
        raise Problem(
            f"the database has {', '.join(sorted(applied - shipped))} from a newer version",
            where=str(connection.settings_dict["NAME"]),
            expected="this version's database, or a newer datumline",
        )
    return shipped - applied


def _tables() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Alone, until the block or the process ends: on a server, on all machines that use the database."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
