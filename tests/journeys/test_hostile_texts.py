"""What somebody wrote is shown and never run, whatever it is and wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.store.ledger import place
from support.homes import Home
from support.page_world import INES, MONA, at_noon, small_world
from support.site import Site, served

pytestmark = pytest.mark.browser
DAY = date(2026, 6, 29)
PAYLOADS = (
    "<script>document.title='taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    '"><svg onload="document.title=\'taken\'">',
    "</textarea><iframe srcdoc=\"<script>parent.document.title='taken'</script>\">",
    "'-(document.title='taken')-'",
    "{{ 7 * 7 }}{% for x in y %}",
    "]]><script>document.title='taken'</script>",
    "\u202e<script>document.title='taken'</script>",
)
LINKS = ("javascript:document.title='taken'", "data:text/html,<script>parent.document.title='taken'</script>")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small organisation in whose record every text field holds an attack."""
    folder: Path = tmp_path_factory.mktemp("hostile") / "home"
    home = Home(folder=folder, database_url=None)
    small_world(home)
    place([draft for payload in PAYLOADS for draft in _hostile(payload)], clock=at_noon(DAY))
    connections.close_all()
    with served(home) as address:
        yield Site(home=home, address=address)


def _hostile(payload: str) -> Iterator[Draft]:
    kinds: dict[Kind, dict[str, Any]] = {
        Kind.OCCURRENCE: {},
        Kind.COMMITMENT: {"work": payload, "due": DAY},
        Kind.ARTIFACT: {"artifact": payload, "type": payload, "status": payload},
    }
    for kind, amounts in kinds.items():
        yield Draft(
            kind=kind,
            author=MONA,
            subject=INES,
            occurred_on=DAY,
            title=payload,
            text=payload,
            concern=payload,
            remediation=payload,
            links=(*LINKS, payload),
            principles=(payload,),
            amounts=amounts,
        )


def test_every_page_shows_it_and_runs_none_of_it(page: Page, hostile_site: Site) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    hostile_site.enter_as(page, "Mona Reyes-Tan")
    _check(page)
    page.goto(f"{hostile_site.address}/people/{INES}")
    shown = page.inner_text("main")
    missing = [payload for payload in PAYLOADS if payload.lstrip("\u202e")[:9] not in shown]
    assert missing == []  # an override of the direction is named, the words after it stand
    _check(page)
    entries = page.locator(".entry-title").evaluate_all("links => links.map(link => link.href)")
    for entry in entries[: 3 * len(PAYLOADS)]:
        page.goto(entry)
        _check(page)
    assert dialogs == []


def _check(page: Page) -> None:
    """Nothing ran, nothing was put into the page, and no link leads where a script could run."""
    assert page.evaluate("document.title") != "taken"
    assert (
        page.evaluate("document.querySelectorAll('main :is(script, iframe, img, object, embed)').length") == 0
    )
    links: list[str] = page.locator("a").evaluate_all("links => links.map(link => link.protocol)")
    assert set(links) <= {"http:", "https:", "mailto:"}
