"""One file holds everything but the key, restores onto either database, and is whole or not there at all."""

from __future__ import annotations

import hashlib
import json
import tarfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connections

from datumline.config.opening import LazyInstallation
from datumline.config.wiring import context_of
from datumline.domain.evidence.kinds import Kind
from datumline.domain.problem import Problem
from datumline.services.backup import backup, restore
from datumline.store import accounts
from datumline.store.imports import commits_read, remember_commits
from datumline.store.models import AccountLink
from datumline.store.tables import table_names
from datumline.store.verifying import verify
from support.homes import DATABASE_URL, HOME, Home
from support.ledgers import OpenedLedger, opened
from support.postgres import PostgresServer

SECRET = "JBSWY3DPEHPK3PXP"  # noqa: S105 - of nobody
COMMITS = [bytes(range(first, first + 20)) for first in (0, 236)]


@pytest.fixture
def filled(book: OpenedLedger) -> OpenedLedger:
    """A book with people, keys, sources, commits, a redaction and characters that break careless files."""
    remember_commits("billing", COMMITS)
    profile = book.note("", kind=Kind.PROFILE, amounts={"name": "Mira Tal", "emails": ["mira@example.org"]})
    note = book.append(profile, book.note("Tab\t«é🚲»\u2028\x00 end", source="csv:1", key="k"))[1]
    amounts = {"fields": ["text"], "basis": "request", "approved_by": book.mira}
    book.append(book.note("To go."), book.note("", kind=Kind.REDACTION, ref=note.hash, amounts=amounts))
    return book


def kept(book: OpenedLedger, folder: Path) -> Path:
    target = folder / "kept.tar.gz"
    backup(context_of(book.home), target)
    return target


def everything(book: OpenedLedger) -> object:
    return [entry for entry in book.shared() if entry.kind is not Kind.SIGNING_KEY], verify().faults


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def elsewhere(
    request: pytest.FixtureRequest,
    durable_postgres_server: PostgresServer,
    tmp_path: Path,
) -> Iterator[Home]:
    """An empty place to restore into, on each kind of database."""
    folder = tmp_path / "elsewhere"
    with durable_postgres_server.fresh_database() as url:
        used = url if request.param == "postgresql" else None
        yield Home(folder=folder, database_url=used)
        connections.close_all()


def restored(home: Home, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(home.folder))
    if home.database_url is None:
        monkeypatch.delenv(DATABASE_URL, raising=False)
    else:
        monkeypatch.setenv(DATABASE_URL, home.database_url)
    restore(LazyInstallation(), source)


def test_it_comes_back_on_either_database(
    filled: OpenedLedger, elsewhere: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = kept(filled, tmp_path)
    before, origin = everything(filled), filled.home.origin
    restored(elsewhere, source, monkeypatch)
    again = opened(elsewhere)
    assert everything(OpenedLedger(home=again.home, signer=again.signer, mira=filled.mira)) == before
    assert again.home.origin == origin
    assert commits_read("billing") == set(COMMITS)
    assert again.signer.key_id != filled.signer.key_id
    book = OpenedLedger(home=again.home, signer=again.signer, mira=filled.mira, jonas=filled.jonas)
    assert book.append(book.note("Life goes on."))[0].seq == len(before[0])  # type: ignore[index]


def test_accounts_come_back_and_what_only_passes_does_not(
    book: OpenedLedger, elsewhere: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 6, 30, 12, 30, 15, 250, tzinfo=UTC)
    known = accounts.make(email="Mira@Example.org", person=book.mira, at=now, password="nine copper kettles")  # noqa: S106 - of nobody
    accounts.make_link(known, email=known.email, purpose="reset", ends_at=now + timedelta(days=9), now=now)
    account = accounts.by_number(known.id)
    assert account is not None
    TOTP.activate(account, SECRET)
    source = kept(book, tmp_path)
    restored(elsewhere, source, monkeypatch)
    opened(elsewhere)
    again = accounts.by_number(known.id)
    assert again is not None
    assert accounts.of_person(book.mira) == known
    assert again.check_password("nine copper kettles")
    assert Authenticator.objects.get(user_id=known.id).data == {"secret": SECRET}
    assert AccountLink.objects.count() == 0
    later = accounts.make(email="jonas@example.org", person=book.jonas, at=now)
    assert later.id != known.id


def test_the_key_is_not_inside_and_every_table_is(filled: OpenedLedger, tmp_path: Path) -> None:
    source = kept(filled, tmp_path)
    secrets = [path.read_bytes() for path in filled.home.keys.iterdir() if path.stat().st_size]
    assert len(secrets) == 2
    with tarfile.open(source) as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("manifest.json"))  # type: ignore[arg-type]
        for name in names:
            file = archive.extractfile(name)
            assert file is not None
            content = file.read()
            assert not any(secret in content for secret in secrets)
    assert set(names) == {"manifest.json"} | {f"tables/{table}.jsonl" for table in table_names()}
    assert manifest["tables"]["ledger_entry"]["rows"] == verify().entries


def damaged(whole: bytes, how: str) -> bytes:
    middle = len(whole) // 2
    return {
        "empty": b"",
        "cut short": whole[:middle],
        "another file": b"PK\x03\x04 an archive of another kind" * 100,
        "a flipped bit": whole[:middle] + bytes([whole[middle] ^ 4]) + whole[middle + 1 :],
    }[how]


@pytest.mark.parametrize("how", ["empty", "cut short", "another file", "a flipped bit"])
def test_a_damaged_backup_leaves_nothing_behind(
    filled: OpenedLedger, tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = kept(filled, tmp_path)
    source.write_bytes(damaged(source.read_bytes(), how))
    connections.close_all()
    there = sorted(tmp_path.iterdir())
    with pytest.raises(Problem):
        restored(Home(folder=tmp_path / "new", database_url=None), source, monkeypatch)
    assert sorted(tmp_path.iterdir()) == there


def test_a_backup_whose_ledger_was_changed_is_refused(
    filled: OpenedLedger, elsewhere: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when every sum inside the file fits: the ledger is verified before it counts as done."""
    source = kept(filled, tmp_path)
    forged = forge(source, tmp_path)
    with pytest.raises(Problem):
        restored(elsewhere, forged, monkeypatch)
    assert not elsewhere.folder.exists()
    restored(elsewhere, source, monkeypatch)
    assert verify().faults == ()


def forge(source: Path, folder: Path) -> Path:
    with tarfile.open(source) as archive:
        archive.extractall(folder / "forge", filter="data")
    entries = folder / "forge" / "tables" / "ledger_entry.jsonl"
    raw = entries.read_bytes().replace(b"To go.", b"To ga.")
    entries.write_bytes(raw)
    manifest = folder / "forge" / "manifest.json"
    said = json.loads(manifest.read_text())
    said["tables"]["ledger_entry"]["sha256"] = hashlib.sha256(raw).hexdigest()
    manifest.write_text(json.dumps(said))
    forged = folder / "forged.tar.gz"
    with tarfile.open(forged, "w:gz") as archive:
        archive.add(manifest, "manifest.json")
        for table in said["tables"]:
            archive.add(folder / "forge" / "tables" / f"{table}.jsonl", f"tables/{table}.jsonl")
    return forged


def test_a_home_in_use_is_not_restored_over(
    filled: OpenedLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = kept(filled, tmp_path)
    here = Home(folder=filled.home.folder, database_url=filled.home.database_url)
    before = everything(filled)
    with pytest.raises(Problem, match="in use"):
        restored(here, source, monkeypatch)
    assert everything(filled) == before


def test_a_backup_that_cannot_be_written_leaves_the_old_one(filled: OpenedLedger, tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no backup was written"):
        backup(context_of(filled.home), tmp_path / "nowhere" / "kept.tar.gz")
    target = tmp_path / "kept.tar.gz"
    target.mkdir()
    with pytest.raises(Problem, match="no backup was written"):
        backup(context_of(filled.home), target)
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".datumline")] == []


def test_backups_during_writing_hold_all_that_was_acknowledged(
    book: OpenedLedger, elsewhere: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, acknowledged = threading.Event(), [book.append(book.note())[0].hash]

    def write() -> None:
        while not stop.is_set():
            acknowledged.append(book.append(book.note())[0].hash)
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        before = list(acknowledged)
        source = kept(book, tmp_path)
    finally:
        stop.set()
        writer.join()
    restored(elsewhere, source, monkeypatch)
    opening, *there = [entry.id for entry in book.shared()]
    assert opening not in acknowledged
    assert set(before) <= set(there) <= set(acknowledged)
