"""Machines that share one database: one brings it up to date, one keeps a checkpoint; the others wait."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.db import connections

from datumline.store import checkpoints
from datumline.store.schema import LOCK
from support.homes import Home
from support.ledgers import now, opened
from support.postgres import PostgresServer

pytestmark = pytest.mark.postgresql
PATIENCE = 60.0  # seconds
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
Other = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def machine(durable_postgres_server: PostgresServer, tmp_path: Path) -> Iterator[Home]:
    """A home on an empty database, which other machines reach too."""
    with durable_postgres_server.fresh_database() as url:
        folder = tmp_path / "home"
        folder.mkdir()
        yield Home(folder=folder, database_url=url)
        connections.close_all()


@pytest.fixture
def other(machine: Home) -> Iterator[Other]:
    """Another machine's connection to the database."""
    assert machine.database_url is not None
    with psycopg.connect(machine.database_url) as connection:
        yield connection


def waits(machine: Home, is_ended: Callable[[], bool]) -> bool:
    """Whether somebody begins to wait for a lock before the work has ended."""
    assert machine.database_url is not None
    until = time.monotonic() + PATIENCE
    with psycopg.connect(machine.database_url, autocommit=True) as watching:
        while time.monotonic() < until and not is_ended():
            if watching.execute(WAITING).fetchone() != (0,):
                return True
            time.sleep(0.02)
    return False


def test_a_first_start_waits_for_the_one_on_another_machine(machine: Home, other: Other) -> None:
    other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    process = subprocess.Popen(
        machine.command("ledger", "verify"),
        env=machine.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    waited = waits(machine, lambda: process.poll() is not None)
    other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    assert process.communicate(timeout=PATIENCE)[0].endswith(": whole\n")
    assert waited


def test_two_machines_that_keep_the_same_checkpoint_keep_it_once(machine: Home, other: Other) -> None:
    opened(machine)
    other.execute("INSERT INTO ledger_checkpoint (size, note, at) VALUES (7, 'signed', '2026-06-30')")
    ended: list[str] = []

    def keep() -> None:
        checkpoints.keep(7, "signed", now())
        connections.close_all()
        ended.append("well")

    thread = Thread(target=keep)
    thread.start()
    assert waits(machine, lambda: not thread.is_alive())
    other.commit()
    thread.join(PATIENCE)
    assert ended == ["well"]
    assert [size for size, _, _ in checkpoints.notes()] == [7]
