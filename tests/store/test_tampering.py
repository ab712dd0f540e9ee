"""Whatever is changed below the ledger's feet, `verify` says where: stream and position."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.verification import Fault
from datumline.store.verifying import verify
from support.ledgers import OpenedLedger

FLIPS = int(os.environ.get("DATUMLINE_TEST_FLIPS", "1000"))
SEED = 20260504
Value = str | int | bytes | None
TABLES = ("ledger_entry", "ledger_stream", "ledger_head", "people_said", "people_key")
OWN_COLUMN = {"ledger_entry": "stream", "ledger_head": "stream", "ledger_stream": "id"}


@pytest.fixture
def written(book: OpenedLedger) -> OpenedLedger:
    """A book with every column in use: keys, sources, refs, a redaction, several streams, people."""
    first = book.append(
        profile(book, book.mira, "Mira Tal"),
        profile(book, book.jonas, "Jonas Ek"),
        book.note("A first note.", key="k1", concern="late deliveries"),
        book.note("Später 🚲", source="csv:1", links=("a", "b")),
        book.note(audience=Audience.PRIVATE),
        book.note(audience=Audience.CASE, key="k2"),
    )
    named = first[2].hash
    book.append(
        book.note("A first note, mended.", ref=named, amounts={"reason": "the date was wrong"}),
        book.note(kind=Kind.DISPUTE, author=book.mira, ref=named, amounts={"reason": "It was on time."}),
        book.note(
            "",
            kind=Kind.REDACTION,
            ref=first[3].hash,
            amounts={"fields": ["text"], "basis": "request", "approved_by": book.mira},
        ),
    )
    assert verify().faults == ()
    return book


def profile(book: OpenedLedger, person: str, name: str) -> Draft:
    return book.note(
        "", kind=Kind.PROFILE, subject=person, amounts={"name": name, "emails": [f"{name}@example.org"]}
    )


@pytest.fixture
def unguarded(written: OpenedLedger) -> OpenedLedger:
    """The same book after somebody with the database's keys took the guards away."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    return written


def rows(table: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def set_value(table: str, row: dict[str, Any], column: str, value: Value) -> None:
    """Set one column of one row; bytes become text as they are."""
    cast = "CAST(%s AS TEXT)" if isinstance(value, bytes) and connection.vendor == "sqlite" else "%s"
    said = value.decode() if isinstance(value, bytes) and connection.vendor == "postgresql" else value
    keys = [name for name in row if name != column and row[name] is not None]
    where = " AND ".join(f"{name} = %s" for name in keys)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = {cast} WHERE {where}", [said, *(row[name] for name in keys)]
        )
        assert cursor.rowcount == 1


def flipped(value: Value, chance: random.Random) -> Value:
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(40))
    raw = bytearray(str(value).encode())
    raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw)


def place_of(table: str, row: dict[str, Any]) -> tuple[str, int]:
    return row[OWN_COLUMN[table]], row.get("seq", 0)


def test_any_flipped_bit_is_named(unguarded: OpenedLedger) -> None:
    del unguarded
    chance = random.Random(SEED)  # noqa: S311 - a repeatable choice, not a secret
    stored = {table: rows(table) for table in TABLES}
    sizes = [sum(len(str(value)) for row in stored[table] for value in row.values()) for table in TABLES]
    wanted = FLIPS if connection.vendor == "sqlite" else FLIPS // 5
    seen: set[tuple[str, str]] = set()
    done = 0
    while done < wanted:
        evenly = [1] * len(TABLES) if done % 2 else sizes
        table = chance.choices(TABLES, evenly)[0]
        row = chance.choice(stored[table])
        column = chance.choice([name for name, value in row.items() if value not in {None, ""}])
        value = flipped(row[column], chance)
        try:
            set_value(table, row, column, value)
        except (DatabaseError, UnicodeDecodeError, ValueError):
            continue  # the database itself refuses these bytes
        faults = verify().faults
        assert named(table, row, faults), (table, column, row[column], value, faults)
        restored = row | {
            column: value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value
        }
        restore(table, row, column, restored)
        seen.add((table, column))
        done += 1
    assert verify().faults == ()
    assert len(seen) > 25


def restore(table: str, row: dict[str, Any], column: str, changed: dict[str, Any]) -> None:
    keys = [name for name in row if name != column and row[name] is not None]
    assert changed.keys() == row.keys()
    where = " AND ".join(f"{name} = %s" for name in keys)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {where}", [row[column], *(row[name] for name in keys)]
        )
        assert cursor.rowcount == 1


def named(table: str, row: dict[str, Any], faults: tuple[Fault, ...]) -> bool:
    if table not in OWN_COLUMN:
        return any(fault.table == table for fault in faults)
    return place_of(table, row) in {(fault.stream, fault.seq) for fault in faults}


def test_swapped_dropped_and_repeated_entries_are_named(unguarded: OpenedLedger) -> None:
    stream = unguarded.shared()[0].stream
    kept = [row for row in rows("ledger_entry") if row["stream"] == stream]
    for change, expected in structural_changes(stream, len(kept) - 1):
        with connection.cursor() as cursor:
            change(cursor)
        places = {(fault.stream, fault.seq) for fault in verify().faults}
        assert expected & places, (change.__name__, places)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_entry WHERE stream = %s", [stream])
            for row in kept:
                marks = ", ".join(["%s"] * len(row))
                cursor.execute(
                    f"INSERT INTO ledger_entry ({', '.join(row)}) VALUES ({marks})", list(row.values())
                )
        assert verify().faults == ()


def structural_changes(stream: str, last: int) -> list[tuple[Callable[[Any], None], set[tuple[str, int]]]]:
    def drop_middle(cursor: Any) -> None:
        cursor.execute("DELETE FROM ledger_entry WHERE stream = %s AND seq = 2", [stream])

    def drop_last(cursor: Any) -> None:
        cursor.execute("DELETE FROM ledger_entry WHERE stream = %s AND seq = %s", [stream, last])

    def drop_all(cursor: Any) -> None:
        cursor.execute("DELETE FROM ledger_entry WHERE stream = %s", [stream])

    def swap(cursor: Any) -> None:
        for old, new in ((2, 9000), (3, 2), (9000, 3)):
            cursor.execute(
                "UPDATE ledger_entry SET seq = %s WHERE stream = %s AND seq = %s", [new, stream, old]
            )

    def redate(cursor: Any) -> None:
        cursor.execute(
            "UPDATE ledger_entry SET recorded_at = %s WHERE stream = %s AND seq = 2",
            ["2020-01-01T00:00:00.000000Z", stream],
        )

    return [
        (drop_middle, {(stream, 2)}),
        (drop_last, {(stream, last)}),
        (drop_all, {(stream, 0)}),
        (swap, {(stream, 2), (stream, 3)}),
        (redate, {(stream, 2)}),
    ]


def test_a_field_taken_without_a_redaction_is_named(unguarded: OpenedLedger) -> None:
    entry = next(entry for entry in unguarded.shared() if entry.text == "A first note.")
    row = next(row for row in rows("ledger_entry") if row["hash"] == entry.id)
    field = row["body"].index('"text":') + len('"text":')
    end = row["body"].index("]", field) + 1
    body = f"{row['body'][:field]}null{row['body'][end:]}"
    set_value("ledger_entry", row, "body", body.encode())
    (fault,) = verify().faults
    assert (fault.stream, fault.seq) == (entry.stream, entry.seq)
    assert "no redaction names it" in fault.what
