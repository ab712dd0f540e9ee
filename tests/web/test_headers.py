"""What every answer carries where pages are reached by https, and what a page that broke says of itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from datumline.web.pages import notices
from datumline.web.signed_in import LOOKED
from support.page_world import INES

Visit = Callable[[str], Client]
HSTS = "Strict-Transport-Security"


def test_a_browser_that_came_by_https_stays_with_it(visit_as: Visit) -> None:
    client = visit_as(INES)
    assert HSTS not in client.get("/").headers
    with override_settings(SESSION_COOKIE_SECURE=True):
        answer = client.get("/")
    assert answer.headers[HSTS] == "max-age=31536000"
    assert answer.cookies[LOOKED]["secure"]


def broken_by(error: Exception) -> str:
    try:
        raise error
    except type(error):
        answer: HttpResponse = notices.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    return answer.content.decode()


@pytest.mark.usefixtures("world")
def test_a_page_that_broke_does_not_say_that_nothing_was_written() -> None:
    page = broken_by(RuntimeError("a fault of ours"))
    assert "What was sent may have been written all the same." in page
    assert "Look at the record before you send it again." in page
    assert "Nothing was changed" not in page
    assert "a fault of ours" not in page


@pytest.mark.usefixtures("world")
def test_a_full_disk_is_named_and_its_place_is_not() -> None:
    cause, error = sqlite3.OperationalError("full"), DatabaseError("full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    error.__cause__ = cause
    page = broken_by(error)
    assert "The disk is full. Datumline could not make this page." in page
    assert "nothing was written" not in page
    assert "ledger.db" not in page
