"""From an empty folder to an organisation, in a browser: first run, invitation, codes, passkey, sign-out."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.browser import VIEWS, axe_violations, opened_page, overflow_pixels
from support.homes import Home
from support.routes import SIGNED_IN, route_of
from support.site import served
from support.totp import code_of

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("DATUMLINE_SHOTS")
PASSWORD = "four patient herons"  # noqa: S105 - of invented people
ANOTHER = "nine copper kettles"
PEOPLE = """name,email,manager,role,unit,team,level
Vera Lindqvist,vera@firm.example,,admin,engineering,,L8
Mona Reyes-Tan,mona@firm.example,vera@firm.example,engineering-manager,engineering,billing,L6
Ines Okafor,ines@firm.example,mona@firm.example,engineer,engineering,billing,L5
"""


class Reader:
    """A browser that looks at each page it comes to, in each view, and keeps what is wrong with it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.faults: list[str] = []
        self.routes: set[str] = set()

    def look(self, name: str) -> None:
        """Hold the page against the rules in each view."""
        size = self.page.viewport_size
        self.routes.add(route_of(self.page.url))
        for view in VIEWS:
            self.page.emulate_media(color_scheme=view.colours)
            self.page.set_viewport_size({"width": view.width, "height": view.height})
            self.faults += [f"{name}, {view.name}: {fault}" for fault in axe_violations(self.page)]
            if SHOTS:
                self.page.screenshot(path=Path(SHOTS) / f"{name}-{view.name}.png", full_page=True)
            if (pixels := overflow_pixels(self.page)) > 0:
                self.faults.append(f"{name}, {view.name}: {pixels} pixels too wide")
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(size or {"width": 1280, "height": 900})

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(f"{self.address}{path}")

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def fill(self, **fields: str) -> None:
        """Write into fields, each the first of its name that can be seen."""
        for name, value in fields.items():
            self.page.locator(f"[name={name}]:visible").first.fill(value)

    def title(self) -> str:
        """What the page calls itself."""
        return self.page.locator("h1").inner_text()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[Home, str]]:
    """A new home, served."""
    home = Home(folder=tmp_path / "home", database_url=None)
    with served(home) as address:
        yield home, address.replace("127.0.0.1", "localhost")


@pytest.fixture
def reader(browser: Browser, office: tuple[Home, str]) -> Iterator[Reader]:
    """A browser at the new home."""
    with opened_page(browser, VIEWS[0]) as page:
        yield Reader(page, office[1])


def test_from_an_empty_folder_to_an_organisation(
    reader: Reader, office: tuple[Home, str], tmp_path: Path
) -> None:
    home = office[0]
    _found(reader)
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    assert home.run("import", "people", str(tmp_path / "people.csv")).returncode == 0
    link = _invite(reader)
    _accept(reader, link)
    _second_step(reader)
    _passkey(reader)
    reader.press("Sign out")
    reader.press("Sign in with a passkey")
    reader.page.wait_for_url(f"{reader.address}/")
    assert "Mona Reyes-Tan" in reader.page.locator(".whoami").inner_text()
    for name in ("account", "account/password", "sign-in/again", "forgotten", "forgotten/asked"):
        reader.go(f"/{name}")
        reader.look(name.replace("/", "-"))
    assert home.run("account", "disable", "mona@firm.example").returncode == 0
    reader.go("/")
    assert reader.title() == "Sign in"
    assert "your account or your place" in reader.page.content()
    assert reader.faults == []
    assert reader.routes == SIGNED_IN


def _found(reader: Reader) -> None:
    page = reader.page
    reader.go("/")
    assert reader.title() == "Whose is this?"
    reader.look("welcome")

    reader.fill(
        organisation="Firm",
        name="Vera Lindqvist",
        email="vera@firm.example",
        password="short",  # noqa: S106 - what must be refused
        again="no",
    )
    reader.press("Set it up")
    assert "too short" in page.content()
    reader.look("welcome-wrong")
    reader.fill(password=PASSWORD, again=PASSWORD)
    reader.press("Set it up")
    page.wait_for_url(f"{reader.address}/")
    assert "Vera Lindqvist" in page.locator(".whoami").inner_text()


def _invite(reader: Reader) -> str:
    page = reader.page
    reader.go("/accounts")
    _sign_in_again_if_asked(reader, "vera@firm.example", PASSWORD)
    reader.go("/accounts")
    reader.look("accounts")
    page.get_by_role("row", name="Mona").get_by_role("button", name="Invite").click()
    link = page.locator(".hash").inner_text()
    reader.look("account-link")
    reader.go("/accounts")
    reader.press("Sign out")
    assert "You are signed out." in page.content()
    page.go_back()
    page.reload()
    assert reader.title() == "Sign in"
    reader.look("sign-in")
    return link


def _accept(reader: Reader, link: str) -> None:
    page = reader.page
    page.goto(link)
    reader.look("invited")
    reader.fill(password=ANOTHER, again=ANOTHER)
    reader.press("Set it and sign in")
    page.wait_for_url(f"{reader.address}/")
    page.goto(link)
    assert reader.title() == "This link has ended"
    reader.look("link-ended")


def _second_step(reader: Reader) -> None:
    page = reader.page
    codes = _turn_codes_on(reader)
    reader.press("Sign out")
    _sign_in(reader, "mona@firm.example", ANOTHER)
    assert reader.title() == "Second step"
    reader.look("second")
    reader.fill(code="000000")
    reader.press("Go on")
    assert "does not fit" in page.content()
    reader.fill(code=codes[0])
    reader.press("Go on")
    page.wait_for_url(f"{reader.address}/")


def test_alone_is_one_press_away(reader: Reader) -> None:
    reader.go("/")
    reader.press("Only me")
    reader.page.wait_for_url(f"{reader.address}/")
    assert "You are working alone on this machine" in reader.page.content()
    reader.go("/welcome")
    assert reader.title() == "Nothing here"


def _sign_in(reader: Reader, email: str, password: str) -> None:
    reader.go("/sign-in")
    reader.fill(email=email, password=password)
    reader.press("Sign in")


def _sign_in_again_if_asked(reader: Reader, email: str, password: str) -> None:
    """The import changed the founder's own place, so the session is over."""
    if reader.title() == "Sign in":
        _sign_in(reader, email, password)


def _turn_codes_on(reader: Reader) -> list[str]:
    page = reader.page
    reader.go("/account")
    page.get_by_role("link", name="Set up").click()
    reader.look("app")
    secret = page.locator(".hash").inner_text()
    reader.fill(code=code_of(secret, time.time()))
    reader.press("Turn it on")
    assert reader.title() == "Recovery codes"
    reader.look("codes")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    return codes


def _passkey(reader: Reader) -> None:
    page = reader.page
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    reader.go("/account/keys")
    reader.look("key")
    reader.fill(name="This laptop")
    reader.press("Add it")
    page.wait_for_url(f"{reader.address}/account")
    assert "Passkey: This laptop" in page.content()
