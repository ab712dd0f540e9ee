"""A small organisation in a fresh home on SQLite, asked through Django's own client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from datumline.web import installed
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import World, small_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small organisation, as a demo."""
    home = Home(folder=tmp_path / "home", database_url=None)
    monkeypatch.setenv(HOME, str(home.folder))
    monkeypatch.delenv(DATABASE_URL, raising=False)
    installed.opened.cache_clear()
    try:
        yield small_world(home)
    finally:
        connections.close_all()


@pytest.fixture
def visit_as(world: World) -> Callable[[str], Client]:
    """A browser in which somebody was chosen."""
    del world

    def visit(person: str) -> Client:
        client = Client(headers={"host": "127.0.0.1"})
        assert client.post("/who", {"person": person}).status_code == 303
        return client

    return visit
