"""The filter as SQL gives what the filter in memory gives, on both databases, for every reader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections

from datumline.config.wiring import open_home
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access import Actor
from datumline.domain.people.access_filter import admits, readable_streams
from datumline.domain.people.relations import actor_for, relations_of
from datumline.services.access import row_of
from datumline.store.ledger import entries, place
from support.access_cast import LIMITS, NAMES, RECORDS, TODAY, who
from support.homes import Home

AUDIENCES = (Audience.SHARED, Audience.CASE, Audience.PANEL, Audience.PRIVATE, Audience.ORGANISATION)
KINDS = (Kind.OCCURRENCE, Kind.SBI, Kind.WRITTEN_NOTE)
DAYS_AGO = (0, 179, 181)


@pytest.fixture
def filled(database_home: Home, tmp_path: Path) -> Iterator[None]:
    """A ledger with entries about everybody, by several authors, in every audience, of three ages."""
    del tmp_path
    open_home(database_home.folder, database_url=database_home.database_url)
    for ago in sorted(DAYS_AGO, reverse=True):
        moment = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC) - timedelta(days=ago)
        drafts = [
            Draft(
                kind=kind,
                author=author,
                occurred_on=moment.date(),
                subject=who(name),
                audience=audience,
                text="x",
            )
            for name in NAMES
            for audience in AUDIENCES[:-1]
            for kind in KINDS
            for author in (who("mona"), who("nils"), "git:billing")
        ]
        place(drafts, clock=lambda moment=moment: moment)  # type: ignore[misc] # bound to this round's moment
    try:
        yield
    finally:
        connections.close_all()


@pytest.mark.usefixtures("filled")
def test_the_query_gives_what_the_filter_admits() -> None:
    everything = entries(subjects=None, audiences=AUDIENCES)
    assert len(everything) > 1_500
    for name in (*NAMES, "operator", "visitor", "stranger"):
        actor = {"operator": Actor(operator=True), "visitor": Actor()}.get(name) or actor_for(
            who(name), RECORDS, TODAY
        )
        clauses = readable_streams(actor, relations_of(actor, RECORDS, TODAY, LIMITS), TODAY)
        found = entries(subjects=None, audiences=AUDIENCES, readable=clauses)
        assert [each.id for each in found] == [
            each.id for each in everything if admits(clauses, row_of(each))
        ], name
