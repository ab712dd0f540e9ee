"""Sign somebody in to an organisation's home: in Django's client, or in a real browser.

    @pytest.fixture
    def office(...): yield small_world(home, mode=Mode.ORGANISATION)

    client = signed_in(Client(headers={"host": "localhost"}), MONA)
    signed_in(page, MONA, address=site.address)

Both give the person an account first, in the database that this process is connected to.
"""

from __future__ import annotations

from typing import TypeVar

from django.test import Client
from playwright.sync_api import Page

from datumline.domain.people.person import PersonId
from datumline.domain.period import AsOf, end_of_day
from datumline.services.context import system_clock
from datumline.services.people import email_of
from datumline.store import accounts, people
from support.page_world import TODAY

PASSWORD = "seven dry lighthouses"  # noqa: S105 - of invented people

Browser = TypeVar("Browser", Client, Page)


def account_of(person: PersonId) -> accounts.Known:
    """The person's account, with PASSWORD; made where there is none."""
    known = accounts.of_person(person)
    if known is None:
        chart = people.records().chart(AsOf(as_of=TODAY, known_at=end_of_day(TODAY)))
        email = email_of(chart.people[person])
        known = accounts.make(email=email, person=person, at=system_clock(), password=PASSWORD)
    return known


def signed_in(browser: Browser, person: PersonId, *, address: str = "") -> Browser:
    """The browser, with a session of that person; `address` is where a real one finds the pages."""
    email = account_of(person).email
    if isinstance(browser, Client):
        answer = browser.post("/sign-in", {"email": email, "password": PASSWORD, "once": "a1"})
        assert answer.status_code == 303, answer.content.decode()[-2000:]
        return browser
    browser.goto(f"{address}/sign-in")
    browser.get_by_label("E-mail").fill(email)
    browser.get_by_label("Password").fill(PASSWORD)
    browser.get_by_role("button", name="Sign in", exact=True).click()
    browser.wait_for_url(f"{address}/")
    return browser
