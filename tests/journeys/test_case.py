"""From a concern to the outcome of a plan: manager, HR, skip level, engineer, and who has no part."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from support.site import Site

pytestmark = pytest.mark.browser
MANAGER, ENGINEER = "Maribel Oyelaran", "Pelle Santangelo"
HR, SKIP_LEVEL, PANELIST = "Philippa Nwosu-Lund", "Ansgar Okonjo", "Henrik Vasanth"


def test_from_a_concern_to_the_outcome_of_a_plan(page: Page, site: Site) -> None:
    site.enter_as(page, MANAGER)
    address = _opened(page, site)
    _diagnosed(page)
    _drafted(page)
    for somebody in (ENGINEER, PANELIST):
        site.enter_as(page, somebody)
        page.goto(address)
        expect(page.get_by_role("heading", name="Formal plan", exact=True)).to_have_count(0)
        expect(page.get_by_text("waits for a second person")).to_have_count(0)
    _approved(page, site, address)
    site.enter_as(page, SKIP_LEVEL)
    page.goto(address)
    expect(page.get_by_text(f"approved by {HR}")).to_be_visible()
    _given(page, site, address)
    _acknowledged(page, site, address)
    _closed(page, site, address)


def _opened(page: Page, site: Site) -> str:
    """From the list of people to the concern; gives its address."""
    page.goto(f"{site.address}/people")
    page.locator("tbody a", has_text=ENGINEER).click()
    page.get_by_role("link", name="Open this concern").first.click()
    expect(page.get_by_role("heading", name="The decision table")).to_be_visible()
    return page.url


def _diagnosed(page: Page) -> None:
    page.get_by_role("link", name="Write a diagnosis").click()
    page.get_by_label("The team", exact=True).fill("Review load is even in the team.")
    page.get_by_label("Type of problem", exact=True).select_option("execution")
    page.get_by_label("What speaks for it, and what against", exact=True).fill(
        "Two sprints, two kinds of reviews."
    )
    page.get_by_role("button", name="Keep this diagnosis").click()
    expect(page.get_by_text("not examined")).to_have_count(2)


def _drafted(page: Page) -> None:
    """A measure without a number is refused with one line; then the plan waits for a second person."""
    page.get_by_role("link", name="Draft a formal plan").click()
    page.get_by_label("Expectation 1", exact=True).fill("Reviews answered")
    page.get_by_label("Measured by", exact=True).first.fill("quickly")
    page.get_by_label("Support 1", exact=True).fill("Two reviewers less")
    page.get_by_label("Against the table, because", exact=True).fill("The netting launch depends on it.")
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_role("alert").first).to_contain_text("cannot be measured")
    page.get_by_label("Measured by", exact=True).first.fill("within 2 working days")
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.get_by_text("waits for a second person")).to_be_visible()


def _approved(page: Page, site: Site, address: str) -> None:
    site.enter_as(page, HR)
    page.goto(address)
    page.get_by_role("link", name="Approve or decline").click()
    expect(page.get_by_text("The netting launch depends on it.")).to_be_visible()
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text(f"approved by {HR}")).to_be_visible()


def _given(page: Page, site: Site, address: str) -> None:
    site.enter_as(page, MANAGER)
    page.goto(address)
    page.get_by_role("link", name="Give it").click()
    page.get_by_role("button", name="Give it now").click()
    expect(page.get_by_text("Not acknowledged yet")).to_be_visible()


def _acknowledged(page: Page, site: Site, address: str) -> None:
    site.enter_as(page, ENGINEER)
    page.goto(address)
    expect(page.get_by_text("Started against the table")).to_be_visible()
    page.get_by_role("link", name="Open the plan").click()
    page.get_by_role("link", name="I have read this").click()
    page.get_by_role("button", name="I have read this").click()
    page.goto(address)
    expect(page.get_by_text("Acknowledged on 30 Jun 2026")).to_be_visible()
    expect(page.get_by_role("heading", name="Four classic errors")).to_have_count(0)


def _closed(page: Page, site: Site, address: str) -> None:
    site.enter_as(page, MANAGER)
    page.goto(address)
    page.get_by_role("link", name="Close the plan").click()
    page.get_by_label("improved", exact=True).check()
    page.get_by_label("Why", exact=True).fill("Every review within two days for eight weeks.")
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("Outcome: improved")).to_be_visible()
