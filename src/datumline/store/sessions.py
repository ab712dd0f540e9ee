"""Sessions in the database, as the framework keeps them, each read by a statement that is put together once.

The framework composes its query anew for each request, which took longer than the database's answer.
"""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import connection
from django.utils import timezone

READ = (
    "SELECT session_key, session_data, expire_date FROM django_session "
    "WHERE session_key = %s AND expire_date > %s"
)


class SessionStore(db.SessionStore):
    """The framework's own store, which finds its row by plain SQL."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        found = next(iter(self.model.objects.raw(READ, [self.session_key, now])), None)
        if found is None:
            self._session_key = None
        return found
