"""The look, judged by a real browser on pages made by hand: for everyone, in both themes, on a phone."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route

from datumline.web.own_files import own_file
from datumline.web.security import POLICY
from support.browser import axe_violations, overflow_pixels
from support.page_samples import PersonSample, person_html

HOST = "http://127.0.0.1:8765"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"


def shown(page: Page, html: str) -> None:
    """Open the page under the policy that the server sends, with our own files and nothing else."""

    def give(route: Route) -> None:
        name = urlsplit(route.request.url).path
        if name.startswith("/static/"):
            path = own_file(name.removeprefix("/static/"))
            route.fulfill(body=path.read_bytes(), content_type=TYPES[path.suffix])
        else:
            headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
            route.fulfill(body=html, headers=headers)

    page.route("**/*", give)
    page.goto(f"{HOST}/people/sample")


@pytest.mark.browser
def test_a_full_person_page_is_accessible_and_fits(browser_page: Page) -> None:
    shown(browser_page, person_html(PersonSample()))
    for summary in browser_page.locator("main summary").all():
        summary.click()
    assert axe_violations(browser_page) == []
    assert overflow_pixels(browser_page) == 0


@pytest.mark.browser
def test_long_names_and_an_empty_record_fit_too(browser_page: Page) -> None:
    sample = replace(
        PersonSample(), name=LONG, about=(LONG, LONG), verdicts=(), entries=(), months=(), clocks=()
    )
    shown(browser_page, person_html(sample))
    assert axe_violations(browser_page) == []
    assert overflow_pixels(browser_page) == 0


@pytest.mark.browser
def test_keys_open_their_list_and_can_be_switched_off(page: Page) -> None:
    shown(page, person_html(PersonSample()))
    page.keyboard.press("?")
    assert page.locator("dialog#keys").is_visible()
    page.get_by_label("Use single keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("t")
    assert page.url.endswith("/people/sample")
    page.keyboard.press("?")
    page.get_by_label("Use single keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.wait_for_url(f"{HOST}/")
