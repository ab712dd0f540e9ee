"""Where the records stand: the home's SQLite file, or the PostgreSQL database of an address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from datumline.domain.problem import Problem

WAIT_SECONDS = 20  # for another writer on SQLite
CONNECT_SECONDS = 10
KEPT_SECONDS = 600  # a connection to PostgreSQL; one that broke is opened anew


def database(folder: Path, url: str | None) -> dict[str, Any]:
    """The entry of Django's DATABASES. Raises Problem for an address that is not PostgreSQL's."""
    if not url:
        return {
            "ENGINE": "datumline.store.sqlite",
            "NAME": str(folder / "datumline.sqlite3"),
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": WAIT_SECONDS},
            "CONN_MAX_AGE": None,  # opening the file anew takes longer than a page
        }
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not name:
        raise Problem(
            "not a database address",
            where="DATUMLINE_DATABASE_URL",
            expected="postgresql://user@host:port/database, or none for SQLite",
        )
    return {
        "ENGINE": "datumline.store.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEPT_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS} | dict(parse_qsl(parts.query)),
    }
