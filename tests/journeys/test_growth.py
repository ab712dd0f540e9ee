"""A manager writes, mends and shares a note; the engineer reads, replies, writes a month, signs, predicts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from support.site import Site

pytestmark = pytest.mark.browser
MANAGER, ENGINEER = "Maribel Oyelaran", "Ida Rosendahl-Ekwueme"
NOTE = (
    "On 24 June, in the release of the statement export, you merged the change two days after its date and "
    "told the channel that evening. You've been doing great otherwise. Two sellers were paid late and "
    "support answered forty calls. When a date is at risk, say so in the channel three "
    "working days before it."
)
MENDED = (
    NOTE.replace("You've been doing great otherwise. ", "") + " At our 1:1 on 14 July 2026 we look at [what]."
)
PLAN = {
    "stretch_what": "Settlement split for all markets",
    "stretch_sponsor": "Ansgar Okonjo, Director",
    "stretch_surface": "Statements of every seller",
    "cross-team_what": "RFC on fee data",
    "cross-team_consumer": "Ledger Core",
    "mentorship_what": "Hana owns the checklist",
    "mentorship_whom": "Hana Drummond, by October",
    "design-document_what": "Fee rules as data",
    "design-document_cited_by": "Rates",
}
BULLETS = {
    "shipped": "Statement export in the new layout\nRelease checklist",
    "blocked": "Nobody owns the shared library",
    "learned": "A checklist finds what I no longer see",
    "asked": "Who owns the shared library?",
}


def test_a_note_a_reply_a_month_a_plan_and_a_prediction(page: Page, site: Site) -> None:
    site.enter_as(page, MANAGER)
    home = _composed(page, site)
    _planned(page, site, home)
    site.enter_as(page, ENGINEER)
    _replied(page)
    _updated(page, site, home)
    _signed(page, site, home)
    _predicted(page, site, home)
    site.enter_as(page, MANAGER)
    _answered(page, site, home)


def _composed(page: Page, site: Site) -> str:
    """Write with live findings, mend with one touch, share; gives the address of the person's page."""
    page.goto(f"{site.address}/people")
    home = page.locator("tbody a", has_text=ENGINEER).get_attribute("href") or ""
    page.goto(f"{site.address}{home}")
    page.get_by_role("link", name="Write a note").click()
    page.get_by_label("The note", exact=True).press_sequentially(NOTE[:20])
    page.get_by_label("The note", exact=True).fill(NOTE)
    sandwich = page.locator(".findings > li", has_text="Sandwich")
    expect(sandwich).to_be_visible(timeout=20_000)
    sandwich.get_by_role("button", name="Take these words out").click()
    expect(sandwich).to_have_count(0)
    expect(page.get_by_label("The note", exact=True)).not_to_have_value(NOTE)
    missing = page.locator(".findings > li", has_text="Missing commit")
    missing.get_by_role("button").click()
    note = page.get_by_label("The note", exact=True)
    expect(note).to_have_value(MENDED)
    expect(page.locator("#reading .count")).to_contain_text("1 blank")
    note.fill(note.input_value().replace("[what]", "the dates that fell due"))
    expect(page.locator("#reading .count")).to_contain_text("14 Jul 2026")
    page.get_by_label("A line by which to find it").fill("Dates, said early")
    page.get_by_role("button", name="Show it back").click()
    page.get_by_role("button", name=f"Share it with {ENGINEER}").click()
    expect(page.locator(".fields").first).to_contain_text("14 Jul 2026")
    return home


def _planned(page: Page, site: Site, home: str) -> None:
    page.goto(f"{site.address}{home}/visibility/plan")
    for name, words in PLAN.items():
        page.locator(f"#f-{name}").fill(words)
    page.get_by_role("button", name="Sign and hand over").click()
    expect(page.get_by_role("heading", name="A version waits for a signature")).to_be_visible()


def _replied(page: Page) -> None:
    page.get_by_role("link", name="Dates, said early").first.click()
    page.get_by_role("link", name="Reply").click()
    page.get_by_label("Your reply").fill("I will say it on the day that I see it.")
    page.get_by_role("button", name="Reply").click()
    expect(page.locator("main")).to_contain_text("I will say it on the day that I see it.")


def _updated(page: Page, site: Site, home: str) -> None:
    page.goto(f"{site.address}/growth")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where am I at?")
    page.get_by_role("link", name="Write this month").click()
    page.get_by_label("Month", exact=True).select_option(label="May 2026")
    for name, words in BULLETS.items():
        page.locator(f"#f-{name}").fill(words)
    page.get_by_role("button", name="Share it").click()
    assert home in page.url
    expect(page.locator(".month", has_text="May 2026 written")).to_contain_text("not answered yet")


def _signed(page: Page, site: Site, home: str) -> None:
    page.goto(f"{site.address}{home}/visibility")
    page.get_by_role("button", name="Sign it").click()
    expect(page.get_by_role("heading", name="In force since 30 Jun 2026")).to_be_visible()


def _predicted(page: Page, site: Site, home: str) -> None:
    page.goto(f"{site.address}{home}/growth/expect")
    page.get_by_label("developing").check()
    page.get_by_label("How sure").fill("65")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("main")).to_contain_text("developing, 65 % sure")


def _answered(page: Page, site: Site, home: str) -> None:
    page.goto(f"{site.address}{home}/growth")
    month = page.locator(".month", has_text="May 2026 written")
    month.get_by_role("link", name="Answer it in writing").click()
    page.get_by_label("Your answer").fill("Bartosz owns the library from July on.")
    page.get_by_role("button", name="Share it").click()
    expect(page.locator(".month", has_text="May 2026 written")).to_contain_text("Bartosz owns the library")
