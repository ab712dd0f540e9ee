"""Every page, in light, dark and on a phone: accessible, within its width, silent, and from here alone."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.browser import axe_violations, overflow_pixels
from support.routes import NO_PAGE, SIGNED_IN, every_route, route_of, sort_of
from support.site import Site

SHOTS = os.environ.get("DATUMLINE_SHOTS")
UNFOLD = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
LINKS = """[...document.querySelectorAll('a[href]')].filter((each) => each.origin === location.origin)
    .map((each) => each.pathname + each.search)"""
EXPECTED = {200}
EXPECTED_LINE = re.compile("40[04]|422")  # answers that are asked for here, which a browser speaks of
TABLE = """owner,work,due,delivered
{email},invoice export,2026-06-02,2026-06-09
{email},refund window,2026-06-16,
{email},audit trail,soon,
stranger@elsewhere.example,invoice export,2026-06-02,
"""


@dataclass(slots=True, kw_only=True)
class Looking:
    """A browser that goes from page to page, and what it found wrong."""

    page: Page
    site: Site
    view: str
    faults: list[str] = field(default_factory=list)
    routes: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Hold the page as it stands against the rules, all of its parts unfolded."""
        self.page.evaluate(UNFOLD)
        route = route_of(self.page.url)
        self.routes.add(route)
        if SHOTS:
            name = re.sub(r"\W+", "-", route or "first").strip("-")
            self.page.screenshot(path=Path(SHOTS) / f"{name}-{self.view}.png", full_page=True)
        found = axe_violations(self.page)
        if (pixels := overflow_pixels(self.page)) > 0:
            found.append(f"{pixels} pixels too wide")
        self.faults += [f"{self.page.url}: {fault}" for fault in found]

    def at(self, path: str) -> None:
        """Open a page and look at it."""
        answer = self.page.goto(f"{self.site.address}{path}")
        if answer is not None and answer.status not in EXPECTED:
            self.faults.append(f"{path}: answered with {answer.status}")
        self.look()

    def follow(self) -> None:
        """From here to one page of each sort that links lead to, as far as none was looked at yet."""
        waiting = deque(self.links())
        while waiting:
            path = waiting.popleft()
            if route_of(path) not in NO_PAGE and (sort := sort_of(path)) not in self.seen:
                self.seen.add(sort)
                self.at(path)
                waiting.extend(self.links())

    def links(self) -> list[str]:
        """Every address of ours that the page links to."""
        found: list[str] = self.page.evaluate(LINKS)
        return found

    def somebody(self) -> str:
        """The path of the record of the first of one's people."""
        self.page.goto(f"{self.site.address}/people")
        self.page.locator("tbody a").first.click()
        return self.page.url.partition("?")[0].removeprefix(self.site.address)


@pytest.fixture
def looking(request: pytest.FixtureRequest, browser_page: Page, site: Site) -> Looking:
    """A browser in one of the views."""
    return Looking(page=browser_page, site=site, view=request.node.callspec.id)


@pytest.mark.browser
@pytest.mark.slow
def test_every_page_is_accessible_fits_and_says_nothing(looking: Looking) -> None:
    """A new page is found by the links that lead to it, or missed here by its address."""
    page, site = looking.page, looking.site
    spoken: list[str] = []
    page.on("console", lambda message: spoken.append(message.text))
    looking.at("/who")
    for role in ROLES:
        site.enter_as(page, site.first_of(page, role))
        looking.look()
        looking.follow()
        if role in BESIDES:
            BESIDES[role](looking)
    page.goto(f"{site.address}/people/nobody")
    looking.look()
    missed = set(every_route()) - looking.routes - SIGNED_IN - set(NO_PAGE)
    found = [*looking.faults, *(line for line in spoken if not EXPECTED_LINE.search(line))]
    found += [f"{route}: no link leads there, and nobody looked at it" for route in sorted(missed)]
    assert "\n".join(found) == ""


def _of_a_manager(looking: Looking) -> None:
    """What links do not lead to: found words, another day, a fault, a line read back, a private note."""
    page, person = looking.page, looking.somebody()
    for path in ("/search?q=review", f"{person}/ledger?verify=now", f"{person}?as_of=2026-01-15"):
        looking.at(path)
    page.goto(f"{looking.site.address}{person}?as_of=yesterday")
    looking.look()
    page.goto(f"{looking.site.address}/log")
    page.keyboard.type("somebody helped with the cache #speed")
    page.keyboard.press("Enter")
    page.locator(".understood").wait_for()
    looking.look()
    page.goto(f"{looking.site.address}{person}/entries/new?kind=written-note")
    page.get_by_label("In one line").fill("Ask about the hand-over")
    page.locator("[name=audience][value=private]").check()
    page.get_by_role("button", name="Show it back").click()
    looking.look()
    page.get_by_role("button", name="Write it down").click()
    looking.look()
    looking.at(f"{page.url.partition('?')[0].removeprefix(looking.site.address)}/publish")
    looking.at("/search?q=one-to-one")
    page.locator("main a[href^='/entries/']").first.click()
    page.get_by_role("link", name="Set a day to look again").click()
    looking.look()
    for name in looking.site.all_of(page, "Engineering manager"):
        looking.site.enter_as(page, name)
        page.goto(f"{looking.site.address}/growth")
        if (waits := page.locator("main a[href$='/answer']")).count():
            waits.first.click()
            looking.look()
            return


def _of_an_engineer(looking: Looking) -> None:
    """The forms of one's own growth document."""
    person = looking.somebody()
    for path in ("growth/update", "growth/expect"):
        looking.at(f"{person}/{path}")


def _of_an_administrator(looking: Looking) -> None:
    """What is found on the machine itself."""
    looking.at("/imports/clone")


def _of_an_hr_partner(looking: Looking) -> None:
    """A preview with rows that would be written, a refused one and a stranger; then a refused form."""
    page, person = looking.page, looking.somebody()
    name = page.locator("h1").inner_text()
    looking.at(f"{person}/cover")
    page.goto(f"{looking.site.address}/imports")
    page.get_by_label("Commitments", exact=True).check()
    table = TABLE.replace("{email}", name).encode()
    page.get_by_label("File").set_input_files({"name": "june.csv", "mimeType": "text/csv", "buffer": table})
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("button", name="Import it")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name="What would be written")).to_be_visible()
    expect(page.get_by_role("heading", name="Refused rows")).to_be_visible()
    looking.look()
    page.goto(f"{looking.site.address}/imports")
    page.get_by_role("button", name="Show what would happen").click()
    looking.look()


ROLES = ("Engineering manager", "Engineer", "Director", "HR partner", "Administrator")
BESIDES: Mapping[str, Callable[[Looking], None]] = {
    "Engineering manager": _of_a_manager,
    "Engineer": _of_an_engineer,
    "HR partner": _of_an_hr_partner,
    "Administrator": _of_an_administrator,
}
