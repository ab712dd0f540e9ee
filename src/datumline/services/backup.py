"""One file with everything but the private key, and a home made from it again.

    backup.tar.gz
        manifest.json            format, origin, the database's shape, rows and SHA-256 of every table
        tables/NAME.jsonl        the columns, then each row

The same file restores onto SQLite and onto PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from datumline import __version__
from datumline.domain.evidence.chain import stamp
from datumline.domain.problem import Problem
from datumline.services.context import Context, mode_in
from datumline.services.opened import Opened
from datumline.store import tables, verifying
from datumline.store.snapshot import snapshot
from datumline.store.transaction import in_transaction

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 1_000_000
PART = 1 << 17
EXPECTED = "a whole backup as `datumline backup` writes it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a backup holds: rows by table."""

    rows: Mapping[str, int]

    @property
    def entries(self) -> int:
        """How many entries of the ledger."""
        return self.rows["ledger_entry"]


def backup(context: Context, target: Path) -> Kept:
    """Write a backup of one moment while others go on writing; the file is there whole or not at all.

    Raises Problem when the target is no file, or cannot be written.
    """
    if target.exists() and not target.is_file():  # a device would be replaced by a file
        raise Problem(
            "no backup was written: not a file", where=str(target), expected="a file, or no file yet"
        )
    try:
        with tempfile.TemporaryDirectory(prefix=".datumline-backup-", dir=target.absolute().parent) as folder:
            written = _write_tables(context, Path(folder))
            draft = Path(folder) / "whole"
            with draft.open("wb") as file:
                with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                    archive.add(Path(folder) / MANIFEST, MANIFEST)
                    for table in written:
                        archive.add(Path(folder) / f"{table}.jsonl", f"tables/{table}.jsonl")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
    except OSError as wrong:
        raise Problem(
            f"no backup was written: {wrong.strerror or wrong}",
            where=str(target),
            expected="a folder that can be written, with free space",
        ) from wrong
    return Kept(rows=written)


def _write_tables(context: Context, folder: Path) -> dict[str, int]:
    said: dict[str, dict[str, Any]] = {}
    with snapshot():
        shape = tables.schema()
        for table in tables.table_names():
            digest = hashlib.sha256()
            lines = -1  # the first line holds the columns
            with (folder / f"{table}.jsonl").open("wb") as file:
                for line in tables.dump(table):
                    raw = f"{line}\n".encode()
                    digest.update(raw)
                    file.write(raw)
                    lines += 1
            said[table] = {"rows": lines, "sha256": digest.hexdigest()}
    home = json.loads((context.home / "home.json").read_text(encoding="utf-8"))
    manifest = {
        "format": FORMAT,
        "datumline": __version__,
        "made_at": stamp(context.clock()),
        "origin": home["origin"],
        "mode": mode_in(home),
        "today": home["today"],
        "schema": shape,
        "tables": said,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    return {table: int(each["rows"]) for table, each in said.items()}


def restore(opened: Opened, source: Path) -> Kept:
    """Make the home anew from a backup; it must be empty. Verified, or nothing is left.

    Raises Problem for a file that is no whole backup, a home or database that is not empty, and a ledger that
    does not verify.
    """
    manifest = _checked(source)
    today = manifest["today"]
    with opened.new_home(
        origin=str(manifest["origin"]),
        mode=mode_in(manifest),
        today=None if today is None else date.fromisoformat(today),
    ):
        if not tables.empty():
            raise Problem("the database holds a ledger already", expected="an empty database to restore into")
        tables.shaped_as(list(manifest["schema"]))
        rows = in_transaction(lambda: _fill(source, manifest))
    return Kept(rows=rows)


def _fill(source: Path, manifest: Mapping[str, Any]) -> dict[str, int]:
    rows = _load(source, manifest)
    _check_restored()
    return rows


def _check_restored() -> None:
    faults = verifying.verify().faults
    if faults:
        first = faults[0]
        raise Problem(
            f"the backup is not a whole ledger: {first.what}",
            where=f"stream {first.stream} seq {first.seq}" if first.stream else first.table,
            expected="a backup that verifies",
        )


def _load(source: Path, manifest: Mapping[str, Any]) -> dict[str, int]:
    rows: dict[str, int] = {}
    try:
        for table in [known for known in tables.table_names() if known in manifest["tables"]]:
            rows[table] = tables.load(table, _lines(source, table))
    except (ValueError, TypeError, StopIteration) as wrong:
        raise Problem(f"the backup does not fit: {wrong}", where=str(source), expected=EXPECTED) from wrong
    return rows


def _checked(source: Path) -> Mapping[str, Any]:
    """The manifest, once every table has been held against it. Raises Problem."""
    try:
        manifest = json.loads(b"".join(_raw(source, MANIFEST, most=LARGEST_MANIFEST)))
        said = {"format", "origin", "today", "schema", "tables"}
        mode_in(manifest)
        whole = said <= set(manifest) and "ledger_entry" in manifest["tables"]
        digests = {table: str(each["sha256"]) for table, each in manifest["tables"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Problem("not a backup", where=str(source), expected=EXPECTED) from wrong
    if not whole or manifest["format"] != FORMAT:
        raise Problem("a backup of another format", where=str(source), expected=f"format {FORMAT}")
    for table, digest in digests.items():
        if _digest(source, table) != digest:
            raise Problem(f"the table {table} was changed", where=str(source), expected=EXPECTED)
    return dict(manifest)


def _digest(source: Path, table: str) -> str:
    digest = hashlib.sha256()
    for part in _raw(source, f"tables/{table}.jsonl"):
        digest.update(part)
    return digest.hexdigest()


def _raw(source: Path, member: str, *, most: int | None = None) -> Iterator[bytes]:
    """The bytes of one member, in parts."""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            info = archive.getmember(member)
            file = archive.extractfile(info) if most is None or info.size <= most else None
            while file and (part := file.read(PART)):
                yield part
    except OSError as wrong:
        raise Problem(
            wrong.strerror or "damaged", where=str(source), expected="a backup that can be read"
        ) from wrong
    except (tarfile.TarError, EOFError, zlib.error, KeyError) as wrong:
        raise Problem("not a backup, or a part of one", where=str(source), expected=EXPECTED) from wrong


def _lines(source: Path, table: str) -> Iterator[str]:
    rest = b""
    for part in _raw(source, f"tables/{table}.jsonl"):
        *lines, rest = (rest + part).split(b"\n")
        yield from (line.decode() for line in lines)
