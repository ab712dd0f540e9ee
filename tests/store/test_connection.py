"""A connection to SQLite outlives a request, but never the file that it was opened on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections

from support.homes import Home
from support.ledgers import opened


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    opened(Home(folder=tmp_path / "home", database_url=None))
    connection.ensure_connection()
    yield Path(connection.settings_dict["NAME"])
    connections.close_all()


def test_it_stays_open_between_requests(database: Path) -> None:
    assert database.is_file()
    before = connection.connection
    connection.close_if_unusable_or_obsolete()
    assert connection.connection is before


def test_another_file_in_its_place_is_opened_anew(database: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(database, database.with_suffix(".other"))
    database.with_suffix(".other").replace(database)
    connection.close_if_unusable_or_obsolete()
    assert connection.connection is None


def test_where_the_file_is_gone_nothing_is_written_any_more(database: Path) -> None:
    database.rename(database.with_suffix(".gone"))
    connection.close_if_unusable_or_obsolete()
    assert connection.connection is None
