"""The connection to SQLite: sets what durability and append-only rest on, and refuses to go on without it."""

from __future__ import annotations

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base

from datumline.domain.problem import Problem

# What each setting must read back as. `synchronous` 2 is FULL: one fdatasync a commit.
DEMANDED = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "recursive_triggers": 1}
SET = {"journal_mode": "WAL", "synchronous": "FULL", "secure_delete": "ON", "recursive_triggers": "ON"}


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with the settings asserted at each connect."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Connect, set and check. Raises Problem when a setting did not take."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
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
        return connection
