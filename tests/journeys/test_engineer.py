"""An engineer looks up where they stand, and sees no one else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from support.site import Site

pytestmark = pytest.mark.browser


def test_my_line_shows_what_is_on_file_and_nobody_else(page: Page, site: Site) -> None:
    name = site.first_of(page, "Engineer")
    site.enter_as(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("My line")
    expect(page.locator(".head .meta")).to_contain_text(name)
    expect(page.get_by_role("heading", name="Signals against their bars")).to_be_visible()
    page.locator(".verdict .conditions a").first.click()
    expect(page.locator("#evidence .lede")).to_contain_text("behind:")
    page.get_by_role("link", name="People").click()
    assert page.locator("tbody a").all_inner_texts() == [name]
