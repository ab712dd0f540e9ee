"""A page costs the same queries in a small organisation and in a large one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.store.ledger import place
from datumline.web import installed
from support.forgetting import forget
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import INES, MONA, VERA, at_noon, small_world

MOST_QUERIES = 6  # two of the eight are left for the session and its user
MORE_PEOPLE = 1_200
FIRST = date(2025, 1, 7)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The small organisation with more than a thousand engineers beside it, under Vera and Mona."""
    with pytest.MonkeyPatch.context() as patch:
        home = Home(folder=tmp_path_factory.mktemp("large") / "home", database_url=None)
        patch.setenv(HOME, str(Path(home.folder)))
        patch.delenv(DATABASE_URL, raising=False)
        installed.opened.cache_clear()
        small_world(home)
        place([draft for number in range(MORE_PEOPLE) for draft in _engineer(number)], clock=at_noon(FIRST))
        yield
        connections.close_all()


def _engineer(number: int) -> Iterator[Draft]:
    person_id = f"00000000-0000-4000-9000-{number:012d}"
    manager = MONA if number % 2 else VERA
    for kind, amounts in (
        (Kind.PROFILE, {"name": f"Engineer {number}"}),
        (Kind.POSITION, {"manager": manager, "role": "engineer", "team": "many"}),
    ):
        yield Draft(kind=kind, author="import:people", subject=person_id, occurred_on=FIRST, amounts=amounts)


@pytest.mark.slow
@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("address", ["/", "/people", f"/people/{INES}"])
def test_with_a_thousand_engineers_it_is_still_at_most_eight(address: str) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    assert client.post("/who", {"person": MONA}).status_code == 303
    forget()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200
    assert len(asked) <= MOST_QUERIES, [query["sql"][:80] for query in asked]
