"""The ledger, open in this process, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections

from support.homes import Home
from support.ledgers import OpenedLedger, opened


@pytest.fixture
def book(database_home: Home) -> Iterator[OpenedLedger]:
    """An empty ledger on a fresh home."""
    try:
        yield opened(database_home)
    finally:
        connections.close_all()
