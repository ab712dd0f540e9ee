"""An acknowledged entry is on the disk: settings asserted at connect, flushes counted, others refused."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, connections

from datumline.config.databases import database
from datumline.config.wiring import open_home
from datumline.domain.problem import Problem
from datumline.store import health
from datumline.store.schema import point_at
from support.homes import Home
from support.ledgers import OpenedLedger
from support.postgres import PostgresServer

COMMITS = 100
PROGRAM = f"""
from pathlib import Path
from support.homes import Home
from support.ledgers import opened
book = opened(Home(folder=Path({{home!r}}), database_url=None))
for _ in range({COMMITS}):
    book.append(book.note())
"""


def test_the_settings_hold_on_every_connection(book: OpenedLedger) -> None:
    book.append(book.note())
    connections.close_all()
    wanted = (
        {"journal_mode": "wal", "synchronous": "2", "secure_delete": "1", "recursive_triggers": "1"}
        if connection.vendor == "sqlite"
        else {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    )
    assert health.settings() == wanted


def test_every_commit_waits_for_the_disk(tmp_path: Path) -> None:
    strace = shutil.which("strace")
    assert strace, "strace counts the flushes, expected: apt-get install strace"
    home = tmp_path / "home"
    home.mkdir()
    counts = tmp_path / "counts"
    command = [strace, "-f", "-c", "-e", "trace=fdatasync,fsync", "-o", str(counts), sys.executable, "-c"]
    support = str(Path(__file__).parents[1])
    subprocess.run(
        [*command, PROGRAM.format(home=str(home))],
        check=True,
        env={"PYTHONPATH": support, "PATH": "/usr/bin:/bin"},
    )
    flushes = sum(
        int(line.split()[3]) for line in counts.read_text().splitlines() if re.search("f(data)?sync$", line)
    )
    assert flushes >= COMMITS


def test_a_database_that_cannot_be_durable_is_refused(tmp_path: Path) -> None:
    open_home(tmp_path / "home")
    try:
        point_at(database(tmp_path, None) | {"NAME": ":memory:"})
        with pytest.raises(Problem, match="journal_mode at memory"):
            connection.ensure_connection()
    finally:
        connections.close_all()


@pytest.mark.postgresql
def test_a_forgetful_server_is_refused(tmp_path: Path, postgres_server: PostgresServer) -> None:
    with postgres_server.fresh_database() as url:
        home = Home(folder=tmp_path / "home", database_url=url)
        done = home.run("ledger", "verify")
    assert done.returncode == 2
    assert done.stderr.startswith("datumline: PostgreSQL runs with fsync = off")
    assert done.stderr.count("\n") == 1
