"""A person alone strikes words: a day later, and the record says that one person did both (law 11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connections

from datumline.domain.evidence.draft import KeyTaken
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.redaction import Basis
from datumline.domain.problem import Problem
from datumline.services.context import Mode
from datumline.services.entries import Said, write
from datumline.services.redactions import ask, grant
from datumline.services.visit import Visit, visit
from datumline.store.ledger import by_id, entries
from support.homes import Home
from support.page_world import INES, World, small_world


@pytest.fixture
def world(database_home: Home) -> Iterator[World]:
    """The small organisation, on the machine of somebody who works alone."""
    try:
        yield small_world(database_home, mode=Mode.ALONE)
    finally:
        connections.close_all()


def at(world: World, moment: datetime) -> Visit:
    return visit(replace(world.context, clock=lambda: moment))


def test_who_is_alone_waits_and_is_marked(world: World) -> None:
    asked = visit(world.context)
    said = Said(kind=Kind.OCCURRENCE, occurred_on=date(2026, 6, 29), title="A line", text="A name")
    entry = write(asked, about=INES, said=said, key="a").hash
    request = ask(asked, entry=entry, fields=["text"], basis=Basis.THIRD_PERSON, key="b")
    asked_at = datetime.fromisoformat(request.recorded_at)
    early = at(world, asked_at + timedelta(hours=24) - timedelta(seconds=1))
    with pytest.raises(Problem, match="a person alone waits"):
        grant(early, request=request.hash, key="c")
    assert by_id([entry])[0].text == "A name"
    late = at(world, asked_at + timedelta(hours=24))
    first = grant(late, request=request.hash, key="d")
    assert grant(late, request=request.hash, key="d").hash == first.hash
    struck = by_id([entry])[0]
    assert (struck.title, struck.text, struck.redacted) == ("A line", "", ("text",))
    (redaction,) = (
        each for each in entries(subjects=[INES], audiences=[Audience.SHARED]) if each.kind is Kind.REDACTION
    )
    assert redaction.amounts["alone"] is True
    assert redaction.amounts["approved_by"] == redaction.author == "operator"


def test_a_key_grants_one_request_and_no_other(world: World) -> None:
    asked = visit(world.context)
    requests = []
    for number in (1, 2):
        said = Said(
            kind=Kind.OCCURRENCE, occurred_on=date(2026, 6, 29), title=f"Line {number}", text="A name"
        )
        entry = write(asked, about=INES, said=said, key=f"a{number}").hash
        requests.append(ask(asked, entry=entry, fields=["text"], basis=Basis.THIRD_PERSON, key=f"b{number}"))
    late = at(world, datetime.fromisoformat(requests[1].recorded_at) + timedelta(hours=25))
    grant(late, request=requests[0].hash, key="c")
    with pytest.raises(KeyTaken):
        grant(late, request=requests[1].hash, key="c")
    grant(late, request=requests[1].hash, key="d")
    stream = entries(subjects=[INES], audiences=[Audience.SHARED])
    assert [each.text for each in stream if each.title.startswith("Line")] == ["", ""]
