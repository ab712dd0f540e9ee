"""Sign-in: who gets in, what a session rests on, when it is over, and what nobody can tell from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from datumline.services.context import Mode
from datumline.web import installed
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import INES, MONA, World, small_world
from support.signing_in import signed_in


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The small organisation, where everybody signs in."""
    home = Home(folder=tmp_path / "home", database_url=None)
    monkeypatch.setenv(HOME, str(home.folder))
    monkeypatch.delenv(DATABASE_URL, raising=False)
    installed.opened.cache_clear()
    try:
        yield small_world(home, mode=Mode.ORGANISATION)
    finally:
        connections.close_all()


pytestmark = pytest.mark.usefixtures("office")


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def test_nobody_in_particular_is_asked_to_sign_in() -> None:
    answer = browser().get(f"/people/{INES}?as_of=2026-04-30")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sign-in?next=%2Fpeople%2F{INES}%3Fas_of%3D2026-04-30"


def test_who_signed_in_sees_what_their_place_lets_them_see() -> None:
    client = signed_in(browser(), MONA)
    page = client.get("/people").content.decode()
    assert "Ines Okafor" in page
    assert "Lena Brandt" not in page
    assert "You are working alone" not in page


def test_a_signed_in_page_costs_two_queries_more() -> None:
    client = signed_in(browser(), MONA)
    client.get(f"/people/{INES}")
    with CaptureQueriesContext(connection) as spent:
        assert client.get(f"/people/{INES}").status_code == 200
    about_sessions = [each["sql"] for each in spent if "account" in each["sql"] or "session" in each["sql"]]
    assert len(about_sessions) == 2, about_sessions
    assert len(spent) <= 8
