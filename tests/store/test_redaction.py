"""A redaction takes a field and its salt; the entry, its place and everything else stay provable."""

from __future__ import annotations

import pytest
from django.db import connection

from datumline.domain.evidence.kinds import Kind
from datumline.domain.problem import Problem
from datumline.store.verifying import verify
from support.ledgers import OpenedLedger

CANARY = "canary-7d1f-Mira-Tal"


def redact(book: OpenedLedger, entry: str, *fields: str) -> None:
    amounts = {"fields": list(fields), "basis": "request", "approved_by": book.mira}
    book.append(book.note("", kind=Kind.REDACTION, ref=entry, amounts=amounts))


def test_the_field_is_gone_and_the_rest_stands(book: OpenedLedger) -> None:
    receipt = book.append(book.note(CANARY, title="Kept", concern="kept too"))[0]
    redact(book, receipt.hash, "text")
    entry = book.shared()[1]
    assert (entry.text, entry.title, entry.redacted) == ("", "Kept", ("text",))
    assert entry.id == receipt.hash
    assert verify().faults == ()
    with pytest.raises(Problem, match="nothing to redact in text"):
        redact(book, receipt.hash, "text")
    redact(book, receipt.hash, "title", "concern")
    assert book.shared()[1].redacted == ("concern", "text", "title")
    assert verify().faults == ()


def test_nothing_of_it_stays_in_the_database(book: OpenedLedger) -> None:
    receipt = book.append(book.note(CANARY))[0]
    redact(book, receipt.hash, "text")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry WHERE body LIKE %s", [f"%{CANARY}%"])
        assert cursor.fetchone()[0] == 0
    if connection.vendor == "sqlite":
        files = [path for path in book.home.folder.iterdir() if path.is_file()]
        assert [path.name for path in files if CANARY.encode() in path.read_bytes()] == []


def test_a_retraction_of_a_redaction_brings_nothing_back(book: OpenedLedger) -> None:
    receipt = book.append(book.note(CANARY))[0]
    redact(book, receipt.hash, "text")
    with pytest.raises(Problem, match="retraction of a redaction"):
        book.append(
            book.note(
                "", kind=Kind.RETRACTION, ref=book.shared()[-1].id, amounts={"reason": "a second thought"}
            )
        )
