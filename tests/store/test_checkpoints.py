"""Checkpoints: signed over everything, never against what was signed before."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from datumline.domain.evidence.checkpoint import checkpoint_from
from datumline.domain.people.access import Actor
from datumline.domain.problem import Problem
from datumline.services.checkpoints import LAST, checkpoint, faults, proof
from datumline.services.context import Context
from datumline.services.ledger import list_key
from datumline.signing.keys import signing_key
from support.ledgers import OpenedLedger


def context(book: OpenedLedger) -> Context:
    return Context(
        actor=Actor(operator=True),
        clock=lambda: datetime.now(UTC),
        today=date(2026, 6, 30),
        home=book.home.folder,
    )


def unguarded(statement: str, *values: Any) -> None:
    """Change what nobody may change, as somebody with the database in hand would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, list(values))


def test_a_checkpoint_covers_everything_and_is_signed_once(book: OpenedLedger) -> None:
    book.append(book.note("one"), book.note("two"))
    first = checkpoint(context(book)).checkpoint
    assert first == checkpoint(context(book)).checkpoint
    assert checkpoint_from(first.note) == first
    book.append(book.note("three"))
    second = checkpoint(context(book)).checkpoint
    assert second.size == first.size + 1
    assert second.root != first.root
    assert list(faults(book.home.folder, [book.signer.key_id])) == []


def test_a_checkpoint_of_another_machine_of_the_organisation_is_ours(
    book: OpenedLedger, tmp_path: Path
) -> None:
    book.append(book.note("one"))
    made = checkpoint(context(book)).checkpoint
    (tmp_path / "home.json").write_text(json.dumps({"origin": "the-other-machine"}))
    second = signing_key(tmp_path / "keys", origin="the-other-machine")
    listed = [book.signer.key_id, second.key_id]
    list_key(second)
    assert list(faults(tmp_path, listed)) == []
    checkpoint(replace(context(book), home=tmp_path))
    assert list(faults(book.home.folder, listed)) == []
    only_second = [fault.what for fault in faults(tmp_path, [second.key_id])]
    assert only_second == [f"the checkpoint of {made.size} entries is not ours"]


def test_a_changed_entry_is_never_signed_over(book: OpenedLedger) -> None:
    (receipt,) = book.append(book.note("one"))
    checkpoint(context(book))
    unguarded("UPDATE ledger_entry SET header = header || ' ' WHERE hash = %s", receipt.hash)
    with pytest.raises(Problem, match="does not continue"):
        checkpoint(context(book))
    assert [fault.table for fault in faults(book.home.folder, [])] == ["ledger_checkpoint"]


def test_another_order_is_never_signed_over(book: OpenedLedger) -> None:
    book.append(book.note("one"))
    checkpoint(context(book))
    book.append(book.note("two"))
    unguarded("DELETE FROM ledger_log WHERE number = 0")
    with pytest.raises(Problem, match="does not continue"):
        checkpoint(context(book))


def test_the_file_beside_the_key_sees_what_the_database_took_back(book: OpenedLedger) -> None:
    book.append(book.note("one"))
    checkpoint(context(book))
    assert (book.home.folder / "keys" / LAST).exists()
    for statement in (
        "DELETE FROM ledger_checkpoint",
        "UPDATE ledger_log SET entry = 'gone' WHERE number = 0",
    ):
        unguarded(statement)
    with pytest.raises(Problem, match="does not continue") as refused:
        checkpoint(context(book))
    assert LAST in refused.value.where


@pytest.mark.parametrize("forged", ["elsewhere", ""])
def test_a_forged_note_is_named(book: OpenedLedger, forged: str) -> None:
    book.append(book.note("one"))
    made = checkpoint(context(book)).checkpoint
    note = made.note.replace(made.origin, forged) if forged else "no note"
    unguarded("UPDATE ledger_checkpoint SET note = %s WHERE size = %s", note, made.size)
    found = [fault.what for fault in faults(book.home.folder, [book.signer.key_id])]
    assert f"the checkpoint of {made.size} entries is not " in found[0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_log SET entry = 'x'",
        "DELETE FROM ledger_log",
        "INSERT INTO ledger_log (number, entry) VALUES (99, 'x')",
        "UPDATE ledger_checkpoint SET note = 'x'",
        "DELETE FROM ledger_checkpoint",
    ],
)
def test_the_database_keeps_both(book: OpenedLedger, statement: str) -> None:
    book.append(book.note("one"))
    checkpoint(context(book))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_proof_holds_a_path_for_every_entry(book: OpenedLedger) -> None:
    book.append(*[book.note(f"note {number}") for number in range(9)])
    made = proof(context(book), book.mira)
    entries = made["streams"][0]["entries"]  # type: ignore[index, call-overload]
    assert len(entries) == 10  # type: ignore[arg-type]
    with pytest.raises(Problem, match="nothing is on file"):
        proof(context(book), book.jonas)
