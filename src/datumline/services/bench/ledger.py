"""How fast the ledger is (G9): the chain alone, against the disk and other audit trails, then all of it.

"Bare" is what the goal means by it: header, hash and link of the real format in a table of its own, without
commitments, guards and signatures. What those cost stands in the last benchmark, on the real ledger.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from datumline.services.bench.comparison import Direction, Goal
from datumline.services.bench.harness import Benchmark, Sides
from datumline.services.bench.ledger_processes import HISTORY, LOG, peer, whole_ledger
from datumline.services.bench.ledger_work import BareChain, DiskFile, MemoryChain
from datumline.services.bench.stopwatch import Side

ONE_BY_ONE = 400
BULK = 10_000
BATCH = 1_000


def benchmarks(clones: Sequence[Path]) -> tuple[Benchmark, ...]:
    """All of them; clones are not needed."""
    del clones
    return (
        _against("append", "Is one entry a commit nearly as quick as the disk?", 0.9, _disk),
        _against("history", "Is it well ahead of django-simple-history?", 4, _peer(HISTORY, ONE_BY_ONE, 1)),
        _against("auditlog", "Is it well ahead of django-auditlog?", 4, _peer(LOG, ONE_BY_ONE, 1)),
        _against("batches", "Is it, in batches of 1,000, too?", 4.5, _peer(HISTORY, BULK, BATCH)),
        _against("verify", "Is a chain verified nearly as quickly as hashed in memory?", 0.35, _verify),
        Benchmark(
            id="G9 whole",
            answers="What does an entry cost in batches, with commitments and guards?",
            goals=(Goal(measure="ms_an_entry", limit=0.1, absolute=True),),
            sides=_whole,
        ),
    )


def _against(
    what: str, answers: str, limit: float, sides: Callable[[], AbstractContextManager[Sides]]
) -> Benchmark:
    goal = Goal(measure="seconds", limit=limit, direction=Direction.AT_LEAST)
    return Benchmark(id=f"G9 {what}", answers=answers, goals=(goal,), sides=sides)


@contextmanager
def _disk() -> Iterator[Sides]:
    with tempfile.TemporaryDirectory() as folder:
        chain, file = BareChain(Path(folder)), DiskFile(Path(folder))
        yield (
            Side(name="one entry a commit", run=lambda: chain.append(ONE_BY_ONE, 1), units=ONE_BY_ONE),
            Side(name="write and fdatasync", run=lambda: file.append(ONE_BY_ONE), units=ONE_BY_ONE),
        )


def _peer(package: str, count: int, batch: int) -> Callable[[], AbstractContextManager[Sides]]:
    @contextmanager
    def sides() -> Iterator[Sides]:
        with tempfile.TemporaryDirectory() as folder:
            chain = BareChain(Path(folder))
            yield (
                Side(
                    name=f"the chain, {batch} a commit", run=lambda: chain.append(count, batch), units=count
                ),
                Side(name=package, run=lambda: peer(Path(folder), package, count, batch), units=count),
            )

    return sides


@contextmanager
def _verify() -> Iterator[Sides]:
    with tempfile.TemporaryDirectory() as folder:
        chain = BareChain(Path(folder))
        chain.append(BULK, BATCH)
        memory = MemoryChain(chain.headers())
        yield (
            Side(name="read and verify", run=chain.verify, units=BULK),
            Side(name="hash in memory", run=memory.hash, units=BULK),
        )


@contextmanager
def _whole() -> Iterator[Sides]:
    with tempfile.TemporaryDirectory() as folder:
        chain = BareChain(Path(folder))
        yield (
            Side(name="the ledger", run=lambda: whole_ledger(Path(folder), BATCH), units=BATCH),
            Side(name="the chain alone", run=lambda: chain.append(BATCH, BATCH), units=BATCH),
        )
