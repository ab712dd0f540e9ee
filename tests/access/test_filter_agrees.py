"""The query filter and the function are two readings of one matrix: they agree on every cell."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from datumline.domain.people.access import Actor, Relations, Thing, can
from datumline.domain.people.access_filter import Row, admits, readable_streams
from datumline.domain.people.access_matrix import AUDIENCES, SHARED_KINDS
from datumline.domain.people.access_rules import noun_of
from datumline.domain.people.access_words import Condition, Relation, Verb
from datumline.domain.people.relations import Seat, actor_for, relations_of
from support.access_cast import LIMITS, NAMES, RECORDS, TODAY, who

ACTORS = [*NAMES, "stranger", "operator", "visitor", "panelist", "conflicted"]
STATES = [
    frozenset(),
    frozenset({Condition.CITED}),
    frozenset({Condition.IN_CASE, Condition.ISSUED}),
    frozenset({Condition.SUBMITTED, Condition.IN_SESSION, Condition.RUNNING}),
]
DAYS = [TODAY - timedelta(days=ago) for ago in (0, 20, 21, 180, 181)]


def actor_named(name: str) -> tuple[Actor, Relations]:
    seats: list[Seat] = []
    opened = [who("ines"), who("abel")] if name == "abel" else []
    if name in {"panelist", "conflicted"}:
        cases = (("ines", Relation.PANELIST), ("kato", Relation.PEER_MANAGER))
        seats = [
            Seat(subject=who(about), relation=relation, conflicted=name == "conflicted")
            for about, relation in cases
        ]
    named = {"operator": Actor(operator=True), "visitor": Actor()}
    actor = named.get(name) or actor_for(who("olga" if seats else name), RECORDS, TODAY)
    return actor, relations_of(actor, RECORDS, TODAY, LIMITS, seats=seats, opened=opened)


def rows() -> list[Row]:
    kinds = [*SHARED_KINDS, "commitment"]
    streams = [("shared", kind) for kind in kinds]
    streams += [(audience, "commitment") for audience in AUDIENCES if audience != "shared"]
    found = []
    for (audience, kind), name, author, day, states in itertools.product(
        streams, NAMES, ("mona", "ines", "nils", "git:billing"), DAYS, STATES
    ):
        subject = None if audience == "organisation" else who(name)
        written_by = author if ":" in author else who(author)
        found.append(
            Row(
                subject=subject,
                audience=audience,
                kind=kind,
                author=written_by,
                recorded_on=day,
                states=states,
            )
        )
    return list(dict.fromkeys(found))


def thing(row: Row) -> Thing:
    return Thing(
        noun=noun_of(row.audience, row.kind),
        subject=row.subject,
        author=row.author,
        recorded_on=row.recorded_on,
        states=row.states,
    )


@pytest.mark.parametrize("name", ACTORS)
def test_filter_and_function_agree(name: str) -> None:
    actor, relations = actor_named(name)
    clauses = readable_streams(actor, relations, TODAY)
    cells = rows()
    assert len(cells) * len(ACTORS) >= 5_000
    differing = [
        row
        for row in cells
        if admits(clauses, row) is not can(actor, Verb.READ, thing(row), relations, TODAY).allowed
    ]
    assert differing == []


def test_every_day_of_the_former_managers_month() -> None:
    """The old manager reads own entries for 30 days from the first day of the new line, then nothing."""
    actor = actor_for(who("nils"), RECORDS, TODAY)
    turned = date(2026, 6, 10)
    for offset in (-1, 0, 29, 30):
        day = turned + timedelta(days=offset)
        held = relations_of(actor, RECORDS, day, LIMITS).towards(who("kato"))
        assert (Relation.MANAGER in held) is (offset < 0)
        assert (Relation.FORMER_MANAGER in held) is (0 <= offset < 30)
