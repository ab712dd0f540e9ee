"""The content of every pack that was ever activated: what past verdicts stand on, named by its digest."""

from __future__ import annotations

from django.db import connection


def keep(digest: str, content: str) -> None:
    """Keep a canonical content under its digest; one that is kept already stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pack_content (digest, content) VALUES (%s, %s) ON CONFLICT (digest) DO NOTHING",
            [digest, content],
        )


def kept(digest: str) -> str | None:
    """The content under this digest, if it is kept. Whoever reads it holds it against the digest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM pack_content WHERE digest = %s", [digest])
        row = cursor.fetchone()
    return None if row is None else str(row[0])
