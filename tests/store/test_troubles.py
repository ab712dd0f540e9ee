"""A database that cannot be used is one line and exit 2, and nothing is half-written."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction

from datumline.store.troubles import trouble
from datumline.store.verifying import verify
from support.homes import Home
from support.ledgers import OpenedLedger, opened

BROKEN = "the database is damaged: `datumline restore` brings a backup back"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home on SQLite with one entry, closed again."""
    made = Home(folder=tmp_path / "home", database_url=None)
    book = opened(made)
    book.append(book.note())
    connections.close_all()
    yield made
    connections.close_all()


def refused(home: Home, *arguments: str) -> str:
    done = home.run(*arguments)
    assert done.returncode == 2, done
    assert done.stderr.startswith("datumline: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    return done.stderr


def faulty(home: Home) -> list[dict[str, object]]:
    """The faults that `ledger verify` names, with exit code 1: a file that cannot be read is a fault."""
    done = home.run("ledger", "verify", "--json")
    assert (done.returncode, done.stderr) == (1, ""), done
    said = json.loads(done.stdout)
    assert said["clean"] is False
    return list(said["faults"])


def what_of(error: Exception) -> str:
    problem = trouble(error)
    assert problem is not None
    return problem.what


def database_of(home: Home) -> Path:
    return home.folder / "datumline.sqlite3"


def test_a_file_that_is_no_database(home: Home) -> None:
    database_of(home).write_bytes(b"Dear diary, " * 1000)
    assert "not a database" in refused(home, "people", "list")
    assert str(faulty(home)[0]["what"]).startswith("not a database")


def test_a_signing_key_that_is_gone_is_not_replaced_unseen(home: Home) -> None:
    assert home.run("ledger", "verify").returncode == 0
    path = home.folder / "keys" / "ledger-signing-key.pem"
    path.unlink()
    assert "the signing key is gone" in refused(home, "ledger", "verify")
    assert not path.exists()


def test_a_history_of_its_shape_that_cannot_be(home: Home) -> None:
    with sqlite3.connect(database_of(home)) as raw:
        raw.execute("DELETE FROM django_migrations WHERE name = '0001_ledger'")
    raw.close()
    assert "the database is damaged" in refused(home, "people", "list")
    assert faulty(home) == [{"stream": None, "seq": None, "table": "database", "what": BROKEN}]


def test_a_database_that_is_gone_is_not_begun_anew(home: Home) -> None:
    path = database_of(home)
    path.write_bytes(b"")
    assert "the database is gone" in refused(home, "ledger", "verify")
    assert path.read_bytes() == b""
    path.unlink()
    assert "the database is gone" in refused(home, "people", "list")
    assert not path.exists()


def test_a_database_of_something_else_is_left_alone(home: Home) -> None:
    path = database_of(home)
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE diary (line text)")
    assert "a database of something else" in refused(home, "people", "list")
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("diary",)]


def test_a_disk_without_room_for_the_journals_index_is_full() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    assert what_of(error) == "the disk is full, nothing was written"


def test_a_database_cut_short(home: Home) -> None:
    path = database_of(home)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert faulty(home) == [{"stream": None, "seq": None, "table": "database", "what": BROKEN}]


def test_a_damaged_schema_is_said_to_be_damage(home: Home) -> None:
    path = database_of(home)
    whole = path.read_bytes()
    at = whole.index(b"TABLE ledger_entry") + 2
    path.write_bytes(whole[:at] + b"\xb9" + whole[at + 1 :])
    assert "the database is damaged" in refused(home, "people", "list")
    assert faulty(home) == [{"stream": None, "seq": None, "table": "database", "what": BROKEN}]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE ledger_entry SET recorded_at = x'00ff' WHERE seq = 0", "seq 0: column recorded_at is of"),
        ("UPDATE ledger_entry SET author = x'00ff' WHERE seq = 0", "seq 0: column author is of"),
        ("UPDATE ledger_entry SET seq = x'00ff' WHERE seq = 0", "column seq is of a wrong type"),
        (
            "INSERT INTO projection VALUES ('s', 'brief', 'entry', 'p', 'h', x'00', NULL, '{}')",
            "projection: brief of s is not what the ledger says",
        ),
    ],
)
def test_a_value_of_a_wrong_type_is_named(home: Home, change: str, says: str) -> None:
    with sqlite3.connect(database_of(home)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute(change)
    done = home.run("ledger", "verify")
    assert (done.returncode, done.stderr) == (1, "")
    assert says in done.stdout


def test_a_page_of_zeros_is_found_or_named(home: Home) -> None:
    path = database_of(home)
    for page in range(1, path.stat().st_size // 4096, 5):
        kept = path.read_bytes()
        path.write_bytes(kept[: page * 4096] + bytes(4096) + kept[(page + 1) * 4096 :])
        done = home.run("ledger", "verify")
        assert done.returncode in {1, 2}, (page, done.stdout)
        assert "unforeseen" not in done.stderr
        path.write_bytes(kept)


def test_a_database_of_a_newer_version(home: Home) -> None:
    with sqlite3.connect(database_of(home)) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_later', '2030-01-01')"
        )
    assert "9999_later from a newer version" in refused(home, "ledger", "verify")


def test_a_home_of_another_format(home: Home) -> None:
    (home.folder / "home.json").write_text("{}")
    assert "home.json cannot be read" in refused(home, "ledger", "verify")


def test_reading_goes_on_while_another_writes(home: Home) -> None:
    blocker = sqlite3.connect(database_of(home), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    done = home.run("ledger", "verify")
    blocker.execute("ROLLBACK")
    blocker.close()
    assert done.returncode == 0, done.stderr


def test_a_busy_database_is_said_to_be_busy(home: Home) -> None:
    book = opened(home)
    blocker = sqlite3.connect(database_of(home), isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(DatabaseError) as caught:
        book.append(book.note())
    assert what_of(caught.value) == "the database is busy with another writer"
    blocker.execute("ROLLBACK")
    blocker.close()
    assert len(book.append(book.note())) == 1


def test_a_full_disk_loses_nothing_and_recovers(home: Home) -> None:
    book = opened(home)
    acknowledged = [book.append(book.note())[0].hash]
    pages = connection.connection.execute("PRAGMA page_count").fetchone()[0]
    connection.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(DatabaseError) as caught:
        acknowledged.extend(until_refused(book))
    assert what_of(caught.value) == "the disk is full, nothing was written"
    assert [entry.id for entry in book.shared()][1:] == acknowledged
    assert verify().faults == ()
    connection.connection.execute("PRAGMA max_page_count = 1000000")
    assert book.append(book.note())[0].seq == len(acknowledged) + 1


def until_refused(book: OpenedLedger) -> Iterator[str]:
    for _ in range(1000):
        yield from (receipt.hash for receipt in book.append(*[book.note("word " * 500)] * 5))


def test_a_read_only_file_is_read_and_not_written(home: Home) -> None:
    """As a user who is not root: root may write everything."""
    shutil.chown(home.folder, "nobody")
    for path in [home.folder, *home.folder.rglob("*")]:
        shutil.chown(path, "nobody")
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in home.folder.parents[:4]:
        parent.chmod(parent.stat().st_mode | 0o055)
    as_nobody = ["setpriv", "--reuid", "nobody", "--clear-groups", "--"] if os.geteuid() == 0 else []

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*as_nobody, *home.command(*arguments)],
            env=home.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    read = run("ledger", "verify")
    written = run("ledger", "receipt", "0", "-o", str(home.folder / "receipt.json"))
    assert read.returncode == 0, read.stderr
    assert written.returncode == 2, written
    assert written.stderr.count("\n") == 1


def test_an_unfinished_change_leaves_nothing(home: Home) -> None:
    book = opened(home)
    before = book.shared()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert len(book.append(book.note())) / 0
    assert book.shared() == before
    assert verify().faults == ()


def test_other_database_errors_are_one_line_too(book: OpenedLedger) -> None:
    del book
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert "\n" not in str(trouble(caught.value))
    assert trouble(ValueError("of another kind")) is None
