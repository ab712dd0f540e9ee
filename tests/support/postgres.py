"""A throw-away PostgreSQL server on the loopback address, run from Debian's own programs."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

USER = "postgres"
HOST = "127.0.0.1"

_LIMIT_SECONDS = 30
_PORT_TRIES = 5
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresServer:
    """A running server. Everybody on this machine may connect to it as `postgres`, without a password."""

    port: int
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        """Return the database's address, as `DATUMLINE_DATABASE_URL` takes it."""
        return f"postgresql://{USER}@{HOST}:{self.port}/{database}"

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """Give the address of a new, empty database; it is dropped afterwards, open connections or not."""
        name = f"datumline_{next(self._numbers)}"
        self._command("CREATE DATABASE {}", name)
        try:
            yield self.url(name)
        finally:
            self._command("DROP DATABASE {} WITH (FORCE)", name)

    def _command(self, template: str, database: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(template).format(sql.Identifier(database)))


@contextmanager
def running_postgres(*, durable: bool) -> Iterator[PostgresServer]:
    """Run a server for as long as the block lasts; it also ends if this process is killed.

    Args:
        durable: True keeps what is acknowledged through a crash; False trades that for speed.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="datumline-postgres-"))
    try:
        _initialise(programs, folder)
        process, server = _start(programs, folder, _DURABLE if durable else _FAST)
        try:
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)  # immediate shutdown: nothing in it is wanted any more
            process.wait(timeout=_LIMIT_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """Return the folder of the newest server programs on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        pytest.fail("PostgreSQL's programs are missing, expected: apt-get install postgresql", pytrace=False)
    return Path(on_path).resolve().parent


def _initialise(programs: Path, folder: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)  # the server refuses to run as root
    options = [
        "--username",
        USER,
        "--auth",
        "trust",
        "--encoding",
        "UTF8",
        "--locale",
        "C.UTF-8",
        "--no-sync",
    ]
    subprocess.run(
        [*_as_owner(), str(programs / "initdb"), "--pgdata", str(folder / "data"), *options],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )


def _start(
    programs: Path, folder: Path, durability: dict[str, str]
) -> tuple[subprocess.Popen[bytes], PostgresServer]:
    """Start the server; another process may take the free port first, so a few ports are tried."""
    for _ in range(_PORT_TRIES):
        server = PostgresServer(port=_free_port())
        settings = {
            "listen_addresses": HOST,
            "port": str(server.port),
            "unix_socket_directories": "",
            "shared_buffers": "64MB",
            "max_connections": "60",
            "timezone": "UTC",
        } | durability
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*_as_owner(), str(programs / "postgres"), "-D", str(folder / "data"), *options],
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        if _answers(process, server):
            return process, server
    pytest.fail(f"PostgreSQL did not start: {(folder / 'log').read_text()[-500:]}", pytrace=False)


def _answers(process: subprocess.Popen[bytes], server: PostgresServer) -> bool:
    """Wait until the server takes connections; False if it ended or the limit passed."""
    deadline = time.monotonic() + _LIMIT_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(server.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return True
    process.kill()
    process.wait()
    return False


def _as_owner() -> list[str]:
    """Return the prefix that runs a program as the server's owner and ends it together with this process."""
    prefix = ["setpriv", "--pdeathsig", "QUIT"]
    if os.geteuid() == 0:
        prefix += ["--reuid", USER, "--regid", USER, "--init-groups", "--reset-env"]
    return [*prefix, "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port
