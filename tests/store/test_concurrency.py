"""Many writers, and writers that are killed: one chain, and nothing lost that was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, connections

from datumline.store import ledger
from datumline.store.verifying import verify
from support.ledgers import OpenedLedger, now

WRITERS = 8
ENTRIES_EACH = 25
KILLS = int(os.environ.get("DATUMLINE_TEST_KILLS", "300"))


def forked(work: Callable[[], None]) -> int:
    """Run something in a child process that opens its own connection; its id."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001 - a child must never return into the test runner
        os._exit(1)
    os._exit(0)


def test_eight_writers_make_one_chain(book: OpenedLedger) -> None:
    connections.close_all()

    def write() -> None:
        for _ in range(ENTRIES_EACH):
            book.append(book.note())

    children = [forked(write) for _ in range(WRITERS)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * WRITERS
    found = book.shared()
    assert len(found) == WRITERS * ENTRIES_EACH + 1
    assert [entry.seq for entry in found] == list(range(len(found)))
    assert verify().faults == ()


def test_eight_requests_with_one_key_are_one_entry(book: OpenedLedger) -> None:
    connections.close_all()
    children = [forked(lambda: ledger_place(book)) for _ in range(WRITERS)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * WRITERS
    assert len(book.shared()) == 2


def ledger_place(book: OpenedLedger) -> None:
    ledger.place([book.note(key="once")], clock=now)


@contextmanager
def writer(book: OpenedLedger) -> Iterator[tuple[int, int]]:
    """A child that appends without end and tells each acknowledged entry through a pipe."""
    reading, writing = os.pipe()

    def write() -> None:
        os.close(reading)
        while True:
            (receipt,) = book.append(book.note(key=os.urandom(8).hex()))
            os.write(writing, receipt.hash.encode())

    connections.close_all()
    child = forked(write)
    os.close(writing)
    try:
        yield child, reading
    finally:
        os.close(reading)


def test_nothing_acknowledged_is_lost_to_kills(book: OpenedLedger) -> None:
    chance = random.Random(7)  # noqa: S311 - a repeatable choice, not a secret
    acknowledged: set[str] = set()
    kills = KILLS if connection.vendor == "sqlite" else max(KILLS // 10, 1)
    for _ in range(kills):
        with writer(book) as (child, reading):
            first = os.read(reading, 64)
            time.sleep(chance.uniform(0, 0.02))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            told = first
            while part := os.read(reading, 1 << 16):
                told += part
        acknowledged |= {told[at : at + 64].decode() for at in range(0, len(told) // 64 * 64, 64)}
    stored = {entry.id for entry in book.shared()}
    assert len(acknowledged) >= kills
    assert acknowledged <= stored
    assert verify().faults == ()
