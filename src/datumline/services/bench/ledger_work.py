"""What the ledger's benchmarks run: each reports the `seconds` of its work, opening and closing left out."""

from __future__ import annotations

import os
import secrets
import sqlite3
from datetime import date
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter

from datumline.domain.evidence import chain
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.services.bench.comparison import Figures
from datumline.services.context import system_clock
from datumline.store.ledger import place

PAYLOAD = b"x" * 158
STREAM = "0" * 32
PEOPLE = 60
SEALED = chain.seal({"text": '"Reviewed late again."'}, bytes(chain.SALT_BYTES))


class BareChain:
    """Entries of the real format, durable, in a table with nothing but what the chain needs."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bare.sqlite3"
        self.end = chain.NOTHING_YET
        self.database = sqlite3.connect(self.path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode = WAL")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute(
            "CREATE TABLE entry (seq INTEGER PRIMARY KEY, hash TEXT, header TEXT, body TEXT)"
        )

    def append(self, count: int, batch: int) -> Figures:
        """Append so many, so many a commit."""
        started = perf_counter()
        for _ in range(count // batch):
            self.database.execute("BEGIN IMMEDIATE")
            rows = [self._next() for _ in range(batch)]
            self.database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", rows)
            self.database.execute("COMMIT")
        return {"seconds": perf_counter() - started}

    def _next(self) -> tuple[int, str, str, str]:
        seq = self.end.seq + 1
        header = chain.header_of(
            commits=SEALED.commits,
            kind="written-note",
            prev=self.end.hash,
            recorded_at="2026-05-04T09:30:00.000000Z",
            ref=None,
            seq=seq,
            stream=STREAM,
        )
        self.end = chain.Link(seq=seq, hash=chain.hash_of(header), recorded_at="")
        return seq, self.end.hash, header, SEALED.body

    def headers(self) -> list[bytes]:
        """Every header's bytes."""
        return [row[0].encode() for row in self.database.execute("SELECT header FROM entry ORDER BY seq")]

    def verify(self) -> Figures:
        """Read every entry, hash it and follow its link."""
        started = perf_counter()
        before = chain.START
        for name, header in self.database.execute("SELECT hash, header FROM entry ORDER BY seq"):
            if chain.hash_of(header) != name or f'"prev":"{before}"' not in header:
                raise ValueError("the benchmark's own chain is broken")
            before = name
        return {"seconds": perf_counter() - started}


class DiskFile:
    """What the disk can do: a write and a flush for each entry."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "flushed"

    def append(self, count: int) -> Figures:
        """Write and flush so many times."""
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        started = perf_counter()
        for _ in range(count):
            os.write(file, PAYLOAD)
            os.fdatasync(file)
        seconds = perf_counter() - started
        os.close(file)
        return {"seconds": seconds}


class MemoryChain:
    """What hashing can do: a chain over ready bytes as long as a bare header."""

    def __init__(self, ready: list[bytes]) -> None:
        self.ready = ready

    def hash(self) -> Figures:
        """Hash the whole chain."""
        started = perf_counter()
        before = b""
        for ready in self.ready:
            before = sha256(before + ready).digest()
        return {"seconds": perf_counter() - started}


def append_whole(batch: int, rounds: int) -> Figures:
    """Append to the ledger that this process has open, with commitments, guards and indexes.

    The middle of some rounds, each of new entries about the same people.
    """
    found = []
    for _ in range(rounds):
        drafts = [_draft(number, secrets.token_hex(8)) for number in range(batch)]
        started = perf_counter()
        place(drafts, clock=system_clock)
        found.append(perf_counter() - started)
    return {"seconds": median(found), "ms_an_entry": median(found) / batch * 1000}


def _draft(number: int, source: str) -> Draft:
    return Draft(
        kind=Kind.CHANGE_BATCH,
        author="git:billing",
        subject=f"00000000-0000-4000-8000-{number % PEOPLE:012d}",
        occurred_on=date(2026, 5, 4),
        source=f"git:billing:{source}",
        amounts={"changes": 4, "defects": 0, "repository": "billing"},
    )
