"""A home of one's own: no choice of role, everything readable, said plainly, and what to do first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client

from datumline.cli.serve import listening
from datumline.config.home import create_home
from datumline.config.wiring import open_home
from datumline.domain.problem import Problem
from datumline.services.context import Mode
from datumline.web import installed
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import INES, PRIVATE, small_world

ALONE = "You are working alone on this machine"


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    """An empty folder that the environment names as the home."""
    home = Home(folder=tmp_path / "home", database_url=None)
    create_home(home.folder, mode=Mode.ALONE)
    monkeypatch.setenv(HOME, str(home.folder))
    monkeypatch.delenv(DATABASE_URL, raising=False)
    installed.opened.cache_clear()
    yield home
    connections.close_all()


def page(address: str) -> str:
    answer = Client(headers={"host": "localhost"}).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_home_says_what_to_do_first(own_home: Home) -> None:
    open_home(own_home.folder)
    today = page("/")
    assert ALONE in today
    assert "datumline import people people.csv" in today
    assert "datumline import people people.csv" in page("/people")


def test_the_operator_reads_every_record_but_not_anothers_private_note(own_home: Home) -> None:
    small_world(own_home, mode=Mode.ALONE)
    assert "8 people on file" in page("/")
    record = page(f"/people/{INES}")
    assert "Ines Okafor" in record
    assert PRIVATE not in record


def test_there_is_no_choice_of_role(own_home: Home) -> None:
    open_home(own_home.folder)
    client = Client(headers={"host": "localhost"})
    assert client.get("/who").status_code == 404
    assert client.post("/who", {"person": INES}).status_code == 404


@pytest.mark.parametrize("mode", [Mode.ALONE, Mode.DEMO])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4"])  # noqa: S104 - what must be refused
def test_pages_that_nobody_signs_in_to_are_not_served_where_others_reach_them(mode: Mode, host: str) -> None:
    with pytest.raises(Problem, match="nobody signs in here"):
        listening(host, mode, "https://datumline.firm.example")


@pytest.mark.parametrize("host", ["example.org", "", "127.0.0.1.example.org"])
def test_a_name_is_no_address_to_listen_on(host: str) -> None:
    with pytest.raises(Problem, match="no address"):
        listening(host, Mode.ORGANISATION, "https://datumline.firm.example")


@pytest.mark.parametrize("mode", [None, Mode.ORGANISATION])
def test_an_organisation_is_reached_by_its_address(mode: Mode | None) -> None:
    assert listening("0.0.0.0", mode, "https://datumline.firm.example") == "0.0.0.0"  # noqa: S104 - as said
    with pytest.raises(Problem, match="DATUMLINE_ADDRESS"):
        listening("0.0.0.0", mode, "")  # noqa: S104 - as said


@pytest.mark.parametrize(
    ("host", "address"), [("localhost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"), ("::1", "::1")]
)
def test_this_machine_alone_is_fine(host: str, address: str) -> None:
    assert listening(host, Mode.ALONE, "") == address
