"""An office in a fresh home, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from support.homes import Home
from support.offices import Office, opened


@pytest.fixture
def office(database_home: Home, tmp_path: Path) -> Iterator[Office]:
    """An office without people yet."""
    try:
        yield opened(database_home, tmp_path)
    finally:
        connections.close_all()
