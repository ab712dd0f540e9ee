"""The connection to SQLite: sets what durability and append-only rest on, and refuses to go on without it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base

from datumline.domain.problem import Problem

# What each setting must read back as. `synchronous` 2 is FULL: one fdatasync a commit.
DEMANDED = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "recursive_triggers": 1}
SET = {"journal_mode": "WAL", "synchronous": "FULL", "secure_delete": "ON", "recursive_triggers": "ON"}

KEPT_KIB = 32_000  # of pages in memory: Django's 2 MiB hold no batch of an import, which is then read back


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with the settings asserted at each connect; kept open only while the file is the same."""

    _file: tuple[int, int] | None = None

    def close_if_unusable_or_obsolete(self) -> None:
        """Close what leads to another file than the one that stands there now, or to none."""
        if self.connection is not None and self._file != _file_at(self.settings_dict["NAME"]):
            self.close()
        super().close_if_unusable_or_obsolete()

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connect, set and check. Raises Problem when a setting did not take."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        self._file = _file_at(conn_params["database"])
        if _cannot_be_written(connection, conn_params["database"]):
            connection.close()
            self._file = None  # read as it is, once: nobody tells when it changes
            return _read_only(super().get_new_connection, conn_params)
        for name, demanded in DEMANDED.items():
            connection.execute(f"PRAGMA {name} = {SET[name]}")
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if found != demanded:
                connection.close()
                raise Problem(
                    f"SQLite keeps {name} at {found}",
                    where=str(conn_params["database"]),
                    expected=f"{SET[name]}, on a disk that allows it",
                )
        connection.execute(f"PRAGMA cache_size = -{KEPT_KIB}")
        return connection


def _file_at(database: str) -> tuple[int, int] | None:
    try:
        there = Path(database).stat()
    except OSError:
        return None
    return there.st_dev, there.st_ino


def _cannot_be_written(connection: sqlite3.Connection, database: str) -> bool:
    """Whether SQLite could not even read here, because it may not keep a journal beside the file."""
    if not Path(database).is_file() or os.access(Path(database).parent, os.W_OK):
        return False
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
    return False


def _read_only(
    connect: Callable[[dict[str, Any]], sqlite3.Connection], conn_params: dict[str, Any]
) -> sqlite3.Connection:
    """Read a file as it is, which nobody may write; with a journal beside it, it is not whole."""
    path = Path(conn_params["database"])
    if path.with_name(f"{path.name}-wal").exists():
        raise Problem(
            "the database has a journal that cannot be read here",
            where=str(path),
            expected="a folder that can be written, once",
        )
    return connect(conn_params | {"database": f"file:{quote(str(path))}?immutable=1"})
