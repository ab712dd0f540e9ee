"""A manager on the first evening: whom to be, Today, one person, why the verdict is so, and as of when."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from support.site import Site

pytestmark = pytest.mark.browser


def test_from_the_choice_to_the_evidence_and_to_another_day(page: Page, site: Site) -> None:
    site.enter_as(page, site.first_of(page, "Engineering manager"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")

    changed = page.get_by_role("region", name=re.compile("^What time alone"))
    changed.get_by_role("link").first.click()
    name = page.get_by_role("heading", level=1).inner_text()
    card = page.locator(".verdict").first
    expect(card.locator(".answer")).not_to_be_empty()
    assert card.locator(".conditions > li").count() > 0
    words = card.locator(".conditions .word").all_text_contents()
    assert set(words) <= {"met", "not met", "unknown"}

    card.locator(".conditions a").first.click()
    expect(page.locator("#evidence .lede")).to_contain_text("behind:")
    rows = page.locator("#evidence tbody tr")
    assert rows.count() >= 1
    rows.first.get_by_role("link").first.click()
    expect(page.get_by_text("Its place in the ledger")).to_be_visible()
    page.get_by_role("link", name=name).click()

    page.get_by_text("As of another day").click()
    page.get_by_label("What had happened by").fill("2026-01-15")
    page.get_by_label("What had been written by the end of").fill("2026-01-15")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_text("The record as it stood on 15 Jan 2026")).to_be_visible()
    days = page.locator("#evidence tbody td.date:first-child").all_inner_texts()
    assert days
    assert not [day for day in days if day.endswith("2026") and "Jan" not in day]
    page.get_by_role("link", name="Back to today").click()
    assert "as_of" not in page.url


def test_the_keyboard_alone_reaches_people_and_finds_one(page: Page, site: Site) -> None:
    site.enter_as(page, site.first_of(page, "Engineering manager"))
    page.keyboard.press("p")
    page.wait_for_url("**/people")
    name = page.locator("tbody a").first.inner_text()
    page.keyboard.press("/")
    expect(page.get_by_label("Search people, documents and entries")).to_be_focused()
    page.keyboard.type(name.upper())
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator("[aria-labelledby=people-title] mark").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.keyboard.press("t")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
