"""The one-file verifier, run by plain python3 as somebody outside runs it."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from datumline.domain.evidence.kinds import Kind
from datumline.services import checkpoints, ledger
from datumline.signing import offline_verifier
from support.homes import Home
from support.ledgers import OpenedLedger, opened


class Outside:
    """What somebody outside has: the verifier, a receipt, an export and a copy of the database."""

    def __init__(self, folder: Path, book: OpenedLedger) -> None:
        self.folder = folder
        self.book = book
        self.receipt = folder / "receipt.json"
        self.export = folder / "export.json"
        self.database = folder / "copy.sqlite3"
        (folder / "verify.py").write_bytes(ledger.offline_verifier())

    def take(self) -> None:
        """Take an export and a copy of the database as they are now."""
        context: Any = SimpleNamespace(home=self.book.home.folder)
        self.export.write_text(json.dumps(ledger.export(context, self.book.mira), ensure_ascii=False))
        connections.close_all()
        shutil.copy(self.book.home.database, self.database)

    def check(self, source: Path, *more: str) -> tuple[str, int]:
        """The first word or words of the answer, and the exit code."""
        return self.check_alone(str(source), *more)

    def check_alone(self, *more: str) -> tuple[str, int]:
        """The same, of what was kept by itself."""
        command = [sys.executable, "-I", "-S", "verify.py", str(self.receipt), *more]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.stdout.split(":")[0], done.returncode

    def tamper(self, *statements: str) -> None:
        """Change the copied database, its guards taken away."""
        with sqlite3.connect(self.database) as database:
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                database.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                assert database.execute(statement).rowcount, statement

    def rewrite(self, change: Callable[[list[dict[str, Any]]], None]) -> None:
        """Change the entries of the export."""
        said = json.loads(self.export.read_text())
        change(said["streams"][0]["entries"])
        self.export.write_text(json.dumps(said, ensure_ascii=False))


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """Six entries; the receipt is for seq 3."""
    book = opened(Home(folder=tmp_path / "home", database_url=None))
    made = Outside(tmp_path, book)
    receipts = book.append(*[book.note(f"Note {number} «é🚲»") for number in range(1, 6)])
    made.receipt.write_text(json.dumps(receipts[2].document()))
    made.take()
    yield made
    connections.close_all()


def test_all_is_well(outside: Outside) -> None:
    key = outside.book.signer.key_id
    assert outside.check(outside.export) == ("OK", 0)
    assert outside.check(outside.database, "--key", key[:16]) == ("OK", 0)
    assert outside.check(outside.export, "--key", key.upper()) == ("OK", 0)


def test_a_redacted_entry_is_told(outside: Outside) -> None:
    entry = outside.book.shared()[3]
    amounts = {"fields": ["text"], "basis": "request", "approved_by": outside.book.mira}
    outside.book.append(outside.book.note("", kind=Kind.REDACTION, ref=entry.id, amounts=amounts))
    outside.take()
    assert outside.check(outside.export) == ("REDACTED", 0)
    assert outside.check(outside.database) == ("REDACTED", 0)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_entry SET body = replace(body, 'Note 2', 'Note 9') WHERE seq = 2",
        "UPDATE ledger_entry SET header = replace(header, 'written-note', 'recognition') WHERE seq = 2",
        "UPDATE ledger_entry SET header = replace(header, '\"v\":1', '\"v\": 1') WHERE seq = 2",
        "UPDATE ledger_entry SET hash = replace(hash, substr(hash, 1, 4), 'ffff') WHERE seq = 2",
        "UPDATE ledger_entry SET body = '{}' WHERE seq = 2",
        "UPDATE ledger_entry SET body = x'ff' WHERE seq = 2",
        "UPDATE ledger_entry SET recorded_at = replace(recorded_at, 'Z', '0Z') WHERE seq = 2",
        "UPDATE ledger_entry SET kind = 'recognition' WHERE seq = 2",
        "UPDATE ledger_entry SET author = 'somebody else' WHERE seq = 2",
        "UPDATE ledger_entry SET author = NULL WHERE seq = 2",
        "UPDATE ledger_entry SET ref = hash WHERE seq = 2",
        "DELETE FROM ledger_entry WHERE seq = 2",
    ],
)
def test_a_changed_entry_breaks_the_stream(outside: Outside, change: str) -> None:
    outside.tamper(change)
    word, code = outside.check(outside.database)
    assert (word, code) == ("BROKEN", 1)


def test_swapped_and_dropped_entries_break_an_export(outside: Outside) -> None:
    outside.rewrite(lambda entries: entries.insert(1, entries.pop(2)))
    assert outside.check(outside.export) == ("BROKEN", 1)
    outside.take()
    outside.rewrite(lambda entries: entries.insert(2, entries[1]))
    assert outside.check(outside.export)[1] == 1


def test_a_field_gone_without_a_redaction_breaks_the_stream(outside: Outside) -> None:
    def strike(entries: list[dict[str, Any]]) -> None:
        body = json.loads(entries[2]["body"]) | {"text": None}
        entries[2]["body"] = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    outside.rewrite(strike)
    assert outside.check(outside.export) == ("BROKEN", 1)


def test_a_stream_cut_short(outside: Outside) -> None:
    outside.tamper("DELETE FROM ledger_entry WHERE seq >= 3")
    assert outside.check(outside.database) == ("TRUNCATED", 1)


def test_a_history_written_anew_under_the_same_stream(outside: Outside) -> None:
    """Somebody with the key and the database tells another story: the receipt does not fit it."""
    other = opened(Home(folder=outside.folder / "other", database_url=None))
    told = OpenedLedger(home=other.home, signer=outside.book.signer, mira=outside.book.mira)
    receipts = told.append(*[told.note(f"Another {number}") for number in range(5)])
    receipt = json.loads(outside.receipt.read_text())
    outside.receipt.write_text(json.dumps(resigned(receipt | {"stream": receipts[0].stream}, told)))
    context: Any = SimpleNamespace(home=other.home.folder)
    outside.export.write_text(json.dumps(ledger.export(context, told.mira)))
    assert outside.check(outside.export) == ("FORK", 1)


def resigned(receipt: dict[str, Any], book: OpenedLedger) -> dict[str, Any]:
    said = {name: value for name, value in receipt.items() if name != "signature"}
    signed = book.signer.sign(b"evl1/receipt\0" + offline_verifier.canonical(said).encode())
    return said | {"signature": signed.hex()}


@pytest.mark.parametrize(
    ("field", "value"),
    [("seq", 4), ("recorded_at", "2020-01-01T00:00:00.000000Z"), ("origin", "elsewhere"),
     ("key_id", "0" * 64), ("signature", "00" * 64), ("signature", "zz"), ("public_key", "11" * 32),
     ("public_key", "")],
)  # fmt: skip
def test_a_receipt_that_was_changed(outside: Outside, field: str, value: object) -> None:
    outside.receipt.write_text(json.dumps(json.loads(outside.receipt.read_text()) | {field: value}))
    assert outside.check(outside.export) == ("WRONG KEY", 1)


def test_a_receipt_of_another_key_than_the_one_told(outside: Outside) -> None:
    assert outside.check(outside.export, "--key", "ab" * 32) == ("WRONG KEY", 1)
    assert outside.check(outside.export, "--key", outside.book.signer.key_id[:8]) == ("WRONG KEY", 1)


def test_what_cannot_be_told(outside: Outside) -> None:
    stranger = outside.folder / "stranger.json"
    for content in (
        "",
        "[]",
        "{}",
        '{"v":2,"streams":[]}',
        '{"v":1,"streams":[]}',
        '{"v":1,"streams":7}',
        "[" * 9000,
    ):
        stranger.write_text(content)
        assert outside.check(stranger) == ("UNKNOWN", 2), content
    stranger.write_bytes(b"SQLite format 3\0" + bytes(5000))
    assert outside.check(stranger) == ("UNKNOWN", 2)
    assert outside.check(outside.folder / "nowhere") == ("UNKNOWN", 2)
    outside.receipt.write_text("{}")
    assert outside.check(outside.export) == ("UNKNOWN", 2)


def test_the_verifier_leans_on_the_standard_library_alone() -> None:
    text = Path(offline_verifier.__file__).read_text()
    imported = {
        line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= sys.stdlib_module_names


# RFC 8032, section 7.1: secret key, public key, message, signature
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard(public: str, message: str, signature: str) -> None:
    given_ = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    assert offline_verifier.signature_holds(*given_)
    assert not offline_verifier.signature_holds(given_[0], given_[1] + b"x", given_[2])


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 511))
def test_it_agrees_with_the_library_and_no_flipped_bit_passes(message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.generate()
    public, signature = private.public_key().public_bytes_raw(), bytearray(private.sign(message))
    assert offline_verifier.signature_holds(public, message, bytes(signature))
    signature[bit // 8] ^= 1 << bit % 8
    assert not offline_verifier.signature_holds(public, message, bytes(signature))


def proved(outside: Outside) -> None:
    """Keep a proof in place of the receipt."""
    context: Any = SimpleNamespace(home=outside.book.home.folder, clock=lambda: datetime.now(UTC))
    made = checkpoints.proof(context, outside.book.mira)
    outside.receipt.write_text(json.dumps(made, ensure_ascii=False))


def test_a_proof_is_checked_alone_and_against_a_later_ledger(outside: Outside) -> None:
    proved(outside)
    key = outside.book.signer.key_id
    assert outside.check_alone("--key", key) == ("OK", 0)
    assert outside.check_alone("--key", "ab" * 32) == ("WRONG KEY", 1)
    outside.book.append(outside.book.note("Later"))
    outside.take()
    assert outside.check(outside.export) == ("OK", 0)
    assert outside.check(outside.database) == ("OK", 0)
    outside.tamper("DELETE FROM ledger_entry WHERE seq >= 3")
    assert outside.check(outside.database) == ("TRUNCATED", 1)
    proved(outside)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda said: said["streams"][0]["entries"][2].update(index=0), "BROKEN"),
        (lambda said: said["streams"][0]["entries"][2]["path"].reverse(), "BROKEN"),
        (lambda said: said["streams"][0]["entries"][2].pop("path"), "UNKNOWN"),
        (lambda said: said["streams"][0]["entries"].pop(2), "BROKEN"),
        (lambda said: said["streams"][0].update(entries=[]), "UNKNOWN"),
        (lambda said: said.update(streams=[]), "UNKNOWN"),
        (lambda said: said.update(streams=[7]), "UNKNOWN"),
        (lambda said: said.update(origin="elsewhere"), "WRONG KEY"),
        (lambda said: said.update(public_key="11" * 32), "WRONG KEY"),
        (lambda said: said.update(public_key="x"), "WRONG KEY"),
        (lambda said: said.update(checkpoint=""), "UNKNOWN"),
        (lambda said: said.update(checkpoint=said["checkpoint"].replace("\n9\n", "\n8\n")), "WRONG KEY"),
        (lambda said: said.update(v=2), "UNKNOWN"),
    ],
)
def test_a_proof_that_was_changed(outside: Outside, change: Callable[[Any], object], word: str) -> None:
    proved(outside)
    said = json.loads(outside.receipt.read_text())
    assert "\n9\n" in said["checkpoint"]
    change(said)
    outside.receipt.write_text(json.dumps(said, ensure_ascii=False))
    assert outside.check_alone()[0] == word


def test_a_receipt_alone_is_no_proof(outside: Outside) -> None:
    assert outside.check_alone() == ("UNKNOWN", 2)
