"""An engineer takes the proof of the own record home, and plain python3 checks it there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.site import Site

pytestmark = pytest.mark.browser


def test_the_proof_is_downloaded_and_checked_outside(page: Page, site: Site, tmp_path: Path) -> None:
    name = site.first_of(page, "Engineer")
    site.enter_as(page, name)
    page.keyboard.press("p")
    page.get_by_role("link", name=name).click()
    page.goto(f"{page.url.partition('?')[0]}/ledger")
    page.get_by_role("button", name="Verify now").click()
    expect(page.get_by_role("status")).to_contain_text("Whole: ")
    for button, kept in (("Download the proof", "proof.json"), ("Download verify.py", "verify.py")):
        with page.expect_download() as downloaded:
            page.get_by_text(button).click()
        downloaded.value.save_as(tmp_path / kept)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "proof.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done
    assert done.stdout.startswith(("OK: ", "REDACTED: ")), done.stdout  # words that name others are withheld
    assert "entries stand in the signed checkpoint" in done.stdout
