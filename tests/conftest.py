"""Fixtures for every floor: databases of both kinds, homes on them, and a real browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from datumline.config.wiring import set_up
from support.browser import CHROMIUM_ARGUMENTS, VIEWS, View, chromium_path, opened_page
from support.homes import DATABASE_URL, HOME, Home
from support.postgres import PostgresServer, running_postgres

# The browser's driver keeps an event loop in the test's thread; Django would take plain calls for async ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# The pages' settings for all that runs in this process; programs that tests start take their own.
os.environ["DJANGO_SETTINGS_MODULE"] = "support.page_settings"
set_up()
del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: their event loop stays in the process, and a child forked then is left alone."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A fast server, one per test process."""
    with running_postgres(durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def durable_postgres_server() -> Iterator[PostgresServer]:
    """A server that keeps its word through a crash, one per test process."""
    with running_postgres(durable=True) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_home(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Home]:
    """A fresh home on an empty database of each kind; this process's variables point to it too."""
    with ExitStack() as stack:
        url: str | None = None
        if request.param == "postgresql":
            server: PostgresServer = request.getfixturevalue("durable_postgres_server")
            url = stack.enter_context(server.fresh_database())
        folder = tmp_path / "home"
        folder.mkdir()
        monkeypatch.setenv(HOME, str(folder))
        if url is None:
            monkeypatch.delenv(DATABASE_URL, raising=False)
        else:
            monkeypatch.setenv(DATABASE_URL, url)
        yield Home(folder=folder, database_url=url)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a downloaded one."""
    return browser_type_launch_args | {"executable_path": chromium_path(), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(params=[pytest.param(view, marks=pytest.mark.browser, id=view.name) for view in VIEWS])
def browser_page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """An empty page in each view: light, dark and 360 pixels wide."""
    view: View = request.param
    with opened_page(browser, view) as page:
        yield page
