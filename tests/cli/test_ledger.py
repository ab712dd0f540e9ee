"""`datumline ledger`, `backup`, `restore` and `doctor` as their users run them, on each kind of database."""

from __future__ import annotations

import base64
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from datumline.domain.evidence.kinds import Kind
from datumline.services.schemas import schema
from support.homes import Home
from support.ledgers import OpenedLedger, opened


@pytest.fixture
def home(database_home: Home) -> Iterator[tuple[Home, OpenedLedger]]:
    """A home in which Mira Tal has a profile and a note."""
    book = opened(database_home)
    name = {"name": "Mira Tal", "emails": ["mira@example.org"]}
    book.append(book.note("", kind=Kind.PROFILE, amounts=name), book.note("Reviewed late."))
    yield database_home, book
    connections.close_all()


def told(home: Home, *arguments: str, code: int = 0) -> str:
    """What a command prints; its exit code must be the one expected."""
    done = home.run(*arguments)
    assert done.returncode == code, done
    assert done.stderr == ""
    return done.stdout


def refused(home: Home, *arguments: str) -> str:
    """The one line about bad input."""
    done = home.run(*arguments)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.startswith("datumline: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_whole_ledger(home: tuple[Home, OpenedLedger]) -> None:
    assert told(home[0], "ledger", "verify") == "6 entries in 2 streams: whole\n"
    document = json.loads(told(home[0], "ledger", "verify", "--json"))
    Draft202012Validator(schema("ledger-verify")).validate(document)
    assert (document["clean"], document["keys"]) == (True, [home[1].signer.key_id])


def test_a_changed_ledger_is_named_and_exits_1(home: tuple[Home, OpenedLedger]) -> None:
    entry = home[1].shared()[-1]
    with connection.cursor() as cursor:
        off = (
            "DROP TRIGGER {}"
            if connection.vendor == "sqlite"
            else "ALTER TABLE ledger_entry DISABLE TRIGGER {}"
        )
        names = ("same", "redacted") if connection.vendor == "sqlite" else ("update",)
        for name in names:
            cursor.execute(off.format(f"ledger_entry_{name}"))
        cursor.execute(
            "UPDATE ledger_entry SET body = replace(body, 'late', 'soon') WHERE hash = %s", [entry.id]
        )
    connections.close_all()
    said = told(home[0], "ledger", "verify", code=1)
    assert said.startswith(f"stream {entry.stream} seq 2: field text is not what was committed to\n")
    document = json.loads(told(home[0], "ledger", "verify", "--json", code=1))
    Draft202012Validator(schema("ledger-verify")).validate(document)
    assert (document["faults"][0]["stream"], document["faults"][0]["seq"]) == (entry.stream, 2)
    checks = {
        check["name"]: check for check in json.loads(told(home[0], "doctor", "--json", code=1))["checks"]
    }
    assert checks["guards"]["sound"] is False
    assert checks["heads"]["sound"] is True


def test_a_receipt_goes_out_and_is_held_against_the_ledger(
    home: tuple[Home, OpenedLedger], tmp_path: Path
) -> None:
    entry = home[1].shared()[-1]
    kept = tmp_path / "receipt.json"
    told(home[0], "ledger", "receipt", entry.id[:12], "-o", str(kept))
    document = json.loads(kept.read_text())
    Draft202012Validator(schema("receipt")).validate(document)
    assert (document["hash"], document["seq"]) == (entry.id, 2)
    told(home[0], "ledger", "verify", "--receipt", str(kept))
    assert (
        json.loads(told(home[0], "ledger", "receipt", "--about", "Mira Tal", "-o", "-"))["hash"] == entry.id
    )
    for change, says in (
        ({"seq": 7}, "not signed"),
        ({"signature": "00" * 64}, "not signed"),
        ({"recorded_at": "2020-01-01T00:00:00.000000Z"}, "not signed"),
    ):
        kept.write_text(json.dumps(document | change))
        assert says in told(home[0], "ledger", "verify", "--receipt", str(kept), code=1)


def test_an_export_fits_its_schema_and_the_verifier_comes_with_it(
    home: tuple[Home, OpenedLedger], tmp_path: Path
) -> None:
    document = json.loads(told(home[0], "ledger", "export", "--about", "mira@example.org", "-o", "-"))
    Draft202012Validator(schema("ledger-export")).validate(document)
    assert [json.loads(each["header"])["seq"] for each in document["streams"][0]["entries"]] == [0, 1, 2]
    told(home[0], "ledger", "verifier", "-o", str(tmp_path / "verify.py"))
    assert (tmp_path / "verify.py").read_text().startswith("# ruff")


def test_a_checkpoint_is_a_signed_note_over_all_entries(home: tuple[Home, OpenedLedger]) -> None:
    origin, size, root, empty, signature, *rest = told(home[0], "ledger", "checkpoint").split("\n")
    assert origin
    assert size == "6"
    assert len(base64.b64decode(root, validate=True)) == 32
    assert (empty, rest) == ("", [""])
    assert signature.startswith(f"\N{EM DASH} {origin} ")


def test_a_backup_goes_round(home: tuple[Home, OpenedLedger], tmp_path: Path) -> None:
    kept = tmp_path / "kept.tar.gz"
    assert ": 6 entries, " in told(home[0], "backup", str(kept))
    new = Home(folder=tmp_path / "new", database_url=None)
    assert told(new, "restore", str(kept)).endswith(": 6 entries restored and verified\n")
    assert told(new, "ledger", "verify") == "7 entries in 2 streams: whole\n"
    assert "in use" in refused(new, "restore", str(kept))


def test_a_sound_installation(home: tuple[Home, OpenedLedger]) -> None:
    assert told(home[0], "doctor").count("ok ") == 8
    document = json.loads(told(home[0], "doctor", "--json"))
    Draft202012Validator(schema("doctor")).validate(document)
    assert document["sound"] is True


def test_a_pipe_in_place_of_a_file_stays_a_pipe(home: tuple[Home, OpenedLedger], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "not a file" in refused(home[0], "backup", str(pipe))
    door = os.open(pipe, os.O_RDWR)
    told(home[0], "ledger", "receipt", "--about", "Mira Tal", "-o", str(pipe))
    assert json.loads(os.read(door, 65536))["seq"] == 2
    os.close(door)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("log", "note x", "--about", "\udcff"), "an argument is not UTF-8"),
        (("ledger", "receipt", "-o", "-"), "an entry or a person"),
        (("ledger", "receipt", "ffff", "--about", "Mira Tal", "-o", "-"), "an entry or a person"),
        (("ledger", "receipt", "not-hex", "-o", "-"), "no entries begin with 'not-hex'"),
        (("ledger", "receipt", "--about", "nobody@example.org", "-o", "-"), "nobody is known"),
        (("ledger", "export", "--about", "nobody@example.org", "-o", "-"), "nobody is known"),
        (("ledger", "verify", "--receipt", "/nowhere/receipt.json"), "No such file"),
        (("ledger", "verify", "--receipt", "-"), "not JSON"),
        (("ledger", "checkpoint", "-o", "/nowhere/checkpoint"), "No such file"),
        (("ledger", "no-such"), "No such command"),
        (("ledger", "verifier", "-o", "/nowhere/verify.py"), "No such file"),
        (("backup", "/nowhere/kept.tar.gz"), "no backup was written"),
        (("restore", "/nowhere/kept.tar.gz"), "No such file"),
    ],
)
def test_bad_input_is_one_line(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(Home(folder=tmp_path / "home", database_url=None), *arguments)


def test_an_unreadable_database_makes_the_doctor_say_so(tmp_path: Path) -> None:
    home = Home(folder=tmp_path / "home", database_url=None)
    told(home, "ledger", "verify")
    with sqlite3.connect(home.folder / "datumline.sqlite3") as database:
        database.execute("PRAGMA journal_mode = DELETE")
    (home.folder / "datumline.sqlite3").write_bytes(b"no database at all, only words" * 500)
    said = told(home, "doctor", code=1)
    assert "BAD database: not a database" in said
    assert "ok  encoder" in said


def test_looking_at_a_ledger_writes_nothing_whatever_was_done_to_it(home: tuple[Home, OpenedLedger]) -> None:
    told(home[0], "ledger", "verify")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_stream_same")
        else:
            cursor.execute("ALTER TABLE ledger_stream DISABLE TRIGGER ledger_stream_update")
        cursor.execute("UPDATE ledger_stream SET audience = 'elsewhere' WHERE audience = 'organisation'")
    connections.close_all()
    for _ in range(2):
        said = told(home[0], "ledger", "verify", code=1)
        assert "seq 0: the stream's audience is not what its first entry says" in said
        assert said.endswith("6 entries in 2 streams: 1 fault\n")
