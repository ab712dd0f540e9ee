"""One line between two meetings: logged from Today in at most four interactions, with or without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from support.site import Site

pytestmark = pytest.mark.browser
MOST = 4
LINE = "{name} saw a review question answered the same day on 2026-06-29 #earn-trust"


class Counted:
    """A keyboard that counts: one for each key and for each line that is typed."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 0

    def press(self, key: str) -> None:
        """Press one key."""
        self.count += 1
        self._page.keyboard.press(key)

    def type(self, line: str) -> None:
        """Type a line."""
        self.count += 1
        self._page.keyboard.type(line)


def enter(page: Page, site: Site) -> str:
    """Become a manager; gives the name of one of their people, as their line would say it."""
    site.enter_as(page, site.first_of(page, "Engineering manager"))
    return page.locator("main a[href^='/people/']").first.inner_text()


def test_an_entry_from_today_takes_at_most_four_interactions(page: Page, site: Site) -> None:
    name = enter(page, site)
    hands = Counted(page)
    hands.press("n")
    hands.type(LINE.format(name=name))
    hands.press("Enter")
    expect(page.locator("#understood .said")).to_contain_text(f"{name}: occurrence, 29 Jun 2026")
    expect(page.get_by_role("button", name="Save")).to_be_focused()
    hands.press("Enter")
    expect(page.get_by_text("Written down.")).to_be_visible()
    assert hands.count <= MOST
    page.get_by_role("link", name="Open the entry").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("review question answered the same day")


def test_the_same_without_a_script(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        name = enter(page, site)
        page.get_by_label("Log an entry").fill(LINE.format(name=name))
        page.keyboard.press("Enter")
        expect(page.locator("#understood .said")).to_contain_text(name)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Written down.")).to_be_visible()


def test_a_line_that_cannot_be_sent_stays_and_says_so(page: Page, site: Site) -> None:
    name = enter(page, site)
    page.route("**/log", lambda route: route.abort())
    page.keyboard.press("n")
    page.keyboard.type(LINE.format(name=name))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Your line still stands here")
    expect(page.get_by_label("Log an entry")).to_have_value(LINE.format(name=name))


def test_what_a_name_leaves_open_is_chosen_before_it_is_saved(page: Page, site: Site) -> None:
    enter(page, site)
    page.keyboard.press("n")
    page.keyboard.type("Quentin saw a late flag")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is called “Quentin”")).to_be_visible()
    page.get_by_label("About").select_option(index=1)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Written down.")).to_be_visible()


def test_single_keys_do_nothing_once_they_are_switched_off(page: Page, site: Site) -> None:
    enter(page, site)
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_contain_text("Log an entry")
    page.get_by_label("Use single keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    expect(page.get_by_label("Log an entry")).not_to_be_focused()
