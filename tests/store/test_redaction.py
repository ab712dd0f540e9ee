"""A redaction takes a field and its salt; the entry, its place and everything else stay provable."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections, transaction

from datumline.domain.evidence.kinds import Kind
from datumline.domain.problem import Problem
from datumline.store import jobs, workspace
from datumline.store.appending import FORGET
from datumline.store.transaction import forget
from datumline.store.verifying import verify
from datumline.store.workspace import KeptForm
from support.homes import Home
from support.ledgers import OpenedLedger, now, opened

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


def test_no_half_written_form_keeps_it(book: OpenedLedger) -> None:
    first, other = book.append(book.note(CANARY), book.note("Something else."))
    (correction,) = book.append(book.note(f"{CANARY}, again", ref=first.hash, amounts={"reason": "words"}))
    for entry in (first, correction, other):
        workspace.keep(
            KeptForm(
                owner=book.jonas,
                place=f"/entries/{entry.hash}/correct?from=today",
                title="A correction",
                once=entry.hash,
                fields={"text": [CANARY]},
                saved_at=now(),
            )
        )
    redact(book, first.hash, "text")
    kept = workspace.kept(book.jonas, since=now() - timedelta(days=1))
    assert [form.once for form in kept] == [other.hash]


def test_inside_a_transaction_a_job_empties_the_journal(book: OpenedLedger) -> None:
    receipt = book.append(book.note(CANARY))[0]
    with transaction.atomic():
        redact(book, receipt.hash, "text")
    (job,) = jobs.unfinished()
    assert job.kind == FORGET
    assert forget()


def test_a_reader_keeps_the_journal_from_being_emptied(tmp_path: Path) -> None:
    book = opened(Home(folder=tmp_path, database_url=None))
    receipt = book.append(book.note(CANARY))[0]
    reader = sqlite3.connect(book.home.database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM ledger_entry").fetchone()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    redact(book, receipt.hash, "text")
    assert [job.kind for job in jobs.unfinished()] == [FORGET]
    reader.close()
    assert forget()
    connections.close_all()
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
