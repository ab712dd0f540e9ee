"""What is kept of people: equal to the ledger, within its reach, stale with the person's own entries only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from json import dumps

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access import Actor
from datumline.domain.people.reach import reach_of, within
from datumline.domain.period import at_end_of
from datumline.services.kept_form import packed, unpacked
from datumline.services.pages.briefs import Brief, brief_of, briefs_of
from datumline.services.pages.clock_lines import on_day
from datumline.services.pages.picture import Picture, picture_of
from datumline.services.projecting import refresh
from datumline.services.record import PERSONAL, PersonRecord, read_record
from datumline.services.verification import verify
from datumline.services.visit import visit
from datumline.store.ledger import entries, place
from support.forgetting import forget
from support.page_world import (
    HANA,
    INES,
    JENS,
    KOFI,
    LENA,
    MONA,
    NAMES,
    NILS,
    PRIVATE,
    TODAY,
    VERA,
    World,
    at_noon,
)

Browser = Callable[[str], Client]
Row = tuple[str, str, str]
DAYS = 21  # followed ahead from each day


def as_somebody(world: World, person: str) -> PersonRecord:
    asked = visit(replace(world.context, actor=Actor(person=MONA)))
    return read_record(asked, person, asked.context.at())


def shown(brief: Brief, day: date) -> Brief:
    """The brief as a page reads it on a day."""
    return replace(brief, clocks=tuple(on_day(line, day) for line in brief.clocks))


def kept() -> dict[Row, str]:
    """The heads of every row, by person, kind and reach."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, what, reach, heads FROM projection")
        return {(row[0], row[1], row[2]): row[3] for row in cursor.fetchall()}


@pytest.mark.slow
@pytest.mark.parametrize("person", [INES, JENS, KOFI])
def test_a_brief_stays_what_a_later_day_would_give_for_as_long_as_it_holds(world: World, person: str) -> None:
    record = as_somebody(world, person)
    written = sorted({entry.recorded_at.date() for entry in record.published})
    for back in range(0, 200, 3):
        day = TODAY - timedelta(days=back)
        brief, until = brief_of(replace(record, at=at_end_of(day)))
        next_entry = min((each for each in written if each > day), default=date.max)
        for ahead in range(1, DAYS):
            later = day + timedelta(days=ahead)
            if later >= min(until or date.max, next_entry):
                break
            fresh, _ = brief_of(replace(record, at=at_end_of(later)))
            assert shown(brief, later) == fresh, (day, later)


@pytest.mark.parametrize("person", [INES, JENS, KOFI])
def test_what_is_kept_reads_back_as_it_was(world: World, person: str) -> None:
    record = as_somebody(world, person)
    brief, picture = brief_of(record)[0], picture_of(record)
    assert unpacked(Brief, dumps(packed(brief))) == brief
    again = unpacked(Picture, dumps(packed(picture)))
    assert all(getattr(again, name) == getattr(picture, name) for name in Picture.__dataclass_fields__)


def test_a_reach_holds_what_its_reader_may_read_and_nothing_of_one_readers_own(world: World) -> None:
    everything = entries(subjects=list(NAMES), audiences=PERSONAL)
    compared = 0
    for reader, person in product(NAMES, NAMES):
        asked = visit(replace(world.context, actor=Actor(person=reader)))
        if person not in asked.people:
            continue
        reach = reach_of(asked.gate.relations.towards(person))
        theirs = [entry for entry in everything if entry.subject == person]
        readable = asked.gate.readable_entries(theirs)
        assert [each for each in readable if each.audience is not Audience.PRIVATE] == [
            each for each in theirs if within(reach, each.audience, each.kind)
        ]
        compared += len(readable)
    assert compared > 100


def test_no_row_holds_what_its_reach_does_not(visit_as: Browser) -> None:
    for reader in (MONA, VERA, HANA, INES):
        for address in ("/", f"/people/{INES}"):
            assert visit_as(reader).get(address).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT reach, body FROM projection")
        rows = cursor.fetchall()
    assert len({reach for reach, _ in rows}) == 3
    assert any("Dates at risk" in body for _, body in rows)
    for reach, body in rows:
        assert PRIVATE not in body
        assert "feedback-note" in reach or "Dates at risk" not in body


def test_an_entry_makes_only_its_persons_rows_stale(visit_as: Browser) -> None:
    mona = visit_as(MONA)
    for address in ("/", f"/people/{INES}", f"/people/{JENS}"):
        mona.get(address)
    before = kept()
    new = Draft(
        kind=Kind.OCCURRENCE,
        author=MONA,
        subject=INES,
        occurred_on=TODAY,
        title="Quite new",
        seen=Seen.OBSERVED,
    )
    place([new], clock=at_noon(TODAY))
    for address in ("/", f"/people/{JENS}"):
        mona.get(address)
    assert "Quite new" in mona.get(f"/people/{INES}").content.decode()
    after = kept()
    assert before.keys() == after.keys()
    assert {key[0] for key in before if before[key] != after[key]} == {INES}


def said(browser: Client, address: str) -> str:
    """A page without the numbers that its form has anew each time."""
    return re.sub(
        r'(csrfmiddlewaretoken|once|keep)" value="[^"]+"', "", browser.get(address).content.decode()
    )


def test_a_new_process_works_nothing_out_again(visit_as: Browser) -> None:
    mona = visit_as(MONA)
    for address in ("/", f"/people/{INES}"):
        first = said(mona, address)
        forget()
        with CaptureQueriesContext(connection) as asked:
            again = said(mona, address)
        assert again == first
        assert not any("INTO projection" in query["sql"] for query in asked)


def test_verify_works_out_again_what_pages_kept(world: World, visit_as: Browser) -> None:
    visit_as(MONA).get("/")
    visit_as(MONA).get(f"/people/{INES}")
    assert verify(world.home.folder).faults == ()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE projection SET body = replace(body, 'Dates at risk', 'Nothing') WHERE what = 'picture'"
        )
    (fault,) = verify(world.home.folder).faults
    assert INES in fault.what


def test_the_job_works_out_so_many_and_says_how_many_are_left(world: World) -> None:
    left = refresh(world.context, limit=2)
    assert left == len(NAMES) - 2
    assert len(kept()) == 2
    assert refresh(world.context, limit=100) == 0
    assert refresh(world.context, limit=0) == 0
    asked = visit(replace(world.context, actor=Actor(person=VERA)))
    with CaptureQueriesContext(connection) as queries:
        found = briefs_of(asked, [INES, JENS, KOFI, LENA, NILS])
    assert (len(found.found), found.missing, len(queries)) == (5, 0, 1)


def test_a_private_note_stands_on_its_authors_page_and_in_no_row(visit_as: Browser) -> None:
    page = visit_as(MONA).get(f"/people/{INES}").content.decode()
    assert PRIVATE in page
    assert PRIVATE not in visit_as(VERA).get(f"/people/{INES}").content.decode()
    rows = page.count("<tr")
    assert rows == visit_as(VERA).get(f"/people/{INES}").content.decode().count("<tr") + 1
