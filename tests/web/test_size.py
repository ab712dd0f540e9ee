"""A page costs the same queries in a small organisation and in one of ten thousand engineers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.verdict import Json
from datumline.services.context import Mode
from datumline.services.kept import begin
from datumline.store.ledger import place
from datumline.web import installed
from support.forgetting import forget
from support.homes import DATABASE_URL, HOME, Home
from support.page_world import INES, MONA, VERA, World, at_noon, small_world
from support.signing_in import signed_in

MOST_QUERIES = 8  # the session's and its account's among them
MORE_PEOPLE = 10_000
TEAM, UNDER_VERA = 8, 8  # the first of each team leads it; of so many teams the leads report to Vera
TOGETHER = 2_000
FIRST = date(2025, 1, 7)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The small organisation, where people sign in, with ten thousand engineers beside it."""
    with pytest.MonkeyPatch.context() as patch:
        home = Home(folder=tmp_path_factory.mktemp("large") / "home", database_url=None)
        patch.setenv(HOME, str(Path(home.folder)))
        patch.delenv(DATABASE_URL, raising=False)
        installed.opened.cache_clear()
        world = small_world(home, mode=Mode.ORGANISATION)
        drafts = (draft for number in range(MORE_PEOPLE) for draft in _engineer(number))
        while part := list(islice(drafts, TOGETHER)):
            place(part, clock=at_noon(FIRST))
        yield world
        connections.close_all()


def _person(number: int) -> PersonId:
    return f"00000000-0000-4000-9000-{number:012d}"


def _engineer(number: int) -> Iterator[Draft]:
    team, place_in_it = divmod(number, TEAM)
    lead = VERA if team < UNDER_VERA else None
    manager = _person(team * TEAM) if place_in_it else lead
    stands: dict[str, Json | date] = {"manager": manager, "role": "engineer", "team": f"team {team}"}
    promised: dict[str, Json | date] = {"work": "a piece of work", "due": FIRST, "delivered": FIRST}
    for kind, amounts in (
        (Kind.PROFILE, {"name": f"Engineer {number}"}),
        (Kind.POSITION, {name: said for name, said in stands.items() if said}),
        (Kind.COMMITMENT, promised),
    ):
        yield Draft(
            kind=kind, author="import:bulk", subject=_person(number), occurred_on=FIRST, amounts=amounts
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reader", "address"),
    [(reader, address) for reader in (MONA, VERA) for address in ("/", "/people", f"/people/{INES}")]
    + [(INES, "/")],
)
def test_among_ten_thousand_engineers_a_page_costs_at_most_eight_queries(
    large: World, reader: PersonId, address: str
) -> None:
    client = signed_in(Client(headers={"host": "127.0.0.1"}), reader)
    begin(large.context)
    for anew in (True, False):
        if anew:
            forget()
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM projection")
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200
        assert len(asked) <= MOST_QUERIES, [query["sql"][:80] for query in asked]
