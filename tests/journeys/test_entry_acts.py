"""A manager writes an entry; the engineer reads, answers and disputes it, and checks the receipt offline."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.browser import axe_violations, overflow_pixels
from support.site import Site

pytestmark = pytest.mark.browser
ENV = "/usr/bin/env"  # -i: the verifier runs with nothing of ours around it


def faults(page: Page) -> list[str]:
    found = [f"{page.url}: {each}" for each in axe_violations(page)]
    return [*found, *([f"{page.url}: too wide"] if overflow_pixels(page) else [])]


def test_from_a_note_to_a_receipt_that_holds(page: Page, site: Site, tmp_path: Path) -> None:
    site.enter_as(page, site.first_of(page, "Engineering manager"))
    page.get_by_role("link", name="People").first.click()
    page.locator("tbody a").first.click()
    engineer = page.get_by_role("heading", level=1).inner_text()
    page.goto(f"{page.url.partition('?')[0]}/entries/new")
    page.get_by_role("link", name="written note", exact=True).click()
    page.get_by_label("In one line").fill("Told the export slipped unannounced")
    page.get_by_label("In more words").fill("Situation. Behaviour. Impact.")
    expect(page.locator("[data-kept]")).to_contain_text("Saved ", timeout=10_000)
    page.reload()
    expect(page.get_by_label("In one line")).to_have_value("Told the export slipped unannounced")
    page.get_by_role("button", name="Show it back").click()
    expect(page.locator("#shown-title")).to_contain_text("Nothing is saved yet")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".notice.done")).to_contain_text("Written down.")
    address = page.url.partition("?")[0]

    site.enter_as(page, engineer)
    page.goto(address)
    page.get_by_role("link", name="Dispute").click()
    page.get_by_label("Reason").fill("I said so on the Monday before.")
    page.get_by_role("button", name="Dispute").click()
    expect(page.locator(".fault").first).to_contain_text("Disputed: I said so on the Monday before.")
    page.get_by_role("link", name="Reply").click()
    page.get_by_label("Your reply").fill("The mail of that day says it.")
    page.get_by_role("button", name="Reply").click()
    expect(page.locator("main")).to_contain_text("The mail of that day says it.")
    page.get_by_role("link", name="I have read this").click()
    page.get_by_role("button", name="I have read this").click()
    expect(page.locator(".notice.done")).to_contain_text("It is on record that you have read this.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the receipt").first.click()
    receipt = tmp_path / "receipt.json"
    download.value.save_as(receipt)

    key = json.loads(receipt.read_text())["key_id"]
    verifier, ledger = tmp_path / "verify.py", tmp_path / "ledger.json"
    for command in (("verifier", "-o", str(verifier)), ("export", "--about", engineer, "-o", str(ledger))):
        assert site.home.run("ledger", *command).returncode == 0
    checked = subprocess.run(
        [ENV, "-i", "python3", str(verifier), str(receipt), str(ledger), "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "OK" in checked.stdout
    changed = json.loads(ledger.read_text())
    entries = changed["streams"][0]["entries"]
    entries[-1]["header"] = re.sub(r'"seq":\d+', '"seq":1', entries[-1]["header"])
    ledger.write_text(json.dumps(changed))
    again = subprocess.run(
        [ENV, "-i", "python3", str(verifier), str(receipt), str(ledger), "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode != 0


def test_the_pages_of_an_entry_are_accessible_and_fit(browser_page: Page, site: Site) -> None:
    page = browser_page
    site.enter_as(page, site.first_of(page, "Engineering manager"))
    page.goto(f"{site.address}/people")
    page.locator("tbody a").first.click()
    person = page.url.partition("?")[0].partition("#")[0]
    found: list[str] = []
    for address in (f"{person}/entries/new", f"{person}/entries/new?kind=commitment", "/drafts"):
        page.goto(address if address.startswith("http") else f"{site.address}{address}")
        found += faults(page)
    page.goto(f"{person}/entries/new?kind=occurrence")
    page.get_by_role("button", name="Show it back").click()
    found += faults(page)
    page.get_by_label("In one line").fill("x")
    page.get_by_role("button", name="Show it back").click()
    found += faults(page)
    page.get_by_role("button", name="Write it down").click()
    found += faults(page)
    for act in ("Correct", "Retract", "Ask to strike words"):
        page.get_by_role("link", name=act).click()
        found += faults(page)
        page.get_by_role("link", name="Leave").click()
    assert found == []


def test_without_a_script_a_button_keeps_the_draft(site: Site, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    site.enter_as(page, site.first_of(page, "Engineering manager"))
    page.goto(f"{site.address}/people")
    page.locator("tbody a").first.click()
    page.goto(f"{page.url.partition('?')[0]}/entries/new?kind=recognition")
    page.get_by_label("In one line").fill("Kept by hand")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.locator(".notice")).to_contain_text("Your draft, kept")
    page.goto(f"{site.address}/drafts")
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("main")).to_contain_text("You have no drafts.")
    context.close()
