"""Who opened whose record: each reader sees of it what the access table says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from support.page_world import HANA, INES, JENS, LENA, MONA, NILS, VERA

Visit = Callable[[str], Client]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().partition("<main")[2]


def looked(visit_as: Visit) -> None:
    for reader in (MONA, VERA):
        assert visit_as(reader).get(f"/people/{INES}").status_code == 200


def test_an_engineer_sees_who_opened_the_own_record(visit_as: Visit) -> None:
    looked(visit_as)
    page = text(visit_as(INES), "/opened")
    assert "Mona Reyes-Tan" in page
    assert "Engineering manager" in page
    assert "Vera Lindqvist" in page
    assert "the record" in page


def test_a_manager_sees_own_acts_and_never_anothers(visit_as: Visit) -> None:
    looked(visit_as)
    page = text(visit_as(MONA), "/opened")
    assert "Ines Okafor" in page.partition("What you opened of others")[2]
    assert "Vera Lindqvist" not in page
    of_ines = text(visit_as(MONA), f"/people/{INES}/opened")
    assert "Only what you opened yourself." in of_ines
    assert "Vera Lindqvist" not in of_ines


@pytest.mark.parametrize("reader", [NILS, LENA, JENS])
def test_who_may_not_ask_gets_what_is_not_there(visit_as: Visit, reader: str) -> None:
    looked(visit_as)
    client = visit_as(reader)
    hidden, missing = client.get(f"/people/{INES}/opened"), client.get(f"/people/{'0' * 8}/opened")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_nothing_opened_is_said(visit_as: Visit) -> None:
    assert "Nobody opened it." in text(visit_as(LENA), "/opened")


@pytest.mark.parametrize(
    "before",
    [
        "yesterday",
        "x" * 500,
        "2026-13-01",
        "0001-01-01T00:00:00%2B14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_what_is_no_moment_is_not_understood(visit_as: Visit, before: str) -> None:
    for address in ("/opened", f"/people/{INES}/opened"):
        assert visit_as(MONA).get(f"{address}?before={before}").status_code == 400


@pytest.mark.parametrize("before", ["0001-01-01T00:00:00%2B00:00", "9999-12-31T23:59:59", "0001-01-01"])
def test_the_first_and_the_last_moment_are_moments(visit_as: Visit, before: str) -> None:
    assert visit_as(MONA).get(f"/opened?before={before}").status_code == 200


def test_earlier_readings_stand_on_further_pages(visit_as: Visit) -> None:
    looked(visit_as)
    assert "Nobody opened it." in text(visit_as(INES), "/opened?before=2026-01-01")
    assert visit_as(HANA).get("/opened").status_code == 200
