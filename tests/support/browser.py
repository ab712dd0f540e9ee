"""What page tests need from a real browser: Chromium's start, the three views, the accessibility check."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
"""Keep Debian's Chromium from talking to anybody but the page under test."""

_AXE = Path(__file__).parent / "axe" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OWN_HOSTS = {"127.0.0.1", "localhost", None}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One way of looking at a page: colour scheme and size in CSS pixels."""

    name: str
    colours: Literal["light", "dark"]
    width: int
    height: int


VIEWS = (
    View(name="light", colours="light", width=1280, height=900),
    View(name="dark", colours="dark", width=1280, height=900),
    View(name="narrow", colours="light", width=360, height=740),
)


def chromium_path() -> str:
    """Return where the browser stands, or fail the test with what to install."""
    for name in ("chromium", "google-chrome"):
        path = shutil.which(name)
        if path is not None:
            return path
    pytest.fail("Chromium is missing, expected: apt-get install chromium", pytrace=False)


@contextmanager
def opened_page(browser: Browser, view: View) -> Iterator[Page]:
    """Give an empty page in the view. On leaving: no script failed and nothing was asked of another host."""
    with browser.new_context(
        color_scheme=view.colours,
        viewport={"width": view.width, "height": view.height},
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(f"script error: {error}"))
        page.on("request", lambda request: failures.extend(_outside(request)))
        yield page
    if failures:
        pytest.fail("; ".join(failures))


def axe_violations(page: Page) -> list[str]:
    """Return each breach of WCAG 2.2 AA or of axe's good practice on the page as it stands, one line each."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})",
        _RULES,
    )
    return [
        f"{violation['id']}: {violation['help']}, at {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def overflow_pixels(page: Page) -> int:
    """Return by how many pixels the page is wider than its window; 0 needs no sideways scrolling."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return max(0, width)


def _outside(request: Request) -> list[str]:
    address = urlsplit(request.url)
    if address.scheme in {"data", "blob", "about"} or address.hostname in _OWN_HOSTS:
        return []
    return [f"asked another host: {request.url}"]
