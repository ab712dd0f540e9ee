"""What a database error means to the person at the keyboard: one line, and what would help."""

from __future__ import annotations

import sqlite3

from django.db import DatabaseError, connection

from datumline.domain.problem import Problem

DAMAGED, NO_DATABASE = "the database is damaged", "not a database"
# By SQLite's primary result code: what is wrong, and what would be right.
_SQLITE = {
    sqlite3.SQLITE_BUSY: ("the database is busy with another writer", "a little patience, then again"),
    sqlite3.SQLITE_LOCKED: ("the database is locked", "a little patience, then the same again"),
    sqlite3.SQLITE_READONLY: ("the database is read-only, nothing was written", "a file to write to"),
    sqlite3.SQLITE_IOERR: ("the disk failed, nothing was written", "a working disk"),
    sqlite3.SQLITE_FULL: ("the disk is full, nothing was written", "free space"),
    sqlite3.SQLITE_CANTOPEN: ("the database cannot be opened", "a file and folder to read and write"),
    sqlite3.SQLITE_CORRUPT: (
        DAMAGED,
        "a whole file; `datumline ledger verify` says where, `datumline restore` brings a backup back",
    ),
    sqlite3.SQLITE_NOTADB: (
        NO_DATABASE,
        "datumline's own file; `datumline restore` brings a backup back",
    ),
    sqlite3.SQLITE_AUTH: ("the database refuses", "a user who may use it"),
}
_PRIMARY = 0xFF
_NO_ROOM = {sqlite3.SQLITE_IOERR_SHMSIZE}  # no space for the journal's index


def damage(error: Exception) -> str | None:
    """What is wrong, in a few words, where the error says that the database file itself is broken."""
    said = error if isinstance(error, Problem) else trouble(error)
    return said.what if said is not None and said.what in (DAMAGED, NO_DATABASE) else None


def trouble(error: Exception) -> Problem | None:
    """The Problem that a database error is; None for any other error."""
    if not isinstance(error, DatabaseError | sqlite3.Error):
        return None
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    where = str(connection.settings_dict["NAME"])
    code = getattr(cause, "sqlite_errorcode", None)
    if code in _NO_ROOM:
        code = sqlite3.SQLITE_FULL
    said = _SQLITE.get(code & _PRIMARY) if code is not None else None
    if said is not None:
        return Problem(said[0], where=where, expected=said[1])
    words = " ".join(str(cause or error).split())
    if isinstance(cause, sqlite3.Error) and "utf-8" in words.lower():
        return Problem(DAMAGED, where=where, expected=_SQLITE[sqlite3.SQLITE_CORRUPT][1])
    return Problem(f"the database refuses: {words}", where=where, expected="a database that answers")
