"""How far the whole ledger has come: one small query that tells whether anything was written since."""

from __future__ import annotations

from django.db import connection


def ledger_version() -> tuple[int, int]:
    """How many streams there are, and how many entries follow their first ones; each append changes it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), COALESCE(SUM(seq), 0) FROM ledger_head")
        streams, entries = cursor.fetchone()
    return int(streams), int(entries)
