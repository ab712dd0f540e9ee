"""What is kept ready is read while it holds, computed again when it does not, and never differs unseen."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_words import Noun, Relation
from datumline.domain.people.reach import reach_of, within
from datumline.store import ledger
from datumline.store.projections import (
    Computed,
    Ends,
    Making,
    Question,
    cached,
    ends_and_kept,
    keep,
)
from datumline.store.verifying import verify
from support.ledgers import DAY, OpenedLedger

SHARED = (Audience.SHARED,)
computed: list[date] = []


@pytest.fixture(autouse=True)
def counting() -> None:
    """A computation that is counted: how many entries there are, for ten days."""
    computed.clear()


def ends(question: Question) -> Ends:
    return Ends(heads=tuple(ledger.heads(subjects=[question.subject], audiences=SHARED)))


def count(question: Question) -> Computed:
    computed.append(question.as_of)
    found = ledger.entries(subjects=[question.subject], audiences=SHARED)
    return {"entries": len(found)}, question.as_of + timedelta(days=10)


COUNT = Making(ends=ends, compute=count)


def question(book: OpenedLedger) -> Question:
    return Question(
        what="count", subject=book.mira, reach=frozenset({Noun.ENTRY}), pack="default@1", as_of=DAY
    )


def test_it_is_computed_once_while_it_holds(book: OpenedLedger) -> None:
    book.append(book.note())
    asked = question(book)
    answers = [cached(replace(asked, as_of=DAY + timedelta(days=later)), COUNT) for later in (0, 0, 9)]
    assert answers == [{"entries": 2}] * 3
    assert len(computed) == 1


def test_time_a_new_entry_another_pack_or_an_earlier_day_asks_anew(book: OpenedLedger) -> None:
    book.append(book.note())
    asked = question(book)
    cached(asked, COUNT)
    cached(replace(asked, as_of=DAY + timedelta(days=10)), COUNT)
    cached(replace(asked, as_of=DAY), COUNT)
    cached(replace(asked, pack="default@2"), COUNT)
    cached(replace(asked, reach=frozenset({Noun.ENTRY, Noun.FEEDBACK_NOTE})), COUNT)
    assert len(computed) == 5
    book.append(book.note())
    assert cached(asked, COUNT) == {"entries": 3}
    assert len(computed) == 6


def test_private_streams_are_in_nobodys_reach() -> None:
    everything = reach_of(frozenset(Relation))
    assert not any(within(everything, Audience.PRIVATE, kind) for kind in Kind)


def test_what_was_made_before_a_stream_went_on_is_not_stored(book: OpenedLedger) -> None:
    book.append(book.note())
    asked = question(book)
    before = ends(asked)
    book.append(book.note())
    keep([(asked, before, count(asked))])
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM projection")
        assert cursor.fetchone()[0] == 0


def test_ends_and_what_is_kept_come_in_one_query(book: OpenedLedger) -> None:
    book.append(book.note())
    asked = question(book)
    cached(asked, COUNT)
    heads, kept = ends_and_kept(
        subjects=[book.mira], audiences=SHARED, what="count", reaches=[asked.reach, frozenset({Noun.PLAN})]
    )
    assert heads == ledger.heads(subjects=[book.mira], audiences=SHARED)
    (row,) = kept.values()
    assert row.body == '{"entries":2}'
    assert row.holds(pack="default@1", heads=ends(asked).name, on=DAY.isoformat())


def test_another_writer_is_not_waited_for(book: OpenedLedger) -> None:
    """A page that has worked something out shows it and stores it another time."""
    if connection.vendor != "sqlite":
        return
    book.append(book.note())
    asked = question(book)
    with sqlite3.connect(connection.settings_dict["NAME"]) as other:
        other.execute("BEGIN IMMEDIATE")
        assert cached(asked, COUNT) == {"entries": 2}
        other.rollback()
    other.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM projection")
        assert cursor.fetchone()[0] == 0
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] > 1000


def test_a_changed_copy_is_named_and_a_stale_one_is_not(book: OpenedLedger) -> None:
    book.append(book.note())
    cached(question(book), COUNT)
    assert verify(making={"count": COUNT}).faults == ()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projection SET body = %s", ['{"entries":7}'])
    (fault,) = verify(making={"count": COUNT}).faults
    assert fault.table == "projection"
    assert book.mira in fault.what
    book.append(book.note())
    assert verify(making={"count": COUNT}).faults == ()
    assert cached(question(book), COUNT) == {"entries": 3}
