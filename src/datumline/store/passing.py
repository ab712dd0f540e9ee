"""Rows of signing in that pass by themselves: sessions that have ended, guesses that no longer count."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

SETTLED = timedelta(days=1)  # after which a device without its session is not about to get one


def remove_ended(now: datetime) -> int:
    """Remove what has ended by `now`: sessions, with the devices that they were of, and counts; how many."""
    adapted = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sign_in_attempt WHERE expires < %s", [adapted(now)])
        removed = int(cursor.rowcount)
        cursor.execute("DELETE FROM django_session WHERE expire_date < %s", [adapted(now)])
        removed += int(cursor.rowcount)
        cursor.execute(
            "DELETE FROM usersessions_usersession WHERE created_at < %s AND NOT EXISTS (SELECT 1 FROM "
            "django_session s WHERE s.session_key = usersessions_usersession.session_key)",
            [adapted(now - SETTLED)],
        )
        return removed + int(cursor.rowcount)
