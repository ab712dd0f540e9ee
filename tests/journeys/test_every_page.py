"""Every page, in light, dark and on a phone: accessible, within its width, silent, and from here alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from support.browser import axe_violations, overflow_pixels
from support.site import Site

pytestmark = pytest.mark.browser


def looked_at(page: Page) -> list[str]:
    """What is wrong with the page as it stands, all of its parts unfolded."""
    for summary in page.locator("main summary").all():
        summary.click()
    faults = axe_violations(page)
    if (pixels := overflow_pixels(page)) > 0:
        faults.append(f"{pixels} pixels too wide")
    return [f"{page.url}: {fault}" for fault in faults]


def test_every_page_of_a_manager_is_accessible_and_fits(browser_page: Page, site: Site) -> None:
    page = browser_page
    spoken: list[str] = []
    page.on("console", lambda message: spoken.append(message.text))
    site.enter_as(page, site.first_of(page, "Engineering manager"))
    faults = looked_at(page)
    page.goto(f"{site.address}/who")
    faults += looked_at(page)
    for step in (
        _people,
        _person,
        _evidence,
        _entry,
        _counted,
        _components,
        _quick,
        _search,
        _opened,
        _ledger,
        _policy,
        _tables,
        _access,
        _organisation,
        _line,
        _past,
        _fault,
    ):
        step(page, site.address)
        faults += looked_at(page)
    assert faults == []
    assert [line for line in spoken if "400 (Bad Request)" not in line] == []


def test_the_other_first_pages_are_accessible_and_fit(browser_page: Page, site: Site) -> None:
    faults: list[str] = []
    for role in ("Engineer", "Director", "HR partner", "Administrator"):
        site.enter_as(browser_page, site.first_of(browser_page, role))
        faults += looked_at(browser_page)
        for own in ("reminders", "receipts"):
            browser_page.goto(f"{site.address}/{own}")
            faults += looked_at(browser_page)
    browser_page.goto(f"{site.address}/imports")  # the last of the three may import
    faults += looked_at(browser_page)
    browser_page.goto(f"{site.address}/people/nobody")
    assert faults + looked_at(browser_page) == []


def _people(page: Page, address: str) -> None:
    page.goto(f"{address}/people")


def _person(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".rows a").first.click()


def _evidence(page: Page, address: str) -> None:
    del address
    page.locator(".conditions a").first.click()


def _entry(page: Page, address: str) -> None:
    del address
    page.locator(".entry-title").first.click()


def _counted(page: Page, address: str) -> None:
    page.goto(f"{address}/counted")


def _components(page: Page, address: str) -> None:
    page.goto(f"{address}/components")


def _quick(page: Page, address: str) -> None:
    page.goto(f"{address}/log")
    page.keyboard.type("somebody helped with the cache #speed")
    page.keyboard.press("Enter")
    page.locator(".understood").wait_for()


def _search(page: Page, address: str) -> None:
    page.goto(f"{address}/search?q=review")
    assert page.locator("mark").count()


def _opened(page: Page, address: str) -> None:
    page.goto(f"{address}/opened")


def _ledger(page: Page, address: str) -> None:
    _person(page, address)
    page.goto(f"{page.url.partition('#')[0]}/ledger?verify=now")


def _policy(page: Page, address: str) -> None:
    page.goto(f"{address}/policy")


def _tables(page: Page, address: str) -> None:
    page.goto(f"{address}/policy?show=tables")


def _access(page: Page, address: str) -> None:
    page.goto(f"{address}/access?as=manager")


def _organisation(page: Page, address: str) -> None:
    page.goto(f"{address}/organisation")


def _line(page: Page, address: str) -> None:
    _person(page, address)
    page.goto(f"{page.url.partition('#')[0]}/line")


def _past(page: Page, address: str) -> None:
    _person(page, address)
    page.goto(f"{page.url.partition('#')[0]}?as_of=2026-01-15")


def _fault(page: Page, address: str) -> None:
    del address
    page.goto(page.url.replace("2026-01-15", "yesterday"))
