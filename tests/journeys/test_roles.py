"""A day of each role, signed in, on both databases; on PostgreSQL a worker runs the jobs.

There is no journey of a panelist yet: no session has a page. A person alone has the last one here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from datumline.config.home import create_home
from datumline.config.wiring import context_of, open_home
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.services.accounts import offer_link
from datumline.services.context import Mode
from datumline.services.outgoing import NoMail
from datumline.services.visit import visit
from datumline.store.ledger import place
from support.databases import DATABASES, new_home
from support.homes import Home
from support.page_world import (
    HANA,
    INES,
    JENS,
    KOFI,
    LENA,
    MONA,
    PRIVATE,
    TODAY,
    VERA,
    at_noon,
    small_world,
)
from support.site import served
from support.workers import started

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ABEL = "00000000-0000-4000-8000-000000000005"
PASSWORD = "four patient herons"  # noqa: S105 - of invented people
LINE = "Ines Okafor saw a review question answered the same day on 2026-06-29 #earn-trust"
MOVED = """name,email,manager,team
Kofi Adeyemi,kofi@firm.example,mona@firm.example,invoicing
Nobody At All,,mona@firm.example,invoicing
"""
PEOPLE = "name,email,team\nIlse Brandt,ilse@firm.example,billing\nJon Reyes,jon@firm.example,billing\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A served organisation, and for everybody the link that was handed to them."""

    address: str
    links: dict[PersonId, str]

    def enter(self, page: Page, person: PersonId) -> None:
        """Accept the invitation and arrive at the first page."""
        page.goto(f"{self.address}/links/{self.links[person]}")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=again]").fill(PASSWORD)
        page.get_by_role("button", name="Set it and sign in").click()
        page.wait_for_url(f"{self.address}/")

    def absent(self, page: Page, path: str) -> None:
        """The page is the one for what does not exist."""
        answer = page.goto(f"{self.address}{path}")
        assert answer is not None
        assert answer.status == 404, path
        expect(page.get_by_role("heading", level=1)).to_have_text("Nothing here")


@contextmanager
def running(home: Home) -> Iterator[str]:
    """The pages of a home, with its worker; gives their address."""
    with ExitStack() as stack:
        address = stack.enter_context(served(home))
        if home.database_url is not None:
            stack.callback(started(home).kill)
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module", params=DATABASES)
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """The small organisation, where everybody was invited, with an administrator who manages nobody."""
    with new_home(request, tmp_path_factory.mktemp("company") / "home") as home:
        small_world(home, mode=Mode.ORGANISATION)
        place(list(_administrator()), clock=at_noon(TODAY))
        asked = visit(context_of(open_home(home.folder, database_url=home.database_url)))
        links = {
            person: offer_link(asked, person, NoMail(), "").secret
            for person in (INES, MONA, VERA, HANA, ABEL)
        }
        connections.close_all()
        with running(home) as address:
            yield Company(address=address, links=links)


def _administrator() -> Iterator[Draft]:
    said: tuple[tuple[Kind, dict[str, Any]], ...] = (
        (Kind.PROFILE, {"name": "Abel Roth", "emails": ["abel@firm.example"]}),
        (Kind.POSITION, {"manager": VERA, "role": "admin", "unit": "engineering"}),
    )
    for kind, amounts in said:
        yield Draft(kind=kind, author="import:people", subject=ABEL, occurred_on=TODAY, amounts=amounts)


def test_an_engineer_reads_disputes_and_takes_a_receipt_home(page: Page, company: Company) -> None:
    company.enter(page, INES)
    expect(page.get_by_role("heading", level=1)).to_have_text("My line")
    page.get_by_role("link", name="Invoice export came late").first.click()
    page.get_by_role("link", name="Dispute").click()
    page.get_by_label("Reason").fill("The customer moved the date.")
    page.get_by_role("button", name="Dispute").click()
    expect(page.locator(".fault").first).to_contain_text("Disputed: The customer moved the date.")
    page.get_by_role("link", name="Receipts").click()
    with page.expect_download() as first:
        page.get_by_role("button", name="Take the receipt home").click()
    page.goto(f"{company.address}/people/{INES}/ledger?verify=now")
    expect(page.get_by_role("status")).to_contain_text("Whole: ")
    with page.expect_download() as again:
        page.get_by_role("link", name=re.compile("^Download the receipt of")).click()
    assert first.value.path().read_bytes() == again.value.path().read_bytes()
    for path in (f"/people/{JENS}", f"/people/{MONA}", "/imports", "/accounts"):
        company.absent(page, path)
    page.goto(company.address)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_a_manager_logs_a_line_and_follows_a_verdict_to_its_entries(page: Page, company: Company) -> None:
    company.enter(page, MONA)
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
    page.keyboard.press("n")
    page.keyboard.type(LINE)
    page.keyboard.press("Enter")
    expect(page.locator("#understood .said")).to_contain_text("Ines Okafor: occurrence, 29 Jun 2026")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Written down.")).to_be_visible()
    page.goto(f"{company.address}/people/{INES}")
    expect(page.get_by_text(PRIVATE)).to_be_visible()
    expect(page.locator(".verdict .answer").first).not_to_be_empty()
    page.locator(".verdict .conditions a").first.click()
    expect(page.locator("#evidence .lede")).to_contain_text("behind:")
    page.goto(f"{company.address}/people/{INES}?as_of=2026-04-30&known_at=2026-04-30")
    expect(page.get_by_text("The record as it stood on 30 Apr 2026")).to_be_visible()
    expect(page.get_by_text("Invoice export came late")).to_have_count(0)
    for path in (f"/people/{LENA}", "/imports", "/accounts"):
        company.absent(page, path)


def test_the_level_above_reads_both_teams_and_writes_under_its_own_name(page: Page, company: Company) -> None:
    company.enter(page, VERA)
    page.get_by_role("link", name="People").first.click()
    names = page.locator("tbody a").all_inner_texts()
    assert {"Ines Okafor", "Lena Brandt", "Mona Reyes-Tan"} <= set(names)
    page.goto(f"{company.address}/people/{INES}")
    expect(page.get_by_text(PRIVATE)).to_have_count(0)
    page.goto(f"{company.address}/people/{LENA}/entries/new?kind=recognition")
    page.get_by_label("In one line").fill("The search index was rebuilt in a day")
    page.get_by_role("button", name="Show it back").click()
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator(".notice.done")).to_contain_text("Written down.")
    expect(page.locator("main")).to_contain_text("Vera Lindqvist")
    page.get_by_role("searchbox", name="Search people").fill("index rebuilt")
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_be_visible()
    company.absent(page, "/accounts")


def test_an_hr_partner_imports_a_table_and_reads_no_feedback(page: Page, company: Company) -> None:
    company.enter(page, HANA)
    page.get_by_role("link", name="Import").click()
    page.get_by_label("File").set_input_files(
        {"name": "moved.csv", "mimeType": "text/csv", "buffer": MOVED.encode()}
    )
    page.get_by_role("button", name="Show what would happen").click()
    button = page.get_by_role("button", name="Import it")
    expect(button).to_be_visible(timeout=60_000)
    expect(page.get_by_role("row", name=re.compile("Kofi Adeyemi.*team invoicing"))).to_be_visible()
    expect(page.locator("[aria-labelledby=refused-title] tbody tr")).to_have_count(1)
    button.click()
    expect(page.get_by_text("The import has ended.")).to_be_visible(timeout=60_000)
    page.goto(f"{company.address}/people/{KOFI}/line")
    expect(page.locator("tbody tr").first).to_contain_text("invoicing")
    page.goto(f"{company.address}/people/{INES}")
    expect(page.get_by_text("rest on notes that you may not read")).to_be_visible()
    expect(page.get_by_text("Dates at risk")).to_have_count(0)


def test_an_administrator_keeps_the_house_and_reads_no_evidence(page: Page, company: Company) -> None:
    company.enter(page, ABEL)
    expect(page.get_by_text("You keep Datumline running.")).to_be_visible()
    page.get_by_role("link", name="Accounts", exact=True).click()
    page.get_by_role("row", name="Lena Brandt").get_by_role("button", name="Invite").click()
    expect(page.locator(".hash")).to_contain_text("/links/")
    page.goto(f"{company.address}/search?q=invoice")
    expect(page.locator("main mark")).to_have_count(0)
    company.absent(page, f"/people/{INES}")
    company.absent(page, f"/people/{INES}/ledger")


@pytest.fixture(params=DATABASES)
def own_home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The home of one person alone with two people in it; the address of its pages."""
    (tmp_path / "people.csv").write_text(PEOPLE)
    with new_home(request, tmp_path / "home") as home:
        create_home(home.folder, mode=Mode.ALONE, database_url=home.database_url)
        assert home.run("import", "people", str(tmp_path / "people.csv")).returncode == 0
        with running(home) as address:
            yield address


def test_a_person_alone_logs_reads_and_keeps_receipts_of_all(page: Page, own_home: str) -> None:
    page.goto(own_home)
    expect(page.get_by_text("You are working alone on this machine")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.type(LINE.replace("Ines Okafor", "Ilse Brandt"))
    page.keyboard.press("Enter")
    expect(page.locator("#understood .said")).to_contain_text("Ilse Brandt: occurrence")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Open the entry").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("review question")
    page.get_by_role("link", name="Receipts").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take the receipt home").click()
    assert taken.value.suggested_filename == "receipts.zip"
    page.reload()
    expect(page.get_by_text("You hold a receipt for everything here.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Download the receipt of"))).to_have_count(2)
