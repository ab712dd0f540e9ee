"""A home of one's own: no choice of role, everything readable, said plainly, and what to do first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connections
from django.test import Client

from datumline.cli.serve import listening
from datumline.config.home import create_home
from datumline.config.wiring import open_home
from datumline.domain.problem import Problem
from datumline.services.context import Mode
from datumline.web import installed
from support.entry_pages import filled
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import INES, NAMES, PRIVATE, small_world

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


def test_the_operator_keeps_a_receipt_of_every_record(own_home: Home) -> None:
    small_world(own_home, mode=Mode.ALONE)
    client = Client(headers={"host": "localhost"})
    assert "in the records of all whom you keep here" in page("/receipts")
    assert 'href="/receipts"' in page("/")
    taken = client.post("/receipts/take", filled(client, "/receipts"))
    with ZipFile(BytesIO(taken.content)) as archive:
        names = archive.namelist()
        first = archive.read(names[0])
    assert len(names) == len(NAMES)
    shown = page("/receipts")
    assert "You hold a receipt for everything here." in shown
    again = re.findall(r'href="(/receipts/[0-9a-f]{64})"', shown)
    assert len(again) == len(names)
    assert first in {client.get(each).content for each in again}
    assert page(f"/people/{INES}/ledger").count('href="/receipts/') == 1
    assert "There is nothing to keep a receipt of" not in shown


def test_a_new_home_has_no_receipts_yet_and_says_so(own_home: Home) -> None:
    open_home(own_home.folder)
    assert "There is nothing to keep a receipt of yet." in page("/receipts")


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
