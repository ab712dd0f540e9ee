"""The same sign-in on each kind of database."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connections
from django.test import Client

from datumline.services import accounts as room
from datumline.services.context import Mode
from datumline.services.visit import visit
from datumline.store import accounts
from datumline.web import installed
from support.homes import Home
from support.page_world import LENA, MONA, World, small_world
from support.signing_in import PASSWORD, account_of, signed_in
from support.totp import code_of

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - a test's own


@pytest.fixture
def office(database_home: Home) -> Iterator[World]:
    """The small organisation on a fresh database."""
    installed.opened.cache_clear()
    try:
        yield small_world(database_home, mode=Mode.ORGANISATION)
    finally:
        connections.close_all()


def browser() -> Client:
    return Client(headers={"host": "localhost"})


def test_to_sign_in_to_be_invited_and_to_be_disabled(office: World) -> None:
    client = signed_in(browser(), MONA)
    assert client.get("/people").status_code == 200
    opened = installed.opened()
    made = room.offer_link(visit(office.context), LENA, opened.outgoing, "")
    said = {"password": PASSWORD, "again": PASSWORD, "once": "a1"}
    assert browser().post(f"/links/{made.secret}", said).status_code == 303
    assert browser().post(f"/links/{made.secret}", said).status_code == 404
    room.switch(visit(office.context), MONA, disabled=True)
    assert client.get("/people").headers["Location"].startswith("/sign-in?why=changed")


def test_the_second_step(office: World) -> None:
    del office
    account = accounts.by_number(account_of(MONA).id)
    assert account is not None
    TOTP.activate(account, SECRET)
    client = browser()
    first = client.post("/sign-in", {"email": account.email, "password": PASSWORD, "once": "a1"})
    assert first.headers["Location"] == "/sign-in/second"
    wrong = client.post("/sign-in/second", {"code": "000000", "once": "a1"})
    assert wrong.status_code == 422
    code = code_of(SECRET, time.time())
    assert client.post("/sign-in/second", {"code": code, "once": "a1"}).status_code == 303
    assert client.get("/account").status_code == 200
