"""A fresh home on each kind of database, for fixtures that outlive one test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from support.homes import DATABASE_URL, HOME, Home
from support.postgres import PostgresServer

DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
"""The parameters of such a fixture."""


@contextmanager
def new_home(request: pytest.FixtureRequest, folder: Path) -> Iterator[Home]:
    """A home on the kind of database that the fixture asks for; this process's variables point to it."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        url: str | None = None
        patch.delenv(DATABASE_URL, raising=False)
        if request.param == "postgresql":
            server: PostgresServer = request.getfixturevalue("durable_postgres_server")
            url = stack.enter_context(server.fresh_database())
            patch.setenv(DATABASE_URL, url)
        patch.setenv(HOME, str(folder))
        yield Home(folder=folder, database_url=url)
