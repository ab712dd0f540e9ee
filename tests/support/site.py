"""A home served by the program itself, and a browser's way into it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from support.homes import Home

LIMIT_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A served home."""

    home: Home
    address: str

    def enter_as(self, page: Page, name: str) -> None:
        """Choose somebody by name and arrive at their first page."""
        page.goto(f"{self.address}/who")
        page.locator(".choice", has_text=name).get_by_role("button").first.click()
        page.wait_for_url(f"{self.address}/")

    def first_of(self, page: Page, role: str) -> str:
        """The name of the first person of a role in the choice."""
        return self.all_of(page, role)[0]

    def all_of(self, page: Page, role: str) -> list[str]:
        """The names of everybody of a role in the choice."""
        page.goto(f"{self.address}/who")
        section = page.locator("section", has=page.get_by_role("heading", name=role, exact=True))
        names: list[str] = section.locator(".choice h3").all_inner_texts()
        return names


@contextmanager
def served(home: Home, *, port: int = 0, **variables: str) -> Iterator[str]:
    """Serve a home for as long as the block lasts, on a free port unless one is named; gives the address."""
    port = port or free_port()
    command = home.command("serve", "--port", str(port))
    process = subprocess.Popen(command, env=home.environment | variables, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until_it_answers(f"{address}/static/favicon.svg", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=LIMIT_SECONDS)


def until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait for a page of a process that was just started, or fail the test."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(address).close()  # noqa: S310 - our own loopback address
        except URLError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the pages did not come up")


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
