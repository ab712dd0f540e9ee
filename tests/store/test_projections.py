"""What is kept ready is read while it holds, computed again when it does not, and never differs unseen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from datumline.domain.evidence.entry import Audience
from datumline.store import ledger, projections
from datumline.store.projections import Computed, Question, cached, keep_ready
from datumline.store.verifying import verify
from support.ledgers import DAY, OpenedLedger

computed: list[date] = []


@pytest.fixture(autouse=True)
def counting() -> Iterator[None]:
    """A computation that is counted: how many entries there are, for ten days."""
    computed.clear()
    keep_ready("count", count)
    yield
    projections._COMPUTE.pop("count")


def count(question: Question) -> Computed:
    computed.append(question.as_of)
    found = ledger.entries(subjects=[question.subject], audiences=question.audiences)
    return {"entries": len(found)}, question.as_of + timedelta(days=10)


def question(book: OpenedLedger) -> Question:
    return Question(
        what="count", subject=book.mira, audiences=frozenset({Audience.SHARED}), pack="default@1", as_of=DAY
    )


def test_it_is_computed_once_while_it_holds(book: OpenedLedger) -> None:
    book.append(book.note())
    asked = question(book)
    answers = [cached(replace(asked, as_of=DAY + timedelta(days=later))) for later in (0, 0, 9)]
    assert answers == [{"entries": 2}] * 3
    assert len(computed) == 1


def test_time_a_new_entry_another_pack_or_an_earlier_day_asks_anew(book: OpenedLedger) -> None:
    book.append(book.note())
    asked = question(book)
    cached(asked)
    cached(replace(asked, as_of=DAY + timedelta(days=10)))
    cached(replace(asked, as_of=DAY))
    cached(replace(asked, pack="default@2"))
    cached(replace(asked, audiences=frozenset({Audience.SHARED, Audience.CASE})))
    assert len(computed) == 5
    book.append(book.note())
    assert cached(asked) == {"entries": 3}
    assert len(computed) == 6


def test_private_streams_are_never_kept(book: OpenedLedger) -> None:
    asked = replace(question(book), audiences=frozenset({Audience.PRIVATE}))
    cached(asked)
    cached(asked)
    assert len(computed) == 2


def test_a_changed_copy_is_named_and_a_stale_one_is_not(book: OpenedLedger) -> None:
    book.append(book.note())
    cached(question(book))
    assert verify().faults == ()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projection SET body = %s", ['{"entries":7}'])
    (fault,) = verify().faults
    assert fault.table == "projection"
    assert book.mira in fault.what
    book.append(book.note())
    assert verify().faults == ()
    assert cached(question(book)) == {"entries": 3}
