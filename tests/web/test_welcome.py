"""The first run: whose the home is, said once, and by nobody who should not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from datumline.config.home import read_home
from datumline.config.opening import LISTENS, LOOPBACK, LazyInstallation
from datumline.config.wiring import open_home
from datumline.domain.problem import Problem
from datumline.services.context import Context, Mode
from datumline.services.founding import Founder, found, work_alone
from datumline.store import accounts, people
from datumline.web import installed
from support.homes import DATABASE_URL, HOME, Home

ADDRESS = "DATUMLINE_ADDRESS"
SAID = {
    "whose": "organisation",
    "organisation": "Firm",
    "name": "Vera Lindqvist",
    "email": "Vera@Firm.example",
    "password": "four patient herons",
    "again": "four patient herons",
    "duties": ["admin", "engineering-manager"],
    "once": "a1",
}


@pytest.fixture
def new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """A home of which nobody has said whose it is, reached from this machine only."""
    home = Home(folder=tmp_path / "home", database_url=None)
    monkeypatch.setenv(HOME, str(home.folder))
    monkeypatch.setenv(LISTENS, LOOPBACK)
    monkeypatch.delenv(DATABASE_URL, raising=False)
    monkeypatch.delenv(ADDRESS, raising=False)
    installed.opened.cache_clear()
    open_home(home.folder)
    yield home
    connections.close_all()


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def mode_of(home: Home) -> Mode | None:
    return read_home(home.folder).mode


def test_every_page_leads_to_the_first(new_home: Home) -> None:
    for address in ("/", "/people", "/counted"):
        assert browser().get(address).headers["Location"] == "/welcome"
    assert mode_of(new_home) is None


def test_alone_needs_no_account(new_home: Home) -> None:
    client = browser()
    assert client.post("/welcome", {"whose": "alone", "once": "a1"}).headers["Location"] == "/"
    assert mode_of(new_home) is Mode.ALONE
    assert "You are working alone" in client.get("/").content.decode()
    assert client.get("/welcome").status_code == client.get("/sign-in").status_code == 404


def test_an_organisation_begins_with_one_account(new_home: Home) -> None:
    client = browser()
    answer = client.post("/welcome", SAID)
    assert answer.status_code == 303, answer.content.decode()
    assert mode_of(new_home) is Mode.ORGANISATION
    known = accounts.of_address("vera@firm.example")
    assert known is not None
    (position,) = people.records().positions
    assert (position.person, position.role) == (known.person, "admin, engineering-manager")
    page = client.get("/")
    assert page.status_code == 200
    assert "Vera Lindqvist" in page.content.decode()
    assert client.get("/accounts").status_code == 200
    assert browser().get("/welcome").status_code == 404
    assert browser().post("/welcome", SAID).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("password", "short", "too short"),
        ("password", "1q2w3e4r5t6y", "too common"),
        ("again", "something else", "not what stands above"),
        ("email", "vera", "Write an address"),
        ("name", "", "Write your name"),
        ("organisation", "", "Write its name"),
        ("duties", ["engineering-manager"], "has to administer"),
    ],
)
def test_what_does_not_do_is_said_and_nothing_is_written(
    new_home: Home, field: str, value: str, said: str
) -> None:
    answer = browser().post("/welcome", SAID | {field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert mode_of(new_home) is None
    assert not accounts.any_account()
    assert people.records().profiles == ()


def test_of_two_who_claim_it_one_does(new_home: Home) -> None:
    """As when a second machine has the same database and a folder of its own."""
    assert browser().post("/welcome", SAID).status_code == 303
    installed.opened.cache_clear()
    marker = new_home.folder / "home.json"
    marker.write_text(marker.read_text().replace('"organisation"', "null"))
    assert browser().get("/welcome").status_code == 404
    assert browser().get("/").headers["Location"] == "/sign-in"


class Meanwhile(LazyInstallation):
    """An installation to which something else happens between two steps of a first run."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.acts = [act]

    def context(self, actor: str | None = None) -> Context:
        """The request's context, and then that."""
        said = super().context(actor)
        if self.acts:
            self.acts.pop()()
        return said


FOUNDER = Founder(
    organisation="Firm",
    name="Vera Lindqvist",
    email="vera@firm.example",
    password="four patient herons",  # noqa: S106 - of invented people
    duties=("admin",),
)
CLAIMS: dict[Mode, Callable[[LazyInstallation], object]] = {
    Mode.ALONE: work_alone,
    Mode.ORGANISATION: lambda opened: found(opened, FOUNDER),
}


@pytest.mark.parametrize(
    ("first", "second"),
    [(Mode.ORGANISATION, Mode.ALONE), (Mode.ALONE, Mode.ORGANISATION), (Mode.ORGANISATION,) * 2],
)
def test_of_two_claims_at_once_one_is_written_whole(new_home: Home, first: Mode, second: Mode) -> None:
    """As when another process claims the home while the first one is at it."""
    refused = []

    def meanwhile() -> None:
        with pytest.raises(Problem) as problem:
            CLAIMS[second](LazyInstallation())
        refused.append(problem.value)

    CLAIMS[first](Meanwhile(meanwhile))
    assert [each.what for each in refused] == ["it has been said whose this home is"]
    assert mode_of(new_home) is first
    assert accounts.any_account() is (first is Mode.ORGANISATION)
    assert bool(accounts.organisation()) is (first is Mode.ORGANISATION)
    assert len(people.records().positions) == (first is Mode.ORGANISATION)


def test_a_claim_that_fails_leaves_the_home_to_the_next(new_home: Home) -> None:
    with pytest.raises(Problem):
        found(LazyInstallation(), replace(FOUNDER, name=""))
    assert (mode_of(new_home), accounts.any_account(), people.records().positions) == (None, False, ())
    work_alone(LazyInstallation())
    assert mode_of(new_home) is Mode.ALONE


@pytest.fixture
def reached(new_home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The same, where others can come by."""
    monkeypatch.delenv(LISTENS)
    return new_home


def test_without_the_code_nobody_claims_it(reached: Home) -> None:
    for code in ({}, {"code": ""}, {"code": "0000000000000000"}, {"code": "é"}):
        answer = browser().post("/welcome", SAID | code)
        assert answer.status_code == 422
        assert "not the code" in answer.content.decode()
    assert mode_of(reached) is None


def test_with_the_code_it_is_claimed_and_the_code_is_gone(reached: Home) -> None:
    code = installed.opened().first_run_code
    assert len(code) == 16
    assert browser().post("/welcome", SAID | {"code": code}).status_code == 303
    assert not (reached.folder / "keys" / "first-run-code").exists()


def test_it_cannot_be_one_persons_alone(reached: Home) -> None:
    code = installed.opened().first_run_code
    assert "Only me" not in browser().get("/welcome").content.decode()
    assert browser().post("/welcome", {"whose": "alone", "code": code, "once": "a1"}).status_code == 422
    assert mode_of(reached) is None


@pytest.mark.usefixtures("reached")
def test_guesses_are_counted() -> None:
    client = browser()
    answers = [client.post("/welcome", SAID | {"code": f"{n:016}"}) for n in range(70)]
    assert "Too many tries" in answers[-1].content.decode()


def test_a_new_organisation_is_told_what_to_do_first(new_home: Home) -> None:
    client = browser()
    client.post("/welcome", SAID | {"duties": ["admin"]})
    page = client.get("/").content.decode()
    assert mode_of(new_home) is Mode.ORGANISATION
    assert "without a manager" not in page
    assert all(f'<p><a href="{address}' in page for address in ("/imports", "/accounts", "/log?fixed="))
    assert "Only you are on file." in client.get("/people").content.decode()
    assert "There is one person on file." in client.get("/accounts").content.decode()
