"""A home with jobs, and the process that runs them: `serve` on SQLite, `worker` on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections

from support.homes import Home
from support.offices import Office, opened
from support.workers import Runner, started


@pytest.fixture
def office(database_home: Home, tmp_path: Path) -> Iterator[Office]:
    """An office with its people on file."""
    try:
        made = opened(database_home, tmp_path)
        made.people()
        yield made
    finally:
        connections.close_all()


@pytest.fixture
def runner(database_home: Home) -> Iterator[Callable[..., Runner]]:
    """Starts processes that run the home's jobs; what still runs at the end is ended."""
    running: list[Runner] = []

    def start(**variables: str) -> Runner:
        running.append(started(database_home, **variables))
        return running[-1]

    yield start
    for each in running:
        each.kill()
