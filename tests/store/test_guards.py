"""The database itself refuses: no change, no removal, no fork, whoever asks and however they ask."""

from __future__ import annotations

import sqlite3

import pytest
from django.db import DatabaseError, connection, transaction

from datumline.domain.evidence.kinds import Kind
from datumline.domain.problem import Problem
from datumline.store import health
from datumline.store.ledger_tables import guards
from datumline.store.verifying import verify
from support.ledgers import OpenedLedger

ENTRY = "stream, seq, prev, hash, kind, ref, recorded_at, author, source, key, header, body"
FIRST = "FROM ledger_entry WHERE seq = 1 AND kind = 'written-note'"
COPY = f"INSERT INTO ledger_entry ({ENTRY}) SELECT {ENTRY} {FIRST}"
FORK = COPY.replace(f"SELECT {ENTRY}", f"SELECT {ENTRY.replace('hash', 'upper(hash)')}")
GAP = COPY.replace(f"SELECT {ENTRY}", f"SELECT {ENTRY.replace('seq', '99').replace('hash', 'upper(hash)')}")
ATTEMPTS = {
    "update": "UPDATE ledger_entry SET body = '{}'",
    "update nothing": "UPDATE ledger_entry SET body = body",
    "update place": "UPDATE ledger_entry SET seq = seq + 100",
    "update header": "UPDATE ledger_entry SET header = '{}'",
    "delete": "DELETE FROM ledger_entry",
    "delete stream": "DELETE FROM ledger_stream",
    "update stream": "UPDATE ledger_stream SET owner = 'x'",
    "delete head": "DELETE FROM ledger_head",
    "head back": "UPDATE ledger_head SET seq = 0",
    "head elsewhere": "UPDATE ledger_head SET seq = seq + 1",
    "copy": COPY,
    "fork": FORK,
    "gap": GAP,
    "ignored conflict": f"{COPY} ON CONFLICT DO NOTHING",
    "conflict as update": f"{COPY} ON CONFLICT (stream, seq) DO UPDATE SET body = '{{}}'",
}
SQLITE_ONLY = {
    "replace": COPY.replace("INSERT", "REPLACE", 1),
    "insert or replace": COPY.replace("INSERT", "INSERT OR REPLACE", 1),
    "insert or ignore": COPY.replace("INSERT", "INSERT OR IGNORE", 1),
    "fork or replace": FORK.replace("INSERT", "INSERT OR REPLACE", 1),
    "update or replace": "UPDATE OR REPLACE ledger_entry SET seq = 0",
}
POSTGRESQL_ONLY = {"truncate": "TRUNCATE ledger_entry CASCADE", "truncate heads": "TRUNCATE ledger_head"}


@pytest.fixture
def two(book: OpenedLedger) -> OpenedLedger:
    book.append(book.note("One.", source="csv:1", key="k"), book.note("Two."))
    return book


def test_every_way_to_rewrite_is_refused(two: OpenedLedger) -> None:
    before = two.shared()
    only = SQLITE_ONLY if connection.vendor == "sqlite" else POSTGRESQL_ONLY
    for name, sql in (ATTEMPTS | only).items():
        refusable = sql
        if connection.vendor == "sqlite" and "ON CONFLICT" in sql:
            refusable = sql.replace(" ON CONFLICT", " AND true ON CONFLICT")  # SQLite's grammar asks for it
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(refusable)
        assert two.shared() == before, name
    assert verify().faults == ()


def test_a_plain_connection_without_our_settings_is_refused_too(two: OpenedLedger) -> None:
    if connection.vendor != "sqlite":
        return
    foreign = sqlite3.connect(two.home.database)
    for sql in (ATTEMPTS | SQLITE_ONLY).values():
        with pytest.raises(sqlite3.Error):
            foreign.execute(sql.replace(" ON CONFLICT", " AND true ON CONFLICT"))
        foreign.rollback()
    foreign.close()
    assert verify().faults == ()


def test_a_redaction_by_hand_is_refused(two: OpenedLedger) -> None:
    """A field can go only inside the transaction that appends the redaction which names it."""
    entry = two.shared()[1]
    struck = "UPDATE ledger_entry SET body = replace(body, %s, %s) WHERE hash = %s"
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM ledger_entry WHERE hash = %s", [entry.id])
        body = cursor.fetchone()[0]
    field = body[body.index('"text":[') + 7 : body.index("]", body.index('"text":[')) + 1]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(struck, [field, "null", entry.id])
    two.append(
        two.note(
            "",
            kind=Kind.REDACTION,
            ref=entry.id,
            amounts={"fields": ["text"], "basis": "request", "approved_by": two.mira},
        )
    )
    second = two.shared()[2]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET body = '{}' WHERE hash = %s", [second.id])
    assert two.shared()[1].text == ""
    assert verify().faults == ()


def test_all_guards_stand(two: OpenedLedger) -> None:
    del two
    assert len(guards(connection.vendor)) >= 9
    assert health.missing_guards() == []


def test_a_redaction_needs_two_persons_and_spares_the_spine(two: OpenedLedger) -> None:
    entry = two.shared()[1]
    wrong = [
        {"fields": ["text"], "basis": "request", "approved_by": two.jonas},
        {"fields": ["author"], "basis": "request", "approved_by": two.mira},
        {"fields": ["title"], "basis": "request", "approved_by": two.mira},
    ]
    for amounts in wrong:
        with pytest.raises(Problem):
            two.append(two.note("", kind=Kind.REDACTION, ref=entry.id, amounts=amounts))
    assert two.shared()[1].text == "One."
