"""Somebody alone brings their people and commitments in from the browser, on both databases."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from datumline.config.home import create_home
from datumline.services.context import Mode
from support.browser import VIEWS, axe_violations, opened_page, overflow_pixels
from support.homes import Home
from support.site import served
from support.workers import started

pytestmark = pytest.mark.browser

ROWS = 400
PEOPLE = "name,email,manager,team,level\nVera Lind,vera@firm.example,,,\n" + "".join(
    f"Engineer {n},e{n}@firm.example,vera@firm.example,billing,L4\n" for n in range(ROWS)
)
COMMITMENTS = (
    "who,work,deadline\n"
    + "".join(f"e{n}@firm.example,export {n},2026-07-{1 + n % 28:02}\n" for n in range(ROWS))
    + "stranger@firm.example,export,2026-07-01\ne1@firm.example,export,tomorrow\n"
)
SHOTS = os.environ.get("DATUMLINE_SHOTS")


@pytest.fixture
def address(database_home: Home) -> Iterator[str]:
    """An empty home of one's own, served; on PostgreSQL with a worker beside it."""
    create_home(database_home.folder, mode=Mode.ALONE, database_url=database_home.database_url)
    with ExitStack() as stack:
        answers = stack.enter_context(served(database_home))
        if database_home.database_url is not None:
            stack.callback(started(database_home).kill)
        yield answers


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands; with a picture where one is wanted."""
    for summary in page.locator("main details:not([open]) > summary").all():
        summary.click()
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    wide = overflow_pixels(page)
    return [f"{name}: {fault}" for fault in axe_violations(page)] + (
        [f"{name}: {wide} wide"] if wide > 0 else []
    )


def bring_in(page: Page, address: str, table: Path, what: str, columns: str = "") -> str:
    """Upload, look, confirm, wait; the address of the preview."""
    page.goto(f"{address}/imports")
    page.get_by_label(what, exact=True).check()
    page.get_by_label("File").set_input_files(table)
    if columns:
        page.get_by_text("Other column names, other dates").click()
        page.get_by_label("Columns").fill(columns)
    page.get_by_role("button", name="Show what would happen").click()
    page.wait_for_url(re.compile(r"/imports/\w{32}$"))
    preview = page.url
    button = page.get_by_role("button", name="Import it")
    expect(button).to_be_visible(timeout=60_000)  # nobody loads the page again: it asks by itself
    button.click()
    expect(page.get_by_text("The import has ended.")).to_be_visible(timeout=60_000)
    return preview


def test_people_and_commitments_come_in_from_the_browser(
    browser: Browser, address: str, tmp_path: Path, database_home: Home
) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "promises.csv").write_text(COMMITMENTS)
    faults: list[str] = []
    with opened_page(browser, VIEWS[0]) as page:
        page.goto(f"{address}/reminders")
        page.get_by_role("link", name="Import your people").click()
        expect(page.get_by_role("heading", name="Import", exact=True)).to_be_visible()
        page.get_by_role("button", name="Show what would happen").click()
        expect(page.get_by_role("alert")).to_contain_text("Choose a CSV or XLSX file")
        faults += looked_at(page, "refused")
        bring_in(page, address, tmp_path / "people.csv", "People")
        faults += looked_at(page, "people-in")
        preview = bring_in(page, address, tmp_path / "promises.csv", "Commitments", "owner=who\ndue=deadline")
        done = page.url
        expect(page.locator(".tally")).to_contain_text(f"new{ROWS}")
        expect(page.locator("table").first).to_contain_text("tomorrow")
        expect(page.locator("table").last).to_contain_text("stranger@firm.example")
    for view in VIEWS if database_home.database_url is None else ():
        with opened_page(browser, view) as page:
            for name, at in (
                ("imports", "/imports"),
                ("preview", preview.removeprefix(address)),
                ("done", done.removeprefix(address)),
                ("week", "/reminders"),
            ):
                page.goto(f"{address}{at}")
                faults += looked_at(page, f"{name}-{view.name}")
    assert faults == []


def test_every_step_works_without_a_script(browser: Browser, address: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/imports")
        page.get_by_label("File").set_input_files(tmp_path / "people.csv")
        page.get_by_role("button", name="Show what would happen").click()
        _look_again(page, "What would happen", "Import it")
        page.get_by_role("button", name="Import it").click()
        _look_again(page, "Import", "See the people")


def _look_again(page: Page, title: str, until: str) -> None:
    """Load the page again by hand until it is done."""
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    for _ in range(100):
        if page.get_by_text(until).count():
            return
        page.wait_for_timeout(300)
        page.reload()
    pytest.fail(f"'{until}' never came")
