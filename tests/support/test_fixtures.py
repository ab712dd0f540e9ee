"""The fixtures themselves: a server of each durability, an empty home of each kind, a browser that sees."""

from __future__ import annotations

import os

import psycopg
import pytest
from playwright.sync_api import Browser, Page

from support.browser import VIEWS, axe_violations, opened_page, overflow_pixels
from support.homes import DATABASE_URL, HOME, Home
from support.postgres import PostgresServer


def setting(server: PostgresServer, name: str) -> str:
    with psycopg.connect(server.url("postgres")) as connection:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


@pytest.mark.postgresql
def test_the_fast_server_does_not_wait_for_the_disk(postgres_server: PostgresServer) -> None:
    assert setting(postgres_server, "fsync") == "off"
    assert setting(postgres_server, "listen_addresses") == "127.0.0.1"


@pytest.mark.postgresql
def test_the_durable_server_waits_for_the_disk(durable_postgres_server: PostgresServer) -> None:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    assert [setting(durable_postgres_server, name) for name in names] == ["on", "on", "on"]


@pytest.mark.postgresql
def test_a_fresh_database_is_empty_and_goes_away(postgres_server: PostgresServer) -> None:
    with postgres_server.fresh_database() as url, psycopg.connect(url) as left_open:
        left_open.execute("CREATE TABLE kept (x int)")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)
    with postgres_server.fresh_database() as other, psycopg.connect(other) as connection:
        query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert connection.execute(query).fetchone() == (0,)


def test_a_home_is_empty_and_this_process_points_to_it(database_home: Home) -> None:
    assert list(database_home.folder.iterdir()) == []
    assert os.environ[HOME] == str(database_home.folder)
    assert os.environ.get(DATABASE_URL) == database_home.database_url
    assert database_home.environment.get(DATABASE_URL) == database_home.database_url
    assert (database_home.database_url is None) == (database_home.kind == "sqlite")


GOOD = "<!doctype html><html lang=en><title>Plan</title><main><h1>Plan</h1><p>On time.</p></main></html>"
BAD = "<!doctype html><html><title>Plan</title><main><h1>Plan</h1><img src='data:,'></main></html>"


def test_axe_finds_what_is_wrong_and_only_that(browser_page: Page) -> None:
    browser_page.set_content(GOOD)
    assert axe_violations(browser_page) == []
    browser_page.set_content(BAD)
    assert [line.split(":")[0] for line in axe_violations(browser_page)] == ["html-has-lang", "image-alt"]


def test_sideways_scrolling_is_measured(browser_page: Page) -> None:
    browser_page.set_content(GOOD)
    assert overflow_pixels(browser_page) == 0
    browser_page.set_content("<!doctype html><div style='width: 2000px'>wide</div>")
    assert overflow_pixels(browser_page) >= 2000 - 1280


@pytest.mark.browser
@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<img src='http://elsewhere.invalid/x.png'>", "asked another host"),
        ("<script>absent()</script>", "script error"),
    ],
)
def test_a_page_that_fails_or_calls_out_is_caught(browser: Browser, content: str, complaint: str) -> None:
    with pytest.raises(pytest.fail.Exception, match=complaint), opened_page(browser, VIEWS[0]) as page:
        page.set_content(content)
